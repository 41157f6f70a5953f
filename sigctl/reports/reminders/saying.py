"""Why somebody is told something, or is not, in a sentence for whoever sends the reminders."""

from datetime import date
from typing import Final

from sigctl.reports.reminders.asof import AsOf
from sigctl.reports.reminders.course import Fate, Step
from sigctl.reports.reminders.occurrence import Occurrence
from sigctl.reports.reminders.values import CALL, FIRST, SECOND

_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SENT: Final = {FIRST: "a first message", SECOND: "a second one", CALL: "the call"}
_NEXT: Final = {FIRST: "the first message goes", SECOND: "the second message goes", CALL: "the call is to be made"}


def why_of(now: AsOf, it: Occurrence) -> str:
    """What it is, how near its day, and what was said already; without a full stop."""
    return "; ".join((it.what.format(when=_when(now, it)), *_before(now, it)))


def sentence_of(now: AsOf, it: Occurrence, fate: Fate) -> str:
    """Why, and what becomes of it today."""
    return "; ".join((why_of(now, it), _becomes(now, it, fate)))


def _before(now: AsOf, it: Occurrence) -> tuple[str, ...]:
    """What somebody was told already, and when."""
    told = now.told(it.notice)
    said = {FIRST: "{} went on {}", SECOND: "{} went on {}", CALL: "{} was put on the list on {}"}
    return tuple(said[stage].format(_SENT[stage], day) for stage, day in sorted(told.items()))


def _becomes(now: AsOf, it: Occurrence, fate: Fate) -> str:
    step = fate.step
    match fate.outcome:
        case "done":
            return f"nothing is sent: {it.done}"
        case "off":
            return f"nothing is sent: `{it.kind}` is switched off in sigctl.yaml"
        case "sent-today" if step:
            return f"{_NEXT[step.stage]} today"
        case "on-the-call-list" if step:
            return f"{_NEXT[step.stage]} today{_no_address(now, it)}"
        case "not-yet" if step:
            return f"{_NEXT[step.stage]} on {_day_for(now, it, step)}{_no_address(now, it)}"
        case "quiet" if step:
            return f"nobody is reminded today: {_NEXT[step.stage]} on {_day_for(now, it, step)}"
        case "too-late" if step:
            follows = ", and another message follows" if it.heralds else ""
            return f"nothing is sent: the last day for it was {step.until}{follows}"
    return "nothing more is sent"


def _no_address(now: AsOf, it: Occurrence) -> str:
    return "" if now.has_address(it.person) else ": no address is known"


def _day_for(now: AsOf, it: Occurrence, step: Step) -> date:
    return now.days_of(it.person).on_or_after(max(step.opens, now.day))


def _when(now: AsOf, it: Occurrence) -> str:
    """How near a day is, in somebody's working days."""
    days, due, today = now.days_of(it.person), it.due, now.day
    if due == today:
        return "today"
    number = days.between(min(due, today), max(due, today))
    unit = "working day" if number == 1 else "working days"
    told = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"in {told} {unit}" if due > today else f"{told} {unit} ago"
