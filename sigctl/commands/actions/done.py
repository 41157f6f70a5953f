"""`sigctl actions done` and `drop`: say how an action has come out."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, NamedTuple

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.cluster.edit import Change, Edit
from sigctl.cluster.matters import is_confidential
from sigctl.commands import console, options
from sigctl.commands.actions.choosing import Found, action_meant
from sigctl.commands.changing import ToMeeting, change_meetings, place_of
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.opening import opened
from sigctl.records.meeting import ActionStatus

_Action = Annotated[str, typer.Argument(metavar="ACTION", help="The id of the action, as `sigctl actions` lists it.")]
_More = Annotated[list[str] | None, typer.Argument(metavar="ACTION", help="Other actions that have come out alike.")]
_Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="What there is to say about it; added to a note that is there.")]


def done(
    action: _Action,
    more: _More = None,
    on: Annotated[date | None, typer.Option("--on", metavar="DATE", parser=options.day, help="The day; today, by default.")] = None,
    note: _Note = None,
    workspace: options.Workspace = None,
    today: options.Today = None,
    dry_run: options.DryRun = False,
) -> None:
    """Tick off what is done.

    Writes `status: done` and the day, and changes only these lines of the file; comments stay. Where two meetings have used the
    same id, write MEETING/ID.

    For example:

        sigctl actions done a-2026-10-2
        sigctl actions done a-2026-10-2 --on 2026-11-19 --note "Three schools will join."
    """
    cluster = opened(workspace, besides=ABOUT_ROTAS, changing=not dry_run and "sigctl actions done")
    now = options.today_in(cluster.settings.cluster.time_zone, today)
    day = on or now
    if day > now:
        raise CommandError(f"{day} is still to come", "write the day on which it was done, or leave --on out")
    found = [each for each in _meant(cluster, action, more) if not _is_already(each, "done")]
    for each in found:
        if day < each.meeting.date:
            message = f"`{each.action.id}` was agreed on {each.meeting.date}, so it cannot have been done on {day}"
            raise CommandError(message, "check the day behind --on")
    edits = [Change(("status",), "done"), Change(("done_on",), day.isoformat())]
    _change(cluster, [_Outcome(each, edits, note) for each in found], "ticked off" if not dry_run else "would tick off", dry_run=dry_run)


def drop(
    action: _Action,
    more: _More = None,
    note: _Note = None,
    workspace: options.Workspace = None,
    dry_run: options.DryRun = False,
) -> None:
    """Drop what is no longer wanted.

    Writes `status: dropped`, and changes only this line of the file. The action stays in the minutes.

    For example:

        sigctl actions drop a-2026-10-2 --note "The bus company has stopped the line."
    """
    cluster = opened(workspace, besides=ABOUT_ROTAS, changing=not dry_run and "sigctl actions drop")
    found = [each for each in _meant(cluster, action, more) if not _is_already(each, "dropped")]
    for each in found:
        if each.action.status == "done":
            raise CommandError(f"`{each.action.id}` is done already", "take `status: done` and `done_on:` out first", ExitCode.PROBLEMS)
    edits = [Change(("status",), "dropped")]
    _change(cluster, [_Outcome(each, edits, note) for each in found], "dropped" if not dry_run else "would drop", dry_run=dry_run)


def _meant(cluster: Cluster, first: str, more: Sequence[str] | None) -> list[Found]:
    return [action_meant(cluster, wanted) for wanted in dict.fromkeys([first, *(more or ())])]


def _is_already(found: Found, status: ActionStatus) -> bool:
    """Whether there is nothing to do, which is said."""
    if found.action.status != status:
        return False
    since = f" since {found.action.done_on}" if found.action.done_on else ""
    console.say(f"nothing to do: `{found.action.id}` is {status} already{since}")
    return True


class _Outcome(NamedTuple):
    """How an action has come out, and what there is to say about it."""

    found: Found
    edits: Sequence[Edit]
    note: str | None

    def changes(self) -> Iterator[ToMeeting]:
        """What is to be written into its meeting."""
        for edit in (*self.edits, *self._noted()):
            yield ToMeeting(self.found.meeting.id, edit._replace(path=("actions", self.found.at, *edit.path)))

    def _noted(self) -> Iterator[Edit]:
        """The note, behind the one that is there."""
        old, new = (self.found.action.note or "").rstrip(), self.note
        if new and new not in old:
            between = "\n" if "\n" in old else " " if old.endswith((".", "!", "?")) else "; "
            yield Change(("note",), f"{old}{between}{new}" if old else new)


def _change(cluster: Cluster, outcomes: Sequence[_Outcome], did: str, *, dry_run: bool) -> None:
    """Write how the actions have come out, and say so."""
    changes = [change for outcome in outcomes for change in outcome.changes()]
    if not changes:
        return
    changed = change_meetings(cluster, changes, "write it under `actions:` yourself", dry_run=dry_run)
    for each in (outcome.found for outcome in outcomes):
        where = place_of(cluster if dry_run else changed, each.meeting.id, "actions", each.at)
        text = "confidential" if is_confidential(cluster, each.meeting, each.action.item) else each.action.text.said("en")
        console.say(f"{did} `{each.action.id}` at {where}: {text}")
