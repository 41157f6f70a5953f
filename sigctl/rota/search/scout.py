"""Any rota, early: a search beside the search, for when somebody stops it before it has one.

The search proves its way from bands to costs, and on tight dates may take long to a first rota. The scout looks for one without
a thought for costs, then betters it. What it finds is only used where the search was stopped, so the proven rota does not
depend on how far the scout came on some machine.
"""

from collections.abc import Collection, Sequence
from threading import Event
from types import TracebackType
from typing import Self

from sigctl.rota.puzzle import Puzzle, Solution
from sigctl.rota.search.bettering import LONG, Bettering
from sigctl.rota.search.joint import Joint
from sigctl.rota.search.lexicographic import is_wide
from sigctl.rota.search.linear import Linear
from sigctl.rota.search.master import plain
from sigctl.rota.search.watch import Watch, Worker

_WAIT = 1.5
"""Seconds after which the scout sets out: most searches are over by then."""
_NEAREST = 30
"""Candidates of each visit that the first look is confined to, the cheapest ones."""
_LOOK = 20.0
"""CP-SAT's deterministic time of that first look; then all candidates are looked at."""


class Scout:
    """Sets out beside a search, unless nobody could stop that, or the search is wide and has a rota early by itself.

    `solutions` holds what it has found so far.
    """

    def __init__(self, puzzle: Puzzle, goals: Sequence[str], watch: Watch, seed: int) -> None:
        self.solutions: list[Solution] = []
        self._puzzle = puzzle
        self._goals = goals
        self._watch = watch
        self._seed = seed
        self._over = Event()
        self._joint: Joint | None = None
        self._worker: Worker[None] | None = None

    def __enter__(self) -> Self:
        """Set out."""
        if self._watch.may_stop and not is_wide(self._puzzle):
            self._worker = Worker(self._look, self._halt)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Come back."""
        if self._worker:
            self._worker.end()

    def waited(self, seconds: float) -> bool:
        """Whether it is done within some seconds."""
        return self._worker is None or self._worker.ended(seconds)

    def _halt(self) -> None:
        self._over.set()
        if self._joint:
            self._joint.halt()

    def _look(self) -> None:
        if self._over.wait(_WAIT):
            return
        rows = plain(self._puzzle)
        first = self._any(rows, _far_ones(self._puzzle), _LOOK) or self._any(rows, (), LONG)
        if first:
            self.solutions.append(first)
            better = Bettering(self._puzzle, rows)
            if self._goes(better):
                better.bettered(self._goals, first, self.solutions.append)

    def _any(self, rows: Linear, shut: Collection[int], effort: float) -> Solution | None:
        joint = Joint(self._puzzle, rows, shut)
        return joint.any(effort, self._seed).solution if self._goes(joint) else None

    def _goes(self, joint: Joint) -> bool:
        """Whether the search goes on, now with this."""
        self._joint = joint
        return not self._over.is_set()


def _far_ones(puzzle: Puzzle) -> list[int]:
    """All candidates but the cheapest of each visit."""
    cost = [candidate.cost for candidate in puzzle.candidates]
    ordered = (sorted(among, key=lambda each: (cost[each], each)) for among in puzzle.of_visit)
    return [each for among in ordered for each in among[_NEAREST:]]
