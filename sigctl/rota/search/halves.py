"""Cuts from halves: rows added up with weights of one half, and rounded down.

After Caprara and Fischetti, "{0,1/2}-Chvátal-Gomory cuts" (Mathematical Programming 74, 1996). The rows are found as Koster,
Zymolka and Kutschka do ("Algorithms to separate {0,1/2}-Chvátal-Gomory cuts", Algorithmica 55, 2009): modulo 2, tight rows are
subtracted from others until few columns of broken value are left in them. Rotas need them because teams, give and take, and
the rule against swaps form odd cycles, which a relaxation goes round by sending half of everybody.
"""

from dataclasses import dataclass
from math import inf

from sigctl.rota.search.linear import Linear, LinearRow

_BROKEN = 1e-6
"""How far from a whole number a value is broken."""
_SLACK = 0.3
"""Rows with more slack than this take no part."""
_DEEP = 1e-3
"""By how much a cut must be broken by the point to be worth having."""


@dataclass(frozen=True, slots=True)
class _Parity:
    """A sum of rows, modulo 2: its slack, broken columns with an odd coefficient, odd right side, and which rows are in it."""

    slack: float
    odd: int
    right: bool
    rows: int

    def plus(self, other: "_Parity") -> "_Parity":
        return _Parity(self.slack + other.slack, self.odd ^ other.odd, self.right ^ other.right, self.rows ^ other.rows)


def half_cuts(model: Linear, x: tuple[float, ...], most: int = 60) -> list[LinearRow]:
    """Rows that every whole point keeps and the point x breaks."""
    broken = {column: index for index, column in enumerate(c for c, v in enumerate(x) if abs(v - round(v)) > _BROKEN)}
    if not broken:
        return []
    sources, work = _tight(model, x, broken)
    work = _eliminated(work, x, broken)
    promising = sorted((loss, each.rows) for each in work if (loss := _loss(each, x, broken)) < 1 - _DEEP)
    cuts = (_cut(model, x, [source for bit, source in enumerate(sources) if rows >> bit & 1]) for _, rows in promising)
    return list(dict.fromkeys(cut for cut in cuts if cut is not None))[:most]


def _tight(model: Linear, x: tuple[float, ...], broken: dict[int, int]) -> tuple[list[tuple[int, int]], list[_Parity]]:
    """The rows with little slack as (row, +1 as ≤ or -1 as ≥), and the same modulo 2."""
    sources: list[tuple[int, int]] = []
    found: list[_Parity] = []
    for index, row in enumerate(model.rows):
        value = row.value(x)
        for sign, end in ((1, row.high), (-1, row.low)):
            slack = sign * (end - value)
            if abs(end) == inf or slack > _SLACK:
                continue
            odd, right = 0, int(end) & 1
            for column, coefficient in zip(row.columns, row.coefficients, strict=True):
                if coefficient & 1:
                    if column in broken:
                        odd |= 1 << broken[column]
                    else:
                        right ^= round(x[column]) & 1
            if odd or right:
                found.append(_Parity(max(slack, 0.0), odd, bool(right), 1 << len(sources)))
                sources.append((index, sign))
            if row.low == row.high:
                break
    found.sort(key=lambda each: each.slack)
    return sources, found


def _eliminated(work: list[_Parity], x: tuple[float, ...], broken: dict[int, int]) -> list[_Parity]:
    """The sums that are left when tight rows have taken the most broken columns out of each other."""
    for column in sorted(broken, key=lambda c: (-min(x[c], 1 - x[c]), c)):
        bit = 1 << broken[column]
        pivot = next((each for each in work if each.odd & bit and each.slack < 1e-9), None)
        if pivot is not None:
            work = [each.plus(pivot) if each.odd & bit else each for each in work if each is not pivot]
    return work


def _loss(each: _Parity, x: tuple[float, ...], broken: dict[int, int]) -> float:
    """Slack of the sum when each odd column is made even by the nearer of its bounds; below 1, the rounding gains more."""
    loss, right, turn = each.slack, each.right, 1.0
    for column, bit in broken.items():
        if each.odd >> bit & 1:
            value = x[column]
            right ^= value > 0.5
            loss += min(value, 1 - value)
            turn = min(turn, abs(2 * value - 1))
            if loss >= 1:
                return loss
    return loss if right else loss + turn


def _cut(model: Linear, x: tuple[float, ...], sources: list[tuple[int, int]]) -> LinearRow | None:
    """Half the sum of the rows with each odd column made even by a bound, rounded down: exact, in whole numbers."""
    total: dict[int, int] = {}
    right = 0
    for index, sign in sources:
        row = model.rows[index]
        right += sign * int(row.high if sign > 0 else row.low)
        for column, coefficient in zip(row.columns, row.coefficients, strict=True):
            total[column] = total.get(column, 0) + sign * coefficient
    odd = [column for column in sorted(total) if total[column] & 1]
    upper = {column: x[column] > 0.5 for column in odd}
    if (right + sum(upper.values())) % 2 == 0:
        if not odd:
            return None
        nearest = min(odd, key=lambda column: (abs(2 * x[column] - 1), column))
        upper[nearest] = not upper[nearest]
    for column in odd:
        total[column] += 1 if upper[column] else -1
        right += upper[column]
    columns = tuple(column for column in sorted(total) if total[column])
    cut = LinearRow(-inf, (right - 1) // 2, columns, tuple(total[column] // 2 for column in columns))
    return cut if cut.value(x) > cut.high + _DEEP else None
