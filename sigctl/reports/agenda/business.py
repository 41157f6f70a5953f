"""The items that people put on an agenda: carried over from the last time, the meeting's own, asked for, standing."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from sigctl.cluster.blocks import block_meant
from sigctl.cluster.matters import carried_before, is_item_confidential, put_off_to, title_of
from sigctl.records import Meeting
from sigctl.records.group import AgendaEntry
from sigctl.records.meeting import Item
from sigctl.records.record import Text
from sigctl.reports.agenda.around import Around
from sigctl.reports.agenda.order import MINUTES
from sigctl.reports.agenda.page import AgendaItem, PaperLine


class Claim(NamedTuple):
    """What the files say of a block in other words: by a standing item, or by an item of the meeting."""

    title: Text
    item: Item | None = None


def claims(around: Around) -> Mapping[str, Claim]:
    """The blocks that standing items and the meeting's own items mean; an item of the meeting counts for more."""
    found: dict[str, Claim] = {}
    for title in around.group.standing_items:
        if block := block_meant(around.cluster, title, around.group):
            found.setdefault(block, Claim(title))
    for item in around.meeting.items:
        block = block_meant(around.cluster, item.title, around.group)
        if block and (block not in found or found[block].item is None):
            found[block] = Claim(item.title, item)
    return found


def own_items(around: Around, spoken_for: Collection[str], entry: AgendaEntry) -> Iterator[AgendaItem]:
    """The meeting's own items, but those that are a block, and those under which a group reports back where that block is there.

    Of several that mean the same, only the first is meant: the others are never lost.
    """
    elsewhere = [claim.item for block, claim in claims(around).items() if block in spoken_for]
    if "feedback" in spoken_for:
        elsewhere += {item.feedback: item for item in reversed(around.meeting.items) if item.feedback}.values()
    for item in around.meeting.items:
        if not any(item is each for each in elsewhere):
            yield _with(entry, around, item, around.meeting)


def carried(around: Around, entry: AgendaEntry) -> Iterator[AgendaItem]:
    """The items for which there was no time at the last meeting, but those that stand on this agenda anyway."""
    for at, item in put_off_to(around.cluster, around.meeting):
        yield replace(_with(entry, around, item, at), matters=("carried",))


def _with(entry: AgendaEntry, around: Around, item: Item, at: Meeting) -> AgendaItem:
    """An item, with what the group says of such items where the item itself says nothing."""
    line = item_line(around, item, entry.block, at)
    return replace(line, lead=line.lead or around.person(entry.lead), minutes=item.minutes or entry.minutes or line.minutes)


def standing(around: Around, spoken_for: Collection[str], entry: AgendaEntry) -> Iterator[AgendaItem]:
    """What stands on every agenda of the group, but what is a block of it."""
    there = [title_of(item.title) for item in around.meeting.items]
    for title in around.group.standing_items:
        if block_meant(around.cluster, title, around.group) not in spoken_for and title_of(title) not in there:
            lead = around.person(entry.lead) or around.chair
            minutes = entry.minutes or MINUTES["standing"]
            yield AgendaItem("standing", title.words, minutes=minutes, lead=lead, matters=("standing",))


def item_line(around: Around, item: Item, block: str, at: Meeting) -> AgendaItem:
    """An item of a meeting as the agenda shows it; whoever asked for it leads it where nobody else does."""
    own = next((index for index, each in enumerate(around.meeting.items) if each is item), None)
    return AgendaItem(
        block=block,
        title=item.title.words,
        lead=around.person(item.lead or item.asked_by),
        minutes=item.minutes or MINUTES[block],
        purpose=item.purpose or "",
        papers=(PaperLine(item.paper),) if item.paper else (),
        asked_by=around.person(item.asked_by),
        carried=times_carried(around, item),
        is_confidential=is_item_confidential(around.cluster, at, item),
        id=item.id or "",
        matters=() if own is None else (own,),
    )


def times_carried(around: Around, item: Item) -> int:
    """How often an item was put off already, one meeting after the other, up to the last one."""
    count, meeting = 0, around.meeting
    while before := carried_before(around.cluster, meeting, item):
        count, (meeting, item) = count + 1, before
    return count
