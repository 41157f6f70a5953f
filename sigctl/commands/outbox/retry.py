"""`sigctl outbox retry`: let messages leave once more that were refused, or of which nobody knows whether they arrived."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.commands import console, options
from sigctl.commands.clock import moment_in
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.mailing import addressee
from sigctl.commands.opening import opened
from sigctl.commands.outbox.choosing import Numbers, meant, told_of, written_by
from sigctl.deliver.mail import MailError, plain_address, readdressed
from sigctl.deliver.outbox import Entry, Outbox, State
from sigctl.deliver.state import glance, state

_WHY_NOT: Final = {
    State.PLANNED: ("waits to leave as it is", "it leaves with the next run"),
    State.SENDING: ("is on its way just now", "look again with `sigctl outbox` in a minute"),
    State.ACCEPTED: ("is with the mail server already", "whoever did not get it finds it among the unwanted mail, perhaps"),
    State.FORGOTTEN: ("was forgotten", "what it told counts as told"),
}


def retry(numbers: Numbers, workspace: options.Workspace = None, dry_run: options.DryRun = False) -> None:
    """Let messages leave once more, with the next run.

    For those that are `refused` or `unknown`. An `unknown` one may have arrived: whoever got it gets it twice. Where the files have
    another address for the person by now, the message goes there. One is refused whose news the person was told anew since, by a
    later message; and of one whose text was erased, what it told is told anew.

    For example:

        sigctl outbox retry 12 14
    """
    cluster = opened(workspace, besides=ABOUT_ROTAS, changing=False if dry_run else "sigctl outbox retry")
    with (glance if dry_run else state)(cluster.folder) as connection:
        box = Outbox(connection)
        found = meant(box, numbers)
        erased = [each for each in found if each.state not in _WHY_NOT and not box.content(each.number)]
        whole = [each for each in found if each not in erased]
        _check(cluster, box, whole)
        for each in found:
            if not dry_run:
                _let_leave(cluster, box, each, moment_in(cluster))
    _tell(cluster, whole, erased, dry_run=dry_run)


def _let_leave(cluster: Cluster, box: Outbox, entry: Entry, moment: datetime) -> None:
    """Let a message wait for the next run; one without its text makes room for another."""
    if not box.release(entry.number):
        _readdress(cluster, box, entry)
        box.retry(entry.number, moment)


def _tell(cluster: Cluster, whole: Sequence[Entry], erased: Sequence[Entry], *, dry_run: bool) -> None:
    for each in whole:
        elsewhere = ", to the address that the files have now" if _address(cluster, each) != each.address else ""
        console.say(f"{'would send' if dry_run else 'will send'} {told_of(each)}{elsewhere}")
    if whole and not dry_run:
        console.say("`sigctl remind` or `sigctl run` sends what waits")
    for each in erased:
        anew = "would write" if dry_run else "writes"
        console.say(f"the text of message {each.number} was erased: `{written_by(each)}` {anew} it anew")


def _check(cluster: Cluster, box: Outbox, entries: Sequence[Entry]) -> None:
    """Refuse, before anything is changed, what cannot leave once more."""
    for each in entries:
        if each.state in _WHY_NOT:
            what, advice = _WHY_NOT[each.state]
            raise CommandError(f"message {each.number} {what}", advice, ExitCode.PROBLEMS)
        _refuse_overtaken(box, each)
        if not _address(cluster, each):
            message = f"the files have no address for `{each.person}`, to whom message {each.number} was to go"
            raise CommandError(message, f"write `email:` in their entry, or let it be: {_let_be(each)}", ExitCode.PROBLEMS)


def _refuse_overtaken(box: Outbox, entry: Entry) -> None:
    """Refuse news that are older than what the person was told since; where that is so of a part of them, say it."""
    newer = box.overtaken(entry.number)
    if not newer:
        return
    latest = max(newer.values())
    if set(entry.notices) <= newer.keys():
        message = f"message {entry.number} is out of date: message {latest} to `{entry.person}` is about the same things, and newer"
        later = box.entry(latest)
        verb = "retry" if later and later.state in (State.REFUSED, State.UNKNOWN) else "show"
        raise CommandError(message, f"`sigctl outbox {verb} {latest}` for the newer one; {_let_be(entry)} for this one", ExitCode.PROBLEMS)
    console.say(f"note: a part of what message {entry.number} tells stands anew in message {latest}")


def _let_be(entry: Entry) -> str:
    return f"`sigctl outbox forget {entry.number}`"


def _address(cluster: Cluster, entry: Entry) -> str:
    """Where its reader is reached now; nowhere, where the files do not know them any more, or only by what is no address."""
    try:
        return plain_address(addressee(cluster, entry.person).address)
    except (KeyError, MailError):
        return ""


def _readdress(cluster: Cluster, box: Outbox, entry: Entry) -> None:
    """Turn a message to where its reader is reached now."""
    address = _address(cluster, entry)
    if address != entry.address:
        box.readdress(entry.number, address, readdressed(box.content(entry.number), address, addressee(cluster, entry.person).name))
