"""What both rivals read out of a case: who may go to which visit, from which first days. They share no search with sigctl."""

from collections.abc import Iterator
from typing import NamedTuple

from sigctl.rota.case import Case, Reviewer, Visit


class Placed(NamedTuple):
    """A visit of a rota: its first day, and its team with the lead first."""

    start: int
    team: tuple[int, ...]


Rota = dict[int, Placed]


def bits(mask: int) -> Iterator[int]:
    """The days of a set of days."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def runs(free: int, length: int) -> int:
    """The days from which so many days in a row are free."""
    found = free
    for later in range(1, length):
        found &= free >> later
    return found


def eligible(case: Case, visit: Visit) -> dict[int, int]:
    """Who may be in a visit's team, each with the first days on which they can."""
    starts = case.starts(visit)
    fit = ((number, each) for number, each in enumerate(case.reviewers) if not _is_barred(case, visit, each))
    masks = ((number, starts & runs(each.free, visit.days)) for number, each in fit)
    return {number: mask for number, mask in masks if mask}


def _is_barred(case: Case, visit: Visit, person: Reviewer) -> bool:
    trust = case.schools[visit.host].trust
    return (
        person.school == visit.host
        or visit.host in person.conflicts
        or any(school == visit.host and ago <= case.rules.return_after for school, ago in person.reviewed)
        or (case.rules.avoid_same_trust and trust is not None and trust == case.schools[person.school].trust)
    )


def most_visits(case: Case, person: Reviewer) -> int:
    return case.rules.visits_per_reviewer if person.max_visits is None else person.max_visits


def most_out(case: Case, school: int) -> int:
    own = case.schools[school].max_out
    return case.rules.out_per_school if own is None else own


def openings(case: Case) -> list[int]:
    """Each school's balance before anybody goes out."""
    balances = [school.carried for school in case.schools]
    for visit in case.visits:
        balances[visit.host] -= visit.days * visit.team
    return balances


def scores(case: Case, rota: Rota) -> tuple[int, float]:
    """Fairness in days and travel in kilometres."""
    balances, tenths = openings(case), 0
    for number, placed in rota.items():
        visit = case.visits[number]
        for member in placed.team:
            home = case.reviewers[member].school
            balances[home] += visit.days
            tenths += 2 * visit.days * case.tenths[home][visit.host]
    counted = [balance for balance, school in zip(balances, case.schools, strict=True) if school.reviewers]
    return max(counted) - min(counted), tenths / 10
