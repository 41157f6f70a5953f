"""A puzzle with fewer candidates or first days, for searches that cannot look at all of them; and the way back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sigctl.rota.puzzle import Claim, Puzzle, Resource, Row, Solution


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A puzzle of some of the candidates of a wider one, and which these are, in their order there."""

    puzzle: Puzzle
    kept: tuple[int, ...]

    def widened(self, solution: Solution) -> Solution:
        """A solution as one of the wider puzzle."""
        return Solution(tuple(self.kept[each] for each in solution.chosen), solution.starts)


def narrowed(puzzle: Puzzle, kept: Sequence[int], starts: Mapping[int, int] | None = None) -> Narrowed:
    """The puzzle without all other candidates, and with only these first days of some visits.

    Goals that count faults are left out, since nobody asks for them of so much less than everything.
    """
    place = [-1] * len(puzzle.candidates)
    for index, each in enumerate(kept):
        place[each] = index
    smaller = replace(
        puzzle,
        starts=tuple((starts or {}).get(visit, mask) for visit, mask in enumerate(puzzle.starts)),
        candidates=tuple(puzzle.candidates[each] for each in kept),
        rows=tuple(_rows(puzzle.rows, place)),
        resources=tuple(replace(each, claims=tuple(_claims(each, place))) for each in puzzle.resources),
        accounts=tuple(replace(each, candidates=_placed(each.candidates, place)) for each in puzzle.accounts),
        faults={},
    )
    return Narrowed(smaller, tuple(kept))


def _placed(candidates: Sequence[int], place: Sequence[int]) -> tuple[int, ...]:
    return tuple([place[each] for each in candidates if place[each] >= 0])


def _rows(rows: Sequence[Row], place: Sequence[int]) -> Iterator[Row]:
    """The rows about those who are kept, without the ones that nobody can break any more."""
    for row in rows:
        if row.weights:
            pairs = [(place[each], weight) for each, weight in zip(row.candidates, row.weights, strict=True) if place[each] >= 0]
            left, weights = tuple(each for each, _ in pairs), tuple(weight for _, weight in pairs)
        else:
            left, weights = _placed(row.candidates, place), ()
        if not weights and (row.low or 0) <= 0 and row.high is not None and len(left) <= row.high:
            continue
        yield Row(row.low, row.high, left, weights)


def _claims(resource: Resource, place: Sequence[int]) -> Iterator[Claim]:
    for claim in resource.claims:
        if claim.candidates is None:
            yield claim
        else:
            left = _placed(claim.candidates, place)
            if left:
                yield Claim(claim.visit, left)
