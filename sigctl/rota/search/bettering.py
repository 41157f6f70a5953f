"""From a solution that is known to better ones, who and when at once: for the scout, and for what bands are slow to prove.

Where dates rule everything, as in a window of two weeks, this settles the spread of balances in seconds, while the master knows
of no dates and refutes its bands core by core.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sigctl.rota.puzzle import Solution
from sigctl.rota.search.joint import Settled, Verdict
from sigctl.rota.search.measured import Measured, highest, measured

LONG = 1e9
"""An effort without a limit."""


class Bettering(Measured):
    """The joint search from a known solution, for the goals in their order."""

    def bettered(self, goals: Sequence[str], known: Solution, keep: Callable[[Solution], None]) -> None:
        """Tell of better and better solutions."""
        self._build()
        weight, total = 1, 0
        for goal in reversed(goals):
            total = total + weight * self.measure(goal)
            weight *= 1 + highest(self._puzzle, goal)
        if goals:
            self._model.minimize(total)
        self.hint(known)
        self._searched(LONG, 0, self._telling(keep))

    def fairest(self, known: Solution, effort: float, seed: int, *, by_dates: bool = False) -> Settled:
        """The smallest spread of balances, as far as some effort goes.

        `by_dates` does without relaxations, where it is known that they say nothing.
        """
        self._build()
        self._model.minimize(self.balance_spread())
        self.hint(known)
        self._linearization = 0 if by_dates else self._linearization
        verdict = self._searched(effort, seed)
        if verdict in (Verdict.NONE, Verdict.UNKNOWN):
            return Settled(verdict)
        solution = self._solution(self._solver)
        return Settled(verdict, solution, measured(self._puzzle, "fairness", solution), round(self._solver.best_objective_bound))

    def _telling(self, keep: Callable[[Solution], None]) -> Any:
        solution = self._solution

        class Telling(self._cp.CpSolverSolutionCallback):  # type: ignore[misc, name-defined]
            """Told by the solver of each better solution."""

            def on_solution_callback(self) -> None:
                keep(solution(self))

        return Telling()
