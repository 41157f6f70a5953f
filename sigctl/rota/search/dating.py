"""When each visit takes place, once the teams are known: a search of our own on whole numbers as sets of days.

With teams given, the rest is small: a visit has a few dozen first days, and what stands between visits are gaps and limits. The
search takes the visit with the fewest first days left, tries them in order, and strikes from the others what no longer goes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sigctl.rota.puzzle import Puzzle, Resource

NODES = 20_000
"""Visits placed before the search gives up; it counts steps and not seconds, so that it ends alike on every machine."""


class Undecided(Exception):
    """The search for dates gave up before it knew."""


@dataclass(frozen=True, slots=True)
class Use:
    """So much of a resource that a visit needs, because of those in its team."""

    resource: int
    visit: int
    size: int = 1


@dataclass(frozen=True, slots=True)
class _Limit:
    """A resource of which several visits can have a part at once: its capacity, and how much each visit needs."""

    resource: Resource
    capacity: int
    sizes: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class _Bonds:
    """What stands between visits: days that must lie between two of them, and limits over several."""

    gaps: Mapping[int, Mapping[int, int]]
    limits: tuple[_Limit, ...]


def touching(first: int, last: int, length: int) -> int:
    """The first days of runs of a length that touch a stretch of days."""
    low = max(0, first - length + 1)
    return ((1 << (last - low + 1)) - 1) << low if last >= low else 0


def dated(puzzle: Puzzle, starts: Mapping[int, int], uses: Iterable[Use], nodes: int = NODES) -> dict[int, int] | None:
    """A first day for each of some visits, among those that are left to it; None where no dates go together.

    Raises Undecided when the nodes run out.
    """
    if not all(starts.values()):
        return None
    bonds = _bonds(puzzle, starts, uses)
    return None if bonds is None else _Dating(puzzle, bonds, nodes).solve(dict(starts))


def _bonds(puzzle: Puzzle, visits: Mapping[int, int], uses: Iterable[Use]) -> _Bonds | None:
    """What the uses mean for pairs of visits and for many; None where one visit alone wants too much."""
    gaps: dict[int, dict[int, int]] = {visit: {} for visit in visits}
    limits: list[_Limit] = []
    for index, needs in sorted(_needs(puzzle, visits, uses).items()):
        resource = puzzle.resources[index]
        if resource.capacity is not None:
            if any(size > resource.capacity for visit, size in needs.items() if not puzzle.settled[visit]):
                return None
            if resource.weekly or not _apart(gaps, resource, needs, resource.capacity):
                limits.append(_Limit(resource, resource.capacity, needs))
        if resource.keeper in gaps:
            for visit in needs:
                _widen(gaps, visit, resource.keeper, 0)
    return _Bonds(gaps, tuple(limits))


def _needs(puzzle: Puzzle, visits: Mapping[int, int], uses: Iterable[Use]) -> dict[int, dict[int, int]]:
    """How much of each resource each visit needs, because of its team or in any case."""
    sizes: dict[int, dict[int, int]] = {}
    for use in uses:
        if use.visit in visits:
            needs = sizes.setdefault(use.resource, {})
            needs[use.visit] = needs.get(use.visit, 0) + use.size
    for index, resource in enumerate(puzzle.resources):
        always = {claim.visit: 1 for claim in resource.claims if claim.candidates is None and claim.visit in visits}
        if always:
            sizes[index] = always
    return sizes


def _apart(gaps: dict[int, dict[int, int]], resource: Resource, needs: Mapping[int, int], capacity: int) -> bool:
    """Keep apart all pairs that want too much together; whether that is all the resource asks for."""
    visits, whole = sorted(needs), True
    for index, visit in enumerate(visits):
        for other in visits[:index]:
            if needs[visit] + needs[other] > capacity:
                _widen(gaps, visit, other, resource.gap)
            else:
                whole = False
    return whole or sum(needs.values()) <= capacity


def _widen(gaps: dict[int, dict[int, int]], a: int, b: int, gap: int) -> None:
    if a != b:
        gaps[a][b] = gaps[b][a] = max(gap, gaps[a].get(b, 0))


class _Dating:
    """Depth first, with the days that are left to each visit."""

    def __init__(self, puzzle: Puzzle, bonds: _Bonds, nodes: int) -> None:
        self._puzzle = puzzle
        self._bonds = bonds
        self._nodes = nodes
        self._start: dict[int, int] = {}

    def solve(self, left: dict[int, int]) -> dict[int, int] | None:
        """First days for all visits, or None."""
        return dict(sorted(self._start.items())) if self._place(left, {}) else None

    def _place(self, left: dict[int, int], used: Mapping[tuple[int, int], int]) -> bool:
        if not left:
            return True
        self._nodes -= 1
        if self._nodes < 0:
            raise Undecided
        visit = min(left, key=lambda each: (left[each].bit_count(), -len(self._bonds.gaps[each]), each))
        days = left[visit]
        while days:
            start = (days & -days).bit_length() - 1
            days &= days - 1
            rest = {other: mask for other, mask in left.items() if other != visit}
            now = self._strike(visit, start, rest, used)
            if now is not None:
                self._start[visit] = start
                if self._place(rest, now):
                    return True
        return False

    def _strike(
        self, visit: int, start: int, rest: dict[int, int], used: Mapping[tuple[int, int], int]
    ) -> Mapping[tuple[int, int], int] | None:
        """Strike from the others the days that no longer go, and count what is used; None where one has no day left."""
        length = self._puzzle.days[visit]
        for other, gap in self._bonds.gaps[visit].items():
            if other in rest and not self._keep(visit, other, rest, touching(start - gap, start + length - 1 + gap, self._length(other))):
                return None
        now = used
        for index, limit in enumerate(self._bonds.limits):
            if visit in limit.sizes:
                now = dict(now)
                for first, last in self._stretches(limit.resource, start, length):
                    total = now.get((index, first), 0) + limit.sizes[visit]
                    now[index, first] = total
                    for other, size in limit.sizes.items():
                        full = total + size > limit.capacity and other in rest
                        if full and not self._keep(visit, other, rest, touching(first, last, self._length(other) + limit.resource.gap)):
                            return None
        return now

    def _keep(self, visit: int, other: int, rest: dict[int, int], without: int) -> bool:
        """Strike days from another visit; whether any are left. Settled visits never strike each other."""
        if not (self._puzzle.settled[visit] and self._puzzle.settled[other]):
            rest[other] &= ~without
        return rest[other] != 0

    def _length(self, visit: int) -> int:
        return self._puzzle.days[visit]

    def _stretches(self, resource: Resource, start: int, length: int) -> Sequence[tuple[int, int]]:
        """The days, or weeks, that a visit uses of a resource, each from its first to its last day."""
        last = start + length - 1 + resource.gap
        if not resource.weekly:
            return [(day, day) for day in range(start, last + 1)]
        weekday = self._puzzle.weekday
        return [(7 * week - weekday, 7 * week - weekday + 6) for week in range((start + weekday) // 7, (last + weekday) // 7 + 1)]
