"""From a solution that is known to better ones, who and when at once: for the scout, and for what bands are slow to prove.

Where dates rule everything, as in a window of two weeks, this settles the spread of balances in seconds, while the master knows
of no dates and refutes its bands core by core.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from sigctl.rota.puzzle import Solution
from sigctl.rota.search.joint import Joint, Verdict

LONG = 1e9
"""An effort without a limit."""
_WIDEST = 100_000
"""A balance that no school reaches."""


class Bettering(Joint):
    """The joint search from a known solution, for the goals in their order."""

    def bettered(self, goals: Sequence[str], known: Solution, keep: Callable[[Solution], None]) -> None:
        """Tell of better and better solutions."""
        self._build()
        measures = {"fairness": self._spread(), "travel": self._total(self._rows.costs)}
        dearest = sum(max((self._rows.costs[each] for each in among), default=0) * len(among) for among in self._puzzle.of_visit)
        weights = {"fairness": 1, "travel": 1}
        for earlier, later in pairwise(goals):
            weights[earlier] = weights[later] * (1 + (dearest if later == "travel" else _WIDEST))
        if goals:
            self._model.minimize(sum(weights[goal] * measures[goal] for goal in goals))
        self._hint(known)
        self._searched(LONG, 0, self._telling(keep))

    def fairest(self, known: Solution, effort: float, seed: int) -> int:
        """What the spread of balances cannot go below, as far as it is proved with some effort."""
        self._build()
        self._model.minimize(self._spread())
        self._hint(known)
        verdict = self._searched(effort, seed)
        return 0 if verdict is Verdict.UNKNOWN else round(self._solver.best_objective_bound)

    def _spread(self) -> Any:
        """The largest balance less the smallest."""
        low, high = (self._model.new_int_var(-_WIDEST, _WIDEST, "") for _ in range(2))
        for account in self._puzzle.accounts:
            own = [each for each in account.candidates if self._literals[each] is not None]
            days = [self._puzzle.days[self._puzzle.candidates[each].visit] for each in own]
            balance = self._sum([self._literals[each] for each in own], days) + account.opening
            self._model.add(low <= balance)
            self._model.add(balance <= high)
        return high - low

    def _hint(self, known: Solution) -> None:
        chosen = set(known.chosen)
        for column, literal in enumerate(self._literals):
            if literal is not None:
                self._model.add_hint(literal, column in chosen)
        for variable, start in zip(self._starts, known.starts, strict=True):
            self._model.add_hint(variable, start)

    def _telling(self, keep: Callable[[Solution], None]) -> Any:
        solution = self._solution

        class Telling(self._cp.CpSolverSolutionCallback):  # type: ignore[misc, name-defined]
            """Told by the solver of each better solution."""

            def on_solution_callback(self) -> None:
                keep(solution(self))

        return Telling()
