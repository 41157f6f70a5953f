"""Why another choice is in no rota: what is done or fixed stands against it; or else the few demands that conflict with it.

Both are proofs. The first needs no search: whatever else is planned, the visits that cannot move bar the choice on each of its days.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from typing import Final

from sigctl.rota.case import Case, Visit
from sigctl.rota.partial import PERSONAL
from sigctl.rota.plan import Bar
from sigctl.rota.rules import Breach, Placed, Roster, Rule
from sigctl.rota.search.watch import Stopped
from sigctl.rota.why.asking import Ask
from sigctl.rota.why.explaining import core_of
from sigctl.rota.why.oracle import Oracle
from sigctl.rota.why.shrinking import Exhausted
from sigctl.rota.why.surroundings import Surroundings
from sigctl.rota.why.wording import demands

_GROWING: Final = PERSONAL | {"one_per_school", "trainees"}
"""Rules that stay broken, whatever else is planned."""
_TOLD: Final = 3
"""Bars that are told where different days have different ones."""
_LONGEST: Final = 8
"""Demands of a conflict that is still worth reading."""


def immovable(case: Case, but: int) -> Roster:
    """The visits that stand where they are: those that are done, told, or fixed for a day, each with whom it is known to have."""
    found = []
    for index, visit in enumerate(case.visits):
        if visit.start is not None and index != but:
            days = tuple(range(visit.start, visit.start + visit.days))
            found.append(Placed(index, days, visit.members[0] if visit.members else 0, visit.members))
    return tuple(found)


def barred(case: Case, rules: Sequence[Rule], options: Sequence[Placed], against: Callable[[Breach], str]) -> tuple[Bar, ...]:
    """What bars a visit in each of its ways, as long as nothing moves that is done or fixed; nothing where one way is free."""
    growing = [rule for rule in rules if rule.name in _GROWING]
    stands = immovable(case, options[0].visit) if options else ()
    before = {breach for rule in growing for breach in rule.breaches(case, stands)}
    found: list[list[Breach]] = []
    for option in options:
        new = [each for rule in growing for each in rule.breaches(case, (*stands, option)) if each not in before]
        if not new:
            return ()
        found.append(new)
    return tuple(_told(case, options[0].visit, found, against))


def _told(case: Case, visit: int, found: Sequence[Sequence[Breach]], against: Callable[[Breach], str]) -> Iterator[Bar]:
    """A rule that is broken in each way, by itself; else the first few that are broken in some."""
    if not found:
        return
    always = [each.rule for each in found[0] if all(any(other.rule == each.rule for other in some) for some in found)]
    chosen = [each for some in found for each in some if not always or each.rule == always[0]]
    bars = dict.fromkeys(Bar(each.rule, against(each) + _standing(case, visit, each)) for each in chosen)
    yield from list(bars)[:_TOLD]


def _standing(case: Case, visit: int, breach: Breach) -> str:
    """Of the other hosts that have part in a breach, whose visits cannot move, and why."""
    own = case.schools[case.visits[visit].host].id
    others = [each for each in case.visits if each.start is not None and case.schools[each.host].id in breach.hosts]
    told = [_stands(case, each) for each in others if case.schools[each.host].id != own]
    return f" ({', '.join(told)})" if told else ""


def _stands(case: Case, visit: Visit) -> str:
    host, day = case.schools[visit.host].id, case.day(visit.start or 0)
    if visit.settled:
        return f"the visit at `{host}` took place from {day}"
    return f"the visit at `{host}` is {'told or confirmed' if visit.locked else 'fixed by hand'}, to begin on {day}"


def conflicting(case: Case, added: Collection[Ask], oracle: Oracle, effort: float) -> tuple[Bar, ...]:
    """Demands that a case without a rota cannot meet together, without those that only put the choice; nothing if none was found.

    The effort is in deterministic time.
    """
    core = None
    most, oracle.most = oracle.most, min(oracle.most, oracle.spent + effort)
    with suppress(Exhausted, Stopped):
        core = core_of(case, Surroundings(), oracle)
    oracle.most = most
    if core is None:
        return ()
    told = demands(case, [ask for ask in core.items if ask not in added], None)
    return tuple(Bar(each.rule, each.text) for each in told) if len(told) <= _LONGEST else ()
