"""Silence while Typst draws: where a script is too much for it, it says a line of its own to the terminal before it raises."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet() -> Iterator[None]:
    """Send what is written to the process's standard error to nowhere; where other threads run, nothing is done, for they may speak."""
    try:
        kept = os.dup(2) if threading.active_count() == 1 else -1
    except OSError:  # there is no standard error
        kept = -1
    if kept < 0:
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
