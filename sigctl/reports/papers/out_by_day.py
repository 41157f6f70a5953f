"""Who is out on which day: each day of a visit or of a stage that somebody leads, half term by half term."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from sigctl.reports.half_terms import Half, half_of
from sigctl.reports.imprint import Imprint
from sigctl.reports.papers.round import Round
from sigctl.reports.who import Member
from sigctl.words import Words


@dataclass(frozen=True, slots=True)
class OutOn:
    """Who is out on a day at one host; with the name of a stage, they lead that."""

    day: date
    host: Words
    people: tuple[Member, ...]
    number: int
    stage: Words = field(default_factory=Words)


@dataclass(frozen=True, slots=True)
class HalfTermOut:
    """The days of a half term on which somebody is out."""

    name: Words
    rows: tuple[OutOn, ...]

    @property
    def most(self) -> int:
        """How many people are out on the fullest day."""
        days = [row.day for row in self.rows]
        return max(sum(len(row.people) for row in self.rows if row.day == day) for day in days)


@dataclass(frozen=True, slots=True)
class OutByDay:
    """All days of a round on which somebody is out, by date."""

    imprint: Imprint
    cycle: Words
    status: str
    half_terms: tuple[HalfTermOut, ...]


def out_by_day(of: Round) -> OutByDay:
    """Who is out on which day of a round, under the half term that the day is in for the most of its schools."""
    schools, halves = tuple(line.id for line in of.page.schools), dict[Half | None, list[OutOn]]()
    in_days = groupby(sorted(_rows(of), key=lambda each: (each.day, each.number, each.stage)), key=lambda each: each.day)
    for day, rows in in_days:
        halves.setdefault(half_of(of.cluster, schools, day), []).extend(rows)
    found = tuple(HalfTermOut(half.name if half else Words(), tuple(rows)) for half, rows in halves.items())
    return OutByDay(of.imprint, of.name, of.page.status, found)


def _rows(of: Round) -> Iterator[OutOn]:
    for visit in of.page.held:
        yield from (OutOn(day, visit.host, visit.team, visit.number) for day in visit.dates)
        for stage in (each for each in visit.stages if each.facilitators and not each.is_due):
            yield OutOn(stage.day, visit.host, stage.facilitators, visit.number, stage.name)
