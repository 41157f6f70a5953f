"""Goals in any order, those on dates among them: as good as trying everything, and proved."""

from dataclasses import replace
from itertools import permutations
from random import Random

import pytest

from rota.tiny import FORTNIGHT, best_scores, case, person, visit
from sigctl.records import Goal
from sigctl.rota.case import Case
from sigctl.rota.plan import Status
from sigctl.rota.planning import plan_case

ORDERS = [order for size in (1, 2, 3, 4) for order in permutations(("fairness", "travel", "spread", "preferences"), size)]


def random_case(draw: Random, goals: tuple[Goal, ...]) -> Case:
    """Three hosts and five people who have wishes of their own."""
    visits = [
        visit(host, days=draw.choice((1, 2)), team=draw.choice((1, 2)), free=(draw.getrandbits(14) | draw.getrandbits(14)) & FORTNIGHT,
              wished=draw.choice((-1, draw.getrandbits(14))))
        for host in range(3)
    ]  # fmt: skip
    people = [
        person(draw.randrange(4), draw.choice(("lead", "lead", "reviewer")), free=draw.getrandbits(14) | draw.getrandbits(14),
               wished=draw.choice((-1, draw.getrandbits(14))), unwished=frozenset({draw.randrange(3)} if draw.random() < 0.3 else ()))
        for _ in range(5)
    ]  # fmt: skip
    return case(visits, people, goals, swaps=draw.random() < 0.5, days_between=draw.choice((0, 2)))


@pytest.mark.parametrize("order", [order for order in ORDERS if {"spread", "preferences"} & set(order)], ids="-".join)
def test_as_good_as_trying_everything(order: tuple[str, ...]) -> None:
    for seed in range(2):
        draw = Random(f"{order} {seed}")
        goals = tuple(Goal(goal=goal, slack=draw.choice((0, 0, 1)) if goal != "travel" else 0) for goal in order)
        some = random_case(draw, goals)
        plan, best = plan_case(some), best_scores(replace(some, goals=goals))
        if best is None:
            assert plan.status is Status.INFEASIBLE
            continue
        assert plan.status is Status.OPTIMAL
        assert tuple(round(goal.value * (10 if goal.name == "travel" else 1)) for goal in plan.goals) == best


@pytest.mark.parametrize("seed", [213, 1459, 1709])
def test_slack_of_a_goal_is_counted_from_what_it_reaches_after_those_before_it(seed: int) -> None:
    """Wishes come first and cost fairness: travel may then use the slack beyond that, not beyond the fairness without wishes."""
    draw = Random(seed)
    homes = [draw.randrange(6) for _ in range(7)]
    shunned = [frozenset(draw.sample(range(4), draw.choice((3, 3, 4)))) for _ in range(7)]
    goals = (Goal(goal="preferences"), Goal(goal="fairness", slack=draw.choice((1, 2))), Goal(goal="travel"))
    carried = [draw.randrange(-2, 3) for _ in range(6)]
    people = [person(home, unwished=wish) for home, wish in zip(homes, shunned, strict=True)]
    some = case(
        [visit(host, free=1 << host) for host in range(4)],
        people,
        goals,
        swaps=True,
        days_between=0,
        out_per_school=9,
        host_stays_home=False,
    )
    some = replace(some, schools=tuple(replace(each, carried=owed) for each, owed in zip(some.schools, carried, strict=False)))
    plan, best = plan_case(some), best_scores(some)
    assert plan.status is Status.OPTIMAL
    assert tuple(round(goal.value * (10 if goal.name == "travel" else 1)) for goal in plan.goals) == best
