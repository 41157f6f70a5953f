"""The search for many candidates, forced upon few: against the exact search, and against what must hold at any size."""

from dataclasses import replace

import numpy as np
import pytest

from rota.tiny import FORTNIGHT, WEEK, case, person, puzzle, visit
from sigctl.rota.case import Case
from sigctl.rota.plan import Plan, Status
from sigctl.rota.planning import plan_case
from sigctl.rota.progress import Progress
from sigctl.rota.puzzling import roster_of
from sigctl.rota.rules import rules_of
from sigctl.rota.search import lexicographic, wide
from sigctl.rota.search.calendar import Calendar, Lists
from sigctl.rota.search.clashing import clash_rows
from sigctl.rota.search.counts import Band, bands
from sigctl.rota.search.early import early
from sigctl.rota.search.linear import Linear
from sigctl.rota.search.master import master_of, plain
from sigctl.rota.search.measured import measured
from sigctl.rota.search.narrowing import narrowed
from sigctl.rota.search.pricing import Pricing, arrays
from sigctl.rota.search.watch import Watch
from sigctl.rota.verify import breaches


def ring(schools: int, days: tuple[int, ...] = (1, 2), people: int = 2) -> Case:
    """As many visits of two people as there are schools, each of which has some people who are not always free."""
    free = [FORTNIGHT, FORTNIGHT & ~(WEEK >> 2), FORTNIGHT & ~(WEEK << 8)]
    visits = [visit(host, days=days[host % len(days)], team=2) for host in range(schools)]
    return case(visits, [person(host, free=free[(host + each) % 3]) for host in range(schools) for each in range(people)])


def values(plan: Plan) -> list[float]:
    return [goal.value for goal in plan.goals]


CASES = {"six": ring(6), "of one length": ring(7, (1,)), "three each": ring(9, (1, 2, 2), 3)}


