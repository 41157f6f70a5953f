"""`sigctl minutes agree`: what a later meeting makes of the minutes: agreed, put right, signed."""

from typing import Annotated

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.checks.minutes import belongs_at
from sigctl.cluster import Cluster
from sigctl.cluster.edit import Append, Change, Edit
from sigctl.cluster.matters import has_confidential_item
from sigctl.cluster.membership import later_than, when
from sigctl.commands import console, options
from sigctl.commands.changing import ToMeeting, change_meetings, place_of
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.known import check_known
from sigctl.commands.meetings import meeting_meant, to_agree
from sigctl.commands.messages import counted
from sigctl.commands.opening import opened
from sigctl.commands.texts import TextLang, written_among
from sigctl.records import Meeting
from sigctl.records.meeting import Minutes


def agree(
    meeting: Annotated[
        str, typer.Argument(metavar="MEETING", help="The meeting whose minutes are agreed, or a group, whose last draft is meant.")
    ],
    at: Annotated[
        str | None, typer.Option("--at", metavar="MEETING", help="The meeting that agreed them; the next one that was held, by default.")
    ] = None,
    correction: Annotated[
        list[str] | None, typer.Option("--correction", metavar="TEXT", help="What was put right; may be given several times.")
    ] = None,
    signed_by: Annotated[str | None, typer.Option("--signed-by", metavar="PERSON", help="Who signed them, as chair.")] = None,
    lang: TextLang = None,
    workspace: options.Workspace = None,
    dry_run: options.DryRun = False,
) -> None:
    """Note that the minutes of a meeting were agreed at a later one, with what was put right, and who signed them.

    The notes stay as they were written; what was put right stands beside them, and on the paper above them. Changes only the
    lines of these minutes. Minutes that are agreed already can still be signed, and put right once more. What was put right in a
    confidential item needs `item:` in the file, so that it stands in the confidential part: `{text: …, item: pay}`.

    For example:

        sigctl minutes agree strategic
        sigctl minutes agree strategic-2026-10 --at strategic-2026-12 --signed-by rhydywaun-head
        sigctl minutes agree strategic --correction "cy: Roedd pennaeth Porth yno | en: The head of Porth was there"
    """
    cluster = opened(workspace, besides=ABOUT_ROTAS, changing=not dry_run and "sigctl minutes agree")
    chosen = meeting_meant(cluster, meeting, to_agree, "no draft of minutes")
    minutes = chosen.minutes
    if minutes is None:
        raise CommandError(f"`{chosen.id}` has no minutes yet", f"`sigctl minutes new {chosen.id}` writes a form", ExitCode.PROBLEMS)
    check_known(cluster, "people", signed_by)
    check_known(cluster, "meetings", at)
    if minutes.status != "draft" and not correction and not (signed_by and minutes.status == "agreed"):
        where = place_of(cluster, chosen.id, "minutes", "status")
        raise CommandError(f"the minutes of `{chosen.id}` are {minutes.status} already, at {where}", code=ExitCode.PROBLEMS)
    later = _later(cluster, chosen, minutes, at)
    if signed_by:
        _refuse_stranger(cluster, later, signed_by)
    languages = cluster.settings.cluster.languages
    edits = _edits(minutes, later, signed_by, [written_among(text, languages, lang) for text in correction or ()])
    by_hand = f"write it into `minutes:` of `{chosen.id}` yourself"
    change_meetings(cluster, [ToMeeting(chosen.id, edit) for edit in edits], by_hand, dry_run=dry_run)
    noted, right = "would note" if dry_run else "noted", counted(len(correction or ()), "correction")
    if minutes.status == "draft" or signed_by:
        state = f"the minutes of `{chosen.id}` as {'signed' if signed_by else 'agreed'} at `{later.id}`"
        console.say(f"{noted} {state}{f', with {right}' if correction else ''}")
    else:
        console.say(f"{noted} {right} to the minutes of `{chosen.id}`")
    if correction and has_confidential_item(cluster, chosen):
        console.say("what was put right in a confidential item needs `item:` in the file, or it stands in the ordinary minutes")


def _later(cluster: Cluster, meeting: Meeting, minutes: Minutes, at: str | None) -> Meeting:
    """The meeting that agreed the minutes: the one that was named, or stands there already, or else the next that was held."""
    named = at or minutes.agreed_at
    if named:
        found = cluster.meetings[named]
        if when(found) <= when(meeting) or found.group != meeting.group:
            raise CommandError(f"`{named}` is no later meeting of `{meeting.group}`", "minutes are agreed at a later one of the same group")
        if found.status != "held":
            advice = "write `status: held` there if it took place, or name another meeting"
            raise CommandError(f"`{named}` is {found.status}, so it agreed nothing", advice, ExitCode.PROBLEMS)
        return found
    after = list(later_than(cluster, meeting))
    held = next((each for each in after if each.status == "held"), None)
    if held is None:
        planned = f"`{after[0].id}` is still {after[0].status}: write `status: held` there, or " if after else ""
        message = f"`{meeting.group}` has held no meeting since `{meeting.id}`"
        raise CommandError(message, f"{planned}name the meeting with --at", ExitCode.PROBLEMS)
    return held


def _refuse_stranger(cluster: Cluster, meeting: Meeting, person: str) -> None:
    """Refuse a signature of somebody who did not belong at the meeting that agreed the minutes."""
    if not belongs_at(cluster, meeting, person):
        advice = f"the chair of `{meeting.id}` signs; write `chair: {person}` there if they chaired it"
        raise CommandError(f"`{person}` did not belong to `{meeting.group}` on {meeting.date}", advice, ExitCode.PROBLEMS)


def _edits(minutes: Minutes, later: Meeting, signed_by: str | None, corrections: list[str | dict[str, str]]) -> list[Edit]:
    edits: list[Edit] = []
    status = "signed" if signed_by or minutes.status == "signed" else "agreed"
    if status != minutes.status:
        edits.append(Change(("minutes", "status"), status))
    if later.id != minutes.agreed_at:
        edits.append(Change(("minutes", "agreed_at"), later.id))
    if signed_by:
        edits += [Change(("minutes", "signed_by"), signed_by), Change(("minutes", "signed_on"), later.date.isoformat())]
    return [*edits, *(Append(("minutes", "corrections"), each) for each in corrections)]
