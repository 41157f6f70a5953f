"""Meetings: items are wanted for them, they come near, their minutes are wanted, their minutes are there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Final

from sigctl.cluster.matters import is_item_confidential, put_off_to
from sigctl.cluster.membership import Seat, meetings_of, next_after, officers_on, seats_on
from sigctl.records import Group, Meeting
from sigctl.records.meeting import Item
from sigctl.records.reminders import ReminderKind
from sigctl.reports.dates import is_alive
from sigctl.reports.reminders.about import AboutMeeting
from sigctl.reports.reminders.asof import AsOf, is_or_was
from sigctl.reports.reminders.heard import Change, change_of
from sigctl.reports.reminders.occurrence import Occurrence
from sigctl.reports.reminders.whom import SCHOOL, keeper_of
from sigctl.words import Words

_DAY: Final = timedelta(1)
_MINUTED: Final = ("strategic", "steering", "board", "working")
"""The kinds of groups whose meetings have minutes, and whose members are asked for items; a seminar has its subject."""
_BY_SCHOOL: Final = ("strategic", "steering", "board")
"""The kinds of groups in which a school that is a member is asked for items; to a working group it sends somebody, and that is all."""
_LATELY: Final = 3
"""Of so many meetings it counts who came for a school."""
_FORGOTTEN: Final = 60
"""So many working days after a meeting nobody is reminded of its minutes any more."""
_LONG_AGO: Final = timedelta(200)
"""How long ago a meeting is of which there is nothing to tell: more than those working days, whatever holidays lie between."""


@dataclass(frozen=True)
class _Met:
    """A meeting on the day on which it is asked what is due."""

    asof: AsOf
    meeting: Meeting

    @cached_property
    def group(self) -> Group:
        """Which group meets."""
        return self.asof.cluster.groups[self.meeting.group]

    def telling(self, person: str) -> Callable[[], AboutMeeting]:
        """What a letter to somebody tells of it, made when it is needed."""
        return partial(self._tell, person)

    def _tell(self, person: str) -> AboutMeeting:
        passes, keeps = person in self._heads, person == self.asof.caller
        return replace(self._about, may_pass_on=passes, keeps_files=keeps) if passes or keeps else self._about

    @cached_property
    def _about(self) -> AboutMeeting:
        meeting, items = self.meeting, tuple(self._open_items())
        return AboutMeeting(
            group=self.group.name.words,
            group_id=self.group.id,
            meeting_id=meeting.id,
            day=meeting.date,
            start=meeting.start,
            end=meeting.end,
            venue=meeting.venue.words if meeting.venue else Words(),
            link=meeting.link or "",
            items=tuple(item.title.words for item in items),
            papers=tuple(dict.fromkeys(item.paper for item in items if item.paper)),
        )

    def _open_items(self) -> Iterator[Item]:
        """The items that everybody may know of: those carried over, then the meeting's own."""
        cluster = self.asof.cluster
        for at, item in (*put_off_to(cluster, self.meeting), *((self.meeting, each) for each in self.meeting.items)):
            if not is_item_confidential(cluster, at, item):
                yield item

    @cached_property
    def over(self) -> str:
        """Why nobody is told of the meeting any more."""
        if self.meeting.status == "cancelled":
            return "the meeting is cancelled"
        if self.meeting.status == "held" or is_written(self.meeting):
            return "the meeting has been held"
        return ""

    @cached_property
    def people(self) -> tuple[str, ...]:
        """The members of the group, its officers and whoever chairs, on the day of the meeting, as far as they are still there."""
        members = (seat.id for seat in self._seats if seat.kind == "person")
        chair = (self.meeting.chair,) if self.meeting.chair else ()
        people = dict.fromkeys((*members, *officers_on(self.group, self.meeting.date).values(), *chair))
        return tuple(each for each in people if self.asof.is_there(each))

    @cached_property
    def schools(self) -> tuple[str, ...]:
        """Who goes for each school that sends whom it likes, but where somebody of it is there in their own name anyway."""
        return tuple(self._went.get(each) or self.asof.speaks_for(each) for each in self._sending)

    @cached_property
    def _sending(self) -> tuple[str, ...]:
        there = {self.asof.school_of(each) for each in self.people}
        return tuple(seat.id for seat in self._seats if seat.kind == "school" and seat.id not in there)

    @cached_property
    def _heads(self) -> frozenset[str]:
        """Who is written to for a school without being the one who goes: they are asked to pass it on."""
        speakers = (self.asof.speaks_for(each) for each in self._sending if each not in self._went)
        return frozenset(speakers).difference(self.people)

    @cached_property
    def _went(self) -> dict[str, str]:
        """Who of each school came to the group's last meetings, the latest first, and can be written to."""
        before = [each for each in meetings_of(self.asof.cluster, self.group.id) if each.date < self.meeting.date and each.attendance]
        found: dict[str, str] = {}
        for each in reversed(before[-_LATELY:]):
            for person in _came(each):
                if self.asof.is_there(person) and self.asof.has_address(person):
                    found.setdefault(self.asof.school_of(person), person)
        return found

    @cached_property
    def _seats(self) -> tuple[Seat, ...]:
        return seats_on(self.asof.cluster, self.group, self.meeting.date)

    @property
    def all(self) -> tuple[str, ...]:
        """Everybody who is told of the meeting."""
        return tuple(dict.fromkeys((*self.people, *self.schools)))

    def change_for(self, person: str) -> Change | None:
        """What somebody was told of the meeting that is no longer so."""
        return change_of(self.meeting, self.asof.heard.get(self.meeting.id, {}).get(person))

    def occurrence(self, person: str, kind: ReminderKind, last: date, what: str, done: str) -> Occurrence:
        """Something about the meeting for one person; it is due on the day of the meeting."""
        day = self.meeting.date
        return Occurrence(person, kind, self.meeting.id, day, self.asof.opening(person, kind, day), last, what, self.telling(person), done)


