"""`sigctl send minutes`: the minutes of a meeting to the group."""

from typing import Annotated

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.commands import options
from sigctl.commands.clock import moment_in
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.meetings import last_held, meeting_meant
from sigctl.commands.opening import opened
from sigctl.commands.send.attaching import AttachedAs
from sigctl.commands.send.papers import MeetingPaper, send_paper
from sigctl.commands.send.telling import Manner, ToFolder, Yes


def minutes(
    meeting: Annotated[str, typer.Argument(metavar="MEETING", help="The id of the meeting, or of a group, whose last meeting is meant.")],
    again: Annotated[bool, typer.Option("--again", help="Send them once more to those who had them before they changed.")] = False,
    format: AttachedAs = None,
    to_folder: ToFolder = None,
    yes: Yes = False,
    workspace: options.Workspace = None,
    today: options.Today = None,
    dry_run: options.DryRun = False,
) -> None:
    """Send the minutes of a meeting to the group's members and officers, without the confidential part.

    As with an agenda, whoever has them already gets nothing. `sigctl minutes show --confidential` prints the confidential part.

    Exit code: 0 also where there is nothing to send or nobody could be asked; 5 where not everybody could be reached.

    For example:

        sigctl send minutes strategic -n              who would get what; nothing is sent
        sigctl send minutes strategic                 of the group's last meeting
        sigctl send minutes strategic-2026-10 --again once more, after they have changed
        sigctl send minutes strategic --to-folder out write the messages as files that a mail program opens
    """
    manner = Manner(dry_run, to_folder, yes)
    cluster = opened(workspace, besides=ABOUT_ROTAS, changing=False if manner.only_looks else "sigctl send minutes")
    moment = moment_in(cluster, today)
    chosen = meeting_meant(cluster, meeting, last_held, "held no meeting yet")
    if chosen.minutes is None:
        raise CommandError(f"`{chosen.id}` has no minutes yet", f"`sigctl minutes new {chosen.id}` writes a form", ExitCode.PROBLEMS)
    raise typer.Exit(send_paper(MeetingPaper(cluster, chosen, "minutes", moment.date(), format), manner, moment, again=again))
