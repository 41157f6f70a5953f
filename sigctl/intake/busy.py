"""Which days a calendar leaves free: an ICS file of somebody's, or of a school's, into days. Nothing else of it is kept."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from sigctl.intake.answers import Asked, Fault, Unreadable
from sigctl.intake.entries import BrokenEvent, Entry, entries, event_of, every, free_busy_of, text_of
from sigctl.intake.occurring import Stretch, Times, replaced
from sigctl.intake.repeating import Budget, RuleError
from sigctl.intake.sheets import LARGEST, decoded
from sigctl.intake.titles import Said, said_by
from sigctl.intake.zones import Zones
from sigctl.term_dates import DAY, Span

if TYPE_CHECKING:
    from icalendar import Component

_What = TypeVar("_What")
_SCHOOL_DAY: Final = (time(9), time(15, 30))
_TOO_MUCH: Final = timedelta(hours=2)
"""A day counts as taken where somebody is busy for so long during the school day; a visit takes the whole of it."""
_WORK: Final = 500_000
"""So many days are looked at, in one file, for what repeats."""
_TOLD: Final = 20
"""So many broken events are told one by one."""


class Kept(StrEnum):
    """What a stretch of a calendar means for the days that it touches."""

    BUSY = "busy"
    TENTATIVE = "tentative"
    STAFF = "staff"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a calendar within a window, by what they are; no day stands twice.

    `short` holds days on which somebody is busy, though not for long; `unmarked` those all-day entries of a school of which nobody
    can say whether they keep visitors out.
    """

    busy: tuple[date, ...] = ()
    tentative: tuple[date, ...] = ()
    short: tuple[date, ...] = ()
    staff: tuple[date, ...] = ()
    closed: tuple[date, ...] = ()
    unmarked: tuple[date, ...] = ()
    events: int = 0
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()


class _Piece(NamedTuple):
    """A stretch and what it means; nothing where it only may mean something."""

    stretch: Stretch
    kept: Kept | None


Meaning = Callable[["Component"], tuple[Kept | None, bool]]
"""What an event means for its days, and whether it means anything at all."""


def of_person(asked: Asked, content: bytes, zone: tzinfo) -> Calendar:
    """Somebody's own calendar: when they are busy, whatever it is with; its titles are not looked at. Raises Unreadable."""
    return _calendar(asked, content, zone, lambda event: ((kept := _busy(event)), kept is not None))


def of_school(asked: Asked, content: bytes, zone: tzinfo) -> Calendar:
    """A school's calendar: INSET days and closures by their titles, also where they are marked as free. Raises Unreadable.

    Other entries of a school tell of its life, so they keep nobody out unless they say examination or inspection, or are marked
    as busy.
    """
    return _calendar(asked, content, zone, _of_school)


def _of_school(event: "Component") -> tuple[Kept | None, bool]:
    match said_by(" ".join((text_of(event, "SUMMARY"), text_of(event, "CATEGORIES")))):
        case _ if text_of(event, "STATUS").upper() == "CANCELLED":
            return None, False
        case Said.STAFF:
            return Kept.STAFF, True
        case Said.CLOSED:
            return Kept.CLOSED, True
        case Said.OPEN:
            return None, False
        case Said.TAKEN:
            return Kept.BUSY, True
    is_marked = text_of(event, "TRANSP") or text_of(event, "X-MICROSOFT-CDO-BUSYSTATUS")
    kept = _busy(event)
    return (kept, True) if is_marked and kept else (None, kept is not None)


def _busy(event: "Component") -> Kept | None:
    """Whether an event takes its time, by all the ways in which programs say so."""
    status, marked = text_of(event, "STATUS").upper(), text_of(event, "X-MICROSOFT-CDO-BUSYSTATUS").upper()
    if status == "CANCELLED" or marked == "FREE" or (not marked and text_of(event, "TRANSP").upper() == "TRANSPARENT"):
        return None
    return Kept.TENTATIVE if marked == "TENTATIVE" or (status == "TENTATIVE" and not marked) else Kept.BUSY


def _calendar(asked: Asked, content: bytes, zone: tzinfo, meaning: Meaning) -> Calendar:
    if len(content) > LARGEST:
        raise Unreadable(f"this calendar has {len(content) // 1_000_000} MB", "export a shorter time, such as one school year")
    found = entries(decoded(content))
    of_kind = {kind: [each for each in found if each.kind == kind] for kind in ("VEVENT", "VFREEBUSY", "VTIMEZONE")}
    if not (of_kind["VEVENT"] or of_kind["VFREEBUSY"]) and b"END:VCALENDAR" not in content.upper():
        raise Unreadable("this calendar has no entry that can be read", "export it again as an .ics file")
    zones, faults = Zones(zone, of_kind["VTIMEZONE"]), list[Fault]()
    times = Times(zones, asked.window, Budget(_WORK))
    pieces = [
        *_events(times, of_kind["VEVENT"], meaning, _Guard(asked, faults)),
        *_Guard(asked, faults).all(of_kind["VFREEBUSY"], lambda each: _free_busy(times, each)),
    ]
    notes = tuple(f"the time zone `{name}` is not known; its times were read as local ones" for name in zones.unknown)
    return _days(pieces, asked.window, Calendar(events=len(of_kind["VEVENT"]), faults=_first(asked, faults), notes=notes))


