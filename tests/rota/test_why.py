"""Why a visit is as it is: what each other choice would cost, against trying everything."""

import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from rota.tiny import case, person, placed, rotas, visit
from sigctl.rota.case import Case
from sigctl.rota.goals import UNITS
from sigctl.rota.plan import Status
from sigctl.rota.planning import plan_case
from sigctl.rota.rules import RULES, Placed, Roster
from sigctl.rota.standing import Standing, standing
from sigctl.rota.verify import scores
from sigctl.rota.why.answers import Choice, Outcome, Why
from sigctl.rota.why.asking import Ask
from sigctl.rota.why.visit import why
from sigctl.rota.why.wording import demands


def drawn(seed: int) -> Case:
    draw = random.Random(seed)
    hosts = draw.choice([2, 3])
    days = (0b11, 0b101, 0b10000011, 0b1000001)
    visits = [visit(host, free=draw.choice(days), team=draw.choice([1, 2]), entry=host) for host in range(hosts)]
    people = [
        person(
            draw.randrange(hosts + 1),
            draw.choice(["lead", "lead", "reviewer"]),
            draw.choice([0b10000111, 0b11, 0b10000101, 0b111]),
            max_visits=draw.choice([None, 1]),
            conflicts=frozenset(draw.sample(range(hosts), draw.choice([0, 0, 1]))),
        )
        for _ in range(5)
    ]
    return case(visits, people, swaps=draw.random() < 0.7, days_between=1, one_per_school=draw.random() < 0.5, out_per_school=2)


@cache
def answered(seed: int) -> tuple[Case, Standing, Why]:
    some = drawn(seed)
    stands = standing(some, plan_case(some).visits)
    return some, stands, why(some, stands, 0)


POSSIBLE = [seed for seed in range(40) if plan_case(drawn(seed)).status is Status.OPTIMAL]


def best(some: Case, wanted: Callable[[Placed], bool]) -> list[int] | None:
    """What the best rota scores of those whose first visit is as wanted, found by trying everything."""
    return min((list(scores(some, roster).values()) for roster in rotas(some) if wanted(roster[0])), default=None)


def then(some: Case, choice: Choice) -> list[int]:
    return [round(each.then * UNITS[each.goal]) for each in choice.scores]


@pytest.mark.parametrize("seed", POSSIBLE)
def test_what_somebody_else_would_have_cost_is_true(seed: int) -> None:
    some, _, answer = answered(seed)
    number = {reviewer.id: index for index, reviewer in enumerate(some.reviewers)}
    assert answer.is_best
    for member in answer.members:
        for other in member.alternatives:
            a, b = number[member.person], number[other.person]
            cost = best(some, lambda placed, a=a, b=b: a not in placed.team and b in placed.team)  # type: ignore[misc]
            assert (cost is not None) == (other.choice.outcome is Outcome.COSTS), other
            assert cost is None or then(some, other.choice) == cost
            assert not other.choice.bars or other.choice.outcome in (Outcome.BARRED, Outcome.IMPOSSIBLE)
            assert other.choice.bars or other.choice.outcome is not Outcome.BARRED


def test_what_is_in_no_rota_comes_with_the_demands_that_conflict() -> None:
    choices = [other.choice for seed in POSSIBLE for member in answered(seed)[2].members for other in member.alternatives]
    impossible = [choice for choice in choices if choice.outcome is Outcome.IMPOSSIBLE]
    assert impossible
    assert all(len(choice.bars) > 1 for choice in impossible)


def test_a_visit_that_is_done_bars_those_whose_school_it_reviewed_without_a_search() -> None:
    done = visit(1, free=0, start=0, members=(0,), settled=True, entry=1)
    some = case([visit(0), done], [person(0), person(1), person(2)])
    stands = Standing((placed(0, 8, 2), placed(1, 0, 0)), {0: "planned", 1: "done"})
    (member,) = why(some, stands, 0).members
    bars = {each.person: each.choice.bars for each in member.alternatives}
    (bar,) = bars["person-1"]
    assert bar.rule == "swaps"
    assert "the visit at `school-1` took place from 2026-11-02" in bar.text


