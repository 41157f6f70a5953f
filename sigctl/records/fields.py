"""The types of fields: how a date, a time, a number, an id or a text is written in a file, and what it becomes.

Each takes text alone, so that `15:30` is never a number and `no` never false by accident.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIME: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_YES: Final = ("true", "yes")
_NO: Final = ("false", "no")


class Refers:
    """Marks a field that names another record by its id: `kind` is the key under which those records stand."""

    def __init__(self, kind: str) -> None:
        self.kind = kind


class Means:
    """Marks a field that takes one of several words: what each of them means."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = words


def wrong(code: str, message: str, advice: str = "", key: str = "") -> PydanticCustomError:
    """A refusal in plain words; the reader of the files turns it into a problem with a place: that of a `key`, where one is named."""
    return PydanticCustomError(code, "{message}", {"message": message, "advice": advice, "key": key})


def _written(read: Callable[[str], object]) -> BeforeValidator:
    def convert(value: Any) -> Any:
        return read(value.strip()) if isinstance(value, str) else value

    return BeforeValidator(convert)


@lru_cache(4096)
def _date(text: str) -> date:
    match = _DATE.fullmatch(text)
    if not match:
        raise wrong("date", f"`{text}` is not a date", "write year-month-day, such as 2026-11-12")
    try:
        day = date(*map(int, match.groups()))
    except ValueError:
        raise wrong("date", f"there is no day {text} in the calendar", "check the month and the day") from None
    if not 1900 <= day.year < 2200:
        raise wrong("date", f"the year of {text} cannot be meant", "check the year")
    return day


@lru_cache(512)
def _time(text: str) -> time:
    match = _TIME.fullmatch(text)
    if not match:
        raise wrong("time", f"`{text}` is not a time of day", "write hours:minutes, such as 15:30")
    return time(int(match[1]), int(match[2]))


def _count(text: str) -> int:
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise wrong("number", f"`{text}` is not a whole number", "write digits alone, such as 3")
    return int(text)


def _decimal(text: str) -> float:
    if not re.fullmatch(r"-?\d{1,9}(\.\d{1,12})?", text):
        raise wrong("number", f"`{text}` is not a number", "write digits and a point, such as 51.7345")
    return float(text)


def _money(text: str) -> Decimal:
    if not re.fullmatch(r"-?\d{1,12}(\.\d{1,2})?", text):
        raise wrong("money", f"`{text}` is not an amount in pounds", "write digits and at most two pence, such as 1250.50")
    return Decimal(text)


def _flag(text: str) -> bool:
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise wrong("yes-or-no", f"`{text}` is neither true nor false", "write `true` or `false`")


def _limit(text: str) -> int | None:
    if text.lower() == "none":
        return None
    limit = _count(text)
    if limit < 1:
        raise wrong("out-of-range", f"`{text}` is less than 1", "write a whole number from 1, or `none` for no limit")
    return limit


def _times(text: str) -> float | None:
    if text.lower() == "none":
        return None
    times = _decimal(text)
    if times < 1:
        raise wrong("out-of-range", f"`{text}` is less than 1", "write a number from 1, such as 1.5, or `none` for no limit")
    return times


Date = Annotated[date, _written(_date), WithJsonSchema({"type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"})]
"""A day, written 2026-11-12."""
Time = Annotated[time, _written(_time), WithJsonSchema({"type": "string", "pattern": "^([01]?\\d|2[0-3]):[0-5]\\d$"})]
"""A time of day, written 15:30."""
Count = Annotated[int, _written(_count), WithJsonSchema({"type": "integer"})]
"""A whole number."""
Positive = Annotated[Count, Field(ge=1)]
NotNegative = Annotated[Count, Field(ge=0)]
Unlimited = Annotated[int | None, _written(_limit), WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1}, {"const": "none"}]})]
"""A whole number from 1, or the word none."""
Times = Annotated[float | None, _written(_times), WithJsonSchema({"anyOf": [{"type": "number", "minimum": 1}, {"const": "none"}]})]
"""How many times as much, from 1, or the word none."""
Number = Annotated[float, _written(_decimal), WithJsonSchema({"type": "number"})]
"""A number with a decimal point."""
Money = Annotated[Decimal, _written(_money), WithJsonSchema({"type": "number"})]
"""Pounds, with at most two decimals, held exactly."""
Flag = Annotated[bool, _written(_flag), WithJsonSchema({"type": "boolean"})]
"""True or false."""


def _one_line(text: str) -> str:
    if "\n" in text.strip():
        raise wrong("one-line", "this text runs over more than one line", "write it on one line")
    return " ".join(text.split())


Line = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(_one_line)]
"""A text on one line."""
Prose = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
"""A text of any number of lines."""

_ID_PATTERN: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_ID: Final = re.compile(_ID_PATTERN)


def _id(text: str) -> str:
    if not _ID.fullmatch(text) or len(text) > 64:
        raise wrong("id", f"`{text}` cannot be an id", "use lower-case letters, digits and single hyphens, such as pen-y-dre")
    return text


Id = Annotated[str, AfterValidator(_id), Field(json_schema_extra={"pattern": _ID_PATTERN})]
"""The name by which other places in the files call this one: lower-case letters, digits and hyphens."""
CalendarId = Annotated[Id, Refers("calendars")]
SchoolId = Annotated[Id, Refers("schools")]
PersonId = Annotated[Id, Refers("people")]
GroupId = Annotated[Id, Refers("groups")]
CycleId = Annotated[Id, Refers("cycles")]
MeetingId = Annotated[Id, Refers("meetings")]
ProgrammeId = Annotated[Id, Refers("programmes")]


def _email(text: str) -> str:
    if not re.fullmatch(r"[^@\s,;<>\"()]+@[^@\s,;<>\"()]+\.[^@\s,;<>\"().]+", text):
        raise wrong("email", "this is not an e-mail address", "write it as name@example.org")
    return text


Email = Annotated[str, AfterValidator(_email)]
"""An e-mail address."""


def _web(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"]+", text):
        raise wrong("web", f"`{text}` is not a web address", "begin it with https://")
    return text


Web = Annotated[str, AfterValidator(_web)]
"""A web address that begins with https:// or http://."""
