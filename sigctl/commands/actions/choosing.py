"""Which action is meant: by its id, or by that of its meeting and its own where two meetings have used the same."""

from typing import NamedTuple

from sigctl.cluster import Cluster
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.messages import listed
from sigctl.nearest import did_you_mean
from sigctl.records import Meeting
from sigctl.records.meeting import Action


class Found(NamedTuple):
    """An action, the meeting that agreed it, and its position there."""

    meeting: Meeting
    action: Action
    at: int


def action_meant(cluster: Cluster, wanted: str) -> Found:
    """The action of that id, or `MEETING/ID`. Raises CommandError where there is none, or more than one."""
    place, _, id = wanted.rpartition("/")
    every = [Found(meeting, action, at) for meeting in cluster.meetings.values() for at, action in enumerate(meeting.actions)]
    found = [each for each in every if each.action.id == id and place in ("", each.meeting.id)]
    if len(found) > 1:
        refs = [f"`{each.meeting.id}/{id}`" for each in found]
        what = f"there are {len(found)} actions `{id}`" if len({each.meeting.id for each in found}) > 1 else f"`{place}` has `{id}` twice"
        raise CommandError(what, f"write {listed(refs, 'or')}" if len(set(refs)) > 1 else "give one of them another id", ExitCode.PROBLEMS)
    if not found:
        known = [f"{each.meeting.id}/{each.action.id}" if place else each.action.id for each in every]
        raise CommandError(f"there is no action `{wanted}`", did_you_mean(wanted, known, "`sigctl actions --state all` lists them"))
    return found[0]
