"""The files of a workspace: which there are, and their text."""

import codecs
import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from sigctl.problem import Mistake, Place, Problem
from sigctl.source import mistakes
from sigctl.source.document import Document, parse
from sigctl.source.page import BREAK, Page, visible

MAX_BYTES: Final = 20_000_000
LARGE: Final = 1_000_000
"""From so many bytes on, letters that are not UTF-8 are no longer looked at one by one."""
MOST_NULLS: Final = 2
TEMPLATES: Final = "templates"
"""The folder of a workspace in which its own templates and its letterhead stand."""
OUT: Final = "out"
"""The folder of a workspace into which papers go that no terminal can show."""
LEFT_OUT: Final = (TEMPLATES, OUT)
_ENDINGS: Final = (".yaml", ".yml")


class Refusal(NamedTuple):
    """Why a file is not read, and what to do."""

    mistake: Mistake
    message: str
    advice: str


_NO_TEXT = Refusal(mistakes.NOT_UTF8, "this is not a text file", "move it out of the workspace")
_OUTSIDE = Refusal(mistakes.UNREADABLE, "this is a link that leads out of the workspace", "put the file itself here")
_NO_FILE = Refusal(mistakes.UNREADABLE, "this is not an ordinary file", "move it out of the workspace")
_CIRCLE = Refusal(mistakes.UNREADABLE, "this is a link that leads back to itself, or nowhere", "delete it")
_FORBIDDEN = Refusal(mistakes.UNREADABLE, "you are not allowed to read this", "ask whoever made it for leave to read it")


def workspace_files(folder: Path) -> tuple[Path, ...]:
    """Every `*.yaml` and `*.yml` below the folder, sorted; not under `templates`, `out` or a name with a leading dot.

    A folder that cannot be opened stands among them, so that reading it says so.
    """
    return tuple(sorted(_walk(folder), key=lambda path: path.relative_to(folder).as_posix()))


def _walk(folder: Path) -> Iterator[Path]:
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            entries = list(os.scandir(here))
        except OSError:
            yield from (here,) if here != folder else ()
            continue
        for entry in entries:
            if entry.name.startswith(".") or (here == folder and entry.name in LEFT_OUT):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry.path))
            elif entry.name.lower().endswith(_ENDINGS):
                yield Path(entry.path)


def read(folder: Path, path: Path) -> Document:
    """One file of the workspace as a document; what cannot be read is a problem in it."""
    file = visible(path.relative_to(folder).as_posix()).replace("\n", "\ufffd")
    try:
        refused = _refusal(folder, path)
        content = b"" if refused else path.read_bytes()
    except PermissionError:
        refused = _FORBIDDEN
    except RuntimeError:
        refused = _CIRCLE
    except OSError as trouble:
        refused = (
            _CIRCLE
            if trouble.errno in (errno.ENOENT, errno.ELOOP)
            else Refusal(mistakes.UNREADABLE, f"this cannot be read: {trouble.strerror}", "close it in other programs and try again")
        )
    return _refused(file, refused) if refused else decoded(file, content)


def _refused(file: str, refused: Refusal) -> Document:
    return Document(file, "", None, (Problem(refused.mistake, refused.message, Place(file), refused.advice),))


def _refusal(folder: Path, path: Path) -> Refusal | None:
    status = path.stat()
    if not path.resolve().is_relative_to(folder.resolve()):
        return _OUTSIDE
    if stat.S_ISDIR(status.st_mode) and not path.is_symlink():
        return _FORBIDDEN
    if not stat.S_ISREG(status.st_mode):
        return _NO_FILE
    if status.st_size > MAX_BYTES:
        told = f"this file has {status.st_size // 1_000_000} MB; at most {MAX_BYTES // 1_000_000} are read"
        return Refusal(mistakes.TOO_BIG, told, "move it out of the workspace")
    return None


def decoded(file: str, content: bytes) -> Document:
    """The document that some bytes are; where they are not UTF-8, the rest of it is still read as far as can be guessed."""
    if wide := _wide(content):
        return _not_utf8(file, content.decode(wide, "replace"), 0, "this file is saved as UTF-16, not as UTF-8")
    if content.count(b"\0") > MOST_NULLS:
        return _refused(file, _NO_TEXT)
    try:
        return parse(file, content.decode("utf-8-sig"))
    except UnicodeDecodeError as trouble:
        text = content.decode("utf-8-sig", "as-windows") if len(content) < LARGE else content.decode("cp1252", "replace")
        before = len(content[: trouble.start].decode("utf-8-sig" if len(content) < LARGE else "cp1252", "replace"))
        return _not_utf8(file, text, before, "this letter is not saved as UTF-8")


def _wide(content: bytes) -> str | None:
    """Which kind of UTF-16 some bytes are, by their mark or by their every second byte; None where they are none."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    coding = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be" if content[:1] == b"\0" else None
    if coding and all("\t" <= sign < "\u2100" for sign in content[:400].decode(coding, "replace").rstrip("\ufffd")):
        return coding
    return None


def _not_utf8(file: str, text: str, at: int, message: str) -> Document:
    lines = BREAK.split(text[:at])
    place = Page(file, text).place(len(lines) - 1, len(lines[-1]), 1)
    document = parse(file, text)
    return replace(document, problems=(Problem(mistakes.NOT_UTF8, message, place, "save the file as UTF-8"), *document.problems))


def _as_windows(trouble: UnicodeError) -> tuple[str, int]:
    """A byte that is not UTF-8 as the letter that Windows means by it."""
    if not isinstance(trouble, UnicodeDecodeError):
        raise trouble
    bad = trouble.object[trouble.start : trouble.end]
    return bad.decode("cp1252", "replace"), trouble.end


codecs.register_error("as-windows", _as_windows)
