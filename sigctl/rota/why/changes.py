"""Single changes that might end a conflict, from the easiest on people to the hardest. Whether one does is solved for elsewhere."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import IntEnum
from typing import Any, Final

from sigctl.rota.case import Case, Days, Reviewer, Visit
from sigctl.rota.plan import Source
from sigctl.rota.why.asking import Ask
from sigctl.rota.why.obstacles import counted
from sigctl.rota.why.surroundings import Surroundings
from sigctl.rota.why.words import span_words, spans

_WEEKS: Final = 3
"""By so many weeks a cycle is made longer at the most."""


class Burden(IntEnum):
    """How hard a change is on people, the easiest first.

    What was fixed by hand can be taken back by who fixed it. Another week asks nobody for more. A rule of the cluster comes next,
    then one school that lets one more out, then one person with one more visit, then one host on days that it had ruled out. Two or
    three more weeks move the round. What makes everybody's load or rest worse follows, then weaker teams, then somebody's
    absence, which is rarely theirs to change. To train somebody takes longest; to take back what people were told, or to leave a
    school out, is the last resort.
    """

    FIXED = 1
    WEEK = 2
    RULE = 3
    SCHOOL = 4
    PERSON = 5
    BUSY = 6
    WEEKS = 7
    EVERYBODY = 8
    TEAM = 9
    ABSENCE = 10
    TRAINING = 11
    PUBLISHED = 12
    LEFT_OUT = 13


@dataclass(frozen=True)
class Change:
    """A change: how hard it is, in words, the rule that it eases, where it is made, and the case with it.

    In that, the visit of number `gone` is missing.
    """

    burden: Burden
    text: str
    rule: str
    sources: tuple[Source, ...]
    case: Case = field(repr=False, compare=False)
    gone: int | None = None

    def places(self, visits: Sequence[int]) -> tuple[int, ...]:
        """Some visits by their numbers in the case with the change."""
        gone = len(self.case.visits) + 1 if self.gone is None else self.gone
        return tuple(each - (each > gone) for each in visits if each != gone)


Ladder = Sequence[Callable[[], Change | None]]
"""The steps of a change from the smallest to the greatest; what one does, the greater ones do as well."""


@dataclass(frozen=True)
class Setting:
    """A case with what lies around it, and what of it is in conflict."""

    case: Case
    around: Surroundings
    asks: tuple[Ask, ...]

    def rules(self) -> frozenset[str]:
        """The rules that have part in the conflict."""
        return frozenset(ask.rule for ask in self.asks)

    def of(self, *rules: str) -> tuple[Ask, ...]:
        """What some rules ask in it."""
        return tuple(ask for ask in self.asks if ask.rule in rules)

    def host(self, visit: int) -> str:
        """The id of a visit's host."""
        return self.case.schools[self.case.visits[visit].host].id

    def in_cycle(self, *path: str | int) -> tuple[Source, ...]:
        """A place in the cycle's record."""
        return (Source("cycles", self.case.cycle, path),)

    def of_visit(self, visit: int, *path: str | int) -> tuple[Source, ...]:
        """A place in what the cycle says of a visit."""
        return self.in_cycle("visits", self.case.visits[visit].entry, *path)

    def with_rules(self, **rules: Any) -> Case:
        """The case with other rules."""
        return replace(self.case, rules=self.case.rules.model_copy(update=rules))

    def with_visit(self, index: int, visit: Visit | None) -> Case:
        """The case with another visit in the place of one, or with none there."""
        visits = self.case.visits
        return replace(self.case, visits=(*visits[:index], *((visit,) if visit else ()), *visits[index + 1 :]))

    def with_reviewer(self, index: int, **new: Any) -> Case:
        """The case with something else about a person."""
        reviewers = self.case.reviewers
        return replace(self.case, reviewers=(*reviewers[:index], replace(reviewers[index], **new), *reviewers[index + 1 :]))


def ladders(setting: Setting) -> Iterator[tuple[Burden, Ladder]]:
    """Every change that touches a conflict, each with how hard its smallest step is; the easiest first."""
    found = [(burden, ladder) for make in _MAKERS for burden, ladder in make(setting)]
    yield from sorted(found, key=lambda each: each[0])


