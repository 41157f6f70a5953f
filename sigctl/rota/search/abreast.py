"""Two calls to solvers at once, for searches whose next steps have nothing to do with each other.

Solvers leave Python to others while they work. What comes of it does not depend on which call ends first.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from sigctl.rota.puzzle import Puzzle
from sigctl.rota.search.sparse import Flags, Sparse
from sigctl.rota.search.watch import Worker

T = TypeVar("T")
_LONG = 60.0
"""Seconds between two looks at a call in another thread."""


def abreast(calls: Sequence[Callable[[], T]]) -> list[T]:
    """What each call returns, all but the first being in threads of their own."""
    workers = [Worker(call) for call in calls[1:]]
    answers = [calls[0]()] if calls else []
    for worker in workers:
        while not worker.ended(_LONG):
            pass
        answers.append(worker.answer())
    return answers


def meetings(puzzle: Puzzle, model: Sparse) -> Flags:
    """Which visits have to do with each other: by a row of a model, or by a school whose people may go to both.

    The first columns of the model are the puzzle's candidates.
    """
    visits, count = len(puzzle.days), len(puzzle.candidates)
    visit = np.array([each.visit for each in puzzle.candidates], np.int32)
    has = np.zeros((visits, len(model.low) + len(puzzle.accounts)), np.float32)
    own = model.columns < count
    has[visit[model.columns[own]], model.rows[own]] = 1.0
    for index, account in enumerate(puzzle.accounts):
        has[visit[list(account.candidates)], len(model.low) + index] = 1.0
    several = has[:, has.sum(axis=0) > 1]
    found: Flags = several @ several.T > 0
    np.fill_diagonal(found, val=True)
    return found
