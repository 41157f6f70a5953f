"""Python's search for garbage, put off while a workspace is read: that makes a million small values and no circles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_sweeping() -> Iterator[None]:
    """Let Python not look for garbage meanwhile. Reading 1,500 schools takes a third less time so."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
