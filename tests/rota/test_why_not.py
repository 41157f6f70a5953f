"""Why no rota exists: the smallest conflict and the changes that end it, against trying everything."""

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import chain, combinations, pairwise, product

import pytest

from rota.tiny import case, person, puzzle, rotas, visit
from sigctl.rota.case import Case
from sigctl.rota.plan import Status
from sigctl.rota.planning import plan_case
from sigctl.rota.rules import Placed, Roster, rules_of
from sigctl.rota.search.watch import Watch
from sigctl.rota.why.asking import Ask, Asking
from sigctl.rota.why.changes import Setting, ladders
from sigctl.rota.why.explaining import Explanation, explained
from sigctl.rota.why.obstacles import obstacles
from sigctl.rota.why.oracle import Oracle
from sigctl.rota.why.surroundings import Surroundings

DAYS = 4


def drawn(seed: int) -> tuple[Case, Surroundings]:
    """A case of two or three visits in three days of which one is after the end, and mostly without a rota."""
    draw = random.Random(seed)
    hosts = draw.choice([2, 2, 3])
    open_days = [draw.choice([0b0111, 0b0011, 0b0110, 0b0101]) for _ in range(hosts)]
    visits = [visit(host, free=days, team=draw.choice([1, 1, 2]), entry=host) for host, days in enumerate(open_days)]
    if draw.random() < 0.3:
        visits[0] = replace(visits[0], start=draw.choice([0, 1, 2]))
    if draw.random() < 0.3:
        visits[1] = replace(visits[1], members=(0,))
    people = [
        person(
            draw.randrange(hosts + 1),
            draw.choice(["lead", "reviewer", "trainee"]),
            draw.choice([0b1111, 0b1010, 0b0011, 0b0110]),
            welsh=draw.random() < 0.4,
            expertise=frozenset(draw.sample(["a", "b"], draw.randrange(3))),
            max_visits=draw.choice([None, 1]),
            conflicts=frozenset(draw.sample(range(hosts), draw.choice([0, 0, 1]))),
        )
        for _ in range(draw.choice([2, 3]))
    ]
    some = case(
        visits,
        people,
        leads=draw.choice([0, 1]),
        one_per_school=draw.random() < 0.7,
        swaps=draw.random() < 0.5,
        days_between=draw.choice([0, 1]),
        visits_per_day=draw.choice([None, 1]),
        out_per_school=draw.choice([1, 2]),
        host_stays_home=draw.random() < 0.6,
    )
    if draw.random() < 0.4:
        some = replace(some, schools=(replace(some.schools[0], welsh=True), *some.schools[1:]))
    if draw.random() < 0.4:
        some = replace(some, visits=(replace(some.visits[0], focus=("a",)), *some.visits[1:]))
    return some, Surroundings(pupil=(0b1111,) * hosts, busy=tuple(0b0111 & ~days for days in open_days), absent=(0,) * len(people), last=2)


IMPOSSIBLE = [seed for seed in range(60) if next(rotas(drawn(seed)[0]), None) is None]


@cache
def told(seed: int) -> Explanation:
    return explained(*drawn(seed), Watch(), 0)


def broken(some: Case, roster: Roster) -> frozenset[Ask]:
    """What is asked of visits and not met by some visits, which may be placed in any way: found by the rules' own judgement."""
    found: set[Ask] = set()
    names = {school.id: index for index, school in enumerate(some.schools)}
    people = {reviewer.id: index for index, reviewer in enumerate(some.reviewers)}
    visits = some.hosts()
    for rule in rules_of(some.rules):
        for breach in rule.breaches(some, roster):
            at = tuple(visits[names[each]] for each in breach.hosts)
            who = tuple(people[each] for each in breach.people)
            if rule.name in ("availability", "days_between", "visits_per_reviewer"):
                found |= {Ask(rule.name, people=(each,)) for each in who}
            elif rule.name == "conflicts":
                found |= {Ask(rule.name, at, (each,)) for each in who}
            elif rule.name in ("out_per_school", "host_stays_home"):
                found.add(Ask(rule.name, schools=(some.reviewers[who[0]].school,)))
            elif rule.name == "swaps":
                low, high = sorted(names[each] for each in breach.hosts)
                found.add(Ask(rule.name, schools=(low, high)))
            elif rule.name in ("visits_per_day", "visits_per_week"):
                found.add(Ask(rule.name))
            elif rule.name not in ("visits", "window", "fixed", "cover_focus"):
                found.add(Ask(rule.name, at[:1]))
    return frozenset(found | set(_not_judged(some, roster)))


