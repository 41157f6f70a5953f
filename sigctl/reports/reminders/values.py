"""The values of a round of reminders: what somebody is told, in one letter a person; who is to be called; what came too late."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from sigctl.notice import Notice
from sigctl.reports.imprint import Imprint
from sigctl.reports.reminders.about import About
from sigctl.reports.who import Member

FIRST, SECOND, CALL = 1, 2, 3
"""The stages: a friendly message, a short one, a call."""

Outcome = Literal["sent-today", "on-the-call-list", "not-yet", "quiet", "told", "done", "off", "too-late", "no-address"]
"""What becomes of something today, in one word, for lists and for machines."""


class Told(NamedTuple):
    """That somebody was told, and on which day."""

    day: date


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that somebody is told: since when it is open, what it is about, and why, in a sentence for whoever sends it."""

    notice: Notice
    opens: date
    about: About
    why: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person is told in one run, what is to be done soonest first; `stage` is the latest of its matters."""

    imprint: Imprint
    to: Member
    writes_in: str
    stage: int
    matters: tuple[Matter, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody who is to be called, and why. For whoever calls alone: it holds the number.

    Where the id of `member` begins with `school:`, nobody of that school is in the files, and `phone` and `email` are the school's own.
    `command` is what ticks the thing off, once it is done; empty where only an edit of the files does.
    """

    member: Member
    phone: str
    email: str
    matter: Matter
    command: str = ""


@dataclass(frozen=True, slots=True)
class CallList:
    """The calls that are to be made, person by person, and by whom; `to` is None where nobody is there to make them.

    `older` counts the people besides these of whose calls the caller was told before, and who are still to be called.
    """

    imprint: Imprint
    to: Member | None
    calls: tuple[Call, ...]
    older: int = 0

    @property
    def people(self) -> int:
        """How many people are to be called, each for whatever it is."""
        return len({each.matter.notice.person for each in self.calls})


@dataclass(frozen=True, slots=True)
class Round:
    """What is to be said on a day. `missed` are things of which nobody was told in time; `is_quiet` where nobody works on that day.

    `held` are calls that can wait until there are more of them, so that the caller does not get a list each day.
    """

    day: date
    letters: tuple[Letter, ...]
    calls: CallList
    missed: tuple[Matter, ...] = ()
    without_address: tuple[Member, ...] = ()
    is_quiet: bool = False
    held: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """What becomes of one thing for one person today: in a word and in a sentence."""

    notice: Notice
    outcome: Outcome
    sentence: str
