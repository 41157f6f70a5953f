"""What earlier rotas say of a cycle's hosts and people: who reviewed a school the last time, and who was in a team before."""

from collections.abc import Iterator, Mapping

from sigctl.cluster import Cluster
from sigctl.records import Cycle, RotaVisit
from sigctl.rota.past.balances import earlier_cycles


def last_teams(cluster: Cluster, cycle: Cycle) -> Mapping[str, frozenset[str]]:
    """For each school that was host before, the schools whose people were in the team the last time.

    A person counts for the school at which they were in that cycle. Visits that were cancelled are passed over.
    """
    found: dict[str, frozenset[str]] = {}
    for earlier in earlier_cycles(cluster, cycle):
        for visit in sorted(_published(cluster, earlier), key=lambda visit: max(visit.dates)):
            people = (cluster.people[each] for each in visit.team if each in cluster.people)
            found[visit.host] = frozenset(home.school for person in people if (home := cluster.home_in(person, earlier)))
    return found


def veterans(cluster: Cluster, cycle: Cycle, *, and_done: bool = True) -> frozenset[str]:
    """Everybody who was in a review team before: in an earlier cycle, or, `and_done`, in a visit that is done."""
    before = {each.id for each in earlier_cycles(cluster, cycle)}
    return frozenset(
        member
        for each in cluster.cycles.values()
        for visit in _published(cluster, each)
        if each.id in before or (and_done and visit.state == "done")
        for member in visit.team
    )


def last_reviews(cluster: Cluster, cycle: Cycle, person: str) -> Mapping[str, int]:
    """For each school that somebody reviewed in earlier cycles, how many cycles ago the last time was: 1 is the one before this."""
    found: dict[str, int] = {}
    for ago, earlier in enumerate(reversed(earlier_cycles(cluster, cycle)), start=1):
        for visit in _published(cluster, earlier):
            if person in visit.team:
                found.setdefault(visit.host, ago)
    return found


def _published(cluster: Cluster, cycle: Cycle) -> Iterator[RotaVisit]:
    """The visits of a cycle's published rota that were not cancelled."""
    rota = cluster.rota(cycle.id, "published")
    return (visit for visit in (rota.visits if rota else ()) if visit.state != "cancelled")
