"""Calendars into days: what takes a day and what does not, broken entries, time zones, and files of every program."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from exports import WINDOW, asked, calendar

from sigctl.intake import Kind, Unreadable, kind_of
from sigctl.intake.answers import Asked
from sigctl.intake.busy import Calendar, of_person, of_school
from sigctl.term_dates import Span

LONDON = ZoneInfo("Europe/London")


def person(*events: str, zone: str = "") -> Calendar:
    return of_person(asked("me.ics"), calendar(*events, zone=zone), LONDON)


def school(*events: str) -> Calendar:
    return of_school(asked("school.ics"), calendar(*events), LONDON)


def days(*texts: str) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, texts))


ALL_DAY = "DTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261126"


def test_an_all_day_entry_takes_its_days_without_the_end() -> None:
    assert person(ALL_DAY).busy == days("2026-11-24", "2026-11-25")
    assert person("DTSTART;VALUE=DATE:20261124").busy == days("2026-11-24")


@pytest.mark.parametrize(
    "mark", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE", "X-MICROSOFT-CDO-BUSYSTATUS:FREE\nTRANSP:OPAQUE"]
)
def test_what_is_marked_free_takes_nothing(mark: str) -> None:
    assert person(f"{ALL_DAY}\n{mark}") == Calendar(events=1)


@pytest.mark.parametrize("mark", ["STATUS:TENTATIVE", "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE"])
def test_what_is_tentative_is_told_apart(mark: str) -> None:
    found = person(f"{ALL_DAY}\n{mark}")
    assert (found.busy, found.tentative) == ((), days("2026-11-24", "2026-11-25"))


def test_out_of_office_is_busy() -> None:
    assert person(f"{ALL_DAY}\nTRANSP:OPAQUE\nX-MICROSOFT-CDO-BUSYSTATUS:OOF").busy == days("2026-11-24", "2026-11-25")


@pytest.mark.parametrize(
    ("start", "end", "what"),
    [
        ("090000", "110000", "busy"), ("090000", "105900", "short"), ("080000", "090000", "free"), ("153000", "180000", "free"),
        ("143000", "230000", "short"), ("000000", "110000", "busy"),
    ],
)  # fmt: skip
def test_two_hours_of_the_school_day_take_it(start: str, end: str, what: str) -> None:
    found = person(f"DTSTART;TZID=Europe/London:20261124T{start}\nDTEND;TZID=Europe/London:20261124T{end}")
    assert {"busy": found.busy, "short": found.short}.get(what, days("2026-11-24")) == days("2026-11-24")
    assert bool(found.busy or found.short) is (what != "free")


def test_short_entries_add_up_and_overlaps_count_once() -> None:
    def entry(start: str, end: str) -> str:
        return f"DTSTART:20261124T{start}00Z\nDTEND:20261124T{end}00Z"

    assert person(entry("0900", "1000"), entry("1400", "1500")).busy == days("2026-11-24")
    assert person(entry("0900", "1000"), entry("0930", "1030")).busy == ()


@pytest.mark.parametrize(
    "name",
    [
        "GMT Standard Time",
        "GMT Standard Time 1",
        '"GMT Standard Time"',
        "/citadel.org/20211207_1/Europe/London",
        "(UTC+00:00) Dublin, Edinburgh, Lisbon, London",
    ],
)
def test_windows_and_other_names_of_zones(name: str) -> None:
    quoted = name if name.startswith('"') else f'"{name}"'
    found = person(f"DTSTART;TZID={quoted}:20260715T090000\nDTEND;TZID={quoted}:20260715T110000")
    assert found.notes == ()


def test_summer_time_of_another_zone_is_counted() -> None:
    """08:00 to 10:30 in New York is in the afternoon here: 12:00 to 14:30 in the weeks when only they have changed their clocks."""
    entry = "DTSTART;TZID=Eastern Standard Time:20270316T080000\nDTEND;TZID=Eastern Standard Time:20270316T100000"
    assert person(entry).busy == days("2027-03-16")
    assert person(entry.replace("T080000", "T113000").replace("T100000", "T133000")).busy == ()


def test_an_unknown_zone_is_told_and_read_as_local() -> None:
    found = person("DTSTART;TZID=Middle-earth:20261124T090000\nDTEND;TZID=Middle-earth:20261124T120000")
    assert found.busy == days("2026-11-24")
    assert "Middle-earth" in found.notes[0]


def test_repeated_with_exceptions_and_one_that_was_moved() -> None:
    weekly = (
        "DTSTART;TZID=Europe/London:20261103T090000\nDTEND;TZID=Europe/London:20261103T120000\n"
        "RRULE:FREQ=WEEKLY;UNTIL=20261124T090000Z\nEXDATE;TZID=Europe/London:20261110T090000"
    )
    moved = (
        "BEGIN:VEVENT\nUID:0@example.org\nRECURRENCE-ID;TZID=Europe/London:20261117T090000\n"
        "DTSTART;TZID=Europe/London:20261118T090000\nDTEND;TZID=Europe/London:20261118T120000\nEND:VEVENT"
    )
    content = calendar(weekly).replace(b"END:VCALENDAR", moved.replace("\n", "\r\n").encode() + b"\r\nEND:VCALENDAR")
    found = of_person(asked(), content, LONDON)
    assert found.busy == days("2026-11-03", "2026-11-18", "2026-11-24")


def test_repeated_at_nine_all_winter_whatever_the_clocks_do() -> None:
    found = person("DTSTART;TZID=Europe/London:20260901T133000\nDTEND;TZID=Europe/London:20260901T153000\nRRULE:FREQ=WEEKLY")
    assert len(found.busy) == 20, "a fixed hour off by one would leave half an hour less of the school day"


def test_free_and_busy_times() -> None:
    content = (
        "BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\nFREEBUSY:20261124T090000Z/PT3H,20261125T090000Z/20261125T093000Z\n"
        "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261126T090000Z/PT4H\nFREEBUSY;FBTYPE=FREE:20261127T090000Z/PT4H\nEND:VFREEBUSY\nEND:VCALENDAR\n"
    )
    found = of_person(asked(), content.encode(), LONDON)
    assert (found.busy, found.short, found.tentative) == (days("2026-11-24"), days("2026-11-25"), days("2026-11-26"))


@pytest.mark.parametrize(
    "broken",
    [
        "DTSTART:soon",
        "SUMMARY:no start",
        "DTSTART:20261131T090000",
        "DTSTART:20261124T090000Z\nRRULE:FREQ=SECONDLY",
        "DTSTART:20261124\nDURATION:long",
        "DTSTART;TZID=Etc:20261124T090000",
        "DTSTART:20261124T090000Z\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    ],
)
def test_a_broken_entry_is_told_by_its_line_and_harms_no_other(broken: str) -> None:
    found = person(ALL_DAY, f"{broken}\nSUMMARY:Clinic")
    assert found.busy == days("2026-11-24", "2026-11-25")
    (fault,) = found.faults
    assert fault.row > 5
    assert "Clinic" not in str(fault)


def test_many_broken_entries_are_counted() -> None:
    found = person(*["DTSTART:soon"] * 100)
    assert len(found.faults) == 21
    assert "80 more" in str(found.faults[-1])


def test_line_ends_folding_and_encodings() -> None:
    text = calendar(f"{ALL_DAY}\nSUMMARY:Ŵyl").decode()
    folded = text.replace("VALUE=DATE:20261124", "VALUE=DA\r\n TE:20261124")
    for content in (
        folded.encode(),
        text.replace("\r\n", "\n").encode(),
        text.replace("\r\n", "\r").encode(),
        text.encode("utf-16"),
        text.encode("utf-8-sig"),
    ):
        assert kind_of(content) is Kind.CALENDAR
        assert of_person(asked(), content, LONDON).busy == days("2026-11-24", "2026-11-25")


def test_a_time_bomb_ends() -> None:
    bombs = [f"DTSTART:20200101T0000{n % 60:02}Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31" for n in range(3000)]
    found = person(ALL_DAY, *bombs)
    assert found.busy == days("2026-11-24", "2026-11-25")


# a school's own calendar


@pytest.mark.parametrize("title", ["INSET Day", "Diwrnod HMS / INSET", "Staff training day (school closed to pupils)", "HMS"])
@pytest.mark.parametrize("mark", ["TRANSP:TRANSPARENT", "TRANSP:OPAQUE", "X-MICROSOFT-CDO-BUSYSTATUS:FREE", "DTSTAMP:20260901T000000Z"])
def test_an_inset_day_is_one_also_where_it_is_marked_as_free(title: str, mark: str) -> None:
    assert school(f"{ALL_DAY}\nSUMMARY:{title}\n{mark}").staff == days("2026-11-24", "2026-11-25")


@pytest.mark.parametrize("title", ["School closed", "Ysgol ar gau", "Hanner tymor / Half term", "Bank Holiday", "Gwyliau'r Nadolig"])
def test_a_closed_day(title: str) -> None:
    assert school(f"{ALL_DAY}\nSUMMARY:{title}\nTRANSP:TRANSPARENT").closed == days("2026-11-24", "2026-11-25")


@pytest.mark.parametrize(
    "title", ["School re-opens after half term", "Holiday club", "INSET twilight", "End of half term", "Diwedd hanner tymor"]
)
def test_what_only_sounds_like_it_closes_nothing(title: str) -> None:
    found = school(f"{ALL_DAY}\nSUMMARY:{title}\nTRANSP:TRANSPARENT")
    assert (found.staff, found.closed, found.busy) == ((), (), ())


def test_a_schools_other_entries_are_left_out_unless_they_say_so() -> None:
    assert school(f"{ALL_DAY}\nSUMMARY:World Book Day").unmarked == days("2026-11-24", "2026-11-25")
    assert school(f"{ALL_DAY}\nSUMMARY:World Book Day").busy == ()
    assert school(f"{ALL_DAY}\nSUMMARY:Year 11 mock exams\nTRANSP:TRANSPARENT").busy == days("2026-11-24", "2026-11-25")
    assert school(f"{ALL_DAY}\nSUMMARY:Sioe\nTRANSP:OPAQUE").busy == days("2026-11-24", "2026-11-25")
    assert school(f"{ALL_DAY}\nSUMMARY:INSET\nSTATUS:CANCELLED").staff == ()


def test_nothing_of_a_title_is_kept() -> None:
    found = person(f"{ALL_DAY}\nSUMMARY:Oncology\nDESCRIPTION:Ward 7\nLOCATION:Ysbyty", "DTSTART:soon\nSUMMARY:Oncology")
    assert not any(word in repr(found) for word in ("Oncology", "Ward", "Ysbyty"))


@pytest.mark.parametrize("content", [b"BEGIN:VCALENDAR\nX", b"BEGIN:VCALENDAR\n" + b"x" * 21_000_000])
def test_what_is_no_calendar_is_refused_in_plain_words(content: bytes) -> None:
    with pytest.raises(Unreadable):
        of_person(asked(), content, LONDON)


def test_every_calendar_of_ten_projects_ends_with_days_or_a_plain_error(shared: Path) -> None:
    files = sorted((shared / "data" / "ics").rglob("*.ics"))
    if not files:
        pytest.skip("the calendars are not here")
    for file in files:
        for window in (WINDOW, Span(date(2019, 9, 1), date(2021, 7, 31))):
            try:
                found = of_person(Asked(file.name, window), file.read_bytes(), LONDON)
                of_school(Asked(file.name, window), file.read_bytes(), LONDON)
            except Unreadable:
                continue
            assert all(window.first <= day <= window.last for day in (*found.busy, *found.tentative, *found.short))
