"""Who and when at once: the rows of the master and the dates in one model, over few candidates. The one place that calls CP-SAT.

Hopeless over all candidates, this is strong over those whose reduced cost is small, with the cuts of the master in it and the
master's bound as a floor. It settles cycles with tight dates, where cores come one by one.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from math import inf
from typing import Any

from sigctl.rota.puzzle import Claim, Puzzle, Resource, Solution
from sigctl.rota.search.linear import Linear, LinearRow

_FAR = 10**9
"""A limit that no row reaches."""


class Verdict(Enum):
    """What is known of the best solution among some candidates: it is this, there may be better, there is none, or nothing."""

    BEST = "best"
    FOUND = "found"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Settled:
    """What the joint search found within its effort, and the cost that none of its candidates can go below."""

    verdict: Verdict
    solution: Solution | None = None
    cost: int = 0
    bound: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """What a joint search keeps to: the costs that it looks at, its effort in CP-SAT's deterministic time, and its seed.

    The costs have no upper end where `high` is None. `near` are candidates that come close to a solution together, if any do.
    """

    low: int
    high: int | None
    effort: float
    seed: int
    near: tuple[int, ...] = ()


class Joint:
    """The model: a literal for each open column of the master, one for each first day of each visit, and an interval a visit."""

    def __init__(self, puzzle: Puzzle, rows: Linear, shut: Collection[int] = ()) -> None:
        from ortools.sat.python import cp_model

        self._cp: Any = cp_model
        self._puzzle = puzzle
        self._rows = rows
        self._shut = frozenset(shut)
        self._model: Any = cp_model.CpModel()
        self._solver: Any = cp_model.CpSolver()
        self._halted = False
        self._linearization = 2
        self._literals: list[Any] = []
        self._first_days: list[dict[int, Any]] = []
        self._starts: list[Any] = []

    def halt(self) -> None:
        """End the search early, from another thread."""
        self._halted = True
        self._solver.stop_search()

    def _build(self) -> None:
        self._literals = [None if c in self._shut else self._model.new_bool_var("") for c in range(len(self._rows.costs))]
        for row in self._rows.rows:
            self._add_row(row)
        for visit in range(len(self._puzzle.days)):
            self._add_visit(visit)
        for candidate, literal in zip(self._puzzle.candidates, self._literals, strict=False):
            if literal is not None:
                for day, first in self._first_days[candidate.visit].items():
                    if not candidate.starts >> day & 1:
                        self._model.add_implication(literal, first.negated())
        for resource in self._puzzle.resources:
            self._add_resource(resource)

    def _add_row(self, row: LinearRow) -> None:
        terms = [(self._literals[c], a) for c, a in zip(row.columns, row.coefficients, strict=True) if self._literals[c] is not None]
        literals, weights = [each for each, _ in terms], [a for _, a in terms]
        if not terms:
            if row.low > 0 or row.high < 0:
                self._model.add_bool_or([])
        elif set(weights) == {1} and (row.low, row.high) == (-inf, 1):
            self._model.add_at_most_one(literals)
        elif set(weights) == {1} and (row.low, row.high) == (1, inf):
            self._model.add_bool_or(literals)
        else:
            low, high = max(row.low, -_FAR), min(row.high, _FAR)
            self._model.add_linear_constraint(self._sum(literals, weights), int(low), int(high))

    def _sum(self, literals: Sequence[Any], weights: Sequence[int]) -> Any:
        return self._cp.LinearExpr.weighted_sum(literals, weights)

    def _add_visit(self, visit: int) -> None:
        mask = self._puzzle.starts[visit]
        days = [day for day in range(mask.bit_length()) if mask >> day & 1]
        first = {day: self._model.new_bool_var("") for day in days}
        self._model.add_exactly_one(first.values())
        start = self._model.new_int_var_from_domain(self._cp.Domain.from_values(days), "")
        for day, literal in first.items():
            self._model.add(start == day).only_enforce_if(literal)
        self._first_days.append(first)
        self._starts.append(start)

    def _add_resource(self, resource: Resource) -> None:
        """No overlap where one at a time may have it, else a limit on the sum; a keeper takes all of it."""
        if resource.weekly:
            self._add_weeks(resource)
            return
        parts = [self._interval(visit, resource.gap, literal) for visit, literal in self._parts(resource.claims)]
        if not parts:
            return
        capacity = len(parts) if resource.capacity is None else resource.capacity
        keeper = [] if resource.keeper is None else [self._interval(resource.keeper, resource.gap, None)]
        if capacity == 1:
            self._model.add_no_overlap(parts + keeper)
        elif len(parts) > capacity or keeper:
            self._model.add_cumulative(parts + keeper, [1] * len(parts) + [max(capacity, 1)] * len(keeper), capacity)

    def _parts(self, claims: Sequence[Claim]) -> Iterator[tuple[int, Any]]:
        """Each claim as a visit and what must hold for it: one literal for all of a school where they exclude each other."""
        for claim in claims:
            open_ones = [self._literals[each] for each in claim.candidates or () if self._literals[each] is not None]
            if claim.candidates is None:
                yield claim.visit, None
            elif len(open_ones) > 1 and self._puzzle.single and not self._puzzle.settled[claim.visit]:
                together = self._model.new_bool_var("")
                self._model.add(sum(open_ones) == together)
                yield claim.visit, together
            else:
                yield from ((claim.visit, literal) for literal in open_ones)

    def _interval(self, visit: int, gap: int, literal: Any) -> Any:
        size = self._puzzle.days[visit] + gap
        if literal is None:
            return self._model.new_fixed_size_interval_var(self._starts[visit], size, "")
        return self._model.new_optional_fixed_size_interval_var(self._starts[visit], size, literal, "")

    def _add_weeks(self, resource: Resource) -> None:
        weeks: dict[int, list[Any]] = {}
        weekday = self._puzzle.weekday
        for claim in resource.claims:
            last = self._puzzle.days[claim.visit] - 1 + weekday
            for day, literal in self._first_days[claim.visit].items():
                for week in range((day + weekday) // 7, (day + last) // 7 + 1):
                    weeks.setdefault(week, []).append(literal)
        for literals in weeks.values():
            self._model.add(sum(literals) <= resource.capacity)

    def solved(self, limits: Limits) -> Settled:
        """Minimise the cost within the limits."""
        self._build()
        costs = self._rows.costs
        total = self._total(costs)
        self._model.add_linear_constraint(total, limits.low, _FAR if limits.high is None else limits.high)
        self._model.minimize(total)
        if limits.near:
            self._begin_near(frozenset(limits.near))
        verdict = self._searched(limits.effort, limits.seed)
        if verdict in (Verdict.NONE, Verdict.UNKNOWN):
            return Settled(verdict)
        solution = self._solution(self._solver)
        chosen = [c for c, literal in enumerate(self._literals) if literal is not None and self._solver.value(literal)]
        return Settled(verdict, solution, sum(costs[c] for c in chosen), round(self._solver.best_objective_bound))

    def _begin_near(self, chosen: frozenset[int]) -> None:
        for column, literal in enumerate(self._literals[: len(self._puzzle.candidates)]):
            if literal is not None:
                self._model.add_hint(literal, column in chosen)

    def any(self, effort: float, seed: int) -> Settled:
        """Any solution, whatever its cost."""
        self._build()
        verdict = self._searched(effort, seed)
        return Settled(verdict, None if verdict in (Verdict.NONE, Verdict.UNKNOWN) else self._solution(self._solver))

    def _total(self, costs: Sequence[int]) -> Any:
        priced = [(literal, cost) for literal, cost in zip(self._literals, costs, strict=False) if literal is not None and cost]
        return self._sum([literal for literal, _ in priced], [cost for _, cost in priced])

    def _searched(self, effort: float, seed: int, told: Any = None) -> Verdict:
        parameters = self._solver.parameters
        parameters.num_workers = 1
        parameters.random_seed = seed
        parameters.max_deterministic_time = effort
        parameters.linearization_level = self._linearization
        parameters.cp_model_probing_level = 0
        parameters.symmetry_level = 0
        parameters.catch_sigint_signal = False
        if self._halted:
            return Verdict.UNKNOWN
        status = self._solver.solve(self._model, told)
        verdicts = {self._cp.OPTIMAL: Verdict.BEST, self._cp.FEASIBLE: Verdict.FOUND, self._cp.INFEASIBLE: Verdict.NONE}
        return verdicts.get(status, Verdict.UNKNOWN)

    def _solution(self, values: Any) -> Solution:
        """The solution in a solver's values, or in those that it tells of on the way."""
        literals = self._literals[: len(self._puzzle.candidates)]
        chosen = tuple(c for c, literal in enumerate(literals) if literal is not None and values.value(literal))
        return Solution(chosen, tuple(values.value(start) for start in self._starts))
