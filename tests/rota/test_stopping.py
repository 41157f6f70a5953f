"""Progress is told, and a search that is stopped keeps what it found."""

from rota.tiny import case, person, visit
from sigctl.rota.plan import Status
from sigctl.rota.planning import plan_case
from sigctl.rota.progress import Progress

SOME = case([visit(h, team=2) for h in range(4)], [person(h) for h in range(5) for _ in range(2)])


def test_progress_comes_to_the_best() -> None:
    told: list[Progress] = []
    plan = plan_case(SOME, progress=told.append)
    assert plan.status is Status.OPTIMAL
    assert [each.goal for each in told][:1] == ["fairness"]
    assert told[-1].goal == "travel"
    assert told[-1].best == told[-1].bound == plan.goals[-1].value
    assert told[-1].visits_placed == 4


def test_stopped_at_once_nothing_is_known() -> None:
    plan = plan_case(SOME, progress=lambda _: True)
    assert plan.status is Status.UNKNOWN
    assert plan.visits == ()


def test_stopped_with_a_rota_it_is_kept() -> None:
    plan = plan_case(SOME, progress=lambda told: told.best is not None)
    assert plan.status is Status.FEASIBLE
    assert len(plan.visits) == 4
    assert all(goal.bound <= goal.value for goal in plan.goals)


def test_watching_changes_nothing() -> None:
    assert plan_case(SOME, progress=lambda _: False) == plan_case(SOME)
