"""Duties shared out, against trying everything: as much filled, as even and as near as can be."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, product
from typing import Any, cast

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rota.tiny import MONDAY, case, person, placed, visit
from sigctl.records import Stage
from sigctl.rota.duties.diary import Diary
from sigctl.rota.duties.leading import Leading
from sigctl.rota.duties.sharing import Offers, Shares, shared
from sigctl.rota.duties.standing_in import StandIn
from sigctl.rota.duties.steps import Step

DAYS = tuple(MONDAY + timedelta(n) for n in range(20, 23))
WORKSHOP = Stage(id="workshop", within=3, facilitators=1)


@dataclass(frozen=True)
class Rooms:
    """A diary in which each school can spare one."""

    spare: int = 1

    def room(self, school: int, day: date) -> int:
        return self.spare if school or day != DAYS[0] else self.spare + 1


@st.composite
def offers(draw: st.DrawFn) -> Offers:
    """Two or three visits, each with a step to lead and a stand-in to find among four people of three schools."""
    people = [person(0), person(1), person(2), person(2)]
    count = draw(st.integers(2, 3))
    some = case([visit(3 + h, team=2) for h in range(count)], people, one_per_school=draw(st.booleans()))
    roster = tuple(placed(index, draw(st.integers(0, 1)), 8, 9) for index in range(count))
    steps = tuple(Step(index, WORKSHOP, DAYS[: draw(st.integers(1, 3))], draw(st.integers(1, 4 - count))) for index in range(count))
    leading, stand_ins = [], []
    for index, who in product(range(count), range(4)):
        days = tuple(day for day in steps[index].days if draw(st.booleans()))
        if days:
            leading.append(Leading(index, who, days, draw(st.integers(0, 3))))
        places = tuple(member for member in (8, 9) if draw(st.booleans()))
        if places:
            stand_ins.append(StandIn(index, who, places, draw(st.integers(0, 3))))
    wanted = dict.fromkeys(range(count), draw(st.integers(0, 4 - count)))
    kept = tuple(draw(st.lists(st.integers(0, 3), max_size=2)))
    asked = tuple(each for each in stand_ins if wanted[0])
    return Offers(some, roster, cast("Diary", Rooms()), steps, tuple(leading), asked, wanted, kept=kept)


def every(some: Offers) -> Iterator[Shares]:
    """Every way to share out the duties that keeps all that must be kept."""
    leads = [list(ways(some, index)) for index in range(len(some.steps))]
    stands = [list(waiting(some, index)) for index in some.reserves]
    for leaders, reserves in product(product(*leads), product(*stands)):
        share = Shares(
            {index: day for index, (day, team) in enumerate(leaders) if team},
            {index: team for index, (_, team) in enumerate(leaders) if team},
            {index: team for index, team in enumerate(reserves) if team},
        )
        if is_sound(some, share):
            yield share


def ways(some: Offers, step: int) -> Iterator[tuple[date, tuple[int, ...]]]:
    yield some.steps[step].days[0], ()
    for size in range(1, some.steps[step].wanted + 1):
        for team in combinations([each for each in some.leading if each.step == step], size):
            schools = [some.school(each.reviewer) for each in team]
            if some.case.rules.one_per_school and len(set(schools)) < len(schools):
                continue
            for day in some.steps[step].days:
                if all(day in each.days for each in team):
                    yield day, tuple(each.reviewer for each in team)


def waiting(some: Offers, index: int) -> Iterator[tuple[StandIn, ...]]:
    for size in range(some.reserves[index] + 1):
        yield from combinations([each for each in some.stand_ins if each.visit == index], size)


def is_sound(some: Offers, share: Shares) -> bool:
    out: Counter[tuple[int, date]] = Counter()
    for step, team in share.leaders.items():
        if {each.reviewer for each in share.reserves.get(some.steps[step].visit, ())} & set(team):
            return False
        out.update((who, share.days[step]) for who in team)
    out.update((each.reviewer, day) for team in share.reserves.values() for each in team for day in some.dates(each.visit))
    schools: Counter[tuple[int, date]] = Counter()
    for (who, day), number in out.items():
        schools[some.school(who), day] += number
    return max(out.values(), default=0) < 2 and all(number <= some.diary.room(*key) for key, number in schools.items())


def worth(some: Offers, share: Shares) -> tuple[Any, ...]:
    """What is made good, level by level; less is better."""
    stands = [each for team in share.reserves.values() for each in team]
    leads = [(step, who) for step, team in share.leaders.items() for who in team]
    people = Counter([*some.kept, *(who for _, who in leads), *(each.reviewer for each in stands)])
    able = {some.school(who) for who in (*some.kept, *(e.reviewer for e in some.leading), *(e.reviewer for e in some.stand_ins))}
    loads = [sum(number for who, number in people.items() if some.school(who) == school) for school in able]
    cost = {(each.step, each.reviewer): each.cost for each in some.leading}
    return (
        -len(leads) - len(stands),
        -len({(each.visit, place) for each in stands for place in each.places}),
        -sum(len(each.places) for each in stands),
        max(loads, default=0) - min(loads, default=0),
        sum(cost[key] for key in leads) + sum(each.cost for each in stands),
        sum(number - 1 for number in people.values()),
    )


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(offers())
def test_as_good_as_trying_everything(some: Offers) -> None:
    found = shared(some)
    assert is_sound(some, found)
    assert all(found.days[step] in some.steps[step].days for step in found.leaders)
    assert worth(some, found) == min(worth(some, share) for share in every(some))
