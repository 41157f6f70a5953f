"""The outbox: every message that is to leave, left, or was stopped on its way, and what each has told whom. Knows no schools.

A message goes from *planned* to *sending*, which is on disk before its text leaves, and from there to *accepted*, *refused*, back to
*planned* where the server asks for patience, or to *unknown* where nobody can say whether it arrived. Each step is one transaction, so
two senders at once never both have the same message.
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from sigctl.deliver.state import Connection, transaction
from sigctl.notice import Notice

_WAITS: Final = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4), timedelta(hours=20))
"""How long a message waits after the server asked for patience: the first that is longer than it has been tried so far.

The last is a day, less what a daily run may begin earlier.
"""
_PATIENCE: Final = timedelta(days=3)
"""For how long a message is tried before the server's asking for patience counts as a refusal."""
STOPPED: Final = "sigctl was stopped while it was sending"
"""What is said of a message whose sender came to an end while it had it."""


class State(StrEnum):
    """How far a message has come."""

    PLANNED = "planned"
    SENDING = "sending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    FORGOTTEN = "forgotten"


class Draft(NamedTuple):
    """A message that is to leave: from which command, to whom, what it tells, and the whole of it as bytes.

    `told` holds, by the key of a notice, what was told in a form that can be compared later.
    """

    origin: str
    person: str
    address: str
    title: str
    notices: tuple[Notice, ...]
    content: bytes
    message_id: str
    told: Mapping[str, str] = {}


class Entry(NamedTuple):
    """A message as it stands in the outbox, without its text."""

    number: int
    message_id: str
    origin: str
    person: str
    address: str
    title: str
    state: State
    attempts: int
    not_before: datetime | None
    answer: str
    made: datetime
    changed: datetime
    notices: tuple[Notice, ...]


class Known(NamedTuple):
    """What became of a notice: how far its message has come, on which day it was told, and what."""

    state: State
    day: date
    told: str
    number: int


