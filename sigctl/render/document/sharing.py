"""How the columns of a table share a width so that the table is as short as can be. Knows numbers only: the widths of words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from sigctl.render.document.advances import SPACE

_STEPS: Final = 48
"""What is to be shared is cut into so many pieces."""
_MOVES: Final = (8, 4, 2, 1)
"""So many pieces are tried at once to go from one column to another."""
Cell = Sequence[Sequence[float]]
"""For each line of a cell the widths of its words."""


@dataclass(slots=True, frozen=True)
class Column:
    """The cells of a column, and its longest word. What was once counted is kept."""

    cells: Sequence[Cell]
    word: float
    _kept: dict[float, list[int]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def most(self) -> float:
        """What it takes where no line is broken."""
        return max((_line(line) for cell in self.cells for line in cell), default=0.0)

    def heights(self, room: float) -> list[int]:
        """How many lines each cell takes in so much room."""
        room = round(room, 4)
        if room not in self._kept:
            self._kept[room] = [sum(_lines(line, room) for line in cell) for cell in self.cells]
        return self._kept[room]


def shared(columns: Sequence[Column], least: Sequence[float], width: float, gap: float) -> list[float]:
    """Widths that fill the page, none below the least.

    A first share gives to each in the measure of what it still lacks; then pieces go from column to column as long as the table
    becomes shorter by it, counted in lines as they would be broken.
    """
    most = [max(column.most * 1.02 + gap, low) for column, low in zip(columns, least, strict=True)]
    piece = (width - sum(least)) / _STEPS
    pieces = _first(least, most)
    best = _cost(columns, [low + piece * count - gap for low, count in zip(least, pieces, strict=True)])
    better = True
    while better:
        better = False
        for giver, taker, move in _all_moves(len(columns)):
            if pieces[giver] < move:
                continue
            tried = list(pieces)
            tried[giver] -= move
            tried[taker] += move
            cost = _cost(columns, [low + piece * count - gap for low, count in zip(least, tried, strict=True)])
            if cost < best:
                pieces, best, better = tried, cost, True
    return [low + piece * count for low, count in zip(least, pieces, strict=True)]


def _all_moves(count: int) -> list[tuple[int, int, int]]:
    return [(giver, taker, move) for move in _MOVES for giver in range(count) for taker in range(count) if giver != taker]


def _first(least: Sequence[float], most: Sequence[float]) -> list[int]:
    """Whole pieces for each column in the measure of the root of what it lacks: who lacks much is broken into lines anyway."""
    lacks = [(high - low) ** 0.5 for low, high in zip(least, most, strict=True)]
    whole = sum(lacks) or 1.0
    pieces = [int(_STEPS * each / whole) for each in lacks]
    widest = max(range(len(pieces)), key=lambda place: (lacks[place], -place))
    pieces[widest] += _STEPS - sum(pieces)
    return pieces


def _cost(columns: Sequence[Column], rooms: Sequence[float]) -> int:
    """How tall the table is, in lines, and a little for each cell: what takes many lines beside short neighbours is hard to read."""
    heights = [column.heights(room) for column, room in zip(columns, rooms, strict=True)]
    rows: int = sum(max(row) for row in zip(*heights, strict=True))
    besides: int = sum(lines * lines for column in heights for lines in column)
    return 10 * rows + besides


def _line(words: Sequence[float]) -> float:
    return sum(words) + SPACE * (len(words) - 1) if words else 0.0


def _lines(words: Sequence[float], room: float) -> int:
    """How many lines these words take, each broken off where the next word has no room."""
    lines, filled = 1, -SPACE
    for word in words:
        filled += SPACE + word
        if filled > room and filled > word:
            lines, filled = lines + 1, word
    return lines