def _once(change: Change) -> tuple[Burden, Ladder]:
    return change.burden, (lambda: change,)


def _fixed(setting: Setting) -> Iterator[tuple[Burden, Ladder]]:
    for ask in setting.of("fixed"):
        visit, source = setting.case.visits[ask.visits[0]], setting.of_visit(ask.visits[0], "fixed")
        host = setting.host(ask.visits[0])
        if ask.people:
            id = setting.case.reviewers[ask.people[0]].id
            freed = replace(visit, members=tuple(each for each in visit.members if each != ask.people[0]))
            text = f"do not fix `{id}` for the team at `{host}`"
        else:
            freed = replace(visit, start=None, strangers=())
            text = f"do not fix the first day of the visit at `{host}`" if visit.start is not None else f"fix nobody else for `{host}`"
        yield _once(Change(Burden.FIXED, text, "fixed", source, setting.with_visit(ask.visits[0], freed)))


def _published(setting: Setting) -> Iterator[tuple[Burden, Ladder]]:
    for index in dict.fromkeys(ask.visits[0] for ask in setting.of("published")):
        freed = replace(setting.case.visits[index], start=None, members=(), strangers=())
        text = f"let the visit at `{setting.host(index)}` change, although people have been told of it"
        source = (Source("rotas", f"{setting.case.cycle} published"),)
        yield _once(Change(Burden.PUBLISHED, text, "published", source, setting.with_visit(index, freed)))


def _window(setting: Setting) -> Iterator[tuple[Burden, Ladder]]:
    if not setting.of("window") or setting.around.last is None:
        return
    weeks = range(1, _WEEKS + 1)
    yield Burden.WEEK, [lambda number=number: _later(setting, number) for number in weeks]  # type: ignore[misc]
    if setting.around.earlier:
        yield Burden.WEEK, [lambda number=number: _earlier(setting, number) for number in weeks]  # type: ignore[misc]


def _later(setting: Setting, weeks: int) -> Change:
    """The cycle with a later end."""
    case, around = setting.case, setting.around
    last = (around.last or 0) + 7 * weeks
    inside = ((1 << (last + 1)) - 1) & ~((1 << ((around.last or 0) + 1)) - 1)
    more = [(pupil & inside & ~busy) for pupil, busy in zip(around.pupil, around.busy, strict=True)]
    visits = tuple(v if v.settled else replace(v, open=v.open | days) for v, days in zip(case.visits, more, strict=True))
    text = f"end the cycle {_weeks(weeks)} later, on {case.day(last)}"
    return Change(_burden(weeks), text, "window", setting.in_cycle("to"), replace(case, visits=visits))


def _earlier(setting: Setting, weeks: int) -> Change | None:
    """The cycle with an earlier begin, unless that is past."""
    case = setting.around.earlier(weeks) if setting.around.earlier else None
    first = setting.case.origin - timedelta(weeks=weeks)
    text = f"begin the cycle {_weeks(weeks)} earlier"
    return Change(_burden(weeks), f"{text}, on {first}", "window", setting.in_cycle("from"), case) if case else None


def _burden(weeks: int) -> Burden:
    return Burden.WEEK if weeks == 1 else Burden.WEEKS


def _weeks(number: int) -> str:
    return "a week" if number == 1 else f"{number} weeks"


_MORE: Final[Mapping[str, Burden]] = {
    "visits_per_week": Burden.RULE,
    "visits_per_day": Burden.RULE,
    "visits_per_reviewer": Burden.EVERYBODY,
    "out_per_school": Burden.EVERYBODY,
    "trainees": Burden.TEAM,
}
"""Rules that ask for at most so much."""
_FEWER: Final[Mapping[str, tuple[Burden, int]]] = {
    "return_after": (Burden.RULE, 0),
    "days_between": (Burden.EVERYBODY, 0),
    "welsh_speakers": (Burden.TEAM, 0),
    "leads": (Burden.TEAM, 1),
}
"""Rules that ask for at least so much, and the least that they can ask for."""
_OTHERWISE: Final[Mapping[str, tuple[Burden, Any]]] = {
    "swaps": (Burden.RULE, True),
    "one_per_school": (Burden.RULE, False),
    "avoid_same_trust": (Burden.RULE, False),
    "other_authority": (Burden.RULE, False),
    "same_phase": (Burden.RULE, False),
    "similar_size": (Burden.RULE, None),
    "new_triads": (Burden.RULE, False),
    "host_stays_home": (Burden.EVERYBODY, False),
    "shadowing": (Burden.TEAM, False),
}
"""Rules that hold or do not, and the value with which they do not."""


