"""Ways out of a published rota that cannot stay: the fewest visits change, and no other rota changes fewer."""

from dataclasses import replace
from random import Random

import pytest

from rota.tiny import FORTNIGHT, MONDAY, case, person, rotas, visit
from sigctl.rota.case import Case
from sigctl.rota.plan import Plan, PlannedVisit, Status
from sigctl.rota.planning import plan_case, visits_by_id
from sigctl.rota.replan.request import Request, asked
from sigctl.rota.replan.ways import Way, replan_case
from sigctl.rota.rules import Roster, rules_of
from sigctl.rota.standing import standing
from sigctl.rota.verify import breaches
from sigctl.term_dates import Span


def random_case(draw: Random) -> Case:
    visits = [
        visit(host, days=draw.choice((1, 2)), team=draw.choice((1, 1, 2)), free=draw.getrandbits(14) & FORTNIGHT) for host in range(3)
    ]
    people = [
        person(draw.randrange(4), draw.choice(("lead", "lead", "reviewer")), free=draw.getrandbits(14) | draw.getrandbits(14))
        for _ in range(5)
    ]
    return case(visits, people, visits_per_week=None, swaps=draw.random() < 0.5, days_between=draw.choice((0, 2)))


def fewest(some: Case, before: tuple[PlannedVisit, ...]) -> int | None:
    """How many visits change at the least, found by trying every rota; one that is new changes in every one."""
    return min((_changed(some, before, visits_by_id(some, roster)) for roster in rotas(some)), default=None)


def _changed(some: Case, before: tuple[PlannedVisit, ...], after: tuple[PlannedVisit, ...]) -> int:
    leads = {each.id for each in some.reviewers if each.level == "lead"}
    known = {visit.host: (visit.dates, set(visit.team)) for visit in before if visit.lead in leads}
    return sum(known.get(visit.host) != (visit.dates, set(visit.team)) for visit in after)


def test_no_rota_changes_fewer_visits() -> None:
    """Against every rota there is, in cases of all kinds: somebody falls ill, a host is busy, a visit is cancelled."""
    seen = {"impossible": 0, "ways": 0}
    for seed in range(60):
        draw = Random(seed)
        some = random_case(draw)
        plan = plan_case(some)
        if plan.status is not Status.OPTIMAL:
            continue
        before = tuple(replace(each, state=draw.choice(("planned", "told", "confirmed"))) for each in plan.visits)
        before = before[draw.random() < 0.2 :]
        ill = replace(some.reviewers[draw.randrange(5)], free=draw.getrandbits(14), level=draw.choice(("lead", "reviewer")))
        worse = replace(some, reviewers=tuple(ill if each.id == ill.id else each for each in some.reviewers))
        if draw.random() < 0.2:
            before = (replace(before[0], team=("gone", *before[0].team[1:]), lead="gone"), *before[1:])
        found = replan_case(worse, standing(worse, before), before)
        least = fewest(worse, before)
        if least is None:
            assert found.no_way
            assert not found.ways
            seen["impossible"] += 1
            continue
        first = found.ways[0]
        assert first.plan.goals[0].value == first.plan.goals[0].bound == least == len(first.changes)
        seen["ways"] += len(found.ways)
        for way in found.ways:
            assert sound(worse, way.plan)
            assert way.plan.goals[0].value == len(way.changes) >= way.plan.goals[0].bound == least
    assert seen["impossible"]
    assert seen["ways"] > 20


def sound(some: Case, plan: Plan) -> bool:
    roster: Roster = standing(some, plan.visits).roster
    return not list(breaches(some, rules_of(some.rules), roster))


@pytest.fixture
def row() -> Case:
    """Three hosts of one day each, and two leads in each of four schools."""
    return case([visit(host) for host in range(3)], [person(school) for school in (0, 0, 1, 1, 2, 2, 3, 3)])


def replanned(some: Case, request: Request, states: str = "told") -> tuple[tuple[PlannedVisit, ...], tuple[Way, ...]]:
    plan = plan_case(some)
    before = tuple(replace(each, state=states) for each in plan.visits)
    stands = standing(some, before)
    found = replan_case(asked(some, stands, request, MONDAY), stands, before)
    return before, found.ways


