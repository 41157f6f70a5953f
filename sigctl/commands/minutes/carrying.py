"""Items for which there was no time the last time, written into a meeting so that they are not lost after it."""

from collections.abc import Mapping, Sequence
from typing import Final

from sigctl.cluster import Cluster
from sigctl.cluster.edit import Append, Written
from sigctl.cluster.matters import is_item_confidential, put_off_to
from sigctl.records import Meeting
from sigctl.records.meeting import Item
from sigctl.records.record import Text

CARRIED: Final = "take `carried: true` out where one was dealt with"
"""What to do with the items once the meeting is over."""


def carried_items(cluster: Cluster, meeting: Meeting) -> tuple[Item, ...]:
    """The items carried over to a meeting that it does not name itself, as they are to stand there: carried over still."""
    return tuple(
        item.model_copy(update={"confidential": True}) if is_item_confidential(cluster, at, item) else item
        for at, item in put_off_to(cluster, meeting)
    )


def item_edits(items: Sequence[Item]) -> list[Append]:
    """What puts items at the end of those of a meeting."""
    return [Append(("items",), _written(item)) for item in items]


def _written(item: Item) -> Mapping[str, Written]:
    """An item by its fields, as they stand in a file."""
    known = {name: getattr(item, name) for name in type(item).model_fields if name in item.model_fields_set}
    return {name: _value(value) for name, value in known.items() if value not in (None, False)}


def _value(value: object) -> Written:
    if isinstance(value, Text):
        return value.cy if value.cy == value.en else {language: said for language, said in value.words._asdict().items() if said}
    return "true" if value is True else str(value)
