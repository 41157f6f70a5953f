"""Who goes where: the teams as a linear model, with the balances of all schools in one band.

The relaxation is tight enough to find and prove most rotas by itself, because each school's numbers of visits are described
exactly (a convex hull over `counts`), and because of three kinds of cut: parities, cliques and halves.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import gcd, inf

from sigctl.rota.puzzle import Account, Puzzle
from sigctl.rota.search.counts import Band, counts, lengths
from sigctl.rota.search.halves import half_cuts
from sigctl.rota.search.linear import Answer, Linear
from sigctl.rota.search.watch import Watch

_ROUNDS = 12
"""Rounds of cuts at the most."""
_PATIENCE = 5
"""Over so many rounds the value must gain, or the cuts end."""
_GAIN = 1e-4
"""The least rise of the value, as a share of it, that counts as a gain."""
_PASSES = 2
"""How often rounds of cuts begin anew, with other columns shut."""
_NEAR = 0.02
"""Cuts are sought among columns whose reduced cost is within this share of the value."""
_TOUCH = 1e-6
"""A row with no more slack than this is touched."""
_DEEP = 1e-4
"""By how much a point must break a parity or clique for the cut to be added."""


@dataclass
class Master:
    """The model for one band, or for none. Columns 0, 1, 2 … are the puzzle's candidates; others help."""

    puzzle: Puzzle
    band: Band | None
    model: Linear
    grid: int = 1
    _cliques: dict[int, set[tuple[int, ...]]] = field(default_factory=dict)
    parities: list[tuple[int, tuple[tuple[int, ...], ...]]] = field(default_factory=list)

    def tightened(self, watch: Watch, ceiling: float) -> Answer:
        """The relaxation with cuts, over all columns: its value is a bound, its reduced costs say which columns matter.

        Cuts end as soon as the value is above the ceiling.
        """
        first = len(self.model.rows)
        answer = watch.run(self.model.relaxed)
        for _ in range(_PASSES):
            if answer.x is None or answer.value > ceiling + 1:
                return answer
            shut = self.beyond(answer, max(_NEAR * answer.value, 2.0 * self.grid))
            if not self._cut(answer, shut, watch):
                break
            before, answer = answer.value, watch.run(self.model.relaxed)
            if answer.value < before * (1 + _GAIN):
                break
        if answer.x is not None:
            self.drop_loose(first, answer.x)
        return answer

    def drop_loose(self, first: int, x: tuple[float, ...]) -> None:
        """Take out the cuts that the best point does not touch; the bound stands without them, and less is quicker."""
        cuts = self.model.rows[first:]
        kept = self.model.rows[first:] = [row for row in cuts if row.value(x) > row.high - _TOUCH]
        stated = {row.columns for row in kept}
        self._cliques = {visit: known & stated for visit, known in self._cliques.items()}

    def _cut(self, answer: Answer, shut: Sequence[int], watch: Watch) -> int:
        """Add rounds of cuts, looking at the columns that are not shut; how many were added."""
        added, values = 0, [answer.value]
        for _ in range(_ROUNDS):
            if answer.x is None or (len(values) >= _PATIENCE and values[-1] < values[-_PATIENCE] * (1 + _GAIN)):
                break
            new = self._separate(answer.x)
            if not new:
                break
            added += new
            answer = watch.run(lambda: self.model.relaxed(shut))
            values.append(answer.value)
        return added

    def add_parities(self, x: Sequence[float]) -> None:
        """Add the parities that a point breaks."""
        for account, visits in self.parities:
            self._add_parity(account, visits, x)

    def _separate(self, x: tuple[float, ...]) -> int:
        """Add the cuts that a point breaks; how many."""
        before = len(self.model.rows)
        halves = half_cuts(self.model, x)
        self._add_cliques(x)
        self.add_parities(x)
        self.model.rows.extend(halves)
        return len(self.model.rows) - before

    def beyond(self, answer: Answer, width: float) -> list[int]:
        """The candidates whose reduced cost is more than a width: in no rota within that width of the bound."""
        return [column for column in range(len(self.puzzle.candidates)) if answer.reduced[column] > width + 1e-6]

    def note_parity(self, account: Account, parities: set[int]) -> None:
        """Remember of a school the parity that its number of odd visits cannot have, where it can have but one."""
        odd: dict[int, list[int]] = {}
        for each in account.candidates:
            visit = self.puzzle.candidates[each].visit
            if self.puzzle.days[visit] % 2:
                odd.setdefault(visit, []).append(each)
        if self.puzzle.single and len(parities) == 1 and odd:
            settled = sum(len(among) for visit, among in odd.items() if self.puzzle.settled[visit])
            visits = tuple(tuple(among) for visit, among in odd.items() if not self.puzzle.settled[visit])
            self.parities.append(((1 + settled + parities.pop()) % 2, visits))

    def _add_parity(self, wrong: int, visits: tuple[tuple[int, ...], ...], x: Sequence[float]) -> None:
        """For a school that serves a number of odd visits of known parity: no set of the wrong parity is served alone.

        With u the people that the school sends, F a set of odd visits of parity `wrong`, O all odd visits:
        sum over F of u - sum over O without F of u ≤ |F| - 1. The most broken F holds the visits with u above one half.
        """
        share = [sum(x[column] for column in visit) for visit in visits]
        chosen = [value > 0.5 for value in share]
        if sum(chosen) % 2 != wrong and chosen:
            turn = min(range(len(share)), key=lambda index: abs(share[index] - 0.5))
            chosen[turn] = not chosen[turn]
        if sum(chosen) % 2 != wrong:
            return
        if sum(1 - u if inside else u for u, inside in zip(share, chosen, strict=True)) < 1 - _DEEP:
            columns = [column for visit in visits for column in visit]
            signs = [1 if inside else -1 for visit, inside in zip(visits, chosen, strict=True) for _ in visit]
            self.model.row(-inf, sum(chosen) - 1, columns, signs)

    def _add_cliques(self, x: tuple[float, ...]) -> None:
        """Sets of candidates of one visit of whom no two can go together, and of whom the point takes more than one."""
        for among in self.puzzle.of_visit:
            support = sorted((each for each in among if x[each] > _DEEP), key=lambda each: (-x[each], each))
            for each in support:
                clique = self._clique([each], support)
                if sum(x[member] for member in clique) > 1 + _DEEP:
                    self._state(self._clique(clique, among))

    def _clique(self, clique: list[int], others: Sequence[int]) -> list[int]:
        """A set of which no two can go together, with as many of the others as fit, first come first served."""
        for other in others:
            if other not in clique and all(self.clash(other, member) for member in clique):
                clique.append(other)
        return clique

    def clash(self, a: int, b: int) -> bool:
        """Whether two candidates of a visit cannot go together: no common first day, or one school. In a settled visit all have gone."""
        first, second = self.puzzle.candidates[a], self.puzzle.candidates[b]
        if self.puzzle.settled[first.visit]:
            return False
        return not first.starts & second.starts or (self.puzzle.single and first.school == second.school)

    def _state(self, clique: Sequence[int]) -> None:
        key = tuple(sorted(clique))
        known = self._cliques.setdefault(self.puzzle.candidates[key[0]].visit, set())
        if key not in known:
            known.add(key)
            self.model.row(-inf, 1, key)

    def state_clashes(self, shut: Sequence[int]) -> None:
        """Say of all pairs of one visit without a common first day that they cannot go together, in as few cliques as can be."""
        closed = set(shut)
        for visit, among in enumerate(self.puzzle.of_visit):
            kept = [each for each in among if each not in closed]
            stated = {pair for clique in self._cliques.get(visit, ()) for pair in _pairs(clique)}
            for a, b in _pairs(kept):
                if (a, b) not in stated and not self.puzzle.candidates[a].starts & self.puzzle.candidates[b].starts:
                    clique = self._clique([a, b], kept)
                    stated.update(_pairs(sorted(clique)))
                    self._state(clique)


