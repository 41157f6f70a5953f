"""What is broken, said to people: for each rule the sentence that tells of a breach, and what to do about it.

Ids stand in backticks. The sentences take their figures from the case, so that they say what the rule itself judged by.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from sigctl.rota.case import Case, Visit
from sigctl.rota.rules import RULES, Breach


class _Broken(NamedTuple):
    """A breach, with what its sentence asks for."""

    case: Case
    breach: Breach

    @property
    def hosts(self) -> list[str]:
        return [f"`{each}`" for each in self.breach.hosts]

    @property
    def host(self) -> str:
        return self.hosts[0]

    @property
    def people(self) -> str:
        return listed([f"`{each}`" for each in self.breach.people])

    @property
    def who(self) -> str:
        return f"{self.people} {'is' if len(self.breach.people) == 1 else 'are'}"

    @property
    def days(self) -> str:
        return listed([each.isoformat() for each in self.breach.dates])

    @property
    def visit(self) -> Visit:
        return next(each for each in self.case.visits if self.case.schools[each.host].id == self.breach.hosts[0])

    def members(self) -> list[int]:
        return [index for index, each in enumerate(self.case.reviewers) if each.id in self.breach.people]


def words(case: Case, breach: Breach) -> str:
    """What a breach says, in a sentence without a full stop."""
    told = _WORDS.get(breach.rule)
    return told(_Broken(case, breach)) if told else _by_its_rule(_Broken(case, breach))


def advice(breach: Breach) -> str:
    """What to do about a breach."""
    return _ADVICE.get(breach.rule, "change the team or the days, or the rule in the cycle")


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: `a`, `b` and `c`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def counted(number: int, one: str, many: str = "") -> str:
    """A number of things, with their noun and verb: `1 visit is`, `2 visits are`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def _by_its_rule(it: _Broken) -> str:
    """The sentence of a rule that has no words of its own: where it is broken, by whom, when, and what it asks for."""
    where = f" at {listed(it.hosts)}" if it.hosts else ""
    parts = (it.people and f"by {it.people}", it.days and f"on {it.days}")
    asks = next((" ".join((rule.__doc__ or "").split("\n\n")[0].split()) for rule in RULES if rule.name == it.breach.rule), "")
    return " ".join(filter(None, (f"the rule `{it.breach.rule}` is broken{where}", *parts))) + (f": {asks.rstrip('.')}" if asks else "")


def _visits(it: _Broken) -> str:
    known = any(it.case.schools[each.host].id == it.breach.hosts[0] for each in it.case.visits)
    return f"{it.host} has no visit, or more than one" if known else f"the cycle does not visit {it.host}"


def _window(it: _Broken) -> str:
    visit = it.visit
    shut = [day for day in it.breach.dates if (day < it.case.origin or not visit.open >> (day - it.case.origin).days & 1)]
    if shut:
        days = listed([day.isoformat() for day in shut])
        return f"{it.host} cannot be host on {days}: no school day there, one of its `busy` days, or outside the cycle"
    run = f"{visit.days} days in a row" if visit.days > 1 else "one day"
    return f"the visit at {it.host} is to take {run}, but here it takes {it.days}"


def _fixed(it: _Broken) -> str:
    visit = it.visit
    if visit.settled:
        return f"the visit at {it.host} is done, so it stays as it was"
    if visit.locked:
        return f"the visit at {it.host} is told or confirmed in the published rota, so it stays as it is there"
    if it.breach.dates:
        return f"the visit at {it.host} is fixed to begin on {it.days}"
    return f"{it.who} fixed for the team at {it.host}, but not in it"


def _return_after(it: _Broken) -> str:
    host, must = it.visit.host, it.case.rules.return_after
    ago = min(ago for each in it.members() for school, ago in it.case.reviewers[each].reviewed if school == host)
    return f"{it.people} reviewed {it.host} {counted(ago, 'cycle')} ago; {must} must pass before they return"


