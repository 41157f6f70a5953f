"""The folders into which feeds were written: which they are, what each file was made of, and what of ours lies there that nobody knows."""

import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

from sigctl.deliver.files import remove
from sigctl.deliver.state import Connection
from sigctl.event import PRODUCT

_ABOUT: Final = "calendars in "
"""What the name of a note begins with that tells of a folder."""
_NAME: Final = re.compile(r"[0-9a-f]{32}\.ics")
_HEAD: Final = 200
"""Octets within which a file says who wrote it."""


def folders(connection: Connection, workspace: Path) -> tuple[Path, ...]:
    """All folders into which feeds were ever written, by name; not all of them need still be there."""
    found = connection.execute("SELECT name FROM about WHERE substr(name, 1, ?) = ? ORDER BY name", (len(_ABOUT), _ABOUT))
    return tuple(workspace.resolve() / name.removeprefix(_ABOUT) for (name,) in found)


def marks(connection: Connection, workspace: Path, folder: Path) -> Mapping[str, str]:
    """By file, what tells that it is as it was made; nothing for a folder into which none was written."""
    row = connection.execute("SELECT value FROM about WHERE name = ?", (_named(workspace, folder),)).fetchone()
    found: Mapping[str, str] = json.loads(row[0]) if row else {}
    return found


def note(connection: Connection, workspace: Path, folder: Path, marks: Mapping[str, str]) -> None:
    """Note a folder into which feeds were written, and of each file what tells that it is as it was made."""
    row = (_named(workspace, folder), json.dumps(marks, sort_keys=True))
    connection.execute("INSERT OR REPLACE INTO about (name, value) VALUES (?, ?)", row)


def let_go(connection: Connection, workspace: Path, folder: Path) -> None:
    """Forget a folder."""
    connection.execute("DELETE FROM about WHERE name = ?", (_named(workspace, folder),))


def take_away(folder: Path, names: Collection[str]) -> tuple[str, ...]:
    """Take these feeds' files out of a folder, and name those that went. What is not ours stays. Raises OSError."""
    gone = tuple(name for name in names if is_ours(folder / name))
    for name in gone:
        remove(folder / name)
    return gone


def is_ours(path: Path) -> bool:
    """Whether a file is there and sigctl wrote it: no other is ever taken away."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return f"PRODID:{PRODUCT}".encode() in file.read(_HEAD)


def strangers(folder: Path, known: Collection[str], cluster: str) -> tuple[str, ...]:
    """The names of feeds in a folder that tell of a cluster, by its id, and are none of those that are known.

    Such are left over where the state of a workspace was lost, or is an older one: whoever has their address can read them for ever,
    and they tell nothing new. Feeds of other clusters that share the folder are none of our business. Raises OSError.
    """
    if not folder.is_dir():
        return ()
    found = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name) and path.name not in known)
    return tuple(path.name for path in found if is_ours(path) and _tells_of(path, cluster))


def _tells_of(path: Path, cluster: str) -> bool:
    """Whether a feed has an event of a cluster."""
    return f"@{cluster}\r\n".encode() in path.read_bytes().replace(b"\r\n ", b"")


def _named(workspace: Path, folder: Path) -> str:
    """The name of the note of a folder: as it is seen from the workspace where it lies within, so that it moves along."""
    here, there = workspace.resolve(), folder.resolve()
    return _ABOUT + (there.relative_to(here).as_posix() if there.is_relative_to(here) else there.as_posix())
