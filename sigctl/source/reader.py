"""Reads YAML from the parser's events, one by one.

That is safe against deep nesting and exploding aliases, sees duplicate keys, and leaves every scalar as it is written.
"""

import re
import unicodedata
from collections.abc import Callable
from itertools import islice
from typing import Any, Final, NamedTuple, NoReturn, TypeAlias

import yaml
from yaml import CollectionStartEvent, MappingEndEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from sigctl.problem import Mistake, Problem
from sigctl.source import mistakes
from sigctl.source.page import DIRECTION, HIDDEN, Page
from sigctl.source.syntax import complaint

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
Path: TypeAlias = tuple[str | int, ...]
"""The keys and list positions that lead from the top of a file to a value."""

MAX_DEPTH: Final = 40
MAX_ENTRIES: Final = 200_000
MAX_VALUES: Final = 1_000_000
MAX_PROBLEMS: Final = 50
OUTER: Final = 2
"""How many keys and positions deep the places are kept at once; those further in are read again when somebody asks."""

_NOTHING: Final = frozenset(("", "~", "null", "Null", "NULL"))
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_STAND_IN: Final = "\ufeff"
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Span(NamedTuple):
    """Where a key or a value begins, and how many characters of its first line it takes (0: all); counted from 0."""

    line: int
    column: int
    length: int


class Spot(NamedTuple):
    """Where a value and its key stand, and the text from `start` to `end` that holds the value."""

    key: Span
    value: Span
    start: int
    end: int


class Reading(NamedTuple):
    """What was read: the values, what is wrong with them as YAML, where the outer ones stand, which could not be told."""

    data: Value
    problems: tuple[Problem, ...]
    spots: dict[Path, Spot]
    spoilt: frozenset[Path]


class _Fatal(Exception):
    """The rest of the text cannot be read."""


def read_values(page: Page) -> Reading:
    """Everything that a page says."""
    reader = _Reader(page, page.text, OUTER)
    data = reader.read()
    return Reading(data, tuple(reader.problems), reader.spots, frozenset(reader.spoilt))


def read_spots(page: Page, spot: Spot) -> dict[Path, Spot]:
    """Where everything inside one value stands, by its path from there; found by reading that piece of the text again."""
    first = page.text[spot.start : spot.start + 1]
    pad = 0 if first in ("{", "[") else spot.value.column
    reader = _Reader(page, " " * pad + page.text[spot.start : spot.end], MAX_DEPTH + 1)
    reader.read()
    shift = spot.value.column - pad
    return {path: Spot(_moved(inner.key, spot, shift), _moved(inner.value, spot, shift), 0, 0) for path, inner in reader.spots.items()}


def _moved(span: Span, spot: Spot, shift: int) -> Span:
    return Span(span.line + spot.value.line, span.column + (0 if span.line else shift), span.length)


