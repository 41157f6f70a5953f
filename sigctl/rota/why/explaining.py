"""Why no rota exists: the smallest conflicting demands, and the cheapest single changes that end the conflict. All is solved for.

The visits that cannot all take place are found first, with the rules that matter, then what exactly is asked of them. Whatever is
not solved within its effort is not claimed.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from sigctl.rota.case import Case
from sigctl.rota.plan import Conflict, Plan, Relaxation, Source
from sigctl.rota.search.watch import Stopped, Watch
from sigctl.rota.why.asking import Ask, Asking
from sigctl.rota.why.changes import Burden, Change, Ladder, Setting, ladders
from sigctl.rota.why.oracle import Oracle, narrowed
from sigctl.rota.why.shrinking import Core, Exhausted, shrunk, smallest
from sigctl.rota.why.surroundings import Surroundings
from sigctl.rota.why.wording import demands

_LITTLE = 0.2
"""Deterministic time of a question on the way; what is not known then is kept."""
_MUCH = 3.0
"""Deterministic time of a question whose answer is told."""
_SOME = 0.4
"""Deterministic time of the question whether a change is enough for the whole cycle."""
_PLAIN = (
    "busy",
    "fixed",
    "published",
    "cover_focus",
    "welsh_speakers",
    "leads",
    "team",
    "availability",
    "once",
    "own_school",
    "window",
    "visits",
)
"""Rules after which a conflict is called only where there is no other, the first of them first."""
_APART = 4
"""Conflicts about different visits that are looked for."""
_SMALLEST = 0.5
"""Deterministic time for the proof that no conflict is smaller."""
_HELP = 1.5
"""Deterministic time in which changes are sought."""
_FEW = 40
"""The largest conflict for which a smallest one is sought."""
_OF_DAYS = frozenset({"window", "busy", "visits_per_week", "visits_per_day", "fixed", "published"})
"""Rules about days, whoever comes: a conflict of these alone is found at once."""
_OF_WHEN = _OF_DAYS - {"fixed", "published"} | {"availability", "days_between", "once", "out_per_school", "host_stays_home"}
"""Rules about days at all: a conflict of none of these, of people alone, is found at once, too."""
_SHOWN = 6
"""Changes that are told."""
_ALIKE = 2
"""Of them, as hard as each other."""


@dataclass
class Explanation:
    """What is known so far; whoever is stopped keeps it."""

    conflicts: list[Conflict] = field(default_factory=list)
    relaxations: list[Relaxation] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    asks: list[tuple[Ask, ...]] = field(default_factory=list)

    def tell(self, change: Change, *, is_enough: bool) -> None:
        """Tell of a change that was solved for."""
        self.changes.append(change)
        self.relaxations.append(Relaxation(change.rule, change.text, change.sources, is_enough))


def explained(case: Case, around: Surroundings, watch: Watch, seed: int, *, briefly: bool = False) -> Explanation:
    """Why a case that has no rota has none; `briefly`, without the proof that a conflict is the smallest."""
    found = Explanation()
    watch.stage("what stands in the way")
    with suppress(Stopped):
        _explain(found, case, around, Oracle(watch, seed, _MUCH), briefly=briefly)
    return found


def with_reasons(plan: Plan, case: Case, around: Surroundings, watch: Watch, seed: int) -> Plan:
    """A plan of a case that has no rota, with the reasons; those that counting has shown already stay as they are."""
    found = explained(case, around, watch, seed, briefly=bool(plan.conflicts))
    conflicts = plan.conflicts or tuple(found.conflicts) or (_unexplained(case),)
    return replace(plan, conflicts=conflicts, relaxations=tuple(found.relaxations))


def _unexplained(case: Case) -> Conflict:
    """The conflict of all rules together, where no smaller one was found."""
    text = "no rota keeps all the rules together; which of them stand in the way was not found in the time that there was"
    advice = "end the cycle later, leave out some visits, or relax several rules"
    return Conflict("rules", text, (Source("cycles", case.cycle, ("rules",)),), advice)


def _explain(found: Explanation, case: Case, around: Surroundings, oracle: Oracle, *, briefly: bool) -> None:
    left = list(range(len(case.visits)))
    while left and len(found.asks) < _APART:
        core = _conflict(Asking(case, around, left), oracle)
        if core is None:
            break
        visits = [ask.visits[0] for ask in core.items if ask.rule in ("visits", "done")]
        fewest = core if briefly else _fewest(Asking(case, around, visits), core, oracle)
        if fewest is None:
            break
        core = fewest
        found.asks.append(core.items)
        found.conflicts.append(_told(case, around, core))
        left = [each for each in left if each not in visits]
    oracle.watch.stage("what would help")
    _relax(found, case, around, oracle)


def _conflict(asking: Asking, oracle: Oracle) -> Core[Ask] | None:
    """A conflict among some visits of which nothing can be left out: first the rules that matter, then the visits, then both."""

    def possible(asks: Sequence[Ask]) -> bool | None:
        return oracle.possible(asking.puzzle(asks), _LITTLE)

    effort = _MUCH if len(asking.visits) == len(asking.case.visits) else _SOME
    if oracle.possible(asking.puzzle(asking.asks), effort) is not False:
        return None
    taking = [ask for ask in asking.asks if ask.rule in ("visits", "done")]
    groups = [tuple(each) for each in asking.by_rule()]
    alone = ([group for group in groups if group[0].rule in _OF_DAYS], [group for group in groups if group[0].rule not in _OF_WHEN])
    groups = next((some for some in alone if possible([*_flat(some), *taking]) is False), groups)
    rules = _flat(shrunk(groups, lambda some: possible([*_flat(some), *taking])).items) if possible(taking) is not False else ()
    visits = shrunk(taking, lambda some: possible([*rules, *some])).items
    return shrunk([*rules, *visits], possible)


def core_of(case: Case, around: Surroundings, oracle: Oracle) -> Core[Ask] | None:
    """The first conflict of a case that is found, with none left out; None where none is."""
    return _conflict(Asking(case, around, range(len(case.visits))), oracle)


def _flat(groups: Sequence[Sequence[Ask]]) -> tuple[Ask, ...]:
    return tuple(ask for group in groups for ask in group)


def _fewest(asking: Asking, core: Core[Ask], oracle: Oracle) -> Core[Ask] | None:
    """The smallest conflict about the same visits where that can be proved; None if, solved for once more, it is none after all."""
    most = oracle.spent + _SMALLEST

    def possible(asks: Sequence[Ask]) -> bool | None:
        if oracle.spent > most:
            raise Exhausted
        return oracle.possible(asking.puzzle(asks), _LITTLE)

    if core.is_tight and len(core.items) <= _FEW:
        core = smallest(asking.asks, core, possible)
    again = Oracle(oracle.watch, oracle.seed + 1, oracle.effort)
    return None if again.possible(asking.puzzle(core.items)) else core


def _told(case: Case, around: Surroundings, core: Core[Ask]) -> Conflict:
    asked = demands(case, core.items, around.last)
    rule = min((each.rule for each in asked), key=lambda name: _PLAIN.index(name) if name in _PLAIN else -1)
    sources = tuple(dict.fromkeys(source for each in asked for source in each.sources))
    text = "these cannot all hold: " + "; ".join(each.text for each in asked)
    advice = "leave out or change one of them" if core.is_tight else "change one of them; some of them may not matter"
    return Conflict(rule, text, sources, advice, asked, core.is_tight, core.is_smallest)


def _relax(found: Explanation, case: Case, around: Surroundings, oracle: Oracle) -> None:
    """The easiest changes that are enough for the whole cycle; without any, those that settle each conflict."""
    partly: list[Change] = []
    most = oracle.spent + _HELP
    for number, asks in enumerate(found.asks):
        seeking = _Seeking(Setting(case, around, asks), found.asks, oracle)
        alike: dict[Burden, int] = {}
        for burden, ladder in ladders(seeking.setting):
            if oracle.spent > most or len(found.relaxations) >= _SHOWN or (number and not found.relaxations and len(partly) >= _SHOWN):
                break
            if alike.get(burden, 0) >= _ALIKE:
                continue
            change, is_enough = seeking.first(ladder)
            if change:
                if is_enough:
                    found.tell(change, is_enough=True)
                else:
                    partly.append(change)
                alike[burden] = alike.get(burden, 0) + 1
        if found.relaxations:
            return
    for change in partly[: 2 * _SHOWN]:
        found.tell(change, is_enough=False)


@dataclass
class _Seeking:
    """The search for the smallest step of a change that helps: with this conflict, and then with the whole cycle."""

    setting: Setting
    conflicts: Sequence[tuple[Ask, ...]]
    oracle: Oracle

    def first(self, ladder: Ladder) -> tuple[Change | None, bool]:
        """The first step that is enough, and True; or that settles this conflict alone, and False; or none."""
        changes = [change for step in ladder if (change := step())]
        partly = _first(changes, lambda each: self._settles(each, self.setting.asks))
        if partly is None:
            return None, False
        others = [asks for asks in self.conflicts if asks != self.setting.asks]
        enough = _first(changes[partly:], lambda each: all(self._settles(each, asks) for asks in others) and self._is_enough(each))
        return (changes[partly], False) if enough is None else (changes[partly + enough], True)

    def _settles(self, change: Change, asks: tuple[Ask, ...]) -> bool:
        visits = [ask.visits[0] for ask in asks if ask.rule in ("visits", "done")]
        return self.oracle.holds(narrowed(change.case, change.places(visits)), _LITTLE) is True

    def _is_enough(self, change: Change) -> bool:
        return self.oracle.holds(change.case, _SOME) is True


def _first(changes: Sequence[Change], helps: Callable[[Change], bool]) -> int | None:
    """The first of some steps that helps, by halves, since what one does the greater ones do."""
    if not changes or not helps(changes[-1]):
        return None
    low, high = 0, len(changes) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if helps(changes[middle]) else (middle + 1, high)
    return low
