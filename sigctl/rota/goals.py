"""The goals of a rota: what each measures, and how it enters the search.

Fairness enters as accounts, one a school, whose balances shall lie in a narrow band; travel enters as the cost of a candidate.
"""

from collections.abc import Callable, Mapping

from sigctl.rota.case import Case
from sigctl.rota.puzzle import Account, Candidate
from sigctl.rota.rules import Roster


def fairness(case: Case, roster: Roster) -> int:
    """The largest balance of a school less the smallest, in reviewer-days, over the schools that have reviewers.

    A school's balance is what it carried over, plus the days that its people give, less days × team of its own visit.
    """
    balances = {index: balance for index, balance in enumerate(openings(case)) if case.schools[index].reviewers}
    for placed in roster:
        for member in placed.team:
            balances[case.reviewers[member].school] += len(placed.days)
    return max(balances.values(), default=0) - min(balances.values(), default=0)


def travel(case: Case, roster: Roster) -> int:
    """Tenths of a kilometre: twice the distance for each member on each day."""
    return sum(
        2 * len(placed.days) * case.tenths[case.reviewers[member].school][case.visits[placed.visit].host]
        for placed in roster
        for member in placed.team
    )


SCORES: Mapping[str, Callable[[Case, Roster], int]] = {"fairness": fairness, "travel": travel}
"""What a finished rota scores on each goal, in whole units; less is better."""

UNITS: Mapping[str, int] = {"fairness": 1, "travel": 10}
"""How many whole units of a score make one of what people are told: days, kilometres."""


def openings(case: Case) -> list[int]:
    """Each school's balance before anybody has gone anywhere."""
    balances = [school.carried for school in case.schools]
    for visit in case.visits:
        balances[visit.host] -= visit.days * visit.team
    return balances


def accounts(case: Case, candidates: tuple[Candidate, ...]) -> tuple[Account, ...]:
    """The account of each school that has reviewers."""
    each = 1 if case.rules.one_per_school else max((visit.team for visit in case.visits), default=0)
    opening = openings(case)
    of_school: dict[int, list[int]] = {}
    for index, candidate in enumerate(candidates):
        of_school.setdefault(candidate.school, []).append(index)
    return tuple(
        Account(index, opening[index], _most(case, index), each, tuple(of_school.get(index, ())))
        for index, school in enumerate(case.schools)
        if school.reviewers
    )


def _most(case: Case, school: int) -> int:
    """How many visits a school's people can do in all; settled visits are never too many."""
    settled = [member for visit in case.visits if visit.settled for member in visit.members]
    own = ((reviewer, case.reviewers[reviewer].max_visits) for reviewer in case.schools[school].reviewers)
    return sum(max(case.rules.visits_per_reviewer if most is None else most, settled.count(who)) for who, most in own)


def cost(case: Case, visit: int, reviewer: int) -> int:
    """What a member adds to the travel of a rota."""
    return 2 * case.visits[visit].days * case.tenths[case.reviewers[reviewer].school][case.visits[visit].host]
