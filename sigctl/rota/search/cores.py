"""Why teams cannot be dated, in the fewest demands, each stated as widely as it stays true.

When no dates exist for the teams that the master wants, some of the members' demands on dates already exclude each other: "on
these days only" and "this school, or person, is out". Such a core says the same of all other candidates that make the same
demands, so the cut that it gives forbids many teams at once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import TypeVar

from sigctl.rota.puzzle import Puzzle
from sigctl.rota.search.dating import Undecided, Use, dated
from sigctl.rota.search.linear import Linear

T = TypeVar("T")
_AT_ONCE = 6
"""Cores sought for one set of teams, at the most."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What being in a team asks of dates: some first days of the visit, or a use of a resource. Any of `among` brings it."""

    visit: int
    among: tuple[int, ...]
    starts: int | None = None
    resource: int = 0


Core = tuple[Demand, ...]
"""Demands that no dates can meet together."""


def uses_of(puzzle: Puzzle, chosen: Sequence[int]) -> list[Use]:
    """What the chosen candidates use of each resource."""
    wanted = set(chosen)
    return [
        Use(index, claim.visit)
        for index, resource in enumerate(puzzle.resources)
        for claim in resource.claims
        for each in claim.candidates or ()
        if each in wanted
    ]


def first_days(puzzle: Puzzle, chosen: Sequence[int]) -> dict[int, int]:
    """The first days that the chosen candidates leave to each visit."""
    left = dict(enumerate(puzzle.starts))
    for each in chosen:
        left[puzzle.candidates[each].visit] &= puzzle.candidates[each].starts
    return left


def cores(puzzle: Puzzle, chosen: Sequence[int]) -> list[Core]:
    """Some cores of teams that cannot be dated, of different visits."""
    demands = _demands(puzzle, chosen)
    visits = list(range(len(puzzle.days)))
    found: list[Core] = []
    while len(found) < _AT_ONCE and _clash(puzzle, visits, demands):
        within = _shrunk(visits, lambda some: _clash(puzzle, some, demands))
        found.append(_core(puzzle, within, [each for each in demands if each.visit in within]))
        visits = [visit for visit in visits if visit not in within]
    return found


def _demands(puzzle: Puzzle, chosen: Sequence[int]) -> list[Demand]:
    """Every demand that the chosen candidates make."""
    wanted = set(chosen)
    found: list[Demand] = []
    for index, resource in enumerate(puzzle.resources):
        for claim in resource.claims:
            present = [each for each in claim.candidates or () if each in wanted]
            if len(present) == 1:
                found.append(Demand(claim.visit, claim.candidates or (), resource=index))
            else:
                found.extend(Demand(claim.visit, (each,), resource=index) for each in present)
    for each in chosen:
        candidate = puzzle.candidates[each]
        found.append(Demand(candidate.visit, (each,), starts=candidate.starts))
    return found


def _clash(puzzle: Puzzle, visits: Sequence[int], demands: Sequence[Demand]) -> bool:
    """Whether it is certain that no dates for these visits meet the demands."""
    left = {visit: puzzle.starts[visit] for visit in visits}
    for demand in demands:
        if demand.starts is not None and demand.visit in left:
            left[demand.visit] &= demand.starts
    uses = [Use(demand.resource, demand.visit) for demand in demands if demand.starts is None]
    try:
        return dated(puzzle, left, uses) is None
    except Undecided:
        return False


def _core(puzzle: Puzzle, visits: Sequence[int], demands: list[Demand]) -> Core:
    """The fewest of some demands that still clash, each first-days demand widened as far as they do."""
    fewest = _shrunk(demands, lambda some: _clash(puzzle, visits, some))
    wide: list[Demand] = []
    for index, demand in enumerate(fewest):
        others = [*wide, *fewest[index + 1 :]]
        wide.append(demand if demand.starts is None else _widened(puzzle, visits, demand, others))
    return tuple(wide)


