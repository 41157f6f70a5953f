"""The search in one band where there are too many candidates for the exact one: a bound by prices, a rota by neighbourhoods.

It has the shape of `BandSearch`, and ends by itself: with a rota near the bound, which may not be the best, or with none found.
"""

from collections.abc import Sequence
from math import ceil, inf

import numpy as np

from sigctl.rota.puzzle import Puzzle, Solution
from sigctl.rota.search.cheapest import Found
from sigctl.rota.search.clashing import clash_rows
from sigctl.rota.search.cores import first_days
from sigctl.rota.search.counts import Band
from sigctl.rota.search.exchanges import Exchanges
from sigctl.rota.search.joint import Joint
from sigctl.rota.search.linear import Linear, LinearRow
from sigctl.rota.search.master import grid_of, master_of, plain
from sigctl.rota.search.narrowing import Narrowed, narrowed
from sigctl.rota.search.neighbourhoods import Teams
from sigctl.rota.search.pricing import Arrays, Pricing
from sigctl.rota.search.sparse import Indices, stated
from sigctl.rota.search.watch import Watch

_WIDTH = 0.001
"""Candidates are looked at whose reduced cost is within this share of the bound."""
_CLOSE = 0.0003
"""The same for exchanges."""
_GAP = 0.0008
"""So near to the bound, as a share of it, the search is content."""
_VAIN = 0.12
"""It ends after so many neighbourhoods in vain, as a share of the visits; but not before `_LEAST`."""
_LEAST = 12
_AT_ONCE = 250
"""Up to so many visits teams are made of the relaxation; beyond that, by exchanges, of the first rota."""
_ROUNDS = 0.5
"""Exchanges at the most, as a share of the visits."""
_TOLD = 5
"""After so many gains the rota is told of."""
_EFFORT = 120.0
"""CP-SAT's deterministic time for the dates of all visits."""


class WideSearch:
    """The search in one band, or in none, for solutions that cost no more than a ceiling.

    `bound` is the cost that no solution goes below; infinite once there is none.
    """

    def __init__(self, puzzle: Puzzle, arrays: Arrays, band: Band | None, watch: Watch, seed: int, ceiling: float = inf) -> None:
        self._puzzle = puzzle
        self._band = band
        self._watch = watch
        self._seed = seed
        self.early: Solution | None = None
        self._grid = grid_of(puzzle)
        costs = Linear(arrays.costs, [True] * len(arrays.costs))
        pricing = Pricing(arrays, master_of(puzzle, costs, band), watch)
        self._root = pricing.root(ceiling)
        self.bound: float = self._up(self._root.bound)

    def cheapest(self, ceiling: float) -> Found | None:
        """A solution that costs little, and no more than a ceiling; None where none was found."""
        if self.bound > ceiling:
            return None
        if self.early and len(self._puzzle.days) > _AT_ONCE:
            return self._exchanged(self.early, ceiling)
        part = self._narrowed(_WIDTH)
        teams = self._teams(part)
        teams.make_whole()
        best: Found | None = None
        visits = len(self._puzzle.days)
        vain, most = 0, max(_LEAST, _VAIN * visits) if visits > _LEAST else 1
        while True:
            if best is None and teams.is_sound:
                best = self._dated(part, teams.chosen())
            if vain >= most or self._is_near(teams):
                break
            vain = 0 if teams.better() else vain + 1
        if teams.is_sound and (best is None or teams.cost < best.cost):
            best = self._dated(part, teams.chosen()) or best
        return best if best and best.cost <= ceiling else None

    def _exchanged(self, early: Solution, ceiling: float) -> Found | None:
        """A solution that grows out of a first one; below a ceiling that somebody knows a solution for, only one in the band."""
        part = self._narrowed(_CLOSE, early.chosen)
        puzzle = part.puzzle
        place = {each: index for index, each in enumerate(part.kept)}
        model = stated(np.array([each.cost for each in puzzle.candidates], float), puzzle.rows).grown(clash_rows(puzzle))
        first = Solution(tuple(place[each] for each in early.chosen), early.starts)
        exchanges = Exchanges(puzzle, model, first, self._root.reduced[list(part.kept)], self._band, self._watch, self._seed)
        gains = vain = 0
        for _ in range(round(_ROUNDS * len(puzzle.days))):
            gained = exchanges.better()
            gains, vain = gains + gained, 0 if gained else vain + 1
            if gained and gains % _TOLD == 0:
                self._watch.found(part.widened(exchanges.solution()), round(exchanges.cost))
            if vain >= max(_LEAST, _VAIN * len(puzzle.days)):
                break
        found = Found(part.widened(exchanges.solution()), round(exchanges.cost))
        self._watch.found(found.solution, found.cost)
        return None if found.cost > ceiling or (ceiling < inf and exchanges.outside().any()) else found

    def _narrowed(self, width: float, also: Sequence[int] = ()) -> Narrowed:
        """The puzzle of the candidates that matter."""
        count, root = len(self._puzzle.candidates), self._root
        near = root.reduced[:count] <= max(width * root.bound, float(self._grid))
        near[list(also)] = True
        return narrowed(self._puzzle, np.flatnonzero(near | (root.x[:count] > 0)).tolist())

    def _teams(self, part: Narrowed) -> Teams:
        """The point of the relaxation, in a model of the candidates that matter and of who cannot go together."""
        kept = np.ones(len(self._root.x), bool)
        kept[: len(self._puzzle.candidates)] = False
        kept[list(part.kept)] = True
        clashes = clash_rows(part.puzzle)
        return Teams(
            part.puzzle,
            self._root.rows.part(kept).model.grown(clashes),
            np.clip(self._root.x[kept], 0.0, 1.0),
            self._root.reduced[kept],
            _visits_of(part.puzzle, clashes),
            self._watch,
            self._seed,
        )

    def _is_near(self, teams: Teams) -> bool:
        """Whether teams are so cheap that more search is not worth it."""
        return teams.is_sound and teams.cost <= max(self.bound, self._root.bound * (1 + _GAP))

    def _dated(self, part: Narrowed, chosen: Sequence[int]) -> Found | None:
        """Teams with first days, told of; None where none were found."""
        fixed = narrowed(part.puzzle, chosen, first_days(part.puzzle, chosen))
        joint = Joint(fixed.puzzle, plain(fixed.puzzle))
        settled = self._watch.run(lambda: joint.any(_EFFORT, self._seed), joint.halt)
        if settled.solution is None:
            return None
        solution: Solution = part.widened(fixed.widened(settled.solution))
        found = Found(solution, sum(self._puzzle.candidates[each].cost for each in solution.chosen))
        self._watch.found(solution, found.cost)
        return found

    def _up(self, value: float) -> float:
        """The least cost at or above a bound: a multiple of the grid, with a hundredth of it left for the solver's floats."""
        return value if abs(value) == inf else float(self._grid * ceil(value / self._grid - 0.01))


def _visits_of(puzzle: Puzzle, rows: Sequence[LinearRow]) -> Indices:
    return np.array([puzzle.candidates[row.columns[0]].visit for row in rows], np.int32)