def _first(asked: Asked, faults: Sequence[Fault]) -> tuple[Fault, ...]:
    if len(faults) <= _TOLD:
        return tuple(faults)
    return (*faults[:_TOLD], Fault(asked.file, 0, f"{len(faults) - _TOLD} more entries could not be read"))


class _Guard(NamedTuple):
    """Reads entries one by one; one that is broken is told by its line and left out, and harms no other."""

    asked: Asked
    faults: list[Fault]

    def all(self, found: Sequence[Entry], read: Callable[[Entry], Iterable[_What]]) -> Iterator[_What]:
        """Everything that comes of the entries that can be read."""
        for each in found:
            try:
                yield from list(read(each))
            except (BrokenEvent, RuleError) as trouble:
                self._leave_out(each, str(trouble))
            except (ValueError, OverflowError, TypeError, AttributeError):
                self._leave_out(each, "one of its times cannot be read")

    def _leave_out(self, entry: Entry, why: str) -> None:
        self.faults.append(Fault(self.asked.file, entry.line, f"the entry that begins here is left out: {why}"))


def _events(times: Times, found: Sequence[Entry], meaning: Meaning, guard: _Guard) -> Iterator[_Piece]:
    """The pieces of all events, once it is known which of them stand for occurrences of others."""
    events = dict(guard.all(found, lambda entry: [(entry, event_of(entry))]))
    overridden = replaced(times, list(events.values()))

    def pieces(entry: Entry) -> Iterator[_Piece]:
        event = events[entry]
        kept, counts = meaning(event)
        if counts:
            instead = () if every(event, "RECURRENCE-ID") else overridden.get(text_of(event, "UID"), ())
            yield from (_Piece(stretch, kept) for stretch in times.of(event, instead))

    yield from guard.all(list(events), pieces)


def _free_busy(times: Times, entry: Entry) -> Iterator[_Piece]:
    """What a list of free and busy times says; one without a type is busy."""
    for told in every(free_busy_of(entry), "FREEBUSY"):
        kind = str(told.params.get("FBTYPE", "BUSY")).upper()
        if kind != "FREE":
            yield from (_Piece(stretch, Kept.TENTATIVE if kind == "BUSY-TENTATIVE" else Kept.BUSY) for stretch in times.period(told))


def _days(pieces: Sequence[_Piece], window: Span, about: Calendar) -> Calendar:
    """The days that the pieces take, each once: closed before training, before busy, before tentative, before short."""
    by_day: dict[date, list[tuple[datetime, datetime, Kept | None]]] = {}
    for piece in pieces:
        for day, start, end in _by_day(piece.stretch, window):
            by_day.setdefault(day, []).append((start, end, piece.kept))
    found: dict[str, list[date]] = {}
    for day in sorted(by_day):
        found.setdefault(_named(by_day[day]), []).append(day)
    days = {name: tuple(found.get(name, ())) for name in ("busy", "tentative", "short", "staff", "closed", "unmarked")}
    return Calendar(**days, events=about.events, faults=about.faults, notes=about.notes)


def _by_day(stretch: Stretch, window: Span) -> Iterator[tuple[date, datetime, datetime]]:
    """The part of a stretch that lies in each school day of the window."""
    day = max(stretch.start.date(), window.first)
    while day <= window.last and datetime.combine(day, time()) < stretch.end:
        first, last = (datetime.combine(day, clock) for clock in _SCHOOL_DAY)
        start, end = max(first, stretch.start), min(last, stretch.end)
        if start < end:
            yield day, start, end
        day += DAY


def _named(parts: Sequence[tuple[datetime, datetime, Kept | None]]) -> str:
    for kept in (Kept.CLOSED, Kept.STAFF, Kept.BUSY):
        if _together(parts, (kept,)) >= _TOO_MUCH:
            return kept.value
    if _together(parts, (Kept.BUSY, Kept.TENTATIVE)) >= _TOO_MUCH:
        return Kept.TENTATIVE.value
    return "short" if _together(parts, (Kept.BUSY, Kept.TENTATIVE)) else "unmarked"


def _together(parts: Sequence[tuple[datetime, datetime, Kept | None]], kinds: Collection[Kept]) -> timedelta:
    """How long the parts of some kinds take together, where they overlap counted once."""
    total, until = timedelta(), datetime.min
    for start, end in sorted((start, end) for start, end, kept in parts if kept in kinds):
        total += max(timedelta(), end - max(start, until))
        until = max(until, end)
    return total
