"""The minutes of a meeting as a page shows them, and the confidential part of them as a page of its own.

The ordinary page never holds what is confidential: of such an item there is its number, and nothing else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from sigctl.cluster import Cluster
from sigctl.cluster.matters import has_confidential_item, is_apart, is_confidential, matter_at, noted_in
from sigctl.cluster.membership import chair_of, later_than
from sigctl.records import Meeting
from sigctl.records.meeting import Decision
from sigctl.records.meeting import Minutes as Record
from sigctl.reports.actions import ActionLine, action_line
from sigctl.reports.agenda.gathering import items_minuted
from sigctl.reports.agenda.page import AgendaItem
from sigctl.reports.imprint import Imprint, imprint
from sigctl.reports.minutes.attendance import AttendanceList, VisitorLine, attendance_list, visitors
from sigctl.reports.minutes.numbering import decision_numbers
from sigctl.reports.who import Member, who
from sigctl.words import Words

_UNSAID = Words()


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """Something that was decided; `number` counts through the school year of the group, as in 2026-27/3."""

    number: str
    text: Words


@dataclass(frozen=True, slots=True)
class Matter:
    """What was said, decided and agreed under one item. Of a confidential one, the ordinary minutes hold the number alone.

    `block` says which part of the agenda it is where it is none of the meeting's own items.
    """

    number: int
    title: Words = _UNSAID
    block: str = ""
    lead: Member | None = None
    visitors: tuple[Words, ...] = ()
    note: Words = _UNSAID
    decisions: tuple[DecisionLine, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class MinutesState:
    """How far minutes have come: `draft`, `agreed` or `signed`; at which meeting, by whom; and what was put right there."""

    status: str
    agreed_on: date | None = None
    signed_by: Member | None = None
    signed_on: date | None = None
    corrections: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """When and where the group meets next."""

    day: date
    start: time | None
    venue: Words


@dataclass(frozen=True, slots=True)
class Withheld:
    """How many decisions and actions stand in the confidential part, and not here."""

    decisions: int = 0
    actions: int = 0


@dataclass(frozen=True, slots=True)
class MinutesPage:
    """The minutes of a meeting. `besides` are decisions that belong to no item, `actions` all that somebody is to do."""

    imprint: Imprint
    group: Words
    day: date
    start: time | None
    end: time | None
    venue: Words
    chair: Member | None
    taken_by: Member | None
    state: MinutesState
    attendance: AttendanceList
    visitors: tuple[VisitorLine, ...]
    matters: tuple[Matter, ...]
    besides: tuple[DecisionLine, ...]
    actions: tuple[ActionLine, ...]
    following: NextMeeting | None
    withheld: Withheld = Withheld()
    is_confidential: bool = False


def minutes_page(cluster: Cluster, meeting: Meeting, today: date, *, confidential: bool = False) -> MinutesPage:
    """The minutes of a meeting without what is confidential, or else the confidential part alone."""
    minutes, chair = meeting.minutes or Record(), chair_of(cluster, meeting)
    items = items_minuted(cluster, meeting)
    return MinutesPage(
        imprint=imprint(cluster, today, cluster.groups[meeting.group]),
        group=cluster.groups[meeting.group].name.words,
        day=meeting.date,
        start=meeting.start,
        end=meeting.end,
        venue=meeting.venue.words if meeting.venue else Words(),
        chair=who(cluster, chair, meeting.date) if chair else None,
        taken_by=who(cluster, minutes.taken_by, meeting.date) if minutes.taken_by else None,
        state=_state(cluster, meeting, confidential=confidential),
        attendance=attendance_list(cluster, meeting),
        visitors=tuple(_visitors(cluster, meeting, items, confidential=confidential)),
        matters=tuple(_matters(cluster, meeting, items, confidential=confidential)),
        besides=() if confidential else _decisions(cluster, meeting, (None,)),
        actions=tuple(_actions(cluster, meeting, confidential=confidential)),
        withheld=Withheld() if confidential else _withheld(cluster, meeting),
        following=_following(cluster, meeting),
        is_confidential=confidential,
    )


def has_confidential_part(cluster: Cluster, meeting: Meeting) -> bool:
    """Whether a meeting had an item that is minuted apart, of its own or carried over to it."""
    return has_confidential_item(cluster, meeting)


def _state(cluster: Cluster, meeting: Meeting, *, confidential: bool) -> MinutesState:
    minutes = meeting.minutes or Record()
    at = cluster.meetings[minutes.agreed_at] if minutes.agreed_at else None
    signed_by = who(cluster, minutes.signed_by, minutes.signed_on or (at.date if at else None)) if minutes.signed_by else None
    corrections = (each.text.words for each in minutes.corrections if is_confidential(cluster, meeting, each.item) == confidential)
    return MinutesState(minutes.status, at.date if at else None, signed_by, minutes.signed_on, tuple(corrections))


def _matters(cluster: Cluster, meeting: Meeting, items: Sequence[AgendaItem], *, confidential: bool) -> Iterator[Matter]:
    """The meeting's own items and whatever else was noted, each with the number that it had on the agenda."""
    noted = noted_in(meeting)
    for item in items:
        if any(isinstance(each, int) or each in noted for each in item.matters):
            is_kept_apart = any(is_apart(cluster, meeting, each) for each in item.matters)
            if is_kept_apart and not confidential:
                yield Matter(item.number, is_withheld=True)
            elif is_kept_apart == confidential:
                is_one_of_many = sum(each.block == item.block for each in items) > 1 and not isinstance(item.matters[0], int)
                yield _matter(cluster, meeting, replace(item, title=_UNSAID) if is_one_of_many else item)


