"""`sigctl outbox confirm`: let messages leave from a workspace that is new here, or was copied, moved or restored."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.commands import console, options
from sigctl.commands.clock import moment_in
from sigctl.commands.holding import hold
from sigctl.commands.messages import counted, visible
from sigctl.commands.opening import inspected, stops, workspace_folder
from sigctl.commands.outbox.choosing import time_told, told_of
from sigctl.deliver.outbox import Entry, Outbox, State
from sigctl.deliver.state import Connection, glance, state
from sigctl.deliver.witness import Standing, standing
from sigctl.deliver.witness import confirm as confirm_standing

_WHY: Final[dict[Standing, str]] = {
    "new": "No message has left from this workspace yet.",
    "moved": "This workspace was copied or moved, or another user has been sending from it: make sure that no other copy of it sends.",
    "restored": (
        "What this workspace remembers is not what it knew when it last sent from here: it came from a backup or another copy, or its "
        "`.sigctl` folder was lost. What has left since then is not known here, and would leave again; and calendars that were made since "
        "then may lie in their folder under names that this workspace does not know any more: `sigctl doctor` lists them."
    ),
    "held": "Somebody has asked that nothing leaves from here (`sigctl outbox hold`).",
}

_LOOKED_AHEAD: Final = 60
"""So many days it is looked ahead for one on which anybody works."""


def confirm(workspace: options.Workspace = None, today: options.Today = None, dry_run: options.DryRun = False) -> None:
    """Let messages leave from this workspace, where it is new, or was copied, moved or restored from a backup.

    Until then it sends nothing, so that nobody hears the same from two copies. Tells when a message last left, what waits, and how
    many reminders are due; `sigctl remind -n` shows those. With -n it tells this and changes nothing.

    Two things nobody can see from here: whether a copy in another folder, or on another computer, was confirmed as well and goes on
    sending; and whether the whole computer came back from a backup, with its home folders. After such a restoration type `sigctl
    outbox hold` before anything runs, look into the mailbox of the sender for what has left since, and confirm then.

    For example:

        sigctl outbox confirm -n       what would leave
        sigctl outbox confirm          let it leave, with the next run
    """
    folder = workspace_folder(workspace)
    if not dry_run:
        hold(folder, "sigctl outbox confirm")
    cluster, problems = inspected(folder)
    moment = moment_in(cluster, today)
    with (glance if dry_run else state)(folder) as connection:
        stands = standing(folder, connection)
        if stands == "confirmed":
            console.say("nothing to do: messages leave from here")
            return
        outbox = Outbox(connection)
        if not dry_run:
            outbox.interrupted(moment)
        is_sound = not stops([each for each in problems if each.mistake not in ABOUT_ROTAS], strict=False)
        due = _due(cluster, connection, moment.date()) if is_sound else None
        console.result(visible("\n".join([_WHY[stands], *_told(cluster, outbox, due)])))
        if dry_run:
            return
        if console.can_ask():
            typer.confirm("Let messages leave from here?", abort=True, err=True)
        confirm_standing(folder, connection)
    console.say("confirmed: messages leave from here with the next `sigctl remind` or `sigctl run`")


class Due(NamedTuple):
    """How many reminders the next run would write, and on which day: the first from now on on which anybody works."""

    number: int
    day: date


def _due(cluster: Cluster, connection: Connection, today: date) -> Due:
    """What the next run would write besides what waits, and anew of what waits."""
    from sigctl.commands.remind.looking import due_on
    from sigctl.commands.remind.messages import messages_of

    days = (today + timedelta(each) for each in range(_LOOKED_AHEAD))
    rounds = (due_on(cluster, connection, day).round for day in days)
    round = next((each for each in rounds if not each.is_quiet), None)
    if round is None:
        return Due(0, today)
    kept = {notice for each in _staying(Outbox(connection).entries([State.PLANNED])) for notice in each.notices}
    return Due(sum(kept.isdisjoint(each.notices) for each in messages_of(cluster, round)), round.day)


def _staying(entries: Sequence[Entry]) -> list[Entry]:
    """What waits and leaves as it is, under its number: a reminder that was never tried is written anew with each run."""
    return [each for each in entries if each.origin != "remind" or each.attempts]


def _told(cluster: Cluster, outbox: Outbox, due: Due | None) -> Iterator[str]:
    """When a message last left, and what would leave; where the files have errors, nobody knows which reminders are due."""
    entries = outbox.entries()
    left = max((each for each in entries if each.state is State.ACCEPTED), key=lambda each: (each.changed, each.number), default=None)
    if left:
        yield f"The last message left on {time_told(left.changed, cluster)}: {told_of(left)}"
    else:
        yield "It remembers no message that has left."
    waiting = _staying([each for each in entries if each.state is State.PLANNED])
    verb = "waits" if len(waiting) == 1 else "wait"
    yield f"{counted(len(waiting), 'message')} {verb} to leave with the next run{':' if waiting else '.'}"
    yield from (f"    {told_of(each)}" for each in waiting)
    if waiting:
        yield f"`sigctl outbox forget {waiting[0].number}` keeps one from leaving."
    if due is None:
        yield "The files have errors, so nobody can tell which reminders are due; `sigctl check` tells more."
    else:
        verb = "is" if due.number == 1 else "are"
        number = counted(due.number, "reminder")
        yield f"{number} {verb} due on {due.day} and would leave then; `sigctl remind -n --today {due.day}` shows them."
    unsure = [each for each in entries if each.state is State.UNKNOWN]
    if unsure:
        yield f"Of {counted(len(unsure), 'message')} nobody knows whether they arrived; `sigctl outbox` lists them."
