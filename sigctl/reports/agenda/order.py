"""Which blocks an agenda has, in which order, how long each takes."""

from collections.abc import Mapping
from typing import Final

from sigctl.records import Group
from sigctl.records.group import AgendaEntry

_STRATEGIC: Final = (
    "welcome", "apologies", "interests", "minutes", "matters-arising", "actions", "feedback", "rota", "carried", "items", "standing",
    "training", "offices", "reviews", "accounts", "dates", "any-other-business", "next-meeting",
)  # fmt: skip
_BOARD: Final = (
    "welcome", "apologies", "interests", "urgent", "minutes", "matters-arising", "actions", "feedback", "carried", "items", "standing",
    "offices", "reviews", "accounts", "dates", "any-other-business", "next-meeting",
)  # fmt: skip
_WORKING: Final = (
    "welcome", "apologies", "minutes", "matters-arising", "actions", "feedback", "carried", "items", "standing", "dates",
    "any-other-business", "next-meeting",
)  # fmt: skip
_SEMINAR: Final = ("welcome", "apologies", "actions", "carried", "items", "standing", "next-meeting")

ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "strategic": _STRATEGIC,
    "steering": _STRATEGIC,
    "board": _BOARD,
    "working": _WORKING,
    "seminar": _SEMINAR,
}
"""The blocks of an agenda where a group says nothing else, by the kind of group.

A board has matters that cannot wait at its beginning, as public bodies do; a working group leaves the cluster's business to the
group to which it reports; a seminar has its subject and little else.
"""

ALWAYS: Final = ("welcome", "apologies", "interests", "urgent", "any-other-business", "next-meeting")
"""Blocks that stand on an agenda even with nothing in them; the others are left out then."""

MINUTES: Final[Mapping[str, int]] = {
    "welcome": 0, "apologies": 5, "interests": 0, "urgent": 5, "minutes": 5, "matters-arising": 5, "actions": 10, "feedback": 10,
    "rota": 5, "carried": 10, "items": 10, "standing": 5, "training": 5, "offices": 5, "reviews": 5, "accounts": 5, "dates": 5,
    "any-other-business": 5, "next-meeting": 0,
}  # fmt: skip
"""How many minutes a block takes where nobody says; feedback, carried, items and standing that much for each item.

All in fives, so that an agenda has times that people can keep in mind; what is soon said takes none of its own.
"""

PURPOSES: Final[Mapping[str, str]] = {
    "minutes": "decision", "matters-arising": "information", "actions": "discussion", "feedback": "information", "rota": "information",
    "training": "information", "offices": "decision", "reviews": "decision", "accounts": "information", "dates": "information",
}  # fmt: skip
"""What a block is for where nobody says."""


def entries_of(group: Group) -> tuple[AgendaEntry, ...]:
    """The blocks of a group's agendas: as the group says, or else as is usual for its kind.

    Items that somebody put on the agenda are never lost: where a group leaves `items` out, they come before the end.
    """
    own = group.agenda or tuple(AgendaEntry.model_validate({"block": name}) for name in ORDERS[group.kind])
    if any(each.block == "items" for each in own):
        return own
    end = next((index for index, each in enumerate(own) if each.block in ("any-other-business", "next-meeting")), len(own))
    return (*own[:end], AgendaEntry(block="items"), *own[end:])
