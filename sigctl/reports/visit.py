"""One visit as pages show it: its days, its team, its stages, how far it has come, and what holds it where it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sigctl.cluster import Cluster
from sigctl.records import Cycle
from sigctl.reports.who import Member
from sigctl.rota.life.locks import binding
from sigctl.rota.plan import PlannedVisit
from sigctl.words import Words, same


@dataclass(frozen=True, slots=True)
class StageLine:
    """A step of a review: what it is called, its day (by which it is `due`, or else on which it is held), and who leads it."""

    id: str
    name: Words
    day: date
    is_due: bool = True
    facilitators: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """What somebody has settled about a visit beforehand: its first day, people in its team; by whom, why, until when."""

    start: date | None = None
    people: tuple[Member, ...] = ()
    by: str = ""
    why: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit: when, where, by whom, in which half term of the host; the lead is the first of the team.

    `settled` is a lock by hand; the lock by publishing follows from the state. Visits are numbered by date, from 1.
    """

    host_id: str
    host: Words
    dates: tuple[date, ...]
    team: tuple[Member, ...]
    half_term: Words = field(default_factory=Words)
    number: int = 0
    state: str = "planned"
    settled: Settled | None = None
    reserves: tuple[Member, ...] = ()
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
    def takes_place(self) -> bool:
        """Whether it counts: it was not cancelled."""
        return self.state != "cancelled"

    @property
    def is_announced(self) -> bool:
        """Whether publishing holds it where it is: people have been told of it, or it has taken place."""
        return self.state in ("told", "confirmed", "done")


@dataclass(frozen=True, slots=True)
class Visits:
    """What is needed to tell of a visit of a cycle. Locks by hand that ended before the day `on` which it is told no longer hold."""

    cluster: Cluster
    cycle: Cycle
    on: date | None = None

    def lines(self, visits: tuple[PlannedVisit, ...]) -> tuple[VisitLine, ...]:
        """All visits by date, numbered."""
        in_order = sorted(visits, key=lambda visit: (visit.dates, visit.host))
        return tuple(self._line(number, visit) for number, visit in enumerate(in_order, start=1))

    def _line(self, number: int, visit: PlannedVisit) -> VisitLine:
        team = (visit.lead, *(person for person in visit.team if person != visit.lead))
        return VisitLine(
            host_id=visit.host,
            host=self.cluster.schools[visit.host].name.words,
            dates=visit.dates,
            team=self._members(team),
            half_term=self.cluster.half_term_of(visit.host, visit.dates[0]),
            number=number,
            state=visit.state,
            settled=self._settled(visit.host),
            reserves=self._members(visit.reserves),
            stages=tuple(self._stages(visit)),
        )

    def _members(self, people: tuple[str, ...]) -> tuple[Member, ...]:
        return tuple(self.member(person) for person in people)

    def member(self, id: str) -> Member:
        """Somebody, as they are called, at the school where they are in the cycle."""
        person = self.cluster.people[id]
        home = self.cluster.home_in(person, self.cycle)
        post = home.post if home and home.post else person.post
        called = same(person.name) if person.name else post.words if post else same(id)
        school = self.cluster.schools[home.school].name.words if home else Words()
        return Member(id, called, home.school if home else "", school)

    def _settled(self, host: str) -> Settled | None:
        fixed = next((binding(visit, self.on) for visit in self.cycle.visits if visit.host == host), None)
        if fixed is None or not (fixed.start or fixed.team):
            return None
        return Settled(fixed.start, self._members(fixed.team), fixed.by or "", fixed.why or "", fixed.until)

    def _stages(self, visit: PlannedVisit) -> Iterator[StageLine]:
        """The stages that the rota gives the visit, by date."""
        known = {stage.id: stage for stage in self.cycle.stages}
        for stage in sorted(visit.stages, key=lambda each: (each.day, each.id)):
            record = known.get(stage.id)
            name = record.name.words if record and record.name else same(stage.id)
            yield StageLine(stage.id, name, stage.day, record is None or record.due is not None, self._members(stage.facilitators))
