"""What a run says where nobody watches, kept in a file besides: each line with the time at which it was said."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TextIO


class _Both(io.TextIOBase):
    """A stream that goes to where messages go, and into a file."""

    def __init__(self, usual: TextIO | None, file: TextIO) -> None:
        super().__init__()
        self._usual, self._file, self._rest = usual, file, ""

    def write(self, text: str, /) -> int:
        """Say it, and add each line that is whole to the file."""
        *whole, self._rest = (self._rest + text).split("\n")
        for line in whole:
            self._file.write(f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S%z} {line}\n")
        self._file.flush()
        return self._usual.write(text) if self._usual else len(text)

    def flush(self) -> None:
        """Let nothing wait."""
        if self._usual:
            self._usual.flush()

    def isatty(self) -> bool:
        """Nobody watches a file, so nothing is coloured."""
        return False


@contextmanager
def also_in(path: Path | None) -> Iterator[None]:
    """Add whatever is said on stderr to a file as well, in a folder that is made where it is the last one missing.

    Raises OSError that names it, before any work, where that cannot be done.
    """
    if path is None:
        yield
        return
    usual = sys.stderr
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8", errors="replace", newline="\n") as file:
        sys.stderr = _Both(usual, file)
        try:
            yield
        finally:
            sys.stderr = usual
