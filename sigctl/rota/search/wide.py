"""The search in one band where there are too many candidates for the exact one: a bound by prices, a rota by neighbourhoods.

It has the shape of `BandSearch`, and ends by itself: with a rota near the bound, which may not be the best, or with none found.
"""

from collections.abc import Sequence
from math import ceil, inf

import numpy as np

from sigctl.rota.puzzle import Puzzle, Solution
from sigctl.rota.search.calendar import Calendar, Lists
from sigctl.rota.search.cheapest import Found
from sigctl.rota.search.clashing import clash_rows
from sigctl.rota.search.cores import first_days
from sigctl.rota.search.counts import Band
from sigctl.rota.search.exchanges import Exchanges
from sigctl.rota.search.fixing import Fixing
from sigctl.rota.search.joint import Joint
from sigctl.rota.search.linear import Linear, LinearRow
from sigctl.rota.search.master import grid_of, master_of, plain
from sigctl.rota.search.narrowing import Narrowed, narrowed
from sigctl.rota.search.neighbourhoods import Teams
from sigctl.rota.search.pricing import Arrays, Pricing
from sigctl.rota.search.sparse import Flags, Indices, Part, stated
from sigctl.rota.search.watch import Watch

_WIDTH = 0.001
"""Candidates are looked at whose reduced cost is within this share of the bound."""
_CLOSE = 0.0003
"""The same for exchanges,"""
_CLOSER = 0.0001
"""and for first teams that are made of the relaxation block by block."""
_GAP = 0.0008
"""So near to the bound, as a share of it, the search is content."""
_VAIN = 0.12
"""It ends after so many neighbourhoods in vain, as a share of the visits; but not before `_LEAST`."""
_LEAST = 12
_AT_ONCE = 250
"""Up to so many visits teams are made of the relaxation at once; beyond that, block by block, and bettered by exchanges."""
_ROUNDS = 1.0
"""Exchanges at the most, as a share of the visits,"""
_WORK = 600
"""and simplex steps in them, for each visit; twice as many while some balance is out of the band."""
_MENDINGS = 20
"""How often first teams are chosen anew that find no days."""
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
        if len(self._puzzle.days) > _AT_ONCE:
            part = self._narrowed(_CLOSE, self.early.chosen if self.early else ())
            first = self._fixed(part) or self.early
            if first:
                return self._exchanged(part, first, ceiling)
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

    def _fixed(self, part: Narrowed) -> Solution | None:
        """A first solution made of the relaxation, near the band and near the bound; None where none was found that way."""
        kept = self._columns(part)
        rows = self._root.rows.part(kept)
        clashes = clash_rows(part.puzzle)
        model = rows.model.grown(clashes)
        soft = self._is_soft(rows, len(clashes))
        teams = Fixing(part.puzzle, model, soft, self._root.reduced[kept], _CLOSER * self._root.bound, self._watch, self._seed)
        chosen = teams.whole()
        for _ in range(_MENDINGS):
            if chosen is None:
                break
            apart = [visit for visit, days in first_days(part.puzzle, chosen).items() if not days]
            if not apart:
                calendar = Calendar(Lists(narrowed(part.puzzle, chosen).puzzle))
                members: dict[int, list[int]] = {}
                for index, each in enumerate(chosen):
                    members.setdefault(part.puzzle.candidates[each].visit, []).append(index)
                apart = calendar.fill(members)
                found = self._dated(part, chosen) if apart else self._told(part, chosen, calendar.starts)
                if found:
                    return found.solution
            chosen = teams.mended(apart)
        return None

    def _told(self, part: Narrowed, chosen: Sequence[int], starts: Sequence[int]) -> Found:
        """A rota of the wider puzzle, told of."""
        solution = part.widened(Solution(tuple(chosen), tuple(starts)))
        found = Found(solution, sum(self._puzzle.candidates[each].cost for each in solution.chosen))
        self._watch.found(solution, found.cost)
        return found

    def _is_soft(self, rows: Part, more: int) -> Flags:
        """Which rows speak of balances and of candidates: those of the band, and cuts; not those of the puzzle, nor so many more."""
        candidates = np.zeros(len(rows.rows), bool)
        candidates[rows.model.rows[rows.columns[rows.model.columns] < len(self._puzzle.candidates)]] = True
        return np.concatenate([candidates & (rows.rows >= len(self._puzzle.rows)), np.zeros(more, bool)])

    def _exchanged(self, part: Narrowed, first: Solution, ceiling: float) -> Found | None:
        """A solution that grows out of a first one; below a ceiling that somebody knows a solution for, only one in the band."""
        puzzle = part.puzzle
        place = {each: index for index, each in enumerate(part.kept)}
        model = stated(np.array([each.cost for each in puzzle.candidates], float), puzzle.rows).grown(clash_rows(puzzle))
        begun = Solution(tuple(place[each] for each in first.chosen), first.starts)
        exchanges = Exchanges(puzzle, model, begun, self._root.reduced[list(part.kept)], self._band, self._watch, self._seed)
        gains = vain = 0
        for _ in range(round(_ROUNDS * len(puzzle.days))):
            gained = exchanges.better()
            gains, vain = gains + gained, 0 if gained else vain + 1
            if gained and gains % _TOLD < gained:
                self._watch.found(part.widened(exchanges.solution()), round(exchanges.cost))
            most = _WORK * len(puzzle.days) * (2 if exchanges.outside().any() else 1)
            if vain >= max(_LEAST, _VAIN * len(puzzle.days)) or exchanges.work > most:
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

    def _columns(self, part: Narrowed) -> Flags:
        """Which columns of the relaxation there still are: those of candidates that matter, and all that are none."""
        kept = np.ones(len(self._root.x), bool)
        kept[: len(self._puzzle.candidates)] = False
        kept[list(part.kept)] = True
        return kept

    def _teams(self, part: Narrowed) -> Teams:
        """The point of the relaxation, in a model of the candidates that matter and of who cannot go together."""
        kept = self._columns(part)
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
