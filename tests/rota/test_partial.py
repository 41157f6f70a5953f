"""A rota in part: the most visits that can be placed, against trying everything; and who is nearest to the others."""

from dataclasses import replace
from itertools import combinations

import pytest

from rota.test_why_not import IMPOSSIBLE, drawn
from rota.tiny import best_scores, case, person, placed, rotas, sound, visit
from sigctl.rota.case import Case
from sigctl.rota.goals import UNITS
from sigctl.rota.plan import Status
from sigctl.rota.planning import part_case, plan_case
from sigctl.rota.standing import standing
from sigctl.rota.why.oracle import narrowed


def largest(some: Case) -> set[tuple[int, ...]]:
    """Every set of visits that can be placed together and of which none is larger."""
    for size in range(len(some.visits), -1, -1):
        found = {each for each in combinations(range(len(some.visits)), size) if next(rotas(narrowed(some, each)), None) is not None}
        if found:
            return found
    return set()


@pytest.mark.parametrize("seed", IMPOSSIBLE)
def test_no_rota_holds_more_visits(seed: int) -> None:
    some, _ = drawn(seed)
    plan, most = part_case(some), largest(some)
    there = {each.host for each in plan.visits}
    visits = tuple(index for index, each in enumerate(some.visits) if some.schools[each.host].id in there)
    assert visits in most
    assert plan.most_visits
    assert visits == min(most, key=lambda each: [index not in each for index in sorted(range(len(some.visits)))])
    assert {each.host for each in plan.left_out} == {some.schools[each.host].id for each in some.visits} - there


@pytest.mark.parametrize("seed", IMPOSSIBLE[:12])
def test_what_is_placed_is_sound_and_the_best(seed: int) -> None:
    some, _ = drawn(seed)
    plan = part_case(some)
    roster = standing(some, plan.visits).roster
    assert sound(some, roster)
    best = best_scores(narrowed(some, [each.visit for each in roster]))
    assert best is not None
    assert plan.status is Status.OPTIMAL
    assert [round(goal.value * UNITS[goal.name]) for goal in plan.goals] == list(best)


def test_where_all_visits_can_be_placed_it_is_the_rota_itself() -> None:
    some = case([visit(0), visit(1)], [person(2), person(3)])
    assert part_case(some) == plan_case(some)


def test_the_nearest_people_are_named_with_what_bars_them() -> None:
    """Of two visits on one day, person-0 does the first; person-1 is away, person-2 has conflicts, person-3 is no lead."""
    people = [person(1), person(2, free=0), person(3, conflicts=frozenset({0, 4})), person(5, "reviewer")]
    hosts = [visit(0, free=0b1), visit(4, free=0b1, entry=1)]
    plan = part_case(case(hosts, people))
    (missing,) = plan.left_out
    assert [each.host for each in plan.visits] == ["school-0"]
    assert missing.host == "school-4"
    bars = {near.person: [bar.rule for bar in near.bars] for near in missing.nearest}
    assert bars["person-3"] == []
    assert bars["person-1"] == ["availability"]
    assert bars["person-0"] == ["days_between"]
    assert bars["person-2"][0] == "conflicts"
    assert missing.nearest[0].person == "person-3"
    assert missing.nearest[0].kilometres == 10


def test_a_full_week_is_told_of_the_visit_and_not_of_each_person() -> None:
    hosts = [visit(host, free=0b11111, entry=host) for host in range(2)]
    plan = part_case(case(hosts, [person(2), person(3)], visits_per_week=1))
    (missing,) = plan.left_out
    assert [bar.rule for bar in missing.bars] == ["visits_per_week"]
    assert all(not near.bars for near in missing.nearest)


def test_visits_that_are_done_stay() -> None:
    done = visit(0, free=0b1, start=0, members=(0,), settled=True, team=1)
    some = case([done, replace(visit(1, free=0b1, entry=1))], [person(2)])
    plan = part_case(some)
    assert [each.host for each in plan.visits] == ["school-0"]
    assert standing(some, plan.visits).roster == (placed(0, 0, 0),)
