"""Events as calendar files: a feed to which people subscribe, and an invitation that goes with a mail (RFC 5545, RFC 5546, RFC 7986).

The same events give the same bytes: nothing here asks the clock. Lines end in CRLF and are folded at 75 octets.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from sigctl.event import PRODUCT, Event, Published
from sigctl.render.labels import label
from sigctl.render.zone import is_plain, moment_of, zone_lines
from sigctl.words import Language, Words

_REFRESH: Final = "PT12H"
_WIDEST: Final = 75
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ABROAD: Final = re.compile("[\xa1-\ud7ff\ue000-\U0010ffff]")
_WEB: Final = re.compile(r"https?://[!#-;=?-~]+")
_FREE: Final = ("visit", "visit-host", "visit-reserve", "out", "stage-due", "stage-held")
"""Kinds of event that leave whoever has them in the calendar free."""


class Address(NamedTuple):
    """Somebody who gets mail or sends it."""

    email: str
    name: str = ""


class _Voice(NamedTuple):
    """In which languages events are told, and whose clocks they go by."""

    languages: tuple[Language, ...]
    zone: ZoneInfo


def ics_text(name: Words, events: Sequence[Published], languages: Sequence[Language], zone: str) -> str:
    """A calendar to which people subscribe, under its name. In two languages each text says both, the first one first."""
    voice = _Voice(tuple(languages), ZoneInfo(zone))
    called = _text(_both(name, voice))
    head = [
        "METHOD:PUBLISH",
        f"NAME:{called}",
        f"X-WR-CALNAME:{called}",
        f"X-WR-TIMEZONE:{zone}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{_REFRESH}",
        f"X-PUBLISHED-TTL:{_REFRESH}",
    ]
    return _calendar(head, [(each, ()) for each in events], voice)


def invitation(event: Published, sender: Address, to: Address, languages: Sequence[Language], zone: str) -> str:
    """One event as mail tells it to one person: so that it stands in their calendar, is changed there, or is taken out of it."""
    voice = _Voice(tuple(languages), ZoneInfo(zone))
    role = "OPT-PARTICIPANT" if event.event.kind == "visit-reserve" else "REQ-PARTICIPANT"
    status = "" if event.event.is_off else ";PARTSTAT=NEEDS-ACTION;RSVP=FALSE"
    people = (
        f"ORGANIZER{_name(sender)}:mailto:{_address(sender)}",
        f"ATTENDEE{_name(to)};CUTYPE=INDIVIDUAL;ROLE={role}{status}:mailto:{_address(to)}",
    )
    method = "CANCEL" if event.event.is_off else "REQUEST"
    return _calendar([f"METHOD:{method}"], [(event, people)], voice)


def _calendar(head: Sequence[str], events: Sequence[tuple[Published, Sequence[str]]], voice: _Voice) -> str:
    timed = [each.event for each, _ in events if each.event.is_timed]
    years = [moment.year for event in timed for moment in (event.start, event.end)]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", *head]
    lines += zone_lines(voice.zone, min(years), max(years)) if years else []
    lines += [line for each, people in events for line in _event(each, people, voice)]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(published: Published, people: Sequence[str], voice: _Voice) -> Iterator[str]:
    event, changed = published.event, _stamp(published.changed)
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield from (f"DTSTAMP:{changed}", f"LAST-MODIFIED:{changed}", f"SEQUENCE:{published.sequence}")
    yield from _times(event, voice.zone)
    yield f"SUMMARY{_tongue(voice)}:{_text(summary(event, voice.languages))}"
    for name, value in (("LOCATION", _both(event.place, voice)), ("DESCRIPTION", _description(event, voice))):
        if value:
            yield f"{name}{_tongue(voice)}:{_text(value)}"
    if _web(event.link):
        yield f"URL:{_web(event.link)}"
    yield from people
    is_free = event.is_off or event.kind in _FREE or (event.kind == "meeting" and not event.is_timed)
    yield f"TRANSP:{'TRANSPARENT' if is_free else 'OPAQUE'}"
    yield f"STATUS:{'CANCELLED' if event.is_off else 'CONFIRMED'}"
    yield from (line for before in event.alarms for line in _alarm(before, event, voice))
    yield "END:VEVENT"


def summary(event: Event, languages: Sequence[Language]) -> str:
    """What an event is called in a calendar: what it is, and its title. Said once where both languages say the same.

    What does not take place is told as cancelled; what only this calendar has no longer is not, since others go there.
    """
    titles = [event.title.said(each) for each in languages]
    kinds = [label(f"calendar.{event.kind}", each) for each in languages]
    fate = "calendar.cancelled" if event.is_cancelled else "calendar.gone"
    off = _once(label(fate, each) for each in languages if event.is_off)
    told = f"{_once(kinds)}: {titles[0]}" if len(set(titles)) == 1 else _once(map("{}: {}".format, kinds, titles))
    return f"{off}: {told}" if off else told


def _description(event: Event, voice: _Voice) -> str:
    """What is told besides, once in each language."""
    return "\n\n".join(filter(None, ("\n".join(_told_besides(event, each)) for each in voice.languages)))


def _told_besides(event: Event, language: Language) -> Iterator[str]:
    for key, words in event.lines:
        yield f"{label(key, language)}: {words.said(language)}"
    if _web(event.link):
        yield f"{label('calendar.link', language)}: {_web(event.link)}"


def _times(event: Event, zone: ZoneInfo) -> Iterator[str]:
    """When it begins and ends. A day's end is the day after; times that clocks show twice or never are told in UTC."""
    if not isinstance(event.start, datetime) or not isinstance(event.end, datetime):
        yield f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.end + timedelta(1):%Y%m%d}"
        return
    start, end = moment_of(event.start, zone), moment_of(event.end, zone)
    if event.end > event.start and end <= start:
        end = start + (event.end - event.start)
    if is_plain(event.start, zone) and is_plain(event.end, zone):
        yield f"DTSTART;TZID={zone.key}:{event.start:%Y%m%dT%H%M%S}"
        yield from [f"DTEND;TZID={zone.key}:{event.end:%Y%m%dT%H%M%S}"] if end > start else []
    else:
        yield f"DTSTART:{_stamp(start)}"
        yield from [f"DTEND:{_stamp(end)}"] if end > start else []


