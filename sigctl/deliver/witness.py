"""Whether this workspace is the one that has been sending from here, and not a copy of it or an older state. Knows no schools.

A note beside the workspace, in the home of whoever sends, holds the same id and the same count of sending runs as the state within.
A copy has no note, an older state has a smaller count; neither may send before somebody has confirmed it. Beside the note, messages
are counted as they leave: a state that was kept in the midst of a run that was killed later would have the same count of runs.
"""

import hashlib
import json
import os
import secrets
from pathlib import Path
from typing import Final, Literal, NamedTuple

from sigctl.deliver.files import remove, write
from sigctl.deliver.outbox import BEGUN
from sigctl.deliver.state import Connection, transaction

Standing = Literal["confirmed", "new", "moved", "restored", "held"]

_ID: Final = "workspace"
_GENERATION: Final = "generation"
_HELD: Final = "held"


class _Mark(NamedTuple):
    """Which workspace it is, how many times it has begun or ended sending, and how many attempts at a message were begun."""

    id: str = ""
    generation: int = 0
    begun: int = 0


def standing(workspace: Path, connection: Connection) -> Standing:
    """How a workspace stands to what is known of it here; only a `confirmed` one may send.

    `new`: it has never sent. `moved`: it has, but not from this place or not as this user. `restored`: what it remembers is not what
    it knew when it last sent from here. `held`: somebody wants nothing to leave. A state that is one run ahead of the note was stopped
    between the two, which is fine, and so is one that knows of more messages: a power cut can undo the note of the last ones.
    """
    inside, outside = _inside(connection), _outside(workspace)
    if outside is None:
        return "moved" if inside.id else "new"
    ahead = inside.generation - outside.generation
    if not inside.id or inside.id != outside.id or ahead not in (0, 1) or inside.begun < outside.begun:
        return "restored"
    return "held" if _is_held(connection) else "confirmed"


def confirm(workspace: Path, connection: Connection) -> None:
    """Let this workspace send from here. Raises OSError.

    A copy in another place that was confirmed there goes on sending: neither of the two can know of the other.
    """
    inside, outside = _inside(connection), _outside(workspace) or _Mark()
    mark = _Mark(secrets.token_hex(16), max(inside.generation, outside.generation) + 1, inside.begun)
    _put_inside(connection, mark)
    _put_outside(workspace, mark)
    connection.execute("DELETE FROM about WHERE name = ?", (_HELD,))


def hold(connection: Connection) -> None:
    """Let nothing leave until somebody has confirmed this workspace anew."""
    connection.execute("INSERT OR REPLACE INTO about (name, value) VALUES (?, 'yes')", (_HELD,))


def count(workspace: Path) -> None:
    """Count a message that is about to leave, beside the workspace; the state has counted it already. Raises OSError.

    One letter more in a file: it outlives the process, whatever ends it, and takes no time.
    """
    handle = os.open(_tally(workspace), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, b".")
    finally:
        os.close(handle)


def advance(workspace: Path, connection: Connection) -> None:
    """Count one more: before the first message of a run leaves, and again after the last. Raises OSError.

    The state comes first, the note second; what a stop between the two left behind is mended before.
    """
    mark = _inside(connection)
    if _outside(workspace) != mark:
        _put_outside(workspace, mark)
    following = mark._replace(generation=mark.generation + 1)
    _put_inside(connection, following)
    _put_outside(workspace, following)


def _inside(connection: Connection) -> _Mark:
    found = dict(connection.execute("SELECT name, value FROM about").fetchall())
    return _Mark(found.get(_ID, ""), int(found.get(_GENERATION, 0)), int(found.get(BEGUN, 0)))


def _is_held(connection: Connection) -> bool:
    return connection.execute("SELECT 1 FROM about WHERE name = ?", (_HELD,)).fetchone() is not None


def _put_inside(connection: Connection, mark: _Mark) -> None:
    with transaction(connection):
        rows = [(_ID, mark.id), (_GENERATION, str(mark.generation))]
        connection.executemany("INSERT OR REPLACE INTO about (name, value) VALUES (?, ?)", rows)


def _outside(workspace: Path) -> _Mark | None:
    """What the note says; a note that cannot be read is of no workspace at all."""
    try:
        told = json.loads(_note(workspace).read_bytes())
        return _Mark(str(told["id"]), int(told["generation"]), int(told.get(BEGUN, 0)) + _counted(workspace))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError):
        return _Mark()


def _counted(workspace: Path) -> int:
    """How many messages were begun since the note was written."""
    tally = _tally(workspace)
    return tally.stat().st_size if tally.exists() else 0


def _put_outside(workspace: Path, mark: _Mark) -> None:
    """Write the note anew. What was counted beside it goes first: a stop between the two leaves too small a count, which is fine."""
    if _counted(workspace):
        remove(_tally(workspace))
    told = {"workspace": str(workspace.resolve()), **mark._asdict()}
    write(_note(workspace), json.dumps(told, indent=2) + "\n")


def _note(workspace: Path) -> Path:
    """Where the note of a workspace stands: no setting of a shell has a say in it, so that cron finds the same."""
    place = os.path.normcase(workspace.resolve())
    return _home() / f"{hashlib.sha256(os.fsencode(place)).hexdigest()[:24]}.json"


def _tally(workspace: Path) -> Path:
    return _note(workspace).with_suffix(".begun")


def _home() -> Path:
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "sigctl"
    try:
        return Path.home() / ".local" / "state" / "sigctl"
    except RuntimeError:
        raise FileNotFoundError(2, "this user has no home folder, in which to note what was sent", "HOME") from None
