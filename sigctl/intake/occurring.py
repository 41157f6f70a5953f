"""When the events of a calendar take place: each occurrence as a stretch of time in the cluster's own time zone."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sigctl.intake.entries import BrokenEvent, every, text_of
from sigctl.intake.repeating import Budget, RuleError, repeated
from sigctl.intake.zones import Zones
from sigctl.term_dates import DAY, Span

if TYPE_CHECKING:
    from icalendar import Component, vPeriod

_LONGEST: Final = timedelta(days=400)


class Stretch(NamedTuple):
    """A stretch of time on the clocks of the cluster's zone, the end not included. An all-day one goes from midnight to midnight."""

    start: datetime
    end: datetime
    is_all_day: bool


class Times:
    """Reads the times of one file, against the zones in it."""

    def __init__(self, zones: Zones, window: Span, budget: Budget) -> None:
        self.zones = zones
        self.window = window
        self.budget = budget

    def moments(self, told: Any) -> tuple[date, ...]:
        """The times in a property, each a day alone or a time in a zone; of periods their starts."""
        values = [each.dt for each in getattr(told, "dts", (told,))]
        return tuple(self.zones.placed(each[0] if isinstance(each, tuple) else each, _zone(told)) for each in values)

    def stretch(self, start: date, length: timedelta) -> Stretch:
        """A start and a length on the clocks of the cluster."""
        if not isinstance(start, datetime):
            begin = datetime.combine(start, time())
            return Stretch(begin, begin + max(length, DAY), True)
        first, last = (each.astimezone(self.zones.own).replace(tzinfo=None) for each in (start, _instant(start) + length))
        return Stretch(first, last, False)

    def of(self, event: "Component", overridden: Iterable[date]) -> Iterator[Stretch]:
        """When an event takes place within the window, without the occurrences that others replace. Raises BrokenEvent."""
        if not every(event, "DTSTART"):
            raise BrokenEvent("it has no start")
        start = self.moments(every(event, "DTSTART")[0])[0]
        length = self._length(event, start)
        try:
            days = list(self._repeated(event, start, length))
        except RuleError as trouble:
            raise BrokenEvent(str(trouble)) from None
        days += [moment for each in every(event, "RDATE") for moment in self.moments(each)]
        without = {_key(moment, start) for each in every(event, "EXDATE") for moment in self.moments(each)}
        without |= {_key(moment, start) for moment in overridden}
        for moment in dict.fromkeys(days):
            if _key(moment, start) not in without and self._is_near(moment, length):
                self.budget.spend(1)
                yield self.stretch(moment, length)

    def period(self, told: "vPeriod") -> Iterator[Stretch]:
        """A period of free or busy time, where it touches the window."""
        start, end = (self.zones.placed(each, _zone(told)) for each in (told.start, told.end))
        length = _instant(end) - _instant(start)
        if self._is_near(start, length):
            self.budget.spend(1)
            yield self.stretch(start, length)

    def _is_near(self, moment: date, length: timedelta) -> bool:
        day = _day(moment)
        return self.window.first - DAY <= day + min(length, _LONGEST) + DAY and day <= self.window.last + DAY

    def _repeated(self, event: "Component", start: date, length: timedelta) -> Iterator[date]:
        """The start, and whenever it repeats by the clock of its own zone."""
        yield start
        reach = Span(self.window.first - min(length, _LONGEST) - DAY, self.window.last + DAY)
        zone = start.tzinfo if isinstance(start, datetime) else None
        begin = start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.combine(start, time())
        for rule in every(event, "RRULE"):
            for each in repeated(_local(rule, zone), begin, reach, self.budget):
                yield each.replace(tzinfo=zone) if zone else each.date()

    def _length(self, event: "Component", start: date) -> timedelta:
        """How long it takes; a day, where a day alone is said, and nothing for a time alone."""
        for told in every(event, "DTEND"):
            end = self.moments(told)[0]
            is_timed = isinstance(start, datetime) and isinstance(end, datetime)
            return _instant(end) - _instant(start) if is_timed else _day(end) - _day(start)
        for told in every(event, "DURATION"):
            if not isinstance(told.dt, timedelta):
                raise BrokenEvent("its length cannot be read")
            return told.dt
        return timedelta() if isinstance(start, datetime) else DAY


def replaced(times: Times, events: Sequence["Component"]) -> dict[str, list[date]]:
    """The occurrences that other events of the same UID stand for, by UID."""
    found: dict[str, list[date]] = {}
    for event in events:
        for told in every(event, "RECURRENCE-ID"):
            if uid := text_of(event, "UID"):
                found.setdefault(uid, []).extend(times.moments(told))
    return found


def _zone(told: Any) -> str:
    """The name of the zone that stands in a property."""
    return str(told.params.get("TZID", ""))


def _local(rule: Any, zone: tzinfo | None) -> dict[str, Any]:
    """A rule whose last moment is told by the clock of a zone."""
    until = [each.astimezone(zone) if zone and isinstance(each, datetime) and each.tzinfo else each for each in rule.get("UNTIL", [])]
    return {**rule, "UNTIL": until} if until else dict(rule)


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _instant(moment: date) -> datetime:
    """A time as it is in Greenwich, so that times of different zones, and over a change of clocks, can be counted against each other."""
    return moment.astimezone(UTC) if isinstance(moment, datetime) else datetime.combine(moment, time(), UTC)


def _key(moment: date, like: date) -> date:
    """What two moments have in common where they mean the same occurrence of an event that begins like this."""
    return _instant(moment) if isinstance(moment, datetime) and isinstance(like, datetime) else _day(moment)
