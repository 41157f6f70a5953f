"""The conference test of least change: a postponement moves no more visits than the proven minimum, and somebody else proves it.

The somebody else is `one_model.py`, which shares no search with sigctl: one CP-SAT model of the whole cycle, asked for the rota that
leaves the most visits as they were published.
"""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from one_model import OneModel
from ortools.sat.python import cp_model

from sigctl.cluster import Cluster, load
from sigctl.rota.case import Case
from sigctl.rota.gathering import case_of
from sigctl.rota.replan.request import Request
from sigctl.rota.replan.ways import replan_rota
from sigctl.rota.standing import Standing, standing

GWYNEDD = Path(__file__).resolve().parents[2] / "examples" / "gwynedd-fourteen"
TODAY = date(2026, 11, 22)


def gwynedd(folder: Path, last: str = "2027-03-19") -> Cluster:
    """The fourteen schools, whose round ends on a day."""
    shutil.copytree(GWYNEDD, folder, ignore=shutil.ignore_patterns("*.draft.yaml"), dirs_exist_ok=True)
    rounds = folder / "rounds.yaml"
    rounds.write_text(rounds.read_text(encoding="utf-8").replace("to: 2027-03-19", f"to: {last}"), encoding="utf-8")
    cluster, problems = load(folder)
    assert not problems
    return cluster


def least_changes(case: Case, stands: Standing, postponed: str) -> int:
    """In how many visits every rota at least differs from the one that stands, if a visit has to be later. Nothing moves into the past."""
    model = OneModel(replace(case, visits=tuple(_still_open(case, stands, index, postponed) for index in range(len(case.visits)))))
    same = [model.model.new_bool_var("") for _ in case.visits]
    for index, is_same in enumerate(same):
        placed = stands.placed(index)
        assert placed
        as_it_was = [model.day[index].get(placed.days[0], 0), *(model.goes[index].get(member, 0) for member in placed.team)]
        for each in as_it_was:
            model.model.add(each == 1).only_enforce_if(is_same)
    model.model.maximize(sum(same))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    assert solver.solve(model.model) == cp_model.OPTIMAL
    return len(same) - round(solver.objective_value)


def _still_open(case: Case, stands: Standing, index: int, postponed: str):  # type: ignore[no-untyped-def]
    visit, placed = case.visits[index], stands.placed(index)
    assert placed
    if visit.settled:
        return visit
    is_postponed = case.schools[visit.host].id == postponed
    begins = placed.days[-1] + 1 if is_postponed else min(placed.days[0], (TODAY - case.origin).days)
    return replace(visit, open=visit.open & ~((1 << begins) - 1))


@pytest.mark.parametrize(
    ("host", "last", "moved"),
    [
        ("godrer-berwyn", "2027-03-19", 1),
        ("moelwyn", "2027-03-19", 1),
        ("friars", "2027-02-26", 2),  # fourteen weeks for fourteen visits: another has to make room
        ("ardudwy", "2027-02-26", 1),
    ],
)
def test_a_postponement_moves_no_more_visits_than_the_proven_minimum(tmp_path: Path, host: str, last: str, moved: int) -> None:
    cluster = gwynedd(tmp_path, last)
    cycle, rota = cluster.cycles["round-3"], cluster.rota("round-3", "published")
    assert rota
    found = replan_rota(cluster, cycle, Request(postponed=(host,)), TODAY)
    way = found.ways[0]
    before = {visit.host: visit for visit in rota.visits}
    changed = {visit.host for visit in way.plan.visits if _other(visit, before[visit.host])}
    postponed = next(visit for visit in way.plan.visits if visit.host == host)
    assert postponed.dates[0] > max(before[host].dates)
    case = case_of(cluster, cycle, TODAY, rota)
    least = least_changes(case, standing(case, rota.visits), host)
    assert len(changed) == least >= moved
    assert (way.plan.goals[0].name, way.plan.goals[0].value, way.plan.goals[0].bound) == ("changes", least, least)
    assert not changed & {visit.host for visit in rota.visits if visit.state == "done"}


def _other(visit, before) -> bool:  # type: ignore[no-untyped-def]
    return visit.dates != tuple(sorted(before.dates)) or set(visit.team) != set(before.team)
