"""Linear models with more columns than Python can look at one by one: the same as `linear`, in numpy's arrays."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sigctl.rota.puzzle import Row
from sigctl.rota.search.linear import Answer, Effort, LinearRow, Message, solved

Numbers = NDArray[np.float64]
Indices = NDArray[np.int32]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sparse:
    """A model to minimise: columns from 0 to `top` with their costs, rows with their limits, and entries in any order."""

    costs: Numbers
    top: Numbers
    low: Numbers
    high: Numbers
    rows: Indices
    columns: Indices
    coefficients: Numbers

    def activity(self, x: Numbers) -> Numbers:
        """The sum of each row at a point."""
        return np.bincount(self.rows, self.coefficients * x[self.columns], len(self.low)).astype(float)

    def reduced(self, duals: Numbers) -> Numbers:
        """The costs of all columns less what the rows pay for them."""
        return self.costs - np.bincount(self.columns, self.coefficients * duals[self.rows], len(self.costs))

    def grown(self, more: Sequence[LinearRow]) -> "Sparse":
        """The model with some rows more."""
        if not more:
            return self
        other = sparse(self.costs, more)
        return replace(
            self,
            low=np.concatenate([self.low, other.low]),
            high=np.concatenate([self.high, other.high]),
            rows=np.concatenate([self.rows, other.rows + np.int32(len(self.low))]),
            columns=np.concatenate([self.columns, other.columns]),
            coefficients=np.concatenate([self.coefficients, other.coefficients]),
        )

    def part(self, kept: Flags, fixed: Numbers | None = None) -> "Part":
        """The model of some columns, the others being fixed; without the rows that cannot be broken any more."""
        inside = kept[self.columns]
        rows, columns, coefficients = self.rows[inside], self.columns[inside], self.coefficients[inside]
        count = len(self.low)
        given = np.zeros(count) if fixed is None else self.activity(np.where(kept, 0.0, fixed))
        most = np.bincount(rows, np.maximum(coefficients, 0), count)
        least = np.bincount(rows, np.minimum(coefficients, 0), count)
        low, high = self.low - given, self.high - given
        present = np.zeros(count, bool)
        present[rows] = True
        binding = present & ((most > high) | (least < low))
        left = np.flatnonzero(binding[rows])
        left = left[np.lexsort((columns[left], rows[left]))]
        which, lines = np.flatnonzero(kept), np.flatnonzero(binding)
        place, line = _places(kept, which), _places(binding, lines)
        entries = line[rows[left]], place[columns[left]], coefficients[left]
        return Part(Sparse(self.costs[which], self.top[which], low[lines], high[lines], *entries), which, lines)

    def softened(self, below: Flags, above: Flags, price: float) -> "Sparse":
        """The model with columns at its end that let some rows fall short, and others be passed, at a price for each unit."""
        short, over = np.flatnonzero(below), np.flatnonzero(above)
        count, more = len(self.costs), len(short) + len(over)
        return replace(
            self,
            costs=np.concatenate([self.costs, np.full(more, price)]),
            top=np.concatenate([self.top, np.full(more, np.inf)]),
            rows=np.concatenate([self.rows, short, over]).astype(np.int32),
            columns=np.concatenate([self.columns, np.arange(count, count + more)]).astype(np.int32),
            coefficients=np.concatenate([self.coefficients, np.ones(len(short)), -np.ones(len(over))]),
        )


@dataclass(frozen=True, slots=True)
class Part:
    """A model of some columns and rows of a larger one, and which ones."""

    model: Sparse
    columns: Places
    rows: Places

    def relaxed(self) -> Answer:
        """The optimum without the wish for whole numbers."""
        return solved(_message(self.model, None), Effort())

    def best(self, whole: Flags, effort: Effort) -> Answer:
        """An optimum in which those columns are whole that ought to be, as far as the effort goes."""
        return solved(_message(self.model, whole), effort)


def sparse(costs: Numbers, rows: Sequence[LinearRow]) -> Sparse:
    """A model of rows."""
    return _gathered(
        costs,
        [row.low for row in rows],
        [row.high for row in rows],
        [row.columns for row in rows],
        chain.from_iterable(row.coefficients for row in rows),
    )


def stated(costs: Numbers, rows: Sequence[Row]) -> Sparse:
    """A model of the rows of a puzzle."""
    return _gathered(
        costs,
        [-np.inf if row.low is None else row.low for row in rows],
        [np.inf if row.high is None else row.high for row in rows],
        [row.candidates for row in rows],
        chain.from_iterable(row.weights or (1,) * len(row.candidates) for row in rows),
    )


def _gathered(costs: Numbers, low: list[float], high: list[float], columns: list[tuple[int, ...]], coefficients: Any) -> Sparse:
    sizes = [len(each) for each in columns]
    count = sum(sizes)
    return Sparse(
        costs,
        np.ones(len(costs)),
        np.array(low, float),
        np.array(high, float),
        np.repeat(np.arange(len(low), dtype=np.int32), sizes),
        np.fromiter(chain.from_iterable(columns), np.int32, count),
        np.fromiter(coefficients, float, count),
    )


def _places(kept: Flags, which: Places) -> Indices:
    """Where each kept one stands among the kept ones."""
    place = np.zeros(len(kept), np.int32)
    place[which] = np.arange(len(which), dtype=np.int32)
    return place


def _message(model: Sparse, whole: Flags | None) -> Message:
    return Message(
        model.costs.tolist(),
        model.top.tolist(),
        None if whole is None else whole.tolist(),
        model.low.tolist(),
        model.high.tolist(),
        model.rows.tolist(),
        model.columns.tolist(),
        model.coefficients.tolist(),
    )
