"""Everybody's part in a rota: their own visit as host, visits on which they are or for which they stand by, stages that they lead."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sigctl.cluster import Cluster
from sigctl.records import Cycle
from sigctl.reports.reminders.whom import SCHOOL, is_there, speaks_for
from sigctl.reports.visit import StageLine, VisitLine, Visits
from sigctl.reports.who import Member
from sigctl.rota.life.draft import visits_of
from sigctl.words import Words

Role = Literal["host", "lead", "member", "reserve", "stage"]


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody has to do with a visit. The lead is the first of the team; who stands by is not told who is in it.

    `slot` is what it is known by when it has changed. Where somebody leads a stage, the one day is that of the stage.
    """

    slot: str
    role: Role
    host_id: str
    host: Words
    dates: tuple[date, ...]
    team: tuple[Member, ...] = ()
    stages: tuple[StageLine, ...] = ()

    @property
    def first(self) -> date:
        """The first day."""
        return self.dates[0]

    @property
    def last(self) -> date:
        """The last day."""
        return self.dates[-1]

    @property
    def ends(self) -> date:
        """The day after which it is over, with all stages."""
        return max(self.last, *(stage.day for stage in self.stages)) if self.stages else self.last


def parts_by_person(cluster: Cluster, cycle: Cycle, today: date) -> Mapping[str, tuple[Part, ...]]:
    """The part of everybody who is still there in the published rota of a cycle, by id and by date.

    `school:` stands before the id of a school that is written to itself.
    """
    found: dict[str, list[Part]] = {}
    for line in _held(cluster, cycle):
        for person, part in _parts(cluster, line, today):
            if person.startswith(SCHOOL) or is_there(cluster, person, today):
                found.setdefault(person, []).append(part)
    return {id: tuple(sorted(parts, key=lambda each: (each.dates, each.slot))) for id, parts in sorted(found.items())}


def _held(cluster: Cluster, cycle: Cycle) -> Iterator[VisitLine]:
    """The visits that take place, or took place, by date."""
    rota = cluster.rota(cycle.id, "published")
    lines = Visits(cluster, cycle).lines(visits_of(rota)) if rota else ()
    return (line for line in lines if line.takes_place)


def _parts(cluster: Cluster, line: VisitLine, today: date) -> Iterator[tuple[str, Part]]:
    """Everybody who is concerned by a visit, with their part in it."""
    yield speaks_for(cluster, line.host_id, today), _part(line, "host", line.team, line.stages)
    for number, member in enumerate(line.team):
        yield member.id, _part(line, "member" if number else "lead", line.team, () if number else line.stages)
    yield from ((member.id, _part(line, "reserve")) for member in line.reserves)
    for stage in line.stages:
        part = Part(f"{line.host_id} stage {stage.id}", "stage", line.host_id, line.host, (stage.day,), (), (stage,))
        yield from ((member.id, part) for member in stage.facilitators)


def _part(line: VisitLine, role: Role, team: tuple[Member, ...] = (), stages: tuple[StageLine, ...] = ()) -> Part:
    slot = "host" if role == "host" else "visit"
    return Part(f"{line.host_id} {slot}", role, line.host_id, line.host, line.dates, team, stages)
