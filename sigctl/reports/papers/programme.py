"""The programme of a visit: what happens when on which day, and who takes part for the host and for the team."""

from dataclasses import dataclass
from datetime import date

from sigctl.cluster.programmes import days_of, programme_of
from sigctl.reports.imprint import Imprint
from sigctl.reports.papers.round import Round
from sigctl.reports.papers.sharing import Slot, shared_out
from sigctl.reports.visit import VisitLine
from sigctl.words import Words


@dataclass(frozen=True, slots=True)
class VisitDay:
    """A day of a visit; without slots, it is still to be arranged."""

    day: date
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class VisitProgramme:
    """All that a visit's programme shows. The lead is the first of the visit's team."""

    imprint: Imprint
    cycle: Words
    status: str
    visit: VisitLine
    focus: tuple[str, ...]
    days: tuple[VisitDay, ...]


def visit_days(of: Round, visit: VisitLine) -> tuple[VisitDay, ...]:
    """The days of a visit with their slots."""
    programme = programme_of(of.cluster, of.cycle, visit.host_id, len(visit.dates))
    slots = shared_out(days_of(programme, len(visit.dates)), visit.team, _trainees(of, visit))
    return tuple(VisitDay(day, each) for day, each in zip(visit.dates, slots, strict=True))


def _trainees(of: Round, visit: VisitLine) -> frozenset[str]:
    reviewers = ((member.id, of.cluster.people[member.id].reviewer) for member in visit.team)
    return frozenset(id for id, reviewer in reviewers if reviewer and reviewer.level == "trainee")


def visit_programme(of: Round, visit: VisitLine) -> VisitProgramme:
    """The programme of a visit."""
    return VisitProgramme(of.imprint, of.name, of.page.status, visit, of.focus(visit.host_id), visit_days(of, visit))
