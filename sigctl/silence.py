"""Silence of one of the process's own streams, against what C or Rust code says past Python. Knows no schools."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def silenced(stream: int) -> Iterator[None]:
    """Send what is written to a stream, by its number (1 output, 2 errors), to nowhere; nothing is done where there is no such stream."""
    try:
        kept = os.dup(stream)
    except OSError:
        yield
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream)
        os.close(nowhere)
        yield
    finally:
        os.dup2(kept, stream)
        os.close(kept)
