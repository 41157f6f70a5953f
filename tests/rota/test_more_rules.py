"""The rules about what schools and people are, against trying everything; and how such facts come out of the files."""

from dataclasses import replace
from math import prod
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from workspaces import base_files, laid_over, write

from rota.tiny import best_scores, case, changed, options, person, placed, rotas, visit
from sigctl.cluster import load
from sigctl.rota.case import Case, School
from sigctl.rota.gathering import case_of
from sigctl.rota.goals import UNITS
from sigctl.rota.plan import Status
from sigctl.rota.planning import plan_case
from sigctl.rota.rules import rules_of
from sigctl.rota.verify import breaches

FEW_DAYS = st.sampled_from([0b111, 0b11010, 0b10000110, 0b100])
RULES: dict[str, Any] = {
    "other_authority": True,
    "same_phase": True,
    "similar_size": 1.5,
    "new_triads": True,
    "shadowing": True,
    "avoid_same_trust": True,
}


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Four schools of which each is something else, five people, two or three visits of different lengths."""
    people = [
        person(school, draw(st.sampled_from(["lead", "lead", "trainee"])), novice=draw(st.booleans()))
        for school in (0, 1, 2, 3, draw(st.integers(0, 3)))
    ]
    people = [replace(each, novice=each.novice and each.level == "trainee") for each in people]
    visits = [
        visit(host, draw(st.sampled_from([1, 2])), draw(st.integers(1, 3)), free=draw(FEW_DAYS)) for host in range(draw(st.integers(2, 3)))
    ]
    asked = {rule: RULES[rule] for rule in sorted(draw(st.sets(st.sampled_from(sorted(RULES)), min_size=1)))}
    some = case(visits, people, trainees=draw(st.integers(0, 2)), days_between=0, swaps=True, **asked)
    return replace(some, schools=tuple(draw(kinds(each)) for each in some.schools))


@st.composite
def kinds(draw: st.DrawFn, school: School) -> School:
    return replace(
        school,
        authority=draw(st.sampled_from([None, "Conwy", "Gwynedd"])),
        trust=draw(st.sampled_from([None, None, "star"])),
        phase=draw(st.sampled_from([None, "primary", "secondary", "all-through"])),
        pupils=draw(st.sampled_from([None, 100, 150, 151])),
        last_team=frozenset(draw(st.sets(st.integers(0, 3), max_size=3))),
    )


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(cases())
def test_as_good_as_trying_everything(some: Case) -> None:
    assume(prod(map(len, options(some))) <= 2000)
    plan, best = plan_case(some), best_scores(some)
    assert plan.status is (Status.INFEASIBLE if best is None else Status.OPTIMAL)
    assert best is None or tuple(round(goal.value * UNITS[goal.name]) for goal in plan.goals) == best


@pytest.mark.parametrize(
    ("rule", "facts", "meets"),
    [
        ("same_phase", ({"phase": "all-through"}, {"phase": "primary"}), True),
        ("same_phase", ({"phase": "secondary"}, {"phase": "all-through"}), True),
        ("same_phase", ({"phase": "all-through"}, {"phase": "nursery"}), False),
        ("same_phase", ({"phase": "primary"}, {}), True),
        ("other_authority", ({}, {}), True),
        ("similar_size", ({"pupils": 100}, {"pupils": 150}), True),
        ("similar_size", ({"pupils": 151}, {"pupils": 100}), False),
        ("similar_size", ({"pupils": 100}, {}), True),
    ],
)
def test_what_is_not_known_is_not_judged(rule: str, facts: tuple[dict[str, Any], dict[str, Any]], meets: bool) -> None:
    some = case([visit(0)], [person(1)], **{rule: RULES[rule]})
    some = replace(some, schools=tuple(replace(school, **fact) for school, fact in zip(some.schools, facts, strict=True)))
    assert (plan_case(some).status is Status.OPTIMAL) is meets


def test_visits_last_as_long_as_each_school_says() -> None:
    """One, two and three days: one visit after the other, they take more than a week of five."""
    some = case([visit(0, 1), visit(1, 2), visit(2, 3)], [person(3), person(4)], days_between=0)
    assert [len(each.dates) for each in sorted(plan_case(some).visits, key=lambda each: each.host)] == [1, 2, 3]
    assert all(tuple(len(each.days) for each in roster) == (1, 2, 3) for roster, _ in zip(rotas(some), range(50), strict=False))
    short = changed(some, visits_per_day=1, visits_per_reviewer=3)
    week = replace(short, visits=tuple(replace(each, open=0b11111) for each in short.visits))
    assert plan_case(week).status is Status.INFEASIBLE
    both = replace(short, visits=tuple(replace(each, open=0b11111 | 0b1 << 7) for each in short.visits))
    assert plan_case(both).status is Status.OPTIMAL


BEFORE = """\
cycles:
  - {id: round-2, name: Round 2, from: 2024-11-04, to: 2025-03-21, focus: [attendance], visits: [{host: aberdare}]}
  - {id: round-3, name: Round 3, from: 2025-11-03, to: 2026-03-20, focus: [attendance], visits: [{host: aberdare}, {host: porth}]}
