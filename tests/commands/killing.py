"""Runs of sigctl that are killed before any of their changes to the state. Run as a program, it forks one a case.

    python killing.py FOLDER ARGUMENT…

FOLDER is a workspace that is copied for each case K, in which `@people.` becomes `@case-K.`. The command line is run once, killed before
its K-th change, and then twice to its end. It goes on until the first run ended by itself, and prints how each of the three ended.
"""

import os
import shutil
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

import filelock  # noqa: F401
import rich.console  # noqa: F401

import sigctl.deliver.jobs
import sigctl.deliver.lock
import sigctl.deliver.sending
import sigctl.deliver.smtp  # noqa: F401
from sigctl.commands.run import run
from sigctl.deliver.state import state
from sigctl.deliver.witness import confirm

_connect = sqlite3.connect


def deadly(kill_before: int) -> None:
    """Let this process end when it is about to make its K-th change of any state, or to make one last."""
    counted = 0

    def before(statement: str) -> None:
        nonlocal counted
        if statement.lstrip().startswith(("SELECT", "PRAGMA", "CREATE", "--")):
            return
        if counted == kill_before:
            os.kill(os.getpid(), signal.SIGKILL)
        counted += 1

    def connect(*args: Any, **settings: Any) -> sqlite3.Connection:
        connection = _connect(*args, **settings)
        connection.set_trace_callback(before)
        return connection

    sqlite3.connect = connect  # type: ignore[assignment]


def forked(arguments: list[str], kill_before: int = -1) -> int:
    """Run in a process of its own; the code with which it ended, or the signal below zero."""
    child = os.fork()
    if child == 0:
        if kill_before >= 0:
            deadly(kill_before)
        os._exit(run(arguments))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(folder: Path, arguments: list[str]) -> None:
    assert run([*arguments, "--to-folder", str(folder.parent / "letters"), "-w", str(folder)]) == 0
    for case in range(10_000):
        here = folder.parent / f"case-{case}"
        shutil.copytree(folder, here / folder.name)
        settings = here / folder.name / "sigctl.yaml"
        settings.write_text(settings.read_text(encoding="utf-8").replace("@people.", f"@case-{case}."), encoding="utf-8")
        os.environ["HOME"] = str(here / "home")
        told = [*arguments, "-w", str(here / folder.name)]
        with state(here / folder.name) as connection:
            confirm(here / folder.name, connection)
        ended = forked(told, case)
        print("case", case, ended, forked(told), forked(told), flush=True)
        if ended != -signal.SIGKILL:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
