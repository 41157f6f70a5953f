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
    assert conflict.sources == (Source("cycles", "round", ("rules", "leads")), Source("people", "person-0"), Source("schools", "school-0"))
    assert conflict.text == "the team at `school-0` needs 1 lead, but nobody of that kind could come on any of its days"
    assert conflict.advice.startswith("add a lead who can come")


def test_the_same_obstacle_at_many_hosts_is_said_once() -> None:
    hosts = [visit(host, days=2, free=0b10101, entry=host) for host in range(9)]
    (conflict,) = conflicts(case(hosts, [person(9)]))
    assert "`school-3`, `school-4` and 4 more; " in conflict.text
    assert "school-5" not in conflict.text
    assert Source("schools", "school-8") in conflict.sources
    assert conflict.text.startswith("there are not 2 open days in a row in the cycle at `school-0`, ")


def test_too_many_visits_say_what_would_help() -> None:
    (conflict,) = conflicts(IMPOSSIBLE["visits_per_week"])
    assert conflict.sources == (Source("cycles", "round", ("rules", "visits_per_week")), Source("cycles", "round", ("to",)))
    assert conflict.text == "2 visits are wanted, but there is only 1 week with 1 visit each at the most"
    assert conflict.advice == "end the cycle later, allow 2 visits a week, or leave out 1 visit"


def test_somebody_fixed_who_is_no_reviewer_is_named() -> None:
    (conflict,) = conflicts(case([visit(0, strangers=("clerk",), entry=3)], [person(1)]))
    assert conflict.sources[:2] == (Source("cycles", "round", ("visits", 3, "fixed")), Source("people", "clerk"))


def test_a_rule_found_by_search_is_said_with_its_place() -> None:
    (conflict,) = conflicts(IMPOSSIBLE["swaps"])
    asked = {demand.rule: demand for demand in conflict.demands}
    assert asked["swaps"].text == "`school-0` and `school-1` do not review each other"
    assert asked["swaps"].sources == (Source("cycles", "round", ("rules", "swaps")),)
    assert set(asked["swaps"].sources) <= set(conflict.sources)


def test_fixed_visits_that_clash_are_named_with_what_they_clash_with() -> None:
    """Two visits fixed into one week of two, with one visit a week: either could move, and the rule could go."""
    some = case([visit(0, start=0), visit(1, start=2, entry=1)], [person(2), person(3)], visits_per_week=1)
    (conflict,) = conflicts(some)
    assert [demand.text for demand in conflict.demands] == [
        "the 2 visits at `school-0` and `school-1` take place",
        "the visit at `school-0` is fixed to begin on 2026-11-02",
        "the visit at `school-1` is fixed to begin on 2026-11-04",
        "there is 1 visit at the most in one week",
    ]
    assert [(each.text, each.sources) for each in plan_case(some).relaxations[:2]] == [
        (f"do not fix the first day of the visit at `school-{host}`", (Source("cycles", "round", ("visits", host, "fixed")),))
        for host in range(2)
    ]
