"""The rivals play by the rules: what they make is a rota, and where one of them has a proof, it is the same as ours."""

import time
from pathlib import Path
from typing import Any

import one_model
import pytest
import secretary
from eligible import Rota, scores

from sigctl.cluster import load
from sigctl.rota.case import Case
from sigctl.rota.gathering import case_of
from sigctl.rota.planning import plan_case
from sigctl.rota.rules import Placed, rules_of
from sigctl.rota.verify import breaches

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(params=["conwy-seven", "cynon-taf"])
def case(request: pytest.FixtureRequest) -> Case:
    """The round of an example."""
    cluster, problems = load(EXAMPLES / request.param)
    assert not problems
    return case_of(cluster, next(iter(cluster.cycles.values())))


def broken(case: Case, rota: Rota) -> list[Any]:
    days = {number: range(placed.start, placed.start + case.visits[number].days) for number, placed in rota.items()}
    roster = tuple(Placed(number, tuple(days[number]), rota[number].team[0], tuple(sorted(rota[number].team))) for number in sorted(rota))
    return list(breaches(case, rules_of(case.rules), roster))


def test_the_secretary_keeps_every_rule(case: Case) -> None:
    told = secretary.plan(case, 3, time.monotonic())
    assert told["rota"].keys() == set(range(len(case.visits)))
    assert broken(case, told["rota"]) == []


def test_one_model_keeps_every_rule_and_proves_what_we_prove() -> None:
    cluster, _ = load(EXAMPLES / "conwy-seven")
    case = case_of(cluster, cluster.cycles["round-4"])
    told = one_model.plan(case, 60, time.monotonic())
    assert broken(case, told["rota"]) == []
    ours = {goal.name: goal.value for goal in plan_case(case).goals}
    assert told["proved"]
    assert scores(case, told["rota"]) == (ours["fairness"], ours["travel"])