def _not_judged(some: Case, roster: Roster) -> Iterator[Ask]:
    """What no rule tells apart so finely."""
    for placed in roster:
        wanted, day = some.visits[placed.visit], placed.days[0]
        if day > 2:
            yield Ask("window")
        elif not wanted.open >> day & 1:
            yield Ask("busy", (placed.visit,))
        if wanted.start is not None and day != wanted.start:
            yield Ask("fixed", (placed.visit,))
        yield from (Ask("fixed", (placed.visit,), (each,)) for each in wanted.members if each not in placed.team)
        for nth, focus in enumerate(wanted.focus):
            if not any(focus in some.reviewers[each].expertise for each in placed.team):
                yield Ask("cover_focus", (placed.visit,), nth=nth)
    for a, b in combinations(roster, 2):
        if a.days == b.days:
            yield from (Ask("once", people=(each,)) for each in a.team if each in b.team)


def ways(some: Case, visits: list[int]) -> list[frozenset[Ask]]:
    """What is not met in each way of placing some visits, leaving out ways in which more is not met than in another."""

    def placings(index: int) -> Iterator[Placed]:
        everybody = range(len(some.reviewers))
        for day, team in product(range(DAYS), chain.from_iterable(combinations(everybody, size) for size in range(len(everybody) + 1))):
            lead = min(team, key=lambda each: (some.reviewers[each].level != "lead", each), default=0)
            yield Placed(index, (day,), lead, team)

    found: list[frozenset[Ask]] = []
    for missing in sorted({broken(some, roster) for roster in product(*map(placings, visits))}, key=len):
        if not any(other <= missing for other in found):
            found.append(missing)
    return found


@pytest.mark.parametrize("seed", [seed for seed in IMPOSSIBLE if len(drawn(seed)[0].visits) == 2])
def test_a_conflict_is_one_and_none_is_smaller(seed: int) -> None:
    """A set conflicts if no way of placing its visits meets all of it; the smallest such set meets what each way misses."""
    some, _ = drawn(seed)
    for conflict, asks in zip(told(seed).conflicts, told(seed).asks, strict=True):
        visits = [ask.visits[0] for ask in asks if ask.rule == "visits"]
        asked = {ask for ask in asks if ask.rule != "visits"}
        missed = ways(some, visits)
        assert all(asked & each for each in missed), "the set does not conflict"
        assert conflict.is_tight
        assert conflict.is_smallest
        assert _fewest(missed) == len(asked)
        for ask in asked:
            assert not all((asked - {ask}) & each for each in missed), f"{ask} could be left out"


def _fewest(missed: list[frozenset[Ask]]) -> int:
    """The size of the smallest set that has something in common with each of some."""
    every = sorted(set().union(*missed))
    return next(
        size for size in range(len(every) + 1) if any(all(set(some) & each for each in missed) for some in combinations(every, size))
    )


def test_there_are_enough_cases_to_tell() -> None:
    assert len(IMPOSSIBLE) > 20
    rules = {ask.rule for seed in IMPOSSIBLE for asks in told(seed).asks for ask in asks}
    assert {"leads", "conflicts", "availability", "window", "once", "visits_per_reviewer", "welsh_speakers"} <= rules


@pytest.mark.parametrize("seed", IMPOSSIBLE)
def test_each_change_that_is_enough_makes_a_rota_possible(seed: int) -> None:
    found = told(seed)
    for change, relaxation in zip(found.changes, found.relaxations, strict=False):
        assert relaxation.text
        if relaxation.is_enough:
            assert next(rotas(change.case), None) is not None, change.text


@pytest.mark.parametrize("seed", IMPOSSIBLE)
def test_if_any_single_change_is_enough_one_is_told(seed: int) -> None:
    some, around = drawn(seed)
    found = told(seed)
    steps = [step() for _, ladder in ladders(Setting(some, around, found.asks[0])) for step in ladder]
    helping = [change for change in steps if change and next(rotas(change.case), None) is not None]
    assert bool(helping) == any(each.is_enough for each in found.relaxations)
    if helping:
        assert found.changes[0].burden == min(change.burden for change in helping)


