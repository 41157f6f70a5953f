"""What sigctl remembers of what it did: one SQLite file in the workspace, which nobody edits.

It holds what left and to whom (the outbox), which events calendars were told of, and when each job last succeeded.
"""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

Connection = sqlite3.Connection
"""The state of a workspace while it is open; rooms that only pass it on name it so."""
FOLDER: Final = ".sigctl"
FILE: Final = "state.sqlite"

_WAIT: Final = 10.0
"""Seconds to wait for another process that has the file open at the same time."""
_MANY: Final = 256
"""With fewer pages than this (a megabyte) to give back, the file stays as large as it is."""
_STEPS: Final = (
    """
    CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE message (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        message_id TEXT NOT NULL UNIQUE,
        origin TEXT NOT NULL,
        person TEXT NOT NULL,
        address TEXT NOT NULL,
        title TEXT NOT NULL,
        state TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        tried TEXT NOT NULL DEFAULT '',
        not_before TEXT NOT NULL DEFAULT '',
        answer TEXT NOT NULL DEFAULT '',
        made TEXT NOT NULL,
        changed TEXT NOT NULL,
        content BLOB NOT NULL
    );
    CREATE TABLE notice (
        person TEXT NOT NULL,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        due TEXT NOT NULL,
        stage INTEGER NOT NULL,
        message INTEGER NOT NULL REFERENCES message (number) ON DELETE CASCADE,
        day TEXT NOT NULL,
        told TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (person, kind, subject, due, stage)
    );
    CREATE INDEX notice_message ON notice (message);
    CREATE TABLE event (
        owner TEXT NOT NULL,
        uid TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        changed TEXT NOT NULL,
        facts TEXT NOT NULL,
        PRIMARY KEY (owner, uid)
    );
    CREATE TABLE feed (owner TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE job (name TEXT PRIMARY KEY, began TEXT NOT NULL, succeeded TEXT NOT NULL DEFAULT '', outcome TEXT NOT NULL DEFAULT '');
    """,
)
"""What lifts the file from one version to the next; the version of a file is the number of steps that it has behind it."""


class StateError(Exception):
    """The file cannot be used: it is broken, or a newer sigctl wrote it. Tells what is wrong and what to do."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


@contextmanager
def state(workspace: Path) -> Iterator[Connection]:
    """The state of a workspace, made where there is none. Each statement is a transaction of its own, on disk before it returns.

    EXTRA and TRUNCATE: no power cut brings back the journal of what was done last, and undoes it. Emptying the journal is as safe as
    deleting it, and quicker: the folder need not be written.
    Raises StateError where the file cannot be used, OSError where the folder cannot be written.
    """
    path = workspace / FOLDER / FILE
    path.parent.mkdir(exist_ok=True)
    _make(path)
    try:
        with closing(sqlite3.connect(path, timeout=_WAIT, isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = EXTRA")
            connection.execute("PRAGMA journal_mode = TRUNCATE")
            connection.execute("PRAGMA secure_delete = ON")
            _lift(connection)
            yield connection
    except sqlite3.OperationalError as trouble:
        raise _in_plain_words(trouble, path) from trouble
    except sqlite3.DatabaseError as trouble:
        if type(trouble) is not sqlite3.DatabaseError:
            raise
        advice = f"put {FOLDER}/{FILE} aside and take it from a backup; without it sigctl forgets what it has sent"
        raise StateError(f"{FOLDER}/{FILE} is damaged: {trouble}", advice) from trouble


@contextmanager
def glance(workspace: Path) -> Iterator[Connection]:
    """The state of a workspace for those who only look; where there is none, an empty one that is in no file. Raises StateError."""
    if has_state(workspace):
        with state(workspace) as connection:
            yield connection
        return
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        _lift(connection)
        yield connection


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Several statements that happen all or not at all."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has undone it already
            connection.execute("ROLLBACK")
        raise


def shrink(connection: Connection) -> bool:
    """Give back what the file holds and does not need, where that is much of it. For quiet moments: it writes the whole file anew.

    Where another program has the file open just now, or the disk has no room for two of them, it stays as large as it is.
    """
    pages, free = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count"))
    if free < _MANY or 4 * free < pages:
        return False
    try:
        connection.execute("VACUUM")
    except sqlite3.OperationalError:
        return False
    return True


def has_state(workspace: Path) -> bool:
    """Whether there is anything to remember yet; asking makes nothing."""
    return (workspace / FOLDER / FILE).is_file()


def is_private(workspace: Path) -> bool:
    """Whether nobody but its owner can read the state, which must be there."""
    return os.name != "posix" or not (workspace / FOLDER / FILE).stat().st_mode & 0o077


def faults(connection: Connection) -> tuple[str, ...]:
    """What SQLite itself finds wrong in the state, a line each; nothing where it is sound."""
    told = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(10)")]
    loose = connection.execute("PRAGMA foreign_key_check").fetchall()
    return (*(line for line in told if line != "ok"), *("a message is missing that something was told in" for _ in loose[:1]))


def _make(path: Path) -> None:
    """Make the file where there is none, for its owner's eyes alone from the first moment on."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _lift(connection: Connection) -> None:
    """Bring an older file to this version; a new one is the oldest."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(_STEPS):
        raise StateError(f"{FOLDER}/{FILE} was written by a newer sigctl", "install the newest sigctl")
    if version == len(_STEPS):
        return
    with transaction(connection):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for step in _STEPS[version:]:
            for statement in filter(str.strip, step.split(";")):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(_STEPS)}")


def _in_plain_words(trouble: sqlite3.OperationalError, path: Path) -> Exception:
    """What the system refused, as an error that names the file."""
    known = {
        sqlite3.SQLITE_FULL: OSError(28, "No space left on device", str(path)),
        sqlite3.SQLITE_READONLY: PermissionError(13, "Permission denied", str(path)),
        sqlite3.SQLITE_CANTOPEN: PermissionError(13, "Permission denied", str(path)),
        sqlite3.SQLITE_IOERR: OSError(5, "Input/output error", str(path)),
    }
    code = getattr(trouble, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_BUSY:
        return StateError(f"another program has {FOLDER}/{FILE} open, so that nothing can be noted in it", "try again in a minute")
    return known.get(code) or StateError(f"{FOLDER}/{FILE} cannot be used: {trouble}", "`sigctl doctor` looks into it")
