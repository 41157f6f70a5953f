"""The cheapest rota whose balances lie in a band, or the proof that there is none.

Who first, then when: the master says who, `dating` looks for dates, and where there are none, cores forbid what stood in the
way. Where cores do not soon lead to dates, the joint search takes over with what the master has proved.
"""

from collections.abc import Collection
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
_PATIENCE = 2_500
"""Simplex steps for teams that turn out undatable before the joint search is asked, about a second; after half of them, teams are
mended."""
_STEP = 500
"""Simplex steps that take as long as all that is needed besides for a set of teams."""
_MENDING = 0.1
"""Deterministic time for mending teams."""
_ASKED = 5
"""Every so many times that the joint search is asked, it looks at all costs."""
_MORE = 0.0005
"""The joint search first looks for solutions that cost so much more than the bound, as a share of it, near teams that cost that."""
_EFFORT = 1.0
"""Deterministic time of the first joint search; one is about 2.5 seconds. Each later one that finds no end has twice as much."""
_MANY = 500
"""With fewer candidates the first joint search has less, in proportion."""
_FEW = 1_500
"""Candidates up to which the master's tree branches soon: up to about 40 schools. More need cuts first."""
_BROKEN = 20
"""Columns with broken values in the relaxation from which that is so. With fewer, it needs hardly any tree."""
_FAR = 1e-6
"""How far from a whole number a value is broken."""
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

    `bound` is the cost that no solution goes below; above the ceiling, or infinite, once there is none. With `may_give_up`, it
    does so when nothing at all was found for long, and `gave_up` says that.
    """

    def __init__(self, puzzle: Puzzle, master: Master, watch: Watch, seed: int, ceiling: float = inf) -> None:
        self.bound: float = -inf
        self.may_give_up = False
        self.gave_up = False
        self._puzzle = puzzle
        self._master = master
        self._watch = watch
        self._seed = seed
        self._root = master.tightened(watch, ceiling)
        self._broken = sum(_FAR < value < 1 - _FAR for value in self._root.x or ())
        self._cuts = CoreCuts(puzzle, master.model)
        self._best: Found | None = None
        self._ceiling = ceiling
        self._width = 0.0
        self._scope = 0.0
        self._spent = 0
        self._patience = _PATIENCE
        self._times = 0
        self._more = self._up(_MORE * self._root.value) if self._root.x else 0
        self._effort = _EFFORT * min(1.0, len(puzzle.candidates) / _MANY)
        self._nodes = _NODES
        self._raise(inf if self._root.x is None else self._up(self._root.value))

    def cheapest(self, ceiling: float, steps: int | None = None) -> Found | None:
        """The cheapest solution that costs no more than a ceiling, which is no higher than before; None where there is none.

        With a limit of steps, the best found within them, whose cost need not be the bound.
        """
        self.gave_up = False
        self._ceiling = min(self._ceiling, ceiling)
        self._width = max(_WIDTH * self._root.value, float(self._master.grid))
        while self._is_open() and steps != 0 and not self.gave_up:
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
        self._spent += teams.work + _STEP
        learned = cores(self._puzzle, teams.chosen)
        for core in learned:
            self._cuts.add(core)
        if self._spent >= self._patience / 2:
            self._mend(teams, {demand.visit for core in learned for demand in core})
        if not self._is_open():
            return
        if self._spent >= self._patience or not learned:
            self._spent = 0
            self._join(teams)

    def _join(self, teams: _Teams) -> None:
        """Ask the joint search: at first close to the bound and near some teams, then for anything at all, at last among all costs."""
        self._times += 1
        if self._times % 2 == 0 and self._knows_nothing():
            self._seek()
        elif not self._more or self._times % _ASKED == 0:
            self._settle((teams.cost - self._root.value) / 2)
        elif self._ask(self._more, teams.chosen):
            self._more *= 2
        else:
            self._patience *= 2

    def _knows_nothing(self) -> bool:
        return self._best is None and self._ceiling == inf

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
        branching = len(self._puzzle.candidates) - len(shut) <= _FEW and self._broken > _BROKEN
        effort = Effort(gap, self._nodes, self._seed, branching=branching)
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

    def _mend(self, teams: _Teams, visits: set[int]) -> None:
        """Look for a solution that costs hardly more than the bound and keeps most teams: others go to these visits and those around."""
        high = min(self.bound + self._more, self._ceiling)
        kept, among = set(teams.chosen), self._puzzle.of_visit
        shut = set(self._master.beyond(self._root, high - self._root.value))
        shares = (0.5, 0.75) if len(visits) < len(among) / 2 else (0.75,)
        for share in shares:
            free = self._around(visits, shut, round(share * len(among)))
            stay = {each for visit in range(len(among)) if visit not in free for each in among[visit] if each not in kept}
            settled = self._asked(shut | stay, high, teams.chosen, _MENDING)
            if settled.solution:
                self._take(Found(settled.solution, settled.cost))
            if settled.verdict is not Verdict.NONE:
                return

    def _around(self, visits: set[int], shut: set[int], most: int) -> set[int]:
        """Some visits, and others to which the same schools can send somebody, so many at the most."""
        schools = [{self._puzzle.candidates[each].school for each in among if each not in shut} for among in self._puzzle.of_visit]
        sending = {school for visit in visits for school in schools[visit]}
        others = [visit for visit in range(len(schools)) if visit not in visits]
        others.sort(key=lambda visit: (-len(schools[visit] & sending), visit))
        return visits | set(others[: max(0, most - len(visits))])

    def _ask(self, more: int, near: tuple[int, ...]) -> bool:
        """Ask the joint search for a solution that costs little more than the bound; whether it came to an end."""
        high = min(self.bound + more, self._ceiling)
        shut = self._master.beyond(self._root, high - self._root.value)
        settled = self._asked(shut, high, near)
        if settled.solution:
            self._take(Found(settled.solution, settled.cost))
        if settled.verdict is Verdict.BEST:
            self._raise(settled.cost)
        elif settled.verdict is Verdict.NONE:
            self._raise(self._up(high + 1))
        else:
            self._raise(self._up(settled.bound))
            self._effort *= 2
        return settled.verdict in (Verdict.BEST, Verdict.NONE)

    def _settle(self, width: float) -> None:
        """Ask the joint search among ever more candidates, until it finds no end; the next time with twice the effort."""
        if self._knows_nothing():
            self._seek()
            if self._best is None:
                return
        self._scope = max(2 * self._scope, _WIDTH * self._root.value, width)
        while self._is_open():
            shut, edge = self._window(self._scope)
            settled = self._asked(shut, self._ceiling)
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
        else:
            self._effort *= 2
            self.gave_up = self.may_give_up

    def _asked(self, shut: Collection[int], high: float, near: tuple[int, ...] = (), effort: float = 0) -> Settled:
        """What the joint search finds without the shut candidates, between the bound and a cost."""
        limits = Limits(int(self.bound), None if high == inf else int(high), effort or self._effort, self._seed, near)
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
