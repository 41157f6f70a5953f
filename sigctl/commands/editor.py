"""What lets an editor complete and explain the files: a schema in the workspace, and the line that points to it."""

import json
from functools import cache
from pathlib import PurePosixPath
from typing import Final

SCHEMA_FILE: Final = ".sigctl/schema.json"
"""Where the schema stands in a workspace. Names with a leading dot are not read as part of it."""

_MARK: Final = "# yaml-language-server:"
_HEAD: Final = 20


@cache
def schema_text() -> str:
    """The JSON Schema of a workspace file, as it stands in a file."""
    from sigctl.commands.json_schema import workspace_schema

    return json.dumps(workspace_schema(), indent=1, ensure_ascii=False) + "\n"


def schema_line(file: str) -> str:
    """The line that tells an editor where the schema of a file of the workspace is."""
    ups = len(PurePosixPath(file).parts) - 1
    return f"{_MARK} $schema={'../' * ups}{SCHEMA_FILE}"


def with_schema_line(text: str, file: str) -> str:
    """A text with the line on top, unless one of its first lines says where a schema is. Everything else stays as it is."""
    head = text.split("\n", _HEAD)[:_HEAD]
    if any(line.lstrip("\ufeff \t").startswith(_MARK) for line in head):
        return text
    end = "\r\n" if "\r\n" in text else "\n"
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    return f"{bom}{schema_line(file)}{end}{text.removeprefix(bom)}"
