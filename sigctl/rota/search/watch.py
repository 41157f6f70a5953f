"""Telling how far a search is, and stopping it when asked to."""

from collections.abc import Callable
from dataclasses import replace
from threading import Thread
from typing import TypeVar

from sigctl.rota.progress import Listener, Progress
from sigctl.rota.puzzle import Solution

T = TypeVar("T")
_PULSE = 0.1
"""Seconds between two looks at a running solver."""


class Stopped(Exception):
    """Somebody asked the search to stop. The best found so far stands."""


class Watch:
    """Passes progress on to a listener, several times a second even while a solver runs.

    A solver runs in a thread of its own, since HiGHS cannot be interrupted: a stop leaves it behind, to end by itself or with
    the program. Without a listener nothing is told and no thread is needed.
    """

    def __init__(self, listener: Listener | None = None) -> None:
        self.solutions: list[Solution] = []
        self._listener = listener
        self._progress = Progress()
        self._unit = 1

    def stage(self, goal: str, unit: int = 1) -> None:
        """The search turns to a goal, so many whole units of which make one that people are told of."""
        self._unit = unit
        if goal != self._progress.goal:
            self._tell(Progress(goal, goal, visits_placed=self._progress.visits_placed))

    def found(self, solution: Solution, score: int) -> None:
        """A solution was found, the best so far on this goal."""
        self.solutions.append(solution)
        self._tell(replace(self._progress, best=score / self._unit, visits_placed=len(solution.starts)))

    def bound(self, bound: float) -> None:
        """No solution is better than this on this goal."""
        if bound / self._unit != self._progress.bound:
            self._tell(replace(self._progress, bound=bound / self._unit))

    def run(self, call: Callable[[], T]) -> T:
        """What a call to a solver returns. Raises Stopped when the listener wants an end first."""
        if self._listener is None:
            return call()
        answers: list[T] = []
        errors: list[BaseException] = []
        thread = Thread(target=_keep, args=(call, answers, errors), daemon=True)
        thread.start()
        thread.join(_PULSE)
        while thread.is_alive():
            self._tell(self._progress)
            thread.join(_PULSE)
        if errors:
            raise errors[0]
        return answers[0]

    def _tell(self, progress: Progress) -> None:
        self._progress = progress
        if self._listener and self._listener(progress):
            raise Stopped


def _keep(call: Callable[[], T], answers: list[T], errors: list[BaseException]) -> None:
    try:
        answers.append(call())
    except BaseException as error:  # it is raised again where the call was made
        errors.append(error)
