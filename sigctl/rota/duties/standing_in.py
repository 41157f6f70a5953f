"""Who could stand in for whom: a member's place taken by somebody else, tested against every rule."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from itertools import islice
from typing import Final

from sigctl.rota.case import Case
from sigctl.rota.goals import cost
from sigctl.rota.rules import Breach, Placed, Roster, Rule
from sigctl.rota.rules.dates import HostStaysHome, OutPerSchool, VisitsPerDay, VisitsPerWeek
from sigctl.rota.rules.hosts import Fixed, OpenDays, Visited
from sigctl.rota.rules.loads import DaysBetween, NoSwaps, VisitsPerReviewer
from sigctl.rota.rules.members import Availability, Barred
from sigctl.rota.rules.rule import ALWAYS
from sigctl.rota.verify import breaches

_NEAREST: Final = 40
"""Of how many people, those who live nearest, it is asked whether they could stand in at a visit."""
_FARTHEST: Final = 200
"""Of how many people it is asked at the most, as long as there are not enough who can take any place."""
_ENOUGH: Final = 10
"""How many are enough to choose from."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody who can take the places of some members of a visit's team, one at a time; and the travel that it would cost.

    Some of the places may be those of `colleagues`: to take one of these sends nobody else of their school out.
    """

    visit: int
    reviewer: int
    places: tuple[int, ...]
    cost: int
    colleagues: tuple[int, ...] = ()

    @property
    def needs_room(self) -> bool:
        """Whether one more of their school may be out, if they are called."""
        return len(self.colleagues) < len(self.places)

    def without_room(self) -> "StandIn":
        """The stand-in where their school can spare nobody else: for colleagues alone."""
        return replace(self, places=self.colleagues)


_OF_PLANNING: Final = (Visited, Fixed, VisitsPerWeek, VisitsPerDay)
"""Rules that say nothing of who stands in: they bind what is planned, not whoever is called when somebody cannot come."""
_WHOEVER_LEAVES: Final = (Barred, Availability, OpenDays, VisitsPerReviewer, DaysBetween, NoSwaps, OutPerSchool, HostStaysHome)
"""Rules that say the same of a newcomer whoever of another school makes room."""


class StandIns:
    """The stand-ins of a rota. A swap is judged together with those visits alone that it can touch: those of the newcomer's school."""

    def __init__(self, case: Case, rules: Sequence[Rule], roster: Roster) -> None:
        self._case = case
        self._rules = [rule for rule in rules if not isinstance(rule, _OF_PLANNING)]
        self._first = [rule for rule in self._rules if isinstance(rule, _WHOEVER_LEAVES)]
        self._roster = roster
        self._of_school: dict[int, dict[int, Placed]] = defaultdict(dict)
        for placed in roster:
            for school in (case.visits[placed.visit].host, *(case.reviewers[member].school for member in placed.team)):
                self._of_school[school][placed.visit] = placed

    def of(self, placed: Placed) -> Iterator[StandIn]:
        """Those of the nearest who could stand in at a visit for somebody at least; farther away only while few can for everybody."""
        by_distance = sorted(range(len(self._case.reviewers)), key=lambda each: (cost(self._case, placed.visit, each), each))
        able = (each for each in by_distance if each not in placed.team and self._could_come(placed, each))
        whole = 0
        for asked, reviewer in enumerate(islice(able, _FARTHEST)):
            if asked >= _NEAREST and whole >= _ENOUGH:
                return
            found = self.one(placed, reviewer)
            if found:
                whole += len(found.places) == len(placed.team)
                yield found

    def one(self, placed: Placed, reviewer: int) -> StandIn | None:
        """Somebody as a stand-in at a visit; None where they could take nobody's place."""
        if reviewer in placed.team or not self._could_come(placed, reviewer):
            return None
        home = self._case.reviewers[reviewer].school
        around = tuple(each for visit, each in sorted(self._of_school.get(home, {}).items()) if visit != placed.visit)
        others = [member for member in placed.team if self._case.reviewers[member].school != home]
        if others and not self._keeps(self._first, (*around, swapped(self._case, placed, others[0], reviewer))):
            others = []
        places = tuple(
            member
            for member in placed.team
            if (member in others or self._case.reviewers[member].school == home)
            and self._keeps(self._rules, (*around, swapped(self._case, placed, member, reviewer)))
        )
        colleagues = tuple(each for each in places if self._case.reviewers[each].school == home)
        return StandIn(placed.visit, reviewer, places, cost(self._case, placed.visit, reviewer), colleagues) if places else None

    @cached_property
    def _known(self) -> frozenset[Breach]:
        """What the rota breaks as it stands; nothing, most often."""
        return frozenset(breaches(self._case, self._rules, self._roster))

    def _keeps(self, rules: Sequence[Rule], roster: Roster) -> bool:
        """Whether a rota, or a part of one, breaks no rule that was not broken before."""
        return all(breach in self._known for breach in breaches(self._case, rules, roster))

    def _could_come(self, placed: Placed, reviewer: int) -> bool:
        visit = self._case.visits[placed.visit]
        days = reduce(lambda left, rule: left and left & rule.starts(self._case, visit, reviewer), self._rules, ALWAYS)
        return bool(days >> placed.days[0] & 1)


def swapped(case: Case, placed: Placed, member: int, reviewer: int) -> Placed:
    """A visit with somebody in the place of a member; the first of the leads leads it where that was the lead."""
    team = tuple(sorted(reviewer if each == member else each for each in placed.team))
    lead = min(team, key=lambda each: (case.reviewers[each].level != "lead", each)) if placed.lead == member else placed.lead
    return replace(placed, team=team, lead=lead)


def widest(stand_in: StandIn) -> tuple[int, int]:
    """The order in which stand-ins are called: first those who can take the most places."""
    return -len(stand_in.places), stand_in.reviewer
