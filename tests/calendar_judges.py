"""What other programs read in our calendar files: ical.js and node-ical (through node), libical (through ctypes), icalendar.

`.ci/tools` gets the first three; a test that needs one that is not there is skipped and says so.
"""

import ctypes
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

import icalendar
import pytest

ROOT = Path(__file__).resolve().parent.parent
NODE_MODULES = ROOT / "build" / "tools" / "node_modules"


class Seen(NamedTuple):
    """An event as a program reads it: days as `2026-11-12`, moments in UTC as `2026-11-12T15:45:00Z`; an end is the first that is past."""

    uid: str
    start: str
    end: str | None
    sequence: int
    status: str
    summary: str
    description: str


def by_node(files: Sequence[Path]) -> Mapping[Path, Mapping[str, tuple[Seen, ...]]]:
    """What ical.js and node-ical read in files."""
    node = shutil.which("node")
    if node is None or not (NODE_MODULES / "ical.js").is_dir() or not (NODE_MODULES / "node-ical").is_dir():
        pytest.skip("ical.js and node-ical are not here; .ci/tools gets them")
    done = subprocess.run(
        [node, str(ROOT / "tests" / "calendar_judge.cjs")],
        input="\n".join(map(str, files)),
        env={**os.environ, "NODE_PATH": str(NODE_MODULES), "TZ": "UTC"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    return {Path(file): {name: tuple(map(_seen, events)) for name, events in found.items()} for file, found in told.items()}


def _seen(event: Mapping[str, object]) -> Seen:
    return Seen(*(event[name] for name in Seen._fields))  # type: ignore[arg-type]


def by_icalendar(file: Path) -> tuple[Seen, ...]:
    """What icalendar reads in a file, and that it finds no fault."""
    calendar = icalendar.Calendar.from_ical(file.read_bytes())
    events = tuple(calendar.walk("VEVENT"))
    assert not [error for event in (calendar, *calendar.walk()) for error in event.errors]
    return tuple(
        Seen(
            str(event["UID"]),
            _told(event["DTSTART"].dt),
            _told(event["DTEND"].dt) if "DTEND" in event else None,
            int(event["SEQUENCE"]),
            str(event["STATUS"]),
            str(event["SUMMARY"]),
            str(event.get("DESCRIPTION", "")),
        )
        for event in events
    )


def _told(value: date) -> str:
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, datetime) else f"{value:%Y-%m-%d}"


class _Time(ctypes.Structure):
    """`struct icaltimetype` of libical 3."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second", "is_date", "is_daylight")),
        ("zone", ctypes.c_void_p),
    )


@cache
def _libical() -> ctypes.CDLL | None:
    try:
        found = ctypes.CDLL("libical.so.3")
    except OSError:
        return None
    for name in ("icalparser_parse_string", "icalcomponent_get_first_component", "icalcomponent_get_next_component"):
        getattr(found, name).restype = ctypes.c_void_p
    for name in ("icalcomponent_get_uid", "icalcomponent_get_summary", "icalcomponent_get_description", "icalproperty_status_to_string"):
        getattr(found, name).restype = ctypes.c_char_p
    for name in ("icalcomponent_get_dtstart", "icalcomponent_get_dtend"):
        getattr(found, name).restype = _Time
    found.icalcomponent_as_ical_string.restype = ctypes.c_char_p
    found.icaltime_as_timet_with_zone.argtypes = (_Time, ctypes.c_void_p)
    found.icaltime_as_timet_with_zone.restype = ctypes.c_long
    return found


def by_libical(file: Path) -> tuple[Seen, ...]:
    """What libical reads in a file, and that it keeps the rules of an invitation (RFC 5546), or those of any calendar.

    A feed says PUBLISH, as those of Google and Outlook do, without the ORGANIZER that the RFC wants: with one, programs take its
    events for meetings of that person. So a feed is judged as a calendar that says nothing.
    """
    library = _libical()
    if library is None:
        pytest.skip("libical is not here; .ci/tools gets it")
    calendar = ctypes.c_void_p(library.icalparser_parse_string(file.read_bytes().replace(b"METHOD:PUBLISH\r\n", b"")))
    assert calendar
    try:
        assert library.icalrestriction_check(calendar) == 1, library.icalcomponent_as_ical_string(calendar).decode()
        assert library.icalcomponent_count_errors(calendar) == 0
        return tuple(_by_libical(library, calendar))
    finally:
        library.icalcomponent_free(calendar)


def _by_libical(library: ctypes.CDLL, calendar: ctypes.c_void_p) -> Iterator[Seen]:
    kind = library.icalcomponent_string_to_kind(b"VEVENT")
    event = ctypes.c_void_p(library.icalcomponent_get_first_component(calendar, kind))
    while event:
        start, end = library.icalcomponent_get_dtstart(event), library.icalcomponent_get_dtend(event)
        yield Seen(
            library.icalcomponent_get_uid(event).decode(),
            _moment(library, start) or "",
            _moment(library, end) if _as_numbers(end) != _as_numbers(start) else None,
            library.icalcomponent_get_sequence(event),
            library.icalproperty_status_to_string(library.icalcomponent_get_status(event)).decode(),
            library.icalcomponent_get_summary(event).decode(),
            (library.icalcomponent_get_description(event) or b"").decode(),
        )
        event = ctypes.c_void_p(library.icalcomponent_get_next_component(calendar, kind))


def _as_numbers(time: _Time) -> tuple[int, ...]:
    return time.year, time.month, time.day, time.hour, time.minute


def _moment(library: ctypes.CDLL, time: _Time) -> str | None:
    if not time.year:
        return None
    if time.is_date:
        return f"{time.year:04d}-{time.month:02d}-{time.day:02d}"
    return _told(datetime.fromtimestamp(library.icaltime_as_timet_with_zone(time, time.zone), UTC))
