"""Workspaces planned in processes of this machine."""

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context
from typing import Any, Final

from sigctl.commands.rota.engine import PAUSE, Headway, Look, lost, stopped
from sigctl.commands.rota.one_of_many import Answer, Task, planned
from sigctl.rota.progress import Progress

_NOT_AT_WORK: Final = -3.0
_NO_GAP_YET: Final = -2.0


class ThisMachine:
    """Processes of this machine, a fresh one for each workspace, so that memory and faults stay with it."""

    def __init__(self, jobs: int, plan: Callable[[Task], Answer] | None = None) -> None:
        self._jobs = jobs
        self._plan = plan or _planned_here
        self._processes = get_context("spawn")
        self._stop = self._processes.Event()

    def answers(self, tasks: Sequence[Task], look: Look) -> Iterator[Answer]:
        """The answers, as they come. A search that is stopped keeps the best rota that it has."""
        gaps = self._processes.RawArray("d", [_NOT_AT_WORK] * len(tasks))
        threads = ThreadPoolExecutor(self._jobs, initializer=_deaf_to_interrupts)
        waiting = {threads.submit(self._alone, task, gaps) for task in tasks}
        try:
            while waiting:
                ended, waiting = wait(waiting, PAUSE, FIRST_COMPLETED)
                yield from (future.result() for future in ended)
                self._look(look, len(tasks) - len(waiting), tasks, gaps)
        except BaseException:
            self._stop.set()
            for child in active_children():
                child.terminate()
            raise
        finally:
            threads.shutdown(cancel_futures=True)

    def _look(self, look: Look, done: int, tasks: Sequence[Task], gaps: Sequence[float]) -> None:
        known = {task.workspace: None if now < 0 else now for task in tasks if (now := gaps[task.number]) >= _NO_GAP_YET}
        if look(Headway(done, len(tasks), known)):
            self._stop.set()

    def _alone(self, task: Task, gaps: Any) -> Answer:
        """Plan a workspace in a process of its own."""
        if self._stop.is_set():
            return stopped(task)
        gaps[task.number] = _NO_GAP_YET
        try:
            with ProcessPoolExecutor(1, self._processes, _begin, (self._stop, gaps)) as process:
                return process.submit(self._plan, task).result()
        except BrokenProcessPool:
            return lost(task, "its process came to a sudden end")
        finally:
            gaps[task.number] = _NOT_AT_WORK


def _deaf_to_interrupts() -> None:
    """Let Ctrl-C reach the main thread alone: what this thread starts does not hear it either, where there are masks."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


_given: dict[str, Any] = {}
"""What a process was given when it began: the wish to stop, and where to tell its gap."""


def _begin(stop: Any, gaps: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _given.update(stop=stop, gaps=gaps)


def _planned_here(task: Task) -> Answer:
    def hear(progress: Progress) -> bool:
        _given["gaps"][task.number] = _gap(progress)
        return bool(_given["stop"].is_set())

    return planned(task, hear)


def _gap(progress: Progress) -> float:
    """How far the best rota may lie above the bound, in hundredths of it."""
    if progress.best is None or progress.bound is None:
        return _NO_GAP_YET
    return 100 * (progress.best - progress.bound) / progress.best if progress.best else 0.0
