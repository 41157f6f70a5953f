"""Whether the stages of the reviews are on time: by what is ticked off, the days in the rota, the cycle's terms, the states."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from sigctl.cluster import Cluster
from sigctl.records import Cycle, Rota, RotaVisit, Stage
from sigctl.reports.visit import VisitLine
from sigctl.rota.duties.steps import Step, steps_of
from sigctl.words import Words, same

Timing = Literal["on_time", "passed", "to_come", "late", "unknown", "missing"]
"""It was done by the day that the cycle allows; its day has passed, as it should; it is still to come; it was done later than the cycle
allows, or its day is; its day has passed, but the visit is not marked as done; the rota gives it no day."""
TIMINGS: Final[tuple[Timing, ...]] = ("on_time", "passed", "to_come", "late", "unknown", "missing")


@dataclass(frozen=True, slots=True)
class StepLine:
    """A stage of one review: at which host, on which day it was done or is to be, by when the cycle wants it, and how it stands with it."""

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


def stage_summaries(cluster: Cluster, cycle: Cycle, rota: Rota, visits: tuple[VisitLine, ...], as_at: date) -> tuple[StageSummary, ...]:
    """The stages of a cycle over the visits of its rota that take place. What was ticked off later than `as_at` is not known of yet."""
    rows = {stage.id: list[StepLine]() for stage in cycle.stages}
    done = {visit.host: _done(visit, as_at) for visit in rota.visits if visit.state != "cancelled"}
    for visit in visits:
        for step in steps_of(cluster, visit.host_id, 0, visit.dates, cycle.stages):
            rows[step.stage.id].append(_line(visit, step, done.get(visit.host_id, {}).get(step.stage.id), as_at))
    return tuple(StageSummary(stage.id, _name(stage), tuple(rows[stage.id])) for stage in cycle.stages)


def _done(visit: RotaVisit, as_at: date) -> Mapping[str, date]:
    """The stages of a visit that were done by a day, and when."""
    return {stage.id: stage.done_on for stage in visit.stages if stage.done_on and stage.done_on <= as_at}


def _line(visit: VisitLine, step: Step, done_on: date | None, as_at: date) -> StepLine:
    found = next((stage for stage in visit.stages if stage.id == step.stage.id), None)
    allowed, day = max(step.days, default=None), found.day if found else None
    if done_on and day:
        timing: Timing = "late" if done_on > (allowed or day) else "on_time"
    else:
        timing = _timing(visit, day, allowed, as_at)
    return StepLine(_name(step.stage), visit.host, visit.number, done_on or day, allowed, timing)


def _timing(visit: VisitLine, day: date | None, allowed: date | None, as_at: date) -> Timing:
    """How it stands with what nobody has ticked off."""
    if day is None:
        return "missing"
    if allowed and day > allowed:
        return "late"
    if day >= as_at:
        return "to_come"
    return "unknown" if visit.last < as_at and visit.state != "done" else "passed"


def _name(stage: Stage) -> Words:
    return stage.name.words if stage.name else same(stage.id)
