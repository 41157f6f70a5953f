"""When a group could meet: days on which the schools of all members are open, with nothing in the way. And what else is on in some days.

Exact rather than clever: a half term has some thirty days, and each is looked at.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cached_property
from typing import Literal, TypeVar

from sigctl.cluster import Cluster
from sigctl.cluster.membership import Seat, meetings_of, schools_on, seats_on
from sigctl.cluster.mergers import school_on
from sigctl.records import Group, Meeting, RotaVisit, all_dates
from sigctl.reports.half_terms import Half, span_for
from sigctl.words import Words

T = TypeVar("T")
Kind = Literal["inset", "exams", "meeting", "visit"]

_NOTHING = Words()
NOTICE = timedelta(14)
"""How long before a meeting people are to know of it, where the half term leaves so much time."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something on one day or several: an INSET day, examinations, a meeting, a visit. `schools` are whose; all, where it is empty."""

    first: date
    last: date
    kind: Kind
    what: Words = _NOTHING
    schools: tuple[Words, ...] = ()
    start: time | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A day on which a group could meet. `near` is what else is on in that week, `clashes` what is on that very day."""

    day: date
    start: time | None
    end: time | None
    near: tuple[Happening, ...] = ()
    clashes: tuple[Happening, ...] = ()


@dataclass(frozen=True, slots=True)
class Circle:
    """Who belongs to a group on a day: people and schools by id, and all `schools` from which anybody comes."""

    people: tuple[str, ...]
    sending: tuple[str, ...]
    schools: tuple[str, ...]

    def shares_with(self, other: "Circle") -> bool:
        """Whether the same person, or the same school as such, belongs to both."""
        return not (set(self.people).isdisjoint(other.people) and set(self.sending).isdisjoint(other.sending))

    def takes_part(self, visit: RotaVisit, cluster: Cluster) -> bool:
        """Whether any of them has to do with a visit: as host, or with somebody in the team."""
        sent = {school_on(cluster, each, visit.dates[0]) for each in visit.team if each in cluster.people}
        return visit.host in self.schools or not sent.isdisjoint(self.schools) or not set(visit.team).isdisjoint(self.people)


def circle(cluster: Cluster, group: Group, day: date) -> Circle:
    """Who belongs to a group on a day; the schools of the whole cluster, where the group names no members."""
    seats, own = seats_on(cluster, group, day), schools_on(cluster, group, day)
    there = (school.id for school in cluster.schools.values() if school.belongs(day))
    return Circle(_of_kind(seats, "person"), _of_kind(seats, "school"), tuple(id for id in there if id in own or not own))


def _of_kind(seats: Sequence[Seat], kind: str) -> tuple[str, ...]:
    return tuple(seat.id for seat in seats if seat.kind == kind)


def rota_visits(cluster: Cluster) -> Iterator[RotaVisit]:
    """The visits of all rotas that take place: of the published one of each cycle, or else of its draft."""
    for cycle in cluster.cycles:
        rota = cluster.rota(cycle, "published") or cluster.rota(cycle, "draft")
        yield from (visit for visit in (rota.visits if rota else ()) if visit.state != "cancelled" and visit.host in cluster.schools)


def visits_between(cluster: Cluster, first: date, last: date, of: Circle) -> Iterator[Happening]:
    """The visits of some days with which any of a circle has to do."""
    for visit in rota_visits(cluster):
        if visit.dates[-1] >= first and visit.dates[0] <= last and of.takes_part(visit, cluster):
            yield Happening(visit.dates[0], visit.dates[-1], "visit", cluster.schools[visit.host].name.words, id=visit.host)


def meetings_between(cluster: Cluster, first: date, last: date, wanted: Callable[[Meeting], bool]) -> Iterator[Happening]:
    """The meetings of some days, of all groups, that are wanted and were not cancelled."""
    for meeting in cluster.meetings.values():
        if first <= meeting.date <= last and meeting.status != "cancelled" and meeting.group in cluster.groups and wanted(meeting):
            name = cluster.groups[meeting.group].name.words
            yield Happening(meeting.date, meeting.date, "meeting", name, start=meeting.start, id=meeting.id)


def inset_between(cluster: Cluster, first: date, last: date, schools: Collection[str]) -> Iterator[Happening]:
    """The INSET days of some schools, each with the schools that have it; a run of days is one where all have it alike."""
    by_school = {
        id: all_dates(cluster.schools[id].staff_days).union(*(all_dates(c.staff_days) for c in cluster.calendars_of(cluster.schools[id])))
        for id in schools
    }
    yield from _by_days(cluster, "inset", by_school, first, last)


def exams_between(cluster: Cluster, first: date, last: date, schools: Collection[str]) -> Iterator[Happening]:
    """The days of public examinations of some schools."""
    by_school = {
        id: frozenset[date]().union(*(all_dates(each.exams) for each in cluster.calendars_of(cluster.schools[id]))) for id in schools
    }
    yield from _by_days(cluster, "exams", by_school, first, last)


def _by_days(cluster: Cluster, kind: Kind, by_school: dict[str, frozenset[date]], first: date, last: date) -> Iterator[Happening]:
    run: list[date] = []
    whose: tuple[str, ...] = ()
    for day in [first + timedelta(n) for n in range((last - first).days + 2)]:
        have = tuple(id for id, days in by_school.items() if day in days and day <= last)
        if run and have != whose:
            names = () if len(whose) == len(by_school) else tuple(cluster.schools[id].name.words for id in whose)
            yield Happening(run[0], run[-1], kind, schools=names)
        run, whose = ([*run, day] if have == whose else [day]) if have else [], have


def in_order(found: Iterator[Happening] | Sequence[Happening]) -> tuple[Happening, ...]:
    """What happens, by date and time."""
    return tuple(sorted(found, key=lambda each: (each.first, each.start or time(0), each.kind, each.id)))


@dataclass(frozen=True)
class _Search:
    """What there is to know of a group and a half term in which it is to meet."""

    cluster: Cluster
    group: Group
    half: Half

    @cached_property
    def circle(self) -> Circle:
        """Who belongs to the group as the half term begins."""
        return circle(self.cluster, self.group, self.half.first)

    def open_days(self) -> list[date]:
        """The days of the half term on which pupils are in the schools of all members and none of them has examinations."""
        found: frozenset[date] | None = None
        for school in self.circle.schools:
            span = span_for(self.cluster, school, self.half)
            exams = frozenset[date]().union(*(all_dates(each.exams) for each in self.cluster.calendars_of(self.cluster.schools[school])))
            days = frozenset(day for day in self.cluster.pupil_days(school) if day in span) - exams
            found = days if found is None else found & days
        return sorted(found or ())

    def on(self, first: date, last: date) -> Iterator[Happening]:
        """The visits with which members have to do, and the meetings of other groups with the same members."""
        yield from visits_between(self.cluster, first, last, self.circle)
        yield from meetings_between(self.cluster, first, last, self._shares)

    def _shares(self, meeting: Meeting) -> bool:
        other = self.cluster.groups[meeting.group]
        return other.id != self.group.id and self.circle.shares_with(circle(self.cluster, other, meeting.date))

    @cached_property
    def taken(self) -> Counter[date]:
        """How much is on, on each day of the half term on which anything is."""
        found: Counter[date] = Counter()
        for each in self.on(self.half.first, self.half.last):
            found.update(each.first + timedelta(n) for n in range((each.last - each.first).days + 1))
        return found

    def around(self, day: date) -> Iterator[Happening]:
        """What else is on in the week of a day."""
        monday = day - timedelta(day.weekday())
        friday = monday + timedelta(4)
        yield from self.on(monday, friday)
        yield from inset_between(self.cluster, monday, friday, self.circle.schools)
        yield from exams_between(self.cluster, monday, friday, self.circle.schools)

    def proposal(self, day: date, usual: "_Usual") -> Proposal:
        """A day as it is proposed."""
        near = in_order(self.around(day))
        return Proposal(day, usual.start, usual.end, near, tuple(each for each in near if each.first <= day <= each.last))


@dataclass(frozen=True, slots=True)
class _Usual:
    """When a group usually meets: on which day of the week (0 is Monday), from when to when."""

    weekday: int | None
    start: time | None
    end: time | None


def _usual(cluster: Cluster, group: str) -> _Usual:
    meetings = [meeting for meeting in meetings_of(cluster, group) if meeting.date.weekday() < 5]
    start = _most([each.start for each in meetings if each.start])
    return _Usual(_most([each.date.weekday() for each in meetings]), start, _most([each.end for each in meetings if each.start == start]))


def _most(values: list[T]) -> T | None:
    """What occurs most often; of several, what was last."""
    counts = Counter(values)
    return max(reversed(values), key=lambda value: counts[value], default=None)


def proposals(cluster: Cluster, group: Group, half: Half, today: date, most: int = 3) -> tuple[Proposal, ...]:
    """Up to three days of a half term on which a group could meet, the best first.

    On each, pupils are in the schools of all members and none has examinations; no member and no member's school has to do with a
    visit, and no other group with the same members meets, unless there is no such day: then those with the least of it.
    Better is the day of the week on which the group usually meets, then nearer to the middle of the half term; in weeks apart.
    Days within two weeks of today are proposed only where no other is left, days that are past never.
    """
    search, usual = _Search(cluster, group, half), _usual(cluster, group.id)
    days = [day for day in search.open_days() if day > today]
    days = [day for day in days if day >= today + NOTICE] or days
    least = min((search.taken[day] for day in days), default=0)
    middle = half.first + (half.last - half.first) / 2
    best = sorted(
        (day for day in days if search.taken[day] == least),
        key=lambda day: (day.weekday() != (usual.weekday if usual.weekday is not None else day.weekday()), abs(day - middle), day),
    )
    return tuple(search.proposal(day, usual) for day in _apart(best, most))


def _apart(best: list[date], most: int) -> list[date]:
    """The best days, in different weeks as far as there are so many."""
    first_of_week = {day.isocalendar()[:2]: day for day in reversed(best)}
    apart = [day for day in best if first_of_week[day.isocalendar()[:2]] == day]
    return [*apart, *(day for day in best if day not in apart)][:most]


def lacks_meeting(cluster: Cluster, group: Group, half: Half, halves: Sequence[Half]) -> bool:
    """Whether a group that meets every so often has no meeting in a half term, or in the whole term where it meets once a term."""
    if group.meets in (None, "as-needed", "yearly") or not is_alive(group, half.last):
        return False
    within = [each for each in halves if each.year == half.year and each.term == half.term] if group.meets == "termly" else [half]
    return not any(meeting.date in each for meeting in meetings_of(cluster, group.id) for each in within)


def is_alive(group: Group, day: date) -> bool:
    """Whether a group has begun and not ended on a day."""
    return (group.started or day) <= day <= (group.ended or day)