def _came(meeting: Meeting) -> tuple[str, ...]:
    """Who was at a meeting, in their own name or in somebody's place."""
    found = meeting.attendance
    return (*found.present, *(each.by for each in found.substitutes)) if found else ()


def is_written(meeting: Meeting) -> bool:
    """Whether there are minutes of a meeting: something was noted or decided, or they were agreed."""
    minutes = meeting.minutes
    return bool(meeting.decisions) or (minutes is not None and (bool(minutes.notes) or minutes.status != "draft"))


def meetings_to_come(now: AsOf) -> Iterator[Occurrence]:
    """Items wanted, meetings that come near, and what became of those of which people were told."""
    for met in _all(now):
        yield from _items_wanted(met)
        yield from _changed(met)
        yield from (_comes_near(met, each) for each in met.all)


def minutes(now: AsOf) -> Iterator[Occurrence]:
    """Minutes that are wanted of those who take them, and minutes that are there to be read."""
    for met in _all(now):
        if met.group.kind in _MINUTED and met.meeting.date < now.day:
            yield from _minutes_wanted(met)
            yield from _minutes_out(met)


def _all(now: AsOf) -> Iterator[_Met]:
    """The meetings to come, and those of the last months."""
    for meeting in now.cluster.meetings.values():
        group = now.cluster.groups.get(meeting.group)
        if group and meeting.date > now.day - _LONG_AGO and is_alive(group, meeting.date):
            yield _Met(now, meeting)


def _comes_near(met: _Met, person: str) -> Occurrence:
    day = met.meeting.date
    what = f"the meeting `{met.meeting.id}` {is_or_was(met.asof, day)} on {day}, {{when}}"
    near = met.occurrence(person, "meeting", day, what, met.over)
    return replace(near, done="it is told that the meeting moved") if not met.over and _is_told_as_moved(met, near) else near


def _is_told_as_moved(met: _Met, near: Occurrence) -> bool:
    """Whether the word that a meeting moved comes so late that it tells all that its reminder would tell."""
    change = met.change_for(near.person)
    if change is None or (change.told is None and met.asof.day > change.last):
        return False
    return (change.told or met.asof.day) >= near.opens


