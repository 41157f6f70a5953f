"""Rules of repetition: dateutil's own days, from a start near them, and no rule that would keep it searching."""

from datetime import date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from icalendar import vRecur

from sigctl.intake.repeating import Budget, RuleError, repeated
from sigctl.term_dates import Span

WINDOW = Span(date(2026, 9, 1), date(2027, 7, 31))
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def ours(rule: str, first: date, within: Span = WINDOW) -> list[date]:
    start = datetime.combine(first, time(9))
    return [each.date() for each in repeated(vRecur.from_ical(rule), start, within, Budget(3_000_000))]


def theirs(rule: str, first: date, within: Span = WINDOW) -> list[date]:
    start = datetime.combine(first, time())
    found = rrulestr(f"RRULE:{rule}", dtstart=start).between(
        datetime.combine(within.first, time()), datetime.combine(within.last, time()), inc=True
    )
    return [each.date() for each in found]


@st.composite
def rules(draw: st.DrawFn) -> str:
    every = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={every}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 5))}")
    if draw(st.booleans()):
        has_numbers = every in ("MONTHLY", "YEARLY") and draw(st.booleans())
        numbers = st.sampled_from(["1", "2", "-1"]) if has_numbers else st.just("")
        days = draw(st.lists(st.tuples(numbers, st.sampled_from(WEEKDAYS)), min_size=1, max_size=3, unique_by=lambda pair: pair[1]))
        parts.append("BYDAY=" + ",".join(number + day for number, day in days))
    if draw(st.integers(0, 3)) == 0:
        parts.append("BYMONTH=" + ",".join(map(str, draw(st.sets(st.integers(1, 12), min_size=1, max_size=4)))))
    if every in ("MONTHLY", "YEARLY") and draw(st.integers(0, 3)) == 0:
        able = st.sampled_from([1, 13, 15, 28, -1, -7])
        parts.append("BYMONTHDAY=" + ",".join(map(str, draw(st.sets(able, min_size=1, max_size=3)))))
    if every == "MONTHLY" and any(part.startswith("BYDAY") for part in parts) and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from([1, 2, -1]))}")
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 200))}")
    if draw(st.integers(0, 3)) == 0:
        parts.append(f"WKST={draw(st.sampled_from(WEEKDAYS))}")
    return ";".join(parts)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(rules(), st.dates(date(2020, 1, 1), date(2027, 6, 30)))
def test_a_start_near_the_window_gives_the_same_days_as_the_first(rule: str, first: date) -> None:
    try:
        found = ours(rule, first)
    except RuleError:
        assume(False)
    assert found == theirs(rule, first)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO",
        "FREQ=MONTHLY;BYMONTHDAY=31,-1",
        "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
        "FREQ=YEARLY;BYDAY=20MO,-1FR",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=DAILY;COUNT=3000",
    ],
)
def test_what_calendar_programs_offer_is_read(rule: str) -> None:
    within = Span(date(2026, 1, 1), date(2029, 12, 31))
    first = date(2020, 2, 29) if rule.endswith("29") else date(2020, 1, 6)
    assert ours(rule, first, within) == theirs(rule, first, within) != []


def test_the_last_day_is_kept_to() -> None:
    found = ours("FREQ=DAILY;UNTIL=20260903", date(2026, 9, 1))
    assert found == [date(2026, 9, 1) + timedelta(n) for n in range(3)]


@pytest.mark.parametrize(
    "bomb",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=WEEKLY;BYMONTH=13",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=3;BYDAY=5MO;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
        "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=6",
        "FREQ=DAILY;RSCALE=HEBREW",
    ],
)
def test_a_rule_that_may_never_hold_is_refused_before_anything_looks_for_its_days(bomb: str) -> None:
    with pytest.raises(RuleError, match="unusual"):
        ours(bomb, date(1901, 1, 1))


@pytest.mark.parametrize(
    ("rule", "days"),
    [("FREQ=DAILY;COUNT=999999999", 334), ("FREQ=DAILY;INTERVAL=999999999", 0), ("FREQ=DAILY;INTERVAL=0", 334), ("FREQ=YEARLY", 1)],
)
def test_a_rule_that_is_as_old_as_the_hills_ends_where_the_days_end(rule: str, days: int) -> None:
    assert len(ours(rule, date(1604, 1, 1))) == days


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=5", "FREQ=HOURLY", "COUNT=3", "FREQ=MONTHLY;BYDAY=0MO"])
def test_rules_that_are_none_for_days_are_refused(rule: str) -> None:
    with pytest.raises(RuleError):
        ours(rule, date(2026, 9, 1))


def test_work_is_bounded_over_a_whole_file() -> None:
    budget, daily, start = Budget(1000), vRecur.from_ical("FREQ=DAILY"), datetime(2026, 9, 1, 9)
    assert [len(list(repeated(daily, start, WINDOW, budget))) for _ in range(2)] == [334, 334]
    with pytest.raises(RuleError, match="too much"):
        list(repeated(daily, start, WINDOW, budget))
