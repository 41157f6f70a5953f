"""Teams for very many visits: the relaxation is made whole block by block, while visits around a block may still bend (relax and fix).

All others stay as they are, whole already or not yet, so that every block is a small model, and the whole stays close to the
relaxation. Blocks grow from two ends of the cluster; two that have nothing to do with each other are made whole at once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import inf

import numpy as np

from sigctl.rota.puzzle import Puzzle
from sigctl.rota.search.abreast import abreast, meetings
from sigctl.rota.search.linear import Answer, Effort, LinearRow
from sigctl.rota.search.neighbourhoods import distances
from sigctl.rota.search.sparse import Flags, Indices, Numbers, Part, Places, Sparse
from sigctl.rota.search.watch import Watch

_BLOCK = 18
"""Visits that are made whole at once."""
_AROUND = 26
"""Visits around them that may bend."""
_REST = 24
"""So few that are left are made whole at once."""
_GAP = 0.0004
"""How near to the best a block is made whole, as a share of the whole cost."""
_NODES = 1
"""Nodes of a block's tree at the most,"""
_MORE_NODES = 30
"""and of one that could not be made whole at first."""
_DEAR = 1.0
"""What a balance out of the band costs for each day, in the price of the dearest candidate."""
_LARGER = 2
"""So many times a block is doubled that cannot be made whole."""


