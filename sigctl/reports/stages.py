"""The steps of all reviews by date: what is due or held when, at which host, and who leads it."""

from dataclasses import dataclass
from datetime import date, timedelta

from sigctl.reports.visit import StageLine, VisitLine
from sigctl.reports.visits import RotaPage, monday
from sigctl.reports.who import Member


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is due or held on a day: a stage of a review, or the visit itself where there is no stage."""

    day: date
    visit: VisitLine
    stage: StageLine | None = None

    @property
    def people(self) -> tuple[Member, ...]:
        """Who leads the stage."""
        return self.stage.facilitators if self.stage else ()


@dataclass(frozen=True, slots=True)
class StagePage:
    """All steps of all reviews, by date."""

    page: RotaPage
    steps: tuple[Step, ...]

    @property
    def has_stages(self) -> bool:
        """Whether any review has a step besides the visit."""
        return any(step.stage for step in self.steps)

    @property
    def weeks(self) -> tuple[date, ...]:
        """The Mondays from the first step to the last."""
        if not self.steps:
            return ()
        first, last = monday(self.steps[0].day), monday(max(step.visit.last if not step.stage else step.day for step in self.steps))
        return tuple(first + timedelta(7 * week) for week in range((last - first).days // 7 + 1))


def stage_page(page: RotaPage) -> StagePage:
    """The stages of a rota's visits; on one day the visit comes first."""
    steps = [Step(visit.first, visit) for visit in page.held]
    steps += [Step(stage.day, visit, stage) for visit in page.held for stage in visit.stages]
    return StagePage(page, tuple(sorted(steps, key=lambda step: (step.day, step.visit.number, step.stage is not None))))
