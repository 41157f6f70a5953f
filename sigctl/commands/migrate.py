"""`sigctl migrate`: bring files of an earlier sigctl up to date, with a copy of each as it was."""

import contextlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from sigctl.cluster import Cluster
from sigctl.cluster.edit import EditError
from sigctl.cluster.format import SETTINGS_FILE, lifted_texts, steps_from, version_of
from sigctl.commands import console, options
from sigctl.commands.changing import problems_with
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.holding import hold
from sigctl.commands.messages import counted
from sigctl.commands.opening import inspected, workspace_folder
from sigctl.deliver import try_writing, write
from sigctl.records.settings import FORMAT

_KEPT: Final = ".sigctl/backup-"


def migrate(workspace: options.Workspace = None, today: options.Today = None, dry_run: options.DryRun = False) -> None:
    """Bring the files up to date with the newest sigctl.

    Files of an earlier version are always read, so this can wait. It changes only the lines that have to change; comments stay. A copy
    of each file as it was is kept in `.sigctl/backup-DATE/`. Either all files are changed or none. Where there is nothing to do, it
    says so.

    For example:

        sigctl migrate -n                     which files would change, and why
        sigctl migrate
    """
    folder = workspace_folder(workspace)
    if not dry_run:
        hold(folder, "sigctl migrate")
    cluster = inspected(workspace).cluster
    texts = {file: (folder / file).read_bytes().decode("utf-8", "surrogateescape") for file in cluster.files}
    version = version_of(texts[SETTINGS_FILE])
    if version is not None and version > FORMAT:
        message = f"the files are in format {version}, and this sigctl knows none after {FORMAT}"
        raise CommandError(message, "install the newest sigctl", ExitCode.INVALID)
    if not dry_run:
        _lift_state(folder)
    after = _after(cluster, texts)
    if not after:
        console.say(f"nothing to do: the files are in format {FORMAT}, the newest")
        return
    for step in steps_from(version):
        console.say(f"format {step.version} to {step.version + 1}: {step.what}")
    kept = _copies(folder, options.today_in(cluster.settings.cluster.time_zone, today))
    if not dry_run:
        _write(folder, kept, texts, after)
    for file in after:
        console.say(f"{'would change' if dry_run else 'changed'} {file}")
    if not dry_run:
        console.say(f"kept {counted(len(after), 'file')} as {'it was' if len(after) == 1 else 'they were'} in {kept}")


def _after(cluster: Cluster, texts: Mapping[str, str]) -> dict[str, str]:
    """What the files will say; refused where that cannot be, or would be invalid."""
    try:
        after = lifted_texts(texts)
    except EditError as trouble:
        message = f"the files could not be changed line by line: {trouble}"
        raise CommandError(message, "they can be read as they are; nothing was changed", ExitCode.PROBLEMS) from None
    known = [(each.code, each.message) for each in problems_with(cluster.folder, {})]
    new = [each for each in problems_with(cluster.folder, after) if each.is_error and (each.code, each.message) not in known]
    if new:
        raise CommandError(f"this would leave {new[0].place.file} invalid: {new[0].message}", "nothing was changed", ExitCode.PROBLEMS)
    return after


def _lift_state(folder: Path) -> None:
    """Bring up to date as well what sigctl remembers; it does so by itself whenever it is opened."""
    from sigctl.deliver.state import FILE, FOLDER, state

    if (folder / FOLDER / FILE).exists():
        with state(folder):
            pass


def _copies(folder: Path, day: date) -> str:
    """A folder for the copies that is not there yet."""
    number, kept = 1, f"{_KEPT}{day}"
    while (folder / kept).exists():
        number += 1
        kept = f"{_KEPT}{day}-{number}"
    return kept


def _write(folder: Path, kept: str, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Write the copies, and then the files; where one cannot be written, those before it become what they were."""
    for file in after:
        try_writing(folder / file)
    for file in after:
        write(folder / kept / file, before[file])
    done = []
    try:
        for file, text in after.items():
            done.append(file)
            write(folder / file, text)
    except OSError:
        for file in done:
            with contextlib.suppress(OSError):
                write(folder / file, before[file])
        raise
