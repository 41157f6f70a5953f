"""What changes from one rota to another, by visit, by school and by person. Pure: cluster and differences in, values out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sigctl.cluster import Cluster
from sigctl.records import Cycle
from sigctl.reports.visit import Visits
from sigctl.reports.who import Member
from sigctl.rota.life.differences import Difference, What
from sigctl.rota.plan import PlannedVisit
from sigctl.words import Words, same

Part = Literal["joins", "leaves", "moves", "leads", "follows", "reserve", "no_reserve", "facilitates", "no_facilitator"]
"""What becomes of somebody in a visit: in its team now, no longer in it, out on other days, leading it now, no longer leading it; its
reserve now, or no longer; leading a step of its review now, or on another day, or no longer."""


@dataclass(frozen=True, slots=True)
class VisitChange:
    """A visit that is not as it was: what changes, its days before and after, who joins and leaves the team, and who leads it now.

    The lead is named only where it is another one. The state is that before: who was told of it has to be told anew.
    """

    what: What
    host_id: str
    host: Words
    before: tuple[date, ...] = ()
    after: tuple[date, ...] = ()
    joins: tuple[Member, ...] = ()
    leaves: tuple[Member, ...] = ()
    lead: Member | None = None
    state: str = "planned"


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What becomes of one person in one visit, with the days of it before and after; or in a step of its review, which is named."""

    member: Member
    part: Part
    host_id: str
    host: Words
    before: tuple[date, ...] = ()
    after: tuple[date, ...] = ()
    stage: Words = field(default_factory=Words)


@dataclass(frozen=True, slots=True)
class SchoolChange:
    """What changes for one school: its own visit, and its people."""

    id: str
    name: Words
    own: VisitChange | None
    people: tuple[PersonChange, ...]


@dataclass(frozen=True, slots=True)
class DifferencesPage:
    """All that changes from one rota to another. The first rota of a cycle changes everything."""

    cluster: Words
    cycle: Words
    visits: tuple[VisitChange, ...]
    schools: tuple[SchoolChange, ...]
    people: tuple[PersonChange, ...]
    is_first: bool = False

    def count(self, what: What) -> int:
        """How many visits change in a way."""
        return sum(visit.what == what for visit in self.visits)


def differences_page(cluster: Cluster, cycle: Cycle, found: Sequence[Difference], *, is_first: bool = False) -> DifferencesPage:
    """The page of what changes; schools and people in the order of their ids, the changes of each by date."""
    of = Visits(cluster, cycle)
    visits = tuple(_visit(of, each) for each in found)
    changes = [change for each in found for change in _people(of, each)]
    people = tuple(sorted(changes, key=lambda each: (each.member.id, each.after or each.before, each.host_id)))
    return DifferencesPage(
        cluster.settings.cluster.name.words, cycle.name.words, visits, tuple(_schools(cluster, visits, people)), people, is_first
    )


def _visit(of: Visits, found: Difference) -> VisitChange:
    before, after = found.before, found.after
    return VisitChange(
        found.what,
        found.host,
        of.cluster.schools[found.host].name.words,
        _days(before),
        _days(after),
        tuple(map(of.member, _lead_first(after, found.joins))),
        tuple(map(of.member, _lead_first(before, found.leaves))),
        of.member(after.lead) if after and (before is None or before.lead != after.lead) else None,
        before.state if before else "planned",
    )


def _days(visit: PlannedVisit | None) -> tuple[date, ...]:
    return tuple(sorted(visit.dates)) if visit else ()


def _lead_first(visit: PlannedVisit | None, people: Sequence[str]) -> list[str]:
    return sorted(people, key=lambda each: (visit is None or each != visit.lead, each))


def _people(of: Visits, found: Difference) -> Iterator[PersonChange]:
    host, before, after = of.cluster.schools[found.host].name.words, _days(found.before), _days(found.after)
    parts: list[tuple[str, Part]] = [(each, "joins") for each in found.joins]
    parts += [(each, "leaves") for each in found.leaves]
    parts += [(each, "moves") for each in found.stays if found.has_moved]
    if found.has_other_lead and found.before and found.after:
        parts += [(each, "leads") for each in found.stays if each == found.after.lead]
        parts += [(each, "follows") for each in found.stays if each == found.before.lead]
    old, new = (set(visit.reserves if visit else ()) for visit in (found.before, found.after))
    parts += [(each, "reserve") for each in sorted(new - old)] + [(each, "no_reserve") for each in sorted(old - new)]
    for person, part in parts:
        yield PersonChange(of.member(person), part, found.host, host, before, after)
    yield from _facilitators(of, found, host)


def _facilitators(of: Visits, found: Difference, host: Words) -> Iterator[PersonChange]:
    """Who leads a step of the review now, or no longer, or on another day."""
    names = {stage.id: stage.name.words if stage.name else same(stage.id) for stage in of.cycle.stages}
    old, new = (
        {(person, stage.id): stage.day for stage in (visit.stages if visit else ()) for person in stage.facilitators}
        for visit in (found.before, found.after)
    )
    for person, stage in sorted({*old, *new}):
        before, after = old.get((person, stage)), new.get((person, stage))
        if before != after:
            part: Part = "facilitates" if after else "no_facilitator"
            days = ((before,) if before else (), (after,) if after else ())
            yield PersonChange(of.member(person), part, found.host, host, *days, names.get(stage, same(stage)))


def _schools(cluster: Cluster, visits: Sequence[VisitChange], people: Sequence[PersonChange]) -> Iterator[SchoolChange]:
    own = {each.host_id: each for each in visits}
    for id in sorted({*own, *(each.member.school_id for each in people)} - {""}):
        theirs = tuple(each for each in people if each.member.school_id == id)
        yield SchoolChange(id, cluster.schools[id].name.words, own.get(id), theirs)
