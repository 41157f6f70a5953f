"""What is wrong with what is shown: words in one language alone, weekdays that do not match."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from itertools import chain
from typing import Final, NamedTuple

from sigctl.checks.check import Finding, check
from sigctl.checks.questions import is_whole, said
from sigctl.cluster import Cluster
from sigctl.cluster.cluster import Origin
from sigctl.problem import Place, Severity
from sigctl.records import KINDS, Record, Text
from sigctl.records.structure import Part, parts
from sigctl.source import Document

_LANGUAGE_NAMES: Final = {"cy": "Welsh", "en": "English"}


class _Shown(NamedTuple):
    """A text that is shown, where it stands in its record, and where the record stands."""

    path: tuple[str | int, ...]
    text: Text
    origin: Origin | None = None

    def place(self, *inside: str, on_key: bool = False) -> Place:
        """Where the text stands in the files."""
        return self.origin.document.place((*self.origin.path, *self.path, *inside), on_key=on_key) if self.origin else Place("")


@cache
def _speaking(model: type[Record]) -> tuple[Part, ...]:
    """The fields of a record that hold texts, at any depth."""
    return tuple(part for part in parts(model).values() if part.inner and (part.inner is Text or _speaking(part.inner)))


def _texts(record: Record) -> Iterator[_Shown]:
    """All texts of a record. A cluster's own `words` are left out: in a language that they leave out, ours stand."""
    for part in _speaking(type(record)):
        value = getattr(record, part.attribute)
        if not value:
            continue
        if isinstance(value, Mapping):
            pairs = list(value.items())
        else:
            pairs = list(enumerate(value)) if isinstance(value, tuple) else [(None, value)]
        for step, each in pairs:
            path: tuple[str | int, ...] = (part.key,) if step is None else (part.key, step)
            if isinstance(each, Text) and part.key != "words":
                yield _Shown(path, each)
            elif isinstance(each, Record):
                yield from (_Shown((*path, *inner.path), inner.text) for inner in _texts(each))


@lru_cache(maxsize=1)
def _texts_by_language(cluster: Cluster) -> tuple[_Shown, ...]:
    """Every text of the cluster that is shown and is not the same in both languages."""
    return tuple(_found_by_language(cluster))


def _found_by_language(cluster: Cluster) -> Iterator[_Shown]:
    records = ((kind, name, record) for kind in KINDS for name, record in cluster.records(kind).items())
    for kind, name, record in chain((("settings", "", cluster.settings),), records):
        yield from (shown._replace(origin=cluster.origins.get((kind, name))) for shown in _texts(record) if shown.text.cy != shown.text.en)


@check("untranslated", Severity.WARNING)
def untranslated(cluster: Cluster) -> Iterator[Finding]:
    """A text is there in one language alone, though the cluster's papers are in two.

    The papers show the text that is there, marked as awaiting translation. Write the other one; a text that is the same in both,
    as a school's name may be, is written plainly, without `cy:` and `en:`.

    Right:

        groups:
          - {id: strategic, name: {cy: Grŵp Strategol, en: Strategic Group}, kind: strategic}

    Wrong:

        groups:
          - {id: strategic, name: {en: Strategic Group}, kind: strategic}
    """
    for shown in _texts_by_language(cluster) if is_whole(cluster, "settings") else ():
        for language in cluster.settings.cluster.languages if not (shown.text.cy and shown.text.en) else ():
            if not getattr(shown.text, language):
                told = f"the {_LANGUAGE_NAMES[language]} of this text is missing"
                yield Finding(shown.place(on_key=isinstance(shown.path[-1], str)), told, f"write `{language}:` with it")


@check("ampersand", Severity.WARNING)
def ampersand(cluster: Cluster) -> Iterator[Finding]:
    """A Welsh text has the sign `&` in it.

    Welsh writes `a` or `ac`; the sign is never used for it.

    Right:

        groups:
          - {id: strategic, name: {cy: Llythrennedd a Rhifedd, en: Literacy & Numeracy}, kind: strategic}

    Wrong:

        groups:
          - {id: strategic, name: {cy: Llythrennedd & Rhifedd, en: Literacy & Numeracy}, kind: strategic}
    """
    for shown in _texts_by_language(cluster):
        if " & " in shown.text.cy:
            yield Finding(shown.place("cy"), "`&` is not used in Welsh", "write `a` or `ac`")


