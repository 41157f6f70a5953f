"""`sigctl minutes new`: a form for the minutes of a meeting, in the workspace or on paper."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.cluster.membership import officers_on
from sigctl.commands import console, options, papers
from sigctl.commands.changing import ToMeeting, change_meetings, place_of
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.meetings import Pick, meeting_meant, stem_of
from sigctl.commands.messages import counted
from sigctl.commands.opening import opened
from sigctl.commands.papers import Paper, PaperFormat, Printing, deliver_papers
from sigctl.records import Meeting

if TYPE_CHECKING:
    from sigctl.reports.minutes.form import FormPage


def new(
    meeting: Annotated[
        str, typer.Argument(metavar="MEETING", help="The id of the meeting, or of a group, whose last meeting up to today is meant.")
    ],
    format: Annotated[PaperFormat | None, typer.Option("--format", help="Print a form to fill in by hand, and change no file.")] = None,
    output: papers.Output = None,
    lang: options.Language = None,
    today: options.Today = None,
    dry_run: options.DryRun = False,
    workspace: options.Workspace = None,
) -> None:
    """Write a form for the minutes of a meeting into its file, to be filled in.

    The meeting becomes `held`; all who were members on that day stand under `present`, to be moved to `apologies` or `absent`;
    under each item of the agenda there is room for a note; comments say how to write decisions and actions. Items carried over from
    the last meeting become items of this one, still marked `carried: true`; take that out of those that were dealt with. Only lines
    of this meeting are added, and what you leave empty counts as left out. Where there are minutes already, nothing is written.

    With --format, the form is printed on paper for taking the minutes by hand, for a meeting that is still to come as well.

    For example:

        sigctl minutes new strategic                       after the meeting: the form in its file
        sigctl minutes new strategic-2026-12 --format pdf  before it: a form on paper
    """
    cluster = opened(workspace, besides=ABOUT_ROTAS, changing=not (format or dry_run) and "sigctl minutes new")
    day = options.today_in(cluster.settings.cluster.time_zone, today)
    chosen = meeting_meant(cluster, meeting, _next(day) if format else _last(day), "had no meeting yet")
    if format:
        paper = Paper("minutes_form", stem_of(cluster, chosen, "minutes-form"), _form(cluster, chosen, day))
        deliver_papers(cluster, [paper], Printing(format, options.languages_of(cluster, lang), output=output, dry_run=dry_run))
        return
    from sigctl.commands.minutes.carrying import CARRIED, carried_items, item_edits
    from sigctl.commands.minutes.form import form_edits

    _refuse(cluster, chosen, day)
    held = officers_on(cluster.groups[chosen.group], chosen.date)
    carried = carried_items(cluster, chosen)
    whole = chosen.model_copy(update={"items": (*chosen.items, *carried)})
    edits = form_edits(_form(cluster, whole, day), whole, held.get("secretary") or held.get("clerk"), options.languages_of(cluster, lang))
    changes = [ToMeeting(chosen.id, edit) for edit in (*item_edits(carried), *edits)]
    change_meetings(cluster, changes, f"write `minutes:` into {place_of(cluster, chosen.id)} yourself", dry_run=dry_run)
    console.say(f"{'would write' if dry_run else 'wrote'} a form into {place_of(cluster, chosen.id)}")
    if carried:
        console.say(f"also wrote what was carried over from the last meeting: {counted(len(carried), 'item')} under `items:`; {CARRIED}")
    if not dry_run:
        console.say(f"fill it in there; `sigctl minutes show {chosen.id}` prints it")


def _form(cluster: Cluster, meeting: Meeting, day: date) -> "FormPage":
    """The form, out of the agenda, whose machinery is loaded only now: the other commands do without it."""
    from sigctl.commands.blocks import words_of_blocks
    from sigctl.reports.agenda import Around
    from sigctl.reports.minutes.form import form_page

    return form_page(Around(cluster, meeting, day), words_of_blocks())


def _last(day: date) -> Pick:
    def pick(meetings: Sequence[Meeting]) -> Meeting | None:
        return next((each for each in reversed(meetings) if each.date <= day), None)

    return pick


def _next(day: date) -> Pick:
    def pick(meetings: Sequence[Meeting]) -> Meeting | None:
        return next((each for each in meetings if each.date >= day), None) or next(reversed(meetings), None)

    return pick


def _refuse(cluster: Cluster, meeting: Meeting, today: date) -> None:
    """Refuse a form for a meeting that has minutes, has not taken place or does not."""
    if meeting.minutes:
        message = f"`{meeting.id}` has minutes already, at {place_of(cluster, meeting.id, 'minutes')}"
        raise CommandError(message, f"`sigctl minutes show {meeting.id}` prints them", ExitCode.PROBLEMS)
    if meeting.status == "cancelled":
        raise CommandError(f"`{meeting.id}` was cancelled", "write another `status:` if it took place after all", ExitCode.PROBLEMS)
    if meeting.date > today:
        message = f"`{meeting.id}` is on {meeting.date}, so it has not taken place"
        raise CommandError(message, "--format pdf prints a form to take along", ExitCode.PROBLEMS)
