"""From a case and its rules to the puzzle that the search solves."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from sigctl.rota.case import Case
from sigctl.rota.goals import accounts, cost, faults
from sigctl.rota.puzzle import Candidate, Claim, Puzzle, Resource, Row, Solution
from sigctl.rota.rules import Draft, Placed, Roster, Rule


def puzzle_of(case: Case, rules: Sequence[Rule], *, costly: bool = True) -> Puzzle:
    """Every rule, written into one puzzle; without `costly`, all candidates cost nothing."""
    with _uncollected():
        return _puzzle(case, rules, costly=costly)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without Python's search for garbage, which with a million candidates takes as long as all the rest."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _puzzle(case: Case, rules: Sequence[Rule], *, costly: bool) -> Puzzle:
    candidates = tuple(_candidates(case, rules, costly=costly))
    draft = Draft(case, candidates)
    return Puzzle(
        days=tuple(visit.days for visit in case.visits),
        team=tuple(visit.team for visit in case.visits),
        starts=tuple(map(case.starts, case.visits)),
        settled=tuple(visit.settled for visit in case.visits),
        weekday=case.origin.weekday(),
        single=case.rules.one_per_school,
        candidates=candidates,
        rows=_needed([row for rule in rules for row in rule.rows(draft)]),
        resources=_joined([resource for rule in rules for resource in rule.resources(draft)]),
        accounts=accounts(case, candidates),
        faults=faults(case, candidates),
    )


def _candidates(case: Case, rules: Sequence[Rule], *, costly: bool) -> Iterator[Candidate]:
    """Everybody whom some first day of some visit leaves free, visit by visit."""
    for index, visit in enumerate(case.visits):
        for reviewer in visit.members if visit.settled else range(len(case.reviewers)):
            starts = case.starts(visit)
            for rule in () if visit.settled else rules:
                starts = starts and starts & rule.starts(case, visit, reviewer)
            if starts:
                price = cost(case, index, reviewer) if costly else 0
                yield Candidate(index, reviewer, case.reviewers[reviewer].school, starts, price)


def _needed(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows without those "at most one of these" that a longer one of the kind says as well."""
    short = (None, 1, ())
    longer: dict[int, list[frozenset[int]]] = {}
    kept: list[tuple[int, Row]] = []
    for index, row in sorted(enumerate(rows), key=lambda each: (-len(each[1].candidates), each[0])):
        if (row.low, row.high, row.weights) == short and row.candidates:
            members = frozenset(row.candidates)
            if any(members <= other for other in longer.get(row.candidates[0], ())):
                continue
            for each in row.candidates:
                longer.setdefault(each, []).append(members)
        kept.append((index, row))
    return tuple(row for _, row in sorted(kept, key=lambda each: each[0]))


def _joined(resources: Sequence[Resource]) -> tuple[Resource, ...]:
    """Resources with the same claims as one: the smaller capacity, and the keeper of either.

    A school's limit of people out and its own visit then stand together, which is easier to reason with.
    """
    found: dict[tuple[tuple[Claim, ...], int, bool], Resource] = {}
    for each in resources:
        key = (each.claims, each.gap, each.weekly)
        other = found.get(key)
        if other and None in (each.keeper, other.keeper):
            limits = [limit for limit in (each.capacity, other.capacity) if limit is not None]
            keeper = each.keeper if other.keeper is None else other.keeper
            each = replace(each, capacity=min(limits, default=None), keeper=keeper)
        found[key] = each
    return tuple(found.values())


def roster_of(case: Case, puzzle: Puzzle, solution: Solution) -> Roster:
    """A solution as a rota: each team in the order of ids, led by the first of its leads; what is settled on its own days."""
    teams: list[list[int]] = [[] for _ in case.visits]
    for index in solution.chosen:
        teams[puzzle.candidates[index].visit].append(puzzle.candidates[index].reviewer)
    return tuple(
        Placed(index, case.days_from(index, start), _lead(case, team), tuple(sorted(team)))
        for index, (team, start) in enumerate(zip(teams, solution.starts, strict=True))
    )


def _lead(case: Case, team: Sequence[int]) -> int:
    """The first of the leads; of a settled visit of which nobody is a reviewer any more, nobody, for whom the first of all stands."""
    return min(team, key=lambda member: (case.reviewers[member].level != "lead", member), default=0)