def _pairs(members: Sequence[int]) -> Iterator[tuple[int, int]]:
    return ((a, b) for index, a in enumerate(members) for b in members[index + 1 :])


def plain(puzzle: Puzzle) -> Linear:
    """The puzzle's candidates and rows as a model, without a band."""
    model = Linear()
    for candidate in puzzle.candidates:
        model.column(candidate.cost)
    for row in puzzle.rows:
        low = -inf if row.low is None else row.low
        model.row(low, inf if row.high is None else row.high, row.candidates, row.weights)
    return model


def grid_of(puzzle: Puzzle) -> int:
    """The largest number that divides all costs, so that every rota's cost is a multiple of it."""
    return gcd(*(candidate.cost for candidate in puzzle.candidates)) or 1


def master_of(puzzle: Puzzle, base: Linear, band: Band | None) -> Master:
    """The model of a band. `impossible` already where some school cannot land in the band."""
    master = Master(puzzle, band, base.copy(), grid_of(puzzle))
    for account in puzzle.accounts if band else ():
        assert band is not None
        kinds, vectors = lengths(puzzle), counts(puzzle, account, band)
        if not vectors:
            master.model.impossible = True
            break
        shares = [master.model.column() for _ in vectors]
        master.model.row(1, 1, shares)
        for index, kind in enumerate(kinds):
            own = [each for each in account.candidates if puzzle.days[puzzle.candidates[each].visit] == kind]
            weights = [1] * len(own) + [-vector[index] for vector in vectors]
            if own or any(vector[index] for vector in vectors):
                master.model.row(0, 0, own + shares, weights)
        master.note_parity(account, {sum(n for n, kind in zip(vector, kinds, strict=True) if kind % 2) % 2 for vector in vectors})
    return master
