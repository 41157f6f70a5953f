"""A rota of the files, judged: every rule that it breaks, in words and at its place in the file, and what it scores.

What is done about each rule, `by_hand` of the cycle says: block, warn or allow. Knows no terminal; whoever asks prints.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sigctl.cluster import Cluster
from sigctl.cluster.cluster import Origin
from sigctl.problem import Mistake, Place, Problem, Severity, in_file_order
from sigctl.records import Cycle, Rota, RotaVisit
from sigctl.rota.case import Case
from sigctl.rota.gathering import case_of, without_departed
from sigctl.rota.goals import UNITS
from sigctl.rota.life.promised import broken_duties
from sigctl.rota.rules import Breach, rules_of
from sigctl.rota.standing import standing
from sigctl.rota.verify import breaches, scores
from sigctl.rota.wording import advice, words

_MARKS: Final = {
    "visits": "host", "window": "dates", "visits_per_week": "dates", "visits_per_day": "dates", "leads": "lead",
    "team": "team", "welsh_speakers": "team", "cover_focus": "team", "new_triads": "team", "swaps": "team",
}  # fmt: skip
"""What of a visit a breach of a rule points at; the people where nothing stands here."""
_CODES: Final = {"reviewers": "team"}
"""Under which rule that is told which is none of the cycle's own."""

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rota breaks, each with what the cycle does about it, and its score on each goal of the cycle, in days and kilometres."""

    breaches: tuple[Breach, ...]
    problems: tuple[Problem, ...]
    scores: tuple[tuple[str, float], ...]

    @property
    def blocking(self) -> tuple[Problem, ...]:
        """What keeps the rota from being published."""
        return tuple(each for each in self.problems if each.is_error)

    @property
    def blocks(self) -> bool:
        """Whether anything keeps the rota from being published."""
        return bool(self.blocking)


def judged(cluster: Cluster, cycle: Cycle, rota: Rota, today: date | None = None, origin: Origin | None = None) -> Verdict:
    """A rota, by the rules and goals of its cycle. Its places are those of the origin, or of the rota of the workspace.

    Visits of the published rota that are done count as they are; those that are told or confirmed may have moved. A school that has
    left the cluster need not be visited.
    """
    held = {visit.host for visit in rota.visits if visit.state != "cancelled"}
    case = without_departed(cluster, cycle, case_of(cluster, cycle, today, rota), held, today)
    stands = standing(case, rota.visits)
    broken = (*stands.breaches(), *breaches(case, rules_of(case.rules), stands.roster), *broken_duties(cluster, case, rota, stands, today))
    found = tuple(_joined(broken))
    problems = [each for breach in found for each in _problems(cluster, case, rota, breach, origin)]
    values = scores(case, stands.roster) if stands.roster else {}
    units = tuple((name, value / UNITS[name]) for name, value in values.items())
    return Verdict(found, in_file_order(problems), units)


def _joined(found: Sequence[Breach]) -> Iterator[Breach]:
    """The same thing on several days, as one breach; and without what is only the echo of another.

    Who reviews their own school is out while it is host, and who stands in a team twice has no days between.
    """
    alike: dict[tuple[object, ...], Breach] = {}
    for each in found:
        if each.rule in ("host_stays_home", "days_between") and len(set(each.hosts)) == 1:
            continue
        key = (each.rule, each.hosts, tuple(sorted(each.people)), *(each.dates if each.rule == "days_between" else ()))
        before = alike.setdefault(key, each)
        if before is not each and before.dates != each.dates:
            alike[key] = replace(before, dates=tuple(dict.fromkeys((*before.dates, *each.dates))))
    yield from alike.values()


def _problems(cluster: Cluster, case: Case, rota: Rota, breach: Breach, origin: Origin | None) -> Iterator[Problem]:
    cycle = cluster.cycles[rota.cycle]
    weight = getattr(cycle.by_hand, breach.rule, "block")
    text, what = words(case, breach), advice(breach)
    if breach.rule == "visits" and _is_cancelled(rota, breach.hosts[0]):
        weight = "warn"
        text = f"the visit at `{breach.hosts[0]}` is cancelled, and the cycle still asks for one"
        what = "`sigctl rota replan` looks for other days; or take the school out of the cycle's `visits`"
    if weight != "allow":
        code, severity = _CODES.get(breach.rule, breach.rule), Severity.ERROR if weight == "block" else Severity.WARNING
        yield Problem(Mistake(code, severity, ""), text, _place(cluster, rota, breach, origin), what)


def _is_cancelled(rota: Rota, host: str) -> bool:
    return {visit.state for visit in rota.visits if visit.host == host} == {"cancelled"}


def _place(cluster: Cluster, rota: Rota, breach: Breach, origin: Origin | None) -> Place:
    """Where a breach stands in the file of the rota; of a visit that is not there, where the cycle asks for it."""
    path, on_key = path_of(rota, breach)
    if not path and breach.rule == "visits":
        hosts = [visit.host for visit in cluster.cycles[rota.cycle].visits]
        return cluster.place("cycles", rota.cycle, "visits", hosts.index(breach.hosts[0]), "host")
    if origin:
        return origin.document.place((*origin.path, *path), on_key=on_key)
    return cluster.place("rotas", f"{rota.cycle} {rota.status}", *path, on_key=on_key)


def path_of(rota: Rota, breach: Breach) -> tuple[Path, bool]:
    """The path in a rota to what a breach points at, in the last of its visits, and whether the key is meant rather than the value."""
    own = [
        (each.state != "cancelled", breach.hosts.index(each.host), index)
        for index, each in enumerate(rota.visits)
        if each.host in breach.hosts
    ]
    if not own:
        return (), False
    index = max(own)[-1]
    path, on_key = _inside(rota.visits[index], breach)
    return ("visits", index, *path), on_key


def _inside(visit: RotaVisit, breach: Breach) -> tuple[Path, bool]:
    mark = _MARKS.get(breach.rule, "people")
    if breach.rule == "fixed":
        mark = "dates" if breach.dates else "people" if set(breach.people) & set(visit.team) else "team"
    if mark == "dates":
        found = next((number for number, day in enumerate(visit.dates) if day in breach.dates), None)
        return (("dates",), True) if found is None or set(visit.dates) <= set(breach.dates) else (("dates", found), False)
    if breach.rule == "stages":
        return _inside_stage(visit, breach), False
    if mark in ("team", "host", "lead"):
        return (mark,), mark == "team"
    return next(((path, False) for person in reversed(breach.people) for path in _paths(visit, person)), (("host",), False))


def _inside_stage(visit: RotaVisit, breach: Breach) -> Path:
    """Where a stage is on a day, or who of a breach leads one then."""
    on_days = [(number, stage) for number, stage in enumerate(visit.stages) if stage.date in breach.dates]
    led = ((number, place) for number, stage in on_days for place, who in enumerate(stage.facilitators) if who in breach.people)
    found = next(led, None) if breach.people else None
    return ("stages", found[0], "facilitators", found[1]) if found else ("stages", on_days[0][0], "date")


def _paths(visit: RotaVisit, person: str) -> Iterator[Path]:
    """Where somebody stands in a visit: in its team, as its lead, among its reserves, or as a facilitator."""
    yield from (("team", number) for number, each in enumerate(visit.team) if each == person)
    if visit.lead == person:
        yield ("lead",)
    yield from (("reserves", number) for number, each in enumerate(visit.reserves) if each == person)
    for number, stage in enumerate(visit.stages):
        yield from (("stages", number, "facilitators", place) for place, each in enumerate(stage.facilitators) if each == person)
