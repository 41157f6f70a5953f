"""One person in the place of another: the rota after it, tested against every rule, with what it scores before and after."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sigctl.cluster import Cluster
from sigctl.cluster.edit import Change
from sigctl.problem import Problem
from sigctl.records import Cycle, Rota, RotaVisit
from sigctl.rota.life.judging import Verdict, judged


@dataclass(frozen=True, slots=True)
class Swap:
    """At the host `other` takes the place of `person`; with a second host, `person` takes that of `other` there."""

    host: str
    person: str
    other: str
    back: str | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """A rota after a swap, what has to be written in its file for it, and how it is judged before and after."""

    rota: Rota
    changes: tuple[Change, ...]
    before: Verdict
    after: Verdict

    @property
    def broken(self) -> tuple[Problem, ...]:
        """What the swap breaks that was not broken before, and that the cycle does not let pass."""
        known = {(each.code, each.message) for each in self.before.problems}
        return tuple(each for each in self.after.blocking if (each.code, each.message) not in known)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What the swap breaks of which the cycle only wants to be told."""
        known = {(each.code, each.message) for each in self.before.problems}
        return tuple(each for each in self.after.problems if not each.is_error and (each.code, each.message) not in known)


def tried(cluster: Cluster, cycle: Cycle, rota: Rota, swap: Swap, today: date | None = None) -> Trial:
    """A swap, tried out. Both people must be where the swap says, which the caller sees to.

    Who takes a lead's place leads, where they can; else the first of the others who can. A reserve whose turn has come
    changes places with the member. A visit that people knew of is planned again.
    """
    pairs = {swap.host: (swap.person, swap.other)} | ({swap.back: (swap.other, swap.person)} if swap.back else {})
    visits, changes = [], []
    for index, visit in enumerate(rota.visits):
        after = _changed(cluster, visit, *pairs[visit.host]) if visit.host in pairs and visit.state != "cancelled" else visit
        visits.append(after)
        changes += [Change(("visits", index, *path), value) for path, value in _differing(visit, after)]
    other = rota.model_copy(update={"visits": tuple(visits)})
    return Trial(other, tuple(changes), judged(cluster, cycle, rota, today), judged(cluster, cycle, other, today))


def _changed(cluster: Cluster, visit: RotaVisit, gone: str, come: str) -> RotaVisit:
    """A visit with somebody in the place of somebody else."""
    team = tuple(come if each == gone else each for each in visit.team)
    stages = tuple(
        stage.model_copy(update={"facilitators": tuple(gone if each == come else each for each in stage.facilitators)})
        for stage in visit.stages
    )
    return visit.model_copy(
        update={
            "team": team,
            "lead": _lead(cluster, team, come) if visit.lead == gone else visit.lead,
            "reserves": tuple(gone if each == come else each for each in visit.reserves),
            "stages": stages,
            "state": "planned" if visit.state in ("told", "confirmed") else visit.state,
        }
    )


def _lead(cluster: Cluster, team: tuple[str, ...], come: str) -> str:
    def can_lead(id: str) -> bool:
        reviewer = cluster.people[id].reviewer
        return reviewer is not None and reviewer.level == "lead"

    return next((each for each in (come, *team) if can_lead(each)), come)


def _differing(before: RotaVisit, after: RotaVisit) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The single values that differ between two visits of the same make, each with its path."""
    for key, old, new in (("lead", before.lead, after.lead), ("state", before.state, after.state)):
        if old != new:
            yield (key,), new
    for key, olds, news in (("team", before.team, after.team), ("reserves", before.reserves, after.reserves)):
        yield from (((key, index), new) for index, (old, new) in enumerate(zip(olds, news, strict=True)) if old != new)
    for number, (stage, other) in enumerate(zip(before.stages, after.stages, strict=True)):
        pairs = enumerate(zip(stage.facilitators, other.facilitators, strict=True))
        yield from ((("stages", number, "facilitators", index), new) for index, (old, new) in pairs if old != new)
