"""Which papers a rota has: for all, for each school, each person and each visit, with the names of their files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sigctl.commands.papers import Paper
from sigctl.records import Rota
from sigctl.reports.papers import (
    Round,
    brief,
    checklist,
    give_and_take,
    out_by_day,
    person_sheets,
    rota_changes,
    school_sheets,
    visit_programme,
    whole_rota,
)
from sigctl.reports.visit import VisitLine
from sigctl.rota.life.differences import differences
from sigctl.rota.life.draft import visits_of


class What(StrEnum):
    """The papers of a rota; the pattern is that of our own programmes, for a cluster to begin from."""

    ROTA = "rota"
    SCHOOLS = "schools"
    PEOPLE = "people"
    OUT = "out"
    FAIRNESS = "fairness"
    CHANGES = "changes"
    PROGRAMMES = "programmes"
    BRIEFS = "briefs"
    CHECKLISTS = "checklists"
    PATTERN = "pattern"


OF_A_ROTA: Final = tuple(each for each in What if each is not What.PATTERN)
OF_A_SCHOOL: Final = (What.SCHOOLS, What.PROGRAMMES, What.BRIEFS, What.CHECKLISTS)
OF_A_PERSON: Final = (What.PEOPLE,)


@dataclass(frozen=True, slots=True)
class PaperSet:
    """A round, the rota that it shows and the one that people had before, and for which school or person the papers are."""

    of: Round
    rota: Rota
    before: Rota | None = None
    school: str | None = None
    person: str | None = None

    def papers(self, wanted: Sequence[What]) -> Iterator[Paper]:
        """The papers that are wanted, or all; then without changes from nothing. A visit that is done has none, unless it is named."""
        for what in wanted or self._usual():
            match what:
                case What.ROTA | What.OUT | What.FAIRNESS | What.CHANGES:
                    yield self._whole(what)
                case What.SCHOOLS:
                    yield from self._schools()
                case What.PEOPLE:
                    yield from self._people()
                case _:
                    yield from (self._of_visit(what, visit) for visit in self._visits())

    def _usual(self) -> tuple[What, ...]:
        if self.school:
            return OF_A_SCHOOL
        if self.person:
            return OF_A_PERSON
        return tuple(each for each in OF_A_ROTA if each is not What.CHANGES or self.before)

    def _whole(self, what: What) -> Paper:
        of, stem = self.of, f"{self.of.cycle.first}-{self.of.cycle.id}-{what}"
        match what:
            case What.ROTA:
                return Paper("rota_paper", stem, whole_rota(of))
            case What.OUT:
                return Paper("out_by_day", stem, out_by_day(of))
            case What.FAIRNESS:
                return Paper("give_and_take", stem, give_and_take(of, self.rota))
            case _:
                found = differences(visits_of(self.before), visits_of(self.rota))
                return Paper("rota_changes", stem, rota_changes(of, found, is_first=self.before is None))

    def _schools(self) -> Iterator[Paper]:
        for sheet in school_sheets(self.of):
            if self.school in (None, sheet.line.id):
                yield Paper("school_sheet", f"schools/{self.of.cycle.first}-{sheet.line.id}-{self.of.cycle.id}", sheet)

    def _people(self) -> Iterator[Paper]:
        for sheet in person_sheets(self.of):
            who = sheet.line.who
            if self.person in (None, who.id) and self.school in (None, who.school_id):
                yield Paper("person_sheet", f"people/{self.of.cycle.first}-{who.id}-{self.of.cycle.id}", sheet)

    def _visits(self) -> Iterator[VisitLine]:
        """The visits for which there are papers: those of the school or the person, or else those that are still to come."""
        for visit in self.of.page.held:
            is_theirs = self.school in (None, visit.host_id) and (self.person is None or any(self.person == each.id for each in visit.team))
            if is_theirs and (self.school or self.person or visit.state != "done"):
                yield visit

    def _of_visit(self, what: What, visit: VisitLine) -> Paper:
        stem = f"visits/{visit.first}-{visit.host_id}-{what.removesuffix('s')}"
        match what:
            case What.PROGRAMMES:
                return Paper("programme", stem, visit_programme(self.of, visit))
            case What.BRIEFS:
                return Paper("brief", stem, brief(self.of, visit))
            case _:
                return Paper("checklist", stem, checklist(self.of, visit))
