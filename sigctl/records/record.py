"""What all records share: they are frozen, know every field by name, and take lists as tuples."""

from datetime import date, timedelta
from typing import Any, ClassVar, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sigctl.records.fields import Date, wrong
from sigctl.words import Language, Words

R = TypeVar("R", bound="Record")


class Record(BaseModel):
    """Something that people write in a file.

    Its docstring says what it is; each field says what it means, and shows by an example how it is written there.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, str_strip_whitespace=True)

    alone: ClassVar[str] = ""
    """The field that is meant where a single value is written instead of fields: `travel` for `{goal: travel}`."""

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, value: Any) -> Any:
        """A key with nothing behind it is a key left out; one that is no field stays, so that it is told."""
        if cls.alone and (isinstance(value, str) or _is_text(value)):
            return {cls.alone: value}
        if isinstance(value, dict) and None in value.values():
            known = {info.alias or name for name, info in cls.model_fields.items()}
            return {key: inner for key, inner in value.items() if inner is not None or key not in known}
        return value


def _is_text(value: Any) -> bool:
    """Whether something is written as a text in one or both languages."""
    return isinstance(value, dict) and bool(value) and value.keys() <= {"cy", "en"}


class Text(Record):
    """Text that is shown: a plain string, the same in every language, or `{cy: …, en: …}`."""

    cy: str = Field("", description="The text in Welsh.", max_length=20_000)
    en: str = Field("", description="The text in English.", max_length=20_000)

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        return {"cy": value, "en": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if not (self.cy or self.en):
            raise wrong("empty-text", "this text is empty in both languages", "write it, or leave the key out")
        return self

    @property
    def words(self) -> Words:
        """The text as the floors above pass it on."""
        return Words(self.cy, self.en)

    def said(self, language: Language) -> str:
        """The text in a language, or else in the other one."""
        return self.words.said(language)


class Days(Record):
    """One day, or a range of days with both ends in it."""

    first: Date = Field(alias="from", description="The first day.")
    last: Date = Field(alias="to", description="The last day; the first one where it is left out.")
    why: str = Field("", description="The reason. It is never shown to others.", max_length=300)

    @model_validator(mode="before")
    @classmethod
    def _one_day(cls, value: Any) -> Any:
        if isinstance(value, str | date):
            return {"from": value, "to": value}
        if isinstance(value, dict) and value.get("to") is None and "from" in value:
            return {**value, "to": value["from"]}
        return value

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if (self.last - self.first).days > 400:
            raise wrong("span", f"this runs from {self.first} to {self.last}, more than a year", "check the years", "to")
        return in_order(self, self.first, self.last)

    def dates(self) -> frozenset[date]:
        """Every day of the range."""
        return frozenset(self.first + timedelta(n) for n in range((self.last - self.first).days + 1))


class Dated(Record):
    """Something that holds from one day to another; either end may be left open."""

    first: Date | None = Field(None, alias="from", description="The first day on which this holds; always, where left out.")
    last: Date | None = Field(
        None, alias="to", description="The last day on which this holds; for good, where left out.", examples=["2026-11-13"]
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        return in_order(self, self.first, self.last)

    def holds(self, day: date) -> bool:
        """Whether it holds on a day."""
        return (self.first or date.min) <= day <= (self.last or date.max)

    def days_within(self, first: date, last: date) -> int:
        """On how many days of a stretch it holds."""
        return max(0, (min(self.last or last, last) - max(self.first or first, first)).days + 1)


def in_order(record: R, first: date | None, last: date | None, key: str = "to") -> R:
    """The record itself, if its first day is not after its last, which stands behind a key."""
    if first and last and first > last:
        raise wrong("order", f"this ends on {last}, before it begins on {first}", "put the earlier day first", key)
    return record


def all_dates(days: tuple[Days, ...]) -> frozenset[date]:
    """Every day of a list of days and ranges."""
    return frozenset[date]().union(*(each.dates() for each in days))
