"""What it means for the files that a person is erased: who they are goes everywhere, what they did is counted under a name that is none.

Takes and gives texts; reads and writes no file. What stands in free texts is found, but left for a person to look at.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from unicodedata import normalize

from sigctl.cluster.cluster import Cluster
from sigctl.cluster.edit import Append, Change, Edit, Remove, Written, edited, without_comments
from sigctl.records import KINDS, Group, Person, Record, Settings
from sigctl.records.record import Dated
from sigctl.records.structure import parts
from sigctl.source import Document, Path, parse

_STEM: Final = "forgotten-"
_SHORTEST: Final = 3
"""A name of fewer letters is found in too many words that are none."""


@dataclass(frozen=True, slots=True)
class Trace:
    """How somebody can be recognised in a text: by any of their names, address, number or id."""

    pattern: re.Pattern[str]

    def is_in(self, text: str) -> bool:
        """Whether a text names the person."""
        return bool(self.pattern.search(normalize("NFC", text)))

    def lines(self, text: str) -> Iterator[int]:
        """The lines of a text, counted from 1, that name the person."""
        return (number for number, line in enumerate(text.splitlines(), 1) if self.is_in(line))


def trace_of(id: str, person: Person | None) -> Trace:
    """How a person can be recognised; by the id alone, where nothing else is known any more."""
    words = [id]
    if person:
        names = (person.name or "").split()
        digits = re.findall(r"\d", person.phone or "")
        words += [*(each for each in names if len(each) >= _SHORTEST), *filter(None, [" ".join(names), person.email])]
        numbers = [r"[ ()-]*".join(digits)] if len(digits) > _SHORTEST else []
    else:
        numbers = []
    known = "|".join([*(r"\s+".join(map(re.escape, each.split())) for each in words), *numbers])
    return Trace(re.compile(rf"(?<![\w-])(?:{normalize('NFC', known)})(?![\w-])", re.IGNORECASE))


def free_name(cluster: Cluster, texts: Mapping[str, str]) -> str:
    """The first of `forgotten-1`, `forgotten-2` and so on that stands in no file."""
    number = 1
    taken = {int(each) for text in texts.values() for each in re.findall(rf"\b{_STEM}(\d{{1,6}})\b", text)}
    while number in taken or f"{_STEM}{number}" in cluster.people:
        number += 1
    return f"{_STEM}{number}"


def forgotten(cluster: Cluster, person: str, name: str, texts: Mapping[str, str], today: date) -> dict[str, str]:
    """The texts that change when a person is called `name` from today on, by file, and of whom nothing else is known.

    What they still hold ends the day before: places in groups, offices; open actions of theirs are nobody's. A comment that stands
    behind the old id and names the person goes. Raises EditError where it cannot be done line by line.
    """
    trace = trace_of(person, cluster.people.get(person))
    found = {}
    for file, text in texts.items():
        document = parse(file, text.removeprefix("\ufeff"))
        places, endings = list(mentions(document, person)), list(_endings(cluster, file, person, today - timedelta(1)))
        gone = [each.path for each in endings if isinstance(each, Remove)]
        edits: list[Edit] = [Change(path, name) for path in places if not any(path[: len(each)] == each for each in gone)]
        edits += [each for each in endings if isinstance(each, Change)]
        edits += _of_record(document, cluster, person, name)
        edits += map(Remove, sorted(gone, reverse=True))
        if edits:
            lines = {document.place(path).line for path in places}
            found[file] = edited(_without_remarks(text, lines, trace), edits)
    return found


def _endings(cluster: Cluster, file: str, person: str, last: date) -> Iterator[Change | Remove]:
    """What ends in a file with a person's last day: their places in groups and their offices; nobody has their open actions then."""
    for group in cluster.groups.values():
        origin, until = cluster.origins["groups", group.id], min(last, group.ended or last)
        for key, index, each in _held(group, person) if origin.document.file == file else ():
            path = (*origin.path, key, index)
            if each.first and each.first > until:
                yield Remove(path)
            elif (each.last or date.max) > until:
                yield Change((*path, "to"), until.isoformat())
    for meeting in cluster.meetings.values():
        origin = cluster.origins["meetings", meeting.id]
        for index, action in enumerate(meeting.actions if origin.document.file == file else ()):
            if action.owner == person and action.status == "open":
                yield Remove((*origin.path, "actions", index, "owner"))


