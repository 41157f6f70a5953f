"""Who cannot be in one team for want of a common first day, said of all candidates at once: `Master.state_clashes` in numpy."""

from collections.abc import Iterator
from math import inf

import numpy as np

from sigctl.rota.puzzle import Puzzle
from sigctl.rota.search.linear import LinearRow
from sigctl.rota.search.sparse import Flags


def clash_rows(puzzle: Puzzle) -> list[LinearRow]:
    """Rows, each about a set of candidates of a visit of whom no two can go together; every pair without a common day is in one."""
    return [
        LinearRow(-inf, 1, tuple(among[each] for each in clique), (1,) * len(clique))
        for visit, among in enumerate(puzzle.of_visit)
        if among and not puzzle.settled[visit]
        for clique in _of_visit(puzzle, among)
    ]


def _of_visit(puzzle: Puzzle, among: tuple[int, ...]) -> Iterator[list[int]]:
    apart = _apart([puzzle.candidates[each].starts for each in among])
    schools = np.array([puzzle.candidates[each].school for each in among])
    alike = schools[:, None] == schools[None, :] if puzzle.single else np.zeros(apart.shape, bool)
    return _cliques(apart, apart | alike)


def _apart(masks: list[int]) -> Flags:
    """Which pairs of sets of days have no day in common."""
    size = max(1, (max(masks).bit_length() + 7) // 8)
    packed = np.frombuffer(b"".join(mask.to_bytes(size, "little") for mask in masks), np.uint8).reshape(len(masks), size)
    days = np.unpackbits(packed, axis=1).astype(np.float32)
    found: Flags = days @ days.T < 0.5
    return found


def _cliques(wanted: Flags, allowed: Flags) -> Iterator[list[int]]:
    """Sets of which every pair is allowed, so that every wanted pair is in one of them."""
    open_pairs = np.triu(wanted, 1)
    for first in np.flatnonzero(open_pairs.any(axis=1)):
        while open_pairs[first].any():
            clique = [int(first), int(np.argmax(open_pairs[first]))]
            left = allowed[clique[0]] & allowed[clique[1]]
            left[clique] = False
            while left.any():
                clique.append(int(np.argmax(left)))
                left &= allowed[clique[-1]]
                left[clique[-1]] = False
            clique.sort()
            open_pairs[np.ix_(clique, clique)] = False
            yield clique
