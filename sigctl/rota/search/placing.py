"""The most visits that can be placed where not all can: the joint model with a literal for whether each visit takes place."""

from collections.abc import Collection
from typing import Any

from sigctl.rota.case import Case
from sigctl.rota.puzzle import Puzzle
from sigctl.rota.puzzling import puzzle_of
from sigctl.rota.rules import rules_of
from sigctl.rota.search.joint import Joint, Verdict
from sigctl.rota.search.linear import Linear, LinearRow
from sigctl.rota.search.master import plain
from sigctl.rota.search.packing import packed
from sigctl.rota.search.watch import Watch
from sigctl.rota.why.oracle import Oracle, narrowed

_LONG = 8.0
"""Deterministic time for the greatest number of visits."""
_SHORT = 0.6
"""Deterministic time for whether one visit can be among them instead of another."""


def most_visits(case: Case, watch: Watch, seed: int) -> tuple[tuple[int, ...], bool]:
    """The most visits that can be placed together, by number, and whether it was proved that no more can.

    Of equally many, those are taken that stand first in the cycle's list. Visits that are done always stay.
    """
    oracle = Oracle(watch, seed, _LONG)
    order = sorted(range(len(case.visits)), key=lambda each: (not case.visits[each].settled, case.visits[each].entry))
    settled = [each for each in order if case.visits[each].settled]
    hopeful = sorted(each for each in order if each in settled or oracle.holds(narrowed(case, {*settled, each})) is not False)
    some = narrowed(case, hopeful)
    puzzle = packed(puzzle_of(some, rules_of(some.rules)))
    must = {hopeful.index(each) for each in settled}

    def placed(wanted: Collection[int], least: int, effort: float) -> "_Placed":
        model = _Placing(puzzle, plain(puzzle), wanted, least)
        return watch.run(lambda: model.most(effort, seed), model.halt)

    found = placed(must, len(must), _LONG)
    wanted = set(must)
    for index in (hopeful.index(each) for each in order if each in hopeful):
        better = found if index in found.visits else placed({*wanted, index}, len(found.visits), _SHORT)
        if len(better.visits) >= len(found.visits) and index in better.visits:
            found = better if better is found else _Placed(better.visits, found.is_most)
            wanted.add(index)
    return tuple(hopeful[index] for index in sorted(found.visits)), found.is_most


class _Placed:
    """Visits that can be placed together, and whether there cannot be more."""

    def __init__(self, visits: Collection[int], is_most: bool) -> None:
        self.visits = frozenset(visits)
        self.is_most = is_most


class _Placing(Joint):
    """The joint model in which visits may be missing, but for some, and at least so many are there."""

    def __init__(self, puzzle: Puzzle, rows: Linear, wanted: Collection[int], least: int) -> None:
        super().__init__(puzzle, rows)
        self._wanted = frozenset(wanted)
        self._least = least
        self._present: list[Any] = []

    def most(self, effort: float, seed: int) -> _Placed:
        """The most visits, as far as the effort goes."""
        self._present = [self._model.new_bool_var("") for _ in self._puzzle.days]
        self._build()
        total = self._sum(self._present, [1] * len(self._present))
        self._model.add(total >= self._least)
        for visit in sorted(self._wanted):
            self._model.add_bool_or([self._present[visit]])
        self._model.maximize(total)
        verdict = self._searched(effort, seed)
        if verdict in (Verdict.NONE, Verdict.UNKNOWN):
            return _Placed((), verdict is Verdict.NONE)
        there = [visit for visit, literal in enumerate(self._present) if self._solver.value(literal)]
        return _Placed(there, verdict is Verdict.BEST)

    def _add_row(self, row: LinearRow) -> None:
        """What a row asks for at the least, it asks only where its visits take place."""
        visits = sorted({self._puzzle.candidates[column].visit for column in row.columns})
        if row.low > 0:
            literals = [self._literals[column] for column in row.columns]
            at_least = self._sum(literals, row.coefficients) >= int(row.low)
            self._model.add(at_least).only_enforce_if([self._present[visit] for visit in visits])
            row = LinearRow(float("-inf"), row.high, row.columns, row.coefficients)
        if row.high < float("inf") or row.low > float("-inf"):
            super()._add_row(row)

    def _add_visit(self, visit: int) -> None:
        mask, present = self._puzzle.starts[visit], self._present[visit]
        days = [day for day in range(mask.bit_length()) if mask >> day & 1]
        first = {day: self._model.new_bool_var("") for day in days}
        self._model.add(self._sum(list(first.values()), [1] * len(first)) == present)
        start = self._model.new_int_var_from_domain(self._cp.Domain.from_values(days), "")
        for day, literal in first.items():
            self._model.add(start == day).only_enforce_if(literal)
        self._first_days.append(first)
        self._starts.append(start)
        for candidate in self._puzzle.of_visit[visit]:
            self._model.add_implication(self._literals[candidate], present)

    def _interval(self, visit: int, gap: int, literal: Any) -> Any:
        return super()._interval(visit, gap, self._present[visit] if literal is None else literal)
