"""`sigctl calendar`: the feeds of everybody, as files to which calendars subscribe."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.commands import console, options
from sigctl.commands.calendar.now import moment_on, told, write_feeds
from sigctl.commands.calendar.places import folder_of
from sigctl.commands.opening import opened

Folder = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FOLDER", help="The folder for the files; `daily.calendars_in` of sigctl.yaml by default."),
]


def calendar(
    ctx: typer.Context,
    output: Folder = None,
    workspace: options.Workspace = None,
    today: options.Today = None,
    dry_run: options.DryRun = False,
) -> None:
    """Write calendars to subscribe to: of each person, school and group, and of the cluster.

    Each is a file that Outlook, Google, Apple and other calendars understand. Put the folder where your web server or your
    cloud shows it, and give each reader the address of their own file once: from then on their calendar follows by itself.

    A person finds the visits that they are on or in reserve for, the stages of reviews that they lead or owe, and the meetings
    to which they are asked; a headteacher also the visit to their own school. A school finds that visit as well, the days on which
    somebody of it is out (not who), and meetings; a group its meetings; the cluster all visits by host and all meetings, with
    nobody's name. Only published rotas count. No absence, telephone number, finding or item of an agenda is ever in them.

    Each event stays the same one whatever changes about it. What is cancelled is told as cancelled, and what is no longer for this
    reader as taken out, until a year after its day; what was over before it left the files is only left out. Files whose events
    are as they were are not touched, and where nobody watches, nothing is printed. With --today a day that is still to come is only
    looked at, with -n: what is written is noted with the time at which it was.

    The names of the files cannot be guessed: whoever has one can read that calendar. `sigctl calendar list` tells them; if one
    has got into wrong hands, `sigctl calendar rotate` gives it another.

    For example:

        sigctl calendar                              write them all
        sigctl calendar -o /srv/www/calendars        into this folder
        sigctl calendar list                         whose is which file
        sigctl calendar show rhydywaun-head          one of them, on the screen
        sigctl calendar rotate rhydywaun-head        under another name from now on
    """
    if ctx.invoked_subcommand is not None:
        return
    if not (dry_run or console.is_verbose() or console.is_terminal(sys.stderr)):
        console.behave(quiet=True)
    cluster = opened(workspace, besides=ABOUT_ROTAS, changing=not dry_run and "sigctl calendar")
    done = write_feeds(cluster, folder_of(cluster, output), moment_on(cluster, today, noting=not dry_run), dry_run=dry_run)
    if code := told(done, dry_run=dry_run):
        raise typer.Exit(code)
