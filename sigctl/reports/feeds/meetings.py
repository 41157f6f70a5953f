"""The meetings of groups as events, and who is asked to each. What is on their agendas stays out of calendars."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sigctl.cluster import Cluster
from sigctl.cluster.membership import chair_of, officers_on, seats_on
from sigctl.event import Event
from sigctl.records import Meeting
from sigctl.words import Words

_BEFORE: Final = (timedelta(days=1), timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class Asked:
    """A meeting, and by id the people and schools that are asked to it: those with a place in the group, officers, and who chairs it."""

    meeting: Meeting
    people: frozenset[str]
    schools: frozenset[str]


def meetings_told(cluster: Cluster) -> tuple[Asked, ...]:
    """All meetings of groups in the files, cancelled ones as well."""
    return tuple(_asked(cluster, each) for each in cluster.meetings.values() if each.group in cluster.groups)


def _asked(cluster: Cluster, meeting: Meeting) -> Asked:
    group = cluster.groups[meeting.group]
    seats = seats_on(cluster, group, meeting.date)
    people = {seat.id for seat in seats if seat.kind == "person"} | set(officers_on(group, meeting.date).values())
    chair = chair_of(cluster, meeting)
    return Asked(meeting, frozenset(people | ({chair} if chair else set())), frozenset(s.id for s in seats if s.kind == "school"))


def meeting_event(cluster: Cluster, meeting: Meeting, *, joining: bool = True, alarms: bool = False) -> Event:
    """A meeting as an event; the address to join it from afar is only for those who are asked to it."""
    start, end = meeting.start, meeting.end or meeting.start
    off = meeting.status == "cancelled"
    return Event(
        uid=f"{meeting.id}.meeting@{cluster.settings.cluster.id}",
        kind="meeting",
        title=cluster.groups[meeting.group].name.words,
        start=datetime.combine(meeting.date, start) if start else meeting.date,
        end=datetime.combine(meeting.date, end) if start and end else meeting.date,
        place=meeting.venue.words if meeting.venue else Words(),
        link=(meeting.link or "") if joining else "",
        alarms=_BEFORE if alarms and start and not off else (),
        is_cancelled=off,
    )


def for_person(cluster: Cluster, asked: Iterable[Asked], person: str) -> Iterator[Event]:
    """The meetings to which somebody is asked."""
    return (meeting_event(cluster, each.meeting, alarms=True) for each in asked if person in each.people)


def for_school(cluster: Cluster, asked: Iterable[Asked], school: str) -> Iterator[Event]:
    """The meetings to which a school is asked, whomever it sends."""
    return (meeting_event(cluster, each.meeting) for each in asked if school in each.schools)


def for_group(cluster: Cluster, asked: Iterable[Asked], group: str) -> Iterator[Event]:
    """The meetings of a group."""
    return (meeting_event(cluster, each.meeting) for each in asked if each.meeting.group == group)


def for_cluster(cluster: Cluster, asked: Iterable[Asked]) -> Iterator[Event]:
    """All meetings, without the addresses to join them."""
    return (meeting_event(cluster, each.meeting, joining=False) for each in asked)
