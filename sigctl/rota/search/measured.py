"""The joint model with goals in it: each goal as a sum, one to make small and others to hold.

For the goals that hang on dates, of which the master knows nothing, and for all that come after them.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sigctl.rota.puzzle import Fault, Puzzle, Solution
from sigctl.rota.search.joint import Joint, Settled, Verdict
from sigctl.rota.search.linear import Linear

_WIDEST = 100_000
"""A balance that no school reaches."""


@dataclass(frozen=True, slots=True)
class Quest:
    """What is looked for: the goal to make small, never below `floor`; what others may be at the most; a known solution to begin with.

    Effort is CP-SAT's deterministic time. Each of `unlike` is a way of treating visits that is not wanted again.
    """

    goal: str
    floor: int = 0
    holds: Mapping[str, int] = field(default_factory=dict)
    known: Solution | None = None
    effort: float = 30.0
    seed: int = 0
    unlike: tuple["Treatment", ...] = ()


@dataclass(frozen=True, slots=True)
class Treatment:
    """How a solution treats a visit: it begins within these first days, or with one of these candidates in its team."""

    visit: int
    starts: int
    newcomers: tuple[int, ...]


class Measured(Joint):
    """The joint model, in which each goal can be measured."""

    def __init__(self, puzzle: Puzzle, rows: Linear, shut: Collection[int] = ()) -> None:
        super().__init__(puzzle, rows, shut)
        self._values: list[tuple[Any, Callable[[frozenset[int], tuple[int, ...]], int]]] = []

    def quested(self, quest: Quest) -> Settled:
        """What is found: the cost is the value of the goal."""
        self._build()
        for goal, most in quest.holds.items():
            self._model.add(self.measure(goal) <= most)
        for treatment in quest.unlike:
            self._shun(treatment)
        measure = self.measure(quest.goal)
        self._model.add(measure >= quest.floor)
        self._model.minimize(measure)
        if quest.known:
            self.hint(quest.known)
        verdict = self._searched(quest.effort, quest.seed)
        bound = max(quest.floor, round(self._solver.best_objective_bound)) if verdict is not Verdict.NONE else quest.floor
        if verdict in (Verdict.NONE, Verdict.UNKNOWN):
            return Settled(verdict, bound=bound)
        solution = self._solution(self._solver)
        return Settled(verdict, solution, measured(self._puzzle, quest.goal, solution), bound)

    def measure(self, goal: str) -> Any:
        """A goal as a sum of the model's variables; it may lie above what a solution scores, never below."""
        if goal == "fairness":
            return self.balance_spread()
        if goal == "travel":
            return self._total(self._rows.costs)
        if goal == "spread":
            return self._pairs_in_weeks()
        faults = self._puzzle.faults.get(goal, ())
        return self._sum([self._fault(each) for each in faults], [each.cost for each in faults])

    def balance_spread(self) -> Any:
        """The largest balance of a school less the smallest."""
        low, high = (self._model.new_int_var(-_WIDEST, _WIDEST, "") for _ in range(2))
        self._values.append((low, lambda chosen, _: min(balances(self._puzzle, chosen), default=0)))
        self._values.append((high, lambda chosen, _: max(balances(self._puzzle, chosen), default=0)))
        for account in self._puzzle.accounts:
            own = [each for each in account.candidates if self._literals[each] is not None]
            days = [self._puzzle.days[self._puzzle.candidates[each].visit] for each in own]
            balance = self._sum([self._literals[each] for each in own], days) + account.opening
            self._model.add(low <= balance)
            self._model.add(balance <= high)
        return high - low

    def _pairs_in_weeks(self) -> Any:
        """Pairs of visits that begin in one ISO week: for each week a number that is at least n(n-1)/2, by its tangents."""
        weeks: dict[int, list[tuple[int, int, Any]]] = {}
        for visit, days in enumerate(self._first_days):
            for day, literal in days.items():
                weeks.setdefault((day + self._puzzle.weekday) // 7, []).append((visit, day, literal))
        pairs = []
        for begun in weeks.values():
            most = len({visit for visit, _, _ in begun})
            pair = self._model.new_int_var(0, most * (most - 1) // 2, "")
            number = sum(literal for _, _, literal in begun)
            for n in range(1, most):
                self._model.add(pair >= n * number - n * (n + 1) // 2)
            days_of = [(visit, day) for visit, day, _ in begun]
            self._values.append((pair, partial(_pairs_among, frozenset(days_of))))
            pairs.append(pair)
        return sum(pairs)

    def _fault(self, fault: Fault) -> Any:
        """A literal that is true where the visit is not as it should be."""
        wrong = [first for day, first in self._first_days[fault.visit].items() if not fault.starts >> day & 1]
        needed = [self._literals[each] for each in fault.needed]
        when = None if fault.when is None else self._literals[fault.when]
        if fault.when is not None and (when is None or len(wrong) == len(self._first_days[fault.visit])):
            return 0 if when is None else when
        if any(each is None for each in needed):
            return 1
        literal = self._model.new_bool_var("")
        for each in (*wrong, *(each.negated() for each in needed)):
            self._model.add_bool_or([literal, each.negated()] + ([] if when is None else [when.negated()]))
        self._values.append((literal, lambda chosen, starts: is_faulty(fault, chosen, starts)))
        return literal

    def _shun(self, treatment: Treatment) -> None:
        """Not again these days together with any of these newcomers."""
        days = [literal for day, literal in self._first_days[treatment.visit].items() if treatment.starts >> day & 1]
        for each in treatment.newcomers or (None,):
            newcomer = None if each is None else self._literals[each]
            if each is None or newcomer is not None:
                for day in days:
                    self._model.add_bool_or([day.negated()] + ([] if newcomer is None else [newcomer.negated()]))

    def hint(self, known: Solution) -> None:
        """Begin with a known solution."""
        chosen = frozenset(known.chosen)
        for column, literal in enumerate(self._literals[: len(self._puzzle.candidates)]):
            if literal is not None:
                self._model.add_hint(literal, column in chosen)
        for variable, first, start in zip(self._starts, self._first_days, known.starts, strict=True):
            self._model.add_hint(variable, start)
            for day, literal in first.items():
                self._model.add_hint(literal, day == start)
        for variable, value in self._values:
            self._model.add_hint(variable, value(chosen, known.starts))


def measured(puzzle: Puzzle, goal: str, solution: Solution) -> int:
    """What a solution scores on a goal, in whole units."""
    chosen = frozenset(solution.chosen)
    if goal == "fairness":
        found = balances(puzzle, chosen)
        return max(found, default=0) - min(found, default=0)
    if goal == "travel":
        return sum(puzzle.candidates[each].cost for each in chosen)
    if goal == "spread":
        weeks = [(start + puzzle.weekday) // 7 for start in solution.starts]
        return sum(_pairs(weeks.count(week)) for week in set(weeks))
    return sum(fault.cost for fault in puzzle.faults.get(goal, ()) if is_faulty(fault, chosen, solution.starts))


def highest(puzzle: Puzzle, goal: str) -> int:
    """A score that no solution goes above."""
    if goal == "fairness":
        openings = [account.opening for account in puzzle.accounts]
        return max(openings, default=0) - min(openings, default=0) + sum(a * b for a, b in zip(puzzle.days, puzzle.team, strict=True))
    if goal == "travel":
        dearest = (max((puzzle.candidates[each].cost for each in among), default=0) for among in puzzle.of_visit)
        return sum(cost * size for cost, size in zip(dearest, puzzle.team, strict=True))
    if goal == "spread":
        return _pairs(len(puzzle.days))
    return sum(fault.cost for fault in puzzle.faults.get(goal, ()))


def is_faulty(fault: Fault, chosen: frozenset[int], starts: tuple[int, ...]) -> bool:
    """Whether a visit is not as it should be."""
    if fault.when is not None and fault.when not in chosen:
        return False
    return not fault.starts >> starts[fault.visit] & 1 or not chosen.issuperset(fault.needed)


def balances(puzzle: Puzzle, chosen: frozenset[int]) -> list[int]:
    """The balance of each account, in days."""
    return [
        account.opening + sum(puzzle.days[puzzle.candidates[each].visit] for each in account.candidates if each in chosen)
        for account in puzzle.accounts
    ]


def _pairs_among(days: frozenset[tuple[int, int]], chosen: frozenset[int], starts: tuple[int, ...]) -> int:  # noqa: ARG001
    """Pairs of visits that begin on some of the days, each given as visit and day."""
    return _pairs(sum((visit, start) in days for visit, start in enumerate(starts)))


def _pairs(number: int) -> int:
    return number * (number - 1) // 2
