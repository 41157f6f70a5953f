"""The rota by person: where each reviewer goes, how many days that takes, and for whom they stand in."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sigctl.cluster import Cluster
from sigctl.records import Cycle
from sigctl.reports.visit import StageLine, VisitLine, Visits
from sigctl.reports.visits import RotaPage, monday
from sigctl.reports.who import Member


class Led(NamedTuple):
    """A stage of a review that somebody leads."""

    visit: VisitLine
    stage: StageLine


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One reviewer: what they may be in a team, their visits by date, those for which they stand in, and stages that they lead."""

    who: Member
    level: str
    visits: tuple[VisitLine, ...]
    reserve: tuple[VisitLine, ...] = ()
    stages: tuple[Led, ...] = ()

    @property
    def days(self) -> int:
        """Days out on visits."""
        return sum(len(visit.dates) for visit in self.visits)

    def leads(self, visit: VisitLine) -> bool:
        """Whether the person leads a visit."""
        return bool(visit.team) and visit.team[0].id == self.who.id


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """All reviewers, school by school."""

    page: RotaPage
    people: tuple[PersonLine, ...]

    @property
    def weeks(self) -> tuple[date, ...]:
        """The Mondays from the first thing that somebody does to the last, those of weeks without any among them."""
        days = [day for visit in self.page.held for day in visit.dates]
        days += [led.stage.day for person in self.people for led in person.stages]
        if not days:
            return ()
        first, last = monday(min(days)), monday(max(days))
        return tuple(first + timedelta(7 * week) for week in range((last - first).days // 7 + 1))


def people_page(cluster: Cluster, cycle: Cycle, page: RotaPage) -> PeoplePage:
    """Everybody who may review in the cycle, or has a part in the rota."""
    schools = {school.id for school in page.schools}
    visits = Visits(cluster, cycle)
    could = (visits.member(person.id) for person in cluster.reviewers())
    members = {member.id: member for member in could if member.school_id in schools}
    for visit in page.held:
        led = (member for stage in visit.stages for member in stage.facilitators)
        members |= {member.id: member for member in (*visit.team, *visit.reserves, *led)}
    in_order = sorted(members.values(), key=lambda member: (member.school_id, member.id))
    return PeoplePage(page, tuple(_person(cluster, page, member) for member in in_order))


def _person(cluster: Cluster, page: RotaPage, who: Member) -> PersonLine:
    reviewer = cluster.people[who.id].reviewer
    return PersonLine(
        who=who,
        level=reviewer.level if reviewer else "",
        visits=tuple(visit for visit in page.held if any(each.id == who.id for each in visit.team)),
        reserve=tuple(visit for visit in page.held if any(each.id == who.id for each in visit.reserves)),
        stages=tuple(Led(v, stage) for v in page.held for stage in v.stages if any(each.id == who.id for each in stage.facilitators)),
    )
