"""Something of which somebody is to be told, whether or not anybody was already."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from sigctl.notice import Notice
from sigctl.records.reminders import ReminderKind
from sigctl.reports.reminders.about import About
from sigctl.reports.reminders.asof import AsOf


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A thing for one person: `opens` is the first day on which it is told, `last` the last on which it still makes sense.

    `lasts` tells that it stays open until somebody does it, so that it is never too late; `heralds` that another message follows
    anyway, so that nothing is lost where this one comes too late. `what` says it in words, without a full stop, with `{when}` where
    it is told how near the day is; and `done` why there is nothing to tell any more; empty while there is. `about` is made when it
    is needed. What is told `once` has no second message, whatever the settings say of its kind.
    """

    person: str
    kind: ReminderKind
    subject: str
    due: date
    opens: date
    last: date
    what: str
    about: Callable[[], About]
    done: str = ""
    lasts: bool = False
    heralds: bool = False
    once: bool = False

    @property
    def notice(self) -> Notice:
        """What it is known by the first time."""
        return Notice(self.person, self.kind, self.subject, self.due)


Family = Callable[[AsOf], Iterator[Occurrence]]
"""Finds the things of some kinds, those that are over among them."""
