"""`sigctl rota --all FOLDER`: every workspace below a folder planned side by side, with a line for each."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from sigctl.cluster import SETTINGS_FILE
from sigctl.commands import console
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.messages import counted, listed
from sigctl.commands.rota.engine import Engine, Headway
from sigctl.commands.rota.many_formats import check_format, printed
from sigctl.commands.rota.one_of_many import Answer, Task, Wish
from sigctl.render import percent

if TYPE_CHECKING:
    from rich.status import Status

_SHOWN: Final = 3
"""How many workspaces at work are named while the others are waited for."""
_NO_WORKSPACES: Final = ("out", "templates")
"""Folders of a workspace in which nothing is read."""


def plan_all(folder: Path, wish: Wish, by: Engine, format: str, output: Path | None) -> int:
    """Plan every workspace below a folder, print a line for each in the order of their names, and say how all went."""
    check_format(format)
    console.check_output(output)
    tasks = tasks_below(folder, wish)
    with Overseer() as overseer:
        answers = {answer.workspace: answer for answer in by.answers(tasks, overseer)}
    ordered = [answers[task.workspace] for task in tasks]
    console.deliver(printed(ordered, format), output, dry_run=wish.dry_run)
    console.say(_summary(ordered))
    return code_of(ordered)


def tasks_below(folder: Path, wish: Wish) -> list[Task]:
    """What there is to do, in the order of the workspaces' names."""
    return [Task(number, name, str(path), wish) for number, (name, path) in enumerate(workspaces(folder).items())]


def workspaces(folder: Path) -> dict[str, Path]:
    """Each folder below with a `sigctl.yaml` in it, once, by its name from there, in the order of the names."""
    if not folder.is_dir():
        raise CommandError(f"there is no folder {folder}", "check the name behind --all")
    found = {path.relative_to(folder).as_posix(): path.resolve() for path in _below(folder)}
    if not found:
        raise CommandError(f"there is no workspace below {folder}: no folder with a {SETTINGS_FILE} in it")
    return dict(sorted(found.items()))


def _below(folder: Path) -> Iterator[Path]:
    """Workspaces, nested ones as well. A folder that several links lead to is entered once."""
    entered: set[Path] = set()
    for here, folders, files in os.walk(folder, followlinks=True):
        real = Path(here).resolve()
        if real in entered:
            folders.clear()
            continue
        entered.add(real)
        is_workspace = SETTINGS_FILE in files
        folders[:] = sorted(each for each in folders if not each.startswith(".") and not (is_workspace and each in _NO_WORKSPACES))
        if is_workspace:
            yield Path(here)


def code_of(answers: list[Answer]) -> int:
    """Done where all are; the code that all have in common, where they have; else done in part."""
    codes = {answer.code for answer in answers}
    if ExitCode.INTERRUPTED in codes:
        return ExitCode.INTERRUPTED
    return codes.pop() if len(codes) == 1 else ExitCode.PARTLY


def _summary(answers: list[Answer]) -> str:
    """How many workspaces there are, and how many of each status."""
    statuses = [answer.status for answer in answers]
    told = [f"{statuses.count(each)} {each}" for each in dict.fromkeys(sorted(statuses))]
    return f"{counted(len(answers), 'workspace')}: {listed(told)}"


class Overseer:
    """Looks how far all are, shows it on a terminal, and takes Ctrl-C as a wish to stop with what there is."""

    def __init__(self) -> None:
        self._interrupted = False
        self._shown: Status | None = None
        self._before: Any = None

    def __enter__(self) -> Self:
        """Listen for Ctrl-C."""
        self._before = signal.signal(signal.SIGINT, self._interrupt)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Clear the line, and let Ctrl-C mean what it meant before."""
        if self._shown:
            self._shown.stop()
        signal.signal(signal.SIGINT, self._before)

    def __call__(self, headway: Headway) -> bool:
        """Show how far all are; whether to stop."""
        if console.is_lively(sys.stderr):
            self._show("stopping; the best rotas so far are kept" if self._interrupted else words(headway))
        return self._interrupted

    def _interrupt(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        if self._interrupted:
            raise KeyboardInterrupt
        self._interrupted = True

    def _show(self, text: str) -> None:
        if self._shown is None:
            self._shown = console.drawing(sys.stderr).status(text)
            self._shown.start()
        else:
            self._shown.update(text)


def words(headway: Headway) -> str:
    """How far all are, in a few words: how many are done, which are at work, and their gaps where these are known."""
    named = [name if gap is None else f"{name} gap {percent(gap)}" for name, gap in headway.gaps.items()]
    more = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
    running = f", {len(named)} running: {', '.join(named[:_SHOWN])}{more}" if named else ""
    return f"{headway.done} of {headway.among} workspaces done{running} (Ctrl-C keeps what is done)"