def _changed(met: _Met) -> Iterator[Occurrence]:
    """A meeting that is cancelled, or on another day, for each of those who were told of it."""
    for person in sorted(met.asof.heard.get(met.meeting.id, ())):
        change = met.change_for(person)
        if change and _is_known(met.asof, person) and met.asof.is_there(person):
            yield _change(met, person, change)


def _is_known(now: AsOf, person: str) -> bool:
    """Whether whoever was told of something still stands in the files."""
    return person.removeprefix(SCHOOL) in now.cluster.schools if person.startswith(SCHOOL) else person in now.cluster.people


def _change(met: _Met, person: str, change: Change) -> Occurrence:
    named = f"the meeting `{met.meeting.id}` on {change.before}, {{when}},"
    return Occurrence(
        person=person,
        kind="meeting",
        subject=change.subject(met.meeting.id),
        due=change.before,
        opens=change.since,
        last=change.last,
        what=f"{named} moved to {change.day}" if change.what == "moved" else f"{named} does not take place",
        about=lambda: replace(met.telling(person)(), change=change.what, day=change.day, before=change.before),
        done="the meeting has been held" if change.what == "moved" and met.over else "",
        once=True,
    )


def _items_wanted(met: _Met) -> Iterator[Occurrence]:
    """Until the meeting itself is told: then it is too late for items."""
    if met.group.kind not in _MINUTED:
        return
    day, asked = met.meeting.date, {item.asked_by for item in met.meeting.items}
    for person in met.all if met.group.kind in _BY_SCHOOL else met.people:
        opens, agenda = (met.asof.opening(person, kind, day) for kind in ("agenda-items", "meeting"))
        is_followed = opens < agenda and met.asof.rules["meeting"].is_on
        done = met.over or (f"`{person}` has asked for an item" if person in asked else _writes_it(met, person))
        what = f"items are wanted for the meeting `{met.meeting.id}` on {day}, {{when}}"
        last = agenda - _DAY if is_followed else day
        yield Occurrence(person, "agenda-items", met.meeting.id, day, opens, last, what, met.telling(person), done, heralds=is_followed)


def _writes_it(met: _Met, person: str) -> str:
    return f"`{person}` keeps the files, and writes the agenda" if person == met.asof.caller else ""


def _minutes_wanted(met: _Met) -> Iterator[Occurrence]:
    now, meeting = met.asof, met.meeting
    taken = meeting.minutes.taken_by if meeting.minutes else None
    person = taken if taken and now.is_there(taken) else keeper_of(now.cluster, met.group, meeting.date, now.day) or now.caller
    if person is None:
        return
    done = "the meeting is cancelled" if meeting.status == "cancelled" else "the minutes are there" if is_written(meeting) else ""
    what, last = f"there are no minutes of the meeting `{meeting.id}` on {meeting.date}, {{when}}", _until(met, person)
    opens = now.opening(person, "minutes-due", meeting.date)
    yield Occurrence(person, "minutes-due", meeting.id, meeting.date, opens, last, what, met.telling(person), done, lasts=True)


def _minutes_out(met: _Met) -> Iterator[Occurrence]:
    """Nobody knows when minutes were written: whenever they are there, they are told.

    But not those of a meeting long before anybody was reminded of anything.
    """
    now, meeting = met.asof, met.meeting
    if meeting.status == "cancelled" or not is_written(meeting):
        return
    what = f"the minutes of the meeting `{meeting.id}` on {meeting.date}, {{when}}, are there"
    for person in met.all:
        known = now.days_of(person).counted(now.began, -now.catch_up)
        done = "" if meeting.date >= known else "the meeting was before anybody was reminded of anything"
        opens = now.opening(person, "minutes-out", meeting.date)
        yield Occurrence(
            person, "minutes-out", meeting.id, meeting.date, opens, _until(met, person), what, met.telling(person), done, lasts=True
        )


def _until(met: _Met, person: str) -> date:
    """Up to when minutes are somebody's business: the day of the next meeting, or some weeks."""
    following = next_after(met.asof.cluster, met.group.id, met.meeting.date)
    some_weeks = met.asof.days_of(person).counted(met.meeting.date, _FORGOTTEN)
    return min(following.date, some_weeks) if following else some_weeks
