"""Working days: on which somebody is reminded, and in which days before and after are counted.

A weekday inside a term of the school's calendars, outside the half-term break, no bank holiday, not `quiet`; staff days are
working days. A school year of which the school has no calendar is as the other schools have it, or else all weekdays but those of August.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from sigctl.cluster.cluster import terms_of
from sigctl.records import Calendar
from sigctl.term_dates import SATURDAY, HalfTerm, bank_holidays, half_terms

_DAY: Final = timedelta(1)
_AUGUST, _SEPTEMBER = 8, 9


@dataclass(frozen=True, eq=False)
class WorkingDays:
    """The working days of somebody whose school keeps `own` calendars; `others` are those of the workspace."""

    own: tuple[Calendar, ...]
    others: tuple[Calendar, ...]
    nation: str
    quiet: frozenset[date]
    _known: dict[date, bool] = field(default_factory=dict)
    _holidays: dict[int, frozenset[date]] = field(default_factory=dict)
    _counted: dict[tuple[date, int], date] = field(default_factory=dict)

    def works(self, day: date) -> bool:
        """Whether it is a working day."""
        if day not in self._known:
            self._known[day] = self._works(day)
        return self._known[day]

    def _works(self, day: date) -> bool:
        if day.weekday() >= SATURDAY or day in self.quiet or day in self._bank_holidays(day.year):
            return False
        if any(day in half for half in self._halves):
            return True
        year = _school_year(day)
        if any(each.year == year for each in self.own):
            return False
        known = self._of_others.get(year)
        return any(day in half for half in known) if known else day.month != _AUGUST

    @cached_property
    def _halves(self) -> tuple[HalfTerm, ...]:
        return _halves(self.own)

    @cached_property
    def _of_others(self) -> dict[str, tuple[HalfTerm, ...]]:
        years = dict.fromkeys(each.year for each in self.others)
        return {year: _halves(each for each in self.others if each.year == year) for year in years}

    def _bank_holidays(self, year: int) -> frozenset[date]:
        if year not in self._holidays:
            self._holidays[year] = bank_holidays(self.nation, date(year, 1, 1), date(year, 12, 31))
        return self._holidays[year]

    def on_or_after(self, day: date) -> date:
        """The first working day from a day on."""
        while not self.works(day):
            day += _DAY
        return day

    def counted(self, day: date, number: int) -> date:
        """The day so many working days after another one, or before it where the number is negative; for 0 the day itself."""
        key = (day, number)
        if key not in self._counted:
            self._counted[key] = self._count(day, number)
        return self._counted[key]

    def _count(self, day: date, number: int) -> date:
        step, left = (_DAY if number > 0 else -_DAY), abs(number)
        while left:
            day += step
            left -= self.works(day)
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days there are after one day up to a later one, that one among them."""
        return sum(self.works(first + timedelta(n)) for n in range(1, (last - first).days + 1))


def _halves(calendars: Iterable[Calendar]) -> tuple[HalfTerm, ...]:
    return tuple(half for each in calendars for half in half_terms(terms_of(each)))


def _school_year(day: date) -> str:
    """The school year of a day, as calendars write it: 2026-27."""
    begins = day.year if day.month >= _SEPTEMBER else day.year - 1
    return f"{begins}-{(begins + 1) % 100:02}"
