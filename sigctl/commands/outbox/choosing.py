"""Which messages are meant, by their numbers; and the times of day at which things happened to them."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import typer

from sigctl.cluster import Cluster, load
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.opening import workspace_folder
from sigctl.deliver.outbox import Entry, Outbox

Numbers = Annotated[list[int], typer.Argument(metavar="NUMBER…", help="The numbers of the messages, as `sigctl outbox` lists them.")]

_WRITTEN_BY: Final = {"availability": "availability ask"}
"""Which command writes messages of an origin that is not called like it."""


def meant(outbox: Outbox, numbers: Sequence[int]) -> tuple[Entry, ...]:
    """The messages of these numbers, each once. Raises CommandError where there is none."""
    return tuple(one_meant(outbox, number) for number in dict.fromkeys(numbers))


def one_meant(outbox: Outbox, number: int) -> Entry:
    """The message of that number. Raises CommandError where there is none."""
    found = outbox.entry(number)
    if found is None:
        raise CommandError(f"there is no message {number}", "`sigctl outbox` lists them with their numbers", ExitCode.PROBLEMS)
    return found


def workspace_asked(workspace: Path | None) -> Cluster:
    """The workspace whose outbox is meant, whatever is wrong in its files: messages are looked after all the same."""
    return load(workspace_folder(workspace)).cluster


def time_told(moment: datetime, cluster: Cluster) -> str:
    """A moment as it is told: day and time of day where the cluster is."""
    return f"{moment.astimezone(ZoneInfo(cluster.settings.cluster.time_zone)):%Y-%m-%d %H:%M}"


def written_by(entry: Entry) -> str:
    """What to type for a message to be written anew, such as `sigctl send agenda strategic-2026-11`."""
    if entry.origin != "send" or not entry.notices:
        return f"sigctl {_WRITTEN_BY.get(entry.origin, entry.origin)}"
    notice = entry.notices[0]
    if notice.kind == "rota":
        return f"sigctl send rota --cycle {notice.subject}"
    return f"sigctl send {notice.kind} {notice.subject}{' --again' if notice.stage > 1 else ''}"


def told_of(entry: Entry) -> str:
    """A message in a line: its number, to whom, what about. Tells no address."""
    return f"{entry.number} to `{entry.person}`: {entry.title}" if entry.person else f"{entry.number}, of which all else was erased"
