"""What keeps a visit where it is: a person who fixed it in the cycle, or the published rota. The two are never confused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sigctl.cluster import Cluster
from sigctl.records import Cycle, Fixed, RotaVisit, State, Visit

_HOLDING: tuple[State, ...] = ("told", "confirmed")
"""States in which planning again leaves a visit of the published rota where it is."""


@dataclass(frozen=True, slots=True)
class ByHand:
    """Somebody fixed it: its first day, or people in its team; who, why, and until when it binds."""

    start: date | None = None
    team: tuple[str, ...] = ()
    by: str | None = None
    why: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ByPublishing:
    """It stands in the published rota, and people know of it: it is told, confirmed or done."""

    state: State


Lock = ByHand | ByPublishing


@dataclass(frozen=True, slots=True)
class Kept:
    """Visits of the published rota that stay as they are: those that are done, and those that are told or confirmed; by host."""

    done: Mapping[str, RotaVisit] = field(default_factory=dict)
    told: Mapping[str, RotaVisit] = field(default_factory=dict)


def locks(cluster: Cluster, cycle: Cycle, today: date | None = None) -> Mapping[str, tuple[Lock, ...]]:
    """For each host of a cycle what keeps its visit where it is: what is fixed by hand first, then what was published.

    What is fixed `until` a day before today no longer binds.
    """
    kept = kept_visits(cluster, cycle, today)
    published = {**kept.told, **kept.done}
    found: dict[str, tuple[Lock, ...]] = {}
    for visit in cycle.visits:
        fixed = binding(visit, today)
        by_hand = (ByHand(fixed.start, fixed.team, fixed.by, fixed.why, fixed.until),) if fixed else ()
        by_publishing = (ByPublishing(published[visit.host].state),) if visit.host in published else ()
        found[visit.host] = (*by_hand, *by_publishing)
    return found


def kept_visits(cluster: Cluster, cycle: Cycle, today: date | None = None) -> Kept:
    """The visits of the published rota that planning again leaves as they are.

    What is fixed by hand goes before: a visit that is told, but fixed for another day or other people, is free to follow.
    """
    rota = cluster.rota(cycle.id, "published")
    visits = rota.visits if rota else ()
    fixed = {visit.host: binding(visit, today) for visit in cycle.visits}
    done = _by_host(visit for visit in visits if visit.state == "done")
    told = _by_host(visit for visit in visits if visit.state in _HOLDING and _agrees(visit, fixed.get(visit.host)))
    return Kept(done, {host: visit for host, visit in told.items() if host not in done})


def binding(visit: Visit, today: date | None) -> Fixed | None:
    """What is fixed about a visit by hand, where it still binds."""
    fixed = visit.fixed
    return None if fixed and fixed.until and today and fixed.until < today else fixed


def _agrees(visit: RotaVisit, fixed: Fixed | None) -> bool:
    return fixed is None or ((fixed.start is None or fixed.start == min(visit.dates)) and set(fixed.team) <= set(visit.team))


def _by_host(visits: Iterable[RotaVisit]) -> dict[str, RotaVisit]:
    return {visit.host: visit for visit in visits}
