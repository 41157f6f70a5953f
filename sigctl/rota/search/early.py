"""A first rota as a secretary makes it: visit by visit, on the earliest open days, with the nearest people who owe most.

Where a visit is left over, it all begins again with that visit first. Nothing is proved, and travel and fairness are middling;
but where the search takes minutes, somebody who stops it has a rota.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from random import Random

import numpy as np

from sigctl.rota.puzzle import Puzzle, Resource, Solution
from sigctl.rota.search.narrowing import narrowed
from sigctl.rota.search.pricing import ranks

_NEAREST = (120, 480)
"""Candidates of each visit that are looked at, the cheapest ones: first few, then more."""
_TRIES = 30
"""How often it begins again."""
_SHUFFLE = 10
"""After so many tries visits come in a new order."""
_NEXT_FEW = 10
"""Of so many people whose turn it is, the fittest is taken."""
_WEIGHTS = (0.1, 0.03, 0.3)
"""What a kilometre counts against a day that is owed."""


def early(puzzle: Puzzle, seed: int) -> Solution | None:
    """Some solution, quickly; None where none was found that way."""
    costs = np.array([each.cost for each in puzzle.candidates], float)
    rank = ranks(costs, np.array([each.visit for each in puzzle.candidates], np.int32))
    for nearest in _NEAREST:
        part = narrowed(puzzle, np.flatnonzero(rank < nearest).tolist())
        found = _of(part.puzzle, Random(seed))
        if found:
            return part.widened(found)
    return None


def _of(puzzle: Puzzle, draw: Random) -> Solution | None:
    order = sorted(range(len(puzzle.days)), key=lambda visit: (not puzzle.settled[visit], visit))
    lists = _Lists(puzzle)
    for tried in range(_TRIES):
        diary = _Diary(lists, _WEIGHTS[tried % len(_WEIGHTS)])
        left_over = [visit for visit in order if not diary.place(visit)]
        if not left_over:
            return diary.solution()
        if tried % _SHUFFLE == _SHUFFLE - 1:
            draw.shuffle(order)
        late = set(left_over)
        order = sorted([*left_over, *(each for each in order if each not in late)], key=lambda visit: not puzzle.settled[visit])
    return None


class _Lists:
    """A puzzle by candidate and by visit: the rows, resources and accounts that each has to do with."""

    def __init__(self, puzzle: Puzzle) -> None:
        self.puzzle = puzzle
        count, visits = len(puzzle.candidates), len(puzzle.days)
        self.rows: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        self.needs: list[list[int]] = [[] for _ in range(visits)]
        self.claims: list[list[int]] = [[] for _ in range(count)]
        self.always: list[list[int]] = [[] for _ in range(visits)]
        self.keeps: list[list[int]] = [[] for _ in range(visits)]
        self.account = [0] * count
        self._write_rows()
        for index, resource in enumerate(puzzle.resources):
            self._write_resource(index, resource)
        for index, account in enumerate(puzzle.accounts):
            for each in account.candidates:
                self.account[each] = index

    def _write_rows(self) -> None:
        rows, candidates = self.puzzle.rows, self.puzzle.candidates
        for index, row in enumerate(rows):
            for each, weight in zip(row.candidates, row.weights or (1,) * len(row.candidates), strict=True):
                self.rows[each].append((index, weight))
            if row.low is not None:
                for visit in sorted({candidates[each].visit for each in row.candidates}):
                    self.needs[visit].append(index)
        for needs in self.needs:
            needs.sort(key=lambda index: (len(rows[index].candidates), index))

    def _write_resource(self, index: int, resource: Resource) -> None:
        for claim in resource.claims:
            if claim.candidates is None or resource.weekly:
                self.always[claim.visit].append(index)
            else:
                for each in claim.candidates:
                    self.claims[each].append(index)
        if resource.keeper is not None:
            self.keeps[resource.keeper].append(index)


class _Use:
    """What is claimed of a resource, as sets of days: on which anything is, and on which no more can be."""

    def __init__(self, resource: Resource, weekday: int) -> None:
        self._resource = resource
        self._weekday = weekday
        self._times: dict[int, int] = {}
        self.some = 0
        self.full = 0

    def span(self, first: int, days: int) -> int:
        """The days, or weeks, that a claim takes."""
        if self._resource.weekly:
            weeks = range((first + self._weekday) // 7, (first + days - 1 + self._weekday) // 7 + 1)
            return sum(1 << week for week in weeks)
        return ((1 << days + self._resource.gap) - 1) << first

    def claim(self, span: int) -> None:
        """Claim it once."""
        self.some |= span
        capacity = self._resource.capacity
        if capacity is None:
            return
        for each in _bits(span):
            self._times[each] = self._times.get(each, 0) + 1
            if self._times[each] >= capacity:
                self.full |= 1 << each

    def has(self, number: int, span: int) -> bool:
        """Whether so many more can claim it."""
        capacity = self._resource.capacity
        return capacity is None or all(self._times.get(each, 0) + number <= capacity for each in _bits(span))

    def keep(self, span: int) -> None:
        """Keep all of it."""
        self.some |= span
        self.full |= span


class _Diary:
    """A rota in the making."""

    def __init__(self, lists: _Lists, weight: float) -> None:
        puzzle = lists.puzzle
        self._lists = lists
        self._puzzle = puzzle
        self._weight = weight / 20
        self._value = [0] * len(puzzle.rows)
        self._uses = [_Use(each, puzzle.weekday) for each in puzzle.resources]
        self._balance = [each.opening for each in puzzle.accounts]
        self._teams: list[list[int]] = [[] for _ in puzzle.days]
        self._starts = [0] * len(puzzle.days)

    def solution(self) -> Solution | None:
        """The rota, if rows about several visits are kept as well."""
        kept = all(row.low is None or row.low <= value for row, value in zip(self._puzzle.rows, self._value, strict=True))
        return Solution(tuple(sorted(each for team in self._teams for each in team)), tuple(self._starts)) if kept else None

    def place(self, visit: int) -> bool:
        """Put a visit on its earliest days that have a team."""
        candidates = self._puzzle.candidates
        in_turn = sorted(self._puzzle.of_visit[visit], key=self._turn)
        if self._puzzle.settled[visit]:
            return self._settle(visit, in_turn)
        for first in _bits(self._puzzle.starts[visit]):
            if self._is_open(visit, first):
                team = self._team(visit, first, [each for each in in_turn if candidates[each].starts >> first & 1])
                if team:
                    self._write(visit, first, team)
                    return True
        return False

    def _settle(self, visit: int, members: list[int]) -> bool:
        """Put a visit where it is, whatever else is: settled visits are never in conflict with each other."""
        common = self._puzzle.starts[visit]
        for each in members:
            common &= self._puzzle.candidates[each].starts
            self._count(each, 1)
        if common:
            self._write(visit, next(_bits(common)), members)
        return bool(common)

    def _turn(self, candidate: int) -> tuple[float, int]:
        """The less a school has given, and the nearer it is, the sooner it is its people's turn."""
        return self._balance[self._lists.account[candidate]] + self._weight * self._puzzle.candidates[candidate].cost, candidate

    def _is_open(self, visit: int, first: int) -> bool:
        """Whether the cluster, and the host's own people, leave room for a visit from a day on."""
        days = self._puzzle.days[visit]
        uses = self._uses
        return not any(uses[each].full & uses[each].span(first, days) for each in self._lists.always[visit]) and not any(
            uses[each].some & uses[each].span(first, days) for each in self._lists.keeps[visit]
        )

    def _team(self, visit: int, first: int, who: Sequence[int]) -> list[int] | None:
        """A team from a day on, of people who are free then, in the order of their turn."""
        able = [each for each in who if self._can_go(each, first)]
        chosen: list[int] = []
        while len(chosen) < self._puzzle.team[visit]:
            lacking = self._lacking(visit)
            few = list(islice((each for each in able if self._fits(each, lacking) and each not in chosen), _NEXT_FEW))
            if not few:
                break
            chosen.append(max(few, key=lambda each: sum(row in lacking for row, weight in self._lists.rows[each] if weight > 0)))
            self._count(chosen[-1], 1)
        if len(chosen) == self._puzzle.team[visit] and not self._lacking(visit) and self._share(chosen, first):
            return chosen
        for each in chosen:
            self._count(each, -1)
        return None

    def _can_go(self, candidate: int, first: int) -> bool:
        """Whether nothing else of that day, or of the rota so far, keeps somebody from going."""
        days = self._puzzle.days[self._puzzle.candidates[candidate].visit]
        uses = self._uses
        return self._fits(candidate, ()) and not any(
            uses[each].full & uses[each].span(first, days) for each in self._lists.claims[candidate]
        )

    def _fits(self, candidate: int, lacking: Sequence[int]) -> bool:
        """Whether somebody has what a team lacks most, and breaks no limit."""
        rows = self._lists.rows[candidate]
        if lacking and not any(row == lacking[0] and weight > 0 for row, weight in rows):
            return False
        for row, weight in rows:
            high = self._puzzle.rows[row].high
            if high is not None and self._value[row] + weight > high:
                return False
        return True

    def _lacking(self, visit: int) -> list[int]:
        """The rows of a visit that its team still falls short of, those first that the fewest people can help."""
        rows, candidates = self._puzzle.rows, self._puzzle.candidates
        return [
            each
            for each in self._lists.needs[visit]
            if self._value[each] < (rows[each].low or 0) and candidates[rows[each].candidates[0]].visit == candidates[rows[each].candidates[-1]].visit
        ]

    def _share(self, chosen: Sequence[int], first: int) -> bool:
        """Whether those chosen together claim no more of anything than there is."""
        times: dict[int, int] = {}
        for each in chosen:
            for index in self._lists.claims[each]:
                times[index] = times.get(index, 0) + 1
        days = self._puzzle.days[self._puzzle.candidates[chosen[0]].visit] if chosen else 0
        return all(number == 1 or self._uses[index].has(number, self._uses[index].span(first, days)) for index, number in times.items())

    def _count(self, candidate: int, times: int) -> None:
        for row, weight in self._lists.rows[candidate]:
            self._value[row] += weight * times

    def _write(self, visit: int, first: int, team: list[int]) -> None:
        """Put a visit into the diary, the rows of whose team are counted already."""
        days, lists, uses = self._puzzle.days[visit], self._lists, self._uses
        self._teams[visit], self._starts[visit] = team, first
        for each in lists.always[visit]:
            uses[each].claim(uses[each].span(first, days))
        for each in lists.keeps[visit]:
            uses[each].keep(uses[each].span(first, days))
        for member in team:
            self._balance[lists.account[member]] += days
            for each in lists.claims[member]:
                uses[each].claim(uses[each].span(first, days))


def _bits(mask: int) -> Iterator[int]:
    """The days of a set of days."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