_ENGLISH_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WELSH_DAYS: Final = ("llun", "mawrth", "mercher", "iau", "gwener", "sadwrn", "sul")
_ENGLISH_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WELSH_MONTHS: Final = (
    "ionawr", "chwefror", "mawrth", "ebrill", "mai", "mehefin", "gorffennaf", "awst", "medi", "hydref", "tachwedd", "rhagfyr",
)  # fmt: skip
_DAYS: Final = {name: number for names in (_ENGLISH_DAYS, _WELSH_DAYS) for number, name in enumerate(names)}
_MONTHS: Final = {name: number for names in (_ENGLISH_MONTHS, _WELSH_MONTHS) for number, name in enumerate(names, 1)}
_DAY_WORD: Final = "|".join((*_ENGLISH_DAYS, *(f"(?:d?dydd|nos) {name}" for name in _WELSH_DAYS)))
_WORDS: Final = (*_ENGLISH_DAYS, "dydd ", "ddydd ", "nos ")
_IN_WORDS: Final = re.compile(
    rf"({_DAY_WORD}),? (?:the )?(\d{{1,2}})(?:st|nd|rd|th|af|ail|ydd|fed|eg|ain)?,? (?:of |o )?"
    rf"({'|'.join((*_ENGLISH_MONTHS, *_WELSH_MONTHS))}),? (\d{{4}})\b",
    re.IGNORECASE,
)
_IN_DIGITS: Final = re.compile(rf"({_DAY_WORD}),? (\d{{4}})-(\d{{2}})-(\d{{2}})\b", re.IGNORECASE)
_ALONE: Final = re.compile(rf"({_DAY_WORD})\b(?!,? \d)", re.IGNORECASE)


class _Said(NamedTuple):
    """A weekday that stands beside a date: where in the text, which, and the days that the date can mean."""

    start: int
    end: int
    weekday: str
    days: tuple[date, ...]


@check("wrong-weekday", Severity.WARNING)
def wrong_weekday(cluster: Cluster) -> Iterator[Finding]:
    """A weekday stands beside a date that falls on another one.

    Found in texts, in Welsh and English ("Dydd Iau 12 Tachwedd 2026"), and in a comment behind a date. One of the two is wrong, and
    whoever reads it may come on the wrong day.

    Right:

        meetings:
          - {id: strategic-2026-11, group: strategic, date: 2026-11-12, items: [{title: "Dates from Thursday 12 November 2026"}]}

    Wrong:

        meetings:
          - {id: strategic-2026-11, group: strategic, date: 2026-11-12, items: [{title: "Dates from Friday 12 November 2026"}]}
    """
    documents = {origin.document.file: origin.document for origin in cluster.origins.values()}
    for document in documents.values():
        for each in _weekdays(document):
            if _DAYS[each.weekday] not in {day.weekday() for day in each.days}:
                told = " and ".join(said(day) for day in each.days)
                place = document.place_in_text(each.start, each.end)
                yield Finding(place, f"the date beside this weekday is {told}", "check which of the two is right")


def _weekdays(document: Document) -> Iterator[_Said]:
    text = document.text
    for start in _starts(text):
        if match := _IN_WORDS.match(text, start):
            yield from _said_at(match, [(match[4], str(_MONTHS[match[3].lower()]), match[2])])
        elif match := _IN_DIGITS.match(text, start):
            yield from _said_at(match, [(match[2], match[3], match[4])])
        elif match := _ALONE.match(text, start):
            before, comment, between = text[text.rfind("\n", 0, start) + 1 : start].partition("#")
            if comment and not between.strip():
                yield from _said_at(match, re.findall(r"\b(\d{4})-(\d{2})-(\d{2})\b", before))


def _starts(text: str) -> Iterator[int]:
    """Where a weekday may begin; found by plain search, which takes a tenth of the time of a pattern."""
    low = text.lower()
    low = low if len(low) == len(text) else text
    for word in _WORDS:
        start = low.find(word)
        while start >= 0:
            if start == 0 or not low[start - 1].isalnum():
                yield start
            start = low.find(word, start + 1)


def _said_at(match: re.Match[str], dates: list[tuple[str, str, str]]) -> Iterator[_Said]:
    days = []
    for year, month, day in dates:
        try:
            days.append(date(int(year), int(month), int(day)))
        except ValueError:
            return
    if days:
        yield _Said(match.start(1), match.end(1), match[1].lower().split()[-1], tuple(days))
