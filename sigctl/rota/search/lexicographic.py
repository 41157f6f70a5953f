"""The goals in their order: each is made as good as it can be, then held, to within its slack, while the next is improved.

Fairness is a question of bands: the narrowest width for which some band holds a rota. Width by width, all bands are refuted, most
of them by their first relaxation, until one has a rota; and since the search in a band is for the cheapest, the next goal,
travel, comes with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

from sigctl.rota.puzzle import Puzzle, Solution
from sigctl.rota.search.bettering import Bettering
from sigctl.rota.search.cheapest import BandSearch, Found
from sigctl.rota.search.counts import Band, bands
from sigctl.rota.search.joint import Settled, Verdict
from sigctl.rota.search.master import grid_of, master_of, plain
from sigctl.rota.search.measured import Measured, Quest, measured
from sigctl.rota.search.packing import packed
from sigctl.rota.search.watch import Stopped, Watch

if TYPE_CHECKING:
    from sigctl.rota.search.wide import WideSearch

_WIDE = 10
"""Width from which it is asked whether there is any rota at all, if it was not asked before."""
_WIDEST = 6
"""Width at which the wide search gives up, having found no rota in any narrower band."""
MANY = 25_000
"""Candidates from which the search is wide; up to about 80 schools there are fewer, and the exact search takes seconds."""
_EFFORT = 0.5
"""Deterministic time of the joint search for fairness when a band with a relaxation has no rota; twice as much after the next."""
_RULED = 8.0
"""So much more where it is unknown whether that band has a rota: dates rule everything."""
_LITTLE = 8
"""Steps of a little search."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Every solution on the way, the last the best if the search ended by proof; and what was proved of each goal.

    `ended` says that it did: it does not where somebody stopped it, nor where it was content with a rota near the bounds. Ended
    without solutions, there are none.
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
    return Outcome((*kept, solution) if solution else (), search.bounds(), ended=search.is_proved)


def exists(puzzle: Puzzle, watch: Watch, seed: int = 0) -> bool:
    """Whether a little search finds a solution; false too where it would take a longer one to know."""
    if is_wide(puzzle):
        return False
    free = _free(packed(puzzle))
    return BandSearch(free, master_of(free, plain(free), None), watch, seed).cheapest(inf, _LITTLE) is not None


