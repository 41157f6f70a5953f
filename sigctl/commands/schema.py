"""`sigctl schema`: what lets an editor complete and explain the files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from sigctl.commands import console
from sigctl.commands.editor import SCHEMA_FILE, schema_text, with_schema_line
from sigctl.commands.errors import CommandError
from sigctl.commands.opening import workspace_folder
from sigctl.commands.options import DryRun, Output, Workspace
from sigctl.deliver import write
from sigctl.source import workspace_files


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
    it on top of the others and brings the schema up to date; nothing else in the files changes. Run it again after an update.

    For example:

        sigctl schema --add                   for the workspace in this folder
        sigctl schema --add -n                only say which files would change
        sigctl schema -o schema.json          the schema alone
    """
    if not add:
        _print_schema(output, dry_run=dry_run)
        return
    if output is not None:
        raise CommandError("--add and -o do not go together", f"--add always writes {SCHEMA_FILE} in the workspace")
    folder = workspace_folder(workspace)
    for path, text in (*_lines_missing(folder), (folder / SCHEMA_FILE, schema_text())):
        if path.is_file() and path.read_bytes() == text.encode("utf-8"):
            continue
        if not dry_run:
            write(path, text)
        console.say(f"{'would write' if dry_run else 'wrote'} {path}")


def _print_schema(output: Path | None, *, dry_run: bool) -> None:
    if dry_run and output is not None:
        console.say(f"would write {output}")
    else:
        console.deliver(schema_text(), output)


def _lines_missing(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files that lack the line, each with it. What is not UTF-8 or is a link out of the workspace is left alone."""
    for path in workspace_files(folder):
        if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
            continue
        content = path.read_bytes()
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            console.say(f"left {path} alone: it is not saved as UTF-8")
            continue
        lined = with_schema_line(text, path.relative_to(folder).as_posix())
        if lined != text:
            yield path, lined