@pytest.mark.parametrize("name", CASES)
def test_the_wide_search_is_bounded_by_the_exact_one(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its bounds lie below the best rota and its rota above; on the first goal both agree."""
    exact = plan_case(CASES[name])
    monkeypatch.setattr(lexicographic, "MANY", 0)
    wide = plan_case(CASES[name])
    assert wide.status in (Status.OPTIMAL, Status.FEASIBLE)
    assert wide.goals[0].bound <= exact.goals[0].value
    assert values(wide) >= values(exact)
    if wide.goals[0].value == exact.goals[0].value:
        assert wide.goals[1].bound <= exact.goals[1].value
    if wide.status is Status.OPTIMAL:
        assert values(wide) == values(exact)


def test_the_wide_search_gives_the_same_rota_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicographic, "MANY", 0)
    assert plan_case(CASES["six"]) == plan_case(CASES["six"])


def test_what_is_impossible_is_not_planned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody may go twice, and there are fewer people than places: no band has a rota, and none is made."""
    monkeypatch.setattr(lexicographic, "MANY", 0)
    some = replace(ring(4, people=1), visits=tuple(replace(each, team=3) for each in ring(4).visits))
    plan = plan_case(replace(some, rules=some.rules.model_copy(update={"visits_per_reviewer": 1})))
    assert plan.visits == ()


@pytest.mark.parametrize("name", CASES)
def test_prices_bound_what_the_whole_relaxation_says(name: str) -> None:
    """Candidates are let in one by one, or nearly, and still the bound is that of all of them; or a band is refuted by both."""
    some = puzzle(CASES[name])
    shape = arrays(some)
    for band in (*bands(some, 1), *bands(some, 3)):
        whole = master_of(some, plain(some), band).model.relaxed()
        few = replace(shape, rank=shape.rank * 30)
        root = Pricing(few, master_of(some, Linear(shape.costs, [True] * len(shape.costs)), band), Watch()).root(np.inf)
        assert root.bound == pytest.approx(whole.value, rel=1e-3)


def test_clashes_are_said_of_every_pair_without_a_common_day() -> None:
    some = puzzle(case([visit(0, team=2)], [person(h, free=free) for h, free in enumerate([WEEK, WEEK, WEEK << 7, WEEK << 7, FORTNIGHT])]))
    said = {frozenset((a, b)) for row in clash_rows(some) for a in row.columns for b in row.columns if a != b}
    apart = {
        frozenset((a, b))
        for a, first in enumerate(some.candidates)
        for b, second in enumerate(some.candidates)
        if not first.starts & second.starts
    }
    assert apart
    assert said == apart


def test_a_narrowed_puzzle_says_the_same_of_those_who_are_kept() -> None:
    """A rota of the narrowed puzzle is one of the wider puzzle, at the same cost."""
    some = puzzle(CASES["six"])
    kept = [index for index, each in enumerate(some.candidates) if each.reviewer % 2 == 0 or each.visit < 3]
    part = narrowed(some, kept)
    found = lexicographic.optimised(part.puzzle, [("travel", 0)], Watch()).solutions[-1]
    wider = part.widened(found)
    assert [some.candidates[each] for each in wider.chosen] == [part.puzzle.candidates[each] for each in found.chosen]
    chosen = set(wider.chosen)
    for row in some.rows:
        total = sum(each in chosen for each in row.candidates)
        assert (row.low or 0) <= total
        assert row.high is None or total <= row.high


def test_a_band_that_counting_refutes_has_no_bound() -> None:
    some = puzzle(CASES["six"])
    shape = arrays(some)
    master = master_of(some, Linear(shape.costs, [True] * len(shape.costs)), Band(50, 0))
    assert Pricing(shape, master, Watch()).root(np.inf).bound == np.inf


@pytest.mark.parametrize("name", CASES)
def test_a_first_rota_keeps_all_rules(name: str) -> None:
    some = CASES[name]
    found = early(puzzle(some), 0)
    assert found
    assert list(breaches(some, rules_of(some.rules), roster_of(some, puzzle(some), found))) == []


def test_visits_that_find_no_days_with_their_teams_are_left_over() -> None:
    """Two visits on the one free day of a person who may go to both: one has days, the other is left over; with two people none is."""
    some = puzzle(case([visit(0, free=1), visit(1, free=1)], [person(2), person(3)]))
    same, other = ([each for each in some.of_visit[index] if some.candidates[each].reviewer == 0] for index in (0, 1))
    assert len(Calendar(Lists(some)).fill({0: same, 1: other})) == 1
    another = [each for each in some.of_visit[1] if some.candidates[each].reviewer == 1]
    calendar = Calendar(Lists(some))
    assert calendar.fill({0: same, 1: another}) == []
    assert calendar.starts == [0, 0]


def test_where_no_rota_exists_none_is_found_early() -> None:
    """Two from one school cannot go to one visit, and nobody else is there."""
    assert early(puzzle(case([visit(0, team=2)], [person(1), person(1)])), 0) is None


def test_a_search_that_is_stopped_at_once_has_a_rota(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first thing that somebody hears of a wide search is a rota."""
    monkeypatch.setattr(lexicographic, "MANY", 0)

    def stop(progress: Progress) -> bool:
        return progress.best is not None

    plan = plan_case(CASES["six"], progress=stop)
    assert plan.status is Status.FEASIBLE
    assert len(plan.visits) == 6


@pytest.mark.parametrize("name", CASES)
def test_exchanges_better_a_rota_within_the_bounds(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As with very many visits: the rota is no better than the exact one, nor worse than the first one, and keeps all rules."""
    exact = plan_case(CASES[name])
    some = puzzle(CASES[name])
    first = early(some, 0)
    assert first
    monkeypatch.setattr(lexicographic, "MANY", 0)
    monkeypatch.setattr(wide, "_AT_ONCE", 0)
    monkeypatch.setattr(wide, "_ROUNDS", 2)
    plan = plan_case(CASES[name])
    assert (
        values(exact) <= values(plan) <= [measured(some, "fairness", first), sum(some.candidates[each].cost for each in first.chosen) / 10]
    )
    assert plan.goals[0].bound <= exact.goals[0].value
