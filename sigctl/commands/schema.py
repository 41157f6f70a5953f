"""`sigctl schema`: what lets an editor complete and explain the files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from sigctl.commands import console
from sigctl.commands.editor import SCHEMA_FILE, schema_text, with_schema_line
from sigctl.commands.errors import CommandError
from sigctl.commands.holding import hold
from sigctl.commands.opening import workspace_folder
from sigctl.commands.options import DryRun, Output, Workspace
from sigctl.deliver import write
from sigctl.source import read, workspace_files


def schema(
    add: Annotated[
        bool, typer.Option("--add", help="Put the schema into the workspace, and the line that points to it on top of each file.")
    ] = False,
    output: Output = None,
    workspace: Workspace = None,
    dry_run: DryRun = False,
) -> None:
    """Let your editor complete and explain the files.

    Prints the JSON Schema (2020-12) of a workspace file: every field, what it means and what belongs into it.

    Editors such as Visual Studio Code (with its YAML extension) use it while you type, without the internet, if it stands
    in the workspace and each file begins with a line that points to it. Files that sigctl makes have that line. `--add` puts
    it on top of the others and brings the schema up to date; nothing else in the files changes, and what is empty or broken is
    left alone. Run it again after an update.

    For example:

        sigctl schema --add                   for the workspace in this folder
        sigctl schema --add -n                only say which files would change
        sigctl schema -o schema.json          the schema alone
    """
    if not add:
        console.deliver(schema_text(), output, dry_run=dry_run)
        return
    if output is not None:
        raise CommandError("--add and -o do not go together", f"--add always writes {SCHEMA_FILE} in the workspace")
    folder = workspace_folder(workspace)
    if not dry_run:
        hold(folder, "sigctl schema --add")
    for path, text in (*_lines_missing(folder), (folder / SCHEMA_FILE, schema_text())):
        if path.is_file() and path.read_bytes() == text.encode("utf-8"):
            continue
        if not dry_run:
            write(path, text)
        console.say(f"{'would write' if dry_run else 'wrote'} {path.relative_to(folder).as_posix()}")


def _lines_missing(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files that lack the line, each with it. What is empty or cannot be read as it stands is left alone."""
    for path in workspace_files(folder):
        document = read(folder, path)
        if document.problems:
            console.say(f"left {document.file} alone: {document.problems[0].message}")
            continue
        text = path.read_bytes().decode("utf-8")
        lined = with_schema_line(text, path.relative_to(folder).as_posix())
        if lined != text:
            yield path, lined
