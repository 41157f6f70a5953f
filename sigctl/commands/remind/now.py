"""What is due goes into the outbox, one message a person, and leaves. For `sigctl remind` and `sigctl run`, under their lock."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from sigctl.cluster import Cluster
from sigctl.commands import console
from sigctl.commands.clock import moment_in
from sigctl.commands.delivering import deliver_waiting
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.mailing import mail_settings
from sigctl.commands.messages import counted
from sigctl.commands.remind.looking import Due, due_on, looked_at
from sigctl.commands.remind.messages import ORIGIN, Message, caller_in, confined, messages_of
from sigctl.notice import Notice
from sigctl.reports.reminders import Round, still_due

if TYPE_CHECKING:
    from sigctl.deliver.outbox import Draft, Entry, Outbox
    from sigctl.deliver.state import Connection


def remind_now(cluster: Cluster, today: date | None, dry_run: bool) -> int:
    """Send the reminders that are due, and whatever else waits; a dry run says what it would be."""
    from sigctl.deliver.state import state

    moment = moment_in(cluster, today)
    if dry_run:
        from sigctl.commands.remind.listing import listed_for_people

        console.say(listed_for_people(cluster, looked_at(cluster, moment.date()).round).rstrip() or "nothing is due")
        return ExitCode.DONE
    with state(cluster.folder) as connection:
        return sent(cluster, connection, moment)


def sent(cluster: Cluster, connection: "Connection", moment: datetime, kind: str | None = None) -> ExitCode:
    """Put what is due into the outbox and send what waits there. Raises CommandError where nothing can be sent from here at all."""
    planned = _plan(cluster, connection, moment, kind)
    return max(planned, deliver_waiting(cluster, connection, moment=moment))


def _plan(cluster: Cluster, connection: "Connection", moment: datetime, kind: str | None) -> ExitCode:
    """Let the outbox hold one message for each person of whom something is due, and no reminder of what is not due any more."""
    from sigctl.deliver.outbox import Outbox

    outbox, due = Outbox(connection), due_on(cluster, connection, moment.date())
    kept = _kept(cluster, outbox, due, kind)
    outbox.withdraw(ORIGIN, kept)
    chosen = confined(due.round, kind)
    code = max(_told_of_lonely_calls(cluster, chosen), _told_of_missed(chosen))
    fresh = [each for each in messages_of(cluster, chosen) if kept.isdisjoint(each.notices)]
    drafts, wrong = drafts_of(cluster, fresh, moment, due.had)
    outbox.plan(drafts, moment)
    return max(code, ExitCode.PARTLY if wrong else ExitCode.DONE)


def _kept(cluster: Cluster, outbox: "Outbox", due: Due, kind: str | None) -> frozenset[Notice]:
    """What stays in the outbox as it waits there, word for word.

    What the server has deferred, while it is all still due; what somebody has asked to be sent once more, while it still makes sense.
    What was never tried is written anew, so that it tells of today. Where only one kind is asked for, the others stay as they are.
    """
    from sigctl.deliver.outbox import State

    waiting = [each for each in outbox.entries([State.PLANNED]) if each.origin == ORIGIN]
    if not waiting:
        return frozenset()
    messages, sensible = messages_of(cluster, due.round), still_due(cluster, due.round.day, due.history)
    tellings = {(each.to, frozenset(each.notices)) for each in messages}
    every = frozenset(notice for each in messages for notice in each.notices)

    def stays(entry: "Entry") -> bool:
        told = frozenset(entry.notices)
        if entry.attempts and entry.not_before is None:
            return told <= sensible
        if kind is not None and any(each.kind != kind for each in told):
            return told <= every
        return bool(entry.attempts) and (entry.person, told) in tellings

    return frozenset(notice for each in waiting if stays(each) for notice in each.notices)


def drafts_of(
    cluster: Cluster, messages: Collection[Message], moment: datetime, had: frozenset[tuple[str, str, str]]
) -> tuple[list["Draft"], int]:
    """The messages, ready to leave, and how many cannot be written, which is told.

    An address that no server takes keeps nobody else from being told. Raises CommandError where the workspace says nothing of mail.
    """
    if not messages:
        return [], 0
    from sigctl.commands.remind.writing import writing

    mail_settings(cluster)
    write, drafts = writing(cluster, moment, had), []
    for message in messages:
        try:
            drafts.append(write.draft(message))
        except CommandError as wrong:
            if wrong.code is not ExitCode.PROBLEMS:
                raise
            console.complain(wrong.message, wrong.advice)
    return drafts, len(messages) - len(drafts)


def have_left(connection: "Connection") -> int:
    """How many messages the mail server has taken so far."""
    from sigctl.deliver.outbox import Outbox, State

    return len(Outbox(connection).entries([State.ACCEPTED]))


def _told_of_lonely_calls(cluster: Cluster, round: Round) -> ExitCode:
    """Say so where people are to be called and nobody can be asked to do it."""
    if not round.calls.calls or caller_in(cluster, round):
        return ExitCode.DONE
    to = round.calls.to
    why = f"`{to.id}`, who makes them, has no `email:`" if to else "nobody is there to make them"
    advice = f"give `{to.id}` an address" if to else "write `reminders: {caller: PERSON}` into sigctl.yaml"
    message = f"{counted(len(round.calls.calls), 'telephone call')} to be made, but {why}"
    console.complain(message, f"{advice}; `sigctl remind calls` lists them")
    return ExitCode.PARTLY


def _told_of_missed(round: Round) -> ExitCode:
    """Say so where reminders came too late to be sent: nothing ran on the days on which they were due."""
    if not round.missed:
        return ExitCode.DONE
    message = f"{counted(len(round.missed), 'reminder')} came too late to be sent: nothing ran on the days for them"
    first = round.missed[0].notice
    more = f", and {len(round.missed) - 1} more" if len(round.missed) > 1 else ""
    console.complain(
        message, f"`{first.kind}` to `{first.person}`, due on {first.due}{more}; `sigctl remind why PERSON` tells more of each"
    )
    return ExitCode.PARTLY
