"""The rota as a page: every visit by date, every school's share, and what was proved. Pure: cluster and plan in, values out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from sigctl.cluster import Cluster
from sigctl.records import Cycle, School
from sigctl.rota import Plan, PlannedVisit, Status
from sigctl.words import Words, same


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a team: who, from where."""

    id: str
    person: Words
    school_id: str
    school: Words


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit: when, where, by whom, in which half term of the host; the lead is the first of the team."""

    host_id: str
    host: Words
    dates: tuple[date, ...]
    team: tuple[Member, ...]
    half_term: Words = field(default_factory=Words)

    @property
    def first(self) -> date:
        """The first day."""
        return self.dates[0]

    @property
    def last(self) -> date:
        """The last day."""
        return self.dates[-1]


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

    A goal that is not the first is bounded for rotas that hold those before it.
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
class RotaPage:
    """All that a rota's page shows."""

    cluster: Words
    cycle: Words
    first: date
    last: date
    status: str
    visits: tuple[VisitLine, ...]
    schools: tuple[SchoolLine, ...]
    proofs: tuple[Proof, ...]
    is_proved: bool = True

    @property
    def weeks(self) -> tuple[tuple[date, tuple[VisitLine, ...]], ...]:
        """The visits by the week in which they begin, each with its Monday."""
        mondays = sorted({line.first - timedelta(line.first.weekday()) for line in self.visits})
        return tuple((m, tuple(v for v in self.visits if m <= v.first < m + timedelta(7))) for m in mondays)


def rota_page(cluster: Cluster, cycle: Cycle, plan: Plan) -> RotaPage:
    """The page of a planned rota."""
    slack: dict[str, float] = {goal.goal: goal.slack for goal in cycle.goals}
    in_order = sorted(plan.visits, key=lambda visit: (visit.dates, visit.host))
    lines = tuple(_visit(cluster, cycle, visit) for visit in in_order)
    return RotaPage(
        cluster=cluster.settings.cluster.name.words,
        cycle=cycle.name.words,
        first=cycle.first,
        last=cycle.last,
        status="draft",
        visits=lines,
        schools=tuple(_school(school, lines) for school in _taking_part(cluster, cycle, lines)),
        proofs=tuple(
            Proof(goal.name, goal.value, goal.bound, slack.get(goal.name, 0), is_first=not index) for index, goal in enumerate(plan.goals)
        ),
        is_proved=plan.status is Status.OPTIMAL,
    )


def _visit(cluster: Cluster, cycle: Cycle, visit: PlannedVisit) -> VisitLine:
    team = (visit.lead, *(person for person in visit.team if person != visit.lead))
    members = tuple(_member(cluster, cycle, person) for person in team)
    half_term = cluster.half_term_of(visit.host, visit.dates[0])
    return VisitLine(visit.host, cluster.schools[visit.host].name.words, visit.dates, members, half_term)


def _member(cluster: Cluster, cycle: Cycle, id: str) -> Member:
    person = cluster.people[id]
    home = cluster.home_in(person, cycle)
    post = home.post if home and home.post else person.post
    called = same(person.name) if person.name else post.words if post else same(id)
    school = cluster.schools[home.school].name.words if home else Words()
    return Member(id, called, home.school if home else "", school)


def _taking_part(cluster: Cluster, cycle: Cycle, lines: tuple[VisitLine, ...]) -> Iterator[School]:
    """The schools that are host, send somebody, or could: all that the page counts."""
    sends = {member.school_id for line in lines for member in line.team}
    could = {home.school for person in cluster.reviewers() if (home := cluster.home_in(person, cycle))}
    for id, school in cluster.schools.items():
        is_member = (school.joined or cycle.first) <= cycle.last and (school.left or cycle.last) >= cycle.first
        if id in sends or any(line.host_id == id for line in lines) or (id in could and is_member):
            yield school


def _school(school: School, lines: tuple[VisitLine, ...]) -> SchoolLine:
    own = next((line for line in lines if line.host_id == school.id), None)
    out = [(line, member) for line in lines for member in line.team if member.school_id == school.id]
    return SchoolLine(
        id=school.id,
        name=school.name.words,
        visit=own,
        trips=tuple(Trip(line.first, line.last, line.host, member.person) for line, member in out),
        gives=sum(len(line.dates) for line, _ in out),
        receives=len(own.dates) * len(own.team) if own else 0,
        carried=school.carried,
    )
