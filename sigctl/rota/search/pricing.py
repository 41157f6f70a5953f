"""The relaxation over more candidates than a solver can hold: it is told of few, and prices say who else would make it cheaper.

Column generation: solve over the nearest candidates, price all others with numpy, let in the ones that pay, and again. What is
left unpaid at any time gives a bound (Lagrange): a team has only so many members, and none of them saves more than the best.
"""

from dataclasses import dataclass, replace
from math import inf

import numpy as np

from sigctl.rota.puzzle import Puzzle
from sigctl.rota.search.linear import Answer
from sigctl.rota.search.master import Master
from sigctl.rota.search.sparse import Indices, Numbers, Sparse, stated
from sigctl.rota.search.watch import Watch

_FIRST = 40
"""Candidates of each visit that are let in at first, the cheapest ones."""
_MORE = 30
"""How many of each visit may be let in at once."""
_ROUNDS = 60
"""Rounds at the most."""
_DOUBT = 5
"""Rounds after which, if some row still falls short, it is asked whether the rows can be kept at all."""
_NEAR = 0.0005
"""The rounds end when the bound is so near to the value of the relaxation, as a share of it."""
_GAIN = 2e-5
"""They do not end while cuts still raise the value by such a share of it."""
_SURE = 1e-3
"""From this on a bound of something that is nothing or more is not just the solver's floats."""
_TINY = 1e-6
_DEAR = 40.0
"""What it costs to leave a row short by one, in the price of the dearest candidate."""


@dataclass(frozen=True)
class Arrays:
    """A puzzle in arrays: the cost, visit and account of each candidate, its rank in cost among those of its visit; and the rows.

    Of visits it has the size of each team, of accounts how many visits each can serve.
    """

    costs: list[int]
    visit: Indices
    account: Indices
    rank: Indices
    team: Numbers
    most: Numbers
    rows: Sparse


def arrays(puzzle: Puzzle) -> Arrays:
    """A puzzle in arrays."""
    visit = np.array([each.visit for each in puzzle.candidates], np.int32)
    costs = np.array([each.cost for each in puzzle.candidates], float)
    account = np.zeros(len(visit), np.int32)
    for index, each in enumerate(puzzle.accounts):
        account[list(each.candidates)] = index
    return Arrays(
        costs=[each.cost for each in puzzle.candidates],
        visit=visit,
        account=account,
        rank=ranks(costs, visit),
        team=np.array(puzzle.team, float),
        most=np.array([each.most for each in puzzle.accounts], float),
        rows=stated(costs, puzzle.rows),
    )


def ranks(value: Numbers, visit: Indices) -> Indices:
    """The place of each candidate among those of its visit, in the order of a value."""
    order = np.lexsort((value, visit))
    ordered = visit[order]
    found = np.empty(len(order), np.int32)
    found[order] = np.arange(len(order)) - np.searchsorted(ordered, ordered)
    return found


@dataclass(frozen=True, slots=True)
class Root:
    """The relaxation of a band over all candidates: a bound, the point of the last round, and what each column costs beyond it.

    The bound is infinite where the band holds nothing. `rows` are those of the puzzle, of the band, and cuts.
    """

    bound: float
    x: Numbers
    reduced: Numbers
    rows: Sparse


