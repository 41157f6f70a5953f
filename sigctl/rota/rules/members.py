"""Rules about one member of one team: who may go to whom, and on which days."""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from sigctl.rota.case import Case, Days, Visit, firsts
from sigctl.rota.rules.rule import ALWAYS, Breach, Roster, Rule, open_visits


@dataclass(frozen=True, slots=True)
class Availability(Rule):
    """A member is out only on pupil days of their own school, on their `weekdays`, when they are available and their training holds.

    For visit v from day t and member i: t, …, t+n-1 are all among i's free days.
    """

    name: ClassVar[str] = "availability"

    def starts(self, case: Case, visit: Visit, reviewer: int) -> Days:
        """The days from which the person is free for the whole visit."""
        return firsts(case.reviewers[reviewer].free, visit.days)

    def breaches(self, case: Case, roster: Roster) -> Iterator[Breach]:
        """Members who are out on a day on which they cannot be."""
        for _, placed in open_visits(case, roster):
            for member in placed.team:
                free = case.reviewers[member].free
                absent = tuple(day for day in placed.days if not free >> day & 1)
                if absent:
                    yield self.broken(case, (placed,), (member,), absent)


@dataclass(frozen=True, slots=True)
class Barred(Rule):
    """Shape of the rules that bar a person from a school whatever the day: x[v,i] = 0."""

    @abstractmethod
    def bars(self, case: Case, visit: Visit, reviewer: int) -> bool:
        """Whether the rule bars somebody from a visit's team."""

    def starts(self, case: Case, visit: Visit, reviewer: int) -> Days:
        """No day where the person is barred, else every day."""
        return 0 if self.bars(case, visit, reviewer) else ALWAYS

    def breaches(self, case: Case, roster: Roster) -> Iterator[Breach]:
        """Members who are barred."""
        for visit, placed in open_visits(case, roster):
            barred = tuple(member for member in placed.team if self.bars(case, visit, member))
            if barred:
                yield self.broken(case, (placed,), barred)


@dataclass(frozen=True, slots=True)
class OwnSchool(Barred):
    """Nobody reviews their own school."""

    name: ClassVar[str] = "own_school"

    def bars(self, case: Case, visit: Visit, reviewer: int) -> bool:
        """Whether the host is the person's own school."""
        return case.reviewers[reviewer].school == visit.host


@dataclass(frozen=True, slots=True)
class Conflicts(Barred):
    """Nobody reviews a school that they have a conflict with."""

    name: ClassVar[str] = "conflicts"

    def bars(self, case: Case, visit: Visit, reviewer: int) -> bool:
        """Whether the host is among the person's conflicts."""
        return visit.host in case.reviewers[reviewer].conflicts


@dataclass(frozen=True, slots=True)
class ReturnAfter(Barred):
    """So many cycles must pass before a person reviews the same school again.

    With `return_after: n`, a person who was there k cycles ago (the last cycle is k = 1) may return where k > n.
    """

    cycles: int
    name: ClassVar[str] = "return_after"

    def bars(self, case: Case, visit: Visit, reviewer: int) -> bool:
        """Whether the person was at the host too few cycles ago."""
        return any(school == visit.host and ago <= self.cycles for school, ago in case.reviewers[reviewer].reviewed)


@dataclass(frozen=True, slots=True)
class AvoidSameTrust(Barred):
    """No member comes from a school of the host's trust."""

    name: ClassVar[str] = "avoid_same_trust"

    def bars(self, case: Case, visit: Visit, reviewer: int) -> bool:
        """Whether the person's school and the host belong to one trust."""
        trust = case.schools[visit.host].trust
        return trust is not None and trust == case.schools[case.reviewers[reviewer].school].trust


@dataclass(frozen=True, slots=True)
class OtherAuthority(Barred):
    """No member comes from a school of the host's `local_authority`.

    A school without one is held to belong to none of the others'.
    """

    name: ClassVar[str] = "other_authority"

    def bars(self, case: Case, visit: Visit, reviewer: int) -> bool:
        """Whether one authority maintains the person's school and the host."""
        authority = case.schools[visit.host].authority
        return authority is not None and authority == case.schools[case.reviewers[reviewer].school].authority


@dataclass(frozen=True, slots=True)
class SamePhase(Barred):
    """Members come from schools of the host's `phase`; an all-through school goes with primary and secondary.

    A school without a phase goes with every other.
    """

    name: ClassVar[str] = "same_phase"

    def bars(self, case: Case, visit: Visit, reviewer: int) -> bool:
        """Whether the person's school and the host teach other ages."""
        here, there = case.schools[visit.host].phase, case.schools[case.reviewers[reviewer].school].phase
        return None not in (here, there) and here != there and {here, there} not in _OF_ALL_AGES


_OF_ALL_AGES = ({"all-through", "primary"}, {"all-through", "secondary"})


@dataclass(frozen=True, slots=True)
class SimilarSize(Barred):
    """A member's school and the host differ in size at most so many times: the `pupils` of the larger by those of the smaller.

    A school without `pupils` goes with every other. For sizes p ≥ q: p ≤ n × q.
    """

    times: float
    name: ClassVar[str] = "similar_size"

    def bars(self, case: Case, visit: Visit, reviewer: int) -> bool:
        """Whether the person's school and the host are too different in size."""
        here, there = case.schools[visit.host].pupils, case.schools[case.reviewers[reviewer].school].pupils
        return here is not None and there is not None and max(here, there) > Fraction(str(self.times)) * min(here, there)
