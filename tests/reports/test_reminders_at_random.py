"""Whatever days reminders run on, and whenever things get done: nothing is told twice, nothing open is forgotten.

What is expected is worked out here by plain counting, day by day, and not with what the reminders count with.
"""

from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

import pytest
from chased import DAY, Diary, cluster_of, days, with_action, with_meeting, with_visit
from hypothesis import given, settings
from hypothesis import strategies as st

from sigctl.cluster import Cluster
from sigctl.notice import Notice

FIRST, LAST = date(2026, 10, 5), date(2027, 1, 29)
_OFF = {
    "dan": [(date(2026, 10, 19), date(2026, 10, 23)), (date(2026, 12, 12), date(2027, 1, 5))],
    "": [(date(2026, 10, 26), date(2026, 10, 30)), (date(2026, 12, 19), date(2027, 1, 3))],
}
ACTIONS = {"a1": "dan-head", "a2": "bryn-head", "a3": "pen-head", "a7": "bryn-office"}

RUNS = st.sets(st.integers(0, (LAST - FIRST).days), max_size=45).map(lambda found: sorted(FIRST + DAY * each for each in found))
DUE = st.integers(10, 80).map(lambda n: FIRST + DAY * n)
DONE = st.one_of(st.none(), st.integers(0, 110).map(lambda n: FIRST + DAY * n))


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Cluster:
    return cluster_of(tmp_path_factory.mktemp("random"))


def works(person: str, day: date) -> bool:
    off = _OFF["dan" if person.startswith("dan") else ""]
    return day.weekday() < 5 and not any(first <= day <= last for first, last in off) and day not in (date(2026, 12, 25), date(2027, 1, 1))


def counted(person: str, day: date, number: int) -> date:
    step = timedelta(1 if number > 0 else -1)
    for _ in range(abs(number)):
        day += step
        while not works(person, day):
            day += step
    return day


def opportunity(person: str, runs: Collection[date], first: date, last: date) -> date | None:
    """The first run between two days on which somebody works."""
    return next((day for day in runs if first <= day <= last and works(person, day)), None)


def told_on(diary: Diary, notice: Notice) -> date | None:
    return diary.history[notice].day if notice in diary.history else None


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(RUNS, st.dictionaries(st.sampled_from(sorted(ACTIONS)), st.tuples(DUE, DONE)), DONE)
def test_actions(cluster: Cluster, runs: list[date], drawn: dict[str, tuple[date, date | None]], written: date | None) -> None:
    for id, (due, _) in drawn.items():
        cluster = with_action(cluster, "strategic-2026-10", id, due=due)

    def change(now: Cluster, day: date) -> Cluster:
        for id, (_, done) in drawn.items():
            if done and day >= done:
                now = with_action(now, "strategic-2026-10", id, status="done", done_on=done)
        return now

    diary = Diary().run(cluster, runs, change)
    for id, person in ACTIONS.items():
        action = next(each for each in cluster.meetings["strategic-2026-10"].actions if each.id == id)
        assert action.due
        done = drawn.get(id, (None, None))[1] or LAST + DAY
        notice = Notice(person, "action-overdue", f"strategic-2026-10/{id}", action.due)
        first = opportunity(person, runs, counted(person, action.due, 1), done - DAY)
        second = opportunity(person, runs, counted(person, first, 5), done - DAY) if first else None
        at_work = [day for day in runs if works("bryn-office", day)]
        third = opportunity(person, at_work, counted(person, second, 5), done - DAY) if second else None
        latest = opportunity(person, at_work, counted("bryn-office", counted(person, second, 5), 5), done - DAY) if second else None
        assert told_on(diary, notice) == first
        assert told_on(diary, notice._replace(stage=2)) == second
        called = told_on(diary, notice._replace(stage=3))  # at once where others are to be called as well, else some days later
        if person == "bryn-office" or third is None:
            assert called is None
        else:
            assert called is None if latest is None and called is None else third <= (called or LAST) <= (latest or LAST)
        early = notice._replace(kind="action-due")
        assert told_on(diary, early) == opportunity(person, runs, counted(person, action.due, -5), min(action.due, done - DAY))


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(RUNS, DUE, DONE)
def test_a_meeting_and_a_visit_wherever_they_are(cluster: Cluster, runs: list[date], day: date, cancelled: date | None) -> None:
    while not works("dan-head", day) or not works("bryn-head", day):
        day += DAY
    cluster = with_visit(with_meeting(cluster, "strategic-2026-12", date=day), dates=(day,))

    def change(now: Cluster, on: date) -> Cluster:
        if cancelled is None or on < cancelled:
            return now
        return with_visit(with_meeting(now, "strategic-2026-12", status="cancelled"), state="cancelled")

    diary = Diary().run(cluster, runs, change)
    end = (cancelled or LAST + DAY) - DAY
    for person in ("bryn-head", "dan-head"):
        ten, five = counted(person, day, -10), counted(person, day, -5)
        expected = {
            Notice(person, "agenda-items", "strategic-2026-12", day): (ten, five - DAY),
            Notice(person, "meeting", "strategic-2026-12", day): (five, day),
            Notice(person, "visit-soon", "round-1/bryn", day): (ten, five - DAY),
            Notice(person, "visit-next-week", "round-1/bryn", day): (five, day - DAY),
        }
        for notice, (first, last) in expected.items():
            assert told_on(diary, notice) == opportunity(person, runs, first, min(last, end)), notice


@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(RUNS)
def test_nobody_is_told_on_a_day_off_and_missed_is_what_was_not_told(cluster: Cluster, runs: list[date]) -> None:
    diary = Diary().run(cluster, runs)
    for notice, told in diary.history.items():
        assert notice.person.startswith("school:") or works(notice.person, told.day)
    missed = {matter.notice for made in diary.rounds for matter in made.missed}
    assert not missed & {notice for notice in diary.history if notice.stage == 1}
    began = min((told.day for told in diary.history.values()), default=LAST)
    gone = Notice("mor-head", "meeting", "strategic-2026-12", date(2026, 12, 3))
    later = [
        day for day in runs if date(2026, 12, 4) <= day <= date(2026, 12, 16) and not next(r for r in diary.rounds if r.day == day).is_quiet
    ]
    if began <= date(2026, 11, 26) and later and not opportunity("mor-head", runs, date(2026, 11, 26), date(2026, 12, 3)):
        assert gone in missed


def test_every_day_of_a_year_tells_each_thing_once(tmp_path: Path) -> None:
    whole = cluster_of(tmp_path)
    once = Diary().run(whole, days(FIRST, LAST))
    twice = Diary().run(whole, [day for day in days(FIRST, LAST) for _ in range(2)])
    assert once.history == twice.history
