"""`sigctl outbox show`: the whole of a message, as it left or is about to leave."""

from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Annotated, Final

import typer

from sigctl.cluster import Cluster
from sigctl.commands import console, options
from sigctl.commands.clock import now_in
from sigctl.commands.delivering import KEPT
from sigctl.commands.messages import visible
from sigctl.commands.outbox.choosing import one_meant, time_told, told_of, workspace_asked
from sigctl.deliver.outbox import Entry, Outbox
from sigctl.deliver.state import glance

_HEADERS: Final = ("From", "To", "Reply-To", "Subject", "Date")


def show(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The number of the message, as `sigctl outbox` lists it.")],
    workspace: options.Workspace = None,
) -> None:
    """Show the whole of a message: what became of it, to which address it goes, its text, and what is attached.

    It is shown as its reader sees it, with all that is private in it: the list of calls with the telephone numbers, for one. The text
    is kept for a year after the message has left.

    For example:

        sigctl outbox show 12
    """
    cluster = workspace_asked(workspace)
    with glance(cluster.folder) as connection:
        box = Outbox(connection)
        entry, content = one_meant(box, number), box.content(number)
    lines = [*_course(cluster, entry), "", *(_text(content) if content else [_why_without_text(entry)])]
    console.result(visible("\n".join(lines)))


def _why_without_text(entry: Entry) -> str:
    if entry.person and entry.changed < now_in("UTC") - KEPT:
        return "The text of this message is not kept any more: it left more than a year ago."
    return "The text of this message was erased, for it may have named somebody who was forgotten."


def _course(cluster: Cluster, entry: Entry) -> Iterator[str]:
    """What became of it."""
    yield f"Message {told_of(entry)}"
    yield f"{entry.state.capitalize()} since {time_told(entry.changed, cluster)}"
    yield f"Made by `{entry.origin}` on {time_told(entry.made, cluster)}"
    if entry.attempts:
        yield f"Tried {entry.attempts} {'time' if entry.attempts == 1 else 'times'}{': ' if entry.answer else ''}{entry.answer}"
    if entry.not_before:
        yield f"Not before {time_told(entry.not_before, cluster)}"


def _text(content: bytes) -> Iterator[str]:
    """What its reader sees, decoded."""
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(content)
    for name in _HEADERS:
        if message[name]:
            yield f"{name}: {message[name]}"
    yield ""
    body = message.get_body(("plain",))
    yield (str(body.get_content()) if body else "").rstrip().replace("\r\n", "\n")
    attached = [f"    {part.get_filename()} ({len(part.get_payload(decode=True) or b''):,} bytes)" for part in message.iter_attachments()]
    if attached:
        yield from ("", "Attached:", *attached)
