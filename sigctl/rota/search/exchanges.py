"""From a rota to a better one where there are very many visits: the teams of some visits at a time are chosen anew.

Each time some visits near to each other give up their teams, all others stay, and HiGHS finds the best teams for those (large
neighbourhood search, after P. Shaw, CP 1998), at two places at once where these have nothing to do with each other. It begins
where most is lost against the relaxation. Balances out of the band cost so much a day, so that there always is an answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from random import Random

import numpy as np

from sigctl.rota.puzzle import Puzzle, Solution
from sigctl.rota.search.abreast import abreast, meetings
from sigctl.rota.search.calendar import Calendar, Lists
from sigctl.rota.search.counts import Band, lengths, vectors
from sigctl.rota.search.linear import Answer, Effort, LinearRow
from sigctl.rota.search.neighbourhoods import distances
from sigctl.rota.search.sparse import Flags, Indices, Numbers, Part, Places, Sparse
from sigctl.rota.search.watch import Watch

_SIZE = 25
"""Visits whose teams are chosen anew at once."""
_MORE = 5
"""So many more where that was done before,"""
_MANY = 45
"""up to so many,"""
_AMONG = 10
"""and they are drawn from so many more than that."""
_ODD = 0.5
"""Visits of an odd number of days count as nearer where a balance is out by an odd number: without them it cannot be mended."""
_NODES = 10
"""Nodes of a neighbourhood's tree at the most."""
_GAP = 0.0002
"""How near to the best a neighbourhood is solved, as a share of the whole cost."""
_ROUGH = 0.3
"""And how near, while balances are far out of the band, as a share of the price of a day."""
_MUCH = 0.1
"""They are with so many days a school."""
_DEAR = 1.0
"""What the first day out of the band costs, in the price of the dearest candidate."""
_TINY = 1e-6


