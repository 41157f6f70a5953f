"""Whether the stages of the reviews are on time, as far as the files tell: by the days in the rota, the cycle's terms, the states."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from sigctl.cluster import Cluster
from sigctl.records import Cycle, Stage
from sigctl.reports.visit import StageLine, VisitLine
from sigctl.rota.duties.steps import steps_of
from sigctl.words import Words, same

Timing = Literal["passed", "to_come", "late", "unknown", "missing"]
"""Its day has passed, as it should; it is still to come; its day is later than the cycle allows; its day has passed, but the visit is
not marked as done; the rota gives it no day."""
TIMINGS: Final[tuple[Timing, ...]] = ("passed", "to_come", "late", "unknown", "missing")


@dataclass(frozen=True, slots=True)
class StepLine:
    """A stage of one review: at which host, on which day, by when the cycle wants it, and how it stands with it."""

    stage: Words
    host: Words
    number: int
    day: date | None
    allowed: date | None
    timing: Timing


@dataclass(frozen=True, slots=True)
class StageSummary:
    """A stage over all reviews of a cycle, by date."""

    id: str
    name: Words
    steps: tuple[StepLine, ...]

    def count(self, timing: Timing) -> int:
        """How many reviews it stands so with."""
        return sum(step.timing == timing for step in self.steps)


def stage_summaries(cluster: Cluster, cycle: Cycle, visits: tuple[VisitLine, ...], as_at: date) -> tuple[StageSummary, ...]:
    """The stages of a cycle over its visits that take place."""
    rows = {stage.id: list[StepLine]() for stage in cycle.stages}
    for visit in visits:
        for stage, line in _steps(cluster, cycle, visit, as_at):
            rows[stage.id].append(line)
    return tuple(StageSummary(stage.id, _name(stage), tuple(rows[stage.id])) for stage in cycle.stages)


def _steps(cluster: Cluster, cycle: Cycle, visit: VisitLine, as_at: date) -> Iterator[tuple[Stage, StepLine]]:
    planned = {stage.id: stage for stage in visit.stages}
    for step in steps_of(cluster, visit.host_id, 0, visit.dates, cycle.stages):
        found = planned.get(step.stage.id)
        allowed = max(step.days, default=None)
        timing = _timing(visit, found, allowed, as_at)
        yield step.stage, StepLine(_name(step.stage), visit.host, visit.number, found.day if found else None, allowed, timing)


def _timing(visit: VisitLine, found: StageLine | None, allowed: date | None, as_at: date) -> Timing:
    if found is None:
        return "missing"
    if allowed and found.day > allowed:
        return "late"
    if found.day >= as_at:
        return "to_come"
    return "unknown" if visit.last < as_at and visit.state != "done" else "passed"


def _name(stage: Stage) -> Words:
    return stage.name.words if stage.name else same(stage.id)