@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_any_part_of_what_is_asked_is_solved_for_as_such(seed: int) -> None:
    """Everything that is asked, together, is the case itself."""
    some, around = drawn(seed)
    asking = Asking(some, around, range(len(some.visits)))
    assert Oracle(Watch()).possible(asking.puzzle(asking.asks)) is (next(rotas(some), None) is not None)


def test_a_conflict_is_said_in_plain_words() -> None:
    """Three visits, two leads, of whom one can come once."""
    hosts = [visit(host, entry=host) for host in range(3)]
    people = [person(3, max_visits=1), person(4, max_visits=1), person(5, "reviewer")]
    plan = plan_case(case(hosts, people))
    assert plan.status is Status.INFEASIBLE
    (conflict,) = plan.conflicts
    assert [demand.text for demand in conflict.demands] == [
        "the 3 visits at `school-0`, `school-1` and `school-2` take place",
        "`person-0` and `person-1` do 1 visit each at the most",
        "each team at `school-0`, `school-1` and `school-2` needs 1 lead; only `person-0` and `person-1` could be",
    ]
    assert conflict.is_smallest
    assert [each.text for each in plan.relaxations][:2] == ["let `person-0` do 2 visits", "let `person-1` do 2 visits"]
    assert all(each.is_enough for each in plan.relaxations)


def test_what_counting_shows_is_said_so_and_gets_changes_too() -> None:
    some = case([visit(h, free=0b11111, entry=h) for h in range(2)], [person(2), person(3)], visits_per_week=1)
    plan = plan_case(some)
    assert plan.conflicts == obstacles(some, rules_of(some.rules), puzzle(some))
    assert plan.relaxations[0].text == "set `visits_per_week: 2` instead of 1"
    assert "leave out the visit at `school-0`" in [each.text for each in plan.relaxations]


def test_two_conflicts_apart_are_both_told_and_no_change_claims_too_much() -> None:
    """At each of two schools nobody knows what its visit looks at."""
    hosts = [visit(0, focus=("a",)), visit(1, focus=("b",), entry=1)]
    found = explained(case(hosts, [person(2), person(3)]), Surroundings(), Watch(), 0)
    assert len(found.conflicts) == 2
    assert not any(each.is_enough for each in found.relaxations if "and" not in each.text and "cover_focus" not in each.text)


def test_published_and_fixed_by_hand_are_told_apart() -> None:
    hosts = [visit(0, start=1), replace(visit(1, start=1, entry=1), members=(0,), locked=True)]
    plan = plan_case(case(hosts, [person(2)]))
    (conflict,) = plan.conflicts
    texts = {demand.rule: demand.text for demand in conflict.demands}
    assert texts["fixed"] == "the visit at `school-0` is fixed to begin on 2026-11-03"
    assert texts["published"].startswith("the visit at `school-1` begins on 2026-11-03, with `person-0`: it is published")
    assert plan.relaxations[0].rule == "fixed"


def test_who_stops_the_explanation_keeps_what_is_known() -> None:
    some, around = drawn(IMPOSSIBLE[0])
    whole = explained(some, around, Watch(lambda _: False), 0)
    some_of_it = explained(some, around, Watch(lambda told: told.stage == "what would help"), 0)
    assert some_of_it.conflicts == whole.conflicts
    assert some_of_it.relaxations == []


@pytest.mark.parametrize("seed", IMPOSSIBLE)
def test_no_smaller_step_of_a_change_would_do(seed: int) -> None:
    """Of a week or three, of a lead trained by this day or that: what is told is the least that is enough."""
    some, around = drawn(seed)
    found = told(seed)
    enough = {change.text for change, each in zip(found.changes, found.relaxations, strict=True) if each.is_enough}
    for asks in found.asks:
        for _, ladder in ladders(Setting(some, around, asks)):
            steps = [change for step in ladder if (change := step())]
            for before, after in pairwise(steps):
                assert after.text not in enough or next(rotas(before.case), None) is None


@pytest.mark.parametrize("seed", IMPOSSIBLE[:8])
def test_somebody_who_watches_changes_nothing(seed: int) -> None:
    watched = explained(*drawn(seed), Watch(lambda _: False), 0)
    assert (watched.conflicts, watched.relaxations) == (told(seed).conflicts, told(seed).relaxations)
