"""Messages leave: what waits in the outbox goes to the mail server, and what did not go well is told. Under the lock of the workspace."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from sigctl.cluster import Cluster
from sigctl.commands import console
from sigctl.commands.clock import now_in
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.mailing import mail_settings
from sigctl.commands.messages import counted, listed

if TYPE_CHECKING:
    from sigctl.deliver.outbox import Outbox
    from sigctl.deliver.sending import Tally
    from sigctl.deliver.smtp import Server
    from sigctl.deliver.state import Connection

KEPT: Final = timedelta(days=366)
"""For so long the text of a message is kept after it has left."""
_LOOK: Final = "`sigctl outbox` tells which; `sigctl outbox retry` sends one again, `sigctl outbox forget` lets it be"


def server_of(cluster: Cluster) -> "Server":
    """The mail server, with the password out of its file or the keyring. Raises CommandError where anything is lacking."""
    from sigctl.deliver.mail import MailError
    from sigctl.deliver.passwords import password_in_file, password_in_keyring
    from sigctl.deliver.smtp import Server

    found = mail_settings(cluster)
    if found.server is None:
        raise CommandError("`mail:` in sigctl.yaml names no server", "write `server:` there, and `user:` where one has to log in")
    if found.user is None and found.password_file is not None:
        raise CommandError("`mail:` in sigctl.yaml has a password and no user", "write `user:` there, the name with which to log in")
    password = None
    if found.user is not None:
        try:
            file = found.password_file
            password = password_in_file(cluster.folder, file) if file else password_in_keyring(found.user)
        except MailError as wrong:
            raise CommandError(wrong.message, wrong.advice) from None
    return Server(found.server, found.port, found.security, found.user, password, float(found.timeout), found.sender)


def deliver_waiting(cluster: Cluster, connection: "Connection", *, moment: datetime) -> ExitCode:
    """Send whatever waits in the outbox and may leave now; call it only under the lock of the workspace.

    Prints nothing where all went well, and else one short block for each trouble, as soon as it is known: what comes after may fail as
    well. Raises CommandError where nothing can be sent from here at all.
    """
    from sigctl.deliver.outbox import Outbox
    from sigctl.deliver.state import shrink
    from sigctl.deliver.witness import count

    outbox = Outbox(connection, lambda: count(cluster.folder))
    code = own_up(outbox, moment)
    ready = outbox.ready(moment)
    if ready:
        code = max(code, _sent(cluster, connection, outbox, moment))
    if any(notice.kind == "rota" for each in ready for notice in each.notices):
        from sigctl.commands.send.marking import mark_all_told  # not before now: no other run needs what tells of a rota

        code = max(code, mark_all_told(cluster, outbox, moment))
    if outbox.clear(now_in("UTC") - KEPT):
        shrink(connection)
    return code


def own_up(outbox: "Outbox", moment: datetime) -> ExitCode:
    """Say so where the last run was stopped while it was sending: nobody knows whether its last message arrived."""
    lost = outbox.interrupted(moment)
    if not lost:
        return ExitCode.DONE
    message = f"the last run was stopped while it was sending, so {counted(lost, 'message')} may or may not have arrived"
    console.complain(message, _LOOK)
    return ExitCode.PARTLY


def _sent(cluster: Cluster, connection: "Connection", outbox: "Outbox", moment: datetime) -> ExitCode:
    """Send what is ready, between two notes of it beside the workspace, and say what did not go well."""
    from sigctl.deliver.mail import MailError
    from sigctl.deliver.sending import Tally, send, to_be_stopped
    from sigctl.deliver.witness import advance

    refuse_unconfirmed(cluster, connection)
    server, at_most = server_of(cluster), mail_settings(cluster).at_most
    advance(cluster.folder, connection)
    with to_be_stopped() as stopped:
        try:
            tally = send(outbox, server, at_most, _clock(moment), stopped)
        except MailError as wrong:
            tally = Tally(waiting=len(outbox.ready(moment)), trouble=wrong)
        code = _told(tally, at_most)
        advance(cluster.folder, connection)
    return code


def refuse_unconfirmed(cluster: Cluster, connection: "Connection") -> None:
    """Let nothing leave a workspace that may be a copy of the one that has been sending. Raises CommandError."""
    from sigctl.deliver.witness import standing

    why = {
        "new": "this workspace has sent nothing from this computer yet",
        "moved": "this workspace has sent before, but not from this folder of this computer and as this user",
        "held": "`sigctl outbox hold` keeps everything from leaving",
        "restored": "what this workspace remembers is not what it knew when it last sent: it comes from a backup, or was sent from twice",
    }
    found = standing(cluster.folder, connection)
    if found != "confirmed":
        advice = "`sigctl outbox confirm` tells what waits and lets this one send; nothing was sent"
        raise CommandError(why[found], advice, ExitCode.PROBLEMS)


def _clock(moment: datetime) -> Callable[[], datetime]:
    """What tells the time from a moment on."""
    began = time.monotonic()
    return lambda: moment + timedelta(seconds=time.monotonic() - began)


def _told(tally: "Tally", at_most: int) -> ExitCode:
    """Say what did not go well, if anything, why, and what to do about it."""
    was = [
        (tally.refused, "was refused", "were refused"),
        (tally.unknown, "may or may not have arrived", "may or may not have arrived"),
        (tally.deferred, "has to wait, as the mail server asks", "have to wait, as the mail server asks"),
        (tally.waiting, "waits for the next run", "wait for the next run"),
    ]
    told = [f"{number} {one if number == 1 else many}" for number, one, many in was if number]
    if not told:
        return ExitCode.DONE
    why = f"at most {at_most} leave in one run (`at_most:` under `mail:` in sigctl.yaml)" if tally.waiting else ""
    if tally.trouble and not tally.tried:
        wait = f"{counted(tally.waiting, 'message')} {'waits' if tally.waiting == 1 else 'wait'} for the next run"
        console.complain(tally.trouble.message, tally.trouble.advice, wait)
        return ExitCode.PARTLY
    if tally.trouble:
        why = f"{tally.trouble.message}: {tally.trouble.advice}"
    advice = _LOOK if tally.refused or tally.unknown else "the next run sends them"
    console.complain(f"of {counted(tally.number, 'message')}, {listed(told)}", why, advice)
    return ExitCode.PARTLY
