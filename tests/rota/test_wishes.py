"""Wishes and how visits spread: what is counted, that faults say the same, and how wishes come out of the files."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workspaces import base_files, laid_over, write

from rota.tiny import MONDAY, best_scores, case, person, placed, puzzle, rotas, visit
from sigctl.cluster import load
from sigctl.records import Goal
from sigctl.rota.case import EVERY, Case
from sigctl.rota.gathering import case_of
from sigctl.rota.goals import SCORES, UNITS
from sigctl.rota.plan import Status
from sigctl.rota.planning import plan_case
from sigctl.rota.puzzle import Fault, Puzzle
from sigctl.rota.rules import Roster

DAYS = st.sampled_from([EVERY, EVERY, 0b111, ~0b110, 0, 0b10000110])
WISHES = (Goal(goal="preferences"),)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    people = [person(h % 3, wished=draw(DAYS), unwished=frozenset(draw(st.sets(st.integers(0, 2), max_size=1)))) for h in range(4)]
    visits = [visit(h, draw(st.integers(1, 2)), 1 + h % 2, free=0b1100111, wished=draw(DAYS)) for h in range(2)]
    done = visit(2, start=1, members=(0,), settled=True, free=0b10, wished=0)
    return case([*visits, *([done] if draw(st.booleans()) else [])], people, WISHES, days_between=0, swaps=True)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(cases())
def test_faults_count_what_the_goal_counts(some: Case) -> None:
    made = puzzle(some)
    for roster in islice(rotas(some), 0, 400, 7):
        assert SCORES["preferences"](some, roster) == sum(
            fault.cost for fault in made.faults["preferences"] if at_fault(made, fault, roster)
        )


def at_fault(made: Puzzle, fault: Fault, roster: Roster) -> bool:
    """Whether a fault counts, as its docstring has it."""
    there = next(each for each in roster if each.visit == fault.visit)
    team = {index for index in made.of_visit[fault.visit] if made.candidates[index].reviewer in there.team}
    counts = fault.when is None or fault.when in team
    return counts and not (fault.starts >> there.days[0] & 1 and team.issuperset(fault.needed))


def test_a_wish_counts_once_for_each_who_has_it() -> None:
    """The host is not served on one of two days; of the two, one would not go there at all, on either day."""
    people = [person(1, unwished=frozenset({0}), wished=0), person(2)]
    some = case([visit(0, 2, 2, wished=~0b10)], people, WISHES)
    assert SCORES["preferences"](some, (placed(0, 0, 0, 1, days=2),)) == 2
    assert SCORES["preferences"](some, (placed(0, 2, 0, 1, days=2),)) == 1


def test_nobody_is_asked_for_what_nobody_wished() -> None:
    some = case([visit(0, 2, 2)], [person(1), person(2)], WISHES)
    assert puzzle(some).faults == {"preferences": ()}
    assert puzzle(replace(some, goals=())).faults == {}


ORDERS = (
    (Goal(goal="preferences"), Goal(goal="fairness"), Goal(goal="travel")),
    (Goal(goal="fairness"), Goal(goal="preferences"), Goal(goal="spread")),
    (Goal(goal="spread"), Goal(goal="preferences"), Goal(goal="travel")),
    (Goal(goal="preferences", slack=1), Goal(goal="travel")),
)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(cases(), st.sampled_from(ORDERS))
def test_the_search_is_as_good_as_trying_everything(some: Case, goals: tuple[Goal, ...]) -> None:
    some = replace(some, goals=goals)
    plan, best = plan_case(some), best_scores(some)
    if best is None:
        assert plan.status is Status.INFEASIBLE
        return
    ours = tuple(round(goal.value * UNITS[goal.name]) for goal in plan.goals)
    assert plan.status is Status.OPTIMAL
    assert ours[-1:] == best[-1:] if goals[0].slack else ours == best


@pytest.mark.parametrize(("starts", "pairs"), [((0, 4, 7), 1), ((0, 7, 14), 0), ((0, 1, 2), 3), ((4, 7), 0)])
def test_visits_spread_by_the_weeks_in_which_they_begin(starts: tuple[int, ...], pairs: int) -> None:
    some = case([visit(h) for h in range(3)], [person(3)])
    roster = tuple(placed(index, start, 0) for index, start in enumerate(starts))
    assert SCORES["spread"](some, roster) == pairs


def test_a_week_begins_on_monday_whatever_day_the_cycle_does() -> None:
    some = replace(case([visit(0), visit(1)], [person(2)]), origin=MONDAY + timedelta(4))
    assert SCORES["spread"](some, (placed(0, 0, 0), placed(1, 3, 0))) == 0
    assert SCORES["spread"](some, (placed(0, 3, 0), placed(1, 7, 0))) == 1


WRITTEN = """\
cycles:
  - id: round-4
    name: Round 4
    from: 2026-11-02
    to: 2027-03-19
    goals: [preferences]
    visits:
      - {host: aberdare, prefers: {half_terms: [autumn-2], dates: [2027-01-05], not_dates: [2026-11-04]}}
      - {host: porth, prefers: {not_half_terms: [spring-1]}}
people:
  - id: treorchy-head
    post: Headteacher
    school: treorchy
    reviewer: {level: lead, trained: 2025-09-12, prefers: {not_dates: [{from: 2026-11-09, to: 2026-11-10}], not_schools: [porth]}}
"""


def test_wishes_come_from_the_files(tmp_path: Path) -> None:
    base = base_files()
    cluster, problems = load(write(tmp_path, base | laid_over(base, WRITTEN)))
    assert not problems
    some = case_of(cluster, cluster.cycles["round-4"])

    def suits(days: int, day: date) -> bool:
        return bool(days >> (day - some.origin).days & 1)

    aberdare, porth = some.visits
    assert [suits(aberdare.wished, date(2026, *day)) for day in ((11, 3), (11, 4), (12, 18))] == [True, False, True]
    assert [suits(aberdare.wished, date(2027, 1, day)) for day in (4, 5, 6)] == [False, True, False]
    assert [suits(porth.wished, day) for day in (date(2026, 12, 18), date(2027, 1, 4), date(2027, 2, 15))] == [True, False, True]
    head = next(each for each in some.reviewers if each.id == "treorchy-head")
    assert [suits(head.wished, date(2026, 11, day)) for day in (6, 9, 10, 11)] == [True, False, False, True]
    assert {some.schools[each].id for each in head.unwished} == {"porth"}
    assert all(each.wished == EVERY and not each.unwished for each in some.reviewers if each is not head)
