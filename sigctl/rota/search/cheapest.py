"""The cheapest rota whose balances lie in a band, or the proof that there is none.

Who first, then when: the master says who, `dating` looks for dates, and where there are none, cores forbid what stood in the
way. Where cores do not soon lead to dates, the joint search takes over with what the master has proved.
"""

from dataclasses import dataclass
from math import ceil, inf
from random import Random

from sigctl.rota.puzzle import Puzzle, Solution
from sigctl.rota.search.cores import CoreCuts, cores, first_days, uses_of
from sigctl.rota.search.dating import Undecided, dated
from sigctl.rota.search.joint import Joint, Limits, Settled, Verdict
from sigctl.rota.search.linear import Effort
from sigctl.rota.search.master import Master
from sigctl.rota.search.watch import Watch

_WIDTH = 0.002
"""Candidates are looked at first whose reduced cost is within this share of the bound."""
_PATIENCE = 3
"""Sets of teams that may turn out undatable before the joint search is asked; one where the master is slow."""
_SLOW = 10_000
"""Simplex steps from which the master is slow; a second or two."""
_EFFORT = 3.0
"""Deterministic time of the first joint search; one is about 2.5 seconds. Each later search has twice as much."""
_NODES = 200
"""Nodes of the master's tree before the joint search is asked; each later tree may have twice as many."""
_SHARE = 0.45
"""How much of the grid the ties between teams, and the gap of the master, may take; together less than one, so that the
cheapest cost is still known exactly when costs are multiples of the grid."""


@dataclass(frozen=True, slots=True)
class Found:
    """A solution and its cost."""

    solution: Solution
    cost: int


@dataclass(frozen=True, slots=True)
class _Teams:
    """The cheapest teams of the master: their candidates, their cost, and the cost that no teams go below."""

    chosen: tuple[int, ...]
    cost: int
    floor: int
    work: int


@dataclass(frozen=True, slots=True)
class _Unfinished:
    """The master gave up, having proved that no teams cost less than the floor."""

    floor: int


