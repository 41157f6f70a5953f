"""Where dates are tight: what the search does when teams cannot be dated, and what it turns to when it does not get on."""

from dataclasses import replace
from itertools import product
from math import inf, prod

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rota.test_search import best_scores_agree, cases, scores
from rota.tiny import GOALS, best_scores, case, options, person, puzzle, visit
from sigctl.records import Goal
from sigctl.rota.case import Case
from sigctl.rota.plan import Status
from sigctl.rota.planning import plan_case
from sigctl.rota.search import cheapest, lexicographic
from sigctl.rota.search.cheapest import BandSearch, Found
from sigctl.rota.search.cores import CoreCuts, Demand
from sigctl.rota.search.linear import Effort, Linear
from sigctl.rota.search.master import master_of, plain

MODELS = st.lists(
    st.tuples(st.lists(st.integers(-2, 2), min_size=5, max_size=5), st.integers(-2, 3)),
    min_size=1,
    max_size=5,
)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(MODELS, st.lists(st.integers(-5, 5), min_size=5, max_size=5))
def test_a_search_that_branches_soon_finds_the_best_point(rows: list[tuple[list[int], int]], costs: list[int]) -> None:
    model = Linear(list(costs), [True] * 5)
    for coefficients, high in rows:
        kept = [(column, a) for column, a in enumerate(coefficients) if a]
        model.row(-inf, high, [column for column, _ in kept], [a for _, a in kept])
    values = [
        sum(c * v for c, v in zip(costs, x, strict=True))
        for x in product((0, 1), repeat=5)
        if all(sum(a * v for a, v in zip(coefficients, x, strict=True)) <= high for coefficients, high in rows)
    ]
    answer = model.best((), [0.0] * 5, Effort(branching=True))
    assert answer.ended
    assert (answer.x is None) == (not values)
    if values:
        assert round(answer.value, 4) == round(answer.bound, 4) == min(values)


def test_teams_without_a_common_day_are_forbidden_all_at_once() -> None:
    """Any two of these people can go together, but not all three; what is learned of three forbids no other team."""
    days = (0b00011, 0b00110, 0b00101, 0b00111)
    some = case([visit(0, team=3)], [person(1 + index, free=mask) for index, mask in enumerate(days)])
    held = puzzle(some)
    model = plain(held)
    CoreCuts(held, model).add(tuple(Demand(0, (each,), starts=days[each]) for each in range(3)))
    found = set()
    for out in range(4):
        team = [each for each in range(4) if each != out]
        extra = [0.0 if each in team else 1000.0 for each in range(len(model.costs))]
        answer = model.best([out], extra[: len(model.costs)], Effort())
        if answer.x is not None:
            found.add(out)
    assert found == set(range(3))


def test_a_clash_is_stated_again_after_its_cut_was_dropped() -> None:
    some = case([visit(0, team=2)], [person(1, free=0b1), person(2, free=0b10), person(3), person(4)])
    held = puzzle(some)
    master = master_of(held, plain(held), None)
    first = len(master.model.rows)
    master.state_clashes(())
    stated = len(master.model.rows)
    assert stated > first
    master.drop_loose(first, (0.0,) * len(master.model.costs))
    assert len(master.model.rows) == first
    master.state_clashes(())
    assert len(master.model.rows) == stated


def as_good_as_trying_everything(some: Case) -> None:
    assume(prod(map(len, options(some))) <= 2000)
    plan, best = plan_case(some), best_scores(some)
    if best is None:
        assert plan.status is Status.INFEASIBLE
    else:
        assert plan.status is Status.OPTIMAL
        assert best_scores_agree(some, scores(plan), best)


def test_mended_teams_are_as_good_as_any(monkeypatch: pytest.MonkeyPatch) -> None:
    """With no patience, teams that cannot be dated are mended at once, and then the joint search is asked."""
    monkeypatch.setattr(cheapest, "_PATIENCE", 0)
    monkeypatch.setattr(cheapest, "_EFFORT", 1e-4)

    @settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(cases(), st.sampled_from([0b11, 0b10010, 0b100000001]))
    def tried(some: Case, few: int) -> None:
        visits = tuple(replace(each, open=each.open & few or each.open) for each in some.visits)
        as_good_as_trying_everything(replace(some, visits=visits, goals=GOALS))

    tried()


@pytest.mark.parametrize("share", [8.0, 1e-4])
def test_a_rota_found_without_the_bands_is_as_good_as_any(share: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every band is given up before anything is found in it; with a small share of effort, other searches find no end at first."""
    search = BandSearch.cheapest

    def given_up(self: BandSearch, ceiling: float, steps: int | None = None) -> Found | None:
        if self.may_give_up and ceiling == inf:
            self.gave_up = True
            return None
        return search(self, ceiling, steps)

    monkeypatch.setattr(BandSearch, "cheapest", given_up)
    monkeypatch.setattr(lexicographic, "_RULED", share)

    @settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(cases(), st.sampled_from([GOALS, (Goal(goal="fairness"),), (Goal(goal="fairness", slack=1), Goal(goal="travel"))]))
    def tried(some: Case, goals: tuple[Goal, ...]) -> None:
        as_good_as_trying_everything(replace(some, goals=goals))

    tried()
