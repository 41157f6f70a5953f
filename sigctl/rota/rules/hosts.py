"""Rules about a visit's days at its host, and about what somebody has settled."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from sigctl.rota.case import Case
from sigctl.rota.puzzle import Row
from sigctl.rota.rules.rule import Breach, Draft, Roster, Rule, open_visits


@dataclass(frozen=True, slots=True)
class OpenDays(Rule):
    """A visit is a run of consecutive days, each a pupil day of the host, in the cycle, on which the host is not busy.

    For visit v of n days from day t: t, t+1, …, t+n-1 are all open at the host. The puzzle's first days say it.
    """

    name: ClassVar[str] = "window"

    def breaches(self, case: Case, roster: Roster) -> Iterator[Breach]:
        """Visits of another length, with gaps, or on a day that is not open."""
        for visit, placed in open_visits(case, roster):
            run = tuple(range(placed.days[0], placed.days[0] + visit.days)) if placed.days else ()
            shut = tuple(day for day in placed.days if not visit.open >> day & 1)
            if not run or placed.days != run or shut:
                yield self.broken(case, (placed,), days=shut or placed.days)


@dataclass(frozen=True, slots=True)
class Visited(Rule):
    """Each visit of the cycle is planned, once."""

    name: ClassVar[str] = "visits"

    def breaches(self, case: Case, roster: Roster) -> Iterator[Breach]:
        """Hosts without a visit or with two."""
        planned = [placed.visit for placed in roster]
        for index, visit in enumerate(case.visits):
            if planned.count(index) != 1:
                yield Breach(self.name, (case.schools[visit.host].id,))


@dataclass(frozen=True, slots=True)
class Fixed(Rule):
    """What is fixed about a visit, its start or members, stays; and a visit that is done or locked stays whole.

    For each fixed member i of visit v: x[v,i] = 1. A fixed start leaves the visit one first day.
    """

    name: ClassVar[str] = "fixed"

    def rows(self, draft: Draft) -> Iterator[Row]:
        """Each fixed member is in the team."""
        for index, visit in enumerate(draft.case.visits):
            among = draft.of_visit.get(index, ())
            for member in visit.members:
                yield Row(1, 1, tuple(each for each in among if draft.candidates[each].reviewer == member))

    def breaches(self, case: Case, roster: Roster) -> Iterator[Breach]:
        """Fixed visits that begin on another day or lack a fixed member."""
        for placed in roster:
            visit = case.visits[placed.visit]
            missing = tuple(sorted(set(visit.members) - set(placed.team)))
            if visit.start is not None and placed.days[:1] != (visit.start,):
                yield self.broken(case, (placed,), days=(visit.start,))
            elif visit.settled and visit.start is not None and set(placed.days) != set(case.days_from(placed.visit, visit.start)):
                yield self.broken(case, (placed,), days=placed.days)
            elif missing or (visit.settled and set(placed.team) != set(visit.members)):
                yield self.broken(case, (placed,), people=missing)
