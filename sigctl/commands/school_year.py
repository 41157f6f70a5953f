"""The school year of a starter workspace: term dates by a rule of thumb, to be replaced by those that an authority publishes.

The rule gives the harmonised dates of Wales for 2025-26 and 2026-27; for other years it comes near them. Plain dates, no files.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from sigctl.term_dates import Span, Term, bank_holidays, pupil_days

_LEAD: Final = timedelta(days=14)
_LENGTH: Final = 55
"""How many pupil days the cycle of a starter workspace has: eleven weeks."""


@dataclass(frozen=True)
class SchoolYear:
    """A school year, its terms, and the days on which pupils come."""

    start: int
    nation: str

    @property
    def name(self) -> str:
        """The year as calendars write it: `2026-27`."""
        return f"{self.start}-{(self.start + 1) % 100:02d}"

    @cached_property
    def terms(self) -> tuple[Term, Term, Term]:
        """The three terms."""
        return (_autumn(self.start), _spring(self.start + 1), _summer(self.start + 1))

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days on which pupils come, in order."""
        autumn, spring, summer = self.terms
        off = {autumn.first, spring.first, *bank_holidays(self.nation, autumn.first, summer.last)}
        return tuple(sorted(pupil_days(self.terms, off)))

    def window(self, today: date) -> Span | None:
        """A stretch of eleven weeks for a cycle, from the first Monday that leaves time to prepare; None where too few days are left."""
        later = [day for day in self.days if day >= today + _LEAD]
        first = next((index for index, day in enumerate(later) if day.weekday() == 0), 0)
        if len(later) - first < _LENGTH:
            return None
        last = later[first + _LENGTH - 1]
        return Span(later[first], max(day for day in later if day.isocalendar()[:2] == last.isocalendar()[:2]))


def school_year_for(today: date, nation: str) -> tuple[SchoolYear, Span]:
    """The school year that has room for a cycle from today on, and the days of that cycle."""
    return next(_with_room(today, nation))


def _with_room(today: date, nation: str) -> Iterator[tuple[SchoolYear, Span]]:
    for start in range(today.year - 1, today.year + 2):
        year = SchoolYear(start, nation)
        window = year.window(today)
        if window:
            yield year, window


def _autumn(year: int) -> Term:
    """From the first weekday of September to the last Friday before 21 December; the break is the week of October's last Monday."""
    half_term = _on_or_before(date(year, 10, 31), weekday=0)
    return Term("autumn", _weekday_from(date(year, 9, 1)), _on_or_before(date(year, 12, 20), weekday=4), _week(half_term))


def _spring(year: int) -> Term:
    """From the first Monday after New Year's Day to the Friday before Holy Week; the break is in the middle."""
    first = _on_or_before(date(year, 1, 8), weekday=0)
    last = _good_friday(year) - timedelta(days=7)
    weeks = ((last - first).days + 3) // 7
    return Term("spring", first, last, _week(first + timedelta(weeks=weeks // 2)))


def _summer(year: int) -> Term:
    """From the second Monday after Easter to 20 July or the weekday before; the break is the week of May's last Monday."""
    last = date(year, 7, 20)
    while last.weekday() > 4:
        last -= timedelta(days=1)
    return Term("summer", _good_friday(year) + timedelta(days=10), last, _week(_on_or_before(date(year, 5, 31), weekday=0)))


def _good_friday(year: int) -> date:
    """The first bank holiday of spring."""
    return min(bank_holidays("wales", date(year, 3, 19), date(year, 4, 26)))


def _on_or_before(day: date, *, weekday: int) -> date:
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def _weekday_from(day: date) -> date:
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))


def _week(monday: date) -> Span:
    return Span(monday, monday + timedelta(days=4))
