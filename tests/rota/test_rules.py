"""Each rule: a rota that breaks it is caught, one that keeps it is not, and the search never breaks it."""

from dataclasses import replace

import pytest

from rota.tiny import ALWAYS, case, person, placed, visit
from sigctl.rota.case import Case
from sigctl.rota.plan import Plan, Status
from sigctl.rota.planning import plan_case
from sigctl.rota.rules import RULES, Roster, rules_of
from sigctl.rota.verify import breaches

TWO = [person(1), person(2)]


def with_school(some: Case, index: int, **change: object) -> Case:
    schools = list(some.schools)
    schools[index] = replace(schools[index], **change)  # type: ignore[arg-type]
    return replace(some, schools=tuple(schools))


BREAKING: dict[str, tuple[Case, Roster, Roster]] = {
    "visits": (case([visit(0)], TWO), (), (placed(0, 0, 0),)),
    "window": (case([visit(0, days=2)], TWO), (placed(0, 4, 0, days=2),), (placed(0, 3, 0, days=2),)),
    "fixed": (case([visit(0, start=3, members=(1,))], TWO), (placed(0, 2, 1),), (placed(0, 3, 1),)),
    "availability": (case([visit(0, days=2)], [person(1, free=ALWAYS & ~1)]), (placed(0, 0, 0, days=2),), (placed(0, 1, 0, days=2),)),
    "own_school": (case([visit(0)], [person(0), person(1)], host_stays_home=False), (placed(0, 0, 0),), (placed(0, 0, 1),)),
    "conflicts": (case([visit(0)], [person(1, conflicts=frozenset({0})), person(2)]), (placed(0, 0, 0),), (placed(0, 0, 1),)),
    "team": (case([visit(0, team=2)], TWO), (placed(0, 0, 0),), (placed(0, 0, 0, 1),)),
    "leads": (case([visit(0, team=2)], [person(1), person(2, "reviewer")]), (placed(0, 0, 1, 0),), (placed(0, 0, 0, 1),)),
    "trainees": (
        case([visit(0, team=3)], [person(1), person(2, "trainee"), person(3, "trainee"), person(4)]),
        (placed(0, 0, 0, 1, 2),),
        (placed(0, 0, 0, 1, 3),),
    ),
    "one_per_school": (
        case([visit(0, team=2)], [person(1), person(1), person(2)], out_per_school=2),
        (placed(0, 0, 0, 1),),
        (placed(0, 0, 0, 2),),
    ),
    "swaps": (
        case([visit(0), visit(1)], [person(0), person(1), person(2)]),
        (placed(0, 0, 1), placed(1, 7, 0)),
        (placed(0, 0, 1), placed(1, 7, 2)),
    ),
    "return_after": (case([visit(0)], [person(1, reviewed=((0, 1),)), person(2)], return_after=1), (placed(0, 0, 0),), (placed(0, 0, 1),)),
    "visits_per_reviewer": (
        case([visit(0), visit(1)], [person(2, max_visits=1), person(3)], days_between=0),
        (placed(0, 0, 0), placed(1, 7, 0)),
        (placed(0, 0, 0), placed(1, 7, 1)),
    ),
    "days_between": (case([visit(0), visit(1)], [person(2)]), (placed(0, 0, 0), placed(1, 3, 0)), (placed(0, 0, 0), placed(1, 4, 0))),
    "visits_per_week": (
        case([visit(0), visit(1)], [person(2), person(3)], visits_per_week=1),
        (placed(0, 0, 0), placed(1, 4, 1)),
        (placed(0, 0, 0), placed(1, 7, 1)),
    ),
    "visits_per_day": (
        case([visit(0), visit(1)], [person(2), person(3)], visits_per_day=1),
        (placed(0, 0, 0), placed(1, 0, 1)),
        (placed(0, 0, 0), placed(1, 1, 1)),
    ),
    "out_per_school": (
        case([visit(0), visit(1)], [person(2), person(2)]),
        (placed(0, 0, 0), placed(1, 0, 1)),
        (placed(0, 0, 0), placed(1, 1, 1)),
    ),
    "host_stays_home": (
        case([visit(0), visit(1)], [person(1), person(2)], swaps=True),
        (placed(0, 0, 0), placed(1, 0, 1)),
        (placed(0, 0, 0), placed(1, 1, 1)),
    ),
    "welsh_speakers": (
        with_school(case([visit(0)], [person(1), person(2, welsh=True)]), 0, welsh=True),
        (placed(0, 0, 0),),
        (placed(0, 0, 1),),
    ),
    "cover_focus": (
        case([visit(0, focus=("literacy",))], [person(1), person(2, expertise=frozenset({"literacy"}))]),
        (placed(0, 0, 0),),
        (placed(0, 0, 1),),
    ),
    "avoid_same_trust": (
        with_school(with_school(case([visit(0)], TWO, avoid_same_trust=True), 0, trust="star"), 1, trust="star"),
        (placed(0, 0, 0),),
        (placed(0, 0, 1),),
    ),
    "other_authority": (
        with_school(with_school(case([visit(0)], TWO, other_authority=True), 0, authority="Conwy"), 1, authority="Conwy"),
        (placed(0, 0, 0),),
        (placed(0, 0, 1),),
    ),
    "same_phase": (
        with_school(with_school(case([visit(0)], TWO, same_phase=True), 0, phase="secondary"), 1, phase="primary"),
        (placed(0, 0, 0),),
        (placed(0, 0, 1),),
    ),
    "similar_size": (
        with_school(with_school(case([visit(0)], TWO, similar_size=1.15), 0, pupils=100), 1, pupils=116),
        (placed(0, 0, 0),),
        (placed(0, 0, 1),),
    ),
    "new_triads": (
        with_school(case([visit(0, team=2)], [*TWO, person(3)], new_triads=True), 0, last_team=frozenset({1, 2, 4})),
        (placed(0, 0, 0, 1),),
        (placed(0, 0, 1, 2),),
    ),
    "shadowing": (
        case([visit(0, team=3)], [person(1), *(person(h, "trainee", novice=h < 4) for h in (2, 3, 4))], shadowing=True, trainees=2),
        (placed(0, 0, 0, 1, 2),),
        (placed(0, 0, 0, 1, 3),),
    ),
}


