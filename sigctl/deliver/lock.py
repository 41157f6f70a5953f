"""One run at a time in a workspace: a lock of the operating system, which ends with the process that holds it, however that ends."""

import errno
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from sigctl.deliver.files import write
from sigctl.deliver.state import FOLDER

FILE: Final = "lock"
TOLD: Final = "lock.json"
SOMEBODY: Final = "another run of sigctl"

_LOOKS: Final = 20
_BETWEEN_LOOKS: Final = 0.01
"""Whoever has just taken the lock needs a moment, in seconds, to say who they are."""


class Locked(Exception):
    """Another run has the workspace locked: who holds it, and since when."""

    def __init__(self, holder: str, since: str) -> None:
        super().__init__(f"{holder} {since}".rstrip())
        self.holder = holder
        self.since = since


@contextmanager
def locked(workspace: Path, what: str) -> Iterator[None]:
    """Hold the lock of a workspace, as `what` (such as `sigctl run`); never waits for it.

    Raises Locked where somebody else holds it, OSError that names the file where it cannot be taken.
    """
    from filelock import BaseFileLock, FileLock, SoftFileLock, Timeout

    folder = workspace / FOLDER
    folder.mkdir(exist_ok=True)
    lock: BaseFileLock = FileLock(folder / FILE, blocking=False, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise Locked(*_holder(folder)) from None
    try:
        if isinstance(lock, SoftFileLock):
            raise OSError(errno.ENOLCK, "this drive knows no locks; move the workspace to a drive of this computer", str(folder / FILE))
        write(folder / TOLD, json.dumps({"what": what, "process": os.getpid(), "machine": socket.gethostname(), "since": _now()}) + "\n")
        yield
    finally:
        with suppress(OSError):
            (folder / TOLD).unlink(missing_ok=True)
        lock.release()


def holder_of(workspace: Path) -> Locked | None:
    """Who holds the lock of a workspace, or nobody. The lock itself is tried only where somebody says that they hold it."""
    from filelock import FileLock, Timeout

    folder = workspace / FOLDER
    told = _told(folder / TOLD)
    if told is None or not _lives(told["machine"], int(told["process"])):
        return None
    try:
        with FileLock(folder / FILE, blocking=False, thread_local=False):
            return None
    except Timeout:
        return Locked(*_holder(folder))


def _now() -> str:
    return datetime.now().astimezone().strftime("%H:%M:%S on %Y-%m-%d (%Z)")


def _holder(folder: Path) -> tuple[str, str]:
    """Who holds the lock and since when. What a run that was killed left behind is not believed."""
    for _ in range(_LOOKS):
        told = _told(folder / TOLD)
        if told and _lives(told["machine"], int(told["process"])):
            here = "" if told["machine"] == socket.gethostname() else f" on {told['machine']}"
            return f"`{told['what']}` (process {told['process']}{here})", told["since"]
        time.sleep(_BETWEEN_LOOKS)
    return SOMEBODY, "just now"


def _told(path: Path) -> dict[str, str] | None:
    try:
        told = {key: str(value) for key, value in json.loads(path.read_text(encoding="utf-8")).items()}
        return told if told.keys() >= {"what", "machine", "since"} and told.get("process", "").isdecimal() else None
    except (OSError, ValueError, AttributeError):
        return None


def _lives(machine: str, process: int) -> bool:
    """Whether a process is there; on another machine, and on Windows, it is taken at its word."""
    if os.name == "nt" or machine != socket.gethostname():
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
