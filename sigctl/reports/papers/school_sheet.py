"""One school's part in a round, on a page: its own visit, who of its people is out when, what is due, what it gives and receives."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sigctl.reports.imprint import Imprint
from sigctl.reports.papers.round import Round
from sigctl.reports.visit import StageLine, VisitLine
from sigctl.reports.visits import SchoolLine
from sigctl.reports.who import Member
from sigctl.words import Words

Role = Literal["leads", "member", "in_reserve", "leads_stage"]
"""What somebody does in the review of another school."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one of the school's people does in a review elsewhere, and from when to when; with a stage, they lead that."""

    who: Member
    role: Role
    visit: VisitLine
    first: date
    last: date
    stage: StageLine | None = None


@dataclass(frozen=True, slots=True)
class SchoolSheet:
    """All that a school's sheet shows; what its people do stands by date."""

    imprint: Imprint
    cycle: Words
    status: str
    line: SchoolLine
    focus: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def visit(self) -> VisitLine | None:
        """The school's own visit."""
        return self.line.visit


def school_sheets(of: Round) -> tuple[SchoolSheet, ...]:
    """A sheet for each school that takes part."""
    parts: dict[str, list[Part]] = {line.id: [] for line in of.page.schools}
    for part in sorted((part for visit in of.page.held for part in _parts(visit)), key=_order):
        parts.setdefault(part.who.school_id, []).append(part)
    return tuple(_sheet(of, line, tuple(parts[line.id])) for line in of.page.schools)


def _order(part: Part) -> tuple[date, int, str]:
    return part.first, part.visit.number, part.who.id


def _sheet(of: Round, line: SchoolLine, parts: tuple[Part, ...]) -> SchoolSheet:
    return SchoolSheet(of.imprint, of.name, of.page.status, line, of.focus(line.id) if line.visit else (), parts)


def _parts(visit: VisitLine) -> Iterator[Part]:
    """What everybody does in a visit and in the stages of its review."""
    for place, who in enumerate(visit.team):
        yield Part(who, "member" if place else "leads", visit, visit.first, visit.last)
    for who in visit.reserves:
        yield Part(who, "in_reserve", visit, visit.first, visit.last)
    for stage in visit.stages:
        for who in stage.facilitators:
            yield Part(who, "leads_stage", visit, stage.day, stage.day, stage)
