"""Actions as a list in the terminal, as rows for spreadsheets, and for other programs. The text of confidential ones is never told."""

import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, NamedTuple

from sigctl.cluster import Cluster
from sigctl.commands import console
from sigctl.commands.as_json import day_told, json_text, words_told
from sigctl.commands.errors import CommandError
from sigctl.commands.tongue import Tongue
from sigctl.render import Cover, Table, csv_text, label, said, short_day, who, workbook
from sigctl.render.workbook import Cell
from sigctl.reports.actions import ActionLine
from sigctl.words import Language, Words

_COLUMNS: Final = (
    "ref", "meeting", "met", "group", "group_name*", "text*", "owner", "owner_name*", "school", "school_name*", "due", "done_on", "state",
    "confidential", "note",
)  # fmt: skip
"""The columns for programs. What has a star is there once in each language: `text_cy`, `text_en`."""
_STYLES: Final = {"overdue": "bold red", "due": "yellow", "done": "green", "dropped": "dim"}


class Format(StrEnum):
    """How actions are printed."""

    TEXT = "text"
    MD = "md"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"

    @property
    def is_paper(self) -> bool:
        """Whether it is a paper to be passed on."""
        return self in (Format.MD, Format.HTML, Format.DOCX, Format.PDF)


def check_printing(format: Format, output: Path | None) -> None:
    """Refuse, before any work, what cannot go to a terminal, or cannot be written where `-o` says."""
    if format is Format.XLSX and not _goes_to_file(output) and console.is_terminal(sys.stdout):
        raise CommandError("xlsx is nothing that a terminal can show", "name a file with -o, such as -o actions.xlsx")
    if not format.is_paper:
        console.check_output(output)


def _goes_to_file(output: Path | None) -> bool:
    return output is not None and str(output) != "-"


class Wanted(NamedTuple):
    """What was asked for: what to say where there is none of it, and how it was confined; by key of our words."""

    nothing: str = "minutes.nothing_open"
    confined: Mapping[str, Words | str] = {}


class Listing(NamedTuple):
    """Actions as a list: of which cluster, in which languages, on which day, and what was asked for."""

    cluster: Cluster
    lines: Sequence[ActionLine]
    languages: tuple[Language, ...]
    today: date
    wanted: Wanted = Wanted()

    def printed(self, format: Format, output: Path | None) -> str | bytes:
        """The list in a format that is no paper. CSV that goes to a file begins with a mark by which Excel knows Welsh letters."""
        match format:
            case Format.JSON:
                return _as_json(self)
            case Format.CSV:
                return ("\ufeff" if _goes_to_file(output) else "") + csv_text(_columns(self.languages), _rows(self.lines, self.languages))
            case Format.XLSX:
                return _as_workbook(self)
        return _as_text(self, to_terminal=not _goes_to_file(output))


def _text(line: ActionLine, language: Language) -> str:
    return label("minutes.confidential_item", language) if line.is_confidential else said(line.text, language)


def _doer(line: ActionLine, language: Language) -> str:
    """Who does it: a person, a school, or nobody yet; and whether they have left."""
    doer = who(line.owner, language) if line.owner else said(line.school, language) or label("minutes.nobody", language)
    return f"{doer} ({label('minutes.has_left', language)})" if line.has_left else doer


def _as_text(listing: Listing, *, to_terminal: bool) -> str:
    from rich.text import Text

    drawing = console.drawing(sys.stdout if to_terminal else io.StringIO())
    with drawing.capture() as captured:
        for number, language in enumerate(listing.languages):
            if number:
                drawing.print()
            drawing.print(_table(listing.lines, language) if listing.lines else Text(_nothing(listing.wanted, language)))
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def _table(lines: Sequence[ActionLine], language: Language) -> Any:
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for key in ("id", "state", "due", "action", "owner", "group"):
        grid.add_column(Text(label(f"minutes.{key}", language)), overflow="fold", no_wrap=key == "state")
    for line in lines:
        when = line.done_on if line.standing == "done" else line.due
        grid.add_row(
            Text(line.ref),
            Text(label(f"minutes.is_{line.standing}", language), style=_STYLES.get(line.standing, "")),
            Text(f"{short_day(when, language)} {when.year}" if when else label("minutes.no_date", language)),
            Text(_text(line, language)),
            Text(_doer(line, language)),
            Text(said(line.group, language)),
        )
    return grid


