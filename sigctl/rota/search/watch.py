"""Telling how far a search is, and stopping it when asked to."""

from collections.abc import Callable
from dataclasses import replace
from threading import Thread
from typing import Generic, TypeVar

from sigctl.rota.progress import Listener, Progress
from sigctl.rota.puzzle import Solution

T = TypeVar("T")
_PULSE = 0.1
"""Seconds between two looks at a running solver."""
_GRACE = 0.1
"""Seconds that a solver has to end in, once it was asked to."""
_TRIES = 4
"""How often it is asked."""


class Stopped(Exception):
    """Somebody asked the search to stop. The best found so far stands."""


class Worker(Generic[T]):
    """A call in a thread of its own, and a way to make it end early, where there is one."""

    def __init__(self, call: Callable[[], T], halt: Callable[[], None] | None = None) -> None:
        self._call = call
        self._halt = halt
        self._answers: list[T] = []
        self._errors: list[BaseException] = []
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def ended(self, seconds: float) -> bool:
        """Whether the call ends within some seconds."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def answer(self) -> T:
        """What the call returned, or raised."""
        if self._errors:
            raise self._errors[0]
        return self._answers[0]

    def end(self) -> None:
        """Make the call end, and wait a moment for that. HiGHS hears nothing, and is left to end with the program."""
        for _ in range(_TRIES):
            if self._halt:
                self._halt()
            if self.ended(_GRACE):
                return

    def _run(self) -> None:
        try:
            self._answers.append(self._call())
        except BaseException as error:  # it is raised again where the answer is asked for
            self._errors.append(error)


class Watch:
    """Passes progress on to a listener, several times a second even while a solver runs.

    A solver runs in a thread of its own, since HiGHS cannot be interrupted: a stop leaves it behind, and a program that has
    threads left then must end without waiting for them. Without a listener nothing is told and no thread is needed.
    """

    def __init__(self, listener: Listener | None = None) -> None:
        self.solutions: list[Solution] = []
        self._listener = listener
        self._progress = Progress()
        self._unit = 1

    @property
    def may_stop(self) -> bool:
        """Whether somebody listens, who can stop the search."""
        return self._listener is not None

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

    def run(self, call: Callable[[], T], halt: Callable[[], None] | None = None) -> T:
        """What a call to a solver returns. Raises Stopped when the listener wants an end first, which `halt` hastens."""
        if self._listener is None:
            return call()
        worker = Worker(call, halt)
        try:
            while not worker.ended(_PULSE):
                self._tell(self._progress)
        except BaseException:
            worker.end()
            raise
        return worker.answer()

    def _tell(self, progress: Progress) -> None:
        self._progress = progress
        if self._listener and self._listener(progress):
            raise Stopped
