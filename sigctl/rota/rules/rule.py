"""What a rule is: one sentence that the search obeys, that a finished rota is checked by, and that people are told.

A rule writes itself into the puzzle in up to three ways: first days on which it leaves a member free for a visit, rows about
teams, and resources that visits use while they last. `breaches` reads a finished rota by itself and shares nothing with these.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import ClassVar

from sigctl.rota.case import Case, Days, Visit
from sigctl.rota.puzzle import Candidate, Claim, Resource, Row

ALWAYS: Days = -1
"""Every day: what a rule answers that has nothing against a member."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A visit of a finished rota, by the case's numbers: its days in order, its lead, and its team with the lead in it."""

    visit: int
    days: tuple[int, ...]
    lead: int
    team: tuple[int, ...]


Roster = tuple[Placed, ...]
"""A finished rota, or a part of one."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a rota breaks: at whose visits, by which people, on which dates."""

    rule: str
    hosts: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()


@dataclass(frozen=True)
class Draft:
    """The candidates so far, looked at from each side, for rules to write rows and resources about."""

    case: Case
    candidates: tuple[Candidate, ...]

    @cached_property
    def of_visit(self) -> dict[int, tuple[int, ...]]:
        """The candidates of each visit."""
        return self._grouped([candidate.visit for candidate in self.candidates])

    @cached_property
    def of_reviewer(self) -> dict[int, tuple[int, ...]]:
        """The candidacies of each reviewer."""
        return self._grouped([candidate.reviewer for candidate in self.candidates])

    @cached_property
    def of_trip(self) -> dict[tuple[int, int], tuple[int, ...]]:
        """The candidates of each school for each visit, in the order of both."""
        found = defaultdict(list)
        for index, candidate in enumerate(self.candidates):
            found[candidate.school, candidate.visit].append(index)
        return {key: tuple(found[key]) for key in sorted(found)}

    @cached_property
    def trips_of(self) -> dict[int, tuple[Claim, ...]]:
        """What each school's people claim of it, visit by visit."""
        found = defaultdict(list)
        for (school, visit), candidates in self.of_trip.items():
            found[school].append(Claim(visit, candidates))
        return {school: tuple(claims) for school, claims in found.items()}

    def to_staff(self) -> Iterator[tuple[Visit, tuple[int, ...]]]:
        """The visits whose team is still open, each with its candidates."""
        for index, visit in enumerate(self.case.visits):
            if not visit.settled:
                yield visit, self.of_visit.get(index, ())

    @staticmethod
    def _grouped(keys: list[int]) -> dict[int, tuple[int, ...]]:
        found = defaultdict(list)
        for index, key in enumerate(keys):
            found[key].append(index)
        return {key: tuple(found[key]) for key in sorted(found)}


@dataclass(frozen=True, slots=True)
class Rule(ABC):
    """A sentence that every rota of a cycle keeps. `name` is what the cycle's files and messages call it."""

    name: ClassVar[str]

    def starts(self, case: Case, visit: Visit, reviewer: int) -> Days:  # noqa: ARG002
        """The first days from which the rule lets somebody be in a visit's team; none where it bars them."""
        return ALWAYS

    def rows(self, draft: Draft) -> Iterator[Row]:  # noqa: ARG002
        """The rule as rows about who is in which team."""
        return iter(())

    def resources(self, draft: Draft) -> Iterator[Resource]:  # noqa: ARG002
        """The rule as resources that visits use while they last."""
        return iter(())

    @abstractmethod
    def breaches(self, case: Case, roster: Roster) -> Iterator[Breach]:
        """Each place at which a finished rota breaks the rule."""

    def broken(self, case: Case, placed: tuple[Placed, ...], people: tuple[int, ...] = (), days: tuple[int, ...] = ()) -> Breach:
        """A breach of this rule, in ids and dates."""
        return Breach(
            self.name,
            tuple(case.schools[case.visits[each.visit].host].id for each in placed),
            tuple(case.reviewers[each].id for each in people),
            tuple(case.day(each) for each in days),
        )


def open_visits(case: Case, roster: Roster) -> Iterator[tuple[Visit, Placed]]:
    """The visits of a rota that rules judge: all but the settled ones."""
    for placed in roster:
        visit = case.visits[placed.visit]
        if not visit.settled:
            yield visit, placed
