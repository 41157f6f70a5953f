"""A document as PDF: tagged for those who listen to it, each language marked, the same bytes each time. Typst draws it, by paper.typ.

What Typst would refuse is put right before: headings that skip a level, characters that no face has, new pages within a list.
"""

import json
import re
import threading
from contextlib import nullcontext
from dataclasses import fields, is_dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final

from sigctl.render.document.characters import MARK, Printed, fit, notes_on, texts, unfit
from sigctl.render.document.counting import counting_words
from sigctl.render.document.measures import Fitting, Room, broken, fits, fitting, is_joined, label_width, row_heights
from sigctl.render.document.tree import (
    Block,
    Columns,
    Document,
    Figure,
    Heading,
    Line,
    Lines,
    Listing,
    NewPage,
    Paragraph,
    Quote,
    Run,
    Table,
    Terms,
)
from sigctl.render.picture import faces, is_drawing, size_of
from sigctl.silence import silenced

_WIDTH: Final = 481.0
"""Of the text on a page of A4, in points."""
_HALF: Final = (_WIDTH - 25.5) / 2
_LETTERS: Final = 10.5
_HALF_LETTERS: Final = 10.0
"""The size of letters, also where two languages stand side by side."""
_TABLE: Final = 0.905
"""By how much letters in a table are smaller."""
_GAP: Final = 10.0
"""White on both sides of a cell."""
_STEP: Final = 22.0
"""By how much lists and notes are set in, at the most."""
_HEIGHT: Final = 640.0
"""Of the tallest picture, in points."""
_WHOLE: Final = 900
"""Letters of a block that is not to break over two pages."""
_ROW: Final = 26
"""Lines of a row that is not to break over two pages."""
_ASCII: Final = 0x7E
_LATIN: Final = 0x24F
_REFUSED: Final = re.compile(r'(?:text|codepoint) `"((?:[^"\\]|\\.)*)"`')
_FOREIGN: Final = re.compile("[\u0530-\u1dff\u2c00-\ufdff\ufe70-\ufffc\U00010000-\U0001efff\U0001fb00-\U0010ffff]")
"""Neither a letter of Europe nor a sign."""
_ESCAPE: Final = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_SAFE_LINK: Final = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)


def pdf_of(document: Document) -> Printed:
    """A document as PDF. Raises ImportError where Typst is not installed."""
    paper = json.dumps(_Layout(document).paper(), ensure_ascii=False)
    refused = unfit(texts(document))
    content, more = _compiled(paper)
    return Printed(content, notes_on([*refused, *more]))


def _compiled(paper: str) -> tuple[bytes, list[str]]:
    """The file, and the characters that no face has: Typst names them all when it refuses, and is asked again without them.

    Where it breaks down over a script that it cannot set, all are taken for such but those of Europe, and signs.
    """
    import typst

    replaced: list[str] = []
    wrong: BaseException
    while True:
        try:
            return _drawn(paper), replaced
        except typst.TypstError as error:
            missing, wrong = _missing(str(error.diagnostic)) & set(paper), error
        except BaseException as error:
            if type(error).__name__ != "PanicException":
                raise
            missing, wrong = set(_FOREIGN.findall(paper)), error
        if not missing:
            raise wrong
        replaced += sorted(missing)
        paper = paper.translate({ord(each): MARK for each in missing})


def _drawn(paper: str) -> bytes:
    """The file. Of scripts that it cannot set Typst says things that no user would understand, where they are seen: so it is silenced.

    Not where other threads run, for they may have something to say.
    """
    import typst

    with silenced(2) if _FOREIGN.search(paper) and threading.active_count() == 1 else nullcontext():
        made = typst.compile(
            _source(), font_paths=faces(), ignore_system_fonts=True, format="pdf", pdf_standards=["ua-1"], sys_inputs={"paper": paper}
        )
    assert isinstance(made, bytes)
    return made


def _missing(complaint: str) -> set[str]:
    """The characters that a complaint of Typst is about. It names a letter with all its marks: a Latin letter may stay."""
    texts = [_ESCAPE.sub(lambda code: chr(int(code[1], 16)), text) for text in _REFUSED.findall(complaint)]
    refused = {each for text in texts for each in text if ord(each) > _ASCII and each != MARK}
    return {each for each in refused if ord(each) > _LATIN} or refused


@cache
def _source() -> bytes:
    return (files("sigctl.render.document") / "paper.typ").read_bytes()


