"""Why a visit is as it is, why there is no rota, and a rota in part: as the secretary and her scripts see it."""

import json
import shutil
from pathlib import Path

import pytest

from .conftest import CONWY, Run

DRAFT = Path("rotas") / "round-4.draft.yaml"


@pytest.fixture
def conwy(tmp_path: Path) -> Path:
    """A copy of the example of seven schools, without a draft."""
    folder = tmp_path / "conwy"
    shutil.copytree(CONWY, folder, ignore=shutil.ignore_patterns("rotas", "*.csv"))
    return folder


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def clash(conwy: Path) -> None:
    """Two visits fixed into one week, where there is one a week."""
    change(conwy / "round-4.yaml", "- {host: eirias}", "- {host: eirias, fixed: {start: 2026-11-10}}")
    change(conwy / "round-4.yaml", "- {host: john-bright}", "- {host: john-bright, fixed: {start: 2026-11-12}}")


def line(conwy: Path, file: str, part: str) -> int:
    return next(number for number, text in enumerate((conwy / file).read_text(encoding="utf-8").splitlines(), 1) if part in text)


def test_a_conflict_lists_each_demand_at_its_line_and_what_would_help(sigctl: Run, conwy: Path) -> None:
    clash(conwy)
    done = sigctl("rota", "-w", conwy)
    assert (done.code, done.out) == (4, "")
    week = line(conwy, "round-4.yaml", "visits_per_week")
    eirias = line(conwy, "round-4.yaml", "host: eirias")
    assert f"round-4.yaml:{eirias}  the visit at `eirias` is fixed to begin on 2026-11-10" in done.err
    assert f"round-4.yaml:{week}  there is 1 visit at the most in one week" in done.err
    helping = done.err.partition("any one of these changes makes a rota possible")[2].splitlines()
    assert helping[1].endswith("do not fix the first day of the visit at `eirias`")
    assert any(f"round-4.yaml:{week} " in each and "set `visits_per_week: 2` instead of 1" in each for each in helping)
    assert not (conwy / DRAFT).exists()


def test_json_has_the_demands_and_the_changes(sigctl: Run, conwy: Path) -> None:
    clash(conwy)
    told = json.loads(sigctl("rota", "-w", conwy, "--format", "json").out)
    (conflict,) = told["conflict"]
    assert {"rule", "text", "advice", "places", "demands", "tight", "smallest"} == set(conflict)
    assert conflict["smallest"]
    assert [each["rule"] for each in conflict["demands"]] == ["visits", "fixed", "fixed", "visits_per_week"]
    assert all(each["places"] for each in conflict["demands"])
    assert {"rule", "text", "enough", "places"} == set(told["relaxations"][0])
    assert all(each["enough"] for each in told["relaxations"])


def test_each_change_that_is_told_helps_when_it_is_made(sigctl: Run, conwy: Path) -> None:
    clash(conwy)
    change(conwy / "round-4.yaml", "visits_per_week: 1", "visits_per_week: 2")
    assert sigctl("rota", "-w", conwy, "-n", "-q").code == 0


def test_a_rota_in_part_is_drafted_and_says_what_is_left_out(sigctl: Run, conwy: Path) -> None:
    change(conwy / "round-4.yaml", "to: 2027-03-19", "to: 2026-12-04")
    done = sigctl("rota", "-w", conwy, "--partial", "--lang", "en")
    assert done.code == 5
    assert "5 visits are placed and 2 left out; no rota holds more" in done.err
    assert "km away" in done.err
    assert "No place in the rota" in done.out
    assert (conwy / DRAFT).read_text(encoding="utf-8").count("host:") == 5
    told = json.loads(sigctl("rota", "-w", conwy, "--partial", "-n", "--format", "json").out)
    assert (told["status"], len(told["visits"]), told["most_visits"]) == ("optimal", 5, True)
    assert {each["host"] for each in told["left_out"]}.isdisjoint(each["host"] for each in told["visits"])
    assert all(len(each["nearest"]) == 5 and each["bars"] for each in told["left_out"])


def test_partial_changes_nothing_where_all_visits_can_be_placed(sigctl: Run, conwy: Path) -> None:
    assert sigctl("rota", "-w", conwy, "-n", "--partial").code == 0
    assert sigctl("rota", "-w", conwy, "-n", "--partial").out == sigctl("rota", "-w", conwy, "-n").out


