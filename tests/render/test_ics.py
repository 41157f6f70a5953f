"""Calendar files: what four other programs read in them, to the octet where that matters."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import icalendar
import pytest
from calendar_judges import Seen, by_icalendar, by_libical, by_node
from hypothesis import given, settings
from hypothesis import strategies as st

from sigctl.event import Event, Published
from sigctl.render.ics import Address, ics_text, invitation
from sigctl.words import Words, same

LONDON = "Europe/London"
CHANGED = datetime(2026, 11, 20, 8, 15, tzinfo=UTC)
NAME = Words("Clwstwr Cynon", "Cynon Cluster")
CHANGES = (date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31))
"""The Sundays on which clocks change in Britain."""


def meeting(start: date, end: date, **more: object) -> Event:
    uid = f"m-{start:%Y%m%dt%H%M}.meeting@sig-3"
    return Event(uid, "meeting", Words("Grŵp Strategol", "Strategic Group"), start, end, **more)  # type: ignore[arg-type]


def visit(**more: object) -> Event:
    fields = {"start": date(2026, 11, 12), "end": date(2026, 11, 13), **more}
    return Event("round-4.rhydywaun.visit@sig-3", "visit-lead", same("Ysgol Gyfun Rhydywaun"), **fields)  # type: ignore[arg-type]


def told(*events: Event, languages: Sequence[str] = ("cy", "en"), zone: str = LONDON, sequence: int = 0) -> str:
    return ics_text(NAME, [Published(each, sequence, CHANGED) for each in events], languages, zone)  # type: ignore[arg-type]


def put(folder: Path, text: str, name: str = "feed.ics") -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8"))
    return path


def all_read(file: Path) -> dict[str, tuple[Seen, ...]]:
    """What each program reads in a file."""
    return {"icalendar": by_icalendar(file), "libical": by_libical(file), **by_node([file])[file]}


def around(changes: Sequence[date]) -> list[Event]:
    days = [change + timedelta(number) for change in changes for number in (-7, -1, 0, 1, 7)]
    starts = [datetime.combine(day, at) for day in days for at in (time(0, 30), time(1, 30), time(9, 30), time(23, 30))]
    return [meeting(start, start + timedelta(hours=1)) for start in starts]


def expected(local: datetime, zone: str) -> str:
    return f"{local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def test_four_programs_read_the_same_times_across_both_clock_changes(tmp_path: Path) -> None:
    events = around(CHANGES)
    read = all_read(put(tmp_path, told(*events)))
    assert [each.start for each in read["libical"]] == [expected(event.start, LONDON) for event in events]  # type: ignore[arg-type]
    assert read["libical"] == read["ical.js"] == read["node-ical"] == read["icalendar"]
    by_start = {event.start: seen for event, seen in zip(events, read["ical.js"], strict=True)}
    assert by_start[datetime(2027, 3, 21, 9, 30)].start == "2027-03-21T09:30:00Z"
    assert by_start[datetime(2027, 3, 29, 9, 30)].start == "2027-03-29T08:30:00Z"
    assert by_start[datetime(2026, 10, 25, 1, 30)][1:3] == (
        "2026-10-25T00:30:00Z",
        "2026-10-25T02:30:00Z",
    )  # of two the first; it ends at 02:30
    assert by_start[datetime(2027, 3, 28, 1, 30)].start == "2027-03-28T01:30:00Z"  # 02:30: no clock shows 01:30
    assert all(seen.end and seen.end > seen.start for seen in read["ical.js"])


@pytest.mark.parametrize(
    ("zone", "changes"),
    [
        ("Europe/Berlin", CHANGES),
        ("America/New_York", [date(2026, 11, 1), date(2027, 3, 14), date(2027, 11, 7)]),
        ("Australia/Lord_Howe", [date(2026, 10, 4), date(2027, 4, 4), date(2027, 10, 3)]),
        ("Africa/Casablanca", [date(2027, 2, 7), date(2027, 3, 14)]),
        ("Asia/Kolkata", CHANGES),
        ("Europe/Jersey", CHANGES),
        ("UTC", CHANGES),
    ],
)
def test_other_time_zones_are_read_alike_as_well(tmp_path: Path, zone: str, changes: list[date]) -> None:
    events = around(changes)
    read = all_read(put(tmp_path, told(*events, zone=zone)))
    assert [each.start for each in read["libical"]] == [expected(event.start, zone) for event in events]  # type: ignore[arg-type]
    assert read["libical"] == read["ical.js"] == read["node-ical"] == read["icalendar"]


def random_event(chance: Random) -> Event:
    day = date(2026, 9, 1) + timedelta(chance.randrange(600))
    uid = f"{chance.randrange(10**9)}.visit@sig-3"
    text = "".join(chance.choices("aŵ ,;:\"'/€😀-", k=chance.randrange(1, 90))).strip() + "x"
    more = {"place": same(text), "lines": (("calendar.team", Words(text, text[::-1])),) if chance.random() < 0.5 else ()}
    if chance.random() < 0.4:
        return Event(uid, "visit", Words(text, "a"), day, day + timedelta(chance.randrange(4)), **more)  # type: ignore[arg-type]
    start = datetime.combine(day, time(chance.randrange(24), chance.choice([0, 15, 30, 45])))
    end = start + timedelta(minutes=15 * chance.randrange(12))
    return Event(uid, "meeting", same(text), start, end, is_cancelled=chance.random() < 0.2, **more)  # type: ignore[arg-type]


def test_four_programs_read_any_calendar_alike(tmp_path: Path) -> None:
    zones = (LONDON, LONDON, "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia")
    files = {}
    for seed in range(60):
        chance = Random(seed)
        events = [random_event(chance) for _ in range(chance.randrange(1, 15))]
        zone = chance.choice(zones)
        text = told(*events, zone=zone, languages=chance.choice([("cy",), ("en",), ("cy", "en")]))
        files[put(tmp_path, text, f"{seed}.ics")] = [(event, zone) for event in events]
    for file, found in by_node(list(files)).items():
        assert by_icalendar(file) == by_libical(file) == found["ical.js"] == found["node-ical"]
        assert [each.start for each in found["ical.js"]] == [starts(event, zone) for event, zone in files[file]]


def starts(event: Event, zone: str) -> str:
    return expected(event.start, zone) if isinstance(event.start, datetime) else event.start.isoformat()


def test_days_end_on_the_day_after_and_an_open_end_stays_open(tmp_path: Path) -> None:
    start = datetime(2026, 12, 3, 15, 45)
    read = all_read(put(tmp_path, told(visit(), meeting(start, start))))
    for seen in read.values():
        assert [(each.start, each.end) for each in seen] == [("2026-11-12", "2026-11-14"), ("2026-12-03T15:45:00Z", None)]


def test_texts_with_everything_in_them_arrive_whole(tmp_path: Path) -> None:
    nasty = 'Ŵyr, Tŷ; "C:\\new" ŵŷâêîôû 😀 a\nsecond line: {{ 7*7 }} \\n'
    event = visit(lines=(("calendar.team", same(nasty * 3)),), place=same("Lôn; y, Parc"), is_cancelled=True)
    text = told(event, languages=("cy",))
    for name, (seen,) in all_read(put(tmp_path, text)).items():
        wanted = f"Tîm: {nasty * 3}"
        assert seen.description == (wanted.replace("\\n", "\\\n") if name == "node-ical" else wanted), name  # it unescapes twice
        assert seen.summary == "Wedi'i ganslo: Ymweliad, yn arwain: Ysgol Gyfun Rhydywaun", name
        assert seen.status == "CANCELLED"


def test_what_only_this_calendar_has_no_longer_is_taken_out_and_not_told_as_cancelled(tmp_path: Path) -> None:
    text = told(visit(is_gone=True), languages=("en",))
    for name, (seen,) in all_read(put(tmp_path, text)).items():
        assert (seen.status, seen.summary) == (
            "CANCELLED",
            "Taken out of this calendar: Visit, as lead reviewer: Ysgol Gyfun Rhydywaun",
        ), name
    assert "TRANSP:TRANSPARENT\r\n" in text
    off = invitation(Published(visit(is_gone=True), 1, CHANGED), Address("a@example.org"), Address("b@example.org"), ("cy",), LONDON)
    assert "METHOD:CANCEL\r\n" in off
    assert "ganslo" not in off


def test_two_languages_say_both_and_what_is_the_same_once() -> None:
    own = icalendar.Calendar.from_ical(
        told(visit(), meeting(date(2026, 11, 12), date(2026, 11, 12), is_cancelled=True), languages=("en", "cy"))
    )
    first, second = own.events
    assert first["SUMMARY"] == "Visit, as lead reviewer / Ymweliad, yn arwain: Ysgol Gyfun Rhydywaun"
    assert second["SUMMARY"] == "Cancelled / Wedi'i ganslo: Meeting: Strategic Group / Cyfarfod: Grŵp Strategol"
    assert own["X-WR-CALNAME"] == own["NAME"] == "Cynon Cluster / Clwstwr Cynon"
    one = icalendar.Calendar.from_ical(told(visit(), languages=("en",)))
    assert one.events[0]["SUMMARY"] == "Visit, as lead reviewer: Ysgol Gyfun Rhydywaun"
    assert one.events[0]["SUMMARY"].params["LANGUAGE"] == "en"


def test_whoever_is_out_is_busy_and_what_concerns_them_less_leaves_them_free() -> None:
    at = datetime(2026, 11, 12, 15, 45)
    kinds = {
        "OPAQUE": [visit(), meeting(at, at + timedelta(hours=1))],
        "TRANSPARENT": [visit(is_cancelled=True), meeting(at.date(), at.date())],
    }
    for shown, events in kinds.items():
        assert [event["TRANSP"] for event in icalendar.Calendar.from_ical(told(*events)).events] == [shown] * len(events)


def test_alarms_and_the_address_to_join(tmp_path: Path) -> None:
    link = "https://example.org/meet?a=1,2;b=ŵ"
    at = datetime(2026, 11, 12, 15, 45)
    text = told(meeting(at, at + timedelta(hours=1), link=link, alarms=(timedelta(days=1), timedelta(hours=1), timedelta(minutes=90))))
    (event,) = icalendar.Calendar.from_ical(text).events
    assert event["URL"] == "https://example.org/meet?a=1,2;b=%C5%B5"
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [timedelta(days=-1), timedelta(hours=-1), timedelta(minutes=-90)]
    assert "Ymuno ar-lein: https://example.org/meet" in event["DESCRIPTION"]
    all_read(put(tmp_path, text))


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "https://a b", "https://a\r\nATTENDEE:mailto:x@example.org", "file:///etc/passwd", '"https://x"']
)
def test_what_is_no_address_of_the_web_is_left_out(link: str) -> None:
    text = told(visit(link=link))
    assert "URL" not in text
    assert "ATTENDEE" not in text


def test_the_same_events_give_the_same_bytes() -> None:
    assert told(visit()) == told(visit())
    (event,) = icalendar.Calendar.from_ical(told(visit(), sequence=3)).events
    assert (event["SEQUENCE"], event["DTSTAMP"].dt, event["LAST-MODIFIED"].dt) == (3, CHANGED, CHANGED)


@pytest.mark.parametrize(("is_cancelled", "method"), [(False, "REQUEST"), (True, "CANCEL")])
def test_an_invitation_names_who_sends_it_and_one_reader(tmp_path: Path, is_cancelled: bool, method: str) -> None:
    event = Published(visit(is_cancelled=is_cancelled), 2, CHANGED)
    sender, reader = Address("swyddfa@example.org", 'Clwstwr; "Cynon", 3'), Address("mair@example.org", "Mair Enghraifft: Ŵyr")
    text = invitation(event, sender, reader, ("cy", "en"), LONDON)
    own = icalendar.Calendar.from_ical(text)
    (only,) = own.events
    assert own["METHOD"] == method
    assert (only["ORGANIZER"], only["ORGANIZER"].params["CN"]) == ("mailto:swyddfa@example.org", "Clwstwr; 'Cynon', 3")
    assert (only["ATTENDEE"], only["ATTENDEE"].params["CN"]) == ("mailto:mair@example.org", "Mair Enghraifft: Ŵyr")
    assert only["UID"] == "round-4.rhydywaun.visit@sig-3"
    for name, seen in all_read(put(tmp_path, text)).items():
        assert [(each.uid, each.sequence, each.status) for each in seen] == [(only["UID"], 2, only["STATUS"])], name


@pytest.mark.parametrize("email", ["mair@example.org\r\nX: y", "mair", "", "a b@example.org", "<mair@example.org>"])
def test_an_invitation_goes_to_no_address_that_is_more_than_one(email: str) -> None:
    with pytest.raises(ValueError, match="address"):
        invitation(Published(visit(), 0, CHANGED), Address("a@example.org"), Address(email), ("en",), LONDON)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
CR_LF = st.lists(
    st.sampled_from(["\r\n", "\n", "\r", "X-EVIL:1", "END:VEVENT", "\u2028", "\x85", "\x00", "\t", ",;\\", "ŵ", "😀", "a" * 74]), max_size=9
)


@settings(deadline=None)
@given(TEXT | CR_LF.map("".join), TEXT | CR_LF.map("".join))
def test_no_text_can_add_a_line_or_break_a_letter(title: str, place: str) -> None:
    event = visit(place=same(place), lines=(("calendar.team", Words(title, place)),))
    event = Event(event.uid, "visit", Words(title, place), event.start, event.end, event.place, lines=event.lines)
    text = told(event)
    lines = text.encode("utf-8").split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 for line in lines)
    assert [line.decode("utf-8") for line in lines]
    assert not re.search(r"[\n\r\x00\x85\u2028]", text.replace("\r\n", ""))
    names = [re.split("[:;]", line)[0] for line in text.replace("\r\n ", "").split("\r\n")]
    assert sorted(set(names) - {"DESCRIPTION", "LOCATION", ""}) == sorted(
        {
            "BEGIN", "VERSION", "PRODID", "CALSCALE", "METHOD", "NAME", "X-WR-CALNAME", "X-WR-TIMEZONE", "REFRESH-INTERVAL",
            "X-PUBLISHED-TTL", "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "TRANSP", "STATUS", "END",
        }
    )  # fmt: skip
    (read,) = icalendar.Calendar.from_ical(text).events
    assert not read.errors
