"""`sigctl actions add`: one more thing that somebody is to do."""

import re
from collections.abc import Collection
from datetime import date
from typing import Annotated

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.cluster.edit import Append
from sigctl.cluster.matters import matter_at
from sigctl.cluster.membership import next_after
from sigctl.commands import console, options
from sigctl.commands.changing import ToMeeting, change_meetings, place_of
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.known import check_known
from sigctl.commands.meetings import last_held, meeting_meant
from sigctl.commands.opening import opened
from sigctl.commands.texts import TextLang, written_among
from sigctl.nearest import did_you_mean
from sigctl.records import Meeting

_NEXT = "next"


def add(
    meeting: Annotated[
        str, typer.Argument(metavar="MEETING", help="The meeting that agreed it, or a group, whose last one that was held is meant.")
    ],
    text: Annotated[str, typer.Argument(metavar="TEXT", help='What is to be done; "cy: … | en: …" in both languages.')],
    owner: Annotated[str | None, typer.Option("--owner", metavar="PERSON", help="Who does it.")] = None,
    school: Annotated[
        str | None, typer.Option("--school", metavar="SCHOOL", help="The school that does it, where no person is named.")
    ] = None,
    due: Annotated[
        str | None, typer.Option("--due", metavar="DATE", help="The day by which; `next` is the day of the group's next meeting.")
    ] = None,
    item: Annotated[str | None, typer.Option("--item", metavar="ITEM", help="The item under which it was agreed.")] = None,
    id: Annotated[str | None, typer.Option("--id", metavar="ID", help="Its id; the next after those of the meeting, by default.")] = None,
    lang: TextLang = None,
    today: options.Today = None,
    workspace: options.Workspace = None,
    dry_run: options.DryRun = False,
) -> None:
    """Add an action to a meeting.

    Adds lines to the meeting's file, and changes no other. Without --owner and --school it is nobody's yet, and the list says so.
    A text that is written in one language, in a cluster of two, stands in the papers of both as it is; with --lang it belongs to
    that language alone, and the papers of the other mark it as not translated.

    For example:

        sigctl actions add strategic "cy: Anfon y ffigurau | en: Send the figures" --owner aberdare-office --due 2026-12-18
        sigctl actions add strategic-2026-10 "Archebu'r neuadd" --lang cy --school treorchy --due next --item round-1
    """
    cluster = opened(workspace, besides=ABOUT_ROTAS, changing=not dry_run and "sigctl actions add")
    chosen = meeting_meant(cluster, meeting, last_held, "held no meeting yet")
    check_known(cluster, "people", owner)
    check_known(cluster, "schools", school)
    if item is not None and matter_at(chosen, item) is None:
        names = [each.id or str(number) for number, each in enumerate(chosen.items, 1)]
        raise CommandError(f"`{chosen.id}` has no item `{item}`", did_you_mean(item, names, f"its items are {', '.join(names)}"))
    text_there = written_among(text, cluster.settings.cluster.languages, lang)
    given = {"id": id or _next_id(cluster, chosen), "text": text_there, "owner": owner, "school": school, "item": item}
    action = {key: value for key, value in given.items() if value is not None}
    if due is not None:
        action["due"] = _due(cluster, chosen, due).isoformat()
    by_hand = f"write it under `actions:` of `{chosen.id}` yourself"
    changed = change_meetings(cluster, [ToMeeting(chosen.id, Append(("actions",), action))], by_hand, dry_run=dry_run)
    _warn_of(chosen, options.today_in(cluster.settings.cluster.time_zone, today))
    where = place_of(changed, chosen.id, "actions", len(chosen.actions))
    console.say(f"{'would add' if dry_run else 'added'} `{action['id']}` to `{chosen.id}`, at {where}")


def _warn_of(meeting: Meeting, today: date) -> None:
    """Say so where a meeting cannot have agreed anything: it is still to come, or was cancelled."""
    if meeting.status == "cancelled":
        console.say(f"warning: `{meeting.id}` was cancelled, so it agreed nothing, and no list will show this action")
    elif meeting.date > today:
        console.say(f"warning: `{meeting.id}` is on {meeting.date} and has not been held; is this an action of an earlier meeting?")


def _due(cluster: Cluster, meeting: Meeting, due: str) -> date:
    if due != _NEXT:
        return options.day(due)
    following = next_after(cluster, meeting.group, meeting.date)
    if following is None:
        raise CommandError(f"`{meeting.group}` has no meeting after `{meeting.id}`", "write the day behind --due", ExitCode.PROBLEMS)
    return following.date


def _next_id(cluster: Cluster, meeting: Meeting) -> str:
    """An id that no action has: the last of the meeting counted on, or one made of the meeting's own."""
    taken = {action.id for each in cluster.meetings.values() for action in each.actions}
    last = meeting.actions[-1].id if meeting.actions else f"{meeting.id[:56].rstrip('-')}-a0"
    found = re.fullmatch(r"(.*?)(\d{1,6})", last)
    return _counted_on(found[1], int(found[2]), taken) if found else _counted_on(f"{last[:58].rstrip('-')}-", 1, taken)


def _counted_on(stem: str, number: int, taken: Collection[str]) -> str:
    number += 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"