class BandSearch:
    """The search in one band, or in none, for solutions that cost no more than a ceiling.

    `bound` is the cost that no solution goes below; above the ceiling, or infinite, once there is none.
    """

    def __init__(self, puzzle: Puzzle, master: Master, watch: Watch, seed: int, ceiling: float = inf) -> None:
        self.bound: float = -inf
        self._puzzle = puzzle
        self._master = master
        self._watch = watch
        self._seed = seed
        self._root = master.tightened(watch, ceiling)
        self._cuts = CoreCuts(puzzle, master.model)
        self._best: Found | None = None
        self._ceiling = ceiling
        self._width = 0.0
        self._scope = 0.0
        self._misses = 0
        self._effort = _EFFORT
        self._nodes = _NODES
        self._raise(inf if self._root.x is None else self._up(self._root.value))

    def cheapest(self, ceiling: float, steps: int | None = None) -> Found | None:
        """The cheapest solution that costs no more than a ceiling, which is no higher than before; None where there is none.

        With a limit of steps, the best found within them, whose cost need not be the bound.
        """
        self._ceiling = min(self._ceiling, ceiling)
        self._width = max(_WIDTH * self._root.value, float(self._master.grid))
        while self._is_open() and steps != 0:
            steps = None if steps is None else steps - 1
            self._step()
        return self._best

    def _step(self) -> None:
        """Raise the bound, or lower the ceiling below a solution that was found, or learn cores."""
        shut, edge = self._window(self._width)
        teams = self._teams(shut)
        if isinstance(teams, _Unfinished):
            self._raise(min(teams.floor, edge))
            self._nodes *= 2
            self._settle(self._width / 2)
            return
        if teams is None:
            self._raise(edge)
            self._width *= 3
            return
        self._raise(min(teams.floor, edge))
        if not self._is_open():
            return
        if teams.floor > edge:
            self._width = teams.cost - self._root.value
            return
        starts = self._dates(teams.chosen)
        if starts is not None:
            self._take(Found(Solution(teams.chosen, starts), teams.cost))
            return
        self._misses += 1 if teams.work < _SLOW else _PATIENCE
        learned = cores(self._puzzle, teams.chosen)
        for core in learned:
            self._cuts.add(core)
        if self._misses >= _PATIENCE or not learned:
            self._misses = 0
            self._settle((teams.cost - self._root.value) / 2)

    def _window(self, width: float) -> tuple[list[int], float]:
        """The candidates that are shut for now, and what every solution with one of them costs at the least."""
        widest = self._ceiling - self._root.value
        shut = self._master.beyond(self._root, min(width, widest))
        if not shut:
            return shut, inf
        return shut, self._ceiling + self._master.grid if width >= widest else self._up(self._root.value + width)

    def _teams(self, shut: list[int]) -> _Teams | _Unfinished | None:
        """The cheapest teams, of those the ones whose people have the most open diaries; None where there are none."""
        master = self._master
        master.state_clashes(shut)
        ties = self._ties()
        gap = _SHARE * master.grid
        effort = Effort(gap, self._nodes, self._seed)
        answer = self._watch.run(lambda: master.model.best(shut, ties, effort))
        if not answer.ended:
            return _Unfinished(self._up(answer.bound - gap))
        if answer.x is None:
            return None
        chosen = tuple(each for each in range(len(self._puzzle.candidates)) if answer.x[each] > 0.5)
        cost = sum(self._puzzle.candidates[each].cost for each in chosen)
        return _Teams(chosen, cost, self._up(answer.bound - gap), answer.work)

    def _ties(self) -> list[float]:
        """What each column costs besides: the share of first days that the person bars; all of it less than the grid."""
        share = _SHARE * self._master.grid / max(1, sum(self._puzzle.team))
        barred = [1 - each.starts.bit_count() / self._puzzle.starts[each.visit].bit_count() for each in self._puzzle.candidates]
        draw = Random(self._seed)
        if self._seed:
            barred = [(each + draw.random()) / 2 for each in barred]
        return [share * each for each in barred] + [0.0] * (len(self._master.model.costs) - len(barred))

    def _dates(self, chosen: tuple[int, ...]) -> tuple[int, ...] | None:
        """First days for teams; None where there are none or the search for them gave up."""
        try:
            found = dated(self._puzzle, first_days(self._puzzle, chosen), uses_of(self._puzzle, chosen))
        except Undecided:
            return None
        return None if found is None else tuple(found[visit] for visit in range(len(self._puzzle.days)))

    def _settle(self, width: float) -> None:
        """Ask the joint search among ever more candidates, until it finds no end; the next time with twice the effort."""
        if self._best is None and self._ceiling == inf:
            self._seek()
            if self._best is None:
                self._effort *= 2
                return
        self._scope = max(2 * self._scope, _WIDTH * self._root.value, width)
        while self._is_open():
            shut, edge = self._window(self._scope)
            settled = self._asked(shut)
            if settled.solution:
                self._take(Found(settled.solution, settled.cost))
            if settled.verdict is Verdict.BEST:
                self._raise(min(settled.cost, edge))
                self._scope = max(self._scope, self._ceiling - self._root.value)
            elif settled.verdict is Verdict.NONE:
                self._raise(min(edge, self._ceiling + self._master.grid))
                self._scope = max(2 * self._scope, float(self._master.grid))
            else:
                self._raise(min(self._up(settled.bound), edge))
                self._effort *= 2
                return

    def _seek(self) -> None:
        """Ask the joint search for any solution at all, as a start, or for the proof that there is none."""
        joint = Joint(self._puzzle, self._master.model)
        settled = self._watch.run(lambda: joint.any(self._effort, self._seed), joint.halt)
        if settled.verdict is Verdict.NONE:
            self._raise(inf)
        elif settled.solution:
            cost = sum(self._puzzle.candidates[each].cost for each in settled.solution.chosen)
            self._take(Found(settled.solution, cost))

    def _asked(self, shut: list[int]) -> Settled:
        """What the joint search finds without the shut candidates, between the bound and the ceiling."""
        high = None if self._ceiling == inf else int(self._ceiling)
        limits = Limits(int(self.bound), high, self._effort, self._seed)
        joint = Joint(self._puzzle, self._master.model, shut)
        return self._watch.run(lambda: joint.solved(limits), joint.halt)

    def _take(self, found: Found) -> None:
        """Keep a solution; from now on only cheaper ones are looked for."""
        self._best = found
        self._ceiling = found.cost - self._master.grid
        self._watch.found(found.solution, found.cost)

    def _is_open(self) -> bool:
        """Whether there may be a solution that is not known yet and costs no more than the ceiling."""
        return self.bound <= self._ceiling and self.bound < inf

    def _raise(self, bound: float) -> None:
        """No solution costs less than this; but none is known to cost more than one that was found."""
        known = inf if self._best is None else self._best.cost
        self.bound = max(self.bound, min(bound, known))
        if self.bound < inf:
            self._watch.bound(self.bound)

    def _up(self, value: float) -> int:
        """The least cost at or above a bound: a multiple of the grid, with a hundredth of it left for the solver's floats."""
        grid = self._master.grid
        return grid * ceil(value / grid - 0.01)
