"""What somebody has said about days, whatever the file it came in."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from sigctl.term_dates import Span


class Answer(StrEnum):
    """Whether somebody can, on a day."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Kind(StrEnum):
    """What a file is."""

    FORM = "form"
    POLL = "poll"
    REPLY = "reply"
    CALENDAR = "calendar"


class DayAnswer(NamedTuple):
    """A day, and what was said about it."""

    day: date
    answer: Answer


class Fault(NamedTuple):
    """Something in a file that could not be read: the file, the row as a spreadsheet counts it (0 for the whole file), what is wrong."""

    file: str
    row: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}: {self.message}" if self.row else f"{self.file}: {self.message}"


class Unreadable(Exception):
    """A file that cannot be read at all: what is wrong, and what to do."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


@dataclass(frozen=True, slots=True)
class Participant:
    """Who answered, as the file tells it. `person` and `school` are ids, which only our own form and our own mail hold.

    Neither name nor address is ever told to anybody; `column`, as a spreadsheet names it, says where they stand.
    """

    row: int
    name: str = ""
    email: str = ""
    person: str = ""
    school: str = ""
    cycle: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What one participant said, by day. `unanswered` counts the days that the file asks about and they left empty.

    `is_part` where they named days that suit and did not say what holds for those that they did not name.
    """

    who: Participant
    days: tuple[DayAnswer, ...]
    unanswered: int = 0
    is_part: bool = False

    def said(self, answer: Answer) -> tuple[date, ...]:
        """The days to which they said this."""
        return tuple(each.day for each in self.days if each.answer is answer)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that a file says, what in it could not be read, and what is worth knowing about how it was read."""

    kind: Kind
    replies: tuple[Reply, ...]
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()


_MARKS: Final = {"✓": Answer.YES, "✔": Answer.YES, "☑": Answer.YES, "✅": Answer.YES, "🗸": Answer.YES}  # fmt: skip
_CROSSES: Final = dict.fromkeys(("✗", "✘", "❌", "☒", "✖", "×", "☐"), Answer.NO)
_WORDS: Final = {
    Answer.YES: "ok|yes|y|1|true|ie|oes|ydw|gallaf|ydy|iawn|available|free|ar gael|can do|yes i can|rwyn gallu|dwin gallu|yn rhydd",
    Answer.MAYBE: "(ok)|(yes)|(ie)|ifneedbe|if need be|if needed|if necessary|yes if need be|maybe|possibly|perhaps|tentative|~|?|"
    "os oes angen|os oes rhaid|efallai|o bosib|under reserve",
    Answer.NO: "no|n|0|false|na|nac ydw|na allaf|nag ydw|nage|nac oes|ddim|ddim ar gael|methu|unavailable|not available|busy|cannot|cant|"
    "can not|can t|i cant|no i cant|not free|prysur",
}


_KNOWN: Final = {phrase: answer for answer, phrases in _WORDS.items() for phrase in phrases.split("|")}


_BEFORE_MORE: Final = re.compile(r"\s*([^\W\d]+)\s*[,;.:(–—]")


def folded(text: str) -> str:
    """A text in small letters, without accents, apostrophes and double spaces."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(letter))
    return " ".join(plain.replace("'", "").replace("’", "").replace("-", " ").split())


def answer_of(text: str) -> Answer | None:
    """What a cell or a line says, in Welsh or English or by a tick; None where it says neither yes nor no.

    `Gallaf / Yes` is read by its parts, which have to agree; of `no, not that day` the word before the comma counts. An `x` is nothing
    that can be understood: some mean yes by it.
    """
    marks = [answer for mark, answer in (_MARKS | _CROSSES).items() if mark in text]
    if marks:
        return marks[0] if len(set(marks)) == 1 else None
    more = _BEFORE_MORE.match(text)
    whole = _known(text) or (_known(more[1]) if more else None)
    if whole or "/" not in text:
        return whole
    parts = {_known(part) for part in text.split("/")}
    return parts.pop() if len(parts) == 1 else None


def _known(text: str) -> Answer | None:
    plain = folded(text)
    return _KNOWN.get(plain) or _KNOWN.get(plain.strip(" .,!;:[]_").replace(",", ""))


def shown(text: str) -> str:
    """What stands in a cell, for a message. More than one sign may be somebody's reason or number, which is nobody's business."""
    return f"`{text}`" if len(text) == 1 else "what stands there"


def worst(answers: Iterable[DayAnswer]) -> tuple[DayAnswer, ...]:
    """One answer a day, in the order of the days: a visit takes the whole day, so that one `no` among its times settles it."""
    by_day: dict[date, Answer] = {}
    order = list(Answer)
    for day, answer in answers:
        by_day[day] = max(by_day.get(day, Answer.YES), answer, key=order.index)
    return tuple(DayAnswer(day, by_day[day]) for day in sorted(by_day))


class Asked(NamedTuple):
    """What a reader has to know besides the file: the file's name, and the days that matter, for dates without a year.

    `is_of_one` where it was said whose answer it is, so that a reply needs none of our lines.
    """

    file: str
    window: Span
    is_of_one: bool = False
