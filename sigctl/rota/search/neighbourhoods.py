"""Teams for more visits than one model can settle: neighbourhood by neighbourhood, each in a model of its own.

First the relaxation is made whole, block by block, while the blocks around still bend (relax and fix). Then, again and again,
the teams of some visits that share candidates are chosen anew while all others stay (large neighbourhood search, after P. Shaw,
CP 1998), beginning where most is lost against the relaxation.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from sigctl.rota.puzzle import Puzzle
from sigctl.rota.search.cores import first_days
from sigctl.rota.search.linear import Effort
from sigctl.rota.search.sparse import Flags, Indices, Numbers, Places, Sparse
from sigctl.rota.search.watch import Watch

_AT_ONCE = 250
"""Up to so many visits are made whole at once: HiGHS is good at that, as long as it need not find the very best."""
_BLOCK = 10
"""Visits that are made whole at once."""
_AROUND = 20
"""Visits around them that may still bend."""
_CLOSE = 1.0
"""Meanwhile candidates are looked at whose reduced cost is no more than this share of the dearest one's."""
_SIZE = 45
"""Visits whose teams are chosen anew at once."""
_FEW = 30
"""The same while rows are still broken: prices for that make hard models, but a break is mended near by."""
_MANY = 100
"""As many at the most: a neighbourhood grows as long as nothing is gained."""
_GROWTH = 1.2
_DEAR = 40.0
"""What a row that is short by one costs, in the price of the dearest candidate."""
_NODES = 60
"""Nodes of a neighbourhood's tree at the most."""
_GAP = 0.0001
"""How near to the best a neighbourhood is solved, as a share of the whole cost."""
_TINY = 1e-6


