"""A rota in part, where none holds all visits: the most that can be placed, and who is nearest to each that cannot."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sigctl.rota.case import Case, Days, Visit
from sigctl.rota.plan import Bar, LeftOut, NearPerson, Plan
from sigctl.rota.rules import Breach, Placed, Roster, Rule, rules_of
from sigctl.rota.standing import standing
from sigctl.rota.why.lacking import lacking
from sigctl.rota.wording import words

NEAREST: Final = 5
"""People who are named for each visit that is left out."""
_DAYS: Final = 60
"""First days at the most that are looked at for each of them."""
PERSONAL: Final = frozenset(
    {
        "availability", "own_school", "conflicts", "return_after", "avoid_same_trust", "other_authority", "same_phase", "similar_size",
        "visits_per_reviewer", "days_between", "out_per_school", "host_stays_home", "swaps",
        "visits_per_week", "visits_per_day",
    }
)  # fmt: skip
"""Rules that bar one person from a team, or a visit from a day, whoever else is in the team."""
_OF_ALL: Final = frozenset({"visits_per_week", "visits_per_day"})


def left_out(case: Case, plan: Plan) -> tuple[LeftOut, ...]:
    """The visits of a case that a plan leaves out, in the cycle's order, each with the people who are nearest to it."""
    stands = standing(case, plan.visits).roster
    there = {placed.visit for placed in stands}
    missing = sorted((each for each in range(len(case.visits)) if each not in there), key=lambda each: case.visits[each].entry)
    return tuple(_left_out(case, stands, each) for each in missing)


def _left_out(case: Case, roster: Roster, index: int) -> LeftOut:
    """A visit that is left out; where it has no day whoever comes, people are judged as if it had."""
    rules = tuple(rule for rule in rules_of(case.rules) if rule.name in PERSONAL)
    full = tuple(_full(case, rules, roster, index))
    personal = tuple(rule for rule in rules if rule.name not in _OF_ALL) if full else rules
    near = tuple(_nearest(case, personal, roster, index))
    lacks = () if full else tuple(lacking(case, index, near))
    return LeftOut(case.schools[case.visits[index].host].id, full, near[:NEAREST], lacks)


def _full(case: Case, rules: tuple[Rule, ...], roster: Roster, index: int) -> Iterator[Bar]:
    """What stands against each of a visit's first days whoever comes, if it does so on all of them."""
    visit = case.visits[index]
    starts = case.starts(visit)
    if not starts:
        yield Bar("window", "there is no day in the cycle on which it could begin")
    found: dict[Bar, None] = {}
    for day in (day for day in range(starts.bit_length()) if starts >> day & 1):
        more = Placed(index, tuple(range(day, day + visit.days)), 0, ())
        breaches = [each for rule in rules if rule.name in _OF_ALL for each in rule.breaches(case, (*roster, more))]
        if not breaches:
            return
        found |= {Bar(each.rule, words(case, each)): None for each in breaches}
    yield from found


def _nearest(case: Case, rules: tuple[Rule, ...], roster: Roster, index: int) -> Iterator[NearPerson]:
    """Everybody from elsewhere, those with the fewest bars on their best day first; of these, those who are nearest."""
    visit = case.visits[index]
    others = [each for each, person in enumerate(case.reviewers) if person.school != visit.host]
    found = (_near(case, rules, roster, (index, each)) for each in others)
    yield from sorted(found, key=lambda near: (len(near.bars), near.kilometres, near.person))


def _near(case: Case, rules: tuple[Rule, ...], roster: Roster, who: tuple[int, int]) -> NearPerson:
    """Somebody on the day on which the fewest rules bar them from a visit."""
    index, person = who
    visit, reviewer = case.visits[index], case.reviewers[person]
    away = case.tenths[reviewer.school][visit.host] / 10
    best: NearPerson | None = None
    for day in _first_days(case, rules, visit, person):
        bars = tuple(bars_of(case, rules, roster, Placed(index, tuple(range(day, day + visit.days)), person, (person,))))
        if best is None or len(bars) < len(best.bars):
            best = NearPerson(reviewer.id, away, case.day(day), bars)
        if not bars:
            break
    return best or NearPerson(reviewer.id, away, None, (Bar("window", "no day in the cycle is open at the host"),))


def _first_days(case: Case, rules: tuple[Rule, ...], visit: Visit, person: int) -> list[int]:
    """The days to look at: those on which the person is free, or else any on which the host is open."""
    every: Days = case.starts(visit)
    free = every
    for rule in rules:
        free &= rule.starts(case, visit, person)
    days = free or every
    return [day for day in range(days.bit_length()) if days >> day & 1][:_DAYS]


def bars_of(case: Case, rules: tuple[Rule, ...], roster: Roster, more: Placed) -> Iterator[Bar]:
    """What bars one person from one more visit, in words: each breach that the rota has with it and not without."""
    member = more.team[0]
    school, host = case.reviewers[member].school, case.visits[more.visit].host
    near = tuple(each for each in roster if _concerns(case, each, school, host))
    for rule in rules:
        others = roster if rule.name in _OF_ALL else near
        before = set(rule.breaches(case, others))
        for breach in rule.breaches(case, (*others, more)):
            if breach not in before:
                yield Bar(rule.name, words(case, _about(breach, case.reviewers[member].id)))


def _concerns(case: Case, placed: Placed, school: int, host: int) -> bool:
    """Whether a visit has to do with a school: is there, or has its people in the team; or has the other host's people."""
    return case.visits[placed.visit].host == school or any(case.reviewers[each].school in (school, host) for each in placed.team)


def _about(breach: Breach, person: str) -> Breach:
    """A breach as to one of the people who are in it, where that is the one that is asked about."""
    return replace(breach, people=(person,)) if breach.rule in _OF_ONE and person in breach.people else breach


_OF_ONE: Final = frozenset({"availability", "conflicts", "return_after", "own_school"})
