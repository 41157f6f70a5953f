"""The text of one file by lines, and how a line of it may be shown: without anybody's phone number or reasons."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from sigctl.problem import Place

BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What ends a line, as the YAML parser counts them."""
HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\xad\u180e\u200b\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ufffe\uffff]"
)
"""What cannot be seen, or turns the reading direction of what stands around it. Not the joiners and tags that emoji are made of."""
DIRECTION: Final = re.compile("[\u061c\u200e\u200f]")
"""The marks by which names in Arabic or Hebrew letters are read in the right order; they may stand in texts, but not in keys."""
MAX_LINE: Final = 10_000
MAX_REASON: Final = 60

_PRIVATE_KEY: Final = r"\b(?:e-?mail|phone|tel|telephone|mobile|why|note|reason|user|password)[\"']?\s*:"
_QUOTED: Final = r"\"(?:[^\"\\]|\\.)*\"?|'(?:[^']|'')*'?"
_IN_BRACES: Final = re.compile(rf"({_PRIVATE_KEY}\s*)({_QUOTED}|(?:[^,}}\]]|,(?!\s*[\w-]+\s*:))+)")
_IN_BLOCK: Final = re.compile(rf"({_PRIVATE_KEY}\s*)(.+)")
_LOOKS_PRIVATE: Final = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+|(?<![\w.-])(?:\+\d{2}|\(?0)[\d ()-]{8,}\d")
_FIXED: Final = re.compile(r"\bfixed[\"']?\s*:\s*\{[^{}]*\}?")
"""What is fixed about a visit, on one line."""
_OPENS: Final = re.compile(rf"{_PRIVATE_KEY}")


def masked(line: str, *, is_of_visit: bool = False) -> str:
    """A line with addresses, telephone numbers and reasons dotted out; it keeps its length.

    Why a visit is fixed is nobody's private matter: such a reason is shown, in a line that `is_of_visit`, or in its braces.
    """
    fixed = [each.span() for each in _FIXED.finditer(line)]

    def dotted(match: re.Match[str]) -> str:
        is_open = match[1].startswith("why") and (is_of_visit or any(first < match.start() < last for first, last in fixed))
        return match[0] if is_open else match[1] + _dots(match[2])

    brace = re.search(r"[{\[]", line)
    key = _OPENS.search(line)
    pattern = _IN_BRACES if brace and key and brace.start() < key.start() else _IN_BLOCK
    line = pattern.sub(dotted, line)
    return _LOOKS_PRIVATE.sub(lambda match: _dots(match[0]), line)


def _dots(text: str) -> str:
    return re.sub(r"\S", "·", text)


def visible(text: str) -> str:
    """A text as it may be printed: what cannot be seen is shown as a sign."""
    return DIRECTION.sub("\ufffd", HIDDEN.sub("\ufffd", text.replace("\t", "→")))


@dataclass(frozen=True)
class Page:
    """The text of one file."""

    file: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """The lines, without what ends them."""
        return BREAK.split(self.text)

    def place(self, line: int, column: int, length: int) -> Place:
        """A place in the file; line and column count from 0 here. A length of 0 means the rest of the line."""
        line = min(line, len(self.lines) - 1)
        here = self.lines[line]
        column = min(column, len(here))
        shown = self.shown(line) if column < MAX_LINE else ""
        if length == 0:
            length = len(here[column : column + MAX_LINE].partition(" #")[0].rstrip())
        room = len(shown) - column if shown else length
        return Place(self.file, line + 1, column + 1, max(1, min(length, room)), shown)

    def shown(self, line: int) -> str:
        """A line as it may be shown; of a very long one the beginning."""
        if line not in self._shown:
            here = self.lines[line]
            cut = here[:MAX_LINE] + "…" if len(here) > MAX_LINE else here
            self._shown[line] = visible(_dots(cut) if self._is_private(line) else masked(cut, is_of_visit=self._is_of_visit(line)))
        return self._shown[line]

    @cached_property
    def _shown(self) -> dict[int, str]:
        return {}

    def _is_of_visit(self, line: int) -> bool:
        """Whether the next line above that stands less far in is the key `fixed` of a visit."""
        indent = _indent(self.lines[line])
        above = (self.lines[each][:MAX_LINE] for each in range(line - 1, max(-1, line - MAX_REASON), -1))
        parent = next((each for each in above if each.strip() and _indent(each) < indent), "")
        return bool(re.fullmatch(r"[\s-]*fixed[\"']?\s*:\s*(#.*)?", parent))

    def _is_private(self, line: int) -> bool:
        """Whether a line goes on with a reason or a number that began in a line above it."""
        indent = _indent(self.lines[line])
        for above in range(line - 1, max(-1, line - MAX_REASON), -1):
            other = self.lines[above][:MAX_LINE]
            if other.strip() and _indent(other) < indent:
                indent = _indent(other)
                if _last_key_is_private(other):
                    return True
        return False


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _last_key_is_private(line: str) -> bool:
    return bool(re.match(rf"[\s-]*{_PRIVATE_KEY}", line)) or bool(re.search(rf"[{{,]\s*{_PRIVATE_KEY}[^,}}]*$", line))
