"""A calendar file (RFC 5545) cut into its entries, each of which icalendar then reads by itself, so that a broken one harms no other."""

import re
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sigctl.intake.answers import Unreadable

if TYPE_CHECKING:
    from icalendar import Component

_TIMES: Final = {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "FREEBUSY"}
_WANTED: Final = _TIMES | {
    "UID", "TRANSP", "STATUS", "SUMMARY", "CATEGORIES", "TZID", "X-LIC-LOCATION", "TZOFFSETTO", "X-MICROSOFT-CDO-BUSYSTATUS",
}  # fmt: skip
"""The properties that are read; all others, such as DESCRIPTION and ATTENDEE, are dropped with the line."""
_KINDS: Final = ("VEVENT", "VFREEBUSY", "VTIMEZONE")
_ENTRIES: Final = 20_000
_LINES: Final = 1_000_000
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_NAME: Final = re.compile(r"([A-Za-z0-9-]+)[;:]")


class BrokenEvent(ValueError):
    """An event that cannot be read: why, without anything of what it says."""


class Entry(NamedTuple):
    """A part of a calendar: what it is (`VEVENT`), the line on which it begins, and those of its lines that are read."""

    kind: str
    line: int
    text: str


def entries(text: str) -> tuple[Entry, ...]:
    """The events, free and busy times and time zones of a file; alarms and other things inside of them are left out.

    Raises Unreadable where there are too many.
    """
    found = []
    for each in _cut(text):
        found.append(each)
        if len(found) > _ENTRIES:
            raise Unreadable(f"this calendar has more than {_ENTRIES} entries", "export a shorter time, such as one school year")
    return tuple(found)


def _cut(text: str) -> Iterator[Entry]:
    """The entries in turn; one that is begun before the last has ended takes its place."""
    kind, began, kept, inside, is_kept = "", 0, list[str](), list[str](), False
    for number, line in enumerate(_LINE_END.split(text), 1):
        if number > _LINES:
            raise Unreadable(f"this calendar has more than {_LINES} lines", "export a shorter time, such as one school year")
        what, _, name = line[:40].strip().upper().partition(":")
        if what == "BEGIN" and name in _KINDS:
            kind, began, kept, inside, is_kept = name, number, [], [], False
        elif what == "BEGIN":
            inside.append(name)
        elif what == "END" and kind and name == kind:
            yield Entry(kind, began, "\r\n".join((f"BEGIN:{kind}", *kept, f"END:{kind}", "")))
            kind = ""
        elif what == "END":
            inside = inside[:-1]
        elif kind and line[:1] in (" ", "\t"):
            kept += [line] if is_kept else []
        elif kind:
            is_kept = _is_wanted(line) and (not inside or inside[-1] == "STANDARD")
            kept += [line] if is_kept else []


def _is_wanted(line: str) -> bool:
    match = _NAME.match(line)
    return bool(match and match[1].upper() in _WANTED)


def event_of(entry: Entry) -> "Component":
    """An event, read. Raises BrokenEvent where one of its times cannot be; what else is wrong in it does not matter."""
    event = _read(entry)
    wrong = {name for name, _ in event.errors}
    if "RRULE" in wrong:
        raise BrokenEvent("how it repeats cannot be read")
    if wrong & {*_TIMES, None}:
        raise BrokenEvent("one of its times cannot be read")
    return event


def free_busy_of(entry: Entry) -> "Component":
    """Free and busy times, read. Raises BrokenEvent where one of them cannot be."""
    return _read(entry)


def _read(entry: Entry) -> "Component":
    """An entry as icalendar reads it, which warns of odd names of zones and, for some, fails as it looks for their file."""
    from icalendar import Event, FreeBusy

    kind = Event if entry.kind == "VEVENT" else FreeBusy
    with warnings.catch_warnings(action="ignore"):
        try:
            return kind.from_ical(entry.text.encode())
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, OSError):
            raise BrokenEvent("one of its times cannot be read") from None


def told(entry: Entry) -> dict[str, str]:
    """What the lines of an entry say, by name; where a name stands twice, the first of them."""
    from icalendar.parser import Contentlines

    found: dict[str, str] = {}
    for line in filter(None, Contentlines.from_ical(entry.text)):  # type: ignore[no-untyped-call]
        try:
            name, _, value = line.parts()
        except ValueError:
            continue
        found.setdefault(name.upper(), value.strip())
    return found


def every(event: "Component", name: str) -> list[Any]:
    """All properties of a name."""
    found = event.get(name, [])
    return list(found) if isinstance(found, list) else [found]


def text_of(event: "Component", name: str) -> str:
    """What a property says, empty where there is none."""
    return " ".join(each.to_ical().decode() for each in every(event, name)).strip()
