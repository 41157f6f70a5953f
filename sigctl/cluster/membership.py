"""Who belonged to a group on a day, who held which office, and which of its meetings come before and after."""

from collections.abc import Mapping
from datetime import date

from sigctl.cluster.cluster import Cluster
from sigctl.records import Group, Meeting
from sigctl.records.group import Member


def members_on(group: Group, day: date) -> tuple[Member, ...]:
    """The members of a group on a day, in the order of the file."""
    return tuple(member for member in group.members if member.holds(day))


def officers_on(group: Group, day: date) -> Mapping[str, str]:
    """Who holds each office of a group on a day: a person's id by the office."""
    return {officer.office: officer.person for officer in group.officers if officer.holds(day)}


def chair_of(cluster: Cluster, meeting: Meeting) -> str | None:
    """Who chairs a meeting: the person that it names, or else the group's chair on that day, or else its convenor."""
    held = officers_on(cluster.groups[meeting.group], meeting.date)
    return meeting.chair or held.get("chair") or held.get("convenor")


def is_member(cluster: Cluster, group: Group, person: str, day: date) -> bool:
    """Whether somebody belongs to a group on a day, as themselves or through their school."""
    school = cluster.school_of(cluster.people[person], day)
    return any(member.person == person or (member.school and member.school == school) for member in members_on(group, day))


def meetings_of(cluster: Cluster, group: str) -> tuple[Meeting, ...]:
    """A group's meetings that are planned or were held, by date."""
    found = (meeting for meeting in cluster.meetings.values() if meeting.group == group and meeting.status != "cancelled")
    return tuple(sorted(found, key=lambda meeting: (meeting.date, meeting.id)))


def last_before(cluster: Cluster, group: str, day: date) -> Meeting | None:
    """The last meeting of a group before a day."""
    return next((meeting for meeting in reversed(meetings_of(cluster, group)) if meeting.date < day), None)


def next_after(cluster: Cluster, group: str, day: date) -> Meeting | None:
    """The first meeting of a group after a day."""
    return next((meeting for meeting in meetings_of(cluster, group) if meeting.date > day), None)
