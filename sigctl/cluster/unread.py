"""What could not be read, so that nobody calls it missing: one mistake is told once, not again at each place that relies on it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from sigctl.problem import Place
from sigctl.records import KINDS, Record
from sigctl.records.structure import Reference, parts
from sigctl.source import Document, Path, Value

_SAID_ID: Final = re.compile(r"\bid[\"']?\s*:\s*[\"']?([a-z0-9-]+)")
_SAID_KIND: Final = re.compile(r"^[\"']?([a-z]+)[\"']?\s*:", re.MULTILINE)
_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Mention(NamedTuple):
    """A place in a record that names another one: the reference, and where the record stands."""

    reference: Reference
    document: Document
    at: Path

    def place(self) -> Place:
        """Where the other record is named."""
        return self.document.place((*self.at, *self.reference.path))


@dataclass(frozen=True)
class Unread:
    """Ids of records that could not be read, kinds of which some are missing, and kinds of which any may be missing."""

    ids: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    unseen: set[str] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)

    def note_document(self, document: Document) -> None:
        """Keep in mind what a file that is not whole seems to hold; of one that cannot be opened, that it may hold anything."""
        if document.is_whole:
            return
        if not document.text:
            self.kinds.update(KINDS)
            self.unseen.update(KINDS)
            return
        self.ids.update(_SAID_ID.findall(document.text))
        self.kinds.update(kind for kind in _SAID_KIND.findall(document.text) if kind in KINDS)

    def note_values(self, value: Value, kinds: Iterable[str]) -> None:
        """Keep in mind the ids among values that stand where no record can."""
        self.kinds.update(kinds)
        if isinstance(value, dict):
            self.ids.update(value)
        self.ids.update(_ids_in(value))

    def note_record(self, kind: str, raw: Value, document: Document, at: Path) -> None:
        """Keep in mind a record that was refused, and which others it names."""
        self.kinds.add(kind)
        if not isinstance(raw, dict):
            return
        if isinstance(said := raw.get("id"), str):
            self.ids.add(said)
        self.mentions.extend(Mention(reference, document, at) for reference in _mentions(KINDS[kind], raw, ()))


def _ids_in(value: Value) -> Iterator[str]:
    for each in value if isinstance(value, list) else ():
        if isinstance(each, dict) and isinstance(said := each.get("id"), str):
            yield said


def _mentions(model: type[Record], raw: dict[str, Value], at: Path) -> Iterator[Reference]:
    for key, value in raw.items():
        part = parts(model).get(key)
        if part is None:
            continue
        each = enumerate(value) if isinstance(value, list) else ((None, value),)
        for index, inner in each:
            path = (*at, key) if index is None else (*at, key, index)
            if part.refers and isinstance(inner, str) and _ID.fullmatch(inner):
                yield Reference(path, part.refers, inner)
            elif part.inner and isinstance(inner, dict):
                yield from _mentions(part.inner, inner, path)
