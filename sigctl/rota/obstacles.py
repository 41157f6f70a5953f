"""What stands in the way of any rota, seen before the search: each a conflict that a person can act on.

Every check here is a proof by counting: where it speaks, no rota exists. The search may still find that none does where all of
these are silent; `relaxing` then says which rule is at fault.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sigctl.rota.case import Case, Reviewer, Visit
from sigctl.rota.plan import Conflict, Source
from sigctl.rota.puzzle import Candidate, Puzzle
from sigctl.rota.rules import Rule


def obstacles(case: Case, rules: Sequence[Rule], puzzle: Puzzle) -> tuple[Conflict, ...]:
    """Everything that can be seen to stand in the way, host by host and then for the whole cycle."""
    found: list[Conflict] = []
    for index, visit in enumerate(case.visits):
        if not visit.settled:
            view = _View(case, index, visit, tuple(puzzle.candidates[each] for each in puzzle.of_visit[index]))
            found.extend(_of_visit(view, rules))
    return tuple(found) or tuple(_of_cycle(case))


@dataclass(frozen=True)
class _View:
    """A visit and those who could be in its team on some day."""

    case: Case
    index: int
    visit: Visit
    among: tuple[Candidate, ...]

    @property
    def host(self) -> str:
        return self.case.schools[self.visit.host].id

    def who(self, candidate: Candidate) -> Reviewer:
        return self.case.reviewers[candidate.reviewer]

    def conflict(self, rule: str, text: str, *sources: Source) -> Conflict:
        return Conflict(rule, text, (Source("schools", self.host), *sources))


def _of_visit(view: _View, rules: Sequence[Rule]) -> Iterator[Conflict]:
    """Why a visit cannot take place: its days, what is fixed, or its team; the first kind that applies."""
    days = tuple(_days(view))
    fixed = tuple(_fixed(view, rules))
    yield from days or fixed or tuple(_team(view)) or tuple(_common_day(view))


def _days(view: _View) -> Iterator[Conflict]:
    case, visit = view.case, view.visit
    if not case.starts(visit):
        need = f"a run of {visit.days} open days" if visit.days > 1 else "an open day"
        when = "in the cycle" if visit.start is None else f"from {case.day(visit.start)}, the fixed start"
        text = f"{view.host} has not got {need} {when}: pupil days on which it is not busy"
        rule = "window" if visit.start is None else "fixed"
        yield view.conflict(rule, text, Source("cycles", case.cycle))


def _fixed(view: _View, rules: Sequence[Rule]) -> Iterator[Conflict]:
    """Fixed members who cannot come, each with the rule that bars them."""
    case, visit = view.case, view.visit
    able = {each.reviewer for each in view.among}
    for member in visit.members:
        if member not in able:
            rule = next((rule for rule in rules if not case.starts(visit) & rule.starts(case, visit, member)), None)
            name = rule.name if rule else "availability"
            id = case.reviewers[member].id
            text = f"{id} is fixed for the team at {view.host}, but cannot be in it on any of its days"
            yield view.conflict(name, text, Source("people", id))
    for stranger in visit.strangers:
        text = f"{stranger} is fixed for the team at {view.host}, but is not a reviewer of a school"
        yield view.conflict("fixed", text, Source("people", stranger))
    if len(visit.members) > visit.team:
        yield view.conflict("fixed", f"{len(visit.members)} people are fixed for the team of {visit.team} at {view.host}")


def _team(view: _View) -> Iterator[Conflict]:
    for rule, what, need, have in _needs(view, view.among):
        if have < need:
            text = (
                f"the team at {view.host} needs {need} {what}, but only {have} could come on any day"
                if have
                else (f"the team at {view.host} needs {need} {what}, but nobody of that kind could come on any day")
            )
            yield view.conflict(rule, text, *(Source("people", view.who(each).id) for each in view.among[:5]))


def _common_day(view: _View) -> Iterator[Conflict]:
    """No first day leaves enough people of each kind free at once."""
    mask = view.case.starts(view.visit)
    for day in range(mask.bit_length()):
        if mask >> day & 1:
            free = tuple(each for each in view.among if each.starts >> day & 1)
            if all(have >= need for _, _, need, have in _needs(view, free)):
                return
    text = f"on none of the days on which {view.host} can be host are enough people free who could make a team"
    yield view.conflict("availability", text)


def _needs(view: _View, among: Sequence[Candidate]) -> Iterator[tuple[str, str, int, int]]:
    """What a team needs, as (rule, kind of people, how many it needs, how many there are)."""
    rules, visit, who = view.case.rules, view.visit, view.who
    yield "team", "members", visit.team, _at_once(view, among)
    yield "leads", "leads", max(1, rules.leads), _at_once(view, [each for each in among if who(each).level == "lead"])
    others = [each for each in among if who(each).level != "trainee"]
    yield "trainees", "members who are not trainees", visit.team - rules.trainees, _at_once(view, others)
    if view.case.schools[visit.host].welsh:
        yield "welsh_speakers", "Welsh speakers", rules.welsh_speakers, _at_once(view, [each for each in among if who(each).welsh])
    for focus in visit.focus if rules.cover_focus else ():
        yield "cover_focus", f"who know {focus}", 1, sum(focus in who(each).expertise for each in among)


def _at_once(view: _View, among: Sequence[Candidate]) -> int:
    """How many of some people can be in one team, as far as their schools allow it."""
    rules, schools = view.case.rules, view.case.schools
    of_school = Counter(each.school for each in among)
    most = 1 if rules.one_per_school else len(among)

    def out(school: int) -> int:
        own = schools[school].max_out
        return min(most, rules.out_per_school if own is None else own)

    return sum(min(number, out(school)) for school, number in of_school.items())


def _of_cycle(case: Case) -> Iterator[Conflict]:
    """Why the visits of a cycle cannot all take place, although each could."""
    source = Source("cycles", case.cycle)
    open_visits = [visit for visit in case.visits if not visit.settled]
    wanted = sum(visit.team for visit in open_visits)
    settled = sum(len(visit.members) for visit in case.visits if visit.settled)
    own = (reviewer.max_visits for reviewer in case.reviewers)
    can = sum(case.rules.visits_per_reviewer if most is None else most for most in own)
    if wanted > can:
        text = f"the teams need {wanted} members in all, but the reviewers can do {can} visits at the most, with `max_visits` and this rule"
        yield Conflict("visits_per_reviewer", text, (source,))
    if settled:
        return
    yield from _too_many(case, source, "visits_per_week", case.rules.visits_per_week, lambda day: (day + case.origin.weekday()) // 7)
    yield from _too_many(case, source, "visits_per_day", case.rules.visits_per_day, lambda day: day)


def _too_many(case: Case, source: Source, rule: str, limit: int | None, stretch: Callable[[int], int]) -> Iterator[Conflict]:
    """More visits than the weeks, or days, on which anybody can be host allow."""
    if limit is None:
        return
    open_days = 0
    for visit in case.visits:
        open_days |= visit.open
    stretches = {stretch(day) for day in range(open_days.bit_length()) if open_days >> day & 1}
    each = 1 if rule == "visits_per_week" else None
    wanted = sum(each or visit.days for visit in case.visits)
    if wanted > limit * len(stretches):
        kind = "weeks" if each else "days"
        text = f"there are {wanted} visits, but only {len(stretches)} {kind} with {limit} visits each at the most"
        if not each:
            text = f"the visits take {wanted} days in all, but there are only {len(stretches)} days with {limit} visits each at the most"
        yield Conflict(rule, text, (source,))