rotas:
  - cycle: round-2
    status: published
    visits:
      - {host: aberdare, dates: [2024-11-12], lead: treorchy-head, team: [treorchy-head, porth-head], state: done}
  - cycle: round-3
    status: published
    visits:
      - {host: aberdare, dates: [2025-11-12], lead: rhydywaun-head, team: [rhydywaun-head], state: cancelled}
      - {host: porth, dates: [2025-11-18], lead: aberdare-head, team: [aberdare-head, aberdare-deputy]}
people:
  - {id: aberdare-deputy, post: Deputy, school: aberdare, reviewer: {level: trainee, trained: 2025-09-12}}
  - {id: treorchy-deputy, post: Deputy, school: treorchy, reviewer: {level: trainee, trained: 2025-09-12}}
"""


SIZES = "cycles:\n  - {id: round-4, name: R, from: 2026-11-02, to: 2027-03-19, rules: {similar_size: %s}, visits: [{host: porth}]}\n"


def case_from(folder: Path, block: str) -> Case:
    base = base_files()
    cluster, problems = load(write(folder, base | laid_over(base, block)))
    assert not problems
    return case_of(cluster, cluster.cycles["round-4"])


def test_earlier_rotas_say_who_was_there_and_who_is_new(tmp_path: Path) -> None:
    some = case_from(tmp_path, BEFORE)
    last = {school.id: {some.schools[each].id for each in school.last_team} for school in some.schools}
    assert last == {"aberdare": {"treorchy", "porth"}, "porth": {"aberdare"}, "rhydywaun": set(), "treorchy": set()}
    assert [each.id for each in some.reviewers if each.novice] == ["treorchy-deputy"]


def test_what_schools_are_comes_from_the_files(tmp_path: Path) -> None:
    block = "schools:\n  - {id: porth, name: Porth, local_authority: {cy: RhCT, en: RCT}, phase: all-through, pupils: 900}\n"
    porth = next(school for school in case_from(tmp_path, block).schools if school.id == "porth")
    assert (porth.authority, porth.phase, porth.pupils) == ("RCT", "all-through", 900)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_is_not_asked_for_is_not_kept(rule: str) -> None:
    some = case([visit(0, team=2)], [person(1), person(2, "trainee", novice=True)], trainees=2)
    facts: dict[str, Any] = {"authority": "Conwy", "trust": "star", "last_team": frozenset({1, 2})}
    sizes = ({"pupils": 100, "phase": "primary"}, {"pupils": 900, "phase": "secondary"}, {"pupils": 900, "phase": "secondary"})
    some = replace(some, schools=tuple(replace(school, **facts, **size) for school, size in zip(some.schools, sizes, strict=True)))
    roster = (placed(0, 0, 0, 1),)
    assert not list(breaches(some, rules_of(some.rules), roster))
    wanted = changed(some, **{rule: RULES[rule]})
    broken = {breach.rule for breach in breaches(wanted, rules_of(wanted.rules), roster)}
    assert broken == ({rule} if rule != "shadowing" else set())


@pytest.mark.parametrize(("written", "times"), [("1.5", 1.5), ("'2'", 2), ("none", None), ("None", None)])
def test_a_size_is_so_many_times_another_or_none(written: str, times: float | None, tmp_path: Path) -> None:
    assert case_from(tmp_path, SIZES % written).rules.similar_size == times


def test_no_school_is_less_than_as_large_as_itself(tmp_path: Path) -> None:
    base = base_files()
    _, problems = load(write(tmp_path, base | laid_over(base, SIZES % "0.5")))
    assert [problem.code for problem in problems] == ["out-of-range"]
