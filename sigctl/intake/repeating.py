"""On which days something repeats, by a rule of RFC 5545: dateutil's work, of which this sees to it that it ends.

Left alone, dateutil walks from the first day on, and searches a rule that holds on no day up to the year 9999. So it is given a start
near the days that matter, and only rules of which a look shows that they hold every now and then. These are all that calendar
programs offer.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sigctl.term_dates import Span

_WEIGHTS: Final = {"DAILY": 1, "WEEKLY": 2, "MONTHLY": 4, "YEARLY": 20}
"""How long dateutil takes for a day, a week, a month or a year, in days."""
_LENGTHS: Final = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
_RAREST: Final = 10_000
"""An interval that is longer is as good as none."""
_READ: Final = ("FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST")
_UNREAD: Final = {"BYYEARDAY", "BYWEEKNO", "BYEASTER", "RSCALE"}
_EACH_MONTH: Final = 28
"""Every month has so many days, and each weekday four times."""


class RuleError(ValueError):
    """A rule that cannot be read, or that is none for days."""


class Budget:
    """How many days may still be looked at, in one file."""

    def __init__(self, days: int) -> None:
        self.left = days

    def spend(self, days: int) -> None:
        """Take days away. Raises RuleError where none are left."""
        self.left -= days
        if self.left < 0:
            raise RuleError("there is too much that repeats in this file")


def repeated(rule: Mapping[str, Any], start: datetime, within: Span, budget: Budget) -> Iterator[datetime]:
    """When something takes place within a stretch of days that began at a time; all by the clock of its own time zone.

    `rule` is as icalendar reads it. Raises RuleError where it is none for days, and where the budget is used up.
    """
    from dateutil.rrule import rrulestr
    from icalendar import vRecur

    parts = _parts(rule, start)
    frequency, interval = parts["FREQ"][0], parts["INTERVAL"][0]
    last = min(datetime.combine(within.last, time.max), _until(rule))
    begin = start if rule.get("COUNT") else _near(parts, start, within.first)
    budget.spend((max(0, (last - begin).days) // (_LENGTHS[frequency] * interval) + 2) * _WEIGHTS[frequency])
    try:
        text = vRecur(parts | _count(rule)).to_ical().decode()  # type: ignore[no-untyped-call]
        found = iter(rrulestr(text, dtstart=begin))
    except (ValueError, TypeError):
        raise RuleError("how it repeats cannot be read") from None
    for each in found:
        if each > last:
            return
        if each.date() >= within.first and each >= start:
            yield each


def _count(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {"COUNT": rule["COUNT"]} if rule.get("COUNT") else {}


def _parts(rule: Mapping[str, Any], start: datetime) -> dict[str, list[Any]]:
    """What is read of a rule, with what it takes from its start. Raises RuleError where dateutil might not come to an end with it."""
    frequency = str((rule.get("FREQ") or [""])[0]).upper()
    if frequency in ("SECONDLY", "MINUTELY", "HOURLY"):
        raise RuleError("it repeats several times a day")
    if frequency not in _LENGTHS:
        raise RuleError("how it repeats cannot be read")
    parts = {name: list(rule[name]) for name in _READ if rule.get(name)}
    parts |= {"FREQ": [frequency], "INTERVAL": [min(max(1, int((rule.get("INTERVAL") or [1])[0])), _RAREST)]}
    if _is_strange(parts, start) or not _UNREAD.isdisjoint(rule):
        raise RuleError("it repeats in an unusual way; if it matters, write its days down by hand")
    if not any(name in parts for name in ("BYDAY", "BYMONTHDAY")) and frequency in ("MONTHLY", "YEARLY"):
        parts["BYMONTHDAY"] = [start.day]
        if frequency == "YEARLY" and "BYMONTH" not in parts:
            parts["BYMONTH"] = [start.month]
    return parts


def _is_strange(parts: Mapping[str, list[Any]], start: datetime) -> bool:
    """Whether there may be decades between two days on which a rule holds, or it never does."""
    frequency, interval = parts["FREQ"][0], parts["INTERVAL"][0]
    days, numbers, months = (parts.get(name, []) for name in ("BYDAY", "BYMONTHDAY", "BYMONTH"))
    if frequency in ("DAILY", "WEEKLY"):
        leaps = interval > 1 and (months or (frequency == "DAILY" and days and interval % 7 == 0))
        return bool(leaps or numbers or "BYSETPOS" in parts) or not all(1 <= month <= 12 for month in months)
    often = any(1 <= abs(number) <= _EACH_MONTH for number in numbers)
    rare = bool(numbers) and not often and (bool(days) or start.day not in numbers or start.month not in (months or [start.month]))
    ordinals = [each.relative for each in days if each.relative]
    return (
        rare
        or (bool(numbers) and bool(ordinals))
        or not all(1 <= month <= 12 for month in months)
        or (frequency == "MONTHLY" and bool(months) and interval > 1)
        or (bool(ordinals) and min(map(abs, ordinals)) > (53 if frequency == "YEARLY" and not months else 5))
        or ("BYSETPOS" in parts and not _is_placed(parts["BYSETPOS"], days, numbers))
    )


def _is_placed(positions: list[int], days: list[Any], numbers: list[int]) -> bool:
    """Whether there is a day at one of the places in every month, since there are enough to count."""
    enough = sum(1 if each.relative and abs(each.relative) < 5 else 0 if each.relative else 4 for each in days)
    return not numbers and any(1 <= abs(at) <= enough for at in positions)


def _near(parts: Mapping[str, list[Any]], start: datetime, target: date) -> datetime:
    """A later start that gives the same days from the target on, for a rule that does not count."""
    frequency, interval = parts["FREQ"][0], parts["INTERVAL"][0]
    if frequency in ("DAILY", "WEEKLY"):
        step = _LENGTHS[frequency] * interval
        return start + timedelta(step * max(0, (target - start.date()).days // step - 1))
    step = interval * (12 if frequency == "YEARLY" else 1)
    leaps = ((target.year - start.year) * 12 + target.month - start.month) // step - 1
    if leaps < 1:
        return start
    months = start.year * 12 + start.month - 1 + leaps * step
    return start.replace(year=months // 12, month=1 if frequency == "YEARLY" else months % 12 + 1, day=1)


def _until(rule: Mapping[str, Any]) -> datetime:
    """The last moment at which something can begin."""
    until = (rule.get("UNTIL") or [datetime.max])[0]
    if not isinstance(until, datetime):
        return datetime.combine(until, time.max)
    return until.replace(tzinfo=None)
