"""Who reviews in a cycle, and who could: how many of the trained are used, who is new, and whose training ends."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sigctl.cluster import Cluster
from sigctl.records import Cycle, Person
from sigctl.reports.people import PeoplePage, PersonLine
from sigctl.reports.who import Member
from sigctl.rota.past.balances import earlier_cycles
from sigctl.rota.past.teams import veterans
from sigctl.words import Words

YEAR: Final = timedelta(365)
"""For how long ahead it is told whose training ends; and what counts as new where there was no cycle before."""


@dataclass(frozen=True, slots=True)
class SchoolUse:
    """How many reviewers a school has who may review in the cycle, and how many of them are in a team."""

    id: str
    name: Words
    trained: int
    used: int


@dataclass(frozen=True, slots=True)
class Lapse:
    """Somebody whose training ends, and on which day; or has ended."""

    who: Member
    on: date
    is_over: bool


@dataclass(frozen=True, slots=True)
class ReviewerUse:
    """The reviewers of a cycle. `first_time` is None where no earlier rota tells who was in a team before."""

    trained: tuple[Member, ...]
    used: tuple[Member, ...]
    new: tuple[Member, ...]
    first_time: tuple[Member, ...] | None
    idle: tuple[Member, ...]
    lapses: tuple[Lapse, ...]
    schools: tuple[SchoolUse, ...]

    @property
    def share(self) -> int:
        """The part of the trained who are in a team, in hundredths."""
        used = {member.id for member in self.used}
        return round(100 * sum(member.id in used for member in self.trained) / len(self.trained)) if self.trained else 0


def reviewer_use(cluster: Cluster, cycle: Cycle, people: PeoplePage, as_at: date) -> ReviewerUse:
    """The reviewers of a cycle, from its rota by person."""
    trained = [line for line in people.people if _may_review(cluster.people[line.who.id], cycle)]
    used = [line for line in people.people if line.visits]
    since = max((each.last for each in earlier_cycles(cluster, cycle)), default=as_at - YEAR)
    return ReviewerUse(
        trained=_who(trained),
        used=_who(used),
        new=_who([line for line in trained if _trained(cluster, line) > since]),
        first_time=_first_time(cluster, cycle, used),
        idle=_who([line for line in trained if not line.visits]),
        lapses=_lapses(cluster, trained, as_at),
        schools=tuple(_by_school(trained, used)),
    )


def _who(lines: list[PersonLine]) -> tuple[Member, ...]:
    return tuple(line.who for line in lines)


def _may_review(person: Person, cycle: Cycle) -> bool:
    reviewer = person.reviewer
    return reviewer is not None and reviewer.trained <= cycle.last and (reviewer.expires or date.max) >= cycle.first


def _trained(cluster: Cluster, line: PersonLine) -> date:
    reviewer = cluster.people[line.who.id].reviewer
    return reviewer.trained if reviewer else date.min


def _first_time(cluster: Cluster, cycle: Cycle, used: list[PersonLine]) -> tuple[Member, ...] | None:
    before = veterans(cluster, cycle, and_done=False)
    return _who([line for line in used if line.who.id not in before]) if before else None


def _lapses(cluster: Cluster, trained: list[PersonLine], as_at: date) -> tuple[Lapse, ...]:
    ends = ((line.who, reviewer.expires) for line in trained if (reviewer := cluster.people[line.who.id].reviewer))
    found = (Lapse(who, day, day < as_at) for who, day in ends if day and day < as_at + YEAR)
    return tuple(sorted(found, key=lambda lapse: (lapse.on, lapse.who.id)))


def _by_school(trained: list[PersonLine], used: list[PersonLine]) -> list[SchoolUse]:
    names = {line.who.school_id: line.who.school for line in (*trained, *used) if line.who.school_id}
    return [
        SchoolUse(id, names[id], sum(line.who.school_id == id for line in trained), sum(line.who.school_id == id for line in used))
        for id in sorted(names)
    ]
