"""`sigctl run`: everything that is due today, in one go, by hand or from cron."""

import os
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.commands import console, options
from sigctl.commands.clock import moment_in
from sigctl.commands.complaints import complained
from sigctl.commands.doubts import told_of_doubts
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.holding import hold
from sigctl.commands.messages import counted
from sigctl.commands.opening import inspected, stops, workspace_folder
from sigctl.commands.own_words import speak_as
from sigctl.commands.run_log import also_in

if TYPE_CHECKING:
    from sigctl.deliver.state import Connection

Work = Callable[[Cluster, date | None, bool], int]
"""A job: it takes the cluster, the day of --today, and whether it is only to tell what it would do; it gives an exit code, or raises."""

JOBS: Final = {
    "reminders": "sigctl.commands.remind.now:remind_now",
    "calendars": "sigctl.commands.calendar.now:calendars_now",
    "papers": "sigctl.commands.papers_job:papers_now",
}
"""Where the work of each job of `daily.jobs` is to be found."""


def run(
    workspace: options.Workspace = None,
    ping: Annotated[
        str | None,
        typer.Option("--ping", metavar="URL", help="Ask for this page after the run, or for URL/fail where something went wrong."),
    ] = None,
    log: Annotated[
        Path | None, typer.Option("--log", metavar="FILE", help="Also add whatever is said to this file, with the time.")
    ] = None,
    today: options.Today = None,
    dry_run: options.DryRun = False,
) -> None:
    """Do all that is due today: reminders, calendars, papers.

    Which jobs there are, and in which order, stands under `daily:` in sigctl.yaml; `sigctl explain daily.jobs` tells of each.
    What one job cannot do does not keep the others from being done. Only what is due and not done yet is done, so a second run
    finds nothing to do, and a day on which the computer was off is caught up on the next.

    It never asks anything and says nothing while all is well; -v tells what was done. A message of which nobody knows whether it
    arrived is not well: each run says so until `sigctl outbox retry` or `sigctl outbox forget` settles it. While it runs, the
    workspace is locked, and a run that finds it locked ends at once. `sigctl cron` makes it run every day by itself; `sigctl
    doctor` tells when each job last succeeded.

    With --ping it asks for a page of a service that raises the alarm when runs stop coming.

    Exit code: 0 where all jobs are done, or there is nothing to do; else the highest of all jobs: 3 where the files are invalid, 5
    where a job is done in part or a message is in doubt, 74 where a file cannot be written, 75 where another run has the workspace
    locked.

    For example:

        sigctl run                            now, in this folder
        sigctl run -n                         say what each job would do, and do nothing
        sigctl run -w our-cluster --log run.log
        sigctl run --ping https://hc.example.org/4f1c
    """
    _check_address(ping)
    code: int = ExitCode.TERMINATED
    try:
        code = _attempted(lambda: _logged(workspace, None if dry_run else log, today, dry_run))
    finally:
        if ping and not dry_run:
            _tell_watchman(ping, log, is_well=code == ExitCode.DONE)
    if code:
        raise typer.Exit(code)


def _logged(workspace: Path | None, log: Path | None, today: date | None, dry_run: bool) -> int:
    """Do all jobs, with what they say in the log as well. Where the workspace is missing, nothing is made in its place.

    A drive that is not connected is an empty folder: a log in it would be the first thing to lie there.
    """
    try:
        folder = workspace_folder(workspace)
    except CommandError as missing:
        with also_in(log if log and log.parent.is_dir() else None):
            return complained(missing)
    with also_in(log):
        return _attempted(lambda: _all_jobs(folder, today, dry_run))


def _all_jobs(folder: Path, today: date | None, dry_run: bool) -> int:
    """Do each job, and give the highest of their exit codes. Before them stands what a run has left that somebody must look into."""
    _stand_somewhere(folder)
    cluster = _sound(folder, dry_run=dry_run)
    names = cluster.settings.daily.jobs
    if dry_run:
        return max((_previewed(cluster, name, today) for name in names), default=ExitCode.DONE)
    if not console.is_verbose():
        console.behave(quiet=True)
    from sigctl.deliver.state import state

    with state(cluster.folder) as connection:
        return max((told_of_doubts(connection), *(_done(cluster, name, today, connection) for name in names)))


def _stand_somewhere(folder: Path) -> None:
    """Go into the workspace where the current folder is gone: some libraries cannot work from nowhere."""
    try:
        Path.cwd()
    except OSError:
        os.chdir(folder)


def _sound(folder: Path, *, dry_run: bool) -> Cluster:
    """The workspace, locked and read. What is wrong in it is told in one block: nobody reads a long list in the mail of a machine."""
    if not dry_run:
        hold(folder, "sigctl run")
    cluster, found = inspected(folder)
    errors = [each for each in found if each.is_error and each.mistake not in ABOUT_ROTAS]
    if stops(errors, strict=False):
        more = f", and {counted(len(errors) - 1, 'other error')}" if len(errors) > 1 else ""
        message = f"{errors[0].place}: {errors[0].message}{more}"
        raise CommandError(message, "`sigctl check` tells more; nothing was done, and the next run catches up", ExitCode.INVALID)
    speak_as(cluster)
    return cluster


def _previewed(cluster: Cluster, name: str, today: date | None) -> int:
    """Let a job say what it would do."""
    console.say(f"{name}:")
    return _attempted(lambda: _work(name)(cluster, today, True))


def _done(cluster: Cluster, name: str, today: date | None, connection: "Connection") -> int:
    """Do one job between two notes of it, and give its exit code. Whatever ends it early, be it the system, is noted as well."""
    from sigctl.deliver import jobs

    jobs.began(connection, name, moment_in(cluster))
    outcome = "stopped"
    try:
        code = _attempted(lambda: _work(name)(cluster, today, False))
        outcome = f"exit code {code}" if code else ""
    finally:
        if outcome:
            jobs.failed(connection, name, moment_in(cluster), outcome)
        else:
            jobs.succeeded(connection, name, moment_in(cluster))
    return code


def _work(name: str) -> Work:
    module, _, function = JOBS[name].partition(":")
    found: Work = getattr(import_module(module), function)
    return found


def _attempted(work: Callable[[], int]) -> int:
    """The exit code of some work; what goes wrong in it is told, and ends nothing else."""
    try:
        return int(work())
    except Exception as wrong:
        return complained(wrong)


def _check_address(url: str | None) -> None:
    if url is None:
        return
    from sigctl.deliver.ping import is_address

    if not is_address(url):
        raise typer.BadParameter("what stands behind --ping is no address of a page; it begins with https://")


def _tell_watchman(url: str, log: Path | None, *, is_well: bool) -> None:
    """Ask for the page; where that cannot be done, the run is none the worse for it."""
    from sigctl.deliver.ping import ping

    trouble = ping(url, is_well=is_well)
    if trouble:
        with also_in(log if log and log.is_file() and os.access(log, os.W_OK) else None):
            console.complain(f"the run could not be reported: {trouble}", "the run itself is not affected; check the address behind --ping")
