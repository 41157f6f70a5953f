"""What stands in the way of any rota, seen before the search: each a conflict that a person can act on.

Every check here is a proof by counting: where it speaks, no rota exists. The search may still find that none does where all of
these are silent; `relaxing` then says which rule is at fault.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from sigctl.rota.case import Case, Reviewer, Visit
from sigctl.rota.plan import Conflict, Source
from sigctl.rota.puzzle import Candidate, Puzzle
from sigctl.rota.rules import Rule

_SHOWN = 5
"""Names of a long list that are shown."""


def obstacles(case: Case, rules: Sequence[Rule], puzzle: Puzzle) -> tuple[Conflict, ...]:
    """Everything that can be seen to stand in the way, host by host and then for the whole cycle."""
    found: list[Obstacle] = []
    for index, visit in enumerate(case.visits):
        if not visit.settled:
            view = _View(case, index, visit, tuple(puzzle.candidates[each] for each in puzzle.of_visit[index]))
            found.extend(_of_visit(view, rules))
    return tuple(folded(found)) or tuple(_of_cycle(case))


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way of one visit. `text` has {hosts} where the host is named, so that many hosts can share it."""

    rule: str
    host: str
    text: str
    advice: str
    sources: tuple[Source, ...]


def folded(found: Sequence[Obstacle]) -> Iterator[Conflict]:
    """The same obstacle at many hosts, as one conflict that lists them."""
    alike: dict[tuple[str, str, str], list[Obstacle]] = {}
    for each in found:
        alike.setdefault((each.rule, each.text, each.advice), []).append(each)
    for (rule, text, advice), same in alike.items():
        sources = tuple(dict.fromkeys(source for each in same for source in each.sources))
        yield Conflict(rule, text.format(hosts=listed([f"`{each.host}`" for each in same])), sources, advice)


def listed(names: Sequence[str]) -> str:
    """Names in a sentence; the first five of many."""
    shown = [*names[:_SHOWN], f"{len(names) - _SHOWN} more"] if len(names) > _SHOWN + 1 else list(names)
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def counted(number: int, one: str, many: str = "") -> str:
    """A number of things: 1 visit, 2 visits."""
    return f"{number} {one if number == 1 else many or one + 's'}"


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

    def place_of(self, rule: str) -> Source:
        """Where the cycle asks for what a team lacks."""
        return self.of_visit() if rule in ("team", "cover_focus") else self.in_cycle("rules", rule)

    def in_cycle(self, *path: str | int) -> Source:
        """A place in the cycle's record."""
        return Source("cycles", self.case.cycle, path)

    def of_visit(self, *path: str | int) -> Source:
        """A place in what the cycle says of this visit."""
        return self.in_cycle("visits", self.visit.entry, *path)

    def published(self) -> Source:
        """The published rota of the cycle."""
        return Source("rotas", f"{self.case.cycle} published")

    def obstacle(self, rule: str, text: str, advice: str, *sources: Source) -> Obstacle:
        """An obstacle of this visit, with its host as the last place."""
        return Obstacle(rule, self.host, text, advice, (*sources, Source("schools", self.host)))


def _of_visit(view: _View, rules: Sequence[Rule]) -> Iterator[Obstacle]:
    """Why a visit cannot take place: its days, what is fixed, or its team; the first kind that applies."""
    days = tuple(_days(view))
    fixed = tuple(_fixed(view, rules))
    yield from days or fixed or tuple(_team(view)) or tuple(_common_day(view))


def _days(view: _View) -> Iterator[Obstacle]:
    case, visit = view.case, view.visit
    if case.starts(visit):
        return
    need = f"{visit.days} open days in a row" if visit.days > 1 else "an open day"
    open_days = "an open day is a pupil day of the school on which it is not `busy`"
    if visit.start is None:
        text = f"there are not {need} in the cycle at {{hosts}}" if visit.days > 1 else "there is no open day in the cycle at {hosts}"
        advice = "begin the cycle earlier or end it later, take out some `busy` days, or leave the visit out"
        yield view.obstacle("window", f"{text}; {open_days}", advice, view.in_cycle("to"), view.of_visit())
    elif visit.locked:
        text = f"the visit at {{hosts}} begins on {case.day(visit.start)} {_TOLD}, but there are not {need} from then on; {open_days}"
        yield view.obstacle("fixed", text.replace("are not an", "is not an"), _REPLAN, view.published())
    else:
        text = f"the visit at {{hosts}} is fixed to begin on {case.day(visit.start)}, but there are not {need} from then on; {open_days}"
        yield view.obstacle("fixed", text.replace("are not an", "is not an"), "fix another day, or none", view.of_visit("fixed"))


