"""How wide words are in the face of our papers, to a hundredth of the size of their letters. Knows no tables.

The widths are those that Source Sans 3 says of itself.
"""

from functools import cache
from typing import Final
from unicodedata import combining, normalize

BOLD: Final = 1.05
"""By how much bold letters are wider."""
SPACE: Final = 0.2
_PLAIN: Final = (
    200, 289, 426, 497, 497, 824, 609, 249, 303, 303, 418, 497, 249, 311, 249, 350, 497, 497, 497, 497, 497, 497, 497, 497, 497, 497,
    249, 249, 497, 497, 497, 425, 847, 544, 588, 571, 615, 527, 494, 617, 652, 263, 480, 579, 486, 727, 647, 664, 566, 664, 569, 534,
    536, 645, 515, 786, 513, 476, 539, 303, 350, 303, 497, 500, 542, 504, 553, 456, 555, 496, 292, 504, 544, 246, 247, 495, 255, 829,
    547, 542, 555, 555, 347, 419, 338, 544, 467, 719, 446, 467, 425, 303, 241, 303, 497,
)  # fmt: skip
"""In thousandths, from the space to the tilde."""
_OTHERS: Final = {
    "–": 480, "—": 800, "‘": 249, "’": 249, "“": 425, "”": 425, "…": 948, "•": 304, "·": 249, "£": 497, "\u00a0": 200, "\u200b": 0,
}  # fmt: skip
_WIDEST: Final = 1269
"""Of signs that another face has to lend."""
_UNKNOWN: Final = 700
_FAR: Final = 0x2000


@cache
def width_of(text: str) -> float:
    """The width of a text in the size of its letters."""
    return sum(_advance(letter) for letter in normalize("NFD", text) if not combining(letter)) / 1000


def _advance(letter: str) -> int:
    code = ord(letter)
    if 0x20 <= code < 0x20 + len(_PLAIN):
        return _PLAIN[code - 0x20]
    return _OTHERS.get(letter, _WIDEST if code > _FAR else _UNKNOWN)
