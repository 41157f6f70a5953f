"""Silence while solvers run: HiGHS says a line of its own to the process's standard output now and then, amid our result."""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sigctl.silence import silenced


@contextmanager
def quiet() -> Iterator[None]:
    """Send what C code prints to nowhere. Python's own output is not touched, if none is flushed meanwhile.

    A solver that is left behind by a stop may still print afterwards: into C's buffer, which a hard exit drops.
    """
    with silenced(1):
        try:
            yield
        finally:
            with suppress(OSError, AttributeError):
                ctypes.CDLL("ucrtbase" if os.name == "nt" else None).fflush(None)
