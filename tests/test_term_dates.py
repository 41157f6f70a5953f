"""School days against what councils and schools have published, and against gov.uk's bank holidays."""

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigctl import term_dates
from sigctl.term_dates import HalfTerm, Span, Term, bank_holidays, half_terms, pupil_days, runs, shift

WALES_2025 = (
    Term("autumn", date(2025, 9, 1), date(2025, 12, 19), Span(date(2025, 10, 27), date(2025, 10, 31))),
    Term("spring", date(2026, 1, 5), date(2026, 3, 27), Span(date(2026, 2, 16), date(2026, 2, 20))),
    Term("summer", date(2026, 4, 13), date(2026, 7, 20), Span(date(2026, 5, 25), date(2026, 5, 29))),
)
CARMARTHENSHIRE_2026 = (
    Term("autumn", date(2026, 9, 1), date(2026, 12, 18), Span(date(2026, 10, 26), date(2026, 10, 30))),
    Term("spring", date(2027, 1, 4), date(2027, 3, 19), Span(date(2027, 2, 8), date(2027, 2, 12))),
    Term("summer", date(2027, 4, 5), date(2027, 7, 20), Span(date(2027, 5, 31), date(2027, 6, 4))),
)
BRISTOL_2026 = (
    Term("term-1", date(2026, 9, 3), date(2026, 10, 23)),
    Term("term-2", date(2026, 11, 2), date(2026, 12, 18)),
    Term("term-3", date(2027, 1, 4), date(2027, 2, 12)),
    Term("term-4", date(2027, 2, 22), date(2027, 3, 25)),
    Term("term-5", date(2027, 4, 12), date(2027, 5, 28)),
    Term("term-6", date(2027, 6, 7), date(2027, 7, 23)),
)
BRYNREFAIL_STAFF_DAYS = frozenset(
    map(date.fromisoformat, ("2025-09-01", "2025-09-02", "2025-10-24", "2026-03-13", "2026-06-22", "2026-07-20"))
)
DIVISIONS = {
    "england": "england-and-wales",
    "wales": "england-and-wales",
    "scotland": "scotland",
    "northern-ireland": "northern-ireland",
}


def days_of(terms: tuple[Term, ...], nation: str = "wales") -> frozenset[date]:
    return pupil_days(terms, bank_holidays(nation, terms[0].first, terms[-1].last))


def lengths(days: frozenset[date], spans: tuple[Term, ...] | tuple[HalfTerm, ...]) -> list[int]:
    return [sum(span.first <= day <= span.last for day in days) for span in spans]


# Published counts, from the pages of the Vale of Glamorgan, Carmarthenshire, Ysgol Brynrefail and Knowle Park Primary. They count
# staff days as school days: Carmarthenshire's 74 begin on 1 September 2026, its pupils on the 2nd.


def test_vale_of_glamorgan_publishes_75_55_and_65_days() -> None:
    assert lengths(days_of(WALES_2025), WALES_2025) == [75, 55, 65]


def test_carmarthenshire_publishes_74_50_and_71_days() -> None:
    assert lengths(days_of(CARMARTHENSHIRE_2026), CARMARTHENSHIRE_2026) == [74, 50, 71]


def test_brynrefail_publishes_its_days_of_each_month() -> None:
    days = days_of(WALES_2025)
    months = Counter((day.year, day.month) for day in days)
    assert [months[month] for month in sorted(months)] == [22, 18, 20, 15, 20, 15, 20, 14, 15, 22, 14]
    assert len(days - BRYNREFAIL_STAFF_DAYS) == 189


@pytest.mark.parametrize(("terms", "expected"), [(WALES_2025, [40, 35, 30, 25, 29, 36]), (CARMARTHENSHIRE_2026, [39, 35, 25, 25, 39, 32])])
def test_half_terms_have_the_days_counted_by_hand(terms: tuple[Term, ...], expected: list[int]) -> None:
    assert lengths(days_of(terms), half_terms(terms)) == expected


def test_half_terms_are_named_after_their_term_and_run_from_weekday_to_weekday() -> None:
    halves = half_terms(CARMARTHENSHIRE_2026)
    assert [half.id for half in halves] == ["autumn-1", "autumn-2", "spring-1", "spring-2", "summer-1", "summer-2"]
    assert halves[0] == HalfTerm("autumn-1", date(2026, 9, 1), date(2026, 10, 23))
    assert halves[1] == HalfTerm("autumn-2", date(2026, 11, 2), date(2026, 12, 18))
    assert date(2026, 10, 23) in halves[0]
    assert date(2026, 10, 24) not in halves[0]


def test_a_six_term_year_has_one_half_term_a_term() -> None:
    assert [half.id for half in half_terms(BRISTOL_2026)] == [f"term-{n}" for n in range(1, 7)]
    assert lengths(days_of(BRISTOL_2026, "england"), half_terms(BRISTOL_2026)) == [37, 35, 30, 24, 34, 35]


def test_carmarthenshire_and_bristol_share_183_days() -> None:
    wales, bristol = days_of(CARMARTHENSHIRE_2026), days_of(BRISTOL_2026, "england")
    assert len(wales) == len(bristol) == 195
    assert len(wales & bristol) == 183