class Pricing:
    """The rounds for one band."""

    def __init__(self, arrays: Arrays, master: Master, watch: Watch) -> None:
        self._arrays = arrays
        self._master = master
        self._watch = watch
        self._candidates = len(arrays.visit)
        self._columns = len(master.model.costs)
        costs = np.concatenate([arrays.rows.costs, np.zeros(self._columns - self._candidates)])
        self._dear = _DEAR * max(1.0, float(costs.max(initial=0)))
        base = replace(arrays.rows, costs=costs, top=np.ones(self._columns)).grown(master.model.rows)
        above = np.isfinite(base.high) & (base.low == base.high)
        self._model = base.softened(np.isfinite(base.low), above, self._dear)
        self._kept = np.ones(len(self._model.costs), bool)
        self._kept[: self._candidates] = arrays.rank < _FIRST

    def _rows(self) -> Sparse:
        """All rows, over all columns but those that let rows fall short."""
        real = self._model.columns < self._columns
        model = self._model
        entries = model.rows[real], model.columns[real], model.coefficients[real]
        return Sparse(model.costs[: self._columns], model.top[: self._columns], model.low, model.high, *entries)

    def root(self, ceiling: float) -> Root:
        """The relaxation, or the proof that it has no point of that cost."""
        nothing = np.zeros(self._columns)
        impossible = Root(inf, nothing, nothing, self._model)
        if self._master.model.impossible:
            return impossible
        best, before, prices, x, short = -inf, -inf, nothing, nothing, False
        for tried in range(_ROUNDS):
            if tried == _DOUBT and short and not self._is_possible():
                return impossible
            answer, duals, x = self._relaxed(self._model)
            reduced = self._model.reduced(duals)[: self._columns]
            missed = self._missed(reduced)
            bound = answer.value + self._gain(missed)
            if bound > best:
                best, prices = bound, reduced
                self._watch.bound(max(0.0, bound))
            short = float(x[self._columns :].sum()) > _TINY
            cuts = 0 if short else self._cut(x)
            near = not short and answer.value - best <= _NEAR * answer.value
            if best > ceiling or (near and before > -inf and answer.value < before * (1 + _GAIN)) or not (cuts + self._let_in(missed)):
                break
            before = -inf if short else answer.value
        return Root(best, x[: self._columns], prices, self._rows())

    def _is_possible(self) -> bool:
        """Whether the rows can be kept at all, for all that is known; lets in who is needed for that.

        Where rows fall short, twice the price changes duals by a ray. Priced with that ray alone, all costs being nothing, a
        bound above nothing says that no point keeps the rows (Farkas).
        """
        dearer = replace(self._model, costs=np.where(np.arange(len(self._model.costs)) < self._columns, 1, 2) * self._model.costs)
        free = replace(self._model, costs=np.zeros(len(self._model.costs)))
        for _ in range(_ROUNDS):
            _, duals, x = self._relaxed(self._model)
            if x[self._columns :].sum() < _TINY:
                return True
            ray = (self._relaxed(dearer)[1] - duals) / self._dear
            ray = np.clip(ray, np.where(np.isfinite(free.high), -1.0, 0.0), np.where(np.isfinite(free.low), 1.0, 0.0))
            reduced = free.reduced(ray)[: self._columns]
            missed = self._missed(reduced)
            ends = np.where(ray > 0, free.low, free.high)
            paid = float((ray * np.where(ray == 0, 0.0, ends)).sum())
            inside = np.minimum(reduced, 0.0)[self._kept[: self._columns]].sum()
            if paid + inside + self._gain(missed) > _SURE:
                return False
            if not self._let_in(missed):
                return True
        return True

    def _relaxed(self, model: Sparse) -> tuple[Answer, Numbers, Numbers]:
        """The relaxation over the candidates that are in, with the duals of all rows and the values of all columns."""
        part = model.part(self._kept)
        answer = self._watch.run(part.relaxed)
        duals, x = np.zeros(len(model.low)), np.zeros(len(model.costs))
        duals[part.rows], x[part.columns] = answer.duals, answer.x
        return answer, duals, x

    def _missed(self, reduced: Numbers) -> Numbers:
        """What each candidate that is not in would save."""
        missed = np.minimum(reduced[: self._candidates], 0.0)
        missed[self._kept[: self._candidates]] = 0.0
        return missed

    def _gain(self, missed: Numbers) -> float:
        """No team, and no school's people, can save more than this by candidates that are not in; below zero."""
        in_teams, at_schools = np.zeros(len(self._arrays.team)), np.zeros(len(self._arrays.most))
        np.minimum.at(in_teams, self._arrays.visit, missed)
        np.minimum.at(at_schools, self._arrays.account, missed)
        return max(float((self._arrays.team * in_teams).sum()), float((self._arrays.most * at_schools).sum()))

    def _let_in(self, missed: Numbers) -> int:
        """Let in the candidates that save most; how many."""
        paying = (missed < -_TINY) & (ranks(missed, self._arrays.visit) < _MORE)
        self._kept[: self._candidates] |= paying
        return int(paying.sum())

    def _cut(self, x: Numbers) -> int:
        """Add the cuts that a point breaks; how many."""
        rows = self._master.model.rows
        before = len(rows)
        self._master.add_parities(x.tolist())
        self._model = self._model.grown(rows[before:])
        return len(rows) - before
