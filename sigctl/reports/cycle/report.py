"""The report of a cycle as it stands on a day: visits, stages, reviewers, fairness, days out, travel, and what hosts said."""

from dataclasses import dataclass, replace
from datetime import date

from sigctl.cluster import Cluster
from sigctl.records import Cycle, Rota
from sigctl.reports.calendar import CalendarPage, Sheet, calendar_page
from sigctl.reports.cycle.days_out import DaysOut, days_out
from sigctl.reports.cycle.reviewers import ReviewerUse, reviewer_use
from sigctl.reports.cycle.steps import StageSummary, StepLine, stage_summaries
from sigctl.reports.fairness import FairnessPage, fairness_page
from sigctl.reports.imprint import Imprint, imprint
from sigctl.reports.loads import LoadPage, load_page
from sigctl.reports.people import people_page
from sigctl.reports.travel import travel_page
from sigctl.reports.visit import VisitLine
from sigctl.reports.visits import RotaPage, standing_page
from sigctl.words import Words


@dataclass(frozen=True, slots=True)
class Said:
    """What a host said of its review."""

    host: Words
    words: Words


@dataclass(frozen=True, slots=True)
class CycleReport:
    """The report of a cycle. States are those of the files now; the days are seen from `as_at`.

    `unplanned` are hosts of the cycle of whose visit the rota knows nothing, `unplaced` schools whose travel cannot be counted.
    `calendar` shows the half term in which the day lies, or else the next with a visit, or the last.
    """

    imprint: Imprint
    id: str
    rota: RotaPage
    as_at: date
    unplanned: tuple[Words, ...]
    stages: tuple[StageSummary, ...]
    reviewers: ReviewerUse
    fairness: FairnessPage
    loads: LoadPage
    days_out: DaysOut
    unplaced: tuple[Words, ...]
    said: tuple[Said, ...]
    calendar: CalendarPage | None

    @property
    def done(self) -> tuple[VisitLine, ...]:
        """The visits that have taken place."""
        return tuple(visit for visit in self.rota.visits if visit.state == "done")

    @property
    def to_come(self) -> tuple[VisitLine, ...]:
        """The visits that are still to take place."""
        return tuple(visit for visit in self.rota.held if visit.state != "done" and visit.last >= self.as_at)

    @property
    def unmarked(self) -> tuple[VisitLine, ...]:
        """The visits whose days have passed without being marked as done."""
        return tuple(visit for visit in self.rota.held if visit.state != "done" and visit.last < self.as_at)

    @property
    def cancelled(self) -> tuple[VisitLine, ...]:
        """The visits that do not take place."""
        return tuple(visit for visit in self.rota.visits if not visit.takes_place)

    @property
    def troubles(self) -> tuple[StepLine, ...]:
        """The stages that are late, of which nothing is known though their day has passed, or which have no day; by date."""
        found = (step for stage in self.stages for step in stage.steps if step.timing in ("late", "unknown", "missing"))
        return tuple(sorted(found, key=lambda step: (step.day or date.max, step.number)))


def cycle_report(cluster: Cluster, cycle: Cycle, rota: Rota, as_at: date, today: date) -> CycleReport:
    """The report of a cycle with its rota, as at a day."""
    page = standing_page(cluster, cycle, rota, as_at)
    calendar, travel = calendar_page(cluster, cycle, page), travel_page(cluster, page)
    planned = {visit.host_id for visit in page.visits}
    return CycleReport(
        imprint=imprint(cluster, today),
        id=cycle.id,
        rota=page,
        as_at=as_at,
        unplanned=tuple(cluster.schools[visit.host].name.words for visit in cycle.visits if visit.host not in planned),
        stages=stage_summaries(cluster, cycle, rota, page.held, as_at),
        reviewers=reviewer_use(cluster, cycle, people_page(cluster, cycle, page), as_at),
        fairness=fairness_page(cluster, cycle, rota),
        loads=load_page(page),
        days_out=days_out(calendar, travel),
        unplaced=travel.unplaced,
        said=tuple(Said(cluster.schools[each.host].name.words, each.host_said.words) for each in cycle.visits if each.host_said),
        calendar=_of_half_term(calendar, as_at),
    )


def _of_half_term(calendar: CalendarPage, as_at: date) -> CalendarPage | None:
    """The calendar of one half term: that in which the day lies, or the next in which there is a visit, or the last one."""
    busy = [sheet for sheet in calendar.sheets if any(row.stays for row in sheet.rows)]
    shown = next((sheet for sheet in busy if _last(sheet) >= as_at), busy[-1] if busy else None)
    return replace(calendar, sheets=(shown,), has_key=False) if shown else None


def _last(sheet: Sheet) -> date:
    return sheet.days[-1]
