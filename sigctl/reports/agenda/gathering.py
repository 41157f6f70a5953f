"""The items of an agenda out of its blocks: gathered in the group's order, led and numbered, each with what belongs to it.

Agendas and minutes count alike because both have their items from here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, NamedTuple

from sigctl.cluster import Cluster
from sigctl.cluster.blocks import BLOCKS, key_of
from sigctl.cluster.matters import is_apart, noted_in
from sigctl.cluster.membership import officers_on, seats_on
from sigctl.records import Group, Meeting
from sigctl.records.group import AgendaEntry
from sigctl.reports.agenda.around import Around
from sigctl.reports.agenda.below import item_for, offices, presentation, reviews, training, turns
from sigctl.reports.agenda.business import Claim, carried, claims, item_line, own_items, standing
from sigctl.reports.agenda.diary import diary_dates, next_time, rota_news
from sigctl.reports.agenda.earlier import actions_due, arises, falls_due, matters_arising, to_agree
from sigctl.reports.agenda.order import ALWAYS, MINUTES, PURPOSES, entries_of
from sigctl.reports.agenda.page import AgendaItem, Apologies, Content, PaperLine
from sigctl.reports.who import Member
from sigctl.words import Words


class Known(NamedTuple):
    """What an agenda has to be told besides the cluster.

    `words` are what the catalogue calls blocks and offices, by its keys without the section; `files` the names of the papers
    that are in the workspace, or None where nobody looked.
    """

    words: Mapping[str, Words]
    files: frozenset[str] | None = None


class _Unsaid(dict[str, Words]):
    """Words where nobody needs any: all are empty."""

    def __missing__(self, key: str) -> Words:
        return Words()


UNSAID: Final = Known(_Unsaid())
_SEVERAL: Final = ("feedback", "carried", "items", "standing")
"""Blocks that are as many items as there are."""


def items_of(around: Around, known: Known) -> tuple[AgendaItem, ...]:
    """All items of an agenda, numbered, with nothing withheld."""
    return _numbered(_Gathering(around, known).items())


def items_minuted(cluster: Cluster, meeting: Meeting, known: Known = UNSAID) -> tuple[AgendaItem, ...]:
    """The items of a meeting as its minutes number them: those of the agenda that people had on the day."""
    return _numbered(_Gathering(Around(cluster, meeting, meeting.date), known, is_brief=True).items())


def _numbered(items: Iterable[AgendaItem]) -> tuple[AgendaItem, ...]:
    """The items with their numbers; what is noted in one place belongs to the first item alone that could have it."""
    found: list[AgendaItem] = []
    taken: set[int | str] = set()
    for number, item in enumerate(items, start=1):
        matters = tuple(each for each in item.matters if each not in taken)
        taken.update(matters)
        found.append(replace(item, number=number, matters=matters))
    return tuple(found)


def apologies(around: Around) -> Apologies | None:
    """Who has sent apologies so far; None where nobody did and no number is asked for."""
    sent = around.meeting.attendance
    received = tuple(found for each in (sent.apologies if sent else ()) if (found := around.person(each)))
    known = around.cluster.schools
    schools = tuple(known[each].name.words for each in (sent.schools.apologies if sent else ()) if each in known)
    if not received and not schools and around.group.quorum is None:
        return None
    return Apologies(received, len(seats_on(around.cluster, around.group, around.day)), around.group.quorum, schools)


_CONTENTS: Final[Mapping[str, Callable[[Around], Content | None]]] = {
    "apologies": apologies,
    "minutes": to_agree,
    "actions": actions_due,
    "rota": rota_news,
    "training": training,
    "reviews": reviews,
    "next-meeting": next_time,
}
"""What there is to say under a block that is one item; nothing under the others."""


@dataclass(frozen=True)
class _Gathering:
    """What stands on an agenda; briefly, where only the items are wanted and not what there is to say of earlier meetings."""

    around: Around
    known: Known
    is_brief: bool = False
    noted: frozenset[int | str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "noted", noted_in(self.around.meeting))

    @cached_property
    def entries(self) -> tuple[AgendaEntry, ...]:
        """The group's blocks, welcome and apologies as one where nobody says more of either."""
        found = entries_of(self.around.group)
        if "welcome" in self.claims:
            return found
        return tuple(each for index, each in enumerate(found) if not (index and _is_part(found[index - 1], each)))

    @cached_property
    def blocks(self) -> frozenset[str]:
        """The blocks that are on the agenda."""
        return frozenset(each.block for each in entries_of(self.around.group))

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """What standing items and the meeting's own say of blocks."""
        return claims(self.around)

    def items(self) -> Iterator[AgendaItem]:
        """All items in order; what was noted under a part that the agenda does not have comes last."""
        found = [item for entry in self.entries for item in self._of(entry)]
        there = {matter for item in found for matter in item.matters}
        found += [self._bare(block) for block in BLOCKS if block in self.noted and block not in there]
        yield from (self._checked(item) for item in found)

    def _of(self, entry: AgendaEntry) -> Iterator[AgendaItem]:
        if entry.block == "welcome" and self._has_apologies_behind(entry):
            yield self._welcome(entry)
        elif entry.block in _SEVERAL:
            found = tuple(self._several(entry))
            yield from found
            if entry.block in self.noted and not any(entry.block in item.matters for item in found):
                yield self._bare(entry.block)
        else:
            yield from self._one(entry)

    def _bare(self, block: str) -> AgendaItem:
        """A block with nothing in it but what was noted."""
        made = AgendaItem(block, self.known.words[key_of(block)], minutes=MINUTES[block], lead=self.around.chair, matters=(block,))
        return replace(made, is_confidential=is_apart(self.around.cluster, self.around.meeting, block))

    def _checked(self, item: AgendaItem) -> AgendaItem:
        """An item with the papers that are there."""
        files = self.known.files
        return replace(item, papers=tuple(PaperLine(each.name, files is None or each.name in files) for each in item.papers))

    def _has_apologies_behind(self, entry: AgendaEntry) -> bool:
        return "apologies" in self.blocks and all(each.block != "apologies" for each in self.entries) and entry.title is None

    def _welcome(self, entry: AgendaEntry) -> AgendaItem:
        """Welcome and apologies as one item."""
        apologies = next(each for each in entries_of(self.around.group) if each.block == "apologies")
        minutes = (entry.minutes or MINUTES["welcome"]) + (apologies.minutes or MINUTES["apologies"])
        made = self._single(AgendaEntry(block="apologies", lead=entry.lead, minutes=minutes))
        return replace(made, block="welcome", title=self.known.words["welcome_apologies"], matters=("welcome", *made.matters))

    def _several(self, entry: AgendaEntry) -> Iterator[AgendaItem]:
        around = self.around
        if entry.block == "feedback":
            yield from (self._presentation(each, entry) for each in turns(around))
        elif entry.block == "carried":
            yield from carried(around, entry)
        elif entry.block == "items":
            yield from own_items(around, self.blocks, entry)
        else:
            yield from standing(around, self.blocks, entry)

    def _presentation(self, group: Group, entry: AgendaEntry) -> AgendaItem:
        told, item = presentation(self.around, group), item_for(self.around, group)
        word = entry.title.words if entry.title else self.known.words["feedback"]
        bare = AgendaItem("feedback", _by(word, group), matters=("feedback",))
        made = item_line(self.around, item, "feedback", self.around.meeting) if item else bare
        return replace(
            made,
            content=told,
            lead=made.lead or told.chair or self.around.person(entry.lead),
            minutes=(item.minutes if item else None) or entry.minutes or MINUTES["feedback"],
            purpose=made.purpose or PURPOSES["feedback"],
        )

    def _one(self, entry: AgendaEntry) -> Iterator[AgendaItem]:
        made, block = self._single(entry), entry.block
        if made.content or block in ALWAYS or block in self.claims or block in self.noted or self._is_wanted(block):
            yield made

    def _is_wanted(self, block: str) -> bool:
        """Whether a block with nothing in it stands on the agenda all the same.

        The treasurer's report where there is a treasurer; actions and matters arising where there were any since the last meeting.
        """
        around = self.around
        match block:
            case "accounts":
                return "treasurer" in officers_on(around.group, around.day)
            case "actions":
                return falls_due(around)
            case "matters-arising":
                return arises(around)
        return False

    def _single(self, entry: AgendaEntry) -> AgendaItem:
        """A block that is one item: an item of the meeting that means it counts before what the group says of it."""
        around, block, claim = self.around, entry.block, self.claims.get(entry.block)
        item, title = claim.item if claim else None, entry.title or (claim.title if claim else None)
        made = item_line(around, item, "items", around.meeting) if item else AgendaItem(block, Words())
        return replace(
            made,
            block=block,
            title=title.words if title else self.known.words[key_of(block)],
            content=self._content(block),
            lead=made.lead or around.person(entry.lead) or _usual_lead(around, block),
            minutes=(item.minutes if item else None) or entry.minutes or MINUTES[block],
            purpose=made.purpose or PURPOSES.get(block, ""),
            is_confidential=is_apart(around.cluster, around.meeting, block),
            matters=(*made.matters, block),
        )

    def _content(self, block: str) -> Content | None:
        around, find = self.around, _CONTENTS.get(block)
        match block:
            case "dates":
                return diary_dates(around, with_visits="rota" not in self.blocks)
            case "offices":
                return offices(around, self.known.words)
            case "matters-arising" if around.last and not self.is_brief:
                return matters_arising(around, items_minuted(around.cluster, around.last, self.known))
            case "next-meeting" if self.is_brief:
                return None
        return find(around) if find else None


def _is_part(before: AgendaEntry, entry: AgendaEntry) -> bool:
    """Whether apologies follow a welcome of which nobody says anything else."""
    return (before.block, entry.block) == ("welcome", "apologies") and not (before.title or entry.title or entry.lead)


def _usual_lead(around: Around, block: str) -> Member | None:
    treasurer = officers_on(around.group, around.day).get("treasurer")
    return (around.person(treasurer) if block == "accounts" else None) or around.chair


def _by(word: Words, group: Group) -> Words:
    """The title of a presentation: the word for it and the group's name; nothing where there is no word."""
    name = group.name.words if any(word) else Words()
    return Words(name.cy and f"{word.said('cy')}: {name.cy}", name.en and f"{word.said('en')}: {name.en}")
