"""Text that any paper can hold: no characters that break a file or turn the reading direction, and a word about those replaced."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final

MARK: Final = "\ufffd"
"""What stands for a character that cannot stand itself."""
_UNFIT: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffc\ufffe\uffff]"
)
"""What XML forbids, what would turn the text that follows, and signs that only hold other signs together.

Marks that only say which way one word runs may stay.
"""
_BREAKS: Final = re.compile("\r\n?|[\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Printed:
    """A file, and a sentence for each thing in it that could not be as it was written."""

    content: bytes
    notes: tuple[str, ...] = ()


def fit(text: str) -> str:
    """A text as a paper can hold it: accents joined to their letters, one kind of line break, a mark for what cannot stand."""
    return unicodedata.normalize("NFC", _UNFIT.sub(MARK, _BREAKS.sub("\n", text)).replace("\ufeff", ""))


def unfit(texts: Iterable[str]) -> list[str]:
    """The characters that `fit` replaces, each once, in the order of their codes."""
    return sorted({found for text in texts for found in _UNFIT.findall(_BREAKS.sub("\n", text))})


def texts(part: Any) -> list[str]:
    """All texts in a part of a document's tree."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, tuple):
        return [text for each in part for text in texts(each)]
    return [text for each in fields(part) for text in texts(getattr(part, each.name))] if is_dataclass(part) else []


def notes_on(characters: Iterable[str]) -> tuple[str, ...]:
    """A sentence for each character that had to be replaced."""
    return tuple(f"{_named(each)} cannot be shown, and stands as `{MARK}`" for each in dict.fromkeys(characters))


def _named(character: str) -> str:
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "").lower()
    seen = f"`{character}` " if unicodedata.category(character)[0] not in "CZM" else ""
    return f"the character {seen}({code}{', ' + name if name else ''})"
