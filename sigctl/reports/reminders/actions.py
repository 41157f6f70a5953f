"""Actions: due soon, or overdue. Of a confidential one a letter tells the meeting alone."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from sigctl.records import Meeting
from sigctl.records.meeting import Action
from sigctl.reports.actions import action_line
from sigctl.reports.reminders.about import AboutAction
from sigctl.reports.reminders.asof import AsOf, is_or_was
from sigctl.reports.reminders.occurrence import Occurrence
from sigctl.reports.reminders.whom import keeper_of, member_of
from sigctl.words import Words

_DONE: Final = {"done": "it is done", "dropped": "it is no longer wanted"}


def actions(now: AsOf) -> Iterator[Occurrence]:
    """The actions with a due day, of whoever took them on; of a school's, whoever speaks for the school.

    Where they have left, whoever keeps the group's papers hears of it once it is overdue, or else whoever makes the calls.
    """
    shared = Counter(action.id for meeting in now.cluster.meetings.values() for action in meeting.actions)
    for meeting in now.cluster.meetings.values():
        for action in meeting.actions if meeting.status != "cancelled" else ():
            person = action.owner or (now.speaks_for(action.school) if action.school else None)
            if person and action.due:
                yield from _of_one(now, meeting, action, person, shared[action.id] > 1)
                yield from _left_behind(now, meeting, action, person, shared[action.id] > 1)


def _of_one(now: AsOf, meeting: Meeting, action: Action, person: str, is_shared: bool) -> Iterator[Occurrence]:
    due = action.due or date.max
    named = f"{meeting.id}/{action.id}"
    about, done = _about(now, meeting, action, is_shared), _done(now, action, person)
    ref = named if is_shared else action.id
    soon, late = now.opening(person, "action-due", due), now.opening(person, "action-overdue", due)
    what = f"the action `{ref}` {is_or_was(now, due)} due on {due}, {{when}}"
    yield Occurrence(person, "action-due", named, due, soon, due, what, about, done, heralds=now.rules["action-overdue"].is_on)
    yield Occurrence(person, "action-overdue", named, due, late, date.max, what, about, done, lasts=True)


def _left_behind(now: AsOf, meeting: Meeting, action: Action, gone: str, is_shared: bool) -> Iterator[Occurrence]:
    """What somebody who is no longer there has left undone."""
    keeper = keeper_of(now.cluster, now.cluster.groups[meeting.group], now.day, now.day) or now.caller
    if now.is_there(gone) or not keeper or action.status in _DONE:
        return
    due, named = action.due or date.max, f"{meeting.id}/{action.id}"
    tell = _about(now, meeting, action, is_shared)
    yield Occurrence(
        person=keeper,
        kind="action-overdue",
        subject=named,
        due=due,
        opens=now.opening(keeper, "action-overdue", due),
        last=date.max,
        what=f"the action `{named if is_shared else action.id}` {is_or_was(now, due)} due on {due}, {{when}}, and `{gone}` has left",
        about=lambda: replace(tell(), left=member_of(now.cluster, gone, now.day)),
        lasts=True,
    )


def _done(now: AsOf, action: Action, person: str) -> str:
    if action.status in _DONE:
        return _DONE[action.status] + (f" since {action.done_on}" if action.done_on and action.status == "done" else "")
    return "" if now.is_there(person) else f"`{person}` is no longer there"


def _about(now: AsOf, meeting: Meeting, action: Action, is_shared: bool) -> Callable[[], AboutAction]:
    def tell() -> AboutAction:
        line = action_line(now.cluster, meeting, action, now.day, is_shared=is_shared)
        return AboutAction(replace(line, text=Words(), note="") if line.is_confidential else replace(line, note=""))

    return tell
