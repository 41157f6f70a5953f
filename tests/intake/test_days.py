"""Days as people write them, in two languages and in any order."""

from datetime import date

import pytest
from exports import WINDOW

from sigctl.intake.days import day_in, listed_days

NOV = date(2026, 11, 24)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-24", "24/11/2026", "24.11.26", "11/24/2026", "Tue 24 November 2026", "Tuesday, 24 November", "Tue 24 Nov 9 AM – 12:00 PM",
        "Nov 24, 2026", "Tue, Nov 24 2026", "24th November 2026", "24-Nov-2026", "Dydd Mawrth 24 Tachwedd 2026", "Maw 24 Tach", "24/11",
        "2026-11-24T09:00:00Z", "DYDD MAWRTH 24 TACHWEDD",
    ],
)  # fmt: skip
def test_a_day_however_it_is_written(text: str) -> None:
    assert day_in(text, WINDOW) == NOV


@pytest.mark.parametrize(
    "text", ["", "Yes", "Siân Llŷr", "31 November 2026", "Wed 24 November 2026", "24 and 25 November, 3 December", "9:30"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_in(text, WINDOW) is None


def test_mawrth_is_a_tuesday_before_a_day_and_march_behind_it() -> None:
    assert day_in("Dydd Mawrth 2 Mawrth 2027", WINDOW) == date(2027, 3, 2)


def test_the_day_comes_before_the_month_as_in_britain() -> None:
    assert day_in("03/12/2026", WINDOW) == date(2026, 12, 3)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("24 Nov, 3-4 Dec", ["2026-11-24", "2026-12-03", "2026-12-04"]),
        ("3 i 4 Rhagfyr a 12 Ionawr", ["2026-12-03", "2026-12-04", "2027-01-12"]),
        ("Thu 3 Dec to Fri 4 Dec", ["2026-12-03", "2026-12-04"]),
        ("2026-12-03 - 2026-12-04; 12/1", ["2026-12-03", "2026-12-04", "2027-01-12"]),
    ],
)
def test_lists_with_ranges(text: str, days: list[str]) -> None:
    found, besides = listed_days(text, WINDOW)
    assert ([day.isoformat() for day in found], besides) == (days, "")


@pytest.mark.parametrize("text", ["any day except 24 Nov", "24 Nov (hospital)", "31 Nov", "only 24 Nov", "dim ond 24 Tachwedd"])
def test_whatever_is_said_besides_days_is_not_overlooked(text: str) -> None:
    assert listed_days(text, WINDOW)[1]
