"""`sigctl send agenda`: the agenda of a meeting to those who are asked to it."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.commands import options
from sigctl.commands.clock import moment_in
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.meetings import Pick, meeting_meant
from sigctl.commands.opening import opened
from sigctl.commands.send.attaching import AttachedAs
from sigctl.commands.send.papers import MeetingPaper, send_paper
from sigctl.commands.send.telling import Manner, ToFolder, Yes
from sigctl.records import Meeting


def agenda(
    meeting: Annotated[str, typer.Argument(metavar="MEETING", help="The id of the meeting, or of a group, whose next meeting is meant.")],
    again: Annotated[bool, typer.Option("--again", help="Send it once more to those who had it before it changed.")] = False,
    format: AttachedAs = None,
    to_folder: ToFolder = None,
    yes: Yes = False,
    workspace: options.Workspace = None,
    today: options.Today = None,
    dry_run: options.DryRun = False,
) -> None:
    """Send the agenda of a meeting to the group's members and officers.

    A school that is a member gets it through its head, or at its own address. What is confidential is left out; `sigctl agenda
    --confidential` prints that part. Whoever has it already gets nothing, however often this runs; members who joined since do.
    Those without an address are named, so that somebody tells them.

    Exit code: 0 also where there is nothing to send or nobody could be asked; 5 where not everybody could be reached.

    For example:

        sigctl send agenda strategic -n               who would get what; nothing is sent
        sigctl send agenda strategic                  show it, ask, and send it
        sigctl send agenda strategic-2026-11 --again  once more, after it has changed
        sigctl send agenda strategic --yes            without a question, as in a job at night
    """
    manner = Manner(dry_run, to_folder, yes)
    cluster = opened(workspace, besides=ABOUT_ROTAS, changing=False if manner.only_looks else "sigctl send agenda")
    moment = moment_in(cluster, today)
    chosen = meeting_meant(cluster, meeting, _next(moment.date()), "no meeting to come")
    if chosen.status != "planned":
        raise CommandError(f"`{chosen.id}` is {chosen.status}, so its agenda is not sent", "name another meeting", ExitCode.PROBLEMS)
    raise typer.Exit(send_paper(MeetingPaper(cluster, chosen, "agenda", moment.date(), format), manner, moment, again=again))


def _next(today: date) -> Pick:
    def pick(meetings: Sequence[Meeting]) -> Meeting | None:
        return next((each for each in meetings if each.status == "planned" and each.date >= today), None)

    return pick