def _nothing(wanted: Wanted, language: Language) -> str:
    """What is said where there is nothing of what was asked for, such as `No actions (State: dropped; Group: Strategic Group)`."""
    told = [f"{label(key, language)}: {_called(one, language)}" for key, one in wanted.confined.items()]
    sentence = label(wanted.nothing, language)
    return f"{sentence.removesuffix('.')} ({'; '.join(told)})." if told else sentence


def _called(one: Words | str, language: Language) -> str:
    return label(one, language) if isinstance(one, str) else said(one, language)


def _columns(languages: Sequence[Language]) -> list[str]:
    return [each for name in _COLUMNS for each in (_each(name, languages) if name.endswith("*") else [name])]


def _each(name: str, languages: Sequence[Language]) -> list[str]:
    return [f"{name.removesuffix('*')}_{language}" for language in languages]


def _rows(lines: Sequence[ActionLine], languages: Sequence[Language]) -> Iterator[Sequence[object]]:
    def each(words: Words) -> list[str]:
        return [said(words, language) for language in languages]

    for line in lines:
        where = (line.meeting_id, line.met, line.group_id, *each(line.group))
        what = (_text(line, language) for language in languages)
        owner = (line.owner.id if line.owner else "", *each(line.owner.person if line.owner else Words()))
        when = (line.due or "", line.done_on or "", line.standing, "yes" if line.is_confidential else "no")
        yield line.ref, *where, *what, *owner, line.school_id, *each(line.school), *when, "" if line.is_confidential else line.note


def _as_json(listing: Listing) -> str:
    return json_text("sigctl-actions", {"today": listing.today.isoformat(), "actions": [_action_json(line) for line in listing.lines]})


def _action_json(line: ActionLine) -> dict[str, Any]:
    text = Words() if line.is_confidential else line.text
    return {
        "ref": line.ref,
        "id": line.id,
        "meeting": line.meeting_id,
        "met": line.met.isoformat(),
        "group": line.group_id,
        "text": words_told(text),
        "owner": line.owner.id if line.owner else None,
        "school": line.school_id or None,
        "due": day_told(line.due),
        "done_on": day_told(line.done_on),
        "state": line.standing,
        "has_left": line.has_left,
        "confidential": line.is_confidential,
        "note": "" if line.is_confidential else line.note,
    }


def _as_workbook(listing: Listing) -> bytes:
    """The actions as an Excel workbook; in two languages at once where there are two."""
    tongue, name = Tongue(listing.languages), listing.cluster.settings.cluster.name.words
    keys = ("id", "state", "due", "done_on", "action", "owner", "group", "agreed_where", "remark")
    head = tuple(tongue.label(f"minutes.{key}") for key in keys)
    cover = Cover(
        title=tongue.label("minutes.log"),
        subtitle=tongue.said(name),
        author=said(name, tongue.languages[0]),
        made=listing.today,
        page=tongue.label("page.page"),
        of=tongue.label("page.of"),
        language=tongue.languages[0] if len(tongue.languages) == 1 else "",
    )
    return workbook(cover, (Table(tongue.label("minutes.actions"), head, tuple(_cells(listing.lines, tongue))),))


def _cells(lines: Sequence[ActionLine], tongue: Tongue) -> Iterator[tuple[Cell, ...]]:
    for line in lines:
        state, text, doer = tongue.label(f"minutes.is_{line.standing}"), tongue.each(_text, line), tongue.each(_doer, line)
        yield (
            line.ref, state, line.due, line.done_on, text, doer, tongue.said(line.group), line.met,
            "" if line.is_confidential else line.note,
        )  # fmt: skip