@pytest.mark.parametrize(
    ("break_", "expected"),
    [
        (Span(date(2026, 9, 7), date(2026, 9, 11)), [("t-2", 14, 18)]),
        (Span(date(2026, 9, 14), date(2026, 9, 18)), [("t-1", 7, 11)]),
        (Span(date(2026, 8, 3), date(2026, 8, 7)), [("t-2", 7, 18)]),
        (Span(date(2026, 10, 5), date(2026, 10, 9)), [("t-1", 7, 18)]),
        (Span(date(2026, 9, 1), date(2026, 9, 30)), []),
    ],
)
def test_a_break_at_the_edge_or_outside_leaves_no_empty_half(break_: Span, expected: list[tuple[str, int, int]]) -> None:
    halves = half_terms([Term("t", date(2026, 9, 7), date(2026, 9, 18), break_)])
    assert [(half.id, half.first.day, half.last.day) for half in halves] == expected


def test_days_off_of_any_kind_are_no_pupil_days() -> None:
    days = pupil_days(CARMARTHENSHIRE_2026, [date(2026, 9, 1), date(2026, 9, 5)])
    assert min(days) == date(2026, 9, 2)


# Bank holidays.


@pytest.mark.parametrize("nation", term_dates.NATIONS)
def test_bank_holidays_are_those_of_gov_uk(shared: Path, nation: str) -> None:
    table = shared / "data" / "bank-holidays" / "govuk-bank-holidays-2019-2028.csv"
    with table.open(encoding="utf-8", newline="") as lines:
        published = {date.fromisoformat(row["date"]) for row in csv.DictReader(lines) if row["division"] == DIVISIONS[nation]}
    assert len(published) > 79
    assert bank_holidays(nation, date(2019, 1, 1), date(2028, 12, 31)) == published


def test_scotland_had_a_day_off_for_the_world_cup() -> None:
    day = date(2026, 6, 15)
    assert bank_holidays("scotland", day, day) == {day}
    assert not bank_holidays("wales", day, day)


def test_a_holiday_at_a_weekend_is_given_on_a_weekday() -> None:
    assert bank_holidays("wales", date(2026, 12, 20), date(2027, 1, 2)) == {
        date(2026, 12, 25),
        date(2026, 12, 28),
        date(2027, 1, 1),
    }


def test_an_unknown_nation_is_refused() -> None:
    with pytest.raises(KeyError):
        bank_holidays("cymru", date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize("code", term_dates.NATIONS.values())
def test_the_short_way_into_the_library_says_what_its_public_door_says(code: str) -> None:
    ours = term_dates._united_kingdom()
    for year in range(2020, 2030):
        assert dict(ours(subdiv=code, years=year)) == dict(holidays.country_holidays("GB", subdiv=code, years=year))


def test_the_public_door_is_used_where_the_library_is_packed_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sigctl.term_dates.PathFinder.find_spec", lambda *_: None)
    almanac = term_dates._united_kingdom.__wrapped__()
    assert date(2027, 5, 3) in almanac(subdiv="WLS", years=2027)


# Runs and shifts.

DATES = st.dates(date(2026, 9, 1), date(2026, 10, 31))
SETS_OF_DATES = st.frozensets(DATES, max_size=40)


def test_a_run_of_two_days_never_spans_a_weekend_or_a_break() -> None:
    starts = {run.first for run in runs(days_of(CARMARTHENSHIRE_2026), 2)}
    assert date(2026, 10, 22) in starts  # Thursday
    assert date(2026, 10, 23) not in starts  # Friday, then half term
    assert all(start.weekday() < 4 for start in starts)


def test_a_run_has_at_least_one_day() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        runs([], 0)


@given(SETS_OF_DATES, st.integers(1, 5))
def test_runs_are_exactly_the_stretches_inside(days: frozenset[date], length: int) -> None:
    found = runs(days, length)
    assert list(found) == sorted(set(found))
    assert all(days.issuperset(run.days()) and len(list(run.days())) == length for run in found)
    steps = [timedelta(n) for n in range(length)]
    assert {run.first for run in found} == {day for day in days if all(day + step in days for step in steps)}


@given(SETS_OF_DATES)
def test_runs_of_one_day_are_the_days(days: frozenset[date]) -> None:
    assert [run.first for run in runs(days, 1)] == sorted(days)


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2026, 11, 2), -1, date(2026, 10, 23)),  # Monday after half term
        (date(2026, 10, 23), 1, date(2026, 11, 2)),
        (date(2026, 10, 28), 1, date(2026, 11, 2)),  # in the break: the next day counts as the first
        (date(2026, 10, 28), -1, date(2026, 10, 23)),
        (date(2026, 10, 28), 0, date(2026, 10, 28)),
        (date(2027, 5, 7), -5, date(2027, 4, 29)),  # over May Day
        (date(2027, 7, 20), 1, None),
        (date(2026, 9, 1), -1, None),
    ],
)
def test_shift_counts_in_school_days(start: date, count: int, expected: date | None) -> None:
    assert shift(days_of(CARMARTHENSHIRE_2026), start, count) == expected


@given(SETS_OF_DATES, DATES, st.integers(-50, 50).filter(bool))
def test_shift_passes_exactly_so_many_days(days: frozenset[date], start: date, count: int) -> None:
    found = shift(days, start, count)
    beyond = {day for day in days if (day > start if count > 0 else day < start)}
    if found is None:
        assert len(beyond) < abs(count)
    else:
        passed = {day for day in beyond if (day <= found if count > 0 else day >= found)}
        assert found in days
        assert len(passed) == abs(count)


@given(SETS_OF_DATES, st.data(), st.integers(-10, 10))
def test_shift_there_and_back_again(days: frozenset[date], data: st.DataObject, count: int) -> None:
    start = data.draw(st.sampled_from(sorted(days))) if days else date(2026, 9, 1)
    there = shift(days, start, count)
    if there is not None:
        assert shift(days, there, -count) == start
