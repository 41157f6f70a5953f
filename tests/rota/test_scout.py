"""The scout: a rota in hand soon, better and better, and no thread left behind."""

from threading import active_count

import pytest

from rota.tiny import WEEK, case, person, puzzle, visit
from sigctl.rota import planning
from sigctl.rota.plan import Status
from sigctl.rota.planning import plan_case
from sigctl.rota.search import scout
from sigctl.rota.search.lexicographic import Outcome
from sigctl.rota.search.measured import measured
from sigctl.rota.search.watch import Stopped, Watch

SOME = case([visit(h, team=2) for h in range(4)], [person(h) for h in range(5) for _ in range(2)])


def test_it_ends_with_the_best_by_the_goals_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scout, "_WAIT", 0.0)
    made = puzzle(SOME)
    with scout.Scout(made, ["fairness", "travel"], Watch(lambda _: None), 0) as running:
        assert running.waited(20)
    best = plan_case(SOME)
    costs = [sum(made.candidates[each].cost for each in found.chosen) for found in running.solutions]
    assert measured(made, "fairness", running.solutions[-1]) == best.goals[0].value
    assert costs[-1] == 10 * best.goals[1].value


def test_it_is_called_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = active_count()
    monkeypatch.setattr(scout, "_WAIT", 60.0)
    with pytest.raises(Stopped), scout.Scout(puzzle(SOME), ["travel"], Watch(lambda _: None), 0):
        raise Stopped
    assert active_count() == before


def test_what_it_finds_is_kept_where_the_search_is_stopped_with_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scout, "_WAIT", 0.0)
    monkeypatch.setattr(planning, "staged", lambda *_: Outcome((), {"fairness": 0, "travel": 300}, ended=False))
    monkeypatch.setattr(scout.Scout, "__exit__", lambda self, *_: self.waited(20))
    plan = plan_case(SOME, progress=lambda _: None)
    assert plan.status is Status.FEASIBLE
    assert len(plan.visits) == 4


def test_days_alone_limit_what_a_person_can_do() -> None:
    """Two people and three visits in one week, with a week between: no search is needed to see that there is no rota."""
    some = case([visit(h, free=WEEK) for h in range(3)], [person(3), person(4)], days_between=7)
    plan = plan_case(some)
    assert plan.status is Status.INFEASIBLE
    assert {each.rule for each in plan.conflicts} == {"days_between"}