class _Layout:
    """What paper.typ is given for one document. `_room` and `_letters` are of the place that is written, in points."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._level = 0
        self._room = _WIDTH
        self._letters = _LETTERS

    def paper(self) -> dict[str, Any]:
        """The whole document, ready for JSON."""
        document = self._document
        made = document.made
        return {
            "title": " / ".join(fit(line.text) for line in document.title) or "sigctl",
            "author": " / ".join(fit(line.text) for line in document.margins.head),
            "made": [made.year, made.month, made.day] if made else None,
            "language": document.languages[0],
            "head": _plain(document.margins.head),
            "foot": _plain(document.margins.foot),
            "counting": counting_words(document.margins),
            "blocks": self._flow(document.blocks),
        }

    @property
    def _ems(self) -> float:
        """The room in the size of the letters."""
        return self._room / self._letters

    def _flow(self, blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
        """Blocks one after another. Paragraphs that say the same in another language are kept close; columns become rows."""
        parts: list[dict[str, Any]] = []
        for block in blocks:
            if isinstance(block, Columns):
                parts += [part for row in block.rows for part in self._row(row)]
            elif isinstance(block, Paragraph):
                _add_line(parts, _plain(broken((block.line,), self._ems)[0]))
            elif not isinstance(block, Heading) or any(line.text.strip() for line in block.lines):
                parts.append(self._inner(block))
        return parts

    def _within(self, blocks: tuple[Block, ...], step: float = _STEP) -> list[dict[str, Any]]:
        """Blocks within another, where there is less room, and no new page can begin."""
        room = self._room
        self._room = max(room - step, 4 * _STEP)
        flow = self._flow(tuple(each for each in blocks if not isinstance(each, NewPage)))
        self._room = room
        return flow

    def _row(self, row: tuple[tuple[Block, ...], tuple[Block, ...]]) -> list[dict[str, Any]]:
        """The same in two languages side by side, and before it a new page where one is asked for."""
        first = [side[0] for side in row if side]
        is_heading = any(isinstance(each, Heading) for each in first)
        level = self._level
        room, letters = self._room, self._letters
        self._room, self._letters = _HALF, _HALF_LETTERS
        left = self._within(row[0], 0)
        self._level = level if is_heading else self._level
        whole = all(sum(map(len, texts(side))) < _WHOLE for side in row)
        part = {"kind": "Row", "is-heading": is_heading, "whole": whole, "left": left, "right": self._within(row[1], 0)}
        self._room, self._letters = room, letters
        begins = [{"kind": "NewPage"}] if any(isinstance(each, NewPage) for side in row for each in side) else []
        return [*begins, part] if part["left"] or part["right"] else begins

    def _inner(self, block: Block) -> dict[str, Any]:
        if isinstance(block, Heading):
            self._level = max(1, min(block.level, self._level + 1, 6))
            return {**_plain(replace(block, lines=broken(block.lines, self._ems / 2, is_head=True))), "level": self._level}
        if isinstance(block, Figure):
            return self._figure(block)
        if isinstance(block, Table):
            return _table(block, Room(self._room, self._letters * _TABLE, _GAP))
        if isinstance(block, Terms):
            return _terms(block, self._ems)
        if isinstance(block, Listing):
            is_tight = all(len(item) < 2 and all(isinstance(each, Paragraph) for each in item) for item in block.items)
            return {"kind": "Listing", "first": block.first, "tight": is_tight, "items": [self._within(item) for item in block.items]}
        if isinstance(block, Quote):
            return {"kind": "Quote", "blocks": self._within(block.blocks)}
        return {"kind": "NewPage"}

    def _figure(self, block: Figure) -> dict[str, Any]:
        drawing = self._document.pictures.get(block.name, "")
        if not is_drawing(drawing):
            return _alike([_plain(block.alt)])
        width, height = (each * 0.75 for each in size_of(drawing))
        scale = min(1.0, _WIDTH / width, _HEIGHT / height)
        alt = fit(block.alt.text) or fit(self._document.title[0].text)
        return {"kind": "Figure", "drawing": fit(drawing), "width": width * scale, "alt": {"text": alt, "language": block.alt.language}}


def _alike(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """A paragraph, and what says it in another language; not broken over two pages, unless it is long."""
    letters = sum(len(run["text"]) for line in lines for run in line["runs"])
    return {"kind": "Alike", "lines": lines, "whole": letters < _WHOLE}


def _add_line(parts: list[dict[str, Any]], line: dict[str, Any]) -> None:
    """Adds a paragraph, to the one before where that says it in another language."""
    before = parts[-1] if parts and parts[-1]["kind"] == "Alike" else None
    if before and line["language"] and all(each["language"] not in (None, line["language"]) for each in before["lines"]):
        parts[-1] = _alike([*before["lines"], line])
    else:
        parts.append(_alike([line]))


def _table(table: Table, room: Room) -> dict[str, Any]:
    wide = len(table.head)
    table = replace(table, rows=tuple((*row, *((),) * wide)[:wide] for row in table.rows))
    fit_ = fitting(table, room)
    whole = [lines <= _ROW for lines in row_heights(table, fit_)]
    return {
        "kind": "Table",
        "head": _cells(table.head, fit_, is_head=True),
        "rows": [{"cells": _cells(row, fit_), "whole": is_whole} for row, is_whole in zip(table.rows, whole, strict=True)],
        "align": table.align,
        "scale": fit_.scale,
        "gap": fit_.gap,
        "shares": fit_.shares,
        "paired": len(whole) > 1 and all(whole[-2:]),
    }


def _cells(row: tuple[Lines, ...], fit_: Fitting, *, is_head: bool = False) -> Any:
    return _plain(tuple(broken(cell, room, is_head=is_head) for cell, room in zip(row, fit_.rooms, strict=True)))


def _terms(terms: Terms, room: float) -> dict[str, Any]:
    width = label_width(terms, room)
    whole = sum(map(len, texts(terms.entries))) < _WHOLE
    return {"kind": "Terms", "width": width, "whole": whole, "entries": [_term(*each, width, room) for each in terms.entries]}


def _term(label: Lines, value: Lines, width: float, room: float) -> dict[str, Any]:
    is_beside = fits(label, value, width)
    return {
        "label": _plain(label if is_beside else broken(label, room)),
        "value": _plain(broken(value, room - width)),
        "fits": is_beside,
        "joined": is_joined(label, value) and is_beside,
    }


def _plain(part: Any) -> Any:
    """A part of the tree as JSON has it, each value with its kind."""
    if isinstance(part, str):
        return fit(part)
    if isinstance(part, tuple):
        return [_plain(each) for each in part]
    if isinstance(part, Run):
        link = part.link if _SAFE_LINK.fullmatch(part.link) else ""
        return {"text": fit(part.text), "bold": part.bold, "italic": part.italic, "link": link, "language": part.language}
    if isinstance(part, Line):
        return {"runs": _plain(part.runs), "language": part.language}
    if is_dataclass(part):
        return {"kind": type(part).__name__, **{each.name: _plain(getattr(part, each.name)) for each in fields(part)}}
    return part
