"""Who could lead a stage of a review: reviewers like those of its visit, but none of them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from sigctl.rota.case import Case
from sigctl.rota.duties.diary import Diary
from sigctl.rota.duties.ground import Ground
from sigctl.rota.duties.steps import Step
from sigctl.rota.rules import Placed, rules_of
from sigctl.rota.rules.members import Barred, ReturnAfter

_NEAREST: Final = 40
"""Of how many people at the most, those who live nearest, it is asked whether they could lead a step."""


@dataclass(frozen=True, slots=True)
class Leading:
    """Somebody who could lead a step, by its place in the list of steps: on which of its days, and the travel that it would cost."""

    step: int
    reviewer: int
    days: tuple[date, ...]
    cost: int


class Leaders:
    """Those who could lead steps, as a diary leaves them free; whatever bars a person from a team bars them here, but a return."""

    def __init__(self, ground: Ground, diary: Diary) -> None:
        self._ground = ground
        self._diary = diary
        self._barring = barring(ground.case)

    def of(self, index: int, step: Step, without: Collection[int]) -> Iterator[Leading]:
        """The nearest of those who could lead a step, each with the days on which they could."""
        case, host = self._ground.case, self._ground.case.visits[step.visit].host
        away = case.tenths[host]
        by_distance = sorted(range(len(case.reviewers)), key=lambda each: (away[case.reviewers[each].school], each))
        able = (each for each in by_distance if each not in without and self._may_lead(step, each))
        dated = ((each, tuple(day for day in step.days if self._diary.can_be_out(each, day))) for each in able)
        for who, days in islice(((who, days) for who, days in dated if days), _NEAREST):
            yield Leading(index, who, days, 2 * away[case.reviewers[who].school])

    def can_lead(self, step: Step, reviewer: int, day: date) -> bool:
        """Whether somebody whom a published rota names can still lead a step on a day; another of their school may do so too."""
        placed = self._ground.placed[step.visit]
        return may_lead(self._ground.case, self._barring, placed, reviewer) and self._diary.can_be_out(reviewer, day)

    def _may_lead(self, step: Step, reviewer: int) -> bool:
        """Whether somebody may lead a step on any day, beside those who do already."""
        case, school = self._ground.case, self._ground.case.reviewers[reviewer].school
        others = {each for each in map(self._ground.number.get, step.kept) if each is not None}
        if reviewer in others or (case.rules.one_per_school and school in {case.reviewers[each].school for each in others}):
            return False
        return may_lead(case, self._barring, self._ground.placed[step.visit], reviewer)


def barring(case: Case) -> tuple[Barred, ...]:
    """The rules of a cycle that bar people from leading a stage of a review."""
    return tuple(rule for rule in rules_of(case.rules) if isinstance(rule, Barred) and not isinstance(rule, ReturnAfter))


def may_lead(case: Case, rules: Sequence[Barred], placed: Placed, reviewer: int) -> bool:
    """Whether somebody may lead a stage of a review on any day: no trainee, not in the team, and not barred from the host."""
    who = case.reviewers[reviewer]
    if who.level == "trainee" or who.max_visits == 0 or reviewer in placed.team:
        return False
    return not any(rule.bars(case, case.visits[placed.visit], reviewer) for rule in rules)
