"""After a search that proved that no rota exists: what, left out by itself, would let one exist. Each answer is solved for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sigctl.rota.case import Case
from sigctl.rota.obstacles import listed
from sigctl.rota.plan import Conflict, Source
from sigctl.rota.puzzling import puzzle_of
from sigctl.rota.rules import rules_of
from sigctl.rota.search.lexicographic import exists
from sigctl.rota.search.watch import Watch

_WITHOUT: Final[Mapping[str, Any]] = {
    "leads": 1,
    "trainees": 99,
    "one_per_school": False,
    "swaps": True,
    "return_after": 0,
    "visits_per_reviewer": 99,
    "days_between": 0,
    "visits_per_week": None,
    "visits_per_day": None,
    "out_per_school": 99,
    "host_stays_home": False,
    "welsh_speakers": 0,
    "cover_focus": False,
    "avoid_same_trust": False,
}
"""For each rule that a cycle sets, the value with which it asks for nothing."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A way out: the case without one thing that it asks for, that thing in words, its rule and its place."""

    case: Case
    words: str
    rule: str
    source: Source


def culprits(case: Case, watch: Watch, seed: int) -> tuple[Conflict, ...]:
    """One conflict: the things of which any one, left out, would let a rota exist; or that no single one would."""
    helping = [way for way in _ways(case) if exists(puzzle_of(way.case, rules_of(way.case.rules), costly=False), watch, seed)]
    if not helping:
        return (unexplained(case),)
    if len(helping) == 1:
        text = f"no rota keeps all the rules together; there would be one without {helping[0].words}"
        advice = "change this, or leave out a visit"
    else:
        text = f"no rota keeps all the rules together; there would be one without any one of {listed([way.words for way in helping])}"
        advice = "changing one of these is enough"
    return (Conflict(helping[0].rule, text, tuple(way.source for way in helping), advice),)


def unexplained(case: Case) -> Conflict:
    """The conflict of all rules together, where no single one was found to be at fault."""
    text = "no rota keeps all the rules together, and no single rule was found without which there would be one"
    advice = "end the cycle later, leave out some visits, or relax several rules"
    return Conflict("rules", text, (Source("cycles", case.cycle, ("rules",)),), advice)


def _ways(case: Case) -> Iterator[_Way]:
    """What is fixed comes first: somebody has settled it by hand, and it is the easiest to change."""
    for index, visit in enumerate(case.visits):
        if not visit.settled and (visit.start is not None or visit.members):
            freed = replace(visit, start=None, members=())
            visits = (*case.visits[:index], freed, *case.visits[index + 1 :])
            words = f"what is fixed of the visit at `{case.schools[visit.host].id}`"
            yield _Way(replace(case, visits=visits), words, "fixed", Source("cycles", case.cycle, ("visits", visit.entry, "fixed")))
    for rule, nothing in _WITHOUT.items():
        value = getattr(case.rules, rule)
        if value != nothing:
            written = str(value).lower() if isinstance(value, bool) else value
            easier = replace(case, rules=case.rules.model_copy(update={rule: nothing}))
            yield _Way(easier, f"`{rule}: {written}`", rule, Source("cycles", case.cycle, ("rules", rule)))