def test_why_tells_of_people_and_days(sigctl: Run, conwy: Path) -> None:
    sigctl("rota", "-w", conwy, "-q")
    done = sigctl("rota", "why", "eirias", "-w", conwy)
    assert (done.code, done.err) == (0, "")
    assert "no rota scores better" in done.out
    assert done.out.count("Why ") == 4
    assert ", who leads, " in done.out
    assert "the same" in done.out
    assert " km" in done.out
    assert "is not free" in done.out
    assert "the week of " in done.out


def test_why_in_json_agrees_with_a_plan_in_which_the_other_is_fixed(sigctl: Run, conwy: Path) -> None:
    sigctl("rota", "-w", conwy, "-q")
    told = json.loads(sigctl("rota", "why", "eirias", "-w", conwy, "--format", "json").out)
    assert (told["format"], told["version"], told["best"], told["done"]) == ("sigctl-rota-why", 1, True, False)
    lead = next(member for member in told["members"] if member["lead"])
    other = next(each for each in lead["alternatives"] if each["outcome"] == "costs")
    now = {goal["name"]: goal["value"] for goal in told["goals"]}
    assert {goal["name"]: goal["now"] for goal in other["goals"]} == now
    change(conwy / "round-4.yaml", "- {host: eirias}", f"- {{host: eirias, fixed: {{team: [{other['person']}]}}}}")
    people = (conwy / "people.yaml").read_text(encoding="utf-8")
    assert people.count(f"id: {lead['person']},") + people.count(f"id: {lead['person']}\n") == 1
    people = people.replace(f"id: {lead['person']},", f"id: {lead['person']}, conflicts: [eirias],")
    people = people.replace(f"id: {lead['person']}\n", f"id: {lead['person']}\n    conflicts: [eirias]\n")
    (conwy / "people.yaml").write_text(people, encoding="utf-8")
    planned = json.loads(sigctl("rota", "-w", conwy, "-n", "--format", "json").out)
    assert {goal["name"]: goal["value"] for goal in planned["goals"]} == {goal["name"]: goal["then"] for goal in other["goals"]}


def test_why_not_known_where_the_time_was_over(sigctl: Run, conwy: Path) -> None:
    sigctl("rota", "-w", conwy, "-q")
    done = sigctl("rota", "why", "eirias", "-w", conwy, "--time-limit", "0.1")
    assert done.code == 5
    assert "not known" in done.out


@pytest.mark.parametrize(("arguments", "said"), [(["eirais"], "did you mean `eirias`?"), (["eirias", "--draft", "--published"], "exclude")])
def test_wrong_usage_of_why_is_told_plainly(sigctl: Run, conwy: Path, arguments: list[str], said: str) -> None:
    sigctl("rota", "-w", conwy, "-q")
    done = sigctl("rota", "why", *arguments, "-w", conwy)
    assert done.code == 2
    assert said in done.err


def test_why_without_a_rota_says_how_to_get_one(sigctl: Run, conwy: Path) -> None:
    done = sigctl("rota", "why", "eirias", "-w", conwy)
    assert done.code == 1
    assert "`sigctl rota` plans one" in done.err


def test_why_explains_a_rota_in_part_as_what_it_is(sigctl: Run, conwy: Path) -> None:
    change(conwy / "round-4.yaml", "to: 2027-03-19", "to: 2026-12-04")
    assert sigctl("rota", "-w", conwy, "--partial", "-q").code == 5
    host = (conwy / DRAFT).read_text(encoding="utf-8").partition("host: ")[2].split()[0]
    done = sigctl("rota", "why", host, "-w", conwy)
    assert done.code == 0
    assert "no rota scores better" in done.out


def test_why_of_a_cancelled_visit_is_refused(sigctl: Run, conwy: Path) -> None:
    sigctl("rota", "-w", conwy, "-q")
    text = (conwy / DRAFT).read_text(encoding="utf-8")
    head, host, tail = text.partition("host: eirias")
    (conwy / DRAFT).write_text(head + host + tail.replace("state: planned", "state: cancelled", 1), encoding="utf-8")
    done = sigctl("rota", "why", "eirias", "-w", conwy)
    assert done.code == 2
    assert "is cancelled" in done.err
