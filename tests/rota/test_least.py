"""What travel no rota goes below, told without a search: against every rota that there is."""

import pytest

from rota.tiny import case, person, rotas, visit
from sigctl.rota.case import Case
from sigctl.rota.goals import fairness, travel
from sigctl.rota.least import least
from sigctl.rota.planning import goal_results

FREE = 0b11011


def settled(some: Case) -> Case:
    """The case, whose first visit has been, with people from far away."""
    return case([visit(0, team=2, settled=True, start=0, members=(3, 4)), *some.visits[1:]], some.reviewers)


OPEN = case(
    [visit(0, team=2, free=FREE), visit(1, days=2, free=FREE), visit(2, free=FREE)],
    [person(each) for each in range(5)],
    visits_per_reviewer=1,
)
TWO_OF_A_SCHOOL = case([visit(0, team=2, free=FREE), visit(1, free=FREE)], [person(each // 2) for each in range(6)], one_per_school=False)
CASES = {"open": OPEN, "one settled": settled(OPEN), "two of a school": TWO_OF_A_SCHOOL}


@pytest.mark.parametrize("name", CASES)
def test_no_rota_has_less_travel(name: str) -> None:
    some = CASES[name]
    best = min(travel(some, roster) for roster in rotas(some))
    assert 0 < least(some) <= best


def test_people_have_only_so_much_time() -> None:
    """The school in the middle is the nearest one to both others, but its one person can go once: somebody goes the long way."""
    some = case([visit(0), visit(2)], [person(0), person(1), person(2)], visits_per_reviewer=1, swaps=True)
    assert least(some) > 2 * 200
    assert least(some) <= min(travel(some, roster) for roster in rotas(some)) == 200 + 400


def test_without_reviewers_nothing_is_known() -> None:
    assert least(case([visit(0)], [])) == 0


def test_travel_of_a_rota_that_is_not_the_fairest_has_a_bound_that_holds_for_all() -> None:
    """The one that was proved supposes the fairest rota, and may be above what this one travels."""
    unfair = max(rotas(OPEN), key=lambda roster: fairness(OPEN, roster))
    best = min(travel(OPEN, roster) for roster in rotas(OPEN))
    fair, far = goal_results(OPEN, unfair, {"fairness": 0, "travel": 10**6})
    assert fair.value > fair.bound
    assert 0 < far.bound <= best / 10 <= far.value