def _fixed(view: _View, rules: Sequence[Rule]) -> Iterator[Obstacle]:
    """Fixed members who cannot come, each with the rule that bars them."""
    case, visit = view.case, view.visit
    able = {each.reviewer for each in view.among}
    if visit.locked:
        yield from _told(view, rules, able)
        return
    advice = "take the person out of `fixed`"
    for member in visit.members:
        if member not in able:
            id = case.reviewers[member].id
            text = f"`{id}` is fixed for the team at {{hosts}}, but cannot be in it on any of its days"
            yield view.obstacle(
                _barring(view, rules, member),
                text,
                f"{advice}, or change what keeps them away",
                view.of_visit("fixed"),
                Source("people", id),
            )
    for stranger in visit.strangers:
        text = f"`{stranger}` is fixed for the team at {{hosts}}, but is not a reviewer of a school that takes part"
        yield view.obstacle("fixed", text, advice, view.of_visit("fixed"), Source("people", stranger))
    if len(visit.members) > visit.team:
        text = f"{counted(len(visit.members), 'person is', 'people are')} fixed for the team of {visit.team} at {{hosts}}"
        yield view.obstacle("fixed", text, "fix fewer people, or ask for a larger `team`", view.of_visit("fixed"))


def _told(view: _View, rules: Sequence[Rule], able: Collection[int]) -> Iterator[Obstacle]:
    """Members of a visit of the published rota who cannot come after all: people know of it, so it is for a replan."""
    visit, case = view.visit, view.case
    for member in visit.members:
        if member not in able:
            id = case.reviewers[member].id
            text = f"`{id}` is in the team at {{hosts}} {_TOLD}, but can no longer be there on those days"
            advice = f"{_REPLAN}, or change what keeps the person away"
            yield view.obstacle(_barring(view, rules, member), text, advice, view.published(), Source("people", id))
    for stranger in visit.strangers:
        text = f"`{stranger}` is in the team at {{hosts}} {_TOLD}, but is not a reviewer of a school that takes part"
        yield view.obstacle("fixed", text, _REPLAN, view.published(), Source("people", stranger))


def _barring(view: _View, rules: Sequence[Rule], member: int) -> str:
    """The rule that keeps somebody from a visit."""
    days = view.case.starts(view.visit)
    return next((rule.name for rule in rules if not days & rule.starts(view.case, view.visit, member)), "availability")


_TOLD = "in the published rota, and people have been told"
_REPLAN = "`sigctl rota replan` finds the smallest change of the published rota that is possible again"


def _team(view: _View) -> Iterator[Obstacle]:
    for rule, kind, need, have in _needs(view, view.among):
        if have < need:
            few = f"only {have} of them could come" if have else "nobody of that kind could come"
            text = f"the team at {{hosts}} needs {kind(need)}, but {few} on any of its days"
            people = (Source("people", view.who(each).id) for each in view.among[:_SHOWN])
            yield view.obstacle(rule, text, _ADVICE[rule], view.place_of(rule), *people)


def _common_day(view: _View) -> Iterator[Obstacle]:
    """No first day leaves enough people of each kind free at once."""
    mask = view.case.starts(view.visit)
    for day in range(mask.bit_length()):
        if mask >> day & 1:
            free = tuple(each for each in view.among if each.starts >> day & 1)
            if all(have >= need for _, _, need, have in _needs(view, free)):
                return
    text = "on none of the days on which they could be host are enough people free at once to make a team for {hosts}"
    yield view.obstacle("availability", text, "end the cycle later, or see who could be free on more `weekdays`", view.in_cycle("to"))