def _team(it: _Broken) -> str:
    twice = [each for each in dict.fromkeys(it.breach.people) if it.breach.people.count(each) > 1]
    if twice:
        return f"{listed([f'`{each}`' for each in twice])} stands in the team at {it.host} more than once"
    has = counted(len(it.breach.people), "member")
    return f"the team at {it.host} has {has} who can be in it; {counted(it.visit.team, 'is', 'are')} needed"


def _leads(it: _Broken) -> str:
    if any(it.case.reviewers[each].level != "lead" for each in it.members()):
        return f"{it.people} leads the visit at {it.host}, but is no reviewer of level lead"
    need = it.case.rules.leads
    return f"the team at {it.host} has fewer than {counted(need, 'lead')}, or is led by somebody who is not in it"


def _days_between(it: _Broken) -> str:
    before, after = it.breach.dates
    if after <= before:
        return f"{it.people} is at {it.hosts[0]} and at {it.hosts[1]} on the same days"
    need = counted(it.case.rules.days_between, "day must", "days must")
    return f"{it.people} is at {it.hosts[0]} until {before} and at {it.hosts[1]} from {after}; {need} lie between"


def _visits_per_reviewer(it: _Broken) -> str:
    own = it.case.reviewers[it.members()[0]].max_visits
    most = it.case.rules.visits_per_reviewer if own is None else own
    return f"{it.people} is on {counted(len(it.hosts), 'visit')}, at {listed(it.hosts)}; {_most(most)}"


def _visits_per_week(it: _Broken) -> str:
    day = it.breach.dates[0]
    monday = day - timedelta(day.weekday())
    visits = counted(len(it.hosts), "visit is", "visits are")
    return f"{visits} in the week of {monday}, at {listed(it.hosts)}; {_most(it.case.rules.visits_per_week)}"


def _visits_per_day(it: _Broken) -> str:
    return f"{counted(len(it.hosts), 'visit is', 'visits are')} on {it.days}, at {listed(it.hosts)}; {_most(it.case.rules.visits_per_day)}"


def _out_per_school(it: _Broken) -> str:
    school = it.case.schools[it.case.reviewers[it.members()[0]].school]
    most = it.case.rules.out_per_school if school.max_out is None else school.max_out
    out = counted(len(it.breach.people), "person", "people")
    return f"`{school.id}` has {out} out on {it.days}, {it.people}; {_most(most)}"


def _welsh_speakers(it: _Broken) -> str:
    have = sum(it.case.reviewers[each].welsh for each in it.members())
    speak = "nobody in the team" if not have else f"only {have} in the team"
    return f"{speak} at {it.host} speaks Welsh; {counted(it.case.rules.welsh_speakers, 'is', 'are')} needed"


def _cover_focus(it: _Broken) -> str:
    known = frozenset[str]().union(*(it.case.reviewers[each].expertise for each in it.members()))
    missing = [f"`{each}`" for each in it.visit.focus if each not in known]
    return f"nobody in the team at {it.host} knows {listed(missing)}"


def _reserves(it: _Broken) -> str:
    if len(set(it.hosts)) > 1:
        return f"{it.people} is a reserve at {it.hosts[0]} and at {it.hosts[1]} on {it.days}, and can be called to one of them only"
    if len(it.hosts) > 1:
        return f"{it.people} is a reserve at {it.host}, and leads a stage of the review there; the two are for two people"
    if it.breach.dates:
        return f"{it.people} is a reserve at {it.host} on {it.days}, when their school can spare nobody else"
    return f"{it.people} is a reserve at {it.host}, but could stand in for nobody of its team"


def _stages(it: _Broken) -> str:
    if len(it.hosts) > 1:
        where = f"at {it.hosts[0]} and at {it.hosts[1]}" if it.hosts[0] != it.hosts[1] else f"both at {it.host}"
        return f"{it.people} has two duties on {it.days}, {where}; one of them is a stage of a review"
    if it.breach.people:
        why = "in its team, barred from there, a trainee, not available, or more than their school can spare"
        return f"{it.people} leads a stage of the review at {it.host} on {it.days}, but cannot: {why}"
    return f"a stage of the review at {it.host} is on {it.days}, which is no school day there"


def _most(number: int | None) -> str:
    return f"{number} is the most"