class _Reader:
    """Walks the events of one text, which is a page's or a piece of it."""

    def __init__(self, page: Page, text: str, keep: int) -> None:
        self.page = page
        self.text = text
        self.keep = keep
        self.cleaned = False
        self._begin()

    def _begin(self) -> None:
        self.problems: list[Problem] = []
        self.spots: dict[Path, Spot] = {}
        self.spoilt: list[Path] = []
        self.values = 0

    def read(self) -> Value:
        """The values; None where the text cannot be read to its end."""
        try:
            self._next: Callable[[], yaml.Event] = _LOADER(self.text).get_event
            return self._document()
        except _Fatal:
            return None
        except yaml.MarkedYAMLError as trouble:
            self._syntax(trouble)
            return None
        except (yaml.reader.ReaderError, UnicodeEncodeError):
            return self._clean()

    def _clean(self) -> Value:
        """Read on without the characters that YAML does not have; those that stand for them are told here, once."""
        if self.cleaned:
            return None
        self.cleaned = True
        found = list(islice(_UNPRINTABLE.finditer(self.text), MAX_PROBLEMS // 4))
        self.text = _UNPRINTABLE.sub(_STAND_IN, self.text)
        self._begin()
        for each in found:
            before = Page("", self.text[: each.start()]).lines
            span = Span(len(before) - 1, len(before[-1]), 1)
            self._tell(mistakes.HIDDEN, span, "there is a hidden character here", "delete it, and what stands beside it if need be")
        return self.read()

    def _syntax(self, trouble: yaml.MarkedYAMLError) -> None:
        told = complaint(trouble, self.page.lines)
        self.problems.append(Problem(told.mistake, told.message, self.page.place(told.line, told.column, 1), told.advice))

    def _document(self) -> Value:
        self._next()
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            self._tell(mistakes.EMPTY, Span(0, 0, 1), "there is nothing in this file", "write into it what it was made for, or delete it")
            return None
        first = self._next()
        data = self._value(first, (), 0)
        self._note((), first, first)
        self._next()
        try:
            event = self._next()
        except yaml.MarkedYAMLError as trouble:
            self._syntax(trouble)
            return data
        if not isinstance(event, yaml.StreamEndEvent):
            told_advice = "delete this line, or put what follows into a file of its own"
            self._tell(mistakes.TWO_DOCUMENTS, self._span(event), "a second document begins here; only the first is read", told_advice)
        return data

    def _value(self, event: yaml.Event, path: Path, depth: int) -> Value:
        if isinstance(event, ScalarEvent):
            if event.tag is not None or event.anchor:
                self._odd(event, path)
            return self._scalar(event, path)
        if not isinstance(event, CollectionStartEvent):
            self._alias(event, path)
            return None
        if event.tag is not None or event.anchor:
            self._odd(event, path)
        if depth >= MAX_DEPTH:
            self._tell(mistakes.TOO_DEEP, self._first(event), f"this is nested more than {MAX_DEPTH} deep", "check the brackets")
            raise _Fatal
        return self._list(path, depth) if isinstance(event, SequenceStartEvent) else self._mapping(path, depth)

    def _alias(self, event: yaml.Event, path: Path) -> None:
        told = "a value that begins with `*` is taken for a reference to another place"
        self._tell(mistakes.ALIAS, self._span(event), told, "write the value out, or put the text in double quotes")
        self.spoilt.append(path)

    def _odd(self, event: ScalarEvent | CollectionStartEvent, path: Path) -> None:
        self.spoilt.append(path)
        advice = "take it out, or put the text in double quotes"
        if event.tag is not None:
            self._tell(mistakes.TAG, self._span(event), "a value that begins with `!` is taken for a tag", advice)
        else:
            self._tell(mistakes.ALIAS, self._span(event), "a value that begins with `&` is taken for the name of a place", advice)

    def _scalar(self, event: ScalarEvent, path: Path) -> str | None:
        text = event.value
        if event.implicit[0] and text in _NOTHING:
            return None
        if text.isascii() and text.isprintable():
            return text
        if HIDDEN.search(text) or not DIRECTION.sub("", text):
            self._hidden(event)
            self.spoilt.append(path)
            text = _seen(text)
        return unicodedata.normalize("NFC", text)

    def _hidden(self, event: ScalarEvent) -> None:
        if self.cleaned and _STAND_IN in event.value:
            return
        span = self._span(event)
        raw = self.page.lines[span.line] if span.line < len(self.page.lines) else ""
        found = HIDDEN.search(raw, span.column)
        if found and found.start() < span.column + (span.length or len(raw)):
            span = Span(span.line, found.start(), 1)
        if "\\" in raw and event.style == '"' and span.length != 1:
            told = "`\\` in double quotes makes a character here that cannot be seen"
            self._tell(mistakes.HIDDEN, span, told, "put the text in single quotes")
            return
        self._tell(mistakes.HIDDEN, span, "this text holds a character that cannot be seen", "delete the text and type it again")

    def _list(self, path: Path, depth: int) -> Value:
        items: list[Value] = []
        keep = depth < self.keep
        while not isinstance(event := self._next(), SequenceEndEvent):
            if len(items) >= MAX_ENTRIES:
                self._too_large(event)
            child = (*path, len(items))
            items.append(self._value(event, child, depth + 1))
            if keep:
                self._note(child, event, event)
        self._ended: yaml.Event = event
        self._count(len(items), event)
        return items

    def _mapping(self, path: Path, depth: int) -> Value:
        items: dict[str, Value] = {}
        first: dict[str, int] = {}
        keep = depth < self.keep
        while not isinstance(event := self._next(), MappingEndEvent):
            if len(items) >= MAX_ENTRIES:
                self._too_large(event)
            key = self._key(event, path, depth)
            value_event = self._next()
            if key is None or key in items:
                if key is not None:
                    self._twice(key, first[key], event)
                self._pass(value_event, depth)
                continue
            child = (*path, key)
            items[key] = self._value(value_event, child, depth + 1)
            first[key] = event.start_mark.line if event.start_mark else 0
            if keep:
                self._note(child, event, value_event)
        self._ended = event
        self._count(len(items), event)
        return items

    def _key(self, event: yaml.Event, path: Path, depth: int) -> str | None:
        """A key as text; None where it is none."""
        if isinstance(event, ScalarEvent) and event.tag is None and not event.anchor:
            key = event.value
            if key.isascii() and key.isprintable() and key != "<<":
                return key
            if key != "<<" or not event.implicit[0]:
                return self._cleaned_key(key, event)
            told = "`<<` copies fields from another place, which sigctl does not do"
            self._tell(mistakes.ALIAS, self._span(event), told, "write the fields out")
        else:
            self._tell(
                mistakes.KEY, self._first(event), "a key must be a plain word", "write `key: value`, or put the whole text in double quotes"
            )
            self._pass(event, depth)
        self.spoilt.append(path)
        return None

    def _cleaned_key(self, key: str, event: ScalarEvent) -> str:
        good = " ".join(_seen(key).split())
        if good != key and not (self.cleaned and _STAND_IN in key):
            span = self._span(event)
            odd = next((n for n, sign in enumerate(key) if not _seen(sign) or (sign.isspace() and sign != " ")), 0)
            told = "there is a character here that cannot be seen, or only looks like a space"
            self._tell(mistakes.HIDDEN, Span(span.line, span.column + odd, 1), told, "delete it, and type a space where one belongs")
        return unicodedata.normalize("NFC", good)

    def _twice(self, key: str, first: int, event: yaml.Event) -> None:
        told = f"`{key if len(key) <= 40 else key[:40] + '…'}` stands here a second time; the first is in line {first + 1}"
        self._tell(mistakes.DUPLICATE_KEY, self._span(event), told, "keep one of them, or make one list of both")

    def _pass(self, event: yaml.Event, depth: int) -> None:
        """Read past a value that has no place of its own."""
        inside = 0
        while True:
            inside += isinstance(event, CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if inside == 0:
                return
            if depth + inside > MAX_DEPTH:
                self._tell(mistakes.TOO_DEEP, self._first(event), f"this is nested more than {MAX_DEPTH} deep", "check the brackets")
                raise _Fatal
            event = self._next()

    def _first(self, event: yaml.Event) -> Span:
        """The first character alone of what an event begins."""
        return self._span(event)._replace(length=1)

    def _count(self, more: int, event: yaml.Event) -> None:
        self.values += more
        if self.values > MAX_VALUES:
            self._too_large(event)

    def _too_large(self, event: yaml.Event) -> NoReturn:
        told = "there is more in this file than a thousand schools need; it is not read from here on"
        self._tell(mistakes.TOO_BIG, self._first(event), told, "check what it is, or divide it into several files")
        raise _Fatal

    def _note(self, path: Path, key: yaml.Event, value: yaml.Event) -> None:
        ended = value if isinstance(value, ScalarEvent | yaml.AliasEvent) else self._ended
        start, end = value.start_mark, ended.end_mark
        assert start
        assert end
        span = self._span(value)
        if isinstance(value, CollectionStartEvent) and value.flow_style and start.line == end.line:
            span = span._replace(length=end.column - start.column)
        self.spots[path] = Spot(span if key is value else self._span(key), span, start.index, end.index)

    def _span(self, event: yaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        assert start
        assert end
        if isinstance(event, CollectionStartEvent) or end.line != start.line:
            return Span(start.line, start.column, 0)
        return Span(start.line, start.column, max(1, end.column - start.column))

    def _tell(self, mistake: Mistake, span: Span, message: str, advice: str) -> None:
        place = self.page.place(*span)
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(mistake, message, place, advice))
            return
        told = f"this file has more than {MAX_PROBLEMS} mistakes; it is not read from here on"
        self.problems.append(Problem(mistakes.TOO_MANY, told, place, "mend those above first"))
        raise _Fatal


def _seen(text: str) -> str:
    """A text without what cannot be seen in it."""
    return DIRECTION.sub("", HIDDEN.sub("", text))
