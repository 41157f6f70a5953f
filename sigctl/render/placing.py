"""Labels on a map, placed so that they cover neither each other nor the dots. Plain boxes in, plain boxes out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot
from typing import Final, NamedTuple


class Box(NamedTuple):
    """A rectangle: its left, its top, its width and its height, in pixels."""

    left: float
    top: float
    width: float
    height: float

    def overlap(self, other: "Box") -> float:
        """The area that two boxes have in common."""
        left, top, width, height = self
        other_left, other_top, other_width, other_height = other
        down = min(top + height, other_top + other_height) - max(top, other_top)
        if down <= 0:
            return 0.0
        across = min(left + width, other_left + other_width) - max(left, other_left)
        return across * down if across > 0 else 0.0


class Label(NamedTuple):
    """A label in its place, the point on its edge that is nearest to its dot, and how far that is; pixels."""

    box: Box
    x: float
    y: float
    distance: float

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.box.top + self.box.height / 2


Dot = tuple[float, float]
Size = tuple[float, float]

_AROUND: Final = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
_REACHES: Final = (0.0, 8.0, 18.0, 30.0, 46.0, 66.0, 90.0, 120.0)
_ROUNDS: Final = 8
_CELL: Final = 12
"""Pixels across a cell of the grid in which points of lines are counted."""


def placed(dots: Sequence[Dot], sizes: Sequence[Size], radius: float, frame: Box, lines: Sequence[Sequence[Dot]] = ()) -> tuple[Label, ...]:
    """A place for the label of each dot, inside the frame; as few lines as can be are covered.

    Each label in turn takes its cheapest place, again and again until none would move: overlaps cost most, then distance.
    """
    field = _Field(dots, radius, frame, lines)
    choices = [field.choices(dot, size) for dot, size in zip(dots, sizes, strict=True)]
    chosen = [each.places[0][1] for each in choices]
    for _ in range(_ROUNDS):
        before = list(chosen)
        for index, each in enumerate(choices):
            near = [label.box for other, label in enumerate(chosen) if other != index and label.box.overlap(each.around)]
            chosen[index] = _cheapest(each.places, near)
        if chosen == before:
            break
    return tuple(chosen)


def _cheapest(places: Sequence[tuple[float, Label]], others: Sequence[Box]) -> Label:
    """The cheapest of some places, which stand in the order of what they cost alone, beside labels that stand already."""
    best, least = places[0][1], float("inf")
    for alone, label in places:
        if alone >= least:
            break
        cost = alone + sum(60 + 4 * common for box in others if (common := label.box.overlap(box)))
        if cost < least:
            best, least = label, cost
    return best


class _Choices(NamedTuple):
    """The places for a label with what each costs by itself, the cheapest first; and the box in which they all lie."""

    places: list[tuple[float, Label]]
    around: Box


class _Field:
    def __init__(self, dots: Sequence[Dot], radius: float, frame: Box, lines: Sequence[Sequence[Dot]]) -> None:
        self._radius = radius
        self._frame = frame
        self._dots = tuple(dots)
        self._boxes = {dot: self._round(dot) for dot in dots}
        self._lines = dict(Counter((int(x // _CELL), int(y // _CELL)) for line in lines for x, y in _along(line)))

    def choices(self, dot: Dot, size: Size) -> _Choices:
        """Where the label of a dot may stand."""
        labels = list(self._candidates(dot, size))
        left, top = min(label.box.left for label in labels), min(label.box.top for label in labels)
        right, bottom = max(label.box.left + label.box.width for label in labels), max(label.box.top + label.box.height for label in labels)
        around = Box(left, top, right - left, bottom - top)
        near = [each for each in self._dots if around.overlap(self._boxes[each])]
        return _Choices(sorted(((self._alone(label, near), label) for label in labels), key=lambda each: each[0]), around)

    def _round(self, dot: Dot) -> Box:
        """The box around a dot that no label should cover."""
        reach = self._radius + 1
        return Box(dot[0] - reach, dot[1] - reach, 2 * reach, 2 * reach)

    def _candidates(self, dot: Dot, size: Size) -> Iterator[Label]:
        """The places around a dot, the better ones first."""
        (x, y), (width, height) = dot, size
        for reach in _REACHES:
            away = self._radius + 3 + reach
            for across, down in _AROUND:
                slant = 0.75 if across and down else 1.0
                left = x + across * away * slant - width * (0.5 - 0.5 * across)
                top = y + down * away * slant - height * (0.5 - 0.5 * down)
                box = Box(self._within(left, width, self._frame.left, self._frame.width), top, width, height)
                near = _nearest(box, dot)
                yield Label(box, round(near[0], 1), round(near[1], 1), round(_distance(near, dot), 1))

    def _within(self, left: float, width: float, edge: float, room: float) -> float:
        return min(max(left, edge), max(edge, edge + room - width))

    def _alone(self, label: Label, near: Sequence[Dot]) -> float:
        """What a place costs by itself: outside the frame, on dots, on lines, far away, nearer to another dot than to its own."""
        box = label.box
        outside = box.width * box.height - box.overlap(self._frame)
        covered = sum(20 + 4 * common for dot in near if (common := box.overlap(self._boxes[dot])))
        crossed = sum(self._lines.get(cell, 0) for cell in _cells(box))
        nearer = sum(_distance(_nearest(box, dot), dot) < label.distance - 1 for dot in near)
        return 5 * outside + covered + 0.2 * crossed + 0.8 * label.distance + 8 * nearer


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    """The cells of a grid that a box touches."""
    for column in range(int(box.left // _CELL), int((box.left + box.width) // _CELL) + 1):
        for row in range(int(box.top // _CELL), int((box.top + box.height) // _CELL) + 1):
            yield column, row


def _nearest(box: Box, dot: Dot) -> Dot:
    """The point of a box that is nearest to a dot."""
    return min(max(dot[0], box.left), box.left + box.width), min(max(dot[1], box.top), box.top + box.height)


def _distance(a: Dot, b: Dot) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])


def _along(line: Sequence[Dot]) -> Iterator[Dot]:
    """Points along a line, about six pixels apart."""
    for (x, y), (to_x, to_y) in pairwise(line):
        steps = max(1, int(hypot(to_x - x, to_y - y) / 6))
        for step in range(steps):
            yield x + (to_x - x) * step / steps, y + (to_y - y) * step / steps
