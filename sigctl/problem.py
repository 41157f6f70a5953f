"""A problem: somebody's mistake in a file, as a value with a place.

Knows nothing of YAML, schools or terminals. An exception of ours is an *Error* and lives elsewhere.
"""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a problem is: an error stops the work, a warning is told."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a file of the workspace.

    `line` and `column` count from 1, in characters; `length` is how many characters the caret underlines;
    `text` is the whole line as it is written, for showing.
    """

    file: str
    line: int = 0
    column: int = 0
    length: int = 1
    text: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Mistake:
    """A kind of problem, with the code that names it for ever and the manual that `sigctl explain` prints."""

    code: str
    severity: Severity
    manual: str

    @property
    def summary(self) -> str:
        """The first sentence of the manual."""
        return self.manual.strip().partition("\n\n")[0]


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake at one place: what is wrong, and what to do about it."""

    mistake: Mistake
    message: str
    place: Place
    advice: str = ""

    @property
    def code(self) -> str:
        """The code of its kind."""
        return self.mistake.code

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return self.mistake.severity

    @property
    def is_error(self) -> bool:
        """Whether it stops the work."""
        return self.severity is Severity.ERROR


def error(code: str, manual: str) -> Mistake:
    """A kind of mistake that stops the work."""
    return Mistake(code, Severity.ERROR, manual)


def warning(code: str, manual: str) -> Mistake:
    """A kind of mistake that is told and lets the work go on."""
    return Mistake(code, Severity.WARNING, manual)


def in_file_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """The problems as a reader meets them: by file, line and column; each once."""
    unique = {(p.place, p.code, p.message): p for p in problems}
    return tuple(unique[key] for key in sorted(unique))
