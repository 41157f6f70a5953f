"""What notes, decisions and actions of a meeting belong to: an item, by number or id, or a part that the agenda makes of itself.

And which of it is minuted apart: a confidential item, the same item when it comes again, and the block that such an item means.
"""

from collections.abc import Iterator

from sigctl.cluster.blocks import BLOCKS, block_meant
from sigctl.cluster.cluster import Cluster
from sigctl.cluster.membership import earlier_than
from sigctl.records import Meeting
from sigctl.records.meeting import Item
from sigctl.records.record import Text


def item_at(meeting: Meeting, name: str | None) -> int | None:
    """Which of the items of a meeting is meant by an id, or else by a number from 1; None where none is."""
    if not name:
        return None
    for index, item in enumerate(meeting.items):
        if item.id == name:
            return index
    number = int(name) if name.isascii() and name.isdecimal() and len(name) < 4 else 0
    return number - 1 if 0 < number <= len(meeting.items) else None


def matter_at(meeting: Meeting, name: str | None) -> int | str | None:
    """What a note, a decision or an action belongs to: the position of an item, or the block of the agenda; None where there is neither."""
    item = item_at(meeting, name)
    return item if item is not None else name if name in BLOCKS else None


def noted_in(meeting: Meeting) -> frozenset[int | str]:
    """All that notes, decisions and actions of a meeting belong to."""
    named = [*(each.item for each in meeting.decisions), *(each.item for each in meeting.actions)]
    names = [*(meeting.minutes.notes if meeting.minutes else ()), *named]
    return frozenset(matter for name in names if (matter := matter_at(meeting, name)) is not None)


def is_confidential(cluster: Cluster, meeting: Meeting, name: str | None) -> bool:
    """Whether what belongs to an item is minuted apart; where nobody can tell which item is meant, it is, if any is."""
    matter = matter_at(meeting, name)
    if matter is None:
        return bool(name) and has_confidential_item(cluster, meeting)
    return is_apart(cluster, meeting, matter)


def is_apart(cluster: Cluster, meeting: Meeting, matter: int | str) -> bool:
    """Whether an item or a block is minuted apart: a block is as confidential as any item that it may stand for."""
    if isinstance(matter, int):
        return is_item_confidential(cluster, meeting, meeting.items[matter])
    return any(is_item_confidential(cluster, at, item) for at, item in _meant_by(cluster, meeting, matter))


def _meant_by(cluster: Cluster, meeting: Meeting, block: str) -> Iterator[tuple[Meeting, Item]]:
    """The items that stand under a block or mean it, each with its meeting."""
    group = cluster.groups.get(meeting.group)
    for item in meeting.items:
        if block == "items" or (block == "feedback" and item.feedback) or block_meant(cluster, item.title, group) == block:
            yield meeting, item
    last = next(earlier_than(cluster, meeting), None) if block == "carried" else None
    yield from ((last, item) for item in (last.items if last else ()) if item.carried and last)


def has_confidential_item(cluster: Cluster, meeting: Meeting) -> bool:
    """Whether any of the items of a meeting, or of those carried over to it, is minuted apart."""
    return any(is_apart(cluster, meeting, block) for block in ("items", "carried"))


def is_item_confidential(cluster: Cluster, meeting: Meeting, item: Item) -> bool:
    """Whether an item is minuted apart: where it says nothing and was put off the last time it stood on an agenda, as then."""
    if "confidential" in item.model_fields_set:
        return item.confidential
    before = tuple(earlier_than(cluster, meeting))
    if not any(each.carried and each.confidential for at in before for each in at.items):
        return False
    last = next(((at, each) for at in before for each in at.items if is_same(each, item)), None)
    return last is not None and last[1].carried and is_item_confidential(cluster, *last)


def carried_before(cluster: Cluster, meeting: Meeting, item: Item) -> tuple[Meeting, Item] | None:
    """The meeting before and the same item there, if it was put off."""
    last = next(earlier_than(cluster, meeting), None)
    found = next((each for each in last.items if is_same(each, item)), None) if last else None
    return (last, found) if last and found and found.carried else None


def put_off_to(cluster: Cluster, meeting: Meeting) -> tuple[tuple[Meeting, Item], ...]:
    """The items for which there was no time at the meeting before and which this one does not name, each with that meeting."""
    last = next(earlier_than(cluster, meeting), None)
    items = (item for item in (last.items if last else ()) if item.carried)
    return tuple((last, item) for item in items if last and not any(is_same(item, each) for each in meeting.items))


def is_same(one: Item, other: Item) -> bool:
    """Whether two items of different meetings are one: of the same id, or of the same title."""
    return (one.id is not None and one.id == other.id) or title_of(one.title) == title_of(other.title)


def title_of(title: Text) -> tuple[str, str]:
    """A title as titles are compared, in both languages."""
    return title.cy.casefold(), title.en.casefold()