@dataclass
class Fixing:
    """Who is in which team, as a point of a model whose first columns are the puzzle's candidates; the `soft` rows may be broken.

    `reduced` says what each column costs beyond the relaxation: those up to `close` are looked at.
    """

    puzzle: Puzzle
    model: Sparse
    soft: Flags
    reduced: Numbers
    close: float
    watch: Watch
    seed: int = 0
    _x: Numbers = field(init=False)
    _loose: Sparse = field(init=False)
    _visit: Indices = field(init=False)
    _owner: Places = field(init=False)
    _far: Numbers = field(init=False)
    _meets: Flags = field(init=False)
    _of_front: list[list[int]] = field(default_factory=lambda: [[], []])
    _left: Flags = field(init=False)

    def __post_init__(self) -> None:
        candidates, visits = self.puzzle.candidates, len(self.puzzle.days)
        price = _DEAR * float(self.model.costs.max(initial=1))
        self._loose = self.model.softened(self.soft & np.isfinite(self.model.low), self.soft & np.isfinite(self.model.high), price)
        self._visit = np.full(len(self._loose.costs), -1, np.int32)
        self._visit[: len(candidates)] = [each.visit for each in candidates]
        self._owner = self._owners()
        self._far = distances(self.puzzle)
        self._meets = meetings(self.puzzle, self.model)
        self._left = np.ones(visits, bool)

    def whole(self) -> tuple[int, ...] | None:
        """The teams, who may leave balances out of the band; None where some block cannot be made whole."""
        answer = self.watch.run(self.model.part(np.ones(len(self.model.costs), bool)).relaxed)
        if answer.x is None:
            return None
        self._x = np.concatenate([np.clip(answer.x, 0.0, 1.0), np.zeros(len(self._loose.costs) - len(answer.x))])
        while self._left.any():
            if not self._next():
                return None
        return self._chosen()

    def mended(self, visits: Sequence[int]) -> tuple[int, ...] | None:
        """The teams, after those of some visits, which cannot go as they are, were chosen anew together with some near them."""
        chosen = self._chosen()
        for visit in visits:
            team = tuple(each for each in chosen if self._visit[each] == visit)
            self._loose = self._loose.grown([LinearRow(-inf, len(team) - 1, team, (1,) * len(team))])
        for visit in visits:
            near = np.argsort(self._far[visit], kind="stable")[:_BLOCK].tolist()
            part, wanted, inner = self._part(near, len(near))
            answer = self.watch.run(self._call(part, wanted, _MORE_NODES))
            if answer.x is None:
                return None
            self._take(part, wanted, answer, inner)
        return self._chosen()

    def _chosen(self) -> tuple[int, ...]:
        return tuple(np.flatnonzero(self._x[: len(self.puzzle.candidates)] > 0.5).tolist())

    def _next(self) -> bool:
        """Make the next blocks whole; whether that was possible."""
        first = next(self._blocks(0))
        apart = self._meets[first].sum(axis=0) == 0
        second = next((block for block in self._blocks(1) if apart[block].all()), None)
        blocks = [(first, 0)] + ([(second, 1)] if second else [])
        parts = [self._part(block, min(_BLOCK, len(block)) if len(block) > _REST else len(block)) for block, _ in blocks]
        answers = self.watch.run(lambda: abreast([self._call(part, wanted, _NODES) for part, wanted, _ in parts]))
        failed = [block for answer, (block, _) in zip(answers, blocks, strict=True) if answer.x is None]
        for (part, wanted, inner), answer, (_, front) in zip(parts, answers, blocks, strict=True):
            if answer.x is not None:
                self._take(part, wanted, answer, inner)
            self._of_front[front] += inner
        return all(self._enlarged(block) for block in failed)

    def _blocks(self, front: int) -> Iterator[list[int]]:
        """Blocks near to what a front has made whole, the nearest first: visits to be made whole before those around them."""
        own = self._of_front[front]
        close = (1 / (1 + self._far[:, own])).sum(axis=1) if own else self._far.sum(axis=1)
        left = np.flatnonzero(self._left)
        for centre in left[np.argsort(-close[left], kind="stable")]:
            found: list[int] = left[np.argsort(self._far[centre][left], kind="stable")][: _BLOCK + _AROUND].tolist()
            yield found

    def _part(self, block: Sequence[int], whole: int) -> tuple[Part, Flags, list[int]]:
        """The model of a block, of which the first visits are to be whole; its columns that are, and those visits."""
        inner = list(block[:whole])
        visits = len(self.puzzle.days)
        firm, free = np.zeros(visits + 1, bool), np.zeros(visits + 1, bool)
        firm[inner] = True
        free[list(block)] = True
        count = len(self.puzzle.candidates)
        kept = free[self._visit]
        kept[:count] &= (self.reduced[:count] <= self.close) | (self._x[:count] > 0)
        touched = np.zeros(len(self._loose.low), bool)
        touched[self._loose.rows[kept[self._loose.columns]]] = True
        help_rows = touched[self._loose.rows] & (self._visit[self._loose.columns] < 0)
        helpers = self._loose.columns[help_rows]
        kept[helpers[self._owner[helpers] < 0]] = True
        accounts = np.unique(self._owner[helpers][self._owner[helpers] >= 0])
        kept |= np.isin(self._owner, accounts) & (self._owner >= 0)
        part = self._loose.part(kept, self._x)
        return part, firm[self._visit][part.columns], inner

    def _call(self, part: Part, wanted: Flags, nodes: int) -> Callable[[], Answer]:
        effort = Effort(_GAP * float(self.model.costs @ self._x[: len(self.model.costs)]), nodes, self.seed)
        return lambda: part.best(wanted, effort)

    def _take(self, part: Part, wanted: Flags, answer: Answer, inner: Sequence[int]) -> None:
        assert answer.x is not None
        self._x[part.columns] = np.where(wanted, np.round(answer.x), answer.x)
        self._left[list(inner)] = False

    def _enlarged(self, block: Sequence[int]) -> bool:
        """Whether a block can be made whole together with more visits around it."""
        left = np.flatnonzero(self._left)
        order = left[np.argsort(self._far[block[0]][left], kind="stable")].tolist()
        for times in range(1, _LARGER + 1):
            part, wanted, inner = self._part(order[: (_BLOCK + 2 * _AROUND) << times], _BLOCK << times)
            answer = self.watch.run(self._call(part, wanted, _MORE_NODES))
            if answer.x is not None:
                self._take(part, wanted, answer, inner)
                return True
        return False

    def _owners(self) -> Places:
        """The account of each share, told by the row that says that its shares are one in all; -1 for all other columns."""
        count = len(self.puzzle.candidates)
        rows, columns, more = self.model.rows, self.model.columns, len(self.model.costs)
        own = np.bincount(rows, columns < count, len(self.model.low)) > 0
        convex = ~own & (self.model.low > 0)
        entries = convex[rows]
        found = np.full(len(self._loose.costs), -1, np.int64)
        found[columns[entries]] = rows[entries]
        found[:count] = -1
        found[more:] = -1
        return found