def _widened(puzzle: Puzzle, visits: Sequence[int], demand: Demand, others: list[Demand]) -> Demand:
    """The demand with more first days, week by week and then day by day, while all still clash; and all who make it."""
    starts = demand.starts or 0
    every = puzzle.starts[demand.visit]
    weeks = range(-puzzle.weekday, every.bit_length(), 7)
    stretches = [((127 << week) if week >= 0 else (127 >> -week)) for week in weeks]
    if len(visits) == 1:
        stretches += [1 << day for day in range(every.bit_length())]
    for stretch in stretches:
        more = starts | (stretch & every)
        if more != starts and _clash(puzzle, visits, [*others, replace(demand, starts=more)]):
            starts = more
    among = tuple(each for each in puzzle.of_visit[demand.visit] if not puzzle.candidates[each].starts & ~starts)
    return replace(demand, starts=starts, among=among)


def _shrunk(items: Sequence[T], clash: Callable[[list[T]], bool]) -> list[T]:
    """A smallest part of some items that still clashes: pieces are left out, at first halves, at last single ones."""
    kept = list(items)
    size = max(1, len(kept) // 2)
    while True:
        index = 0
        while index < len(kept):
            rest = kept[:index] + kept[index + size :]
            if rest and clash(rest):
                kept = rest
            else:
                index += size
        if size == 1:
            return kept
        size //= 2


def bits(mask: int) -> Iterator[int]:
    """The days of a mask."""
    return (day for day in range(mask.bit_length()) if mask >> day & 1)


class CoreCuts:
    """Cores as rows of a model: of all demands of a core, one is not made.

    A demand that several candidates bring has a column z of its own, with z ≥ x for each of them, or z ≥ the sum of those of
    one school where a team has one of each at the most. Where a team has no common first day, its visit gets a column for each
    day instead, which forbids all such teams at once.
    """

    def __init__(self, puzzle: Puzzle, model: Linear) -> None:
        self._puzzle = puzzle
        self._model = model
        self._made: dict[tuple[int, ...], int] = {}
        self._met: set[int] = set()

    def add(self, core: Core) -> None:
        """Forbid the core."""
        if len({demand.visit for demand in core}) == 1 and all(demand.starts is not None for demand in core):
            visit = core[0].visit
            if visit not in self._met:
                self._met.add(visit)
                self._meet(visit)
                return
        weights: dict[int, int] = {}
        for demand in core:
            column = self._column(demand.among)
            weights[column] = weights.get(column, 0) + 1
        self._model.row(-inf, len(core) - 1, list(weights), list(weights.values()))

    def _meet(self, visit: int) -> None:
        """Have all of a team meet: with a share y of each first day, all y adding up to 1, whoever goes has x ≤ the sum of their y.

        The y need not be whole, since all members together leave them only the days that they have in common.
        """
        among = self._puzzle.of_visit[visit]
        every = self._puzzle.starts[visit]
        free = {frozenset(c for c in among if self._puzzle.candidates[c].starts >> day & 1) for day in bits(every)}
        widest = sorted(sorted(each) for each in free if not any(each < other for other in free))
        shares = [self._model.column(whole=False) for _ in widest]
        self._model.row(1, 1, shares)
        for each in among:
            own = [share for share, members in zip(shares, widest, strict=True) if each in members]
            if len(own) < len(shares):
                self._model.row(0, inf, [each, *own], [-1] + [1] * len(own))

    def _column(self, among: tuple[int, ...]) -> int:
        if len(among) == 1:
            return among[0]
        if among not in self._made:
            column = self._made[among] = self._model.column(whole=False)
            for part in self._exclusive(among):
                self._model.row(0, inf, [column, *part], [1] + [-1] * len(part))
        return self._made[among]

    def _exclusive(self, among: tuple[int, ...]) -> list[list[int]]:
        """The candidates in parts of which at most one is chosen."""
        parts: dict[int, list[int]] = {}
        for each in among:
            candidate = self._puzzle.candidates[each]
            alone = not self._puzzle.single or self._puzzle.settled[candidate.visit]
            parts.setdefault(each if alone else -1 - candidate.school, []).append(each)
        return list(parts.values())
