"""Days as the schools' own pages write them (Vale of Glamorgan and GOV.UK: no comma, no ordinal)."""

from datetime import date

from sigctl.render import day, plain_day, plain_days, short_days

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
