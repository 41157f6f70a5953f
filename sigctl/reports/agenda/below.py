"""What the groups that report here bring: their presentations in turn, offices that end, groups to be reviewed; and training that ends."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from sigctl.cluster.blocks import plain
from sigctl.cluster.matters import is_item_confidential
from sigctl.cluster.membership import leader_on, meetings_of
from sigctl.records import Group, Meeting
from sigctl.records.group import Officer
from sigctl.records.meeting import Item
from sigctl.records.record import Text
from sigctl.reports.agenda.around import Around
from sigctl.reports.agenda.page import OfficeLine, Presentation, ReportLines, ReviewLine, TrainingLine
from sigctl.reports.dates import is_alive
from sigctl.reports.groups.criteria import criteria_of
from sigctl.reports.groups.state import is_review_due
from sigctl.words import Words, same

_GROUP: Final = r"\b(group|grwp|review|adolyg)"
"""What makes it clear that a title means a group and not its subject."""


def turns(around: Around) -> tuple[Group, ...]:
    """The groups whose turn it is to report back: those that report here and have waited longest, as many as the group wants.

    Where an item of the meeting names a group, those are meant and no others. A meeting that is still to come before this one and
    names none has its turns as well, so that the agendas of a year do not all name the same groups.
    """
    return _turns(around, around.meeting, told_in(around))


def told_in(around: Around) -> Mapping[str, date]:
    """When each group last reported back before this meeting, or is to."""
    last: dict[str, date] = {}
    for meeting in reversed(tuple(around.earlier)):
        named = [item.feedback for item in meeting.items if item.feedback]
        found = named or ([group.id for group in _turns(around, meeting, last)] if _had_turns(around, meeting) else [])
        last |= dict.fromkeys(found, meeting.date)
    return last


def _had_turns(around: Around, meeting: Meeting) -> bool:
    """Whether groups had their turns at an earlier meeting that names none: it is to come, or its minutes say so."""
    is_noted = meeting.minutes is not None and "feedback" in meeting.minutes.notes
    return is_noted or (meeting.status == "planned" and meeting.date >= around.as_of)


def _turns(around: Around, meeting: Meeting, last: Mapping[str, date]) -> tuple[Group, ...]:
    groups = around.cluster.groups
    if named := [item.feedback for item in meeting.items if item.feedback in groups and item.feedback]:
        return tuple(groups[name] for name in dict.fromkeys(named))
    waiting = [each for each in groups.values() if each.reports_to == around.group.id and is_alive(each, meeting.date)]
    waiting.sort(key=lambda group: (last.get(group.id, date.min), group.started or date.min, group.id))
    return tuple(waiting[: around.group.presentations])


def presentation(around: Around, group: Group) -> Presentation:
    """A working group as it reports back."""
    last = told_in(around).get(group.id)
    chair = leader_on(group, around.day)
    met = [each for each in meetings_of(around.cluster, group.id) if (last or date.min) < each.date < around.day]
    return Presentation(
        id=group.id,
        group=group.name.words,
        purpose=group.purpose.words if group.purpose else Words(),
        chair=around.person(chair.person) if chair else None,
        since=chair.first if chair else None,
        last=last,
        met=sum(each.status == "held" or each.date < around.as_of for each in met),
        criteria=criteria_of(group, around.day),
    )


def item_for(around: Around, group: Group) -> Item | None:
    """The item of the meeting under which a group reports back, where it has one."""
    return next((item for item in around.meeting.items if item.feedback == group.id), None)


def training(around: Around) -> ReportLines | None:
    """The reviewers whose training ends before the meeting after this one, and has not ended before the last."""
    lines = [
        TrainingLine(member, person.reviewer.expires)
        for person in around.cluster.people.values()
        if person.reviewer and person.reviewer.expires and around.since <= person.reviewer.expires < around.horizon
        if (member := around.person(person.id)) and member.school_id
    ]
    lines.sort(key=lambda each: (each.last, each.who.id))
    return ReportLines(tuple(lines)) if lines else None


def offices(around: Around, words: Mapping[str, Words]) -> ReportLines | None:
    """The offices of the group, and of those that report here, whose term ends before the meeting after this one with nobody to follow."""
    lines = [
        OfficeLine(group.name.words, _office(officer.office, words), member, officer.last)
        for group in (around.group, *(each for each in around.below if is_alive(each, around.day)))
        for officer in group.officers
        if officer.last and around.since <= officer.last < around.horizon and not _followed(group, officer)
        if (member := around.person(officer.person))
    ]
    return ReportLines(tuple(lines)) if lines else None


def _office(id: str, words: Mapping[str, Words]) -> Words:
    """What an office is called; by its own id where the catalogue has no word for it."""
    return words.get("office_" + id.replace("-", "_")) or same(id)


def _followed(group: Group, officer: Officer) -> bool:
    ends = officer.last or date.max
    return any(each.office == officer.office and (each.last or date.max) > ends for each in group.officers)


def reviews(around: Around) -> ReportLines | None:
    """The group and those that report here, where it is time to ask before the meeting after this one whether they are still needed.

    A group to which the meeting gives an item of its own anyway is not told twice.
    """
    due = (each for each in (around.group, *around.below) if _is_due(around, each))
    lines = [_review(around, each) for each in due if not _has_own_item(around, each)]
    lines.sort(key=lambda each: (each.by, each.id))
    return ReportLines(tuple(lines)) if lines else None


def _has_own_item(around: Around, group: Group) -> bool:
    """Whether an item that everybody may see is about a group: it reports back there, or the title names it."""
    items = (item for item in around.meeting.items if not is_item_confidential(around.cluster, around.meeting, item))
    return any(item.feedback == group.id or _names(item.title, group) for item in items)


def _names(title: Text, group: Group) -> bool:
    """Whether a title names a group in either language. One word alone, such as "Data", may mean something else than the group."""
    for said, called in zip(title.words, group.name.words, strict=True):
        words, name = plain(said), plain(called)
        is_clear = " " in name or words == name or re.search(_GROUP, words)
        if name and is_clear and f" {name} " in f" {words} ":
            return True
    return False


def _is_due(around: Around, group: Group) -> bool:
    return is_alive(group, around.day) and is_review_due(around.cluster, group, around.horizon)


def _review(around: Around, group: Group) -> ReviewLine:
    asked = max((each for each in group.reviews if each.on <= around.day), key=lambda each: each.on, default=None)
    chair = leader_on(group, around.day)
    return ReviewLine(
        id=group.id,
        group=group.name.words,
        by=group.review_by or around.day,
        chair=around.person(chair.person) if chair else None,
        recommendation=(asked.recommendation or "") if asked and asked.decision is None else "",
        criteria=criteria_of(group, around.day),
    )
