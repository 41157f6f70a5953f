"""Why there is no rota, or no whole one, for other programs; and where in the files the reasons stand."""

from collections.abc import Sequence
from typing import Any

from sigctl.cluster import Cluster
from sigctl.problem import Place
from sigctl.rota.plan import Bar, Conflict, LeftOut, NearPerson, Plan, Source


def reasons_json(plan: Plan, cluster: Cluster) -> dict[str, Any]:
    """What stands in the way, what would help, and what was left out; only what there is of these."""
    told: dict[str, Any] = {}
    if plan.conflicts:
        told["conflict"] = [_conflict(each, cluster) for each in plan.conflicts]
        told["relaxations"] = [
            {"rule": each.rule, "text": each.text, "enough": each.is_enough, "places": _written(each.sources, cluster)}
            for each in plan.relaxations
        ]
    if plan.left_out:
        told["left_out"] = [_left_out(each) for each in plan.left_out]
        told["most_visits"] = plan.most_visits
    return told


def _conflict(conflict: Conflict, cluster: Cluster) -> dict[str, Any]:
    told: dict[str, Any] = {"rule": conflict.rule, "text": conflict.text, "advice": conflict.advice}
    told["places"] = _written(conflict.sources, cluster)
    if conflict.demands:
        told["demands"] = [{"rule": each.rule, "text": each.text, "places": _written(each.sources, cluster)} for each in conflict.demands]
        told |= {"tight": conflict.is_tight, "smallest": conflict.is_smallest}
    return told


def _left_out(visit: LeftOut) -> dict[str, Any]:
    return {"host": visit.host, "bars": _bars(visit.bars), "lacks": _bars(visit.lacks), "nearest": list(map(_near, visit.nearest))}


def _near(near: NearPerson) -> dict[str, Any]:
    told = {"person": near.person, "kilometres": near.kilometres, "date": near.day.isoformat() if near.day else None}
    return told | {"bars": _bars(near.bars)}


def _bars(bars: Sequence[Bar]) -> list[dict[str, str]]:
    return [{"rule": bar.rule, "text": bar.text} for bar in bars]


def _written(sources: Sequence[Source], cluster: Cluster) -> list[str]:
    return [str(place) for place in places_of(sources, cluster)]


def places_of(sources: Sequence[Source], cluster: Cluster) -> tuple[Place, ...]:
    """Where in the files some records stand."""
    return tuple(cluster.place(source.kind, source.id, *source.path) for source in sources)
