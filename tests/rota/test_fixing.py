"""Teams made whole block by block, and two calls at once: on few schools, with blocks of one or two visits."""

from itertools import count

import numpy as np
import pytest

from rota.tiny import FORTNIGHT, WEEK, case, person, puzzle, visit
from sigctl.rota.puzzle import Puzzle
from sigctl.rota.search import fixing
from sigctl.rota.search.abreast import abreast, meetings
from sigctl.rota.search.clashing import clash_rows
from sigctl.rota.search.cores import first_days
from sigctl.rota.search.counts import bands
from sigctl.rota.search.fixing import Fixing
from sigctl.rota.search.linear import Linear, LinearRow
from sigctl.rota.search.master import master_of
from sigctl.rota.search.pricing import Pricing, Root, arrays
from sigctl.rota.search.sparse import stated
from sigctl.rota.search.watch import Watch


def ring(schools: int, people: int = 2) -> Puzzle:
    """As many visits as there are schools, of one or two days and two people, who are not always free."""
    free = [FORTNIGHT, FORTNIGHT & ~(WEEK >> 2), FORTNIGHT & ~(WEEK << 8)]
    visits = [visit(host, days=1 + host % 2, team=2) for host in range(schools)]
    return puzzle(case(visits, [person(host, free=free[(host + each) % 3]) for host in range(schools) for each in range(people)]))


def relaxed(some: Puzzle) -> Root:
    """The relaxation in the narrowest band that has one."""
    shape = arrays(some)
    masters = (master_of(some, Linear(shape.costs, [True] * len(shape.costs)), band) for width in count() for band in bands(some, width))
    return next(root for root in (Pricing(shape, master, Watch()).root(np.inf) for master in masters) if root.bound < np.inf)


def teams(some: Puzzle, root: Root) -> tuple[int, ...] | None:
    """The relaxation made whole, all candidates being looked at."""
    clashes = clash_rows(some)
    soft = np.arange(len(root.rows.low) + len(clashes)) >= len(some.rows)
    soft[len(root.rows.low) :] = False
    shares = np.bincount(root.rows.rows, root.rows.columns < len(some.candidates), len(root.rows.low)) == 0
    soft[: len(shares)] &= ~shares
    return Fixing(some, root.rows.grown(clashes), soft, root.reduced, np.inf, Watch()).whole()


@pytest.mark.parametrize("block", [1, 2, 4])
def test_teams_are_full_keep_all_rows_and_have_a_day_in_common(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixing, "_BLOCK", block)
    monkeypatch.setattr(fixing, "_AROUND", 3)
    monkeypatch.setattr(fixing, "_REST", 2)
    some = ring(8)
    root = relaxed(some)
    chosen = teams(some, root)
    assert chosen
    assert len(chosen) == sum(some.team)
    assert all(first_days(some, chosen).values())
    assert sum(some.candidates[each].cost for each in chosen) >= root.bound - 1
    for row in some.rows:
        total = sum(
            weight * (each in chosen) for each, weight in zip(row.candidates, row.weights or (1,) * len(row.candidates), strict=True)
        )
        assert (row.low or 0) <= total
        assert row.high is None or total <= row.high
    assert teams(some, root) == chosen


def test_what_cannot_be_made_whole_is_given_up() -> None:
    """The relaxation is content with halves of four people of whom no two can go together; a team of two of them is not."""
    some = puzzle(case([visit(0, team=2)], [person(school) for school in range(1, 5)]))
    costs = np.array([each.cost for each in some.candidates], float)
    apart = [LinearRow(0, 1, (a, b), (1, 1)) for a in range(4) for b in range(a + 1, 4)]
    model = stated(costs, some.rows).grown(apart)
    assert model.part(np.ones(4, bool)).relaxed().x is not None
    assert Fixing(some, model, np.zeros(len(model.low), bool), costs, np.inf, Watch()).whole() is None


def test_a_team_that_finds_no_days_is_chosen_anew() -> None:
    some = ring(8)
    root = relaxed(some)
    soft = np.zeros(len(root.rows.low), bool)
    made = Fixing(some, root.rows, soft, root.reduced, np.inf, Watch())
    first = made.whole()
    assert first
    team = {each for each in first if some.candidates[each].visit == 3}
    second = made.mended([3])
    assert second
    assert team != {each for each in second if some.candidates[each].visit == 3}
    assert len(second) == len(first)


def test_visits_meet_that_share_a_row_or_a_school() -> None:
    """Nobody but the people of school 2 may go to two of the visits, and they only to those."""
    people = [*(person(2, conflicts=frozenset({3})) for _ in range(2)), *(person(4, conflicts=frozenset({0, 1})) for _ in range(2))]
    some = puzzle(case([visit(0), visit(1), visit(3)], people))
    found = meetings(some, stated(np.zeros(len(some.candidates)), some.rows))
    assert found.tolist() == [[True, True, False], [True, True, False], [False, False, True]]


def test_calls_at_once_answer_in_their_order() -> None:
    assert abreast([lambda: 1, lambda: 2, lambda: 3]) == [1, 2, 3]
    assert abreast([]) == []


def test_what_a_call_raises_is_raised() -> None:
    def fails() -> int:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        abreast([lambda: 1, fails])