def test_a_postponed_visit_is_later_and_all_others_stay(row: Case) -> None:
    before, ways = replanned(row, Request(postponed=("school-1",)))
    old = {visit.host: visit for visit in before}
    for way in ways:
        assert [each.host for each in way.changes] == ["school-1"]
        new = {visit.host: visit for visit in way.plan.visits}
        assert new["school-1"].dates > old["school-1"].dates
        assert new["school-1"].state == "planned"
        assert all(new[host] == old[host] for host in ("school-0", "school-2"))


def test_ways_really_differ(row: Case) -> None:
    """Each in another week, or with other newcomers."""
    _before, ways = replanned(row, Request(away=((plan_case(row).visits[0].team[0], Span(MONDAY, MONDAY.replace(day=30))),)))
    assert len(ways) == 3
    told = [(way.changes[0].what, way.changes[0].joins, way.changes[0].after and way.changes[0].after.dates) for way in ways]
    assert len(set(told)) == 3
    assert all(len(way.changes) == 1 for way in ways)


def test_a_school_that_is_inspected_is_no_host_and_sends_nobody(row: Case) -> None:
    first = plan_case(row).visits[0]
    span = Span(MONDAY, MONDAY.replace(day=30))
    _, ways = replanned(row, Request(inspected=((f"school-{row.reviewers[int(first.team[0][-1])].school}", span),)))
    assert all(first.team[0] not in visit.team for way in ways for visit in way.plan.visits)


def test_nothing_changes_where_the_rota_still_holds(row: Case) -> None:
    _, ways = replanned(row, Request())
    assert [way.changes for way in ways] == [()]


def test_what_is_fixed_by_hand_never_moves(row: Case) -> None:
    fixed = replace(row, visits=(replace(row.visits[0], start=1, members=(6,)), *row.visits[1:]))
    before, ways = replanned(fixed, Request(postponed=("school-1",)))
    assert all(next(v for v in way.plan.visits if v.host == "school-0") == next(v for v in before if v.host == "school-0") for way in ways)


def test_one_who_confirmed_counts_more_than_one_who_knows_nothing_yet() -> None:
    """Two visits on the same day for one person, who can do only one: the one that nobody knows of moves."""
    some = case([visit(0, free=1), visit(1)], [person(2), person(3, free=FORTNIGHT & ~1)], days_between=0, visits_per_reviewer=2)
    a, b = plan_case(some).visits
    for confirmed, state in ((a.host, "confirmed"), (b.host, "confirmed")):
        before = tuple(
            replace(each, dates=(MONDAY,), team=("person-0",), lead="person-0", state=state if each.host == confirmed else "planned")
            for each in (a, b)
        )
        found = replan_case(some, standing(some, before), before)
        if confirmed == a.host:
            assert [each.host for each in found.ways[0].changes] == [b.host]
        assert found.ways[0].plan.goals[0].value == 1


def test_a_visit_that_has_begun_stays_where_it_is() -> None:
    """On the Tuesday of a visit from Monday to Wednesday somebody of its team falls ill: others come, on the same days."""
    some = case([visit(0, days=3)], [person(1), person(2)])
    before = plan_case(some).visits
    stands = standing(some, before)
    tuesday = MONDAY.replace(day=3)
    ill = Request(away=((before[0].team[0], Span(tuesday, tuesday)),))
    way = replan_case(asked(some, stands, ill, tuesday), stands, before).ways[0]
    assert way.plan.visits[0].dates == before[0].dates
    assert way.plan.visits[0].team != before[0].team


def test_one_who_can_lead_no_more_changes_the_lead_alone() -> None:
    some = case([visit(0, team=2)], [person(1), person(2), person(3)])
    before = plan_case(some).visits
    led = next(index for index, each in enumerate(some.reviewers) if each.id == before[0].lead)
    less = replace(some, reviewers=tuple(replace(each, level="reviewer") if i == led else each for i, each in enumerate(some.reviewers)))
    way = replan_case(less, standing(less, before), before).ways[0]
    assert (way.plan.goals[0].value, way.plan.goals[1].value) == (1, 0)
    assert (way.plan.visits[0].team, way.plan.visits[0].dates) == (before[0].team, before[0].dates)
    assert way.plan.visits[0].lead != before[0].lead
