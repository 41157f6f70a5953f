"""`sigctl cron`: what makes the daily run run by itself, for each system's own clockwork. Changes nothing on this computer."""

import os
import sys
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.commands import console, options
from sigctl.commands.errors import CommandError
from sigctl.commands.opening import opened
from sigctl.commands.schedule import Schedule, crontab, service, task, timer
from sigctl.deliver.state import FOLDER

LOG = "run.log"


class Clockwork(StrEnum):
    """What starts programs by itself."""

    CRONTAB = "crontab"
    SYSTEMD = "systemd"
    WINDOWS = "windows"


def _time(text: str) -> time:
    """A time of day as it is written on the command line: 06:10 and in no other way."""
    try:
        if len(text) != 5 or not text.isascii():
            raise ValueError
        return time.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"`{text}` is no time of day; write hours and minutes, such as 06:10") from None


def _page(text: str) -> str:
    """The address of a page, as it is written on the command line."""
    from sigctl.deliver.ping import is_address

    if not is_address(text):
        raise typer.BadParameter(f"`{text}` is no address of a page; write it whole, such as https://hc.example.org/4f1c")
    return text


_For = Annotated[
    Clockwork | None,
    typer.Option("--for", help="What is to start it: cron (Mac, Linux), systemd (Linux) or Windows; what fits this computer by default."),
]
_At = Annotated[time, typer.Option("--at", metavar="TIME", parser=_time, help="At what time of day.")]
_Ping = Annotated[
    str | None,
    typer.Option("--ping", metavar="URL", parser=_page, help="A page that each run is to ask for: see `sigctl run --help`."),
]
_Output = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", metavar="FILE", help="Write it into this file; the two files of systemd into this folder. `-` means the terminal."
    ),
]


def cron(
    workspace: options.Workspace = None,
    clockwork: _For = None,
    at: _At = "06:10",  # type: ignore[assignment]
    ping: _Ping = None,
    output: _Output = None,
    dry_run: options.DryRun = False,
) -> None:
    """Print what makes `sigctl run` run every day: for cron, systemd or Windows.

    It is ready to be used as it is: it names this sigctl and this workspace in full, and remarks in it say what it does, how to begin
    and how to stop. Nothing on this computer is changed.

    A day on which the computer was off is caught up: by systemd and Windows as soon as it is on again, with cron by the next day's
    run. Reminders go by days, never by the hour, so the clock changes of spring and autumn drop and double nothing.

    Mail leaves only from a workspace that may send: `sigctl outbox confirm` says so once, as the user whose clockwork it is.

    What goes wrong is also added to `.sigctl/run.log` in the workspace. For Windows, write the file with `-o`: it is then in
    UTF-16, as Windows wants it. The task runs only while you are logged on, until the Task Scheduler is told otherwise by
    "Run whether user is logged on or not".

    For example:

        sigctl cron                                       for this computer, at ten past six
        sigctl cron --at 07:30 --ping https://hc.example.org/4f1c
        sigctl cron --for systemd -o ~/.config/systemd/user/
        sigctl cron --for windows -o sigctl-sig-3.xml     then: schtasks /Create /TN sigctl-sig-3 /XML sigctl-sig-3.xml
    """
    cluster = opened(workspace, besides=ABOUT_ROTAS)
    folder, log = cluster.folder.resolve(), cluster.folder.resolve() / FOLDER / LOG
    words = ("run", "-w", str(folder), "--log", str(log), *(("--ping", ping) if ping else ()))
    command = _printable((*_this_sigctl(), *words))
    settings = cluster.settings.cluster
    plan = Schedule(settings.id, command, at, settings.time_zone, str(folder), str(log))
    match clockwork or (Clockwork.WINDOWS if os.name == "nt" else Clockwork.CRONTAB):
        case Clockwork.CRONTAB:
            console.deliver(crontab(plan), output, dry_run=dry_run)
        case Clockwork.SYSTEMD:
            _deliver_units(plan, output, dry_run=dry_run)
        case Clockwork.WINDOWS:
            _deliver_task(plan, output, dry_run=dry_run)


def _this_sigctl() -> tuple[str, ...]:
    """How this sigctl is started from anywhere: the program beside this Python, or else as a module of it.

    On Windows it is the Python without a window: somebody might close one that they did not open.
    """
    here = Path(sys.executable)
    silent, program = here.with_name("pythonw.exe"), here.with_name("sigctl")
    if os.name != "nt" and program.is_file():
        return (str(program),)
    return (str(silent if os.name == "nt" and silent.is_file() else here), "-P", "-m", "sigctl")


def _printable(command: tuple[str, ...]) -> tuple[str, ...]:
    """The command, which must fit on a line. Raises CommandError otherwise."""
    for word in command:
        if not word.isprintable():
            raise CommandError(f"`{word}` holds a sign that no line of a list of jobs can hold", "give the folder a plainer name")
    return command


def _deliver_units(plan: Schedule, output: Path | None, *, dry_run: bool) -> None:
    units = {f"{plan.name}.service": service(plan), f"{plan.name}.timer": timer(plan)}
    if output is None or str(output) == "-":
        console.deliver("\n".join(units.values()), output)
        return
    if not output.is_dir():
        raise CommandError(f"there is no folder {output}", "systemd needs two files: name a folder that is there")
    for name, text in units.items():
        console.deliver(text, output / name, dry_run=dry_run)


def _deliver_task(plan: Schedule, output: Path | None, *, dry_run: bool) -> None:
    if output is None or str(output) == "-":
        console.deliver(task(plan), output)
        console.say("Windows wants this as a file in UTF-16: `-o FILE.xml` writes it so")
        return
    console.deliver(task(plan, encoding="UTF-16").replace("\n", "\r\n").encode("utf-16"), output, dry_run=dry_run)