_WORDS: Final[Mapping[str, Callable[[_Broken], str]]] = {
    "visits": _visits,
    "reviewers": lambda it: f"{it.people} is in the team at {it.host}, but is no reviewer of a school that takes part",
    "window": _window,
    "fixed": _fixed,
    "availability": lambda it: f"{it.who} out on {it.days}, on which they are not available",
    "own_school": lambda it: f"{it.who} from {it.host}, the school that is visited",
    "conflicts": lambda it: f"{it.people} may not review {it.host}: a school of their `conflicts`, or at which they work in this cycle",
    "return_after": _return_after,
    "avoid_same_trust": lambda it: f"{it.who} from a school of the trust of {it.host}",
    "other_authority": lambda it: f"{it.who} from a school of the local authority of {it.host}",
    "same_phase": lambda it: f"{it.who} from a school of another phase than {it.host}",
    "similar_size": lambda it: f"{it.who} from a school that differs in size from {it.host} more than {it.case.rules.similar_size:g} times",
    "team": _team,
    "leads": _leads,
    "trainees": lambda it: (
        f"the team at {it.host} has {counted(len(it.breach.people), 'trainee')}, {it.people}; {_most(it.case.rules.trainees)}"
    ),
    "shadowing": lambda it: f"{it.people} would be in their first team at {it.host}, without a lead for each to follow",
    "reserves": _reserves,
    "stages": _stages,
    "new_triads": lambda it: f"the team at {it.host} comes from the same schools as the one that reviewed it the last time",
    "one_per_school": lambda it: f"{it.people}, both in the team at {it.host}, are from the same school",
    "swaps": lambda it: f"{it.hosts[0]} and {it.hosts[1]} review each other in this cycle",
    "visits_per_reviewer": _visits_per_reviewer,
    "days_between": _days_between,
    "visits_per_week": _visits_per_week,
    "visits_per_day": _visits_per_day,
    "out_per_school": _out_per_school,
    "host_stays_home": lambda it: f"{it.who} out on {it.days}, when their own school, {it.host}, is host",
    "welsh_speakers": _welsh_speakers,
    "cover_focus": _cover_focus,
}
"""For each rule by its name, the sentence for a breach of it."""

_ADVICE: Final[Mapping[str, str]] = {
    "visits": "give each host of the cycle one visit, and no other school; or change the cycle's `visits`",
    "reviewers": "choose a reviewer, or make this person one",
    "window": "choose other days, one after the other",
    "fixed": "leave the visit as it is, or take out what fixes it",
    "availability": "choose somebody else or other days; see the person's `weekdays`, `unavailable`, training and school days",
    "own_school": "choose somebody from another school",
    "conflicts": "choose somebody else",
    "return_after": "choose somebody who was not there so lately",
    "team": "add or take out members, so that the team is as large as the cycle asks for",
    "leads": "name a member of level lead as the `lead`",
    "reserves": "choose another reserve, or none",
    "stages": "choose another day, or another facilitator",
    "avoid_same_trust": "choose somebody from a school of another trust",
    "other_authority": "choose somebody from a school of another authority",
    "same_phase": "choose somebody from a school of the host's phase",
    "similar_size": "choose somebody from a school that is nearer to the host in size",
    "new_triads": "put somebody from a school that was not there the last time into the team",
    "shadowing": "put a lead into the place of a member who is none, or a reviewer of experience into the place of a trainee",
    "trainees": "put a trained reviewer in the place of one of them",
    "one_per_school": "choose somebody from another school",
    "swaps": "change one of the two teams, or allow `swaps`",
    "visits_per_reviewer": "put somebody else into one of the teams",
    "days_between": "move one of the two visits, or put somebody else into one of the teams",
    "visits_per_week": "move one of the visits to another week",
    "visits_per_day": "move one of the visits to other days",
    "out_per_school": "move one of the visits, or send somebody from another school",
    "host_stays_home": "move one of the two visits, or send somebody from another school",
    "welsh_speakers": "put somebody who speaks Welsh into the team",
    "cover_focus": "put somebody who knows it into the team",
}
"""For each rule, what to do about a breach."""
