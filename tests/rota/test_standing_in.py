"""Who can stand in for whom, against every rule asked of the whole rota."""

from itertools import islice

from hypothesis import HealthCheck, given, settings

from rota.test_search import cases
from rota.tiny import case, person, placed, rotas, visit
from sigctl.rota.case import Case
from sigctl.rota.duties.standing_in import StandIns, swapped
from sigctl.rota.rules import Roster, rules_of
from sigctl.rota.rules.hosts import Fixed
from sigctl.rota.verify import breaches


def places(some: Case, roster: Roster, index: int, who: int) -> tuple[int, ...]:
    found = StandIns(some, rules_of(some.rules), roster).one(roster[index], who)
    return found.places if found else ()


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(cases())
def test_a_place_can_be_taken_where_every_rule_still_holds(some: Case) -> None:
    rules = [rule for rule in rules_of(some.rules) if not isinstance(rule, Fixed)]
    for roster in islice(rotas(some), 0, 60, 20):
        for index, one in enumerate(roster):
            for who in (each for each in range(len(some.reviewers)) if each not in one.team):
                others = [each for each in roster if each is not one]
                kept = [m for m in one.team if not list(breaches(some, rules, (*others, swapped(some, one, m, who))))]
                assert places(some, roster, index, who) == tuple(kept)


def test_a_colleague_can_take_a_colleagues_place_where_the_school_can_spare_no_more() -> None:
    some = case([visit(0, team=2), visit(4)], [person(1), person(2), person(1), person(3)])
    roster = (placed(0, 0, 0, 1), placed(1, 7, 3))
    assert places(some, roster, 0, 2) == (0,)
    assert places(some, roster, 0, 3) == (0, 1)


def test_the_leads_place_is_taken_by_a_lead() -> None:
    some = case([visit(0, team=2)], [person(1), person(2, "reviewer"), person(3), person(4, "reviewer")])
    assert places(some, (placed(0, 0, 0, 1),), 0, 2) == (0, 1)
    assert places(some, (placed(0, 0, 0, 1),), 0, 3) == (1,)


def test_the_place_of_somebody_who_is_fixed_can_be_taken() -> None:
    """Whether by hand, or because the visit is told: a reserve is called when the plan cannot be kept."""
    people = [person(1), person(2), person(3)]
    by_hand = case([visit(0, team=2, members=(1,))], people)
    told = case([visit(0, team=2, start=0, members=(0, 1), locked=True)], people)
    for some in (by_hand, told):
        assert places(some, (placed(0, 0, 0, 1),), 0, 2) == (0, 1)


def test_a_stand_in_for_colleagues_alone_needs_no_room() -> None:
    some = case([visit(0, team=2), visit(4)], [person(1), person(2), person(1), person(3)])
    stand_ins = StandIns(some, rules_of(some.rules), (placed(0, 0, 0, 1), placed(1, 7, 3)))
    colleague, other = (stand_ins.one(placed(0, 0, 0, 1), who) for who in (2, 3))
    assert colleague
    assert other
    assert not colleague.needs_room
    assert other.needs_room
    assert other.without_room().places == ()