def _needs(view: _View, among: Sequence[Candidate]) -> Iterator[tuple[str, Callable[[int], str], int, int]]:
    """What a team needs, as (rule, so many people of a kind in words, how many it needs, how many there are)."""
    rules, visit, who = view.case.rules, view.visit, view.who
    yield "team", _kind("member"), visit.team, _at_once(view, among)
    yield "leads", _kind("lead"), max(1, rules.leads), _at_once(view, [each for each in among if who(each).level == "lead"])
    others = [each for each in among if who(each).level != "trainee"]
    yield (
        "trainees",
        _kind("member who is not a trainee", "members who are not trainees"),
        visit.team - rules.trainees,
        _at_once(view, others),
    )
    if view.case.schools[visit.host].welsh:
        speakers = [each for each in among if who(each).welsh]
        yield "welsh_speakers", _kind("Welsh speaker"), rules.welsh_speakers, _at_once(view, speakers)
    for focus in visit.focus if rules.cover_focus else ():
        knowing = sum(focus in who(each).expertise for each in among)
        yield "cover_focus", _kind(f"member who knows `{focus}`"), 1, knowing


def _kind(one: str, many: str = "") -> Callable[[int], str]:
    return lambda number: counted(number, one, many)


_ADVICE = {
    "team": "ask for a smaller `team`, or add reviewers who can come",
    "leads": "add a lead who can come, or ask for fewer `leads`; each team needs one",
    "trainees": "allow more `trainees`, or add reviewers who are trained",
    "welsh_speakers": "add somebody who speaks Welsh and can come, or ask for fewer `welsh_speakers`",
    "cover_focus": "add the focus to somebody's `expertise`, or take it out of the visit's `focus`",
}
"""What to do where a team lacks people of a kind."""


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
    open_visits = [visit for visit in case.visits if not visit.settled]
    wanted = sum(visit.team for visit in open_visits)
    own = (reviewer.max_visits for reviewer in case.reviewers)
    can = sum(case.rules.visits_per_reviewer if most is None else most for most in own)
    if wanted > can:
        text = f"the teams have {counted(wanted, 'place')} in all, but with `max_visits` and this rule reviewers can fill only {can}"
        advice = f"let each reviewer do more visits, or add reviewers for {counted(wanted - can, 'more place')}"
        yield Conflict("visits_per_reviewer", text, (Source("cycles", case.cycle, ("rules", "visits_per_reviewer")),), advice)
    if len(open_visits) < len(case.visits):
        return
    yield from _too_many(case, "visits_per_week", case.rules.visits_per_week, lambda day: (day + case.origin.weekday()) // 7)
    yield from _too_many(case, "visits_per_day", case.rules.visits_per_day, lambda day: day)


def _too_many(case: Case, rule: str, limit: int | None, stretch: Callable[[int], int]) -> Iterator[Conflict]:
    """More visits than the weeks, or days, on which anybody can be host allow."""
    if limit is None:
        return
    open_days = 0
    for visit in case.visits:
        open_days |= visit.open
    stretches = len({stretch(day) for day in range(open_days.bit_length()) if open_days >> day & 1})
    weekly = rule == "visits_per_week"
    wanted = len(case.visits) if weekly else sum(visit.days for visit in case.visits)
    if wanted <= limit * stretches:
        return
    kind = "week" if weekly else "day"
    need = counted(wanted, "visit is", "visits are") + " wanted" if weekly else f"the visits take {counted(wanted, 'day')} in all"
    has = f"there {'is' if stretches == 1 else 'are'} only {counted(stretches, kind)}"
    text = f"{need}, but {has} with {counted(limit, 'visit')} each at the most"
    over = wanted - limit * stretches
    fewer = f"leave out {counted(over, 'visit')}" if weekly else "leave out some visits"
    advice = f"end the cycle later, allow {counted(-(-wanted // max(1, stretches)), 'visit')} a {kind}, or {fewer}"
    places = (Source("cycles", case.cycle, ("rules", rule)), Source("cycles", case.cycle, ("to",)))
    yield Conflict(rule, text, places, advice)
