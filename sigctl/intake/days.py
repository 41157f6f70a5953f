"""Days as people and programs write them: as a date, in figures, with the names of months in Welsh or English."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from sigctl.term_dates import Span

_MONTHS: Final = (
    "january jan ionawr ion",
    "february feb chwefror chwef chw",
    "march mar mawrth maw",
    "april apr ebrill ebr",
    "may mai",
    "june jun mehefin meh",
    "july jul gorffennaf gorff gor",
    "august aug awst aws",
    "september sept sep medi med",
    "october oct hydref hyd",
    "november nov tachwedd tach dachwedd",
    "december dec rhagfyr rhag",
)
_WEEKDAYS: Final = (
    "monday mon llun llu",
    "tuesday tues tue mawrth maw",
    "wednesday wed mercher mer",
    "thursday thurs thur thu iau",
    "friday fri gwener gwe",
    "saturday sat sadwrn sad",
    "sunday sun sul",
)
_MONTH: Final = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_WEEKDAY: Final = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
_ANY_MONTH: Final = "|".join(sorted(_MONTH, key=len, reverse=True))
_WORD: Final = re.compile(r"[a-z]+")
_YEAR: Final = r"(?:[-,.\s]\s*(?P<{0}>(?:19|20)\d\d)\b(?![:.]\d))?"
_DATES: Final = (
    re.compile(r"\b(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
    re.compile(r"\b(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<y>(?:19|20)?\d\d)\b(?![:.]\d)"),
    re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|af|ain|fed|ydd|eg)?(?:\s+of|\s+o)?[\s-]+(?P<n>{_ANY_MONTH})\b" + _YEAR.format("y")),
    re.compile(rf"\b(?P<n>{_ANY_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d)" + _YEAR.format("y")),
    re.compile(r"\b(?P<a>\d{1,2})/(?P<b>\d{1,2})\b(?!/)"),
)
"""A day as it may be written, in the order in which they are tried; later ones never overlap what an earlier one has found."""
_CLOCK: Final = re.compile(r"\b\d{1,2}[:.]\d\d\b|\b\d{1,2}\s*(?:am|pm|yb|yh|y\.b|y\.h)\b")
_LONGEST: Final = 20_000
_LONGEST_RANGE: Final = 120
_TO: Final = re.compile(r"\s*(?:-|–|—|to|until|till|i|hyd|hyd at|tan)\s*(?:[a-z]{3,9}\s*)?")
_FROM: Final = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s*(?:-|–|—|to|until|i|hyd|tan)\s*$")
_BESIDES: Final = frozenset({*_WEEKDAY, "dydd", "a", "and", "ac", "am", "pm", "yb", "yh", "y", "b", "h", "on", "ar"})
"""Words that may stand beside days and change nothing."""


class Written(NamedTuple):
    """A day found in a text, and where; no day where what is written is none: the 31st of June, or a Tuesday that is a Friday."""

    day: date | None
    start: int
    end: int


def plain(text: str) -> str:
    """A text in small letters without accents."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(letter))


def written_days(text: str, window: Span) -> tuple[Written, ...]:
    """The days in a text, in its order.

    In figures the day comes before the month, as in Britain, except where that is no day or falls outside of the window and the other
    way does not. Without a year, the year is that of the window in which the weekday fits, if there is one beside it.
    """
    low = plain(text)[:_LONGEST]
    found: list[Written] = []
    for form in _DATES:
        for match in form.finditer(low):
            if all(match.end() <= each.start or match.start() >= each.end for each in found):
                before = max((each.end for each in found if each.end <= match.start()), default=0)
                found.append(Written(_chosen(match, low[before : match.start()], window), match.start(), match.end()))
    return tuple(sorted(found, key=lambda each: each.start))


def day_in(value: object, window: Span) -> date | None:
    """The one day that a cell holds or names; None where there is none, or more than one."""
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    found = {each.day for each in written_days(value, window)} if isinstance(value, str) and value else set()
    return found.pop() if len(found) == 1 else None


