"""How wide a text is when it is drawn, roughly and rather too wide than too narrow, and where to break it.

A picture says in which fonts it wants its text; a reader's machine takes what it has. So widths are those of a common sans serif.
"""

from functools import cache
from typing import Final
from unicodedata import combining, normalize

_NARROW: Final = frozenset("iIjlt fr.,;:'|!()[]{}-‐·ìíîïĩ’‘`")
_WIDE: Final = frozenset("mwMWŵŴ@%&—…→")


@cache
def text_width(text: str, size: float) -> float:
    """The width of a text at a size, both in pixels."""
    letters = (letter for letter in normalize("NFC", text) if not combining(letter))
    return round(size * sum(map(_advance, letters)), 1)


def _advance(letter: str) -> float:
    """The width of one letter, as a part of the size of its font."""
    if letter in _NARROW:
        return 0.31
    if letter in _WIDE:
        return 0.83
    if ord(letter) > 0x2E80:
        return 1.0
    return 0.63 if letter.isupper() else 0.53


def wrapped(text: str, size: float, width: float) -> tuple[str, ...]:
    """The lines of a text that is not to be wider than so many pixels; a word that is too wide stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines) or ("",)
