"""What sigctl remembers: whether that is sound, what waits to be sent, from where, when each job last succeeded, and the clock."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from sigctl.commands.doctor.finding import Finding, Patient, bad, good, warning
from sigctl.commands.messages import counted, listed
from sigctl.deliver.jobs import RUNNING, Job, jobs
from sigctl.deliver.lock import holder_of
from sigctl.deliver.outbox import Outbox, State
from sigctl.deliver.state import FILE, FOLDER, Connection, StateError, faults, glance, has_state, is_private
from sigctl.deliver.witness import standing

_LATE: Final = timedelta(days=2)
_SLACK: Final = timedelta(minutes=5)
"""By so much may a clock be put back without anything being wrong."""
_CONFIRM: Final = "`sigctl outbox confirm` tells what waits, and lets this workspace send from here"


def of_lock(patient: Patient) -> Iterator[Finding]:
    """Who is at work in the workspace just now."""
    held = holder_of(patient.folder)
    if held is None:
        yield good("lock", "nobody is at work in the workspace")
    else:
        advice = "it is free when that run ends; one that lasts for hours can be ended like any program"
        yield warning("lock", f"{held.holder} has been at work since {held.since}", advice)


def of_state(patient: Patient) -> Iterator[Finding]:
    """Everything that the state tells; one finding where it cannot be read."""
    try:
        with glance(patient.folder) as connection:
            yield from _sound(patient, connection)
            yield from _clock(patient, connection)
            yield from _outbox(patient, connection)
            yield from _witness(patient, connection)
            yield from _jobs(patient, connection)
    except StateError as trouble:
        yield bad("state", trouble.message, trouble.advice)


def _sound(patient: Patient, connection: Connection) -> Iterator[Finding]:
    if not has_state(patient.folder):
        yield good("state", "nothing has been sent or done from here yet")
        return
    found = faults(connection)
    if found:
        advice = f"put {FOLDER}/{FILE} aside and take it from a backup; without it sigctl forgets what it has sent"
        yield bad("state", f"{FOLDER}/{FILE} is damaged: {found[0]}", advice)
    elif not is_private(patient.folder):
        advice = f"in the folder of the workspace, type: chmod 600 {FOLDER}/{FILE}"
        yield bad("state", f"{FOLDER}/{FILE}, which holds messages, can be read by others", advice)
    else:
        yield good("state", f"{FOLDER}/{FILE} is sound, and only its owner can read it")


def _clock(patient: Patient, connection: Connection) -> Iterator[Finding]:
    """Whether the time can be right: not before what has happened already."""
    moments = [each for job in jobs(connection) for each in (job.began, job.succeeded) if each]
    last = max(moments, default=None)
    zone = patient.cluster.settings.cluster.time_zone
    if last and patient.now < last - _SLACK:
        advice = "set the clock of this computer; reminders go by its days"
        yield bad(
            "clock", f"it is {_moment(patient.now)} here, before the last run of {_moment(last.astimezone(patient.now.tzinfo))}", advice
        )
    else:
        yield good("clock", f"it is {_moment(patient.now)} in {zone}")


def _outbox(patient: Patient, connection: Connection) -> Iterator[Finding]:
    entries = Outbox(connection).entries()
    number = {state: sum(each.state is state for each in entries) for state in State}
    waiting = [each for each in entries if each.state is State.PLANNED]
    old = [each for each in waiting if patient.now - each.made > _LATE]
    unsure = [
        f"{number[State.UNKNOWN]} may or may not have arrived" if number[State.UNKNOWN] else "",
        f"{number[State.REFUSED]} not taken by the mail server" if number[State.REFUSED] else "",
        f"{len(old)} waiting for more than two days" if old else "",
    ]
    told = listed([each for each in unsure if each])
    if told:
        settle = "; each run repeats it until `sigctl outbox retry` or `forget` settles it" if number[State.UNKNOWN] else ""
        advice = f"`sigctl outbox` lists them, and says what can be done{settle}"
        yield warning("outbox", f"of {counted(len(entries), 'message')}, {told}", advice)
    else:
        yield good("outbox", f"{counted(number[State.ACCEPTED], 'message')} sent, {len(waiting)} waiting")


def _witness(patient: Patient, connection: Connection) -> Iterator[Finding]:
    """Whether this is the workspace that sends, and no copy."""
    found = standing(patient.folder, connection)
    if found == "confirmed":
        yield good("sending", "this workspace sends from here")
    elif found == "new" and not patient.reminds:
        return
    elif found == "held":
        yield warning("sending", "nothing leaves from here: `sigctl outbox hold` keeps it", _CONFIRM)
    elif found == "new":
        yield warning("sending", "this workspace has sent nothing from this computer yet", _CONFIRM)
    else:
        whys = {"moved": "it was moved or copied, or another user runs it", "held": "`sigctl outbox hold` has been typed"}
        why = whys.get(found, "it comes from a backup, or is sent from twice")
        yield bad("sending", f"nothing leaves from here: {why}", _CONFIRM)


def _jobs(patient: Patient, connection: Connection) -> Iterator[Finding]:
    known = {each.name: each for each in jobs(connection)}
    at_work = holder_of(patient.folder) is not None
    for name in patient.cluster.settings.daily.jobs:
        yield _job(f"job {name}", known.get(name), patient.now, at_work=at_work)


def _job(about: str, job: Job | None, now: datetime, *, at_work: bool) -> Finding:
    """One job: good where it succeeded within two days and nothing has gone wrong since."""
    if job is None:
        return warning(about, "has never run", "`sigctl run` runs it; `sigctl cron` tells how it runs every day by itself")
    last = f"last succeeded at {_moment(job.succeeded.astimezone(now.tzinfo))}" if job.succeeded else "has never succeeded"
    if job.succeeded is None or now - job.succeeded > _LATE:
        return bad(
            about,
            f"{last}{_since(job, at_work=at_work)}",
            "run `sigctl run` by hand and see what it says; is it in the list of jobs (`sigctl cron`)?",
        )
    since = _since(job, at_work=at_work)
    return warning(about, f"{last}{since}", "run `sigctl run` by hand and see what it says") if since else good(about, last)


def _since(job: Job, *, at_work: bool) -> str:
    """What came of the last attempt, where that was no success."""
    if not job.is_failed and job.outcome != RUNNING:
        return ""
    if job.outcome == RUNNING:
        return "" if at_work else "; the last run was killed"
    return f"; the last run ended with {job.outcome}"


def _moment(moment: datetime) -> str:
    return f"{moment:%H:%M on %Y-%m-%d}"
