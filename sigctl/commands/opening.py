"""From the command line to the cluster: find the workspace, read it, check it, and stop where it is invalid."""

import gc
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final, Literal, NamedTuple

import typer

from sigctl.checks import problems_of
from sigctl.cluster import SETTINGS_FILE, Cluster, find_workspace, load
from sigctl.cluster.sweeping import without_sweeping
from sigctl.commands import console
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.holding import hold
from sigctl.commands.messages import counted, listed, summary
from sigctl.commands.own_words import problems_of_words, speak_as
from sigctl.problem import Mistake, Problem, in_file_order

COUNTED: Final = {
    "schools": "school", "people": "person", "groups": "group", "cycles": "cycle", "rotas": "rota", "meetings": "meeting",
    "programmes": "programme",
}  # fmt: skip
"""The kinds of record that are counted, and what one of each is called."""


class Inspected(NamedTuple):
    """A workspace that was read and checked: what it says, and everything that is wrong with it."""

    cluster: Cluster
    problems: tuple[Problem, ...]


def workspace_folder(given: Path | None) -> Path:
    """The folder of the workspace: the one that was named, or else the nearest upwards from here."""
    if given is None:
        here = Path.cwd()
        found = find_workspace(here)
        if found is None:
            message = f"there is no workspace here: no {SETTINGS_FILE} in {here} or in a folder above it"
            raise CommandError(message, "`sigctl init` makes one; --workspace FOLDER names one that is elsewhere")
        return found
    folder = given.parent if given.name == SETTINGS_FILE else given
    if not folder.is_dir():
        raise CommandError(f"there is no folder {folder}", "check the name behind --workspace")
    if not (folder / SETTINGS_FILE).is_file():
        raise CommandError(f"{folder} is no workspace: there is no {SETTINGS_FILE} in it", f"`sigctl init {folder}` makes one")
    return folder


def inspected(workspace: Path | None) -> Inspected:
    """Read and check a workspace, whatever is wrong with it.

    What was read stays to the end, so Python's search for garbage never looks at it again: that spares a long search its pauses.
    """
    with without_sweeping():
        cluster, problems = load(workspace_folder(workspace))
        found = Inspected(cluster, in_file_order([*problems, *problems_of(cluster), *problems_of_words(cluster)]))
        gc.freeze()
    return found


def what_was_read(cluster: Cluster) -> str:
    """What the files hold, in words: `5 files: 7 schools, 24 people and 1 cycle`."""
    counts = [counted(len(cluster.records(kind)), noun) for kind, noun in COUNTED.items() if cluster.records(kind)]
    return f"{counted(len(cluster.files), 'file')}{': ' if counts else ''}{listed(counts)}"


def opened(
    workspace: Path | None, *, strict: bool = False, besides: Collection[Mistake] = (), changing: str | Literal[False] = False
) -> Cluster:
    """A workspace that can be worked with.

    Where it cannot, all problems are told and the command ends with code 3. Mistakes `besides` are the command's own business.
    Warnings alone are told in a line; with -v in full, and what was read as well. Whoever is `changing` something in the
    workspace says so by name, such as `sigctl rota publish`: it is locked before it is read, and until the run ends.
    """
    if changing:
        hold(workspace_folder(workspace), changing)
    cluster, found = inspected(workspace)
    problems = [each for each in found if each.mistake not in besides]
    if stops(problems, strict=strict):
        console.list_problems(problems, sys.stderr)
        raise typer.Exit(ExitCode.INVALID)
    if console.is_verbose():
        console.say(f"read {what_was_read(cluster)} in {cluster.folder}")
        console.list_problems(problems, sys.stderr)
    elif problems:
        console.say(f"{summary(problems)}; `sigctl check` tells more")
    speak_as(cluster)
    return cluster


def stops(problems: Sequence[Problem], *, strict: bool) -> bool:
    """Whether any of the problems keeps the work from going on."""
    return any(each.is_error or strict for each in problems)
