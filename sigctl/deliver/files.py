"""Files written so that at every instant there is the old one or the new one, whole."""

import contextlib
import os
import tempfile
from enum import StrEnum
from pathlib import Path


class Written(StrEnum):
    """What became of a file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


def write(path: Path, text: str) -> Written:
    """Put a text into a file, and say what that changed. Raises OSError, with the old file as it was."""
    content = text.encode("utf-8")
    before = path.read_bytes() if path.is_file() else None
    if before == content:
        return Written.UNCHANGED
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(path.stat().st_mode & 0o777 if before is not None else 0o666 & ~_umask())
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
    _sync_folder(path.parent)
    return Written.NEW if before is None else Written.CHANGED


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
