"""Days as the schools' own pages write them (Vale of Glamorgan and GOV.UK: no comma, no ordinal)."""

from datetime import date, time

import pytest

from sigctl.render import day, plain_day, plain_days, short_days
from sigctl.render.dates import clock, clocks, day_within

THURSDAY = date(2026, 11, 12)


def test_a_day_in_full() -> None:
    assert day(THURSDAY, "en") == "Thursday 12 November 2026"
    assert day(THURSDAY, "cy") == "Dydd Iau 12 Tachwedd 2026"
    assert plain_day(THURSDAY, "cy") == "12 Tachwedd 2026"


def test_runs_of_days() -> None:
    assert short_days(date(2026, 11, 10), date(2026, 11, 11), "en") == "Tue 10 to Wed 11 Nov"
    assert short_days(date(2026, 11, 30), date(2026, 12, 1), "cy") == "Llun 30 Tach i Maw 1 Rhag"
    assert short_days(THURSDAY, THURSDAY, "en") == "Thu 12 Nov"
    assert plain_days(date(2026, 11, 10), date(2026, 11, 11), "en") == "10\u201311 Nov"
    assert plain_days(date(2026, 12, 31), date(2027, 1, 1), "en") == "31 Dec \u2013 1 Jan"


@pytest.mark.parametrize(
    ("hour", "minute", "cy", "en"),
    [
        (15, 30, "3.30y.h.", "3.30pm"),
        (15, 0, "3y.h.", "3pm"),
        (9, 5, "9.05y.b.", "9.05am"),
        (12, 0, "12 canol dydd", "12 noon"),
        (12, 30, "12.30y.h.", "12.30pm"),
        (0, 0, "12y.b.", "12am"),
        (23, 59, "11.59y.h.", "11.59pm"),
    ],
)
def test_times_of_day(hour: int, minute: int, cy: str, en: str) -> None:
    assert (clock(time(hour, minute), "cy"), clock(time(hour, minute), "en")) == (cy, en)


def test_from_one_time_to_another() -> None:
    assert clocks(time(15, 30), time(17), "en") == "3.30\u20135pm"
    assert clocks(time(15, 30), time(17), "cy") == "3.30\u20135y.h."
    assert clocks(time(11, 30), time(12, 30), "en") == "11.30am\u201312.30pm"
    assert clocks(time(9), time(12), "cy") == "9y.b.\u201312 canol dydd"
    assert clocks(time(12), time(13), "en") == "12 noon\u20131pm"
    assert clocks(time(15, 30), None, "en") == "3.30pm"


def test_within_a_sentence_a_welsh_day_has_no_capital() -> None:
    assert day_within(THURSDAY, "cy") == "dydd Iau 12 Tachwedd 2026"
    assert day_within(THURSDAY, "en") == "Thursday 12 November 2026"
