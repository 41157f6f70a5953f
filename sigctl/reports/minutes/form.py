"""A form for taking the minutes of a meeting: who belongs to the group, and what stands on the agenda."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time

from sigctl.cluster.matters import is_apart
from sigctl.cluster.membership import belonging
from sigctl.records import Meeting
from sigctl.reports.agenda.around import Around
from sigctl.reports.agenda.gathering import Known, items_of
from sigctl.reports.agenda.page import AgendaItem
from sigctl.reports.imprint import Imprint, imprint
from sigctl.reports.who import Member, enrolled
from sigctl.words import Words

_FEW, _MANY = 4, 8
"""How many lines to write on an item has in the form."""


@dataclass(frozen=True, slots=True)
class FormItem:
    """An item of the agenda; `rules` is how many lines there are to write on.

    `key` is what notes, decisions and actions call it in the files; nothing where an item of the meeting has that name.
    """

    key: str
    number: int
    title: Words
    lead: Member | None
    minutes: int
    is_confidential: bool
    rules: int = _FEW


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form to be filled in at a meeting."""

    imprint: Imprint
    group: Words
    day: date
    start: time | None
    end: time | None
    venue: Words
    chair: Member | None
    quorum: int | None
    members: tuple[Member, ...]
    items: tuple[FormItem, ...]


def form_page(around: Around, words: Mapping[str, Words]) -> FormPage:
    """The form for a meeting, filled in as far as its agenda goes."""
    meeting = around.meeting
    return FormPage(
        imprint=imprint(around.cluster, around.as_of, around.group),
        group=around.group.name.words,
        day=meeting.date,
        start=meeting.start,
        end=meeting.end,
        venue=meeting.venue.words if meeting.venue else Words(),
        chair=around.chair,
        quorum=around.group.quorum,
        members=_members(around),
        items=tuple(_items(around, items_of(around, Known(words)))),
    )


def _members(around: Around) -> tuple[Member, ...]:
    """Whoever belongs to the group on the day, each once: of schools that have merged, the one that there is."""
    found = (enrolled(around.cluster, each, around.day) for each in belonging(around.cluster, around.group, around.day))
    return tuple(dict.fromkeys(found))


def _items(around: Around, items: tuple[AgendaItem, ...]) -> Iterator[FormItem]:
    """The items with the names by which the files call them; what the agenda makes of itself goes by its block, once."""
    for item in items:
        if item.matters:
            apart = any(is_apart(around.cluster, around.meeting, each) for each in item.matters)
            key = _key(around.meeting, item.matters[0])
            yield FormItem(key, item.number, item.title, item.lead, item.minutes, apart, _rules(item))


def _rules(item: AgendaItem) -> int:
    """How many lines an item has for writing by hand: more where people talk it over."""
    is_talked_over = item.purpose in ("discussion", "decision") or (not item.purpose and isinstance(item.matters[0], int))
    return _MANY if is_talked_over else _FEW


def _key(meeting: Meeting, matter: int | str) -> str:
    if isinstance(matter, int):
        return meeting.items[matter].id or str(matter + 1)
    return "" if any(item.id == matter for item in meeting.items) else matter
