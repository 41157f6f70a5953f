"""How one thing goes on, from a friendly message to a short one to a call: which step is next, and what becomes of it today."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from sigctl.reports.reminders.asof import AsOf
from sigctl.reports.reminders.occurrence import Occurrence
from sigctl.reports.reminders.values import CALL, FIRST, SECOND, Outcome
from sigctl.reports.reminders.working import WorkingDays

_DAY: Final = timedelta(1)


class Step(NamedTuple):
    """What comes next: a message or a call, from which day on, and up to which."""

    stage: int
    opens: date
    until: date


class Fate(NamedTuple):
    """What becomes of a thing today, and the step that is meant; None where there is none."""

    outcome: Outcome
    step: Step | None = None


def fate_of(now: AsOf, it: Occurrence) -> Fate:
    """What becomes of a thing today."""
    if it.done:
        return Fate("done")
    if not now.rules[it.kind].is_on:
        return Fate("off")
    step = next_step(now, it)
    if step is None:
        return Fate("told")
    if step.opens > now.day:
        return Fate("not-yet", step)
    if now.day > step.until:
        return Fate("too-late", step)
    if not _is_day_for(now, it.person, step.stage):
        return Fate("quiet", step)
    return Fate("on-the-call-list" if step.stage == CALL else "sent-today", step)


def next_step(now: AsOf, it: Occurrence) -> Step | None:
    """The step that comes next; None where everything was done that is to be done.

    Whoever cannot be written to is called at once. Nobody is asked to call themselves.
    """
    told = now.told(it.notice)
    following = _following(now, it, told)
    if following is None:
        return None
    stage, opens = following
    if stage != CALL and not now.has_address(it.person):
        stage = CALL
    if stage == CALL and it.person == now.caller:
        return None
    return Step(stage, opens, _until(now, it, opens))


def _following(now: AsOf, it: Occurrence, told: dict[int, date]) -> tuple[int, date] | None:
    rule, days = now.rules[it.kind], now.days_of(it.person)
    latest = max(told, default=0)
    if latest == 0:
        return FIRST, it.opens
    if it.once:
        return None
    if latest == FIRST and rule.again:
        return SECOND, _later(days, it, told[FIRST], rule.again)
    if latest < CALL and rule.call:
        return CALL, _later(days, it, told[latest], rule.call)
    return None


def _later(days: WorkingDays, it: Occurrence, told: date, number: int) -> date:
    """So many working days after the last step, and after the due day where it makes sense after that.

    Where it would come too late then, on the last day on which it does not; but never sooner after the last step than that.
    """
    at_least = days.counted(told, number)
    if it.last <= it.due:
        return at_least
    usual = days.counted(max(told, it.due), number)
    return usual if it.last >= usual else max(at_least, days.counted(it.last + _DAY, -1))


def _until(now: AsOf, it: Occurrence, opens: date) -> date:
    """The last day of a step: what stays open is never too late, and what is still to come is not; all else is, some days after."""
    if it.lasts or it.last <= it.due:
        return it.last
    return min(it.last, now.days_of(it.person).counted(max(opens, it.due), now.catch_up))


def _is_day_for(now: AsOf, person: str, stage: int) -> bool:
    """Whether it is a working day of somebody, and for a call of whoever makes it."""
    is_day = now.days_of(person).works(now.day)
    return is_day and (stage != CALL or now.caller is None or now.days_of(now.caller).works(now.day))
