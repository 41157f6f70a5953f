"""What stands in somebody's calendar, in both languages. Knows no schools."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from sigctl.words import Words

PRODUCT: Final = "-//sigctl//sigctl//EN"
"""By what a calendar file says that we wrote it."""
_UNSAID = Words()


@dataclass(frozen=True, slots=True)
class Event:
    """One occurrence, as one reader's calendar tells of it.

    `uid` stays the same whatever else changes. `kind` (`visit`, `meeting`, …) chooses the words around `title`, which is a name out of
    the files. `start` and `end` are both days, the last one included, or both times of day in the cluster's own time zone, without one.
    `lines` are what is told besides, as label and text; the label is a key of the catalogue. Alarms count back from the start; that of
    a day is midnight. No person stands in a `title`: it is what is remembered of an event that is gone.

    `is_cancelled` tells that it does not take place; `is_gone` that this calendar has it no longer, though it may take place for others.
    `voice` is what besides itself makes its text, such as the languages: where that changes, the event has changed for its readers.
    """

    uid: str
    kind: str
    title: Words
    start: date
    end: date
    place: Words = _UNSAID
    link: str = ""
    lines: tuple[tuple[str, Words], ...] = ()
    alarms: tuple[timedelta, ...] = ()
    is_cancelled: bool = False
    is_gone: bool = False
    voice: str = ""

    @property
    def is_timed(self) -> bool:
        """Whether it has times of day."""
        return isinstance(self.start, datetime)

    @property
    def is_off(self) -> bool:
        """Whether calendars are to take it out."""
        return self.is_cancelled or self.is_gone


class Published(NamedTuple):
    """An event as its readers were told of it: how often it has changed since the first time, and the moment of the last change, in UTC."""

    event: Event
    sequence: int
    changed: datetime