@dataclass
class Exchanges:
    """A rota that keeps all rows of a model, whose columns are the puzzle's candidates; and its betterment.

    `reduced` says what each candidate costs beyond the relaxation; with a band, balances out of it are dear.
    """

    puzzle: Puzzle
    model: Sparse
    first: Solution
    reduced: Numbers
    band: Band | None
    watch: Watch
    seed: int = 0
    x: Numbers = field(init=False)
    work: int = 0
    _calendar: Calendar = field(init=False)
    _draw: Random = field(init=False)
    _turn: int = 0
    _visit: Indices = field(init=False)
    _account: Indices = field(init=False)
    _length: Indices = field(init=False)
    _far: Numbers = field(init=False)
    _tried: Numbers = field(init=False)
    _meets: Flags = field(init=False)
    _price: float = field(init=False)

    def __post_init__(self) -> None:
        candidates = self.puzzle.candidates
        self.x = np.zeros(len(candidates))
        self.x[list(self.first.chosen)] = 1.0
        self._draw = Random(self.seed)
        self._visit = np.array([each.visit for each in candidates], np.int32)
        self._length = np.array(self.puzzle.days, np.int32)[self._visit]
        self._account = np.zeros(len(candidates), np.int32)
        for index, account in enumerate(self.puzzle.accounts):
            self._account[list(account.candidates)] = index
        self._far = distances(self.puzzle)
        self._tried = np.zeros(len(self.puzzle.days))
        self._meets = meetings(self.puzzle, self.model)
        self._price = _DEAR * float(self.model.costs.max(initial=1))
        self._calendar = Calendar(Lists(self.puzzle))
        for visit, team in self._teams(np.ones(len(candidates), bool)).items():
            self._calendar.write(visit, self.first.starts[visit], team)

    def solution(self) -> Solution:
        """The rota as it stands."""
        return Solution(tuple(np.flatnonzero(self.x > 0.5).tolist()), tuple(self._calendar.starts))

    @property
    def cost(self) -> float:
        """What the teams cost."""
        return float(self.model.costs @ self.x)

    def outside(self) -> Numbers:
        """By how many days the balance of each school is out of the band."""
        return self._beyond(self._balances(np.ones(len(self.x), bool)))

    def better(self) -> int:
        """Choose the teams of some visits anew, in turn those where most is lost and those between schools that owe and are owed.

        How often that gained something: it is done at two places at once, if these have nothing to do with each other.
        """
        self._turn += 1
        open_ones = np.ones(len(self.puzzle.days), bool)
        first = self._around(*(self._worst(open_ones) if self._turn % 2 else self._between()), open_ones)
        open_ones &= ~self._meets[first].any(axis=0)
        others = [self._around(*self._worst(open_ones), open_ones)] if open_ones.any() else []
        places = [first, *others]
        asked = [self._asked(place) for place in places]
        answers = self.watch.run(lambda: abreast([each.call for each in asked]))
        gains = [self._anew(each, answer) for each, answer in zip(asked, answers, strict=True)]
        for place, gained in zip(places, gains, strict=True):
            self._tried[place[0]] += 0.4 if gained else 1
        self.work += sum(answer.work for answer in answers)
        return sum(gains)

    def _around(self, centre: int, far: Numbers, open_ones: Flags) -> list[int]:
        """Some of the open visits that are nearest to one, which is the first of them."""
        tried = int(self._tried[centre])
        size = min(_MANY, _SIZE + _MORE * tried)
        order = np.argsort(far, kind="stable")
        near = order[open_ones[order] & (order != centre)][: size + _AMONG * tried - 1].tolist()
        return [centre, *self._draw.sample(near, min(len(near), size - 1))]

    def _worst(self, open_ones: Flags) -> tuple[int, Numbers]:
        """The visit whose team costs most beyond the relaxation, less the more often it was tried; and how far others are from it."""
        lost = np.zeros(len(self.puzzle.days))
        np.add.at(lost, self._visit, np.maximum(self.reduced, 0.0) * self.x)
        centre = int(np.argmax(np.where(open_ones, lost / (1 + 3 * self._tried), -1.0)))
        return centre, self._far[centre]

    def _between(self) -> tuple[int, Numbers]:
        """A visit near a school that is out of the band, and how far others are from it and from one that is out the other way."""
        balances = self._balances(np.ones(len(self.x), bool))
        out = self._beyond(balances) * np.sign(balances - (self.band.low if self.band else 0) - 0.5)
        anchors = {int(each): self._anchor(int(each)) for each in np.flatnonzero(out) if (self._account == each).any()}
        if not anchors:
            return self._worst(np.ones(len(self.puzzle.days), bool))
        first = min(anchors, key=lambda each: ((1 + self._tried[anchors[each]]) / abs(out[each]), each))
        others = [each for each in anchors if out[each] * out[first] < 0] or list(anchors)
        second = min(others, key=lambda each: (self._far[anchors[first], anchors[each]], each))
        far = self._far[anchors[first]] + self._far[anchors[second]]
        nearer = out[first] % 2 * (np.array(self.puzzle.days) % 2) > 0
        return anchors[first], np.where(nearer, _ODD * far, far)

    def _anchor(self, account: int) -> int:
        """The visit that a school's people would be sent to first."""
        own = np.flatnonzero(self._account == account)
        return int(self._visit[own[np.argmin(self.reduced[own])]])

    def _balances(self, counted: Flags) -> Numbers:
        """The balances by the candidates that are counted."""
        given = np.bincount(self._account, self.x * self._length * counted, len(self.puzzle.accounts))
        found: Numbers = given + [each.opening for each in self.puzzle.accounts]
        return found

    def _beyond(self, balances: Numbers) -> Numbers:
        if self.band is None:
            return np.zeros(len(balances))
        low, high = self.band.low, self.band.low + self.band.width
        return np.maximum(np.maximum(low - balances, balances - high), 0.0)

    def _asked(self, place: Sequence[int]) -> "_Asked":
        """The question which teams are best for some visits while all others stay."""
        visits = np.zeros(len(self.puzzle.days), bool)
        visits[list(place)] = True
        free = visits[self._visit]
        part = self.model.part(free, self.x)
        model = self._with_balances(part.model, part.columns, free)
        is_rough = self.outside().sum() > _MUCH * len(self.puzzle.accounts)
        gap = _GAP * self.cost + (_ROUGH * self._price if is_rough else 0)
        return _Asked(Part(model, part.columns, part.rows), Effort(gap, _NODES, self.seed))

    def _anew(self, asked: "_Asked", answer: Answer) -> bool:
        """Take an answer, if it is better than what was before."""
        if answer.x is None:
            return False
        old, before = self.x, self._worth()
        self.x = self.x.copy()
        self.x[asked.part.columns] = np.round(answer.x[: len(asked.part.columns)])
        if self._worth() < before - _TINY and self._has_days(old):
            return True
        self.x = old
        return False

    def _worth(self) -> float:
        return self.cost + float(self._toll(self._balances(np.ones(len(self.x), bool))).sum())

    def _toll(self, balances: Numbers) -> Numbers:
        """What balances out of the band cost: the second day twice as much as the first, since the worst school decides."""
        days = self._beyond(balances)
        found: Numbers = self._price * days * (days + 1) / 2
        return found

    def _has_days(self, old: Numbers) -> bool:
        """Whether days are found for the teams that are not as before; teams that never meet are not tried again."""
        changed = np.zeros(len(self.puzzle.days), bool)
        changed[self._visit[self.x != old]] = True
        teams = self._teams(changed[self._visit])
        apart = [team for team in teams.values() if not self._meet(team)]
        self.model = self.model.grown([LinearRow(-inf, len(team) - 1, tuple(team), (1,) * len(team)) for team in apart])
        return not apart and self._calendar.change(teams)

    def _teams(self, among: Flags) -> dict[int, list[int]]:
        teams: dict[int, list[int]] = {}
        for each in np.flatnonzero(among & (self.x > 0.5)).tolist():
            teams.setdefault(int(self._visit[each]), []).append(each)
        return teams

    def _meet(self, team: Sequence[int]) -> int:
        """The first days that a team has in common."""
        common = -1
        for each in team:
            common &= self.puzzle.candidates[each].starts
        return common

    def _with_balances(self, model: Sparse, place: Places, free: Flags) -> Sparse:
        """A model with the balances: how many visits of each length a school serves is a mixture of possible numbers, each at its price."""
        if self.band is None:
            return model
        kinds, balances = lengths(self.puzzle), self._balances(~free)
        rows: list[LinearRow] = []
        prices: list[float] = []
        for index in np.unique(self._account[place]).tolist():
            own = np.flatnonzero(self._account[place] == index)
            first = len(model.costs) + len(prices)
            possible = list(self._possible(index, place[own], float(balances[index])))
            prices += [price for _, price in possible]
            shares = tuple(range(first, first + len(possible)))
            rows.append(LinearRow(1, 1, shares, (1,) * len(shares)))
            for kind, length in enumerate(kinds):
                among = own[self._length[place[own]] == length].tolist()
                if among:
                    numbers = tuple(-vector[kind] for vector, _ in possible)
                    rows.append(LinearRow(0, 0, (*among, *shares), (1,) * len(among) + numbers))
        costs = np.concatenate([model.costs, prices])
        top = np.concatenate([model.top, np.ones(len(prices))])
        return Sparse(costs, top, model.low, model.high, model.rows, model.columns, model.coefficients).grown(rows)

    def _possible(self, index: int, own: Places, balance: float) -> Iterator[tuple[tuple[int, ...], float]]:
        """The numbers of visits of each length that some candidates of a school can serve, and what it costs if they do."""
        account = self.puzzle.accounts[index]
        kinds = lengths(self.puzzle)
        limits = []
        for length in kinds:
            visits, times = np.unique(self._visit[own[self._length[own] == length]], return_counts=True)
            limits.append(sum(min(int(number), account.each) for number in times) if len(visits) else 0)
        most = sum(limits)
        now = int((self.x[own] * self._length[own]).sum())
        assert self.band is not None
        high = max(now, self.band.low + self.band.width - int(balance) + 2)
        for vector in vectors(kinds, limits, most, high):
            days = sum(a * b for a, b in zip(kinds, vector, strict=True))
            yield vector, float(self._toll(np.array([balance + days]))[0])


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question to HiGHS: a model of which those columns ought to be whole that stand for candidates."""

    part: Part
    effort: Effort

    def call(self) -> Answer:
        """Ask it."""
        return self.part.best(np.arange(len(self.part.model.costs)) < len(self.part.columns), self.effort)
