"""Dates for fixed teams, against trying everything; and the cores of what cannot be dated."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from rota.tiny import ALWAYS, case, person, puzzle, visit
from sigctl.rota.puzzle import Claim, Puzzle, Resource
from sigctl.rota.search.cores import cores, first_days, uses_of
from sigctl.rota.search.dating import Use, dated, touching

MASKS = st.sampled_from([0b1111, 0b10101, 0b110000, 0b1, 0b11000011])


@st.composite
def puzzles(draw: st.DrawFn) -> tuple[Puzzle, dict[int, int], list[Use]]:
    """Three visits, some resources of each kind, and uses of them."""
    count = 3
    resources = []
    for _ in range(draw(st.integers(1, 3))):
        claims = tuple(Claim(visit, (visit,)) for visit in range(count))
        keeper = draw(st.sampled_from([None, None, 0]))
        resources.append(Resource(draw(st.integers(1, 2)), claims, draw(st.integers(0, 2)), draw(st.booleans()), keeper))
    days = tuple(draw(st.integers(1, 2)) for _ in range(count))
    made = Puzzle(days, (1,) * count, (0,) * count, (False,) * count, 3, True, (), (), tuple(resources), ())
    uses = [Use(r, v) for r in range(len(resources)) for v in range(count) if draw(st.booleans())]
    return made, {visit: draw(MASKS) for visit in range(count)}, uses


def clashes(made: Puzzle, starts: tuple[int, ...], uses: list[Use]) -> bool:
    for index, resource in enumerate(made.resources):
        used = [use.visit for use in uses if use.resource == index]
        total: dict[int, int] = {}
        for each in used:
            days = range(starts[each], starts[each] + made.days[each] + resource.gap)
            for key in {(day + made.weekday) // 7 for day in days} if resource.weekly else days:
                total[key] = total.get(key, 0) + 1
        if resource.capacity is not None and any(amount > resource.capacity for amount in total.values()):
            return True
        if resource.keeper is not None:
            home = set(range(starts[resource.keeper], starts[resource.keeper] + made.days[resource.keeper]))
            if any(home & set(range(starts[v], starts[v] + made.days[v])) for v in used if v != resource.keeper):
                return True
    return False


@settings(max_examples=400, deadline=None, derandomize=True)
@given(puzzles())
def test_dates_exist_where_trying_everything_finds_some(given_: tuple[Puzzle, dict[int, int], list[Use]]) -> None:
    made, starts, uses = given_
    ways = product(*([day for day in range(8) if mask >> day & 1] for mask in starts.values()))
    possible = any(not clashes(made, way, uses) for way in ways)
    found = dated(made, starts, uses)
    assert (found is not None) == possible
    if found:
        assert not clashes(made, tuple(found.values()), uses)


def test_the_days_from_which_a_run_touches_a_stretch() -> None:
    assert touching(4, 5, 3) == 0b111100
    assert touching(0, 0, 3) == 0b1
    assert touching(-3, -1, 2) == 0


def test_a_core_names_what_clashes_and_nobody_else() -> None:
    """Two people who are never free together; the third is free always and has no part in it."""
    people = [person(1, free=0b11), person(2, free=0b1100), person(3, free=ALWAYS)]
    made = puzzle(case([visit(0, team=3)], people))
    chosen = (0, 1, 2)
    assert dated(made, first_days(made, chosen), uses_of(made, chosen)) is None
    (core,) = cores(made, chosen)
    assert {demand.among for demand in core} == {(0,), (1,)}
