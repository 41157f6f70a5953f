"""What each school gave and received, cycle by cycle, from the published rotas of the workspace.

`carried` of a school is its balance before the first of them; each cycle since adds the reviewer-days that its people gave, less
those that its own visit took.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sigctl.cluster import Cluster
from sigctl.records import Cycle, RotaVisit, School
from sigctl.rota.plan import PlannedVisit


@dataclass(frozen=True, slots=True)
class Turn:
    """A school's part in one cycle, in reviewer-days: what it gave, what it received, and its balance afterwards."""

    cycle: str
    given: int
    received: int
    balance: int


def earlier_cycles(cluster: Cluster, cycle: Cycle) -> tuple[Cycle, ...]:
    """The cycles that ended before this one began, the earliest first."""
    return tuple(sorted((each for each in cluster.cycles.values() if each.last < cycle.first), key=lambda each: (each.last, each.id)))


def balances(cluster: Cluster, until: Cycle) -> Mapping[str, tuple[Turn, ...]]:
    """Each school's turns in the earlier cycles of which a published rota is in the workspace.

    A school counts from the cycle in which it joins until the one in which it leaves.
    """
    found: dict[str, list[Turn]] = {id: [] for id in cluster.schools}
    for cycle in earlier_cycles(cluster, until):
        rota = cluster.rota(cycle.id, "published")
        if rota is None:
            continue
        shares = given_and_received(cluster, cycle, rota.visits)
        for id, turns in found.items():
            if id in shares or is_member(cluster.schools[id], cycle):
                given, received = shares.get(id, (0, 0))
                before = turns[-1].balance if turns else cluster.schools[id].carried
                turns.append(Turn(cycle.id, given, received, before + given - received))
    return {id: tuple(turns) for id, turns in found.items()}


def openings(cluster: Cluster, cycle: Cycle) -> Mapping[str, int]:
    """Each school's balance at the beginning of a cycle: what it carried, and what the cycles before it added."""
    return {id: turns[-1].balance if turns else cluster.schools[id].carried for id, turns in balances(cluster, cycle).items()}


def given_and_received(cluster: Cluster, cycle: Cycle, visits: Iterable[RotaVisit | PlannedVisit]) -> Mapping[str, tuple[int, int]]:
    """The reviewer-days that each school's people give, and that its own visit takes. Cancelled visits do not count.

    A person counts for the school at which they are in the cycle.
    """
    given: Counter[str] = Counter()
    received: Counter[str] = Counter()
    for visit in visits:
        if visit.state == "cancelled":
            continue
        received[visit.host] += len(visit.dates) * len(visit.team)
        for member in visit.team:
            home = cluster.home_in(cluster.people[member], cycle) if member in cluster.people else None
            if home:
                given[home.school] += len(visit.dates)
    return {id: (given[id], received[id]) for id in sorted({*given, *received})}


def is_member(school: School, cycle: Cycle) -> bool:
    """Whether a school belongs to the cluster on some day of a cycle."""
    return (school.joined or date.min) <= cycle.last and cycle.first <= (school.left or date.max)
