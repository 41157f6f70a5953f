"""Who belonged to a group on a day, who held which office, and which of its meetings come before and after.

A school that has merged gave its place to the other one from the day after it left.
"""

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Final, Literal, NamedTuple

from sigctl.cluster.cluster import Cluster
from sigctl.cluster.mergers import school_on, successor_on
from sigctl.records import Group, Meeting
from sigctl.records.group import Member, Officer

OFFICES: Final = ("chair", "vice-chair", "convenor", "secretary", "treasurer", "clerk")
"""The usual offices, for which there is a word in each language."""

_LEADING: Final = ("chair", "convenor")
"""The offices whose holder leads a group, the first that there is."""


class Seat(NamedTuple):
    """A place in a group on a day: of a person or of a school, by id."""

    kind: Literal["person", "school"]
    id: str


def members_on(group: Group, day: date) -> tuple[Member, ...]:
    """The members of a group on a day, in the order of the file."""
    return tuple(member for member in group.members if member.holds(day))


def belonging(cluster: Cluster, group: Group, day: date) -> tuple[Member, ...]:
    """The members of a group on a day, without schools that have left the cluster and became part of no other."""
    return tuple(member for member in members_on(group, day) if member.school is None or not has_gone(cluster, member.school, day))


def has_gone(cluster: Cluster, school: str, day: date) -> bool:
    """Whether a school has left the cluster before a day, and none stands for it."""
    found = cluster.schools.get(successor_on(cluster, school, day))
    return found is not None and found.left is not None and found.left < day


def seats_on(cluster: Cluster, group: Group, day: date) -> tuple[Seat, ...]:
    """The places in a group on a day, each once; a school that has merged gave its place to the other one. Guests have none."""
    seats = (seat_of(cluster, member, day) for member in belonging(cluster, group, day))
    return tuple(dict.fromkeys(seat for seat in seats if seat))


def seat_of(cluster: Cluster, member: Member, day: date) -> Seat | None:
    """The place of a member on a day; None for a guest."""
    if member.person:
        return Seat("person", member.person)
    return Seat("school", successor_on(cluster, member.school, day)) if member.school else None


def schools_on(cluster: Cluster, group: Group, day: date) -> tuple[str, ...]:
    """The schools that have a place in a group on a day, as themselves or through a person of theirs, by id."""
    seats = seats_on(cluster, group, day)
    found = {seat.id if seat.kind == "school" else school_on(cluster, seat.id, day) for seat in seats}
    return tuple(sorted(each for each in found if each))


def is_member(cluster: Cluster, group: Group, person: str, day: date) -> bool:
    """Whether somebody belongs to a group on a day, as themselves or through their school."""
    school = school_on(cluster, person, day)
    return any(seat in (("person", person), ("school", school)) for seat in seats_on(cluster, group, day))


def officers_on(group: Group, day: date) -> Mapping[str, str]:
    """Who holds each office of a group on a day: a person's id by the office."""
    return {officer.office: officer.person for officer in group.officers if officer.holds(day)}


def leader_on(group: Group, day: date) -> Officer | None:
    """Who leads a group on a day: its chair, or else its convenor."""
    held = {officer.office: officer for officer in group.officers if officer.holds(day)}
    return next((held[office] for office in _LEADING if office in held), None)


def chair_of(cluster: Cluster, meeting: Meeting) -> str | None:
    """Who chairs a meeting: the person that it names, or else who leads the group on that day."""
    leader = leader_on(cluster.groups[meeting.group], meeting.date)
    return meeting.chair or (leader.person if leader else None)


def when(meeting: Meeting) -> tuple[date, time, str]:
    """What puts meetings in order: the day, the time (one without stands first), and the id, so that the order is always the same."""
    return meeting.date, meeting.start or time.min, meeting.id


def meetings_of(cluster: Cluster, group: str) -> tuple[Meeting, ...]:
    """A group's meetings that are planned or were held, by date and time."""
    found = (meeting for meeting in cluster.meetings.values() if meeting.group == group and meeting.status != "cancelled")
    return tuple(sorted(found, key=when))


def earlier_than(cluster: Cluster, meeting: Meeting) -> Iterator[Meeting]:
    """The meetings of the same group before one, on the same day as well, the last first. The one itself need not be in the files."""
    return (each for each in reversed(meetings_of(cluster, meeting.group)) if when(each) < when(meeting))


def later_than(cluster: Cluster, meeting: Meeting) -> Iterator[Meeting]:
    """The meetings of the same group after one, on the same day as well, the next first."""
    return (each for each in meetings_of(cluster, meeting.group) if when(each) > when(meeting))


def last_before(cluster: Cluster, group: str, day: date) -> Meeting | None:
    """The last meeting of a group before a day."""
    return next((meeting for meeting in reversed(meetings_of(cluster, group)) if meeting.date < day), None)


def next_after(cluster: Cluster, group: str, day: date) -> Meeting | None:
    """The first meeting of a group after a day."""
    return next((meeting for meeting in meetings_of(cluster, group) if meeting.date > day), None)
