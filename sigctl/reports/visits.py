"""The rota as a page: every visit by date, every school's share, and what it scores. Pure: cluster and rota in, values out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sigctl.cluster import Cluster
from sigctl.records import Cycle, Rota, School
from sigctl.reports.visit import Settled, StageLine, VisitLine, Visits
from sigctl.reports.who import Member
from sigctl.rota.gathering import case_of
from sigctl.rota.goals import UNITS, suits_host, suits_member
from sigctl.rota.life.draft import visits_of
from sigctl.rota.past.balances import is_member, openings
from sigctl.rota.plan import Plan, PlannedVisit, Status
from sigctl.rota.standing import standing
from sigctl.rota.verify import scores
from sigctl.words import Words

__all__ = ["Member", "Proof", "RotaPage", "SchoolLine", "Settled", "StageLine", "Trip", "Unmet", "VisitLine", "rota_page", "standing_page"]


@dataclass(frozen=True, slots=True)
class Trip:
    """Somebody of a school who is out: when, whither, who."""

    first: date
    last: date
    host: Words
    person: Words


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """One school's part in the cycle; reviewer-days given, received and carried, and their balance."""

    id: str
    name: Words
    visit: VisitLine | None
    trips: tuple[Trip, ...]
    gives: int
    receives: int
    carried: int

    @property
    def balance(self) -> int:
        """What the school has given beyond what it received."""
        return self.carried + self.gives - self.receives


@dataclass(frozen=True, slots=True)
class Proof:
    """What was reached for a goal, the bound that no rota can pass, and how much worse the cycle lets it be.

    A goal that is not the first is bounded for rotas that hold those before it. A bound of 0 says nothing.
    """

    goal: str
    value: float
    bound: float
    slack: float = 0
    is_first: bool = True

    @property
    def is_best(self) -> bool:
        """Whether nothing better is possible."""
        return self.value <= self.bound

    @property
    def gap(self) -> float:
        """By how many hundredths the value may lie above the best possible; nothing can be said of a bound of 0."""
        return 100 * (self.value - self.bound) / self.bound if self.bound > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Unmet:
    """A wish that a visit does not meet: the host's, or that of somebody in the team."""

    visit: VisitLine
    member: Member | None = None


@dataclass(frozen=True, slots=True)
class RotaPage:
    """All that a rota's page shows. A rota that stands in the files has scores, of which nothing is proved.

    The wishes that are `unmet` are told where the cycle makes a goal of wishes.
    """

    cluster: Words
    cycle: Words
    first: date
    last: date
    status: str
    visits: tuple[VisitLine, ...]
    schools: tuple[SchoolLine, ...]
    proofs: tuple[Proof, ...]
    is_proved: bool = True
    stands: bool = False
    unmet: tuple[Unmet, ...] = ()

    @property
    def weeks(self) -> tuple[tuple[date, tuple[VisitLine, ...]], ...]:
        """The visits by the week in which they begin, each with its Monday."""
        mondays = sorted({monday(line.first) for line in self.visits})
        return tuple((m, tuple(v for v in self.visits if m <= v.first < m + timedelta(7))) for m in mondays)

    @property
    def held(self) -> tuple[VisitLine, ...]:
        """The visits that take place."""
        return tuple(line for line in self.visits if line.takes_place)


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(day.weekday())


def rota_page(cluster: Cluster, cycle: Cycle, plan: Plan, today: date | None = None) -> RotaPage:
    """The page of a planned rota, with what was proved."""
    slack: dict[str, float] = {goal.goal: goal.slack for goal in cycle.goals}
    proofs = (Proof(goal.name, goal.value, goal.bound, slack.get(goal.name, 0), not index) for index, goal in enumerate(plan.goals))
    page = _page(Visits(cluster, cycle, today), "draft", plan.visits, tuple(proofs))
    return replace(page, is_proved=plan.status is Status.OPTIMAL, unmet=tuple(_unmet(cluster, cycle, page, today)))


def standing_page(cluster: Cluster, cycle: Cycle, rota: Rota, today: date | None = None) -> RotaPage:
    """The page of a rota that stands in the files, with what it scores on each goal. Plans nothing."""
    reached = _scores(cluster, cycle, rota, today)
    proofs = (Proof(goal, score / UNITS[goal], 0, 0, not index) for index, (goal, score) in enumerate(reached.items()))
    page = _page(Visits(cluster, cycle, today), rota.status, visits_of(rota), tuple(proofs))
    return replace(page, stands=True, unmet=tuple(_unmet(cluster, cycle, page, today, rota)))


def _unmet(cluster: Cluster, cycle: Cycle, page: RotaPage, today: date | None, rota: Rota | None = None) -> Iterator[Unmet]:
    """Whose wishes are not met, by date: those that the goal counts."""
    if all(goal.goal != "preferences" for goal in cycle.goals):
        return
    case = case_of(cluster, cycle, today, rota)
    visits = {case.schools[visit.host].id: visit for visit in case.visits}
    number = {each.id: index for index, each in enumerate(case.reviewers)}
    for line in (each for each in page.held if each.host_id in visits and not visits[each.host_id].settled):
        visit, days = visits[line.host_id], tuple((day - case.origin).days for day in line.dates)
        if not suits_host(visit, days):
            yield Unmet(line)
        for member in line.team:
            if member.id in number and not suits_member(case, visit, number[member.id], days):
                yield Unmet(line, member)


def _scores(cluster: Cluster, cycle: Cycle, rota: Rota, today: date | None) -> dict[str, int]:
    """What a rota scores; a visit of the cycle that it lacks or that is cancelled counts for nothing, as on the page."""
    hosts = {visit.host for visit in rota.visits if visit.state != "cancelled"}
    held = cycle.model_copy(update={"visits": tuple(visit for visit in cycle.visits if visit.host in hosts)})
    case = case_of(cluster, held, today, rota)
    return scores(case, standing(case, rota.visits).roster)


def _page(of: Visits, status: str, visits: tuple[PlannedVisit, ...], proofs: tuple[Proof, ...]) -> RotaPage:
    lines = of.lines(visits)
    held = tuple(line for line in lines if line.takes_place)
    carried = openings(of.cluster, of.cycle)
    return RotaPage(
        cluster=of.cluster.settings.cluster.name.words,
        cycle=of.cycle.name.words,
        first=of.cycle.first,
        last=of.cycle.last,
        status=status,
        visits=lines,
        schools=tuple(_school(school, carried[school.id], held) for school in _taking_part(of.cluster, of.cycle, lines)),
        proofs=proofs,
    )


def _taking_part(cluster: Cluster, cycle: Cycle, lines: tuple[VisitLine, ...]) -> Iterator[School]:
    """The schools that are host, send somebody, or could: all that the page counts."""
    sends = {member.school_id for line in lines for member in line.team}
    could = {home.school for person in cluster.reviewers() if (home := cluster.home_in(person, cycle))}
    hosts = {line.host_id for line in lines}
    for id, school in cluster.schools.items():
        if id in sends or id in hosts or (id in could and is_member(school, cycle)):
            yield school


def _school(school: School, carried: int, lines: tuple[VisitLine, ...]) -> SchoolLine:
    own = next((line for line in lines if line.host_id == school.id), None)
    out = [(line, member) for line in lines for member in line.team if member.school_id == school.id]
    return SchoolLine(
        id=school.id,
        name=school.name.words,
        visit=own,
        trips=tuple(Trip(line.first, line.last, line.host, member.person) for line, member in out),
        gives=sum(len(line.dates) for line, _ in out),
        receives=len(own.dates) * len(own.team) if own else 0,
        carried=carried,
    )