def _alarm(before: timedelta, event: Event, voice: _Voice) -> Iterator[str]:
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(summary(event, voice.languages))}")
    hours, minutes = divmod(int(before.total_seconds()) // 60, 60)
    yield f"TRIGGER:-PT{f'{hours}H' if hours else ''}{f'{minutes}M' if minutes or not hours else ''}"
    yield "END:VALARM"


def _both(words: Words, voice: _Voice) -> str:
    return _once(words.said(each) for each in voice.languages)


def _once(each: Iterable[str]) -> str:
    """What is said in each language, with a stroke between where it differs."""
    return " / ".join(dict.fromkeys(filter(None, each)))


def _tongue(voice: _Voice) -> str:
    return f";LANGUAGE={voice.languages[0]}" if len(voice.languages) == 1 else ""


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """A text as a value: on one line, and nothing in it that means something to a calendar."""
    plain = _UNSEEN.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n").replace("\t", " ")


def _name(who: Address) -> str:
    """A name beside an address; quotes cannot stand in it."""
    plain = " ".join(_UNSEEN.sub(" ", who.name.replace("\n", " ")).replace('"', "'").split())
    return f';CN="{plain}"' if plain else ""


def _address(who: Address) -> str:
    if not re.fullmatch(r"[^\s<>\"\x00-\x1f\x7f]+@[^\s<>\"\x00-\x1f\x7f]+", who.email):
        raise ValueError("this is not an address for mail")
    return who.email


def _web(link: str) -> str:
    """An address of the web as it can stand in a calendar; nothing where it is none."""
    plain = _ABROAD.sub(lambda found: "".join(f"%{octet:02X}" for octet in found[0].encode("utf-8")), link)
    return plain if _WEB.fullmatch(plain) else ""


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, none of which ends inside a letter."""
    if len(line) <= _WIDEST and (line.isascii() or len(line.encode("utf-8")) <= _WIDEST):
        return line
    pieces, size = [""], 0
    for letter in line:
        width = len(letter.encode("utf-8"))
        if size + width > _WIDEST:
            pieces.append("")
            size = 1
        pieces[-1] += letter
        size += width
    return "\r\n ".join(pieces)
