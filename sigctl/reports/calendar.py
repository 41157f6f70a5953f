"""The rota as a calendar: school by school and day by day, who is host, who is out, and when a school is shut."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from sigctl import term_dates
from sigctl.cluster import Cluster, terms_of
from sigctl.records import Calendar, Cycle, School, all_dates
from sigctl.reports.visit import VisitLine
from sigctl.reports.visits import RotaPage, monday
from sigctl.reports.who import Member
from sigctl.words import Words

_WEEK = timedelta(7)


@dataclass(frozen=True, slots=True)
class Stay:
    """What fills some days of a school: its own visit, or its people's part in another's. Columns and lanes count from 0."""

    visit: VisitLine
    first: int
    last: int
    people: tuple[Member, ...] = ()
    lane: int = 0

    @property
    def is_host(self) -> bool:
        """Whether the school is host."""
        return not self.people


@dataclass(frozen=True, slots=True)
class Row:
    """A school in a sheet: why it has no pupils on each day ("" where it has), and what happens there."""

    id: str
    name: Words
    shut: tuple[str, ...]
    stays: tuple[Stay, ...]

    @property
    def lanes(self) -> int:
        """How many lanes it takes to show everything side by side."""
        return 1 + max((stay.lane for stay in self.stays), default=0)

    def out(self, column: int) -> tuple[Member, ...]:
        """Who is out on a day."""
        return tuple(person for stay in self.stays if stay.first <= column <= stay.last for person in stay.people)

    def hosts(self, column: int) -> bool:
        """Whether the school is host on a day."""
        return any(stay.is_host and stay.first <= column <= stay.last for stay in self.stays)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A half term, and the break after it where it is short: its weekdays, whole weeks, and the schools."""

    id: str
    name: Words
    days: tuple[date, ...]
    rows: tuple[Row, ...]

    @property
    def out(self) -> tuple[int, ...]:
        """How many people are out on each day, in the whole cluster."""
        return tuple(sum(len(row.out(column)) for row in self.rows) for column in range(len(self.days)))


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """The window of a cycle, half term by half term; with a key of the visits, unless they stand beside it anyhow."""

    page: RotaPage
    sheets: tuple[Sheet, ...]
    has_key: bool = True

    @property
    def visits(self) -> tuple[VisitLine, ...]:
        """The visits that the sheets show."""
        shown = {stay.visit.number for sheet in self.sheets for row in sheet.rows for stay in row.stays}
        return tuple(visit for visit in self.page.visits if visit.number in shown)


def calendar_page(cluster: Cluster, cycle: Cycle, page: RotaPage) -> CalendarPage:
    """The calendar of a rota, over the whole window of its cycle and whatever days of visits lie outside."""
    return CalendarPage(page, tuple(_Sheets(cluster, cycle, page).sheets()))


class _Sheets:
    def __init__(self, cluster: Cluster, cycle: Cycle, page: RotaPage) -> None:
        self._cluster = cluster
        self._cycle = cycle
        self._page = page
        self._schools = [cluster.schools[school.id] for school in page.schools]

    def sheets(self) -> Iterator[Sheet]:
        """Each half term of the calendar that the most schools keep, with the weeks that belong to it."""
        weeks: dict[term_dates.HalfTerm | None, list[date]] = {}
        for week in self._weeks():
            weeks.setdefault(next((half for half in reversed(self._halves) if monday(half.first) <= week), None), []).append(week)
        for half, mondays in weeks.items():
            days = tuple(week + timedelta(day) for week in mondays for day in range(5))
            rows = tuple(self._row(school, days) for school in self._schools)
            yield Sheet(half.id if half else "", self._name(half), days, rows)

    @cached_property
    def _calendars(self) -> tuple[Calendar, ...]:
        """The calendars that the most schools keep."""
        kept = Counter(self._cluster.calendars_of(school) for school in self._schools)
        return max(kept, key=lambda calendars: kept[calendars], default=())

    @cached_property
    def _halves(self) -> list[term_dates.HalfTerm]:
        found = (half for calendar in self._calendars for half in term_dates.half_terms(terms_of(calendar)))
        return sorted(found, key=lambda half: half.first)

    def _name(self, half: term_dates.HalfTerm | None) -> Words:
        own = (school.id for school in self._schools if self._cluster.calendars_of(school) == self._calendars)
        return self._cluster.half_term_of(next(own), half.first) if half else Words()

    def _weeks(self) -> list[date]:
        """The Mondays of weeks in which some school is open or visited; a single week of break between two of them as well."""
        first, last = self._cycle.first, self._cycle.last
        open_days = {day for school in self._schools for day in self._cluster.pupil_days(school.id) if first <= day <= last}
        mondays = sorted({monday(day) for day in open_days} | {monday(day) for visit in self._page.held for day in visit.dates})
        breaks = [before + _WEEK for before, after in pairwise(mondays) if after - before == 2 * _WEEK]
        return sorted([*mondays, *breaks])

    def _row(self, school: School, days: tuple[date, ...]) -> Row:
        open_days = self._cluster.pupil_days(school.id)
        shut = tuple("" if day in open_days else self._why_shut(school, day) for day in days)
        return Row(school.id, school.name.words, shut, tuple(self._stays(school.id, days)))

    def _why_shut(self, school: School, day: date) -> str:
        calendars = self._cluster.calendars_of(school)
        if not school.belongs(day):
            return "away"
        if day in term_dates.bank_holidays(self._cluster.settings.cluster.nation, day, day):
            return "holiday"
        if not any(half.first <= day <= half.last for each in calendars for half in term_dates.half_terms(terms_of(each))):
            return "break"
        is_staff_day = any(day in all_dates(days) for days in (school.staff_days, *(each.staff_days for each in calendars)))
        return "staff_day" if is_staff_day else "closed"

    def _stays(self, school: str, days: tuple[date, ...]) -> Iterator[Stay]:
        column = {day: index for index, day in enumerate(days)}
        free: list[int] = []
        for visit in self._page.held:
            people = tuple(member for member in visit.team if member.school_id == school)
            columns = [column[day] for day in visit.dates if day in column]
            if not columns or not (people or visit.host_id == school):
                continue
            lane = next((index for index, until in enumerate(free) if until < columns[0]), len(free))
            free[lane : lane + 1] = [columns[-1]]
            yield Stay(visit, columns[0], columns[-1], () if visit.host_id == school else people, lane)
