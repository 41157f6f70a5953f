"""`sigctl remind`: send everybody what is due, once."""

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.commands import console, options
from sigctl.commands.clock import moment_in
from sigctl.commands.doubts import told_of_doubts
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.mailing import put_in_folder
from sigctl.commands.messages import counted, listed
from sigctl.commands.opening import opened
from sigctl.commands.remind.looking import looked_at
from sigctl.commands.remind.messages import confined, messages_of
from sigctl.commands.remind.now import drafts_of, have_left, sent
from sigctl.nearest import did_you_mean
from sigctl.records.reminders import REMINDER_KINDS


class Format(StrEnum):
    """How the list of what would be sent is printed."""

    TEXT = "text"
    JSON = "json"


def remind(
    ctx: typer.Context,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Only reminders of this kind, such as `action-due`.")] = None,
    to_folder: Annotated[
        Path | None, typer.Option("--to-folder", metavar="FOLDER", help="Write the messages into this folder, and send nothing.")
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="How -n prints what would be sent.")] = Format.TEXT,
    workspace: options.Workspace = None,
    today: options.Today = None,
    dry_run: options.DryRun = False,
) -> None:
    """Send everybody what is due and not done, once.

    Each person gets one message, in the language in which they are written to: a friendly one first, a short one some working days
    later; then the name goes to whoever makes the calls, by mail, with the number. Whatever is done, cancelled or put off stops
    by itself. A day on which this did not run is caught up; nothing is sent on days that are no working days for the
    person. How early, how often, and which kinds: `reminders:` in sigctl.yaml; `sigctl explain reminders` tells all of it.

    What was sent once is never sent again, however often this runs; `sigctl outbox` tells what became of each message. Where nothing
    is due, nothing is printed, but for messages of which nobody knows whether they arrived: each run tells of those until `sigctl
    outbox retry` or `sigctl outbox forget` settles it. With -n and with --to-folder nothing is sent and nothing is remembered.

    The kinds are availability, agenda-items, meeting, minutes-due, minutes-out, action-due, action-overdue, visit-soon,
    visit-next-week, visit-held, host-documents, workshop, training and office.

    For example:

        sigctl remind -n                     who would get what, and why
        sigctl remind                        send it
        sigctl remind --kind action-overdue  only this
        sigctl remind --to-folder letters    write each message as a file that a mail program opens
        sigctl remind calls                  the calls that are to be made, with numbers
        sigctl remind why aberdare-head      why somebody gets something, or does not
        sigctl remind -n --format json       for another program: `format` ("sigctl-reminders"), `version` (1), `today`,
                                             `is_working_day`, `messages` (each with `person`, `languages`, `calls` and
                                             `matters`), `calls`, `held` (calls that go on a later list), `caller`, `missed`
                                             and `without_address`; each matter has `person`, `kind`, `subject`, `due`,
                                             `stage`, `opens` and `why`
    """
    _check_kind(kind)
    if ctx.invoked_subcommand is not None:
        return
    _check(format, dry_run=dry_run, to_folder=to_folder)
    if dry_run:
        _preview(workspace, today, kind, format)
    elif to_folder is not None:
        _write(workspace, today, kind, to_folder)
    else:
        _send(workspace, today, kind)


def _check_kind(kind: str | None) -> None:
    """Refuse a kind that there is not."""
    if kind is not None and kind not in REMINDER_KINDS:
        raise CommandError(
            f"there is no kind of reminder `{kind}`", did_you_mean(kind, REMINDER_KINDS, f"write {listed(REMINDER_KINDS, 'or')}")
        )


def _check(format: Format, *, dry_run: bool, to_folder: Path | None) -> None:
    """Refuse what cannot be meant."""
    if format is Format.JSON and not dry_run:
        raise CommandError("--format json tells what would be sent", "write -n as well, or leave --format out")
    if dry_run and to_folder is not None:
        raise CommandError("-n and --to-folder are two ways of looking at what would be sent", "leave one of them out")


def _preview(workspace: Path | None, today: date | None, kind: str | None, format: Format) -> None:
    from sigctl.commands.remind.listing import as_json, listed_for_people  # not before now: no run needs what pages are made of

    cluster = opened(workspace, besides=ABOUT_ROTAS)
    day = moment_in(cluster, today).date()
    round = confined(looked_at(cluster, day).round, kind)
    if format is Format.JSON:
        console.result(as_json(cluster, round).rstrip("\n"))
        return
    text = listed_for_people(cluster, round)
    if text:
        console.result(text.rstrip("\n"))
    else:
        console.say(f"nothing is due on {day}")


def _write(workspace: Path | None, today: date | None, kind: str | None, folder: Path) -> None:
    """Write the messages into a folder; an address that no server takes is told, and keeps nothing else from being written."""
    cluster = opened(workspace, besides=ABOUT_ROTAS)
    moment = moment_in(cluster, today)
    due = looked_at(cluster, moment.date())
    drafts, wrong = drafts_of(cluster, messages_of(cluster, confined(due.round, kind)), moment, due.had)
    if drafts:
        put_in_folder(folder, drafts)
    if wrong:
        raise typer.Exit(ExitCode.PARTLY)


def _send(workspace: Path | None, today: date | None, kind: str | None) -> None:
    """Send what is due. Somebody who watches is told how much it was; a machine hears of trouble alone."""
    from sigctl.deliver.state import state

    watched = console.is_verbose() or console.is_terminal(sys.stderr)
    if not watched:
        console.behave(quiet=True)
    cluster = opened(workspace, besides=ABOUT_ROTAS, changing="sigctl remind")
    with state(cluster.folder) as connection:
        before = have_left(connection) if watched else 0
        code = max(told_of_doubts(connection), sent(cluster, connection, moment_in(cluster, today), kind))
        if watched:
            console.say(f"{counted(have_left(connection) - before, 'message')} sent")
    if code:
        raise typer.Exit(code)
