"""School days: terms, half terms, bank holidays, and counting in the days on which pupils are there.

Plain dates in, plain dates out. Knows no schools, no records and no files: whoever calls says which days are off.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path
from typing import Protocol, cast

DAY = timedelta(days=1)
SATURDAY = 5

NATIONS: Mapping[str, str] = {"england": "ENG", "northern-ireland": "NIR", "scotland": "SCT", "wales": "WLS"}
"""The nations that we know, each with its code in ISO 3166-2:GB."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of days, both ends included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def days(self) -> Iterator[date]:
        """Each day in turn; none where the last is before the first."""
        return map(date.fromordinal, range(self.first.toordinal(), self.last.toordinal() + 1))

    def weekdays(self) -> Iterator[date]:
        """Each Monday to Friday in turn."""
        return (day for day in self.days() if day.weekday() < SATURDAY)


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a school year, and the break in the middle of it if it has one."""

    id: str
    first: date
    last: date
    half_term: Span | None = None


@dataclass(frozen=True, slots=True)
class HalfTerm:
    """A stretch of school between two breaks, from its first weekday to its last."""

    id: str
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


class _Almanac(Protocol):
    """The one call of the `holidays` library that we make: its dates of some years, with their names."""

    def __call__(self, *, subdiv: str, years: int) -> Mapping[date, str]: ...


def bank_holidays(nation: str, first: date, last: date) -> frozenset[date]:
    """The weekdays that a nation has off as bank holidays, both ends included.

    From the `holidays` library, which agrees with gov.uk for 2019 to 2028. It also lists the weekend dates of holidays that
    are given later as a substitute; these are left out. Raises KeyError for a nation that is not in `NATIONS`.
    """
    code = NATIONS[nation]
    span = Span(first, last)
    years = range(first.year, last.year + 1)
    return frozenset(day for year in years for day in _bank_holidays_of(code, year) if day in span)


@cache
def _bank_holidays_of(code: str, year: int) -> frozenset[date]:
    return frozenset(day for day in _united_kingdom()(subdiv=code, years=year) if day.weekday() < SATURDAY)


@cache
def _united_kingdom() -> _Almanac:
    """The library's almanac of the United Kingdom, imported late and alone.

    Its public door imports all of its 250 countries, 110 ms, to hand out one; the one file takes 10 ms (2 cores, version 0.109).
    Where that file is not where it was, the public door is used.
    """
    import holidays

    folders = [str(Path(folder, "countries")) for folder in holidays.__path__]
    spec = PathFinder.find_spec("united_kingdom", folders)
    if spec is None or spec.loader is None:
        return partial(holidays.country_holidays, "GB")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast("_Almanac", module.UnitedKingdom)


def pupil_days(terms: Sequence[Term], off: Collection[date] = ()) -> frozenset[date]:
    """The days on which pupils are in school: weekdays of the terms, without half-term breaks and the days off.

    `off` holds bank holidays, staff days and closures alike.
    """
    days = frozenset(day for half in half_terms(terms) for day in Span(half.first, half.last).weekdays())
    return days.difference(off)


def half_terms(terms: Sequence[Term]) -> tuple[HalfTerm, ...]:
    """The half terms of a year, in the order of the terms.

    A term with a break inside gives two, `autumn-1` and `autumn-2`; one without gives one of its own name, as in the six-term
    years of England. A half without a weekday is left out.
    """
    return tuple(half for term in terms for half in _halves(term))


def _halves(term: Term) -> Iterator[HalfTerm]:
    if term.half_term is None:
        spans = {term.id: Span(term.first, term.last)}
    else:
        spans = {
            f"{term.id}-1": Span(term.first, min(term.last, term.half_term.first - DAY)),
            f"{term.id}-2": Span(max(term.first, term.half_term.last + DAY), term.last),
        }
    for name, span in spans.items():
        days = tuple(span.weekdays())
        if days:
            yield HalfTerm(name, days[0], days[-1])


def runs(days: Collection[date], length: int) -> tuple[Span, ...]:
    """Every run of so many consecutive calendar days that are all among the days, by first day.

    Runs may overlap; none spans a weekend unless the weekend is among the days. Raises ValueError below one day.
    """
    if length < 1:
        raise ValueError(f"a run has at least one day, not {length}")
    firsts = set(days)
    for later in range(1, length):
        firsts &= {day - DAY * later for day in days}
    return tuple(Span(first, first + DAY * (length - 1)) for first in sorted(firsts))


def shift(days: Collection[date], start: date, count: int) -> date | None:
    """The day that comes so many of the days after the start, or before it where the count is negative.

    The start itself need not be among the days and is never counted; a count of nothing is the start. None where the days end
    before.
    """
    if count == 0:
        return start
    ordered = sorted(frozenset(days))
    index = bisect_right(ordered, start) + count - 1 if count > 0 else bisect_left(ordered, start) + count
    return ordered[index] if 0 <= index < len(ordered) else None
