"""What calendars were told of: numbers that grow with each change, events that are gone, and the names of files."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigctl.deliver.events import (
    feed_name,
    feed_names,
    names_gone,
    owners,
    published,
    retire,
    rotate,
    would_publish,
)
from sigctl.deliver.state import state
from sigctl.event import Event, Published
from sigctl.words import Words, same

FIRST = datetime(2026, 11, 1, 6, tzinfo=UTC)
LATER = datetime(2026, 11, 8, 6, tzinfo=UTC)
VISIT = Event(
    "round-4.porth.visit@sig-3",
    "visit-lead",
    same("Porth"),
    date(2026, 11, 12),
    date(2026, 11, 13),
    lines=(("calendar.team", same("Siân")),),
)
MEETING = Event("m.meeting@sig-3", "meeting", Words("Grŵp", "Group"), datetime(2026, 12, 3, 15, 45), datetime(2026, 12, 3, 17))
OWNER = "person:porth-head"


@pytest.fixture
def remembered(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with state(tmp_path) as connection:
        yield connection


def numbers(found: tuple[Published, ...]) -> list[tuple[str, int, datetime]]:
    return [(each.event.uid.split(".")[0], each.sequence, each.changed) for each in found]


def test_what_stays_as_it_was_keeps_its_number_and_its_moment(remembered: sqlite3.Connection) -> None:
    first = published(remembered, OWNER, [MEETING, VISIT], FIRST)
    assert numbers(first) == [("round-4", 0, FIRST), ("m", 0, FIRST)]
    assert published(remembered, OWNER, [VISIT, MEETING], LATER) == first


@pytest.mark.parametrize(
    "change",
    [
        {"start": date(2026, 11, 11)},
        {"title": Words("Y Porth", "Porth")},
        {"lines": (("calendar.team", same("Mair")),)},
        {"link": "https://example.org"},
        {"place": same("CF39")},
        {"is_cancelled": True},
        {"kind": "visit-member"},
        {"voice": "en"},
    ],
)
def test_each_change_of_what_is_told_makes_the_number_greater_once(remembered: sqlite3.Connection, change: dict[str, object]) -> None:
    published(remembered, OWNER, [VISIT, MEETING], FIRST)
    changed = replace(VISIT, **change)  # type: ignore[arg-type]
    for moment in (LATER, LATER + timedelta(1)):
        assert numbers(published(remembered, OWNER, [changed, MEETING], moment)) == [("round-4", 1, LATER), ("m", 0, FIRST)]
    assert numbers(published(remembered, OWNER, [VISIT, MEETING], LATER + timedelta(2)))[0][1] == 2


def test_each_owner_has_numbers_of_their_own(remembered: sqlite3.Connection) -> None:
    published(remembered, OWNER, [VISIT], FIRST)
    published(remembered, "cluster", [VISIT], FIRST)
    published(remembered, OWNER, [replace(VISIT, place=same("CF39"))], LATER)
    assert numbers(published(remembered, "cluster", [VISIT], LATER)) == [("round-4", 0, FIRST)]


def test_what_is_gone_is_taken_out_until_a_year_after_its_end_and_may_come_back(remembered: sqlite3.Connection) -> None:
    published(remembered, OWNER, [VISIT, MEETING], FIRST)
    gone, still = published(remembered, OWNER, [MEETING], LATER)
    assert (gone.event.uid, gone.event.is_gone, gone.sequence, gone.changed) == (VISIT.uid, True, 1, LATER)
    assert not gone.event.is_cancelled  # it may take place all the same, with somebody else
    assert (gone.event.start, gone.event.end, gone.event.title) == (VISIT.start, VISIT.end, VISIT.title)
    assert still.event == MEETING
    last = datetime(2027, 11, 13, 12, tzinfo=UTC)
    assert published(remembered, OWNER, [MEETING], last)[0] == gone
    assert would_publish(remembered, OWNER, [MEETING], last + timedelta(1)) == (still,)
    assert numbers(published(remembered, OWNER, [VISIT, MEETING], last))[0] == ("round-4", 2, last)


def test_what_was_over_before_it_went_is_not_taken_out_but_forgotten(remembered: sqlite3.Connection) -> None:
    published(remembered, OWNER, [VISIT, MEETING], FIRST)
    on_its_last_day, after = datetime(2026, 11, 13, 20, tzinfo=UTC), datetime(2026, 11, 14, 6, tzinfo=UTC)
    assert [each.event.is_gone for each in would_publish(remembered, OWNER, [MEETING], on_its_last_day)] == [True, False]
    assert [each.event for each in published(remembered, OWNER, [MEETING], after)] == [MEETING]
    while_it_is_held, later = datetime(2026, 12, 3, 16, 59, tzinfo=UTC), datetime(2026, 12, 3, 17, tzinfo=UTC)
    assert [each.event.is_gone for each in would_publish(remembered, OWNER, [], while_it_is_held)] == [True]
    assert published(remembered, OWNER, [], later) == ()


def test_what_was_cancelled_stays_so_when_it_goes(remembered: sqlite3.Connection) -> None:
    published(remembered, OWNER, [replace(VISIT, is_cancelled=True)], FIRST)
    (gone,) = published(remembered, OWNER, [], LATER)
    assert gone.event.is_cancelled


def test_the_moment_of_a_change_never_goes_back(remembered: sqlite3.Connection) -> None:
    published(remembered, OWNER, [VISIT], LATER)
    (changed,) = published(remembered, OWNER, [replace(VISIT, place=same("CF39"))], FIRST)
    assert (changed.sequence, changed.changed) == (1, LATER)


def test_nobody_s_name_is_remembered(remembered: sqlite3.Connection) -> None:
    published(remembered, OWNER, [VISIT], FIRST)
    published(remembered, OWNER, [], LATER)
    assert "Siân" not in "\n".join(remembered.iterdump())


def test_looking_notes_nothing(remembered: sqlite3.Connection) -> None:
    assert numbers(would_publish(remembered, OWNER, [VISIT], FIRST)) == [("round-4", 0, FIRST)]
    assert owners(remembered) == ()


def test_two_at_once_count_a_change_once(tmp_path: Path) -> None:
    with state(tmp_path) as connection:
        published(connection, OWNER, [VISIT], FIRST)

    def told(day: int) -> int:
        with state(tmp_path) as connection:
            return published(connection, OWNER, [replace(VISIT, place=same("CF39"))], LATER + timedelta(day))[0].sequence

    with ThreadPoolExecutor(8) as runs:
        assert set(runs.map(told, range(24))) == {1}


def test_names_of_files_stay_cannot_be_guessed_and_can_be_changed(remembered: sqlite3.Connection) -> None:
    name = feed_name(remembered, OWNER)
    assert feed_name(remembered, OWNER) == name
    assert len(name) == 36
    assert "porth" not in name
    assert feed_name(remembered, "cluster") != name
    new = rotate(remembered, OWNER)
    assert new != name
    assert feed_names(remembered)[OWNER] == new
    assert names_gone(remembered) == (name,)
    published(remembered, OWNER, [VISIT], FIRST)
    retire(remembered, OWNER)
    assert owners(remembered) == ("cluster",)
    assert set(names_gone(remembered)) == {name, new}


DAYS = st.integers(10, 40).map(lambda days: date(2026, 11, 1) + timedelta(days))
EVENTS = st.dictionaries(
    st.sampled_from(["a", "b", "c"]),
    st.builds(lambda day, place: Event("", "visit", same("X"), day, day, same(place)), DAYS, st.sampled_from("xy")),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(EVENTS, max_size=8))
def test_a_number_grows_exactly_when_what_is_told_is_another_thing(
    tmp_path_factory: pytest.TempPathFactory, runs: list[dict[str, Event]]
) -> None:
    told: dict[str, Published] = {}
    with state(tmp_path_factory.mktemp("state")) as connection:
        for number, run in enumerate(runs):
            moment = FIRST + timedelta(number)
            events = [replace(event, uid=uid) for uid, event in run.items()]
            now = {each.event.uid: each for each in published(connection, OWNER, events, moment)}
            assert now.keys() == told.keys() | run.keys()
            assert {uid: each.event for uid, each in now.items() if uid in run} == {event.uid: event for event in events}
            assert all(now[uid].event.is_gone for uid in now.keys() - run.keys())
            for uid, each in now.items():
                before = told.get(uid)
                is_same = before is not None and (before.event == each.event or (before.event.is_gone and each.event.is_gone))
                wanted = before if is_same and before else Published(each.event, before.sequence + 1 if before else 0, moment)
                assert (each.sequence, each.changed) == (wanted.sequence, wanted.changed)
            told = now