def _matter(cluster: Cluster, meeting: Meeting, item: AgendaItem) -> Matter:
    own = next((meeting.items[each] for each in item.matters if isinstance(each, int)), None)
    actions = (each for each in meeting.actions if matter_at(meeting, each.item) in item.matters)
    return Matter(
        number=item.number,
        title=item.title,
        block="" if own else "welcome-apologies" if {"welcome", "apologies"} <= {*item.matters} else item.block,
        lead=who(cluster, own.lead, meeting.date) if own and own.lead else None,
        visitors=tuple(said for matter, said in visitors(cluster, meeting, confidential=True) if matter in item.matters),
        note=_note(meeting, item),
        decisions=_decisions(cluster, meeting, item.matters),
        actions=tuple(action_line(cluster, meeting, each, meeting.date) for each in actions),
    )


def _note(meeting: Meeting, item: AgendaItem) -> Words:
    """What was said under an item; where it stands twice, by number and by id, both, one after the other."""
    notes = meeting.minutes.notes if meeting.minutes else {}
    found = [note.words for name, note in notes.items() if matter_at(meeting, name) in item.matters]
    return Words("\n\n".join(filter(None, (each.cy for each in found))), "\n\n".join(filter(None, (each.en for each in found))))


def _decisions(cluster: Cluster, meeting: Meeting, matters: Sequence[int | str | None]) -> tuple[DecisionLine, ...]:
    """The decisions under an item, or those that belong to none."""
    numbers = decision_numbers(cluster, meeting.group)
    found = (each for each in meeting.decisions if matter_at(meeting, each.item) in matters)
    return tuple(_line(meeting, each, numbers) for each in found if None not in matters or not is_confidential(cluster, meeting, each.item))


def _line(meeting: Meeting, decision: Decision, numbers: dict[tuple[str, str], str]) -> DecisionLine:
    return DecisionLine(numbers.get((meeting.id, decision.id), decision.id), decision.text.words)


def _actions(cluster: Cluster, meeting: Meeting, *, confidential: bool) -> Iterator[ActionLine]:
    """What was agreed, by the names of that day: minutes stay as they are, whoever leaves or merges later."""
    for action in meeting.actions:
        line = action_line(cluster, meeting, action, meeting.date)
        if line.is_confidential == confidential:
            yield line


def _withheld(cluster: Cluster, meeting: Meeting) -> Withheld:
    decisions = sum(is_confidential(cluster, meeting, each.item) for each in meeting.decisions)
    return Withheld(decisions, sum(is_confidential(cluster, meeting, each.item) for each in meeting.actions))


def _visitors(cluster: Cluster, meeting: Meeting, items: Sequence[AgendaItem], *, confidential: bool) -> Iterator[VisitorLine]:
    numbered = {matter: item for item in items for matter in item.matters}
    for matter, said in visitors(cluster, meeting, confidential=confidential):
        item = None if matter is None else numbered.get(matter)
        yield VisitorLine(said, item.number, item.title) if item else VisitorLine(said)


def _following(cluster: Cluster, meeting: Meeting) -> NextMeeting | None:
    after = next(later_than(cluster, meeting), None)
    return NextMeeting(after.date, after.start, after.venue.words if after.venue else Words()) if after else None
