"""What presses: in which order somebody is told of things, and whether calls can wait until there are more of them."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sigctl.records.reminders import REMINDER_KINDS
from sigctl.reports.reminders.asof import AsOf
from sigctl.reports.reminders.course import next_step
from sigctl.reports.reminders.occurrence import Occurrence

_ORDER: Final = {kind: place for place, kind in enumerate(REMINDER_KINDS)}
_TO_READ: Final = ("minutes-out",)
"""The kinds that ask for nothing: they come last."""
_ENOUGH, _LONGEST, _NEAR = 3, 5, 2
"""So many people are worth a list of calls; so many working days the first of them waits at most; so near is what cannot wait."""


def pressing(now: AsOf, it: Occurrence) -> tuple[bool, date, bool, date, int, str, str]:
    """By what things are put in order: what is to be done soonest comes first, what is only to be read last.

    What is overdue is to be done by tomorrow: after what takes place before that, and before all else.
    """
    is_over = it.due < now.day
    soonest = now.days_of(it.person).counted(now.day, 1) if is_over else it.due
    return it.kind in _TO_READ, soonest, is_over, it.due, _ORDER[it.kind], it.subject, it.person


def can_wait(now: AsOf, to_call: Sequence[Occurrence]) -> bool:
    """Whether the list of calls goes on another day: it holds few people, none of them for long, and nothing that is near."""
    if len({it.person for it in to_call}) >= _ENOUGH:
        return False
    days = now.days_of(now.caller) if now.caller else now.anybody
    near, long_ago = days.counted(now.day, _NEAR), days.counted(now.day, -_LONGEST)
    steps = [(it, next_step(now, it)) for it in to_call]
    return not any(step is None or step.opens <= long_ago or _is_near(now.day, near, it.due, step.until) for it, step in steps)


def _is_near(today: date, near: date, *days: date) -> bool:
    return any(today <= each <= near for each in days)
