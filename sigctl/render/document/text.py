"""A document as plain text, for mail and terminals: nothing wider than asked for, and nothing cut."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from sigctl.render.document.tree import (
    Block,
    Columns,
    Document,
    Figure,
    Heading,
    Line,
    Lines,
    Listing,
    Paragraph,
    Quote,
    Table,
    Terms,
)

WIDTH: Final = 78
_GAP: Final = 2
_NARROWEST: Final = 18


def text_of(document: Document, width: int = WIDTH) -> str:
    """The document as plain text in lines of at most so many columns; a word that is longer stands alone."""
    blocks: list[list[str]] = []
    if document.margins.head:
        blocks.append(_wrapped(_said(document.margins.head), width))
    blocks += _blocks(document.blocks, width)
    if document.margins.foot:
        blocks.append(["\u2500" * 8, *(line for each in document.margins.foot for line in _wrapped([each.text], width))])
    return "\n\n".join("\n".join(line.rstrip() for line in block) for block in blocks if block) + "\n"


def _blocks(blocks: Sequence[Block], width: int) -> list[list[str]]:
    return [lines for block in blocks for lines in _block(block, width)]


def _block(block: Block, width: int) -> Iterator[list[str]]:
    match block:
        case Columns(rows=rows):
            for ours, theirs in rows:
                yield from _blocks((*ours, *theirs), width)
        case Table():
            yield _table(block, width)
        case Terms(entries=entries):
            yield [line for label, value in entries for line in _entry(label, value, width)]
        case Listing():
            yield _listing(block, width)
        case Quote(blocks=blocks):
            yield _set_in(_together(blocks, width - 2), "| ", "| ")
        case _:
            yield _plain(block, width)


def _plain(block: Block, width: int) -> list[str]:
    """A block that holds no other."""
    match block:
        case Heading():
            return _heading(block, width)
        case Paragraph(line=line):
            return _wrapped([_written(line)], width)
        case Figure(alt=alt):
            return _wrapped([f"[{alt.text}]"], width)
    return ["\u2500" * min(width, 40)]


def _heading(heading: Heading, width: int) -> list[str]:
    lines = _wrapped(_said(heading.lines), width)
    under = {1: "=", 2: "-"}.get(heading.level)
    return [*lines, under * max(map(columns, lines), default=0)] if under and lines else lines


def _listing(listing: Listing, width: int) -> list[str]:
    """The items, each behind its bullet or number; apart where one of them holds several paragraphs."""
    last = (listing.first or 0) + len(listing.items) - 1
    room = 2 if listing.first is None else len(str(last)) + 2
    items = []
    for place, item in enumerate(listing.items):
        mark = "-" if listing.first is None else f"{listing.first + place}."
        items.append(_set_in(_item(item, width - room), mark.rjust(room - 1) + " ", " " * room))
    return [line for item in items for line in item]


def _item(blocks: Sequence[Block], width: int) -> list[str]:
    """The blocks of an item without empty lines between them."""
    return [line for lines in _blocks(blocks, width) for line in lines] or [""]


def _together(blocks: Sequence[Block], width: int) -> list[str]:
    lines: list[str] = []
    for each in _blocks(blocks, width):
        lines += ["", *each] if lines else each
    return lines


def _set_in(lines: Sequence[str], first: str, others: str) -> list[str]:
    return [(first if place == 0 else others) + line for place, line in enumerate(lines)]


def _entry(label: Lines, value: Lines, width: int) -> list[str]:
    """A label and what stands behind it, on one line where there is room."""
    return _behind(f"{' / '.join(_said(label))}:", _said(value), width)


def _behind(label: str, lines: Sequence[str], width: int) -> list[str]:
    """A label and what it says: behind it where there is room, in two languages as well; else below, set in."""
    lines = [line for line in lines if line]
    on_one = f"{label} {' / '.join(lines)}"
    if not any("\n" in line for line in lines) and (len(lines) == 1 or columns(on_one) <= width):
        return _folded(on_one, width, "  ")
    parts = [part for line in lines for part in line.split("\n")]
    return [*_folded(label, width, "  "), *(f"  {line}" for part in parts for line in _folded(part, width - 2, "  "))]


def _table(table: Table, width: int) -> list[str]:
    """The table in columns, or each row as lines of labels where it would be too wide."""
    head = [_cell(cell) for cell in table.head]
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    wanted = [max(columns(line) for row in (head, *rows) for line in row[at]) for at in range(len(head))]
    needed = [max(columns(word) for row in (head, *rows) for line in row[at] for word in line.split() or [""]) for at in range(len(head))]
    room = width - _GAP * (len(head) - 1)
    if sum(needed) > room or (sum(wanted) > room and _is_cramped(wanted, needed, room)):
        return _in_lines(head, rows, width)
    return _in_columns(table, head, rows, _shares(wanted, needed, room))


def _is_cramped(wanted: Sequence[int], needed: Sequence[int], room: int) -> bool:
    """Whether a column that has much to say would get little."""
    shares = _shares(wanted, needed, room)
    return any(share < min(each, _NARROWEST) for each, share in zip(wanted, shares, strict=True))


def _shares(wanted: Sequence[int], needed: Sequence[int], room: int) -> list[int]:
    """How wide each column is: as it wants to be, or else narrower, the widest first, never below its longest word."""
    shares = list(wanted)
    while sum(shares) > room:
        loose = [at for at in range(len(shares)) if shares[at] > needed[at]]
        widest = max(loose, key=lambda at: (shares[at], -at))
        shares[widest] -= 1
    return shares


def _in_columns(table: Table, head: list[list[str]], rows: list[list[list[str]]], shares: list[int]) -> list[str]:
    def row(cells: list[list[str]]) -> Iterator[str]:
        folded = [[part for line in cell for part in _folded(line, share)] for cell, share in zip(cells, shares, strict=True)]
        for at in range(max(map(len, folded))):
            parts = (
                _aligned(cell[at] if at < len(cell) else "", share, align == "right")
                for cell, share, align in zip(folded, shares, table.align, strict=True)
            )
            yield (" " * _GAP).join(parts)

    line = (" " * _GAP).join("-" * share for share in shares)
    folds = any(len(cell) > 1 or columns(cell[0]) > share for each in rows for cell, share in zip(each, shares, strict=True))
    body = [list(row(cells)) for cells in rows]
    return [*row(head), line, *(part for place, each in enumerate(body) for part in ([""] if folds and place else []) + each)]


def _aligned(text: str, width: int, to_the_right: bool) -> str:
    space = " " * max(0, width - columns(text))
    return space + text if to_the_right else text + space


def _in_lines(head: list[list[str]], rows: list[list[list[str]]], width: int) -> list[str]:
    """Each row as lines with a label, apart from the next by an empty line; cells that are empty stay away."""
    lines: list[str] = []
    for row in rows:
        own = [
            line
            for label, cell in zip(head, row, strict=True)
            if any(cell)
            for line in (_behind(f"{' / '.join(label)}:", cell, width) if any(label) else _wrapped(cell, width))
        ]
        lines += ["", *own] if lines else own
    return lines


def _cell(lines: Lines) -> list[str]:
    """The lines of a cell, of which there is at least one."""
    return [part for line in lines for part in _written(line).split("\n")] or [""]


def _said(lines: Lines) -> list[str]:
    return [_written(line) for line in lines]


def _written(line: Line) -> str:
    """A line in which the address of a link stands behind its text."""
    texts = []
    for run in line.runs:
        address = run.link.removeprefix("mailto:")
        texts.append(f"{run.text} <{address}>" if address and address != run.text else run.text)
    return "".join(texts)


def _wrapped(texts: Sequence[str], width: int) -> list[str]:
    return [line for text in texts for part in text.split("\n") for line in _folded(part, width)]


def _folded(text: str, width: int, further: str = "") -> list[str]:
    """A text in lines of so many columns. Only spaces are broken at, so that no word is cut."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and columns(longer) <= width:
            lines[-1] = longer
        else:
            lines.append((further if lines else "") + word)
    return lines or [""]


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