class AlreadyTold(Exception):
    """A message would tell somebody again what stands in the outbox already."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(f"`{draft.person}` has been told this already: {draft.title}")
        self.draft = draft


BEGUN: Final = "begun"
"""Under this name it is noted how many attempts at sending were ever begun."""
_ENTRY: Final = "number, message_id, origin, person, address, title, state, attempts, not_before, answer, made, changed"
_NOTICE: Final = "person, kind, subject, due, stage"


class Outbox:
    """The messages of a workspace. Moments are aware; their own day, not that of UTC, is the day on which somebody was told.

    Whoever sends from it names a `witness`, which is called when a message is on disk as being sent, before its text leaves.
    """

    def __init__(self, connection: Connection, witness: Callable[[], None] = lambda: None) -> None:
        self._db = connection
        self._witness = witness
        self._begun: dict[int, int] = {}
        """The messages that are being sent from here, and which attempt at each this is."""

    def known(self) -> Mapping[Notice, Known]:
        """Everything that anybody was told, or is about to be told."""
        rows = self._db.execute(
            f"SELECT {_NOTICE.replace('person', 'notice.person')}, state, day, told, message FROM notice "
            "JOIN message ON message.number = notice.message ORDER BY message, notice.rowid"
        )
        return {_notice(row[:5]): Known(State(row[5]), date.fromisoformat(row[6]), row[7], row[8]) for row in rows}

    def plan(self, drafts: Sequence[Draft], moment: datetime) -> tuple[int, ...]:
        """Put messages into the outbox, all or none, and return their numbers. Raises AlreadyTold."""
        with transaction(self._db):
            return tuple(self._planned(draft, moment) for draft in drafts)

    def _planned(self, draft: Draft, moment: datetime) -> int:
        row = (draft.message_id, draft.origin, draft.person, draft.address, draft.title, State.PLANNED, *[_text(moment)] * 2, draft.content)
        try:
            number = self._db.execute(
                "INSERT INTO message (message_id, origin, person, address, title, state, made, changed, content) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            ).lastrowid
            self._db.executemany(
                f"INSERT INTO notice ({_NOTICE}, message, day, told) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(*_row(each), number, moment.date().isoformat(), draft.told.get(each.key, "")) for each in draft.notices],
            )
        except sqlite3.IntegrityError as trouble:
            raise AlreadyTold(draft) from trouble
        assert number is not None
        return number

    def withdraw(self, origin: str, still_due: Collection[Notice]) -> int:
        """Take back what waits and tells anything that is no longer due; what else it would have told can be planned anew."""
        due = frozenset(still_due)
        with transaction(self._db):
            waiting = [each for each in self.entries([State.PLANNED]) if each.origin == origin]
            gone = [(each.number,) for each in waiting if not due.issuperset(each.notices)]
            self._db.executemany("DELETE FROM message WHERE number = ?", gone)
        return len(gone)

    def interrupted(self, moment: datetime) -> int:
        """Own up to what was being sent when its process died: nobody knows whether it arrived.

        Only for whoever has the workspace locked: another's process may be sending just now.
        """
        change = "UPDATE message SET state = ?, answer = ?, changed = ? WHERE state = ?"
        return self._db.execute(change, (State.UNKNOWN, STOPPED, _text(moment), State.SENDING)).rowcount

    def ready(self, moment: datetime) -> tuple[Entry, ...]:
        """What may leave now, what was tried least first."""
        waiting = [each for each in self.entries([State.PLANNED]) if each.not_before is None or each.not_before <= moment]
        return tuple(sorted(waiting, key=lambda each: (each.attempts, each.number)))

    def begin(self, number: int, moment: datetime) -> bool:
        """Take a message for sending, on disk when this returns. False where another has it, or it was taken back.

        Each is counted, so that an older state can be told from this one. Raises OSError where the witness cannot note it.
        """
        now = _text(moment)
        with transaction(self._db):
            taken = self._db.execute(
                "UPDATE message SET state = ?, attempts = attempts + 1, tried = iif(tried = '', ?, tried), changed = ? "
                "WHERE number = ? AND state = ? AND not_before <= ?",
                (State.SENDING, now, now, number, State.PLANNED, now),
            ).rowcount
            if taken:
                (attempt,) = self._db.execute("SELECT attempts FROM message WHERE number = ?", (number,)).fetchone()
                count = "INSERT INTO about (name, value) VALUES (?, '1') ON CONFLICT (name) DO UPDATE SET value = value + 1"
                self._db.execute(count, (BEGUN,))
        if taken:
            self._begun[number] = attempt
            self._witness()
        return bool(taken)

    def accepted(self, number: int, answer: str, moment: datetime) -> None:
        """The server has taken it."""
        with transaction(self._db):
            if self._ended(number, State.ACCEPTED, answer, moment):
                self._db.execute("UPDATE notice SET day = ? WHERE message = ?", (moment.date().isoformat(), number))

    def refused(self, number: int, answer: str, moment: datetime) -> None:
        """The server will not have it."""
        self._ended(number, State.REFUSED, answer, moment)

    def unknown(self, number: int, answer: str, moment: datetime) -> None:
        """Nobody can say whether it arrived."""
        self._ended(number, State.UNKNOWN, answer, moment)

    def deferred(self, number: int, answer: str, moment: datetime) -> bool:
        """The server asks for patience: it waits, longer each time. False after three days of trying: then it counts as refused."""
        found = self._db.execute("SELECT tried FROM message WHERE number = ?", (number,)).fetchone()
        tried = moment - datetime.fromisoformat(found[0]) if found and found[0] else timedelta()
        if tried >= _PATIENCE:
            self._ended(number, State.REFUSED, answer, moment)
            return False
        wait = next((each for each in _WAITS if each > tried), _WAITS[-1])
        self._ended(number, State.PLANNED, answer, moment, not_before=_text(moment + wait))
        return True

    def _ended(self, number: int, state: State, answer: str, moment: datetime, *, not_before: str = "") -> bool:
        """Record how an attempt ended: one that began here, or else one that ended before it could begin.

        Where another sender has the message by now, what it says counts.
        """
        attempt, now = self._begun.pop(number, None), _text(moment)
        ours = "state = 'planned'" if attempt is None else f"state IN ('sending', 'unknown') AND attempts = {attempt:d}"
        change = "state = ?, answer = ?, changed = ?, not_before = ?, tried = iif(tried = '', ?, tried), attempts = attempts + ?"
        values = (state, answer, now, not_before, now, int(attempt is None), number)
        return bool(self._db.execute(f"UPDATE message SET {change} WHERE number = ? AND {ours}", values).rowcount)

    def entries(self, states: Collection[State] = tuple(State)) -> tuple[Entry, ...]:
        """The messages that have come so far, by number."""
        return self._entries(f"state IN ({', '.join('?' * len(states))})", tuple(states))

    def entry(self, number: int) -> Entry | None:
        """One message; None where there is none of that number."""
        return next(iter(self._entries("number = ?", (number,))), None)

    def _entries(self, condition: str, values: tuple[object, ...]) -> tuple[Entry, ...]:
        rows = self._db.execute(f"SELECT {_ENTRY} FROM message WHERE {condition} ORDER BY number", values).fetchall()
        theirs = f"SELECT number FROM message WHERE {condition}"
        notices: dict[int, list[Notice]] = {}
        for message, *row in self._db.execute(f"SELECT message, {_NOTICE} FROM notice WHERE message IN ({theirs}) ORDER BY rowid", values):
            notices.setdefault(message, []).append(_notice(row))
        return tuple(_entry(row, tuple(notices.get(row[0], ()))) for row in rows)

    def content(self, number: int) -> bytes:
        """The whole of a message; nothing where it is gone."""
        found = self._db.execute("SELECT content FROM message WHERE number = ?", (number,)).fetchone()
        return bytes(found[0]) if found else b""

    def retry(self, number: int, moment: datetime) -> bool:
        """Let a message that was refused, or of which nothing is known, leave once more. False where it is neither, or was erased."""
        change = "UPDATE message SET state = ?, tried = '', not_before = '', changed = ?"
        values = (State.PLANNED, _text(moment), number, State.REFUSED, State.UNKNOWN)
        return bool(self._db.execute(f"{change} WHERE number = ? AND state IN (?, ?) AND content <> x''", values).rowcount)

    def overtaken(self, number: int) -> Mapping[Notice, int]:
        """Which of what a message tells its reader was told anew by a later one, and by which, the latest: what was let be counts not."""
        rows = self._db.execute(
            "SELECT old.person, old.kind, old.subject, old.due, old.stage, max(after.number) "
            "FROM notice AS old JOIN message AS before ON before.number = old.message JOIN notice AS newer USING (person, kind, subject) "
            "JOIN message AS after ON after.number = newer.message AND after.person = before.person AND after.number > before.number "
            "WHERE old.message = ? AND after.state <> ? GROUP BY old.rowid ORDER BY old.rowid",
            (number, State.FORGOTTEN),
        )
        return {_notice(row[:5]): row[5] for row in rows}

    def release(self, number: int) -> bool:
        """Let what a message tells be planned anew, where it did not arrive for sure and its text was erased."""
        change = "DELETE FROM message WHERE number = ? AND state IN (?, ?) AND content = x''"
        return bool(self._db.execute(change, (number, State.REFUSED, State.UNKNOWN)).rowcount)

    def readdress(self, number: int, address: str, content: bytes) -> bool:
        """Give a message that did not arrive another address, and the text that names it."""
        change = "UPDATE message SET address = ?, content = ? WHERE number = ? AND state IN (?, ?)"
        return bool(self._db.execute(change, (address, content, number, State.REFUSED, State.UNKNOWN)).rowcount)

    def forget(self, number: int, moment: datetime) -> bool:
        """Let a message be: it never leaves (again), and what it tells counts as told. False where it has left, or is just leaving."""
        change = "UPDATE message SET state = ?, changed = ? WHERE number = ? AND state IN (?, ?, ?)"
        values = (State.FORGOTTEN, _text(moment), number, State.PLANNED, State.REFUSED, State.UNKNOWN)
        return bool(self._db.execute(change, values).rowcount)

    def clear(self, before: datetime) -> int:
        """Take out the texts of what left, or was let be, before a moment, and return how many; all else about them stays."""
        done = "state IN ('accepted', 'forgotten') AND changed < ? AND content <> x''"
        return self._db.execute(f"UPDATE message SET content = x'' WHERE {done}", (_text(before),)).rowcount

    def erase(self, person: str) -> int:
        """Take out whatever tells of a person, and return how many messages did; how many there are, and what became of them, stays.

        Any text may name the person, be it in an attachment, so that all of them go. What waits is taken back, to be made anew, and so
        is what was refused and tells others of the person. What else did not arrive for sure stays to be looked into, without its text.
        """
        tells = "number IN (SELECT message FROM notice WHERE person = :person)"
        unmarked = "message_id = 'erased-' || number, person = '', address = '', title = '', answer = ''"
        asked = {"person": person}
        with transaction(self._db):
            (count,) = self._db.execute(f"SELECT count(*) FROM message WHERE person = :person OR {tells}", asked).fetchone()
            self._db.execute(f"DELETE FROM message WHERE person <> :person AND state = 'refused' AND {tells}", asked)
            self._db.execute("DELETE FROM message WHERE state = 'planned'")
            self._db.execute("UPDATE message SET state = 'forgotten' WHERE person = :person AND state <> 'accepted'", asked)
            self._db.execute("UPDATE message SET content = x''")
            self._db.execute("DELETE FROM notice WHERE person = :person", asked)
            self._db.execute(f"UPDATE message SET {unmarked} WHERE person = :person", asked)
        return int(count)

    def rename(self, old: str, new: str) -> None:
        """Write another id for somebody into what others were told and what that was about, so that it can be compared and names nobody."""
        quoted = {"old": json.dumps(old), "new": json.dumps(new)}
        with transaction(self._db):
            self._db.execute("UPDATE notice SET told = replace(told, :old, :new) WHERE instr(told, :old)", quoted)
            for (subject,) in self._db.execute("SELECT DISTINCT subject FROM notice WHERE instr(subject, ?)", (old,)).fetchall():
                renamed = "/".join(new if part == old else part for part in subject.split("/"))
                self._db.execute("UPDATE notice SET subject = ? WHERE subject = ?", (renamed, subject))


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _row(notice: Notice) -> tuple[str, str, str, str, int]:
    return (notice.person, notice.kind, notice.subject, notice.due.isoformat(), notice.stage)


def _notice(row: Sequence[object]) -> Notice:
    person, kind, subject, due, stage = row
    return Notice(str(person), str(kind), str(subject), date.fromisoformat(str(due)), int(str(stage)))


def _entry(row: Sequence[object], notices: tuple[Notice, ...]) -> Entry:
    number, message_id, origin, person, address, title, state, attempts, not_before, answer, made, changed = map(str, row)
    until = datetime.fromisoformat(not_before) if not_before else None
    times = (datetime.fromisoformat(made), datetime.fromisoformat(changed))
    return Entry(int(number), message_id, origin, person, address, title, State(state), int(attempts), until, answer, *times, notices)
