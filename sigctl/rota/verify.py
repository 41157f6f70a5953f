"""A finished rota, judged from the case and the rules alone: what it breaks, and what it scores.

Shares nothing with the search but the definitions: it reads no puzzle, and asks each rule for its breaches.
"""

from collections.abc import Iterator, Sequence

from sigctl.rota.case import Case
from sigctl.rota.goals import SCORES
from sigctl.rota.rules import Breach, Roster, Rule


def breaches(case: Case, rules: Sequence[Rule], roster: Roster) -> Iterator[Breach]:
    """Each place at which a rota breaks a rule."""
    for rule in rules:
        yield from rule.breaches(case, roster)


def scores(case: Case, roster: Roster) -> dict[str, int]:
    """What a rota scores on each goal of the case, in whole units."""
    return {goal.goal: SCORES[goal.goal](case, roster) for goal in case.goals}
