"""`sigctl outbox`: the messages, with how far each has come. No address is told."""

import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Annotated, Any, Final

import typer

from sigctl.cluster import Cluster
from sigctl.commands import console, options
from sigctl.commands.as_json import json_text
from sigctl.commands.messages import counted, visible
from sigctl.commands.outbox.choosing import time_told, workspace_asked
from sigctl.deliver.outbox import Entry, Outbox, State
from sigctl.deliver.state import glance
from sigctl.deliver.witness import standing

_WORRIES: Final = (State.UNKNOWN, State.REFUSED)
_WAITING: Final = (State.SENDING, State.PLANNED)
_DONE: Final = (State.ACCEPTED, State.FORGOTTEN)
_LATELY: Final = 10
"""So many of those that are done with are listed, the newest first, where nothing else is asked for."""
_STYLES: Final = {State.UNKNOWN: "bold yellow", State.REFUSED: "bold red", State.FORGOTTEN: "dim"}


class Format(StrEnum):
    """How the messages are printed."""

    TEXT = "text"
    JSON = "json"


States = Annotated[list[State] | None, typer.Option("--state", help="Only those that have come so far, all of them.")]
Formatted = Annotated[Format, typer.Option("--format", help="How to print them.")]


def outbox(
    ctx: typer.Context,
    state: States = None,
    format: Formatted = Format.TEXT,
    workspace: options.Workspace = None,
) -> None:
    """Show the messages: what waits, what has left, and what nobody is sure of.

    `planned` waits for the next run. `sending` is on its way just now. `accepted` is with the mail server. `refused` will not be taken by
    it, for the reason that stands beside. `unknown` has left, or has not: the connection broke, or the computer stopped, before
    the server's answer; ask the person, or look into the mailbox of the sender. It is never sent again unless you say so.
    `forgotten` is one that you have let be. Without --state, those that are done with are listed as far as the last ten.

    For example:

        sigctl outbox                       what there is to look into, what waits, and what has left lately
        sigctl outbox --state accepted      all that has left
        sigctl outbox show 12               the whole of a message
        sigctl outbox retry 12 14           let messages leave once more
        sigctl outbox forget 12             let one be
        sigctl outbox hold                  let nothing leave until `sigctl outbox confirm`
        sigctl outbox --format json         for another program: `format` ("sigctl-outbox"), `version` (1), `standing` ("confirmed",
                                            or why nothing leaves from here) and `messages`, each with `number`, `origin`, `person`,
                                            `title`, `state`, `attempts`, `not_before`, `answer`, `made`, `changed` and `notices`
    """
    if ctx.invoked_subcommand is None:
        list_(state, format, workspace)


def list_(state: States = None, format: Formatted = Format.TEXT, workspace: options.Workspace = None) -> None:
    """Show the messages, as `sigctl outbox` alone does.

    For example:

        sigctl outbox list --state unknown --state refused
    """
    cluster = workspace_asked(workspace)
    with glance(cluster.folder) as connection:
        entries = Outbox(connection).entries(state or tuple(State))
        stands = standing(cluster.folder, connection)
    if format is Format.JSON:
        console.result(json_text("sigctl-outbox", {"standing": stands, "messages": [_told(each) for each in entries]}).rstrip("\n"))
        return
    _print(cluster, entries if state else _usual(entries), is_all=bool(state))
    if stands != "confirmed" and any(each.state in _WAITING for each in entries):
        console.say("nothing leaves from here before `sigctl outbox confirm`")


def _usual(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """What is worth a look: worries first, then what waits, then the newest of the rest."""
    done = sorted((each for each in entries if each.state in _DONE), key=lambda each: (each.changed, each.number), reverse=True)
    first = [each for states in (_WORRIES, _WAITING) for each in entries if each.state in states]
    return (*first, *done[:_LATELY])


def _print(cluster: Cluster, entries: Sequence[Entry], *, is_all: bool) -> None:
    if not entries:
        console.result("No such messages." if is_all else "There are no messages: nothing waits, and nothing has left from here.")
        return
    console.result(_table(cluster, entries).rstrip("\n"))
    worries = [each for each in entries if each.state in _WORRIES]
    if worries:
        number = worries[0].number
        what = f"{counted(len(worries), 'message')} to look into"
        console.say(f"{what}: `sigctl outbox retry {number}` lets one leave once more, `sigctl outbox forget {number}` lets it be")


def _table(cluster: Cluster, entries: Sequence[Entry]) -> str:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name in ("No.", "State", "Since", "To", "Title", "What there is to say"):
        table.add_column(name, overflow="fold", justify="right" if name == "No." else "left")
    for each in entries:
        about = (time_told(each.changed, cluster), each.person, _titled(each.title), "; ".join(_remarks(cluster, each)))
        table.add_row(str(each.number), Text(each.state, _STYLES.get(each.state, "")), *(Text(visible(part)) for part in about))
    drawing = console.drawing(sys.stdout)
    with drawing.capture() as captured:
        drawing.print(table)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()).strip("\n")


def _titled(title: str) -> str:
    """What a message is called: on a terminal, which is narrow, in the first of its languages alone."""
    return title.partition(" / ")[0] if console.is_terminal(sys.stdout) else title


def _remarks(cluster: Cluster, entry: Entry) -> Iterator[str]:
    if entry.state is not State.ACCEPTED and entry.answer:
        yield entry.answer
    if entry.state is State.PLANNED and entry.not_before:
        yield f"tried {counted(entry.attempts, 'time')}, not again before {time_told(entry.not_before, cluster)}"


def _told(entry: Entry) -> dict[str, Any]:
    """A message for another program, without its address and what would tell it."""
    return {
        "number": entry.number,
        "origin": entry.origin,
        "person": entry.person,
        "title": entry.title,
        "state": entry.state.value,
        "attempts": entry.attempts,
        "not_before": entry.not_before.isoformat() if entry.not_before else None,
        "answer": entry.answer,
        "made": entry.made.isoformat(),
        "changed": entry.changed.isoformat(),
        "notices": [each._asdict() | {"due": each.due.isoformat()} for each in entry.notices],
    }
