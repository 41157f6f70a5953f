"""Which headings of a cluster's own templates leave a level out, and where they stand in their files.

Each heading of theirs is marked with its file and line before a page is made, so that it is known again on the page.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

_HEADING: Final = re.compile(r"^((?:[ \t]*\{%[^}]*%\})*[ ]{0,3}#{1,6}[ \t]+)", re.MULTILINE)
_SHOWN: Final = re.compile("^[ ]{0,3}(#{1,6})[ \t]+(?:\ufdd8([0-9]+):([0-9]+)\ufdd9)?", re.MULTILINE)


class Skip(NamedTuple):
    """A heading that leaves a level out: its file, its line, its level, and the level that was to come; 0 where no title was before."""

    file: str
    line: int
    level: int
    due: int


def marked(own: Mapping[str, str]) -> dict[str, str]:
    """The templates, each heading in them marked with signs that no text has."""
    return {name: _marked(number, text) for number, (name, text) in enumerate(own.items())}


def _marked(number: int, text: str) -> str:
    def mark(found: re.Match[str]) -> str:
        line = text.count("\n", 0, found.end()) + 1
        return f"{found[1]}\ufdd8{number}:{line}\ufdd9"

    return _HEADING.sub(mark, text)


def skips(page: str, own: Mapping[str, str]) -> Iterator[Skip]:
    """The marked headings on a page below which a level is left out, and those that stand where the title should."""
    files = list(own)
    above = 0
    for found in _SHOWN.finditer(page):
        level = len(found[1])
        if level > above + 1 and found[2]:
            yield Skip(files[int(found[2])], int(found[3]), level, above + 1)
        above = level
