"""How the width of a page is shared out: the columns of a table, the labels before their values. Knows no format.

Widths are in the size of the letters, but where points are named.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from unicodedata import combining

from sigctl.render.document.advances import BOLD, width_of
from sigctl.render.document.sharing import Cell, Column, shared
from sigctl.render.document.tree import Line, Lines, Run, Table, Terms
from sigctl.render.widths import text_width

_SHORT: Final = 9.0
"""What is no longer than this, such as a date, is not broken into lines where there is room."""
_ROOM: Final = 0.8
"""Short columns may take so much of the page between them."""
SCALES: Final = (1.0, 0.85, 0.79)
"""By how much the letters of a table are smaller, the largest at which no word is broken."""
_CLOSE: Final = 0.6
_CROWDED: Final = 0.93
"""Words alone that take more of the page than this are set smaller."""
_ADDRESS: Final = 14.0
"""What a column gives way to at the most for an address, which may be broken at its signs."""
_JOINTS: Final = re.compile(r"(?<=[@./_-])(?=.)")
_SPARE: Final = 1.02
"""No column is so narrow that a word only just fits."""
_BREAK: Final = "\u200b"
"""Says where a word may be broken, and is not seen."""
_SAMPLE: Final = 40
"""Of a long table so many rows say how wide its columns are to be."""
_LABEL: Final = (6.0, 17.0)
"""Labels take no less and no more than this."""
_LABEL_PART: Final = 0.46
"""Nor more than this part of the page."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a table stands in: the width, how wide its letters are, and the white on both sides of each cell; all in points.

    `slack` is what words are given besides where the face is not known.
    """

    width: float
    letters: float
    gap: float
    slack: float = 0.0


@dataclass(frozen=True, slots=True)
class Fitting:
    """How a table is set: by how much its letters are smaller, the white on both sides of its cells in points, what part of the
    width each column has, and what room its words have in that.
    """

    scale: float
    gap: float
    shares: tuple[float, ...]
    rooms: tuple[float, ...]


def fitting(table: Table, room: Room) -> Fitting:
    """How a table fits into its room: no column narrower than its longest word, letters no smaller than that needs.

    Where even the smallest letters do not suffice, the widest words give way; whoever writes the table breaks them at `rooms`.
    """
    columns = [_column(table, place) for place in range(len(table.head))]
    scale = next((each for each in SCALES if _needed(columns, room, each) <= room.width * _CROWDED), SCALES[-1])
    letters, gap = room.letters * scale, _gap(room, scale)
    parts = _parts(_widths(columns, room.width / letters, (gap + room.slack) / letters))
    return Fitting(scale, gap, parts, tuple((part * room.width - gap - room.slack) / letters for part in parts))


def _gap(room: Room, scale: float) -> float:
    """The white beside small letters is less."""
    return room.gap if scale == 1 else room.gap * _CLOSE


def shares(table: Table, width: float, gap: float = 1.2) -> tuple[float, ...]:
    """The part of the page that each column takes, all together 1; `width` is that of the page."""
    columns = [_column(table, place) for place in range(len(table.head))]
    return _parts(_widths(columns, width, gap))


def _needed(columns: Sequence[Column], room: Room, scale: float) -> float:
    """What the longest words of all columns take, in points."""
    return sum(column.word * room.letters * scale * _SPARE + _gap(room, scale) + room.slack for column in columns)


def _widths(columns: Sequence[Column], width: float, gap: float) -> list[float]:
    """Each column has what its longest word needs; what is left goes where it makes the table shortest."""
    least = [column.word * _SPARE + gap for column in columns]
    most = [column.most * _SPARE + gap for column in columns]
    if sum(most) <= width:
        return most
    if sum(least) >= width:
        return _levelled(least, width)
    whole = [high if high <= _SHORT + gap else low for low, high in zip(least, most, strict=True)]
    return shared(columns, whole if sum(whole) <= width * _ROOM else least, width, gap)


def _levelled(least: Sequence[float], width: float) -> list[float]:
    """Widths for words that do not all fit: the widest give way, all to one measure, and none of the others."""
    rest, open_ = width, sorted(least)
    for place, each in enumerate(open_):
        even = rest / (len(open_) - place)
        if each > even:
            return [min(wanted, even) for wanted in least]
        rest -= each
    return list(least)


def _parts(widths: Sequence[float]) -> tuple[float, ...]:
    whole = sum(widths)
    return tuple(round(each / whole, 4) for each in widths) if whole else ()


def _column(table: Table, place: int) -> Column:
    """What a column holds; of a long table the lines of some rows, and the longest word of all."""
    every = max(1, len(table.rows) // _SAMPLE)
    head = _cell(table.head[place], is_head=True)
    cells = [_cell(row[place]) if place < len(row) else () for row in table.rows]
    words = (word for cell in (head, *cells) for line in cell for word in line)
    return Column((head, *cells[::every]), max(words, default=0.0))


def _cell(lines: Lines, *, is_head: bool = False) -> Cell:
    """The widths of the words in each line of a cell."""
    return tuple(tuple(words) for line in lines for words in _words(line, is_head=is_head))


def _words(line: Line, *, is_head: bool) -> Iterator[list[float]]:
    bold = _bold(line, is_head=is_head)
    for each in line.text.split("\n"):
        yield [_word(word) * bold for word in each.split(" ") if word]


def _bold(line: Line, *, is_head: bool) -> float:
    """By how much the letters of a line are wider than plain ones."""
    return BOLD if is_head or any(run.bold for run in line.runs) else 1.0


def _word(word: str) -> float:
    wide = width_of(word)
    return min(wide, _ADDRESS) if wide > _ADDRESS and _JOINTS.search(word) else wide


def row_heights(table: Table, fit: Fitting) -> list[int]:
    """How many lines each row takes, about."""
    columns = [Column(tuple(_cell(row[place]) if place < len(row) else () for row in table.rows), 0.0) for place in range(len(table.head))]
    heights = [column.heights(room) for column, room in zip(columns, fit.rooms, strict=True)]
    return [max(row) for row in zip(*heights, strict=True)]


def broken(lines: Lines, room: float, *, is_head: bool = False) -> Lines:
    """The lines with places to break in each word that has no room; most lines are as they were."""
    return tuple(_broken(line, room, is_head=is_head) for line in lines)


def _broken(line: Line, room: float, *, is_head: bool) -> Line:
    bold = _bold(line, is_head=is_head)
    if all(width_of(word) * bold <= room for word in line.text.split()):
        return line
    return Line(tuple(_loosened(run, room / bold) for run in line.runs), line.language)


def _loosened(run: Run, room: float) -> Run:
    if run.text == "\n":
        return run
    text = " ".join(word if width_of(word) <= room else _with_breaks(word, room) for word in run.text.split(" "))
    return Run(text, run.bold, run.italic, run.link, run.language)


def _with_breaks(word: str, room: float) -> str:
    """A word that may be broken behind its signs; or behind any letter, where that does not suffice."""
    parts = _JOINTS.split(word)
    if all(width_of(part) <= room for part in parts):
        return _BREAK.join(parts)
    return "".join((_BREAK if place and not combining(each) else "") + each for place, each in enumerate(word))


def label_width(terms: Terms, room: float = 100.0) -> float:
    """How much room the labels take, where the page has so much."""
    lowest, highest = _LABEL
    widest = max((_label(label, value) for label, value in terms.entries), default=0.0)
    return round(min(max(lowest, min(highest, widest * 1.06 + 1.2)), room * _LABEL_PART), 2)


def is_joined(label: Lines, value: Lines) -> bool:
    """Whether a label stands in one line in all its languages: where what it names is the same in all, and that is not too long."""
    return len(value) < 2 and joined_width(label) * 1.06 + 1.2 <= _LABEL[1]


def fits(label: Lines, value: Lines, width: float) -> bool:
    """Whether a label stands beside its value, or must stand above."""
    return _label(label, value) * 1.06 <= width


def _label(label: Lines, value: Lines) -> float:
    return joined_width(label) if is_joined(label, value) else max(_line_widths(label), default=0.0)


def joined_width(lines: Lines) -> float:
    """How wide the lines are one after another, in the size of their letters."""
    return text_width(" / ".join(line.text for line in lines), 1)


def _line_widths(lines: Lines) -> tuple[float, ...]:
    return tuple(text_width(each, 1) for line in lines for each in line.text.split("\n"))
