"""Rules about one person or two schools over all their visits."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from typing import ClassVar

from sigctl.rota.case import Case, Days, Visit, firsts
from sigctl.rota.puzzle import Claim, Resource, Row
from sigctl.rota.rules.rule import ALWAYS, Breach, Draft, Placed, Roster, Rule


@dataclass(frozen=True, slots=True)
class NoSwaps(Rule):
    """Two schools do not review each other in the same cycle: if one sends somebody to the other, the other sends nobody back.

    For schools a and b that are both hosts, and members i of a and j of b: x[b,i] + x[a,j] ≤ 1. Where no team has two of one
    school (`single`), all of them stand in one row, which is tighter: sum of x[b,i] + sum of x[a,j] ≤ 1.
    """

    single: bool
    name: ClassVar[str] = "swaps"

    def rows(self, draft: Draft) -> Iterator[Row]:
        """One row a pair of schools, or one a pair of people."""
        for there, back in self._pairs(draft):
            if self.single:
                yield Row(None, 1, there + back)
            else:
                yield from (Row(None, 1, pair) for pair in product(there, back))

    @staticmethod
    def _pairs(draft: Draft) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
        visits, hosts = draft.case.visits, draft.case.hosts()
        for (school, visit), there in draft.of_trip.items():
            host = visits[visit].host
            back = draft.of_trip.get((host, hosts[school]), ()) if school in hosts else ()
            if school < host and back and not (visits[visit].settled and visits[hosts[school]].settled):
                yield there, back

    def breaches(self, case: Case, roster: Roster) -> Iterator[Breach]:
        """Pairs of schools that review each other."""
        sends: dict[tuple[int, int], Placed] = {}
        for placed in roster:
            for member in placed.team:
                sends[case.reviewers[member].school, case.visits[placed.visit].host] = placed
        for (a, b), there in sorted(sends.items(), key=lambda each: each[0]):
            back = sends.get((b, a))
            settled = back and case.visits[there.visit].settled and case.visits[back.visit].settled
            if a < b and back and not settled:
                yield self.broken(case, (there, back))


@dataclass(frozen=True, slots=True)
class VisitsPerReviewer(Rule):
    """A person does at most so many visits in a cycle; where the person has a `max_visits`, that counts instead.

    For person i: sum over v of x[v,i] ≤ n.
    """

    at_most: int
    name: ClassVar[str] = "visits_per_reviewer"

    def rows(self, draft: Draft) -> Iterator[Row]:
        """One row a person; visits that are settled already are never too many."""
        for reviewer, among in draft.of_reviewer.items():
            settled = sum(draft.case.visits[draft.candidates[each].visit].settled for each in among)
            limit = max(self.limit(draft.case, reviewer), settled)
            if len(among) > limit:
                yield Row(None, limit, among)

    def limit(self, case: Case, reviewer: int) -> int:
        """How many visits a person can do."""
        own = case.reviewers[reviewer].max_visits
        return self.at_most if own is None else own

    def breaches(self, case: Case, roster: Roster) -> Iterator[Breach]:
        """People with too many visits."""
        for reviewer, visits in _visits_of(roster).items():
            settled = sum(case.visits[placed.visit].settled for placed in visits)
            if len(visits) > max(self.limit(case, reviewer), settled):
                yield self.broken(case, tuple(visits), (reviewer,))


@dataclass(frozen=True, slots=True)
class DaysBetween(Rule):
    """At least so many calendar days lie between the end of one visit of a person and the start of the next.

    For visits v before w of person i: first day of w - last day of v - 1 ≥ n. Nobody is ever in two places at once.
    """

    days: int
    name: ClassVar[str] = "days_between"

    def starts(self, case: Case, visit: Visit, reviewer: int) -> Days:
        """The days from which a visit keeps away from those settled ones of the person that were broken up, from their first day on."""
        left = ALWAYS
        for done in case.broken_up:
            if reviewer in done.members and done.start is not None:
                first, last = max(0, done.start - self.days), done.held.bit_length() - 1 + self.days
                left &= firsts(~((1 << last + 1) - (1 << first)), visit.days)
        return left

    def resources(self, draft: Draft) -> Iterator[Resource]:
        """Each person is a resource that one visit at a time can have, and for so many days longer."""
        for among in draft.of_reviewer.values():
            if len(among) > 1:
                claims = tuple(Claim(draft.candidates[each].visit, (each,)) for each in among)
                yield Resource(1, claims, gap=self.days)

    def breaches(self, case: Case, roster: Roster) -> Iterator[Breach]:
        """Visits of a person that lie too close together."""
        for reviewer, visits in _visits_of(roster).items():
            for before, after in pairwise(sorted(visits, key=lambda placed: placed.days)):
                settled = case.visits[before.visit].settled and case.visits[after.visit].settled
                if after.days[0] - before.days[-1] - 1 < self.days and not settled:
                    yield self.broken(case, (before, after), (reviewer,), (before.days[-1], after.days[0]))


def _visits_of(roster: Roster) -> dict[int, list[Placed]]:
    found: defaultdict[int, list[Placed]] = defaultdict(list)
    for placed in roster:
        for member in placed.team:
            found[member].append(placed)
    return dict(sorted(found.items()))
