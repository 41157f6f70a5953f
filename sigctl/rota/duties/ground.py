"""What duties are shared out upon: the rota as it stands, by the case's numbers and by dates, and what was published of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sigctl.cluster import Cluster
from sigctl.records import Cycle, RotaVisit, StageDate
from sigctl.rota.case import Case
from sigctl.rota.plan import Plan, PlannedVisit
from sigctl.rota.rules import Placed, Roster
from sigctl.rota.standing import Standing, standing


@dataclass(frozen=True)
class Ground:
    """A plan of a cycle, and the day from which on it can still change."""

    cluster: Cluster
    cycle: Cycle
    case: Case
    plan: Plan
    as_of: date | None = None

    @cached_property
    def _standing(self) -> Standing:
        return standing(self.case, self.plan.visits)

    @property
    def roster(self) -> Roster:
        """The rota by the case's numbers."""
        return self._standing.roster

    @cached_property
    def number(self) -> dict[str, int]:
        """Each reviewer's number by their id."""
        return {reviewer.id: index for index, reviewer in enumerate(self.case.reviewers)}

    @cached_property
    def placed(self) -> dict[int, Placed]:
        """How each visit stands."""
        return {placed.visit: placed for placed in self.roster}

    def host(self, visit: int) -> str:
        """The host of a visit."""
        return self.case.schools[self.case.visits[visit].host].id

    def dates(self, visit: int) -> tuple[date, ...]:
        """The days of a visit."""
        return tuple(map(self.case.day, self.placed[visit].days))

    def is_past(self, day: date) -> bool:
        """Whether a day is over, so that nothing of it can be changed."""
        return self.as_of is not None and day < self.as_of

    def is_done(self, visit: int) -> bool:
        """Whether a visit has taken place."""
        return self.case.visits[visit].settled or self._standing.states.get(visit) == "done"

    def is_over(self, visit: int) -> bool:
        """Whether a visit is done, or its days are past."""
        return self.is_done(visit) or self.is_past(self.dates(visit)[-1])

    def wants_reserves(self, visit: int) -> bool:
        """Whether a visit is still to come, in a cycle that asks for reserves."""
        return bool(self.case.rules.reserves) and not self.is_over(visit)

    def opens(self, visit: int) -> date | None:
        """The day from which on the review of a visit can still change: today, and not before the end of a visit that is done."""
        if not self.is_done(visit):
            return self.as_of
        return max(self.as_of or date.min, self.dates(visit)[-1] + timedelta(1))

    @property
    def is_bare(self) -> bool:
        """Whether no stages and no reserves are asked for, and none are published."""
        asked = self.cycle.stages or self.case.rules.reserves
        return not asked and not any(visit.stages or visit.reserves for visit in self.published.values())

    @cached_property
    def published(self) -> dict[int, RotaVisit]:
        """The visits of the published rota that stand in the plan with the same days and team."""
        return {visit: self._known[self.host(visit)] for visit in self.placed if self.host(visit) in self._known}

    def stages(self, visit: int) -> tuple[StageDate, ...]:
        """The stages that are published of a visit that stands as it was."""
        return self.published[visit].stages if visit in self.published else ()

    @cached_property
    def _known(self) -> dict[str, RotaVisit]:
        planned = {visit.host: visit for visit in self.plan.visits}
        return {visit.host: visit for visit in self._before() if visit.host in planned and _is_same(planned[visit.host], visit)}

    def _before(self) -> Iterator[RotaVisit]:
        rota = self.cluster.rota(self.cycle.id, "published")
        return (visit for visit in (rota.visits if rota else ()) if visit.state != "cancelled")


def _is_same(planned: PlannedVisit, visit: RotaVisit) -> bool:
    return planned.dates == tuple(sorted(visit.dates)) and set(planned.team) == set(visit.team)