@dataclass
class _Lexicographic:
    puzzle: Puzzle
    goals: Mapping[str, int]
    watch: Watch
    seed: int
    is_proved: bool = True
    _fairest: int = 0
    _cheapest: float = 0
    _shortest: float | None = None
    _early: Found | None = None
    _open: "Sequence[BandSearch | WideSearch]" = ()

    def bounds(self) -> dict[str, int]:
        """What no rota can go below, for each goal, given those before it."""
        found = {"fairness": self._fairest, "travel": int(self._travel())}
        return {goal: found[goal] for goal in self.goals}

    def _travel(self) -> float:
        """What no rota can go below in travel: where it comes first, the bands that are searched later say nothing of that."""
        if self._shortest is not None:
            return self._shortest
        still = [search.bound for search in self._open]
        return max(self._cheapest, min(still)) if still and min(still) < inf else self._cheapest

    def best(self) -> Solution | None:
        """A best solution; None where there is none at all."""
        order = tuple(self.goals)
        if is_wide(self.puzzle):
            self._look_early(order[0] if order else "")
        if order[:1] == ("travel",):
            first = self._in_bands(self.puzzle, [None]) or self._early
            return self._then_fair(first) if first else None
        if order[:1] == ("fairness",):
            return self._fair(self.puzzle if "travel" in order else _free(self.puzzle))
        return _solution(self._in_bands(_free(self.puzzle), [None]))

    def _look_early(self, goal: str) -> None:
        """Have some rota for whoever stops the search."""
        from sigctl.rota.search.early import early

        found = self.watch.run(lambda: early(self.puzzle, self.seed))
        if found:
            costs = sum(self.puzzle.candidates[each].cost for each in found.chosen)
            self.watch.stage(goal, 10 if goal == "travel" else 1)
            self.watch.found(found, costs if goal == "travel" else measured(self.puzzle, "fairness", found) if goal == "fairness" else 0)
            self._early = Found(found, costs)

    def _then_fair(self, cheapest: Found) -> Solution | None:
        self._shortest = min(self._travel(), cheapest.cost) if is_wide(self.puzzle) else cheapest.cost
        self._open = []
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
        effort, width = _EFFORT, self._fairest
        while True:
            self.watch.stage("fairness")
            self.watch.bound(self._fairest)
            found = self._in_bands(puzzle, bands(puzzle, width), ceiling, may_give_up=True)
            if found:
                self.is_proved &= not is_wide(puzzle) or measured(puzzle, "fairness", found.solution) <= width
                return found
            gave_up = self._gave_up()
            if is_wide(puzzle):
                if self._goes_no_wider(puzzle, width, known):
                    return known or self._early
            elif known is None and (self._open or width >= _WIDE):
                known = self._any(puzzle)
                if known is None:
                    return None
            width = width if gave_up else self._wider(puzzle, width, known)
            if known and ceiling == inf and not is_wide(puzzle):
                settled = self._fairest_of(puzzle, known.solution, _RULED * effort if gave_up else effort, by_dates=gave_up)
                effort *= 2
                if gave_up and settled.verdict is Verdict.BEST and settled.solution:
                    return self._cheaper(puzzle, settled.solution, _RULED * effort)
                width = max(width, settled.bound)
            if self.is_proved:
                self._fairest = width

    def _wider(self, puzzle: Puzzle, width: int, known: Found | None) -> int:
        """The width after one of which all bands are refuted, or given up by the wide search."""
        if known and not is_wide(puzzle) and width >= measured(puzzle, "fairness", known.solution):
            raise AssertionError("a band without a rota held one")
        return width + 1

    def _goes_no_wider(self, puzzle: Puzzle, width: int, known: Found | None) -> bool:
        """Whether the wide search gives up here, which proves nothing."""
        is_last = width >= (measured(puzzle, "fairness", known.solution) if known else _WIDEST)
        self.is_proved &= not is_last
        return is_last

    def _any(self, puzzle: Puzzle) -> Found | None:
        """Some solution, however fair; None where there is none at all."""
        found = self._in_bands(_free(puzzle), [None])
        return Found(found.solution, measured(puzzle, "travel", found.solution)) if found else None

    def _fairest_of(self, puzzle: Puzzle, known: Solution, effort: float, *, by_dates: bool) -> Settled:
        """What is known of fairness by the joint search, which is the quicker one where dates rule everything."""
        bettering = Bettering(puzzle, plain(puzzle))
        return self.watch.run(lambda: bettering.fairest(known, effort, self.seed, by_dates=by_dates), bettering.halt)

    def _cheaper(self, puzzle: Puzzle, fairest: Solution, effort: float) -> Found:
        """The cheapest of the fairest solutions, of which one is known: by the joint search, or else in all bands."""
        self._fairest = measured(puzzle, "fairness", fairest)
        known = Found(fairest, measured(puzzle, "travel", fairest))
        self.watch.stage("travel", 10)
        self._open = self._opened(puzzle, bands(puzzle, self._fairest), known.cost)
        self.watch.found(known.solution, known.cost)
        joint = Measured(puzzle, plain(puzzle))
        floor = min(int(min((each.bound for each in self._open), default=known.cost)), known.cost)
        quest = Quest("travel", floor, {"fairness": self._fairest}, known.solution, effort, self.seed)
        settled = self.watch.run(lambda: joint.quested(quest), joint.halt)
        if settled.solution and settled.cost < known.cost:
            known = Found(settled.solution, settled.cost)
        if settled.verdict is Verdict.BEST:
            self._cheapest, self._open = known.cost, []
            return known
        return self._best_of(known.cost - 1) or known

    def _in_bands(self, puzzle: Puzzle, wanted: Sequence[Band | None], ceiling: float = inf, *, may_give_up: bool = False) -> Found | None:
        """The cheapest solution in some bands, those of the lowest bound first.

        They may give up where none has a solution, but not where one of them has.
        """
        if grid_of(puzzle) > 1:
            self.watch.stage("travel", 10)
        self._open = self._opened(puzzle, wanted, ceiling)
        for search in self._open:
            if isinstance(search, BandSearch):
                search.may_give_up = may_give_up
        best = self._best_of(ceiling)
        if best and self._gave_up():
            best = self._best_of(best.cost - 1) or best
        self.is_proved &= not (is_wide(puzzle) and any(search.bound <= (best.cost - 1 if best else ceiling) for search in self._open))
        return best

    def _opened(self, puzzle: Puzzle, wanted: Sequence[Band | None], ceiling: float) -> "list[BandSearch | WideSearch]":
        """Searches of the bands that may hold a solution, those of the lowest bound first."""
        searches = self._searches(puzzle, wanted, ceiling)
        return sorted((each for each in searches if each.bound <= ceiling and each.bound < inf), key=lambda each: each.bound)

    def _best_of(self, ceiling: float) -> Found | None:
        best: Found | None = None
        for search in self._open:
            found = search.cheapest(ceiling)
            if found and found.cost <= ceiling:
                best, ceiling = found, found.cost - 1
        return best

    def _gave_up(self) -> bool:
        return any(isinstance(search, BandSearch) and search.gave_up for search in self._open)

    def _searches(self, puzzle: Puzzle, wanted: Sequence[Band | None], ceiling: float) -> "list[BandSearch] | list[WideSearch]":
        """A search for each band: an exact one where there are few candidates, else a wide one."""
        if is_wide(puzzle):
            from sigctl.rota.search.pricing import arrays
            from sigctl.rota.search.wide import WideSearch

            shape = arrays(puzzle)
            searches = [WideSearch(puzzle, shape, band, self.watch, self.seed, ceiling) for band in wanted]
            for search in searches:
                search.early = self._early.solution if self._early else None
            return searches
        base = plain(puzzle)
        masters = (master_of(puzzle, base, band) for band in wanted)
        return [BandSearch(puzzle, master, self.watch, self.seed, ceiling) for master in masters]


def is_wide(puzzle: Puzzle) -> bool:
    """Whether there are so many candidates that the exact search in a band would take too long."""
    return len(puzzle.candidates) >= MANY


def _solution(found: Found | None) -> Solution | None:
    return found.solution if found else None


def _free(puzzle: Puzzle) -> Puzzle:
    """The puzzle without costs."""
    return replace(puzzle, candidates=tuple(replace(each, cost=0) for each in puzzle.candidates))
