"""One person's part in a round, on a page: where they go and when, with whom and how far, for whom they stand in, what they lead."""

from dataclasses import dataclass

from sigctl.reports.imprint import Imprint
from sigctl.reports.papers.round import Round
from sigctl.reports.people import PersonLine, people_page
from sigctl.reports.visit import VisitLine
from sigctl.reports.who import Member
from sigctl.words import Words


@dataclass(frozen=True, slots=True)
class Journey:
    """A visit that somebody is on: who else is, and the way there in kilometres, where it is known."""

    visit: VisitLine
    leads: bool
    others: tuple[Member, ...]
    way: float | None
    focus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonSheet:
    """All that a person's sheet shows."""

    imprint: Imprint
    cycle: Words
    status: str
    line: PersonLine
    journeys: tuple[Journey, ...]


def person_sheets(of: Round) -> tuple[PersonSheet, ...]:
    """A sheet for everybody who has a part in the rota."""
    lines = people_page(of.cluster, of.cycle, of.page).people
    return tuple(_sheet(of, line) for line in lines if line.visits or line.reserve or line.stages)


def _sheet(of: Round, line: PersonLine) -> PersonSheet:
    return PersonSheet(of.imprint, of.name, of.page.status, line, tuple(_journey(of, line, visit) for visit in line.visits))


def _journey(of: Round, line: PersonLine, visit: VisitLine) -> Journey:
    others = tuple(each for each in visit.team if each.id != line.who.id)
    return Journey(visit, line.leads(visit), others, of.way(line.who.school_id, visit.host_id), of.focus(visit.host_id))
