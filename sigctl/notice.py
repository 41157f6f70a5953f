"""What a message is known by, so that nobody is told the same thing twice. Knows no schools."""

from datetime import date
from typing import NamedTuple


class Notice(NamedTuple):
    """One thing that somebody is told: who, which kind of thing (`action-overdue`), what it is about, its due day, which time.

    `stage` is 1 for the first time that somebody is told, 2 for the second; a thing whose due day is put off is another one.
    """

    person: str
    kind: str
    subject: str
    due: date
    stage: int = 1

    @property
    def key(self) -> str:
        """The notice as one line, which no other has."""
        return "\t".join((self.person, self.kind, self.subject, self.due.isoformat(), str(self.stage)))