@pytest.mark.parametrize("seed", POSSIBLE)
def test_what_another_week_would_have_cost_is_true(seed: int) -> None:
    some, stands, answer = answered(seed)
    placed = stands.placed(0)
    assert placed
    others = {day // 7 for day in range(14) if some.starts(some.visits[0]) >> day & 1} - {placed.days[0] // 7}
    assert {(week.monday - some.origin).days // 7 for week in answer.weeks} == others
    for week in answer.weeks:
        number = (week.monday - some.origin).days // 7
        cost = best(some, lambda placed, number=number: placed.days[0] // 7 == number)  # type: ignore[misc]
        assert (cost is not None) == (week.choice.outcome is Outcome.COSTS)
        assert cost is None or then(some, week.choice) == cost


@pytest.mark.parametrize("seed", POSSIBLE)
def test_a_day_without_bars_would_keep_the_rules_and_one_with_bars_would_not(seed: int) -> None:
    some, stands, answer = answered(seed)
    every = set(rotas(some))
    days = {day for when in answer.dates_else for day in range((when.first - some.origin).days, (when.last - some.origin).days + 1)}
    assert {day for day in range(14) if some.starts(some.visits[0]) >> day & 1} - {stands.roster[0].days[0]} <= days
    for when in answer.dates_else:
        for day in range((when.first - some.origin).days, (when.last - some.origin).days + 1):
            if some.starts(some.visits[0]) >> day & 1:
                moved: Roster = (replace(stands.roster[0], days=(day,)), *stands.roster[1:])
                assert (moved in every) == (not when.bars)


def test_there_is_every_kind_of_answer() -> None:
    choices = [other.choice for seed in POSSIBLE for member in answered(seed)[2].members for other in member.alternatives]
    assert {choice.outcome for choice in choices} == {Outcome.COSTS, Outcome.BARRED, Outcome.IMPOSSIBLE}
    costs = [choice for choice in choices if choice.outcome is Outcome.COSTS]
    assert any(all(score.then == score.held for score in choice.scores) for choice in costs)
    assert any(score.goal == "fairness" and score.then > score.held for choice in costs for score in choice.scores)
    assert any(score.goal == "travel" and score.then > score.held for choice in costs for score in choice.scores)


SOME = case([visit(0), visit(1)], [person(2), person(3), person(4, conflicts=frozenset({0})), person(5, free=0), person(6)])


def test_the_nearest_others_are_looked_at_and_a_rule_that_bars_is_said() -> None:
    answer = why(SOME, standing(SOME, plan_case(SOME).visits), 0)
    (member,) = answer.members
    assert member.is_lead
    others = [each for each in ("person-0", "person-1", "person-2", "person-3") if each != member.person]
    assert [other.person for other in member.alternatives] == others[:3]
    bars = {other.person: [(bar.rule, bar.text) for bar in other.choice.bars] for other in member.alternatives}
    assert [rule for rule, _ in bars["person-2"]] == ["conflicts"]
    assert "`person-2`" in bars["person-2"][0][1]
    assert bars["person-3"] == [("availability", "`person-3` is free on none of the days on which `school-0` can be host")]


def test_in_the_place_of_a_lead_only_leads_are_looked_at() -> None:
    some = case([visit(0)], [person(3), person(1, "reviewer"), person(2, "trainee"), person(4)])
    (member,) = why(some, standing(some, plan_case(some).visits), 0).members
    assert [other.person for other in member.alternatives] == ["person-3"]


def test_what_is_fixed_is_said_and_not_argued_with() -> None:
    some = case([visit(0, start=1, members=(1,)), visit(1)], [person(2), person(3)])
    answer = why(some, standing(some, plan_case(some).visits), 0)
    assert answer.start_is_fixed
    assert answer.dates_else == answer.weeks == ()
    assert [(member.person, member.is_fixed, member.alternatives) for member in answer.members] == [("person-1", True, ())]


def test_a_rota_that_is_not_the_best_is_said_to_be_none() -> None:
    roster = (Placed(0, (0,), 4, (4,)), Placed(1, (1,), 0, (0,)))
    answer = why(SOME, Standing(roster, {}), 0)
    assert answer.is_best is False
    assert any(score.then < score.held for member in answer.members for other in member.alternatives for score in other.choice.scores)


def test_what_was_not_solved_is_not_known() -> None:
    answer = why(SOME, standing(SOME, plan_case(SOME).visits), 0, progress=lambda _: True)
    assert answer.is_best is None
    outcomes = {other.choice.outcome for member in answer.members for other in member.alternatives}
    assert outcomes == {Outcome.UNKNOWN, Outcome.BARRED}


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_every_rule_has_words_in_a_conflict(rule: str) -> None:
    """So that nobody reads the name and value of a rule where a sentence should stand."""
    some = case(
        [visit(0, team=2, focus=("attendance",)), visit(1)], [person(1), person(2)], similar_size=2, visits_per_week=1, visits_per_day=1
    )
    asks = [Ask(rule, (each,), (each,), (0, 1)) for each in (0, 1)]
    for last in (asks[:1], asks):
        for demand in demands(some, last if rule != "cover_focus" else asks[:1], 13):
            assert "`" + rule not in demand.text
            assert "{" not in demand.text
            assert demand.sources
