"""How many visits of each length a school's people may serve for its balance to land in a band, and what parity follows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sigctl.rota.puzzle import Account, Puzzle


@dataclass(frozen=True, slots=True)
class Band:
    """The balances that are allowed: from `low` to `low + width`, in reviewer-days."""

    low: int
    width: int


def bands(puzzle: Puzzle, width: int) -> tuple[Band, ...]:
    """All bands of a width that the mean balance lies in; the sum of all balances is the same in every rota.

    It is, because all teams together always give the same number of days.
    """
    count = len(puzzle.accounts)
    if count == 0:
        return (Band(0, width),)
    total = sum(account.opening for account in puzzle.accounts) + sum(a * b for a, b in zip(puzzle.days, puzzle.team, strict=True))
    lowest = -((count * width - total) // count)
    return tuple(Band(low, width) for low in range(lowest, total // count + 1))


def lengths(puzzle: Puzzle) -> tuple[int, ...]:
    """The different lengths of visits."""
    return tuple(sorted(set(puzzle.days)))


def counts(puzzle: Puzzle, account: Account, band: Band) -> tuple[tuple[int, ...], ...]:
    """Every (number of visits of each length) with which a school's balance lies in the band."""
    kinds = lengths(puzzle)
    within: dict[int, int] = {}
    for candidate in account.candidates:
        visit = puzzle.candidates[candidate].visit
        most = puzzle.team[visit] if puzzle.settled[visit] else account.each
        within[visit] = min(within.get(visit, 0) + 1, most)
    limits = [sum(most for visit, most in within.items() if puzzle.days[visit] == kind) for kind in kinds]
    low, high = band.low - account.opening, band.low + band.width - account.opening
    return tuple(found for found in vectors(kinds, limits, account.most, high) if _days(kinds, found) >= low)


def vectors(kinds: Sequence[int], limits: Sequence[int], most: int, high: int) -> Iterator[tuple[int, ...]]:
    """Counts within the limits, of so many visits and days at the most."""
    if not kinds:
        if high >= 0:
            yield ()
        return
    for number in range(min(limits[0], most) + 1):
        if number * kinds[0] > high:
            break
        for rest in vectors(kinds[1:], limits[1:], most - number, high - number * kinds[0]):
            yield (number, *rest)


def _days(kinds: Sequence[int], vector: Sequence[int]) -> int:
    return sum(kind * number for kind, number in zip(kinds, vector, strict=True))