def _looser(setting: Setting) -> Iterator[tuple[Burden, Ladder]]:
    """The rules of the cycle, one step looser at a time."""
    rules = setting.rules()
    for name, burden in _MORE.items():
        value = getattr(setting.case.rules, name)
        if name in rules and value is not None:
            yield burden, [lambda n=name, b=burden, v=value + step: _rule(setting, n, v, b) for step in (1, 2, 3)]  # type: ignore[misc]
    for name, (burden, least) in _FEWER.items():
        value = getattr(setting.case.rules, name)
        if name in rules and value > least:
            steps = range(value - 1, least - 1, -1)
            yield burden, [lambda n=name, b=burden, v=new: _rule(setting, n, v, b) for new in steps]  # type: ignore[misc]
    for name, (burden, off) in _OTHERWISE.items():
        if name in rules:
            yield _once(_rule(setting, name, off, burden))


def _rule(setting: Setting, name: str, value: Any, burden: Burden) -> Change:
    text = f"set `{name}: {_written(value)}` instead of {_written(getattr(setting.case.rules, name))}"
    return Change(burden, text, name, setting.in_cycle("rules", name), setting.with_rules(**{name: value}))


def _written(value: Any) -> str:
    return "none" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _one_more(setting: Setting) -> Iterator[tuple[Burden, Ladder]]:
    """One school that lets one more out; one person with one more visit."""
    case = setting.case
    for ask in setting.of("out_per_school"):
        school = case.schools[ask.schools[0]]
        most = 1 + (case.rules.out_per_school if school.max_out is None else school.max_out)
        schools = (*case.schools[: ask.schools[0]], replace(school, max_out=most), *case.schools[ask.schools[0] + 1 :])
        text = f"let `{school.id}` send {counted(most, 'person', 'people')} out on one day"
        yield _once(Change(Burden.SCHOOL, text, "out_per_school", (Source("schools", school.id),), replace(case, schools=schools)))
    for ask in setting.of("visits_per_reviewer"):
        person = case.reviewers[ask.people[0]]
        most = 1 + (case.rules.visits_per_reviewer if person.max_visits is None else person.max_visits)
        text = f"let `{person.id}` do {counted(most, 'visit')}"
        changed = setting.with_reviewer(ask.people[0], max_visits=most)
        yield _once(Change(Burden.PERSON, text, "visits_per_reviewer", (Source("people", person.id),), changed))


def _busy(setting: Setting) -> Iterator[tuple[Burden, Ladder]]:
    """A host on one stretch of days on which it is busy."""
    for ask in setting.of("busy"):
        index, visit = ask.visits[0], setting.case.visits[ask.visits[0]]
        inside = (1 << ((setting.around.last or 0) + 1)) - 1
        lost = setting.around.busy[index] & setting.around.pupil[index] & inside
        for days in spans(setting.case, lost):
            text = f"let `{setting.host(index)}` be host on {span_words(setting.case, days)}, although it is busy then"
            source = (Source("schools", setting.host(index), ("busy",)),)
            case = setting.with_visit(index, replace(visit, open=visit.open | days))
            yield _once(Change(Burden.BUSY, text, "busy", source, case))


def _absences(setting: Setting) -> Iterator[tuple[Burden, Ladder]]:
    """A person on one stretch of days on which they are away."""
    wanted: Days = 0
    for ask in setting.of("visits"):
        wanted |= setting.case.visits[ask.visits[0]].open
    for ask in setting.of("availability"):
        person = setting.case.reviewers[ask.people[0]]
        lost = setting.around.absent[ask.people[0]] & wanted if setting.around.absent else 0
        for days in spans(setting.case, lost):
            text = f"let `{person.id}` be out on {span_words(setting.case, days)}, although `unavailable` then"
            source = (Source("people", person.id, ("unavailable",)),)
            yield _once(Change(Burden.ABSENCE, text, "availability", source, setting.with_reviewer(ask.people[0], free=person.free | days)))


