"""What somebody is told today and what not, and why: for the secretary who is asked "why did I get this?", or "why did I not?"."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from sigctl.cluster import Cluster
from sigctl.notice import Notice
from sigctl.reports.reminders.asof import AsOf
from sigctl.reports.reminders.course import Fate, fate_of
from sigctl.reports.reminders.making import occurrences
from sigctl.reports.reminders.occurrence import Occurrence
from sigctl.reports.reminders.pressing import pressing
from sigctl.reports.reminders.saying import sentence_of
from sigctl.reports.reminders.values import Explanation, Told

_TODAY: Final = ("sent-today", "on-the-call-list", "quiet")
_BACK: Final = timedelta(42)
"""So long ago something was over that is told no more."""
_AHEAD: Final = timedelta(42)
"""So far ahead something opens that is not told yet."""


def why(cluster: Cluster, today: date, history: Mapping[Notice, Told], person: str) -> tuple[Explanation, ...]:
    """All that concerns somebody around a day: what is sent and why, then what is to come, then what is over, the latest first.

    A school that is told itself goes by `school:` and its id.
    """
    now = AsOf(cluster, today, history)
    own = [(it, fate_of(now, it)) for it in occurrences(now) if it.person == person]
    near = [(it, fate) for it, fate in own if _is_near(now, it, fate)]
    near.sort(key=lambda each: pressing(now, each[0]))
    return tuple(_explanation(now, it, fate) for it, fate in sorted(near, key=lambda each: _place(now, *each)))


def _place(now: AsOf, it: Occurrence, fate: Fate) -> tuple[int, timedelta]:
    """Today, as it is told; then the future, the nearest first; then the past, the latest first."""
    if fate.outcome in _TODAY:
        return 0, timedelta(0)
    if it.due >= now.day or fate.outcome == "not-yet":
        return 1, it.due - now.day
    return 2, now.day - it.due


def _explanation(now: AsOf, it: Occurrence, fate: Fate) -> Explanation:
    notice = it.notice._replace(stage=fate.step.stage) if fate.step else it.notice
    return Explanation(notice, fate.outcome, sentence_of(now, it, fate))


def _is_near(now: AsOf, it: Occurrence, fate: Fate) -> bool:
    """Whether something is worth telling: it goes now, or soon, or went or was over not long ago."""
    if fate.outcome in _TODAY:
        return True
    return it.opens <= now.day + _AHEAD and (
        it.due >= now.day - _BACK or any(day >= now.day - _BACK for day in now.told(it.notice).values())
    )
