"""From messages to the outbox and the mail server: what is shown before, what is asked, and who got what. For all `sigctl send`."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

import typer

from sigctl.cluster import Cluster
from sigctl.commands import console
from sigctl.commands.delivering import deliver_waiting, own_up, refuse_unconfirmed, server_of
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.mailing import Written, addressee, draft, languages_for, put_in_folder
from sigctl.commands.messages import counted, listed, visible
from sigctl.notice import Notice

if TYPE_CHECKING:
    from sigctl.deliver.outbox import Draft, Known, Outbox
    from sigctl.deliver.state import Connection

ORIGIN: Final = "send"
"""What the outbox calls messages of these commands."""

ToFolder = Annotated[
    Path | None, typer.Option("--to-folder", metavar="FOLDER", help="Write the messages into this folder, and send nothing.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Send without showing it first and asking.")]


class Manner(NamedTuple):
    """How far it is to go: only looked at, written into a folder, or sent, with or without a question."""

    dry_run: bool
    to_folder: Path | None
    yes: bool

    @property
    def only_looks(self) -> bool:
        """Whether nothing is sent: nothing is locked and nothing remembered then."""
        return self.dry_run or self.to_folder is not None or not (self.yes or console.can_ask())


class Message(NamedTuple):
    """What one person gets, and in a few words what it is about."""

    written: Written
    about: str


class Batch(NamedTuple):
    """What is to be sent: new messages, how many wait from before, the notices of those that no longer say what is so.

    `record`, where there is one, is called just before the messages are put into the outbox, with the people to whom there is one.
    """

    messages: tuple[Message, ...]
    waiting: tuple[str, ...] = ()
    stale: frozenset[Notice] = frozenset()
    record: Callable[[Collection[str]], None] | None = None


def interrupted(outbox: "Outbox", manner: Manner, moment: datetime) -> ExitCode:
    """Own up to what was being sent when an earlier run was killed, before it is asked who knows what."""
    return ExitCode.DONE if manner.only_looks else own_up(outbox, moment)


def latest_of(outbox: "Outbox", kind: str, subject: str) -> Mapping[str, tuple[tuple[Notice, "Known"], ...]]:
    """What everybody was told of something, or is about to be told, by person; the first time first."""
    found: dict[str, list[tuple[Notice, Known]]] = {}
    for notice, known in outbox.known().items():
        if (notice.kind, notice.subject) == (kind, subject):
            found.setdefault(notice.person, []).append((notice, known))
    return {person: tuple(sorted(told, key=lambda each: each[0].stage)) for person, told in found.items()}


def carry_out(cluster: Cluster, connection: "Connection", batch: Batch, manner: Manner, moment: datetime) -> ExitCode:
    """Show it, ask, and send it, as far as that is wanted."""
    drafts, wrong = _drafts(cluster, batch.messages, moment)
    code = ExitCode.PARTLY if wrong else ExitCode.DONE
    if manner.to_folder is not None and not manner.dry_run:
        put_in_folder(manner.to_folder, drafts)
        return code
    number = len(drafts) + len(batch.waiting)
    if number and (not manner.yes or manner.dry_run):
        console.result(visible_lines(preview(cluster, batch)))
    if manner.only_looks:
        would = f"{counted(number, 'message')} would leave; " if number else ""
        console.say(f"{would}nothing was sent{'' if manner.dry_run else ', as nobody can be asked here: `--yes` sends it'}")
        return code
    if not number and not batch.stale:
        return code
    if number and not manner.yes and not typer.confirm(f"Send {counted(number, 'message')}?", err=True):
        console.say("nothing was sent")
        return code
    refuse_unconfirmed(cluster, connection)
    server_of(cluster)
    return max(code, _sent(cluster, connection, batch, drafts, moment))


def _drafts(cluster: Cluster, messages: Sequence[Message], moment: datetime) -> tuple[list["Draft"], int]:
    """The messages, ready to leave, and how many have an address that no server takes, which is told."""
    made: list[Draft] = []
    for each in messages:
        try:
            made.append(draft(cluster, each.written, moment))
        except CommandError as wrong:
            if wrong.code is not ExitCode.PROBLEMS:
                raise
            console.complain(wrong.message, wrong.advice)
    return made, len(messages) - len(made)


def _sent(cluster: Cluster, connection: "Connection", batch: Batch, drafts: Sequence["Draft"], moment: datetime) -> ExitCode:
    from sigctl.deliver.outbox import Outbox, State

    outbox = Outbox(connection)
    if batch.record:
        batch.record([each.person for each in drafts])
    if batch.stale:
        waiting = {notice for notice, known in outbox.known().items() if known.state is State.PLANNED}
        outbox.withdraw(ORIGIN, waiting - batch.stale)
    numbers = {*outbox.plan(drafts, moment), *_waiting(outbox, batch)}
    code = deliver_waiting(cluster, connection, moment=moment)
    became = visible_lines(_became(cluster, outbox, sorted(numbers)))
    if became:
        console.result(became)
    return code


def _waiting(outbox: "Outbox", batch: Batch) -> Iterator[int]:
    """The numbers of the messages that wait from before."""
    from sigctl.deliver.outbox import State

    for each in outbox.entries([State.PLANNED]):
        if each.origin == ORIGIN and each.person in batch.waiting:
            yield each.number


def _became(cluster: Cluster, outbox: "Outbox", numbers: Sequence[int]) -> Iterator[str]:
    """Who got what, and what became of those that did not."""
    from sigctl.deliver.outbox import State

    words = {
        State.ACCEPTED: "sent",
        State.PLANNED: "waits",
        State.SENDING: "on its way",
        State.REFUSED: "refused",
        State.UNKNOWN: "unknown",
        State.FORGOTTEN: "let be",
    }
    for entry in filter(None, map(outbox.entry, numbers)):
        answer = f" ({entry.answer})" if entry.answer and entry.state is not State.ACCEPTED else ""
        yield f"{words[entry.state]}: {named(cluster, entry.person)}: {entry.title}{answer}"


def preview(cluster: Cluster, batch: Batch) -> Iterator[str]:
    """The text of the first message in full, and below it, where the question is asked, who would get what."""
    for written, _ in batch.messages[:1]:
        yield f"-- the text to `{written.to}` --\n{written.text.rstrip()}\n-- who would get what --"
    for written, about in batch.messages:
        tongues = " and ".join(languages_for(cluster, written.to))
        yield f"to {named(cluster, written.to)}, in {tongues}: {about}{_besides(written)}"
    yield from (f"to {named(cluster, each)}: waits since the last time" for each in batch.waiting)


def _besides(written: Written) -> str:
    """What goes with a message."""
    entries = sum(one.media_type == "text/calendar" for one in written.attachments) + bool(written.invitation)
    papers = [one.name.rpartition(".")[2] for one in written.attachments if one.media_type != "text/calendar"]
    files = [*papers, *(["1 calendar entry" if entries == 1 else f"{entries} calendar entries"] if entries else [])]
    return f", with {listed(files)}" if files else ""


def named(cluster: Cluster, person: str) -> str:
    """Somebody by name and id."""
    name = addressee(cluster, person).name if person.startswith("school:") or person in cluster.people else ""
    return f"{name} (`{person}`)" if name else f"`{person}`"


def visible_lines(lines: Iterator[str]) -> str:
    """Lines that steer no terminal."""
    return "\n".join(visible(part) for line in lines for part in line.split("\n")).rstrip("\n")


def with_address(cluster: Cluster, people: Collection[str]) -> tuple[list[str], list[str]]:
    """Those who can be written to, and those who cannot."""
    reached = [each for each in people if addressee(cluster, each).address]
    return reached, [each for each in people if each not in reached]


def tell_of_the_stuck(people: Sequence[str]) -> None:
    """Say to whom a message was refused, or may not have come; none is sent again by itself."""
    if people:
        who = listed([f"`{each}`" for each in people])
        console.say(f"it did not reach {who}, or nobody knows: `sigctl outbox` tells why, `sigctl outbox retry` sends it again")


def tell_of_the_unreached(people: Sequence[str]) -> ExitCode:
    """Say who cannot be written to, so that somebody tells them otherwise."""
    if not people:
        return ExitCode.DONE
    who = listed([f"`{each}`" for each in people])
    console.complain(f"{who} {'has' if len(people) == 1 else 'have'} no address and {'gets' if len(people) == 1 else 'get'} nothing",
                     "write `email:` in their entry, or tell them otherwise")  # fmt: skip
    return ExitCode.PARTLY
