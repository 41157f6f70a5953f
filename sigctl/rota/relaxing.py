"""After a search that proved that no rota exists: which single rule, left out, would let one exist. Each answer is solved for."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from sigctl.rota.case import Case
from sigctl.rota.drafting import puzzle_of
from sigctl.rota.plan import Conflict, Source
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


def culprits(case: Case, watch: Watch, seed: int) -> tuple[Conflict, ...]:
    """The rules of which any one, left out, would let a rota exist; or one conflict that says that no single one would."""
    found = tuple(Conflict(rule, _text(case, rule), (_source(case, rule),)) for rule in _helping(case, watch, seed))
    return found or (unexplained(case),)


def unexplained(case: Case) -> Conflict:
    """The conflict of all rules together, where no single one was found to be at fault."""
    text = "together the rules leave no rota, and no single one was found that would let one exist if it were left out"
    return Conflict("rules", text, (Source("cycles", case.cycle),))


def _helping(case: Case, watch: Watch, seed: int) -> Iterator[str]:
    for rule, nothing in _WITHOUT.items():
        if getattr(case.rules, rule) != nothing:
            easier = replace(case, rules=case.rules.model_copy(update={rule: nothing}))
            puzzle = puzzle_of(easier, rules_of(easier.rules), costly=False)
            if exists(puzzle, watch, seed):
                yield rule


def _text(case: Case, rule: str) -> str:
    value = getattr(case.rules, rule)
    written = str(value).lower() if isinstance(value, bool) else value
    return f"no rota keeps all the rules; there would be one without `{rule}: {written}`"


def _source(case: Case, rule: str) -> Source:
    return Source("cycles", case.cycle, ("rules", rule))
