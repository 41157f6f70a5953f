"""Rotas of made workspaces of real schools, judged by somebody else's reading of the files; and of the same files shuffled."""

import random
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from sigctl.cluster import load
from sigctl.rota.life.draft import draft_text
from sigctl.rota.plan import Plan, Status
from sigctl.rota.planning import plan_rota

MADE = {
    "seven": "--around 6744105 --schools 7 --seed 1",
    "fifteen": "--around 6744105 --schools 15 --seed 2",
    "tight": "--around 6744105 --schools 15 --seed 3 --crowding 1.2 --absences 8 --from 2026-11-02 --to 2026-12-18",
    "primary": "--around 6744105 --schools 9 --seed 5 --sectors Primary",
    "three": "--around 6744105 --schools 3 --seed 4 --reviewers 5",
    "five weeks": "--around 6704078 --schools 15 --seed 46 --crowding 1.3 --from 2027-01-04 --to 2027-02-05",
}
CHANGED: dict[str, dict[str, Any]] = {
    "travel alone": {"goals": ["travel"]},
    "travel first": {"goals": ["travel", "fairness"]},
    "fairness alone": {"goals": ["fairness"]},
    "slack": {"goals": [{"goal": "fairness", "slack": 1}, "travel"]},
    "two of one school": {"one_per_school": False, "out_per_school": 2},
    "one a day": {"visits_per_day": 1},
    "far apart": {"days_between": 30},
    "swaps": {"swaps": True},
    "hosts away": {"host_stays_home": False},
    "no trainees": {"trainees": 0},
    "two leads": {"leads": 2, "cover_focus": False},
}


def made(shared: Path, folder: Path, arguments: str) -> Path:
    tool = shared / "tools" / "make_workspace.py"
    subprocess.run([sys.executable, str(tool), str(folder), *arguments.split()], check=True)
    return folder


def planned(folder: Path) -> Plan:
    cluster, problems = load(folder)
    assert not problems
    return plan_rota(cluster, next(iter(cluster.cycles.values())))


def judged(shared: Path, folder: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """The judge finds no breach, and the same values."""
    monkeypatch.syspath_prepend(shared / "tools")
    judge, reading = pytest.importorskip("check_rota"), pytest.importorskip("rota_problem")
    problem = reading.read(folder)
    visits = [{"host": v.host, "dates": list(v.dates), "lead": v.lead, "team": list(v.team)} for v in plan.visits]
    assert list(judge.breaches(problem, {"visits": visits})) == []
    values = judge.goals(problem, {"visits": visits})
    assert {goal.name: goal.value for goal in plan.goals} == {goal.name: values[goal.name] for goal in plan.goals}


@pytest.mark.parametrize("name", MADE)
def test_the_judge_agrees(name: str, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = made(shared, tmp_path, MADE[name])
    plan = planned(folder)
    if plan.status is not Status.INFEASIBLE:
        assert plan.status is Status.OPTIMAL
        assert all(goal.value == goal.bound for goal in plan.goals)
        judged(shared, folder, plan, monkeypatch)


@pytest.mark.parametrize("name", CHANGED)
def test_the_judge_agrees_under_other_rules(name: str, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = made(shared, tmp_path, "--around 6744105 --schools 8 --seed 3")
    file = folder / "cycles" / "round-1.yaml"
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    cycle = content["cycles"][0]
    for key, value in CHANGED[name].items():
        (cycle if key == "goals" else cycle["rules"])[key] = value
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    plan = planned(folder)
    if plan.status is not Status.INFEASIBLE:
        assert plan.status is Status.OPTIMAL
        judged(shared, folder, plan, monkeypatch)


def test_the_same_files_in_another_order_give_the_same_bytes(shared: Path, tmp_path: Path) -> None:
    folder = made(shared, tmp_path / "one", MADE["seven"])
    first = draft_text(planned(folder))
    content: dict[str, list[Any]] = {}
    for path in sorted(folder.rglob("*.yaml")):
        if path.name != "sigctl.yaml":
            content |= yaml.safe_load(path.read_text(encoding="utf-8"))
            path.unlink()
    draw = random.Random(1)
    for kind, entries in content.items():
        draw.shuffle(entries)
        for entry in entries:
            draw.shuffle(entry.get("visits", []))
        text = yaml.safe_dump({kind: entries}, allow_unicode=True, sort_keys=True)
        (folder / f"{draw.randrange(1000)}-{kind}.yml").write_text(text, encoding="utf-8")
    assert draft_text(planned(folder)) == first


def test_what_is_fixed_stays(shared: Path, tmp_path: Path) -> None:
    """Another rota of the same cycle, with one visit's start and one member taken from a rota that is known to exist."""
    folder = made(shared, tmp_path, MADE["seven"])
    before = planned(folder).visits[0]
    file = folder / "cycles" / "round-1.yaml"
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    visit = next(each for each in content["cycles"][0]["visits"] if each["host"] == before.host)
    visit["fixed"] = {"start": before.dates[0], "team": [before.team[1]], "by": "secretary", "until": date(2026, 11, 1)}
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    after = next(each for each in planned(folder).visits if each.host == before.host)
    assert after.dates == before.dates
    assert before.team[1] in after.team
