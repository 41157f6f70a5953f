"""Cases small enough to know every rota of, made without files."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

from sigctl.records import Goal, Rules
from sigctl.rota.case import Case, Reviewer, School, Visit
from sigctl.rota.goals import SCORES
from sigctl.rota.puzzle import Puzzle
from sigctl.rota.puzzling import puzzle_of
from sigctl.rota.rules import Placed, Roster, rules_of

MONDAY = date(2026, 11, 2)
WEEK = 0b11111
FORTNIGHT = WEEK | WEEK << 7
ALWAYS = (1 << 14) - 1
GOALS = (Goal(goal="fairness"), Goal(goal="travel"))


def case(visits: Sequence[Visit], reviewers: Sequence[Reviewer], goals: Sequence[Goal] = GOALS, **rules: Any) -> Case:
    """A case of as many schools as are named, in a row, ten kilometres apart."""
    count = 1 + max([*(visit.host for visit in visits), *(reviewer.school for reviewer in reviewers)])
    schools = [
        School(f"school-{index}", reviewers=tuple(i for i, each in enumerate(reviewers) if each.school == index)) for index in range(count)
    ]
    named = tuple(replace(each, id=f"person-{index}") for index, each in enumerate(reviewers))
    tenths = tuple(tuple(100 * abs(a - b) for b in range(count)) for a in range(count))
    return Case("round", MONDAY, tuple(schools), named, tuple(visits), tenths, Rules(**rules), tuple(goals))


def person(school: int, level: str = "lead", free: int = ALWAYS, **more: Any) -> Reviewer:
    """A reviewer who is free on every day of a fortnight."""
    return Reviewer("", school, level, free=free, **more)


def visit(host: int, days: int = 1, team: int = 1, free: int = FORTNIGHT, **more: Any) -> Visit:
    """A visit of one person on one day, in a fortnight."""
    return Visit(host, days, team, open=free, **more)


def placed(index: int, start: int, *team: int, days: int = 1) -> Placed:
    """A visit of a rota, led by the first of its team."""
    return Placed(index, tuple(range(start, start + days)), team[0], team)


def changed(some: Case, **rules: Any) -> Case:
    """The case with other rules."""
    return replace(some, rules=some.rules.model_copy(update=rules))


def sound(some: Case, roster: Roster) -> bool:
    """Whether a rota, or a part of one, keeps every rule but the one that each visit is planned."""
    return not any(breach for rule in rules_of(some.rules) if rule.name != "visits" for breach in rule.breaches(some, roster))


def options(some: Case) -> list[list[Placed]]:
    """Every way in which each visit could take place if it were the only one; teams are led by their first lead."""
    return [[each for each in _options(some, index) if sound(some, (each,))] for index in range(len(some.visits))]


def rotas(some: Case) -> Iterator[Roster]:
    """Every rota that keeps all rules, found by trying everything."""
    ways = options(some)

    def extended(roster: Roster) -> Iterator[Roster]:
        if len(roster) == len(some.visits):
            yield roster
            return
        for way in ways[len(roster)]:
            if not roster or sound(some, (*roster, way)):
                yield from extended((*roster, way))

    return extended(())


def best_scores(some: Case) -> tuple[int, ...] | None:
    """What the best rota scores on each goal, in their order, found by trying everything; None where there is no rota."""
    scores = [tuple(SCORES[goal.goal](some, roster) for goal in some.goals) for roster in rotas(some)]
    for index, goal in enumerate(some.goals):
        limit = min((each[index] for each in scores), default=0) + int(goal.slack)
        scores = [each for each in scores if each[index] <= limit]
    return min(scores, default=None)


def _options(some: Case, index: int) -> Iterator[Placed]:
    wanted = some.visits[index]
    for start in range(wanted.open.bit_length()):
        for team in combinations(range(len(some.reviewers)), wanted.team):
            lead = min(team, key=lambda each: (some.reviewers[each].level != "lead", each))
            yield Placed(index, tuple(range(start, start + wanted.days)), lead, team)


def puzzle(some: Case) -> Puzzle:
    """The puzzle of a case, with all its rules."""
    return puzzle_of(some, rules_of(some.rules))
