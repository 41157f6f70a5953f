"""What travel no rota can go below, however fair it is: for rotas of which the search proved no more.

That is a transport problem: every visit asks for a team, every school's people can do so many visits. Prices for
their time that the bound itself asks for make it better (Lagrange); it holds at any prices, and all numbers are whole.
"""

import numpy as np
from numpy.typing import NDArray

from sigctl.rota.case import Case
from sigctl.rota.goals import accounts, cost

_ROUNDS = 30
"""How often prices are mended."""
_FIRST = 0.5
"""How much the first mending may change them, as a share of the mean cost of somebody who goes."""


def least(case: Case) -> int:
    """Tenths of a kilometre that no rota of a case goes below: the travel of settled visits, and of the nearest teams of the others."""
    settled = sum(cost(case, index, member) for index, visit in enumerate(case.visits) if visit.settled for member in visit.members)
    schools = [each for each in accounts(case, ()) if each.most > 0]
    visits = [index for index, visit in enumerate(case.visits) if not visit.settled and visit.team]
    if not schools or not visits:
        return settled
    slots = [min(each.each, len(case.schools[each.school].reviewers)) for each in schools]
    costs = np.array([[_cost(case, index, each.school) for each in schools] for index in visits], np.int64)
    most = np.array([each.most for each in schools], np.int64)
    team = np.array([case.visits[index].team for index in visits])
    return settled + _transport(costs, np.repeat(np.arange(len(schools)), slots), most, team)


def _cost(case: Case, visit: int, school: int) -> int:
    """What somebody of a school costs; if it is the host's own, whose people are in no team of it, more than anybody."""
    away = case.visits[visit]
    return 2 * away.days * (case.tenths[school][away.host] if school != away.host else max(map(max, case.tenths)) + 1)


def _transport(costs: NDArray[np.int64], slots: NDArray[np.int64], most: NDArray[np.int64], team: NDArray[np.int64]) -> int:
    """The best bound that some prices give: of each visit's cheapest team, less what schools would be paid for all their time."""
    prices, best = np.zeros(len(most), np.int64), 0
    chosen = np.arange(len(slots)) < team[:, None]
    step = _FIRST * float(np.sort(costs, axis=1)[:, : int(team.max())].mean())
    for turn in range(_ROUNDS):
        dear = (costs + prices)[:, slots]
        order = np.argsort(dear, axis=1, kind="stable")
        value = int(np.where(chosen, np.take_along_axis(dear, order, axis=1), 0).sum() - (prices * most).sum())
        best = max(best, value)
        used = np.bincount(slots[order[chosen]], minlength=len(most))
        over = (used - most) / np.maximum(1, most)
        prices = np.maximum(0, prices + np.round(step * over / (1 + turn / 6)).astype(np.int64))
    return best
