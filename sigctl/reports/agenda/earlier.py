"""What the last meeting left: its minutes, what came of its items, the actions that are due. What is confidential stays out."""

from collections.abc import Iterator, Sequence
from datetime import date

from sigctl.cluster.matters import is_confidential, matter_at
from sigctl.cluster.membership import when
from sigctl.records import Meeting
from sigctl.records.meeting import Action
from sigctl.reports.actions import ActionLine, action_line
from sigctl.reports.agenda.around import Around
from sigctl.reports.agenda.page import ActionList, AgendaItem, DueAction, EarlierMinutes, LastTime, Matter, ToAgree
from sigctl.words import Words

_ORDER = ("overdue", "due", "undated")
"""The states of the actions that are told, the most urgent first."""


def to_agree(around: Around) -> ToAgree | None:
    """The minutes of the last meeting, and those of earlier ones that are still drafts; None before the first meeting.

    Where the last meeting is still to come, the earlier ones are its business.
    """
    last, *older = around.earlier if around.last else (None,)
    if last is None:
        return None
    if last.status == "planned" and last.date >= around.as_of:
        return ToAgree((EarlierMinutes(last.id, last.date, "to-come"),))
    drafts = (each for each in older if each.status == "held" and each.minutes and each.minutes.status == "draft")
    return ToAgree(tuple(_minutes(around, each) for each in (last, *drafts)))


def _minutes(around: Around, meeting: Meeting) -> EarlierMinutes:
    taken = meeting.minutes
    said = (each for each in (taken.corrections if taken else ()) if not is_confidential(around.cluster, meeting, each.item))
    return EarlierMinutes(meeting.id, meeting.date, taken.status if taken else "none", tuple(each.text.words for each in said))


def arises(around: Around) -> bool:
    """Whether the last meeting decided or agreed anything openly, so that something may arise, whatever was done since."""
    last = around.last
    names = [*(each.item for each in last.decisions), *(each.item for each in last.actions)] if last else []
    return last is not None and any(not is_confidential(around.cluster, last, name) for name in names)


def falls_due(around: Around) -> bool:
    """Whether anything was to be done by this meeting, even if it was done since the last one.

    So the agenda that was sent has the same items as the one that is made on the day.
    """
    actions = _open_actions(around, around.since)
    return any(action.due is None or action.due <= around.day for _, action in actions)


def matters_arising(around: Around, listed: Sequence[AgendaItem]) -> LastTime | None:
    """What the last meeting decided and what was done since, by the numbers of its minutes; actions that are due stand elsewhere.

    `listed` are the items of the last meeting as its minutes number them.
    """
    last = around.last
    if last is None:
        return None
    decided, done = tuple(_decisions(around, last)), tuple(_actions(around, last))
    found = []
    for number, title, names in (*((each.number, each.title, each.matters) for each in listed), (0, Words(), (None,))):
        decisions = tuple(text for matter, text in decided if matter in names)
        actions = tuple(line for matter, line in done if matter in names)
        found += [Matter(number, title, decisions, actions)] if decisions or actions else []
    return LastTime(last.date, tuple(found)) if found else None


def _decisions(around: Around, last: Meeting) -> Iterator[tuple[int | str | None, Words]]:
    """What a meeting decided openly, with what it belongs to."""
    for each in last.decisions:
        if not is_confidential(around.cluster, last, each.item):
            yield matter_at(last, each.item), each.text.words


def _actions(around: Around, last: Meeting) -> Iterator[tuple[int | str | None, ActionLine]]:
    """The open part of what was to be done, with what it belongs to, but what is told as due."""
    due = actions_due(around)
    told = {each.line.ref for each in due.actions} if due else set()
    for each in last.actions:
        line = _line(around, last, each)
        if not line.is_confidential and line.ref not in told:
            yield matter_at(last, each.item), line


def actions_due(around: Around) -> ActionList | None:
    """The open actions that are overdue, due by the meeting or undated, of the group and of those that report to it."""
    lines = [_line(around, meeting, action) for meeting, action in _open_actions(around, around.as_at)]
    open_ones = [DueAction(line, _state(around, line), line.group_id == around.group.id) for line in lines if not line.is_confidential]
    told = [each for each in open_ones if each.state in _ORDER]
    told.sort(key=lambda each: (_ORDER.index(each.state), each.line.due or each.line.met, not each.is_own, each.line.ref))
    withheld = len(lines) - len(open_ones)
    return ActionList(tuple(told), later=len(open_ones) - len(told), withheld=withheld) if told or withheld else None


def _open_actions(around: Around, day: date) -> Iterator[tuple[Meeting, Action]]:
    """The actions of earlier meetings, of the group and of those that report to it, that were open on a day."""
    groups = {around.group.id, *(each.id for each in around.below)}
    for meeting in around.cluster.meetings.values():
        if meeting.group in groups and when(meeting) < when(around.meeting) and meeting.status != "cancelled":
            yield from ((meeting, action) for action in meeting.actions if _was_open(action, day))


def _was_open(action: Action, day: date) -> bool:
    """Whether an action was open at the end of a day."""
    return action.status == "open" or (action.done_on is not None and action.done_on > day)


def _line(around: Around, meeting: Meeting, action: Action) -> ActionLine:
    return action_line(around.cluster, meeting, action, around.as_of, is_shared=True)


def _state(around: Around, line: ActionLine) -> str:
    if line.due is None:
        return "undated"
    if line.due < around.as_at:
        return "overdue"
    return "due" if line.due <= around.day else "later"