def _teams(setting: Setting) -> Iterator[tuple[Burden, Ladder]]:
    """A smaller team at one host, or one focus less."""
    for ask in setting.of("team"):
        visit = setting.case.visits[ask.visits[0]]
        if visit.team > max(1, setting.case.rules.leads, len(visit.members)):
            text = f"send a team of {visit.team - 1} to `{setting.host(ask.visits[0])}` instead of {visit.team}"
            case = setting.with_visit(ask.visits[0], replace(visit, team=visit.team - 1))
            yield _once(Change(Burden.TEAM, text, "team", setting.of_visit(ask.visits[0]), case))
    for ask in setting.of("cover_focus"):
        visit = setting.case.visits[ask.visits[0]]
        focus = visit.focus[ask.nth]
        case = setting.with_visit(ask.visits[0], replace(visit, focus=tuple(each for each in visit.focus if each != focus)))
        text = f"leave `{focus}` out of the focus of the visit at `{setting.host(ask.visits[0])}`"
        yield _once(Change(Burden.TEAM, text, "cover_focus", setting.of_visit(ask.visits[0]), case))


def _training(setting: Setting) -> Iterator[tuple[Burden, Ladder]]:
    """One more person of the kind that the conflict lacks, at each school, trained by ever earlier days."""
    rules, case = setting.rules(), setting.case
    level = "lead" if "leads" in rules else "reviewer"
    focus = frozenset(case.visits[ask.visits[0]].focus[ask.nth] for ask in setting.of("cover_focus"))
    hosts = [case.visits[ask.visits[0]].host for ask in setting.of("visits")]
    days: Days = 0
    for ask in setting.of("visits"):
        days |= case.visits[ask.visits[0]].open
    new = Reviewer("", 0, level, welsh="welsh_speakers" in rules, expertise=focus)
    near = sorted(range(len(case.schools)), key=lambda school: (sum(case.tenths[school][host] for host in hosts), school))
    for school in near[:_SCHOOLS] if rules & _LACKING else ():
        steps = [day for day in range(days.bit_length() - 1, -1, -1) if days >> day & 1]
        yield Burden.TRAINING, [lambda d=day, s=school: _trained(setting, replace(new, school=s), d) for day in steps]  # type: ignore[misc]


_SCHOOLS: Final = 3
"""Schools near the hosts of a conflict at which one more reviewer is thought of."""
_LACKING: Final = frozenset({"team", "leads", "trainees", "welsh_speakers", "cover_focus", "new_triads", "shadowing"})
"""Rules that one more person can help to keep."""


def _trained(setting: Setting, new: Reviewer, day: int) -> Change | None:
    """The case with one more person at a school, free on the pupil days there from a day on; as far as those are known."""
    case = setting.case
    school = case.schools[new.school]
    at_work: Days = 0
    for each in school.reviewers:
        at_work |= case.reviewers[each].free
    if not at_work >> day:
        return None
    someone = replace(new, id=f"one more at {school.id}", free=at_work >> day << day)
    kind = "Welsh-speaking " * new.welsh + ("lead" if new.level == "lead" else "reviewer")
    knows = f" who knows {' and '.join(f'`{each}`' for each in sorted(new.expertise))}" if new.expertise else ""
    reviewers = (*case.reviewers, someone)
    mine = replace(school, reviewers=(*school.reviewers, len(case.reviewers)))
    schools = (*case.schools[: new.school], mine, *case.schools[new.school + 1 :])
    text = f"train one more {kind}{knows} by {case.day(day)}, at `{school.id}`"
    rule = "leads" if new.level == "lead" else "team"
    return Change(Burden.TRAINING, text, rule, (Source("schools", school.id),), replace(case, reviewers=reviewers, schools=schools))


def _left_out(setting: Setting) -> Iterator[tuple[Burden, Ladder]]:
    for ask in setting.of("visits"):
        text = f"leave out the visit at `{setting.host(ask.visits[0])}`"
        case = setting.with_visit(ask.visits[0], None)
        yield _once(Change(Burden.LEFT_OUT, text, "visits", setting.of_visit(ask.visits[0]), case, ask.visits[0]))


_MAKERS: Final = (_fixed, _published, _window, _looser, _one_more, _busy, _absences, _teams, _training, _left_out)
