"""The goals of a rota: what each measures, and how it enters the search.

Fairness enters as accounts, one a school, whose balances shall lie in a narrow band; travel enters as the cost of a candidate;
preferences enter as faults. How visits spread over weeks follows from their first days alone.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from sigctl.rota.case import Case, Days, Visit, firsts
from sigctl.rota.puzzle import Account, Candidate, Fault
from sigctl.rota.rules import Roster
from sigctl.rota.rules.rule import open_visits


def fairness(case: Case, roster: Roster) -> int:
    """The largest balance of a school less the smallest, in reviewer-days, over the schools that have reviewers.

    A school's balance is what it carried over, plus the days that its people give, less days × team of its own visit. In a rota
    in part only the visits that it holds count.
    """
    balances = [school.carried for school in case.schools]
    for placed in roster:
        visit = case.visits[placed.visit]
        balances[visit.host] -= visit.days * visit.team
        for member in placed.team:
            balances[case.reviewers[member].school] += len(placed.days)
    counted = [balance for balance, school in zip(balances, case.schools, strict=True) if school.reviewers]
    return max(counted, default=0) - min(counted, default=0)


def travel(case: Case, roster: Roster) -> int:
    """Tenths of a kilometre: twice the distance for each member on each day."""
    return sum(
        2 * len(placed.days) * case.tenths[case.reviewers[member].school][case.visits[placed.visit].host]
        for placed in roster
        for member in placed.team
    )


def spread(case: Case, roster: Roster) -> int:
    """Pairs of visits that begin in the same ISO week: n(n-1)/2 for n visits in a week, which is least where they lie evenly."""
    weeks = Counter((placed.days[0] + case.origin.weekday()) // 7 for placed in roster)
    return sum(n * (n - 1) // 2 for n in weeks.values())


def preferences(case: Case, roster: Roster) -> int:
    """Wishes that are not met: one for a host whose visit lies on a day that does not suit it, one for each such member.

    A member's wish is not met either where they would rather not go to the host. Visits that have taken place do not count.
    """
    return sum(
        (not suits_host(visit, placed.days)) + sum(not suits_member(case, visit, member, placed.days) for member in placed.team)
        for visit, placed in open_visits(case, roster)
    )


def suits_host(visit: Visit, days: tuple[int, ...]) -> bool:
    """Whether all days of a visit suit its host."""
    return all(visit.wished >> day & 1 for day in days)


def suits_member(case: Case, visit: Visit, reviewer: int, days: tuple[int, ...]) -> bool:
    """Whether the host and all days of a visit suit somebody in its team."""
    who = case.reviewers[reviewer]
    return visit.host not in who.unwished and all(who.wished >> day & 1 for day in days)


SCORES: Mapping[str, Callable[[Case, Roster], int]] = {
    "fairness": fairness,
    "travel": travel,
    "spread": spread,
    "preferences": preferences,
}
"""What a finished rota scores on each goal, in whole units; less is better."""

UNITS: Mapping[str, int] = {"fairness": 1, "travel": 10, "spread": 1, "preferences": 1}
"""How many whole units of a score make one of what people are told: days, kilometres, pairs, wishes."""


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


def faults(case: Case, candidates: tuple[Candidate, ...]) -> Mapping[str, tuple[Fault, ...]]:
    """What counts against a rota, for those goals of the case that count faults; their costs sum up to the goal's score."""
    wanted = {goal.goal for goal in case.goals}
    return {"preferences": tuple(_wishes(case, candidates))} if "preferences" in wanted else {}


def _wishes(case: Case, candidates: tuple[Candidate, ...]) -> Iterator[Fault]:
    """The wish of each host, and of each reviewer for each visit that they may be on."""
    for index, visit in enumerate(case.visits):
        starts = firsts(visit.wished, visit.days)
        if not visit.settled and _matters(case.starts(visit), starts):
            yield Fault(index, 1, starts)
    for index, candidate in enumerate(candidates):
        visit, who = case.visits[candidate.visit], case.reviewers[candidate.reviewer]
        starts = 0 if visit.host in who.unwished else firsts(who.wished, visit.days)
        if not visit.settled and _matters(candidate.starts, starts):
            yield Fault(candidate.visit, 1, starts, when=index)


def _matters(possible: Days, wished: Days) -> bool:
    """Whether some day on which a visit could begin is none that is wished."""
    return possible & ~wished != 0