def month_in(value: object) -> tuple[int, int] | None:
    """Year and month, where a cell names these and no day: `November 2026`, `Tachwedd 2026`."""
    match = re.fullmatch(rf"({_ANY_MONTH})\.?\s+((?:19|20)\d\d)", plain(value).strip()) if isinstance(value, str) else None
    return (int(match[2]), _MONTH[match[1]]) if match else None


def day_of_month(value: object, year: int, month: int) -> date | None:
    """The day that a cell such as `Tue 10` means in a month; None where the weekday does not fit."""
    match = re.fullmatch(r"(?:(?P<w>[a-z]+)[.,]?\s+)?(?P<d>\d{1,2})", plain(str(value)).strip())
    if match is None or (match["w"] and match["w"] not in _WEEKDAY):
        return None
    day = _day(year, month, int(match["d"]))
    return None if day and match["w"] and day.weekday() != _WEEKDAY[match["w"]] else day


def has_clock(value: object) -> bool:
    """Whether a cell names a time of day."""
    return isinstance(value, str) and bool(_CLOCK.search(plain(value)))


def is_only_days(text: str, window: Span) -> bool:
    """Whether a text is a list of days and says nothing else; names of weekdays and times of day may stand beside them."""
    found = written_days(text, window)
    rest = plain(text)
    for each in reversed(found):
        rest = f"{rest[: each.start]} {rest[each.end :]}"
    return bool(found) and _BESIDES.issuperset(_WORD.findall(_CLOCK.sub(" ", rest)))


def listed_days(text: str, window: Span) -> tuple[tuple[date, ...], str]:
    """The days that somebody listed by hand, ranges of days among them (`3-5 Dec`, `3 Dec to 8 Dec`), and all that is said besides.

    A day that there is not stays in what is said besides.
    """
    low, found, rest, at = plain(text)[:_LONGEST], list[date](), "", 0
    for each in written_days(text, window):
        between, at = low[at : each.start], each.end
        if each.day is None:
            rest += f" {between} {low[each.start : each.end]}"
            continue
        short = _FROM.search(between)
        first = _day(each.day.year, each.day.month, int(short[1])) if short else None
        if first is None and found and _TO.fullmatch(between):
            first, between = found[-1], ""
        elif first and short:
            between = between[: short.start()]
        is_range = first is not None and first < each.day and (each.day - first).days <= _LONGEST_RANGE
        found += Span(first, each.day).days() if is_range and first else [each.day]
        rest += f" {between}" if is_range or first is None else f" {between} ?"
    said = [word for word in _WORD.findall(_CLOCK.sub(" ", f"{rest} {low[at:]}")) if word not in _BESIDES]
    return tuple(sorted(set(found))), " ".join(said)


def _chosen(match: re.Match[str], before: str, window: Span) -> date | None:
    """The likeliest of the days that something can mean."""
    able = [day for day in _readings(match.groupdict(), window) if day]
    names = [_WEEKDAY[word] for word in _WORD.findall(before)[-2:] if word in _WEEKDAY]
    if names:
        able = [day for day in able if day.weekday() == names[-1]]
    return next((day for day in able if day in window), able[0] if able else None)


def _readings(parts: dict[str, str | None], window: Span) -> Iterator[date | None]:
    years = _years(parts.get("y"), window)
    if (a := parts.get("a")) and (b := parts.get("b")):
        yield from (_day(year, int(b), int(a)) for year in years)
        yield from (_day(year, int(a), int(b)) for year in years)
        return
    month = _MONTH[name] if (name := parts.get("n")) else int(parts.get("m") or 0)
    yield from (_day(year, month, int(parts.get("d") or 0)) for year in years)


def _years(written: str | None, window: Span) -> tuple[int, ...]:
    if written:
        return (int(written) if len(written) == 4 else 2000 + int(written),)
    return tuple(range(window.first.year, window.last.year + 1))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