@dataclass
class Teams:
    """Who is in which team, as a point of a model whose first columns are the puzzle's candidates."""

    puzzle: Puzzle
    model: Sparse
    x: Numbers
    reduced: Numbers
    clashing: Indices
    watch: Watch
    seed: int = 0
    _visit: Indices = field(init=False)
    _dearest: float = field(init=False)
    _far: Numbers = field(init=False)
    _tried: Numbers = field(init=False)
    _size: float = 0.0
    _turn: int = -1
    _shares: Places = field(init=False)
    _owner: Places = field(init=False)
    _convex: Places = field(init=False)

    def __post_init__(self) -> None:
        candidates = self.puzzle.candidates
        visits = len(self.puzzle.days)
        self._visit = np.full(len(self.model.costs), -1, np.int32)
        self._visit[: len(candidates)] = [each.visit for each in candidates]
        self._dearest = float(self.reduced[: len(candidates)].max())
        self._far = distances(self.puzzle)
        self._tried = np.zeros(visits)
        self._shares = np.arange(len(candidates), len(self.model.costs))
        own = np.bincount(self.model.rows, self.model.columns < len(candidates), len(self.model.low)) > 0
        convex = (~own & (self.model.low > 0))[self.model.rows]
        self._owner = np.full(len(self.model.costs), -1, np.int64)
        self._owner[self.model.columns[convex]] = self.model.rows[convex]
        self._convex = self._owner[self._shares]

    @property
    def cost(self) -> float:
        """What the teams cost."""
        return float(self.model.costs @ self.x)

    @property
    def is_sound(self) -> bool:
        """Whether the teams keep all rows, and each has a common first day."""
        return self._is_whole() and not self.short().any() and all(first_days(self.puzzle, self.chosen()).values())

    def chosen(self) -> tuple[int, ...]:
        """The candidates that are chosen."""
        return tuple(np.flatnonzero(self.x[: len(self.puzzle.candidates)] > 0.5).tolist())

    def short(self) -> Numbers:
        """By how much each row is broken."""
        value = self.model.activity(self.x)
        found: Numbers = np.maximum(np.maximum(self.model.low - value, value - self.model.high), 0.0)
        return np.where(found > _TINY, found, 0.0)

    def make_whole(self) -> None:
        """Make the point whole: at once where there are few visits, else block by block."""
        visits = len(self.puzzle.days)
        if visits <= _AT_ONCE and self._solve(range(visits), [], anew=True):
            return
        left = np.ones(visits, bool)
        while left.any():
            centre = int(np.flatnonzero(left)[0]) if left.all() else self._next(left)
            near = [each for each in self._near(centre) if left[each]]
            self._solve(near[:_BLOCK], near[_BLOCK : _BLOCK + _AROUND], anew=False)
            left[near[:_BLOCK]] = False

    def _next(self, left: Flags) -> int:
        """The visit not yet made whole that has most to do with those that are."""
        done = np.where(~left[None, :], 1 / (1 + self._far), 0.0).sum(axis=1)
        return int(np.argmax(np.where(left, done, -1.0)))

    def better(self) -> bool:
        """Choose the teams anew of some visits, as many more as was in vain before; whether that gained anything."""
        broken = np.flatnonzero(self.short() > 0)
        least = _FEW if len(broken) else _SIZE
        self._size = min(max(least, self._size), _MANY)
        before = float(self.short().sum())
        order = self._between(broken) if len(broken) else self._near(self._costly())
        if not self._is_whole():
            order = self._near(int(self._visit[np.argmax(np.abs(self.x - np.round(self.x)) * (self._visit >= 0))]))
        gained = self._solve(order[: round(self._size)], [], anew=self._is_whole())
        if len(broken):
            mended = float(self.short().sum()) < before - _TINY
            self._size = self._size if mended else self._size * _GROWTH
        else:
            self._size = _SIZE if gained else self._size * _GROWTH
        return gained

    def _costly(self) -> int:
        """The visit whose team costs most beyond the relaxation; less the more often it was tried."""
        lost = np.zeros(len(self._tried))
        own = self._visit >= 0
        np.add.at(lost, self._visit[own], (np.maximum(self.reduced, 0.0) * self.x)[own])
        centre = int(np.argmax(lost / (1 + 3 * self._tried)))
        self._tried[centre] += 1
        return centre

    def _between(self, broken: Places) -> list[int]:
        """All visits, those first that lie between two broken rows, which often are mended by a chain from one to the other."""
        anchors = [self._anchor(row) for row in broken]
        self._turn += 1
        first = anchors[self._turn % len(anchors)]
        others = [each for each in anchors if each != first]
        second = min(others, key=lambda each: (self._far[first, each], each), default=first)
        return [int(each) for each in np.argsort(self._far[first] + self._far[second], kind="stable")]

    def _anchor(self, row: int) -> int:
        """A visit that a row is about."""
        columns = self.model.columns[self.model.rows == row]
        own = columns[columns < len(self.puzzle.candidates)]
        return int(self._visit[own[np.argmax(self.x[own])]]) if len(own) else 0

    def _near(self, centre: int) -> list[int]:
        """All visits, the nearest first."""
        return [int(each) for each in np.argsort(self._far[centre], kind="stable")]

    def _dear(self) -> float:
        return _DEAR * max(1.0, float(self.model.costs.max(initial=0)))

    def _is_whole(self) -> bool:
        own = self.x[: len(self.puzzle.candidates)]
        return bool(np.abs(own - np.round(own)).max(initial=0.0) < _TINY)

    def _solve(self, inner: Sequence[int], outer: Sequence[int], *, anew: bool) -> bool:
        """Choose the teams of the inner visits, the outer ones bending; whether the point is better now.

        Teams chosen anew must not be worse; else it is the first time, and rows may be broken at a price.
        """
        visits = len(self.puzzle.days)
        whole, free = np.zeros(visits + 1, bool), np.zeros(visits + 1, bool)
        whole[list(inner)] = True
        free[[*inner, *outer]] = True
        kept = free[self._visit]
        if not anew:
            kept &= (self.reduced <= _CLOSE * self._dearest) | (self.x > 0)
        kept[self._shares] = self._touched(kept)[self._convex]
        at_once = anew and not self._is_whole()
        soft = self._soft(kept, all_of_them=not anew) if not at_once else np.zeros(len(self.model.low), bool)
        model = self._loosened(outer).softened(soft & np.isfinite(self.model.low), soft & np.isfinite(self.model.high), self._dear())
        more = len(model.costs) - len(kept)
        part = model.part(np.concatenate([kept, np.ones(more, bool)]), np.concatenate([self.x, np.zeros(more)]))
        wanted = np.concatenate([whole[self._visit], np.zeros(more, bool)])[part.columns]
        effort = Effort(_GAP * self.cost * (1 if anew and not at_once else 10), _NODES // (1 if anew else 3), self.seed)
        answer = self.watch.run(lambda: part.best(wanted, effort))
        if answer.x is None:
            return False
        point = np.concatenate([self.x, np.zeros(more)])
        point[part.columns] = np.where(wanted, np.round(answer.x), answer.x)
        return self._take(point[: len(kept)], better_only=anew)

    def _loosened(self, outer: Sequence[int]) -> Sparse:
        """The model in which visits that still bend may have people without a common first day."""
        bending = np.zeros(len(self.puzzle.days), bool)
        bending[list(outer)] = True
        high = self.model.high.copy()
        high[-len(self.clashing) :][bending[self.clashing]] = np.inf
        return replace(self.model, high=high) if outer and len(self.clashing) else self.model

    def _touched(self, kept: Flags) -> Flags:
        """The accounts, told by their convexity row, that have a kept candidate in a row with their shares."""
        rows, columns = self.model.rows, self.model.columns
        touched = np.zeros(len(self.model.low), bool)
        touched[rows[kept[columns]]] = True
        shares = self._owner[columns] >= 0
        found = np.zeros(len(self.model.low), bool)
        found[self._owner[columns[shares & touched[rows]]]] = True
        return found

    def _soft(self, kept: Flags, *, all_of_them: bool) -> Flags:
        """The rows that may be broken at a price: those that are, and on the way to a whole point those that ask for something."""
        soft = self.short() > 0
        if all_of_them:
            own = self.model.columns < len(self.puzzle.candidates)
            asked = np.zeros(len(soft), bool)
            asked[self.model.rows[own & kept[self.model.columns]]] = True
            soft |= asked & np.isfinite(self.model.low)
        return soft

    def _take(self, point: Numbers, *, better_only: bool) -> bool:
        """Keep a point; if only a better one is wanted, then unless it is worse. Whether it is better."""
        old, broken, cost = self.x, float(self.short().sum()), self.cost
        self.x = point
        breaks, costs = self.short().sum() - broken, self.cost - cost
        better = bool(breaks < -_TINY or (breaks < _TINY and costs < -_TINY))
        if better_only and not better and (breaks > _TINY or costs > _TINY):
            self.x = old
        return better


def distances(puzzle: Puzzle) -> Numbers:
    """How far visits are from each other: over chains of visits, each step the shorter the more schools two of them share."""
    shared = np.zeros((len(puzzle.days), 1 + max((each.school for each in puzzle.candidates), default=0)))
    for each in puzzle.candidates:
        shared[each.visit, each.school] = 1.0
    far: Numbers = 1 / np.maximum(shared @ shared.T, 0.1)
    np.fill_diagonal(far, 0.0)
    for by in range(len(far)):
        far = np.minimum(far, far[:, by, None] + far[None, by, :])
    return far
