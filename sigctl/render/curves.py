"""Curved lines that taper, to show who goes from where to where. Plain numbers in, a path of SVG out."""

from typing import NamedTuple

Point = tuple[float, float]


class Ribbon(NamedTuple):
    """A curve that is wide where it starts and ends in a point: its outline as a path, and points along its middle."""

    path: str
    points: tuple[Point, ...]


def ribbon(start: Point, end: Point, width: float, clear: float, bend: float = 0.12) -> Ribbon:
    """A ribbon from one place to another, bent to the left by a part of its length, so that there and back are two curves.

    It leaves so many pixels clear around the end. Places that coincide give a ribbon of no length.
    """
    (x, y), (to_x, to_y) = start, end
    across, down = to_x - x, to_y - y
    length = (across**2 + down**2) ** 0.5 or 1.0
    side = (down / length, -across / length)
    middle = (x + across / 2 + side[0] * bend * length, y + down / 2 + side[1] * bend * length)
    last = (to_x - middle[0], to_y - middle[1])
    stretch = (last[0] ** 2 + last[1] ** 2) ** 0.5 or 1.0
    tip = (to_x - last[0] / stretch * clear, to_y - last[1] / stretch * clear)
    wide, waist = width / 2, width * 0.36
    path = (
        f"M{_at(x, side[0], wide)} {_at(y, side[1], wide)}"
        f"Q{_at(middle[0], side[0], waist)} {_at(middle[1], side[1], waist)} {tip[0]:.1f} {tip[1]:.1f}"
        f"Q{_at(middle[0], side[0], -waist)} {_at(middle[1], side[1], -waist)} {_at(x, side[0], -wide)} {_at(y, side[1], -wide)}Z"
    )
    return Ribbon(path, tuple(_on_curve(start, middle, tip, step / 8) for step in range(9)))


def _at(value: float, direction: float, away: float) -> str:
    return f"{value + direction * away:.1f}"


def _on_curve(start: Point, middle: Point, end: Point, part: float) -> Point:
    """A point of a quadratic Bézier curve."""
    a, b, c = (1 - part) ** 2, 2 * part * (1 - part), part**2
    return a * start[0] + b * middle[0] + c * end[0], a * start[1] + b * middle[1] + c * end[1]
