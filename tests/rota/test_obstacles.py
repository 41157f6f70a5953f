"""Why there is no rota: each reason by the rule that it belongs to, and by the records that have part in it."""

from dataclasses import replace

import pytest

from rota.tiny import case, person, visit
from sigctl.rota.case import Case
from sigctl.rota.plan import Conflict, Source, Status
from sigctl.rota.planning import plan_case


def conflicts(some: Case) -> tuple[Conflict, ...]:
    plan = plan_case(some)
    assert plan.status is Status.INFEASIBLE
    assert plan.visits == ()
    return plan.conflicts


def welsh(some: Case) -> Case:
    return replace(some, schools=(replace(some.schools[0], welsh=True), *some.schools[1:]))


IMPOSSIBLE: dict[str, Case] = {
    "window": case([visit(0, days=3, free=0b11011)], [person(1)]),
    "team": case([visit(0, team=2)], [person(1), person(1)]),
    "leads": case([visit(0)], [person(1, "reviewer")]),
    "trainees": case([visit(0, team=3)], [person(1), person(2, "trainee"), person(3, "trainee")]),
    "welsh_speakers": welsh(case([visit(0)], [person(1)])),
    "cover_focus": case([visit(0, focus=("literacy",))], [person(1)]),
    "availability": case([visit(0, team=2)], [person(1, free=0b1), person(2, free=0b10)]),
    "fixed": case([visit(0, start=5)], [person(1)]),
    "conflicts": case([visit(0, members=(0,))], [person(1, conflicts=frozenset({0})), person(2)]),
    "visits_per_reviewer": case([visit(0), visit(1)], [person(2, max_visits=1)]),
    "visits_per_week": case([visit(h, free=0b11111) for h in range(2)], [person(2), person(3)], visits_per_week=1),
    "visits_per_day": case([visit(h, free=0b1) for h in range(2)], [person(2), person(3)], visits_per_day=1),
    "swaps": case([visit(0), visit(1)], [person(0, conflicts=frozenset()), person(1)]),
    "days_between": case([visit(0, free=0b1), visit(1, free=0b10)], [person(2)]),
    "host_stays_home": case([visit(0, free=0b1), visit(1, free=0b1)], [person(1), person(2, conflicts=frozenset({0}))]),
}


@pytest.mark.parametrize("rule", IMPOSSIBLE)
def test_the_rule_is_named(rule: str) -> None:
    assert rule in {each.rule for each in conflicts(IMPOSSIBLE[rule])}


def test_a_conflict_names_the_host_and_what_it_needs() -> None:
    (conflict,) = conflicts(IMPOSSIBLE["leads"])
    assert conflict.sources[:2] == (Source("schools", "school-0"), Source("people", "person-0"))
    assert conflict.text == "the team at school-0 needs 1 leads, but nobody of that kind could come on any day"


def test_somebody_fixed_who_is_no_reviewer_is_named() -> None:
    (conflict,) = conflicts(case([visit(0, strangers=("clerk",))], [person(1)]))
    assert Source("people", "clerk") in conflict.sources


def test_a_rule_found_by_search_is_said_with_its_place() -> None:
    (conflict,) = conflicts(IMPOSSIBLE["swaps"])
    assert conflict.sources == (Source("cycles", "round", ("rules", "swaps")),)
    assert "`swaps: false`" in conflict.text
