"""A time zone as calendar files tell it, and times of day as all programs read them alike. Knows no schools.

Europe/London is told by the two rules that it has kept since 1996; lists of dates, as libraries write them, are misread by some.
Any other zone is told by each change of its clocks in the years that are needed.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_LONDON: Final = """\
BEGIN:VTIMEZONE
TZID:{zone}
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE"""
_AS_LONDON: Final = ("Europe/London", "Europe/Belfast", "Europe/Jersey", "Europe/Guernsey", "Europe/Isle_of_Man", "GB")
_HOUR: Final = timedelta(hours=1)


def zone_lines(zone: ZoneInfo, first: int, last: int) -> list[str]:
    """A zone's VTIMEZONE for the years from the first to the last, in lines that are not folded."""
    if zone.key in _AS_LONDON and first >= 1997:
        return _LONDON.format(zone=zone.key).splitlines()
    start = datetime(first - 1, 1, 1, tzinfo=UTC)
    changes = [start, *_changes(zone, start, datetime(last + 2, 1, 1, tzinfo=UTC))]
    return ["BEGIN:VTIMEZONE", f"TZID:{zone.key}", *(line for each in changes for line in _observance(zone, each)), "END:VTIMEZONE"]


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """The moments at which a zone's clocks are put forward or back, to the second, in UTC."""
    day = timedelta(1)
    while start < end:
        low, high = start, start + day
        while high - low > timedelta(seconds=1) and _offset(zone, low) != _offset(zone, start + day):
            middle = low + (high - low) // 2
            middle = middle.replace(microsecond=0)
            low, high = (middle, high) if _offset(zone, middle) == _offset(zone, start) else (low, middle)
        if _offset(zone, start) != _offset(zone, start + day):
            yield high
        start += day


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _observance(zone: ZoneInfo, moment: datetime) -> list[str]:
    """What clocks show from a moment on."""
    before, after = _offset(zone, moment - timedelta(seconds=1)), _offset(zone, moment)
    local = moment.astimezone(zone)
    kind = "DAYLIGHT" if local.dst() else "STANDARD"
    shown = (moment + before).replace(tzinfo=None)
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{shown:%Y%m%dT%H%M%S}",
        f"TZNAME:{local.tzname()}",
        f"TZOFFSETFROM:{_signed(before)}",
        f"TZOFFSETTO:{_signed(after)}",
        f"END:{kind}",
    ]


def _signed(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"


def moment_of(value: datetime, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which the clocks of a zone show a time.

    One that they leave out in spring is as much later as they are put forward; of one that they show twice the first is meant.
    """
    return value.replace(tzinfo=zone, fold=0).astimezone(UTC)


def is_plain(value: datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks of a zone show a time once: neither never nor twice, of which programs think differently."""
    return value.replace(tzinfo=zone, fold=0).utcoffset() == value.replace(tzinfo=zone, fold=1).utcoffset()