def broken(some: Case, roster: Roster) -> set[str]:
    return {breach.rule for breach in breaches(some, rules_of(some.rules), roster)}


def test_every_rule_has_a_case() -> None:
    assert set(BREAKING) == {rule.name for rule in RULES}


@pytest.mark.parametrize("name", BREAKING)
def test_a_rota_that_breaks_the_rule_is_caught(name: str) -> None:
    some, wrong, right = BREAKING[name]
    assert broken(some, wrong) == {name}
    assert broken(some, right) == set()


@pytest.mark.parametrize("name", BREAKING)
def test_the_search_keeps_the_rule(name: str) -> None:
    plan = plan_case(BREAKING[name][0])
    assert plan.status is Status.OPTIMAL


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_said_in_one_sentence(rule: type) -> None:
    first = (rule.__doc__ or "").partition("\n")[0]
    assert first.endswith((".", ":", ",")) or "." in first


def test_a_breach_names_hosts_people_and_dates() -> None:
    some, wrong, _ = BREAKING["days_between"]
    (breach,) = breaches(some, rules_of(some.rules), wrong)
    assert breach.hosts == ("school-0", "school-1")
    assert breach.people == ("person-0",)
    assert [each.isoformat() for each in breach.dates] == ["2026-11-02", "2026-11-05"]


def plan_of(plan: Plan) -> dict[str, tuple[str, ...]]:
    return {each.host: each.team for each in plan.visits}


def test_settled_visits_stay_and_count_but_are_not_judged() -> None:
    """Somebody was at a school on a day on which nobody could be, and has no visit left."""
    done = visit(0, start=1, members=(0,), settled=True, free=0b10)
    some = case([done, visit(1)], [person(2, free=0, max_visits=1), person(3)], days_between=0)
    plan = plan_case(some)
    assert plan.status is Status.OPTIMAL
    assert plan_of(plan) == {"school-0": ("person-0",), "school-1": ("person-1",)}


def test_two_settled_visits_may_break_what_rules_say() -> None:
    done = [visit(host, start=1, members=(0,), settled=True, free=0b10) for host in (0, 1)]
    plan = plan_case(case([*done, visit(3)], [person(2), person(4)]))
    assert plan.status is Status.OPTIMAL
