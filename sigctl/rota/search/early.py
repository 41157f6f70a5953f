"""A first rota as a secretary makes it: visit by visit, on the earliest open days, with the nearest people who owe most.

Where a visit is left over, it all begins again with that visit first. Nothing is proved, and travel and fairness are middling;
but where the search takes minutes, somebody who stops it has a rota.
"""

from collections.abc import Sequence
from itertools import islice
from random import Random

import numpy as np

from sigctl.rota.puzzle import Puzzle, Solution
from sigctl.rota.search.calendar import Calendar, Lists, bits
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
    lists = Lists(puzzle)
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


class _Diary:
    """A rota in the making."""

    def __init__(self, lists: Lists, weight: float) -> None:
        puzzle = lists.puzzle
        self._lists = lists
        self._puzzle = puzzle
        self._weight = weight / 20
        self._value = [0] * len(puzzle.rows)
        self._calendar = Calendar(lists)
        self._balance = [each.opening for each in puzzle.accounts]

    def solution(self) -> Solution | None:
        """The rota, if rows about several visits are kept as well."""
        kept = all(row.low is None or row.low <= value for row, value in zip(self._puzzle.rows, self._value, strict=True))
        return (
            Solution(tuple(sorted(each for team in self._calendar.teams for each in team)), tuple(self._calendar.starts)) if kept else None
        )

    def place(self, visit: int) -> bool:
        """Put a visit on its earliest days that have a team."""
        candidates = self._puzzle.candidates
        in_turn = sorted(self._puzzle.of_visit[visit], key=self._turn)
        if self._puzzle.settled[visit]:
            return self._settle(visit, in_turn)
        for first in bits(self._puzzle.starts[visit]):
            if self._calendar.is_open(visit, first):
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
            self._write(visit, next(bits(common)), members)
        return bool(common)

    def _turn(self, candidate: int) -> tuple[float, int]:
        """The less a school has given, and the nearer it is, the sooner it is its people's turn."""
        return self._balance[self._lists.account[candidate]] + self._weight * self._puzzle.candidates[candidate].cost, candidate

    def _team(self, visit: int, first: int, who: Sequence[int]) -> list[int] | None:
        """A team from a day on, of people who are free then, in the order of their turn."""
        able = [each for each in who if self._fits(each, ()) and self._calendar.can_go(each, first)]
        chosen: list[int] = []
        while len(chosen) < self._puzzle.team[visit]:
            lacking = self._lacking(visit)
            few = list(islice((each for each in able if self._fits(each, lacking) and each not in chosen), _NEXT_FEW))
            if not few:
                break
            chosen.append(max(few, key=lambda each: sum(row in lacking for row, weight in self._lists.rows[each] if weight > 0)))
            self._count(chosen[-1], 1)
        if len(chosen) == self._puzzle.team[visit] and not self._lacking(visit) and self._calendar.can_share(chosen, first):
            return chosen
        for each in chosen:
            self._count(each, -1)
        return None

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
            if self._value[each] < (rows[each].low or 0)
            and candidates[rows[each].candidates[0]].visit == candidates[rows[each].candidates[-1]].visit
        ]

    def _count(self, candidate: int, times: int) -> None:
        for row, weight in self._lists.rows[candidate]:
            self._value[row] += weight * times

    def _write(self, visit: int, first: int, team: list[int]) -> None:
        """Put a visit into the diary, the rows of whose team are counted already."""
        self._calendar.write(visit, first, team)
        for member in team:
            self._balance[self._lists.account[member]] += self._puzzle.days[visit]
