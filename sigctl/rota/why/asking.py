"""Everything that is asked of some visits, each rule where it bites, so that any part of it can be solved for by itself.

The rules write their rows, resources and first days as they do for a search; here each keeps the name of what it belongs to. A
rule that this file does not know is asked for visit by visit, or as a whole where it binds several. Facts are asked by nobody:
who is a lead, which days are pupil days, who is at which school, when the cycle begins.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from sigctl.rota.case import Case, Days, Visit, firsts
from sigctl.rota.puzzle import Candidate, Claim, Puzzle, Resource, Row
from sigctl.rota.rules import Draft, Rule, rules_of
from sigctl.rota.rules.loads import NoSwaps
from sigctl.rota.rules.rule import ALWAYS
from sigctl.rota.why.surroundings import Surroundings

Subject = Literal["visit", "person", "school", "pair", "person at", "cycle"]

_SUBJECTS: Final[Mapping[str, Subject]] = {
    "availability": "person",
    "conflicts": "person at",
    "return_after": "person at",
    "fixed": "person at",
    "visits_per_reviewer": "person",
    "days_between": "person",
    "out_per_school": "school",
    "host_stays_home": "school",
    "swaps": "pair",
}
"""Whom a rule binds, where that is not one visit or all."""


@dataclass(frozen=True, slots=True, order=True)
class Ask:
    """A rule where it bites: at which visits, persons or schools of the case, by number; `nth` is which focus of a visit.

    Besides the rules there are `visits` (this one takes place), `done` (it has), `window` (all end in time), `busy` (not on
    such days of the host), `published` (this one stays as people know it), and `once` (a person is at one visit at a time). The
    `fixed` without a person is a start.
    """

    rule: str
    visits: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    schools: tuple[int, ...] = ()
    nth: int = 0


class Asking:
    """All that is asked of some visits of a case, as `asks`, and the puzzle of any part of it."""

    def __init__(self, case: Case, around: Surroundings, visits: Sequence[int]) -> None:
        self.case = case
        self.visits = tuple(visits)
        self._taking = [Ask("done" if case.visits[each].settled else "visits", (each,)) for each in self.visits]
        self._bounds = [tuple(_bounds(case, around, each)) for each in self.visits]
        self._open = [_widest(case, around, each, [mask for _, mask in self._bounds[i]]) for i, each in enumerate(self.visits)]
        self._wide = replace(case, visits=tuple(self._loose(each, days) for each, days in zip(self.visits, self._open, strict=True)))
        self._rules = [replace(rule, single=False) if isinstance(rule, NoSwaps) else rule for rule in rules_of(case.rules)]
        self._candidates = tuple(self._pairs())
        self._bars = [tuple(self._barring(each)) for each in self._candidates]
        self._draft = Draft(self._wide, self._candidates)
        self._rows = [part for rule in self._rules for part in self._rows_of(rule)] + list(self._strangers())
        self._resources = [part for rule in self._rules for part in self._resources_of(rule)]
        self.asks: tuple[Ask, ...] = tuple(dict.fromkeys(self._every()))

    def _loose(self, index: int, days: Days) -> Visit:
        visit = self.case.visits[index]
        return visit if visit.settled else replace(visit, open=days, start=None)

    def _pairs(self) -> Iterator[Candidate]:
        """Everybody for each visit, whatever bars them."""
        for index, visit in enumerate(self._wide.visits):
            for reviewer in visit.members if visit.settled else range(len(self.case.reviewers)):
                yield Candidate(index, reviewer, self.case.reviewers[reviewer].school, self._wide.starts(visit), 0)

    def _barring(self, candidate: Candidate) -> Iterator[tuple[Ask, Days]]:
        """What takes first days from somebody, and which days it leaves."""
        visit = self._wide.visits[candidate.visit]
        for rule in () if visit.settled else self._rules:
            left = rule.starts(self._wide, visit, candidate.reviewer)
            if left != ALWAYS and candidate.starts & ~left:
                yield self._ask(rule.name, candidate), left

    def _ask(self, rule: str, candidate: Candidate) -> Ask:
        """The ask of a rule that a candidate falls under."""
        subject, visit = _SUBJECTS.get(rule, "visit"), self.visits[candidate.visit]
        if subject == "person":
            return Ask(rule, people=(candidate.reviewer,))
        if subject == "school":
            return Ask(rule, schools=(candidate.school,))
        if subject == "pair":
            low, high = sorted((candidate.school, self.case.visits[visit].host))
            return Ask(rule, schools=(low, high))
        if rule == "fixed" and self._is_published(visit):
            return Ask("published", (visit,))
        return Ask(rule, (visit,), (candidate.reviewer,) if subject == "person at" else ())

    def _is_published(self, visit: int) -> bool:
        return bool(getattr(self.case.visits[visit], "locked", False))

    def _rows_of(self, rule: Rule) -> Iterator[tuple[Ask, Row]]:
        """The rows of a rule: from all candidates, or visit by visit, so that an empty row is known to be of its visit."""
        whole = rule.rows(self._draft)
        if rule.name in _SUBJECTS:
            yield from ((self._ask(rule.name, self._candidates[row.candidates[0]]), row) for row in whole if row.candidates)
            return
        yield from ((Ask(rule.name), row) for row in whole if len({self._candidates[each].visit for each in row.candidates}) > 1)
        for local, visit in enumerate(self.visits):
            own = self._draft.of_visit.get(local, ())
            alone = replace(self._wide, visits=(self._wide.visits[local],))
            draft = Draft(alone, tuple(replace(self._candidates[each], visit=0) for each in own))
            for nth, row in enumerate(rule.rows(draft)):
                ask = Ask(rule.name, (visit,), nth=nth if rule.name == "cover_focus" else 0)
                yield ask, replace(row, candidates=tuple(own[each] for each in row.candidates))

    def _strangers(self) -> Iterator[tuple[Ask, Row]]:
        """People who are fixed for a team, and who cannot be in one: nothing meets that."""
        for visit in self.visits:
            if self.case.visits[visit].strangers:
                yield Ask("published" if self._is_published(visit) else "fixed", (visit,)), Row(1, 1, ())

    def _resources_of(self, rule: Rule) -> Iterator[tuple[Ask, Resource]]:
        for resource in rule.resources(self._draft):
            first = next((claim.candidates[0] for claim in resource.claims if claim.candidates), None)
            known = first is not None and rule.name in _SUBJECTS
            ask = self._ask(rule.name, self._candidates[first]) if known and first is not None else Ask(rule.name)
            if rule.name == "days_between":
                yield replace(ask, rule="once"), replace(resource, gap=0)
            if rule.name != "days_between" or resource.gap:
                yield ask, resource

    def _every(self) -> Iterator[Ask]:
        """All that is asked, what is easiest to do without at the end of a conflict first."""
        found = [ask for ask, _ in (*self._rows, *self._resources)] + [ask for bars in self._bars for ask, _ in bars]
        found += [ask for bounds in self._bounds for ask, _ in bounds]
        rank = {name: index for index, name in enumerate(_ORDER)}
        yield from sorted(dict.fromkeys(found), key=lambda ask: (rank.get(ask.rule, 0), ask.rule))
        yield from self._taking

    def by_rule(self) -> list[list[Ask]]:
        """The asks in groups of one rule, in their order; without the visits themselves."""
        groups: dict[str, list[Ask]] = {}
        for ask in self.asks:
            if ask.rule not in ("visits", "done"):
                groups.setdefault(ask.rule, []).append(ask)
        return list(groups.values())

    def puzzle(self, asks: Collection[Ask]) -> Puzzle:
        """The puzzle of some of what is asked. A visit that is not among it asks for nothing, and uses nothing.

        Where nothing that is kept tells days apart, one day stands for all.
        """
        kept = frozenset(asks)
        present = [ask in kept for ask in self._taking]
        starts = [self._starts(local, kept) if present[local] else 1 for local in range(len(self.visits))]
        wanted = self._wants_people(kept)
        renumbered: dict[int, int] = {}
        candidates: list[Candidate] = []
        for index, each in enumerate(self._candidates):
            left = starts[each.visit] if wanted and present[each.visit] else 0
            for ask, mask in self._bars[index]:
                left = left & mask if left and ask in kept else left
            if left:
                renumbered[index] = len(candidates)
                candidates.append(replace(each, starts=left))
        doubled = any(ask.rule == "one_per_school" and present[self.visits.index(ask.visits[0])] and ask not in kept for ask in self.asks)
        resources = tuple(self._kept_resources(kept, renumbered, present))
        if not resources and all(each.starts == starts[each.visit] for each in candidates):
            candidates = [replace(each, starts=1) for each in candidates]
            starts = [int(days != 0) for days in starts]
        return Puzzle(
            days=tuple(visit.days for visit in self._wide.visits),
            team=tuple(visit.team for visit in self._wide.visits),
            starts=tuple(starts),
            settled=tuple(visit.settled for visit in self._wide.visits),
            weekday=self.case.origin.weekday(),
            single=self.case.rules.one_per_school and not doubled,
            candidates=tuple(candidates),
            rows=tuple(self._kept_rows(kept, renumbered, present)),
            resources=resources,
            accounts=(),
        )

    def _wants_people(self, kept: frozenset[Ask]) -> bool:
        """Whether anything that is kept needs anybody to go anywhere; else an empty team is as good as any."""
        return any(row.low is not None and row.low > 0 for ask, row in self._rows if ask in kept)

    def _starts(self, local: int, kept: frozenset[Ask]) -> Days:
        visit, days = self.case.visits[self.visits[local]], self._open[local]
        for ask, mask in self._bounds[local]:
            if ask in kept and ask.rule not in ("fixed", "published"):
                days &= mask
        starts = firsts(days, visit.days)
        for ask, mask in self._bounds[local]:
            if ask in kept and ask.rule in ("fixed", "published"):
                starts &= mask
        return starts

    def _kept_rows(self, kept: frozenset[Ask], renumbered: Mapping[int, int], present: Sequence[bool]) -> Iterator[Row]:
        """The rows of what is kept, as to those who are left; without what a visit asks that is not there."""
        there = {visit for visit, is_there in zip(self.visits, present, strict=True) if is_there}
        for ask, row in self._rows:
            if ask in kept and there.issuperset(ask.visits):
                left = [index for index, each in enumerate(row.candidates) if each in renumbered]
                among = tuple(renumbered[row.candidates[index]] for index in left)
                yield replace(row, candidates=among, weights=tuple(row.weights[index] for index in left) if row.weights else ())

    def _kept_resources(self, kept: frozenset[Ask], renumbered: Mapping[int, int], present: Sequence[bool]) -> Iterator[Resource]:
        for ask, resource in self._resources:
            if ask not in kept or (ask.rule == "once" and replace(ask, rule="days_between") in kept):
                continue
            claims: list[Claim] = []
            for claim in resource.claims:
                among = None if claim.candidates is None else tuple(renumbered[each] for each in claim.candidates if each in renumbered)
                if among or (among is None and present[claim.visit]):
                    claims.append(Claim(claim.visit, among))
            if claims:
                keeper = resource.keeper if resource.keeper is not None and present[resource.keeper] else None
                yield replace(resource, claims=tuple(claims), keeper=keeper)


_ORDER: Final = (
    "swaps",
    "host_stays_home",
    "trainees",
    "one_per_school",
    "own_school",
    "avoid_same_trust",
    "return_after",
    "conflicts",
    "visits_per_day",
    "busy",
    "days_between",
    "once",
    "out_per_school",
    "availability",
    "visits_per_reviewer",
    "cover_focus",
    "welsh_speakers",
    "team",
    "leads",
    "visits_per_week",
    "window",
    "published",
    "fixed",
)
"""The rules in the order in which a conflict tries to do without them; those that are not named come first."""


def _bounds(case: Case, around: Surroundings, index: int) -> Iterator[tuple[Ask, Days]]:
    """What takes days from a visit whoever comes, and which days it leaves."""
    visit = case.visits[index]
    if visit.settled:
        return
    if around.last is not None:
        yield Ask("window"), (1 << (around.last + 1)) - 1
    if around.busy and around.busy[index]:
        yield Ask("busy", (index,)), ~around.busy[index]
    if visit.start is not None:
        yield Ask("published" if getattr(visit, "locked", False) else "fixed", (index,)), 1 << visit.start


def _widest(case: Case, around: Surroundings, index: int, bounds: Sequence[Days]) -> Days:
    """The days of a visit without what takes days from it; a day that is lost for another reason stays lost."""
    visit = case.visits[index]
    if visit.settled or not around.pupil:
        return visit.open
    left = around.pupil[index]
    for mask in bounds[: len(bounds) - (visit.start is not None)]:
        left &= mask
    return (around.pupil[index] & ~left) | visit.open
