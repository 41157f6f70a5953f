"""Files written so that at every instant there is the old one or the new one, whole."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path


class Written(StrEnum):
    """What became of a file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


def write(path: Path, content: str | bytes) -> Written:
    """Put a text or bytes into a file, and say what that changed. Raises OSError that names the file, with the old one as it was."""
    content = content.encode("utf-8") if isinstance(content, str) else content
    with _naming(path):
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
        with tempfile.TemporaryFile(prefix=".sigctl.", dir=there) as trial:
            trial.write(b"\n")
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(13, os.strerror(13), str(path))


def _put(path: Path, content: bytes, mode: int) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
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
    """Make a folder, and take away again what was made where the work in it fails."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for each in missing:
            with contextlib.suppress(OSError):
                each.rmdir()
        raise


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
    finally:
        os.close(handle)
