"""Watching a search: a line on the terminal that says how far it is, and a way to stop it that keeps what was found."""

import signal
import sys
import time
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from sigctl.commands import console
from sigctl.render import percent
from sigctl.rota.progress import Progress

if TYPE_CHECKING:
    from rich.status import Status

_PATIENCE: Final = 0.7
"""Seconds before anything is shown: short work shows nothing."""


class Watch:
    """Called by the search with its progress; answers whether the search should stop now."""

    def __init__(self, what: str, limit: float | None) -> None:
        self.interrupted = False
        self._what = what
        self._began = time.monotonic()
        self._limit = limit
        self._shown: Status | None = None
        self._before: Any = None

    @property
    def seconds(self) -> float:
        """How long the watch has lasted."""
        return time.monotonic() - self._began

    def __enter__(self) -> Self:
        """Take Ctrl-C as a wish to stop with what there is."""
        self._before = signal.signal(signal.SIGINT, self._interrupt)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Clear the line, and let Ctrl-C mean what it meant before."""
        if self._shown:
            self._shown.stop()
        signal.signal(signal.SIGINT, self._before)

    def __call__(self, progress: Progress) -> bool:
        """Show the progress; whether to stop."""
        if self.seconds > _PATIENCE and console.is_lively(sys.stderr):
            self._show(progress)
        return self.interrupted or (self._limit is not None and self.seconds > self._limit)

    def _interrupt(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        if self.interrupted:
            raise KeyboardInterrupt
        self.interrupted = True

    def _show(self, progress: Progress) -> None:
        stop = "stops" if progress.best is None else "keeps the best so far"
        text = f"{self._what}: {words(progress)} ({self.seconds:.0f} s; Ctrl-C {stop})"
        if self._shown is None:
            self._shown = console.drawing(sys.stderr).status(text)
            self._shown.start()
        else:
            self._shown.update(text)


def words(progress: Progress) -> str:
    """How far a search is, in a few words."""
    parts = [progress.stage]
    if progress.best is not None:
        parts.append(f"best {progress.goal} {progress.best:g}")
    if progress.bound is not None:
        parts.append(f"at best {progress.bound:g}")
    if progress.best and progress.bound is not None:
        parts.append(f"gap {percent(100 * (progress.best - progress.bound) / progress.best)}")
    if progress.visits_placed:
        parts.append(f"{progress.visits_placed} visits placed")
    return ", ".join(parts)
