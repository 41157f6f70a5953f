"""How a problem looks in a terminal: its place, the user's own line, a caret, and what to do. Text in, text out; prints nothing."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

from sigctl.problem import Place, Problem

Paint = Callable[[str, str], str]
"""Gives a text a style, such as `error` or `strong`."""

WIDTH: Final = 160
"""How much of a very long line is shown where there is no terminal to measure."""

_HIDDEN: Final = {
    **dict.fromkeys((*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0)), "\ufffd"),
    **dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A), 0xFEFF, *range(0xD800, 0xE000)), "\ufffd"),
    0x09: " ",
}


def plain(text: str, style: str) -> str:  # noqa: ARG001
    """The text as it is."""
    return text


def visible(text: str) -> str:
    """A text without the characters that steer a terminal or turn the direction of reading; each leaves a mark."""
    return text.translate(_HIDDEN)


def message(problem: Problem, paint: Paint = plain, width: int = WIDTH) -> str:
    """A problem in full, without a newline at the end."""
    severity = problem.severity.value
    head = (
        f"{paint(visible(str(problem.place)), 'strong')}: {paint(severity, severity)}: "
        f"{visible(problem.message)} {paint(f'[{problem.code}]', 'faint')}"
    )
    number = str(problem.place.line) if problem.place.text else " "
    lines = [head, *_excerpt(problem.place, severity, paint, width)]
    if problem.advice:
        lines.append(f"{' ' * len(number)} {paint('=', 'gutter')} {visible(problem.advice)}")
    return "\n".join(lines)


def _excerpt(place: Place, style: str, paint: Paint, width: int) -> list[str]:
    if not place.text:
        return []
    number = str(place.line)
    text, column, length = _window(visible(place.text), place.column - 1, place.length, max(20, width - len(number) - 3))
    before, under = text[:column], text[column : column + length]
    carets = " " * cells(before) + paint("^" * max(1, cells(under)), style)
    bar, empty = paint("|", "gutter"), " " * len(number)
    return [f"{empty} {bar}", f"{paint(number, 'gutter')} {bar} {text}".rstrip(), f"{empty} {bar} {carets}"]


def _window(text: str, column: int, length: int, width: int) -> tuple[str, int, int]:
    """The part of a long line around the caret, and where the caret stands in it."""
    length = max(1, min(length, len(text) - column))
    if cells(text) <= width:
        return text, column, length
    room = width - 2
    start = max(0, min(column - room // 3, len(text) - room))
    length = max(1, min(length, start + room - column))
    left, right = "…" if start else "", "…" if start + room < len(text) else ""
    return left + text[start : start + room] + right, column - start + len(left), length


def cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def counted(number: int, noun: str) -> str:
    """A number of things in words: `1 error`, `2 errors`."""
    plural = {"person": "people"}.get(noun, f"{noun}s")
    return f"{number:,} {noun if number == 1 else plural}"


def listed(words: Sequence[str], joint: str = "and") -> str:
    """Words as a sentence lists them: `a, b and c`."""
    return f" {joint} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def summary(problems: Sequence[Problem]) -> str:
    """How many problems there are, in how many files: `2 errors and 1 warning in 3 files`."""
    errors = sum(problem.is_error for problem in problems)
    counts = ((errors, "error"), (len(problems) - errors, "warning"))
    files = len({problem.place.file for problem in problems})
    return f"{listed([counted(number, noun) for number, noun in counts if number])} in {counted(files, 'file')}"
