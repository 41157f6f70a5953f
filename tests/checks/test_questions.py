"""How many people could be in a team, counted in two ways."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from sigctl.checks.questions import Reviewers, has_open_run, is_whole, planned_visits, said
from sigctl.records import Person
from sigctl.term_dates import runs

from workspaces import BASE, base_files, laid_over, write  # isort: skip
from pathlib import Path

from sigctl.cluster import load

SCHOOLS = st.sampled_from(["a", "b", "c", "d"])


@settings(max_examples=100, deadline=None, database=None, derandomize=True)
@given(st.lists(st.tuples(SCHOOLS, st.lists(SCHOOLS, max_size=3)), max_size=8), SCHOOLS, st.booleans())
def test_members_are_counted(drawn: list[tuple[str, list[str]]], host: str, one_per_school: bool) -> None:
    people = tuple((Person(id=f"p-{n}", conflicts=tuple(conflicts)), school) for n, (school, conflicts) in enumerate(drawn))
    able = [school for person, school in people if school != host and host not in person.conflicts]
    expected = len(set(able)) if one_per_school else len(able)
    assert Reviewers(people).count_for(host, one_per_school=one_per_school) == expected


def test_days_in_words() -> None:
    assert said(date(2026, 11, 12)) == "Thursday 12 November 2026"


def test_open_runs_are_those_of_the_term_dates(tmp_path: Path) -> None:
    base = base_files()
    for days, busy in ((1, "2027-01-11"), (5, "2027-01-11"), (5, "2027-01-04"), (1, "2027-01-04")):
        block = (
            f"schools:\n  - {{id: porth, name: Porth, busy: [{{from: 2026-11-02, to: 2027-01-01}}, {{from: {busy}, to: 2027-03-19}}]}}\n"
            f"cycles:\n  - {{id: round-4, name: R, from: 2026-11-02, to: 2027-03-19, visits: [{{host: porth, days: {days}}}]}}\n"
        )
        cluster, _ = load(write(tmp_path, base | laid_over(base, block)))
        (planned,) = planned_visits(cluster)
        shut = frozenset[date]().union(*(stretch.dates() for stretch in cluster.schools["porth"].busy))
        open_days = {day for day in cluster.pupil_days("porth") - shut if planned.cycle.first <= day <= planned.cycle.last}
        assert has_open_run(cluster, planned) == bool(runs(open_days, days))


def test_what_was_read_is_whole() -> None:
    assert is_whole(load(BASE).cluster, "schools", "settings")
