"""What the YAML parser complains about, in plain words and at the place where a person would look."""

import re
from typing import Final, NamedTuple

import yaml

from sigctl.problem import Mistake
from sigctl.source import mistakes


class Complaint(NamedTuple):
    """What is wrong at a place, and what to do; line and column count from 0."""

    line: int
    column: int
    message: str
    advice: str
    mistake: Mistake = mistakes.SYNTAX


_QUOTE_OPEN: Final = ("this quotation mark is never closed", "put the same mark at the end of the text")
_DIRECTIVE: Final = ("a line that begins with `%` is meant for the YAML parser", "take it out")
_AT_OPENING: Final = {
    "unexpected end of stream": _QUOTE_OPEN,
    "unexpected document indicator": _QUOTE_OPEN,
    "did not find expected ',' or": (
        "this bracket is not closed where it should be",
        "close it with the bracket that belongs to it, and put a comma between entries",
    ),
    "could not find expected ':'": ("a colon is missing after this key", "write `key: value`"),
}
_ESCAPE: Final = ("`\\` has a meaning of its own in double quotes", "put the text in single quotes")
_SIGN: Final = ("YAML gives this sign a meaning of its own", "put the text in double quotes")
_AT_PROBLEM: Final = {
    "block sequence entries are not allowed": (
        "a list cannot begin on the line of its key",
        "begin it on the next line, two spaces further in",
    ),
    "did not find expected key": (
        "this line does not fit in with those above it",
        "check how far it is set in, and the quotation marks",
    ),
    "did not find expected '-' indicator": (
        "this line does not belong to the list above it",
        "check how far it is set in; each entry of a list begins with `- `",
    ),
    "did not find expected node content": ("a value is missing here", "take out the extra comma or bracket"),
    "did not find expected <document start>": ("what stands below the line `...` is not read", "take the line `...` out"),
    "alphabetic or numeric character": _SIGN,
    "expected comment or line break": _SIGN,
    "did not find expected whitespace": _SIGN,
    "undefined tag handle": _SIGN,
    "unknown escape character": _ESCAPE,
    "hexdecimal number": _ESCAPE,
    "invalid Unicode character escape": _ESCAPE,
    "YAML document": _DIRECTIVE,
    "directive": _DIRECTIVE,
}
LONGEST_KEY: Final = 1000
_OTHERWISE: Final = ("the file cannot be read from here on", "check this line, and the one above it")


def complaint(trouble: yaml.MarkedYAMLError, lines: list[str]) -> Complaint:
    """The parser's words as a person would say them."""
    said = trouble.problem or ""
    mark = trouble.problem_mark or trouble.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    here = lines[line] if line < len(lines) else ""
    found = _space_or_tab(said, here, line, column)
    if found:
        return found
    if "mapping values are not allowed" in said:
        return _colon(lines, line, column)
    opening = trouble.context_mark or mark
    if "did not find expected ',' or" in said and opening and opening.line == line and here[column : column + 2] in (":", ": "):
        return _colon(lines, line, column)
    for words, told in _AT_OPENING.items():
        if opening and words in said:
            return _at_opening(lines, opening.line, opening.column, told)
    return _other(said, lines, line, column)


def _at_opening(lines: list[str], line: int, column: int, told: tuple[str, str]) -> Complaint:
    here = lines[line] if line < len(lines) else ""
    if odd := _odd_space(here, line):
        return odd
    if "colon" in told[0] and here[column : column + 1] in ("{", "[", '"', "'"):
        return Complaint(line, column, *_AT_PROBLEM["did not find expected '-' indicator"])
    return Complaint(line, column, *told)


def _never_closed(lines: list[str], line: int, column: int) -> Complaint:
    """A bracket that is open at the end of the file: the last one that could be it."""
    for above in range(min(line, len(lines) - 1), -1, -1):
        opened = max(lines[above].rfind("["), lines[above].rfind("{"))
        if opened >= 0:
            return Complaint(above, opened, *_AT_OPENING["did not find expected ',' or"])
    return Complaint(line, column, *_OTHERWISE)


def _other(said: str, lines: list[str], line: int, column: int) -> Complaint:
    here = lines[line] if line < len(lines) else ""
    if "cannot start any token" in said:
        return Complaint(line, column, f"a text cannot begin with `{here[column : column + 1]}`", "put the text in double quotes")
    if "did not find expected key" in said and here[:column].rstrip().endswith(("'", '"')):
        return Complaint(line, column, "nothing can follow the closing quotation mark", "put the whole text in quotation marks")
    if "<document start>" in said and not any(each.startswith("...") for each in lines[:line]):
        return Complaint(line, column, "this does not fit in with what stands before it", "check the line, and the one above it")
    if "did not find expected node content" in said and not here[column:].strip():
        return _never_closed(lines, line, column)
    told = next((told for words, told in _AT_PROBLEM.items() if words in said), _OTHERWISE)
    return Complaint(line, column, *told)


def _space_or_tab(said: str, here: str, line: int, column: int) -> Complaint | None:
    """A tab, or a space that is not an ordinary one, where the layout needs spaces."""
    lead = re.match(r"[\s-]*", here)
    blank = lead[0] if lead else ""
    tab = column if here[column : column + 1] == "\t" else blank.find("\t")
    if tab >= 0 or "tab" in said.split():
        return Complaint(
            line, max(tab, 0), "there is a tab here, where only spaces are allowed", "use spaces, two for each step", mistakes.TAB
        )
    return _odd_space(here, line)


def _odd_space(here: str, line: int) -> Complaint | None:
    odd = re.search(r"(?<=[:-])[^\S \t]|^\s*?[^\S \t]", here)
    if odd is None:
        return None
    told = "this looks like a space, but is another character"
    return Complaint(line, odd.end() - 1, told, "delete it, and type a space", mistakes.HIDDEN)


def _colon(lines: list[str], line: int, column: int) -> Complaint:
    """Why a colon stands where none can."""
    here = lines[line] if line < len(lines) else ""
    above = lines[line - 1] if line else ""
    if column > LONGEST_KEY:
        return Complaint(line, 0, "this key is too long to be one", "keys are single words such as `name`")
    if re.search("[“”]", here):
        return Complaint(line, column, "curly quotation marks are read as letters", 'use straight ones: "…"')
    if not re.fullmatch(r"[\s-]*[\w-]+", here[:column]) or not above.strip():
        return Complaint(line, column, "a text that holds a colon and a space needs quotation marks", "put the whole text in double quotes")
    if line and (odd := _odd_space(above, line - 1)):
        return odd
    missing = re.match(r"([\s-]*[a-z_]+:)[^\s/]", above)
    if missing:
        return Complaint(line - 1, missing.end(1), "a space is missing after the colon", "write `key: value`")
    told = "this line is set in further than its neighbours, so it is read as a part of the text above it"
    return Complaint(line, len(here) - len(here.lstrip()), told, "set it in as far as the line to which it belongs")