def _held(group: Group, person: str) -> Iterator[tuple[str, int, Dated]]:
    """The places and offices that somebody has, had or is to have in a group, and where they stand in its record."""
    yield from (("members", index, each) for index, each in enumerate(group.members) if each.person == person)
    yield from (("officers", index, each) for index, each in enumerate(group.officers) if each.person == person)


def _without_remarks(text: str, lines: Collection[int], trace: Trace) -> str:
    """The text without the comments on some of its lines that name the person."""
    return without_comments(text, lambda line, comment: line in lines and trace.is_in(comment))


def mentions(document: Document, person: str) -> Iterator[Path]:
    """Every place in a file where a person is named by id, but for the record of the person."""
    if not isinstance(document.data, dict):
        return
    yield from _named({key: each for key, each in document.data.items() if key not in KINDS}, Settings, (), person)
    for key, entries in document.data.items():
        if key in KINDS and isinstance(entries, list):
            for index, raw in enumerate(entries):
                yield from _named(raw, KINDS[key], (key, index), person)


def _named(raw: Any, model: type[Record], path: Path, person: str) -> Iterator[Path]:
    for key, value in raw.items() if isinstance(raw, dict) else ():
        part = parts(model).get(key)
        if part is None:
            continue
        for at, each in _each(value, (*path, key)):
            if part.refers == "people" and isinstance(each, str) and each.strip() == person:
                yield at
            elif part.inner:
                yield from _named(each, part.inner, at, person)


def _each(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """The entries of a list, or the value itself, each with its path."""
    if isinstance(value, list):
        yield from (((*path, index), one) for index, one in enumerate(value))
    else:
        yield path, value


def _of_record(document: Document, cluster: Cluster, person: str, name: str) -> Iterator[Edit]:
    """The record of the person goes, with all comments in it; what has to stay comes at the end of the list."""
    people = document.data.get("people") if isinstance(document.data, dict) else None
    for index, raw in enumerate(people if isinstance(people, list) else ()):
        if isinstance(raw, dict) and str(raw.get("id", "")).strip() == person:
            yield Append(("people",), _what_stays(cluster, person, name))
            yield Remove(("people", index))


def _what_stays(cluster: Cluster, person: str, name: str) -> Written:
    """The school; and, where a rota names the person, the level, held until the last day on which they are out."""
    record = cluster.people[person]
    kept: dict[str, Written] = {"id": name}
    school = record.school or max(((post.last or date.max, post.school) for post in record.posts), default=(None, None))[1]
    if school:
        kept["school"] = school
    days = days_out(cluster, {person, name})
    if record.reviewer and days:
        until = max(days[-1], record.reviewer.trained)
        kept["reviewer"] = {
            "level": record.reviewer.level,
            "trained": record.reviewer.trained.isoformat(),
            "expires": min(until, record.reviewer.expires or until).isoformat(),
        }
    return kept


def days_out(cluster: Cluster, ids: Collection[str]) -> Sequence[date]:
    """The days on which a rota sends somebody out, in order; by both ids of theirs, where half of the files have the new one already."""
    found = set[date]()
    for visit in (visit for rota in cluster.rotas.values() for visit in rota.visits):
        if not {visit.lead, *visit.team, *visit.reserves}.isdisjoint(ids):
            found |= set(visit.dates)
        found |= {stage.date for stage in visit.stages if not set(stage.facilitators).isdisjoint(ids)}
    return sorted(found)
