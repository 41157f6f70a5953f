"""Where files name somebody: those of the workspace, its templates, its papers, and copies that sigctl has kept."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from sigctl.cluster.forgetting import Trace

_TEXTS: Final = frozenset({".yaml", ".yml", ".txt", ".md", ".j2", ".csv", ".html", ".svg", ".json", ".ics", ".eml", ".toml"})
_ZIPPED: Final = frozenset({".docx", ".xlsx", ".ods", ".odt"})
_CLOSED: Final = frozenset({".pdf", ".png", ".jpg", ".zip"})
_MOST: Final = 50_000_000
"""Of a file that unpacks to more bytes than this, nothing is read."""


class Named(NamedTuple):
    """The places that name somebody, as `file:line` or `file`, and the files into which nobody can look."""

    places: list[str]
    unknown: list[str]


def named_in(folder: Path, trace: Trace, instead: Mapping[str, str]) -> Named:
    """Where the files below a folder name somebody. `instead` holds texts by file, in the place of what is there."""
    found = Named([], [])
    for path in _files(folder):
        file, kind = path.relative_to(folder).as_posix(), path.suffix.lower()
        if kind in _TEXTS:
            text = instead[file] if file in instead else _text(path)
            found.places.extend(f"{file}:{line}" for line in trace.lines(text))
        elif trace.is_in(file) or (kind in _ZIPPED and trace.is_in(_unpacked(path))):
            found.places.append(file)
        elif kind in _CLOSED:
            found.unknown.append(file)
    return found


def _files(folder: Path) -> Iterator[Path]:
    """Every file below a folder; of what is hidden, only the copies that `sigctl migrate` has kept."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        is_kept = parts[0] == ".sigctl" and len(parts) > 1 and parts[1].startswith("backup-")
        if (is_kept or not any(part.startswith(".") for part in parts)) and path.is_file() and not path.is_symlink():
            yield path


def _text(path: Path) -> str:
    """The text of a file; of a message that of its parts, each on the lines of the text."""
    content = path.read_bytes()
    if path.suffix.lower() != ".eml":
        return content.decode("utf-8", "replace")
    from email import message_from_bytes, policy

    message = message_from_bytes(content, policy=policy.default)
    head = " ".join(f"{message[key] or ''}" for key in ("To", "Subject"))
    bodies = [part.get_payload(decode=True) for part in message.walk() if part.get_content_maintype() == "text"]
    return "\n".join([head, *(body.decode("utf-8", "replace") for body in bodies if isinstance(body, bytes))])


def _unpacked(path: Path) -> str:
    """The text of an office file, without its marks."""
    try:
        with zipfile.ZipFile(path) as archive:
            inner = [each for each in archive.infolist() if each.filename.endswith((".xml", ".rels"))]
            if sum(each.file_size for each in inner) > _MOST:
                return ""
            return "\n".join(re.sub(r"<[^>]*>", "", archive.read(each).decode("utf-8", "replace")) for each in inner)
    except (OSError, zipfile.BadZipFile):
        return ""
