"""Who came to a group's meetings, who sent word, and of whom nothing was heard. Five different things, never taken for each other.

A school counts through whoever came from it; from the day after it merged into another one, that one counts in its place.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, Literal

from sigctl.cluster import Cluster
from sigctl.cluster.membership import Seat, meetings_of, schools_on, seats_on
from sigctl.cluster.mergers import school_on, successor_on
from sigctl.records import Group, Meeting
from sigctl.records.meeting import Attendance
from sigctl.reports.who import who
from sigctl.words import Words

Mark = Literal["present", "substitute", "apologies", "absent", "not_noted"]
"""What the minutes say of somebody: there, stood in for, sent word, sent none, or nothing at all."""
MARKS: Final[tuple[Mark, ...]] = ("present", "substitute", "apologies", "absent", "not_noted")
"""All marks, the best first."""
ATTENDED: Final = ("present", "substitute")


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each mark was given, over the meetings to which somebody was asked and at which it was noted who came."""

    present: int = 0
    substitute: int = 0
    apologies: int = 0
    absent: int = 0
    not_noted: int = 0

    @property
    def asked(self) -> int:
        """To how many meetings they were asked."""
        return self.present + self.substitute + self.apologies + self.absent + self.not_noted

    @property
    def attended(self) -> int:
        """At how many they were, or somebody for them."""
        return self.present + self.substitute

    @property
    def share(self) -> int | None:
        """The part that they attended, in hundredths; None where they were asked to none."""
        return round(100 * self.attended / self.asked) if self.asked else None

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, mark) + getattr(other, mark) for mark in MARKS))


def tally(marks: Sequence[Mark | None]) -> Tally:
    """How often each mark occurs; None is a meeting that does not count."""
    found = Counter(marks)
    return Tally(*(found[mark] for mark in MARKS))


def held_meetings(cluster: Cluster, group: str, until: date, since: date | None = None) -> tuple[Meeting, ...]:
    """A group's meetings that were held up to a day, by date."""
    found = (meeting for meeting in meetings_of(cluster, group) if meeting.status == "held")
    return tuple(meeting for meeting in found if (since or date.min) <= meeting.date <= until)


@dataclass(frozen=True)
class Roll:
    """What one held meeting noted about who came. Without a list of those who came it says nothing about anybody."""

    cluster: Cluster
    meeting: Meeting

    @property
    def is_kept(self) -> bool:
        """Whether it was noted who came."""
        noted = self.meeting.attendance
        return noted is not None and noted != Attendance()

    def of(self, seat: Seat) -> Mark | None:
        """The mark of a place; None where it was not noted who came."""
        if not self.is_kept:
            return None
        return self.of_school(seat.id) if seat.kind == "school" else self._people.get(seat.id, "not_noted")

    def of_school(self, school: str) -> Mark:
        """The mark of a school: the best of what was noted of itself and of its people."""
        return self._schools.get(school, "not_noted")

    @property
    def schools(self) -> tuple[str, ...]:
        """The schools from which somebody came, by id."""
        return tuple(sorted(school for school, mark in self._schools.items() if mark == "present"))

    @cached_property
    def _people(self) -> dict[str, Mark]:
        return _best(self._noted_people())

    @cached_property
    def _schools(self) -> dict[str, Mark]:
        return _best(self._noted_schools())

    def _noted_people(self) -> Iterator[tuple[str, Mark]]:
        noted = self.meeting.attendance
        if noted is None:
            return
        yield from ((person, "present") for person in noted.present)
        yield from ((each.by, "present") for each in noted.substitutes)
        yield from ((each.instead_of, "substitute") for each in noted.substitutes)
        yield from ((person, "apologies") for person in noted.apologies)
        yield from ((person, "absent") for person in noted.absent)

    def _noted_schools(self) -> Iterator[tuple[str, Mark]]:
        day, noted = self.meeting.date, self.meeting.attendance
        for person, mark in self._noted_people():
            school = school_on(self.cluster, person, day)
            if school:
                yield school, mark
        if noted:
            listed: tuple[tuple[tuple[str, ...], Mark], ...] = (
                (noted.schools.present, "present"),
                (noted.schools.apologies, "apologies"),
                (noted.schools.absent, "absent"),
            )
            yield from ((successor_on(self.cluster, school, day), mark) for schools, mark in listed for school in schools)


def _best(noted: Iterator[tuple[str, Mark]]) -> dict[str, Mark]:
    found: dict[str, Mark] = {}
    for id, mark in noted:
        if id not in found or MARKS.index(mark) < MARKS.index(found[id]):
            found[id] = mark
    return found


@dataclass(frozen=True, slots=True)
class Turnout:
    """How often a school came to a group's meetings, or somebody who is at none; `merged` names the school of which it is a part now."""

    id: str
    name: Words
    tally: Tally
    merged: Words | None = None


def turnouts(cluster: Cluster, group: Group, meetings: Sequence[Meeting], as_at: date) -> tuple[Turnout, ...]:
    """How often each member school came, over the meetings to which it was asked; in the order of their ids."""
    marks: dict[str, list[Mark | None]] = {}
    names: dict[str, Words] = {}
    for roll in (Roll(cluster, meeting) for meeting in meetings):
        for id, name, mark in _rows(roll, group):
            names[id] = name
            marks.setdefault(id, []).append(mark)
    return tuple(Turnout(id, names[id], tally(marks[id]), _merged(cluster, id, as_at)) for id in sorted(marks))


def _rows(roll: Roll, group: Group) -> Iterator[tuple[str, Words, Mark | None]]:
    cluster, day = roll.cluster, roll.meeting.date
    for school in schools_on(cluster, group, day):
        yield school, cluster.schools[school].name.words, roll.of_school(school) if roll.is_kept else None
    for seat in seats_on(cluster, group, day):
        if seat.kind == "person" and not school_on(cluster, seat.id, day):
            yield seat.id, who(cluster, seat.id, day).person, roll.of(seat)


def _merged(cluster: Cluster, id: str, as_at: date) -> Words | None:
    other = successor_on(cluster, id, as_at)
    return cluster.schools[other].name.words if other != id else None


def came_besides(cluster: Cluster, group: Group, meetings: Sequence[Meeting]) -> tuple[tuple[Words, int], ...]:
    """Schools from which somebody came though they are no members, each with how often, by id."""
    found: Counter[str] = Counter()
    for roll in (Roll(cluster, meeting) for meeting in meetings):
        found.update(set(roll.schools) - set(schools_on(cluster, group, roll.meeting.date)))
    return tuple((cluster.schools[id].name.words, found[id]) for id in sorted(found))
