"""Where something that is taken out of a file begins and ends: its lines, and the comments that belong to it.

Comments belong to it that stand on its lines, or below it and further in, or right above it. Nobody can tell a heading of several
from a remark on the one below, and a remark must never come to stand above somebody else: so a heading stays where an empty line
sets it apart. The beginning of the file stays as well.
"""

import re
from typing import NamedTuple


class Cut(NamedTuple):
    """A text without something, and what was taken out of it."""

    text: str
    gone: str


def without_lines(text: str, start: int, end: int, *, is_entry: bool) -> Cut | None:
    """The text without what begins at a key or hyphen and ends with its last letter; None where its line could not go on without it."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    stop = _end(text, end, len(before))
    if before.strip():
        rest = re.sub(r"\A(?:[ \t]*\r?\n)+", "", text[stop:])
        if not rest.startswith(" " * len(before)):
            return None
        return Cut(text[:start] + rest[len(before) :], text[start:stop])
    first = start - len(before)
    indent = f"[ ]{{0,{len(before)}}}" if is_entry else before
    first -= len(_comments_above(text[:first], indent))
    left = text[:first] + text[stop:]
    return Cut(left if text.endswith("\n") else left.removesuffix("\n").removesuffix("\r"), text[first:stop])


def _end(text: str, end: int, column: int) -> int:
    """Where the last line ends of what ends there, with the comments below it that are further in than the column."""
    line = text.find("\n", end) + 1 or len(text)
    below = re.compile(rf"(?:(?:[ \t]*\r?\n)*[ ]{{{column + 1},}}#[^\n]*(?:\n|\Z))*").match(text, line)
    return below.end() if below else line


def _comments_above(text: str, indent: str) -> str:
    """The comments with which a text ends, each with this before it; nothing where the text begins with them.

    Above a key they are as far in. Above an entry they may be less far in; what is further in belongs to the entry before.
    """
    found = re.search(rf"(?:(?<=\n)|\A)(?:{indent}#[^\n]*\n)+\Z", text)
    return found[0] if found and found.start() else ""


def without_part(text: str, parts: list[tuple[int, int]], index: int) -> Cut | None:
    """The text without one of several parts in braces or brackets; None where a comment stands in the way."""
    start, end = parts[index]
    if index + 1 < len(parts):
        end = parts[index + 1][0]
    elif index:
        if "#" in text[parts[index - 1][1] : start]:
            return None
        start = parts[index - 1][1]
    return Cut(text[:start] + text[end:], text[start:end])


def hyphen_of(text: str, entry: int) -> int | None:
    """Where the hyphen of an entry stands, whose content begins there."""
    found = re.search(r"(?:^|(?<=[ \t\n]))-(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*\Z", text[:entry])
    return found.start() if found else None
