"""Who was at a meeting: by school and post, in whose place, for which item, and whether there were enough."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sigctl.cluster import Cluster
from sigctl.cluster.matters import is_confidential, matter_at
from sigctl.cluster.membership import Seat, seats_on
from sigctl.cluster.mergers import school_on, successor_on
from sigctl.records import Meeting
from sigctl.records.meeting import Attendance
from sigctl.reports.who import Member, who
from sigctl.words import Words

_UNSAID = Words()


@dataclass(frozen=True, slots=True)
class SchoolAttendees:
    """Those of one school; `school` is empty for people who are at none."""

    school: Words
    people: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Substitution:
    """Who came, and in whose place."""

    by: Member
    instead_of: Member


@dataclass(frozen=True, slots=True)
class VisitorLine:
    """Somebody who is no member and was there for one item, told by number and title, or for all (number 0)."""

    who: Words
    number: int = 0
    title: Words = _UNSAID


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many members must be there so that the meeting can decide, and how many were or had sent a substitute."""

    needed: int
    there: int

    @property
    def is_reached(self) -> bool:
        """Whether there were enough."""
        return self.there >= self.needed


@dataclass(frozen=True, slots=True)
class AttendanceList:
    """Who was there and who was not, grouped by school in the order in which they are listed."""

    present: tuple[SchoolAttendees, ...] = ()
    apologies: tuple[SchoolAttendees, ...] = ()
    absent: tuple[SchoolAttendees, ...] = ()
    substitutes: tuple[Substitution, ...] = ()
    quorum: Quorum | None = None


def attendance_list(cluster: Cluster, meeting: Meeting) -> AttendanceList:
    """The attendance of a meeting as its minutes tell it."""
    listed = meeting.attendance or Attendance()
    return AttendanceList(
        present=_by_school(cluster, meeting, listed.present, listed.schools.present),
        apologies=_by_school(cluster, meeting, listed.apologies, listed.schools.apologies),
        absent=_by_school(cluster, meeting, listed.absent, listed.schools.absent),
        substitutes=tuple(
            Substitution(who(cluster, each.by, meeting.date), who(cluster, each.instead_of, meeting.date)) for each in listed.substitutes
        ),
        quorum=quorum(cluster, meeting),
    )


def _by_school(cluster: Cluster, meeting: Meeting, people: Sequence[str], schools: Sequence[str]) -> tuple[SchoolAttendees, ...]:
    groups: dict[str, list[Member]] = {}
    for person in people:
        member = who(cluster, person, meeting.date)
        groups.setdefault(member.school_id, []).append(member)
    for school in schools:
        groups.setdefault(school, [])
    elsewhere = groups.pop("", None)
    found = [SchoolAttendees(cluster.schools[school].name.words, tuple(people)) for school, people in groups.items()]
    return (*found, SchoolAttendees(Words(), tuple(elsewhere))) if elsewhere else tuple(found)


def quorum(cluster: Cluster, meeting: Meeting) -> Quorum | None:
    """Whether enough members were there; None where the group asks for no number."""
    group, listed = cluster.groups[meeting.group], meeting.attendance
    if group.quorum is None or listed is None:
        return None
    seats = seats_on(cluster, group, meeting.date)
    return Quorum(group.quorum, len(set(_voices(cluster, meeting, listed)) & set(seats)) if seats else len(listed.present))


def _voices(cluster: Cluster, meeting: Meeting, listed: Attendance) -> Iterator[Seat]:
    """The places for which anybody came. Whoever has one of their own, or came for somebody, does not speak for their school as well."""
    own = {seat.id for seat in seats_on(cluster, cluster.groups[meeting.group], meeting.date) if seat.kind == "person"}
    instead = {each.by for each in listed.substitutes} - own
    for person in (*(each for each in listed.present if each not in instead), *(each.instead_of for each in listed.substitutes)):
        school = school_on(cluster, person, meeting.date) if person in cluster.people else None
        if person in own:
            yield Seat("person", person)
        elif school:
            yield Seat("school", school)
    yield from (Seat("school", successor_on(cluster, each, meeting.date)) for each in listed.schools.present)


def visitors(cluster: Cluster, meeting: Meeting, *, confidential: bool) -> Iterator[tuple[int | str | None, Words]]:
    """Who was in attendance, with what they came for; those of confidential items only where they are wanted."""
    for each in meeting.attendance.in_attendance if meeting.attendance else ():
        if confidential or not is_confidential(cluster, meeting, each.item):
            yield matter_at(meeting, each.item), each.who.words
