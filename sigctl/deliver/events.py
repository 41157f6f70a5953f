"""What calendars were told of: how often each event has changed since, which are gone, and the private name of each feed's file.

Of an event is remembered what it takes to call it off: its title, its days and a fingerprint of the rest, so that no person's name.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sigctl.deliver.state import Connection, transaction
from sigctl.event import Event, Published
from sigctl.words import Words

KEPT: Final = timedelta(365)
"""How long an event that is gone is still told as taken out, after its end."""
_GONE: Final = "gone:"
"""What the owner of a feed begins with whose file is to be taken away."""


class _Known(NamedTuple):
    """What is remembered of an event."""

    sequence: int
    changed: datetime
    facts: str


def published(connection: Connection, owner: str, events: Iterable[Event], moment: datetime) -> tuple[Published, ...]:
    """All events of an owner (`person:ID`, `school:ID`, `group:ID`, `cluster`) as they are told from now on, by date.

    A new one is the 0th, and each change of what it tells makes the number greater; the moment is noted then and at no other time.
    An event of which calendars know and that is not among these comes back as gone, until a year after its end; one that was over by
    then has been, and is only forgotten. The moment is one in the cluster's own time zone, and never one to come: what is noted, and
    forgotten, stays so.
    """
    wanted = tuple(events)
    known = _known(connection, owner)
    if _after(known, wanted, moment) != known:
        with transaction(connection):
            known = _known(connection, owner)
            _remember(connection, owner, known, _after(known, wanted, moment))
            known = _known(connection, owner)
    return _told(known, wanted)


def would_publish(connection: Connection, owner: str, events: Iterable[Event], moment: datetime) -> tuple[Published, ...]:
    """What `published` would give, with nothing noted."""
    wanted = tuple(events)
    return _told(_after(_known(connection, owner), wanted, moment), wanted)


def owners(connection: Connection) -> tuple[str, ...]:
    """Everybody of whose events calendars were told, or who has a feed."""
    found = connection.execute("SELECT owner FROM event UNION SELECT owner FROM feed ORDER BY owner").fetchall()
    return tuple(owner for (owner,) in found if not owner.startswith(_GONE))


def feed_name(connection: Connection, owner: str) -> str:
    """The name of the file of an owner's feed, which nobody can guess; made where there is none."""
    connection.execute("INSERT OR IGNORE INTO feed (owner, name) VALUES (?, ?)", (owner, _made_up()))
    (name,) = connection.execute("SELECT name FROM feed WHERE owner = ?", (owner,)).fetchone()
    return str(name)


def feed_names(connection: Connection) -> Mapping[str, str]:
    """The names of all feeds by owner."""
    found = connection.execute("SELECT owner, name FROM feed ORDER BY owner").fetchall()
    return {owner: name for owner, name in found if not owner.startswith(_GONE)}


def rotate(connection: Connection, owner: str) -> str:
    """Give an owner's feed another name; the file of the old one is to be taken away from then on."""
    with transaction(connection):
        _let_go(connection, owner)
        return feed_name(connection, owner)


def retire(connection: Connection, owner: str) -> None:
    """Forget an owner's events; the file of their feed is to be taken away from then on."""
    with transaction(connection):
        connection.execute("DELETE FROM event WHERE owner = ?", (owner,))
        _let_go(connection, owner)


def names_gone(connection: Connection) -> tuple[str, ...]:
    """The names of feeds' files that are no longer to be there."""
    found = connection.execute("SELECT name FROM feed WHERE owner LIKE ? ORDER BY name", (_GONE + "%",)).fetchall()
    return tuple(name for (name,) in found)


def _let_go(connection: Connection, owner: str) -> None:
    connection.execute("UPDATE feed SET owner = ? || name WHERE owner = ?", (_GONE, owner))


def _made_up() -> str:
    """A name of 32 letters and digits that nobody can guess."""
    return f"{secrets.token_hex(16)}.ics"


def _known(connection: Connection, owner: str) -> Mapping[str, _Known]:
    found = connection.execute("SELECT uid, sequence, changed, facts FROM event WHERE owner = ? ORDER BY uid", (owner,)).fetchall()
    return {uid: _Known(sequence, datetime.fromisoformat(changed), facts) for uid, sequence, changed, facts in found}


def _after(known: Mapping[str, _Known], events: Iterable[Event], moment: datetime) -> Mapping[str, _Known]:
    """What is remembered when these events have been told."""
    facts = {event.uid: _facts(event) for event in events}
    missing = (uid for uid in known if uid not in facts)
    facts |= {uid: gone for uid in missing if (gone := _taken_out(known[uid].facts, moment))}
    return {uid: _next(known.get(uid), told, moment) for uid, told in sorted(facts.items())}


def _next(before: _Known | None, facts: str, moment: datetime) -> _Known:
    if before and before.facts == facts:
        return before
    changed = moment.astimezone(UTC).replace(microsecond=0)
    return _Known(before.sequence + 1, max(changed, before.changed), facts) if before else _Known(0, changed, facts)


def _remember(connection: Connection, owner: str, before: Mapping[str, _Known], after: Mapping[str, _Known]) -> None:
    """Write down what is different."""
    for uid in before.keys() - after.keys():
        connection.execute("DELETE FROM event WHERE owner = ? AND uid = ?", (owner, uid))
    for uid, each in after.items():
        if before.get(uid) != each:
            row = (owner, uid, each.sequence, each.changed.isoformat(), each.facts)
            connection.execute("INSERT OR REPLACE INTO event (owner, uid, sequence, changed, facts) VALUES (?, ?, ?, ?, ?)", row)


def _told(known: Mapping[str, _Known], events: Iterable[Event]) -> tuple[Published, ...]:
    """The events with their numbers, and those that are gone."""
    there = {event.uid: event for event in events}
    found = (Published(there.get(uid) or _read(uid, each.facts), each.sequence, each.changed) for uid, each in known.items())
    return tuple(sorted(found, key=lambda each: (each.event.start.isoformat(), each.event.uid)))


@lru_cache(4096)
def _facts(event: Event) -> str:
    """What an event tells, in one line that is the same as long as it tells the same; only title and days can be read in it."""
    besides = [(field.name, value) for field in fields(event) if (value := getattr(event, field.name))]
    return _line(event, hashlib.sha256(repr(besides).encode("utf-8")).hexdigest())


def _line(event: Event, fingerprint: str) -> str:
    told = {
        "kind": event.kind,
        "title": list(event.title),
        "start": event.start.isoformat(),
        "end": event.end.isoformat(),
        "cancelled": event.is_cancelled,
        "gone": event.is_gone,
        "fingerprint": fingerprint,
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def _taken_out(facts: str, moment: datetime) -> str:
    """The line of an event that is gone; nothing where it was over before it went, or where its end is too long ago."""
    event, now = _read("", facts), moment.replace(tzinfo=None)
    if event.is_gone:
        return "" if _is_over(event.end, now - KEPT) else facts
    return "" if _is_over(event.end, now) else _line(replace(event, is_gone=True), "")


def _is_over(end: date, now: datetime) -> bool:
    """Whether an end, a time or a last day, is past."""
    return end <= now if isinstance(end, datetime) else end < now.date()


def _read(uid: str, facts: str) -> Event:
    """An event that is gone, out of its line."""
    told: Mapping[str, Any] = json.loads(facts)
    start, end = (_moment(told[key]) for key in ("start", "end"))
    return Event(uid, told["kind"], Words(*told["title"]), start, end, is_cancelled=told["cancelled"], is_gone=told["gone"])


def _moment(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
