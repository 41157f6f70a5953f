"""Files written so that at every instant there is the old one or the new one, whole."""

import contextlib
import errno
import os
import re
import secrets
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Final

_LEFT_OVER: Final = re.compile(r"\..+\.[a-z0-9_]{8}\.part")
"""What a file is called until it is whole; a process that was killed may leave one behind."""
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_NO_SYNC: Final = (errno.EINVAL, errno.ENOTSUP)
"""What drives in a network answer that know no way to make sure of a folder."""
_OLD: Final = 3600.0
"""After so many seconds, nobody is at work on such a file any more."""


class Written(StrEnum):
    """What became of a file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


def write(path: Path, content: str | bytes) -> Written:
    """Put a text or bytes into a file, and say what that changed. Raises OSError that names the file, with the old one as it was.

    What processes that were killed have left in its folder is swept away. A pipe or a device is written to, never replaced.
    """
    content = content.encode("utf-8") if isinstance(content, str) else content
    with _naming(path):
        if _is_stream(path):
            path.write_bytes(content)
            return Written.NEW
        before = path.read_bytes() if path.is_file() else None
        if before == content:
            return Written.UNCHANGED
        with _folder(path.parent):
            _put(path, content, 0o666 & ~_umask() if before is None else path.stat().st_mode & 0o777)
    return Written.NEW if before is None else Written.CHANGED


def remove(path: Path) -> None:
    """Take a file away; nothing where it is gone already. Raises OSError that names the file."""
    with _naming(path):
        path.unlink(missing_ok=True)
        _sync_folder(path.parent)


def try_writing(path: Path) -> None:
    """Find out, before long work, whether a file could be written. Raises OSError that names the file."""
    with _naming(path):
        there = next(folder for folder in path.parents if folder.exists())
        if not _is_stream(path):
            with tempfile.TemporaryFile(prefix=".sigctl.", suffix=".part", dir=there) as trial:
                trial.write(b"\n")
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(13, os.strerror(13), str(path))


def _put(path: Path, content: bytes, mode: int) -> None:
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")  # named before it is made, so that no stop in between leaves it
    try:
        with os.fdopen(os.open(part, _NEW, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(mode)
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
    _sync_folder(path.parent)
    sweep(path.parent)


def sweep(folder: Path) -> int:
    """Take away what processes that were killed have left half written, and say how much it was; what cannot go stays for the next time."""
    gone = 0
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _LEFT_OVER.fullmatch(entry.name):
                about = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(about.st_mode) and time.time() - about.st_mtime > _OLD:
                    Path(entry.path).unlink()
                    gone += 1
    return gone


def swept(folder: Path) -> int:
    """Sweep a folder and everything below it, and say how many files that took away."""
    return sum(sweep(Path(each)) for each, _, _ in os.walk(folder))


def _is_stream(path: Path) -> bool:
    """Whether something is there that is neither file nor folder, such as a pipe or /dev/null."""
    return path.exists() and not path.is_file() and not path.is_dir()


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Let whatever the system refuses name the file that was meant, not one of ours on the way to it."""
    try:
        yield
    except OSError as trouble:
        trouble.filename, trouble.filename2 = str(path), None
        raise


@contextmanager
def _folder(folder: Path) -> Iterator[None]:
    """Make a folder that lasts, and take away again what was made where the work in it fails."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for each in missing:
            with contextlib.suppress(OSError):
                each.rmdir()
        raise
    for each in missing:
        _sync_folder(each.parent)


def _umask() -> int:
    current = os.umask(0o077)
    os.umask(current)
    return current


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as trouble:
        if trouble.errno not in _NO_SYNC:
            raise
    finally:
        os.close(handle)
