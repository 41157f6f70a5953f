"""The goals in their order: each is made as good as it can be, then held, to within its slack, while the next is improved.

Fairness is a question of bands: the narrowest width for which some band holds a rota. Width by width, all bands are refuted, most
of them by their first relaxation, until one has a rota; and since the search in a band is for the cheapest, the next goal,
travel, comes with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf

from sigctl.rota.puzzle import Puzzle, Solution
from sigctl.rota.search.bettering import Bettering
from sigctl.rota.search.cheapest import BandSearch, Found
from sigctl.rota.search.counts import Band, bands
from sigctl.rota.search.master import grid_of, master_of, plain
from sigctl.rota.search.packing import packed
from sigctl.rota.search.watch import Stopped, Watch

_WIDE = 10
"""Width from which it is asked whether there is any rota at all, if it was not asked before."""
_EFFORT = 0.5
"""Deterministic time of the joint search for fairness when a band with a relaxation has no rota; twice as much after the next."""
_LITTLE = 8
"""Steps of a little search."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Every solution on the way, the last the best if the search ended by proof; and what was proved of each goal.

    `ended` says that it did. Ended without solutions, there are none.
    """

    solutions: tuple[Solution, ...]
    bounds: Mapping[str, int]
    ended: bool


def optimised(puzzle: Puzzle, goals: Sequence[tuple[str, int]], watch: Watch, seed: int = 0) -> Outcome:
    """The best solution by the goals, each a name and a slack in whole units, in their order."""
    search = _Lexicographic(packed(puzzle), dict(goals), watch, seed)
    try:
        solution = search.best()
    except Stopped:
        return Outcome(tuple(watch.solutions), search.bounds(), ended=False)
    kept = [each for each in watch.solutions if each != solution]
    return Outcome((*kept, solution) if solution else (), search.bounds(), ended=True)


def exists(puzzle: Puzzle, watch: Watch, seed: int = 0) -> bool:
    """Whether a little search finds a solution; false too where it would take a longer one to know."""
    free = _free(packed(puzzle))
    return BandSearch(free, master_of(free, plain(free), None), watch, seed).cheapest(inf, _LITTLE) is not None


@dataclass
class _Lexicographic:
    puzzle: Puzzle
    goals: Mapping[str, int]
    watch: Watch
    seed: int
    _fairest: int = 0
    _cheapest: float = 0
    _open: list[BandSearch] = field(default_factory=list)

    def bounds(self) -> dict[str, int]:
        """What no rota can go below, for each goal, given those before it."""
        found = {"fairness": self._fairest, "travel": int(self._travel())}
        return {goal: found[goal] for goal in self.goals}

    def _travel(self) -> float:
        still = [search.bound for search in self._open]
        return max(self._cheapest, min(still)) if still and min(still) < inf else self._cheapest

    def best(self) -> Solution | None:
        """A best solution; None where there is none at all."""
        order = tuple(self.goals)
        if order[:1] == ("travel",):
            first = self._in_bands(self.puzzle, [None])
            return self._then_fair(first) if first else None
        if order[:1] == ("fairness",):
            return self._fair(self.puzzle if "travel" in order else _free(self.puzzle))
        return _solution(self._in_bands(_free(self.puzzle), [None]))

    def _then_fair(self, cheapest: Found) -> Solution | None:
        self._cheapest, self._open = cheapest.cost, []
        if "fairness" not in self.goals:
            return cheapest.solution
        return _solution(self._narrowest(self.puzzle, cheapest.cost + self.goals["travel"], cheapest))

    def _fair(self, puzzle: Puzzle) -> Solution | None:
        """The fairest solution, and of those, or those within the slack, the cheapest."""
        found = self._narrowest(puzzle)
        slack = self.goals["fairness"]
        if found is None or not slack or puzzle is not self.puzzle:
            return _solution(found)
        cheaper = self._in_bands(puzzle, bands(puzzle, self._fairest + slack), found.cost - 1)
        return (cheaper or found).solution

    def _narrowest(self, puzzle: Puzzle, ceiling: float = inf, known: Found | None = None) -> Found | None:
        """The cheapest solution in the narrowest bands that have one; None where none is within the ceiling."""
        effort = _EFFORT
        while True:
            self.watch.stage("fairness")
            self.watch.bound(self._fairest)
            found = self._in_bands(puzzle, bands(puzzle, self._fairest), ceiling)
            if found:
                return found
            if known is None and (self._open or self._fairest >= _WIDE):
                known = self._in_bands(_free(puzzle), [None])
                if known is None:
                    return None
            if known and self._fairest >= spread(puzzle, known.solution):
                raise AssertionError("a band without a rota held one")
            self._fairest += 1
            if known and ceiling == inf:
                self._fairest = max(self._fairest, self._proved(puzzle, known.solution, effort))
                effort *= 2

    def _proved(self, puzzle: Puzzle, known: Solution, effort: float) -> int:
        """What fairness cannot go below, by the joint search, which is the quicker one where dates rule everything."""
        bettering = Bettering(puzzle, plain(puzzle))
        return self.watch.run(lambda: bettering.fairest(known, effort, self.seed), bettering.halt)

    def _in_bands(self, puzzle: Puzzle, wanted: Sequence[Band | None], ceiling: float = inf) -> Found | None:
        """The cheapest solution in some bands, those of the lowest bound first."""
        base = plain(puzzle)
        if grid_of(puzzle) > 1:
            self.watch.stage("travel", 10)
        masters = (master_of(puzzle, base, band) for band in wanted)
        searches = [BandSearch(puzzle, master, self.watch, self.seed, ceiling) for master in masters]
        self._open = sorted((each for each in searches if each.bound <= ceiling and each.bound < inf), key=lambda each: each.bound)
        best: Found | None = None
        for search in self._open:
            found = search.cheapest(ceiling)
            if found:
                best, ceiling = found, found.cost - 1
        return best


def _solution(found: Found | None) -> Solution | None:
    return found.solution if found else None


def _free(puzzle: Puzzle) -> Puzzle:
    """The puzzle without costs."""
    return replace(puzzle, candidates=tuple(replace(each, cost=0) for each in puzzle.candidates))


def spread(puzzle: Puzzle, solution: Solution) -> int:
    """The largest balance of a solution less the smallest."""
    chosen = set(solution.chosen)
    balances = [
        account.opening + sum(puzzle.days[puzzle.candidates[each].visit] for each in account.candidates if each in chosen)
        for account in puzzle.accounts
    ]
    return max(balances, default=0) - min(balances, default=0)
