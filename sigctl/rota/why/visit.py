"""Why this person, and why this day: each other choice is put into the cycle, and the whole cycle is solved again."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from sigctl.rota.case import Case, Visit
from sigctl.rota.goals import UNITS
from sigctl.rota.plan import Bar, Plan, Status
from sigctl.rota.planning import searched
from sigctl.rota.progress import Listener, Progress
from sigctl.rota.rules import Breach, Placed, Roster, rules_of
from sigctl.rota.search.watch import Watch
from sigctl.rota.standing import Standing
from sigctl.rota.verify import breaches, scores
from sigctl.rota.why.answers import Alternative, Choice, DateWhy, MemberWhy, Outcome, Score, WeekWhy, Why
from sigctl.rota.why.asking import Ask
from sigctl.rota.why.barring import barred, conflicting
from sigctl.rota.why.obstacles import counted, listed
from sigctl.rota.why.oracle import Oracle
from sigctl.rota.wording import words

OTHERS: Final = 3
"""People who are looked at in each member's place."""
WEEKS: Final = 3
"""Other weeks that are looked at."""
_UNKNOWN: Final = Choice(Outcome.UNKNOWN)
_EFFORT: Final = 0.6
"""Deterministic time in which the demands are sought that stand against one choice."""


def why(case: Case, stands: Standing, visit: int, progress: Listener | None = None, seed: int = 0) -> Why:
    """Why a visit of a rota is as it is.

    What could not be solved before the listener asked to stop is not known. The case must hold the days of the rota.
    """
    placed = stands.placed(visit)
    assert placed is not None
    asking = _Asking(case, stands.roster, placed, progress, seed)
    told, host = case.visits[visit], case.schools[case.visits[visit].host].id
    days = tuple(case.day(day) for day in placed.days)
    now = tuple((goal, score / UNITS[goal]) for goal, score in asking.reached.items())
    if told.settled:
        return Why(case.cycle, host, days, now, is_done=True, members=tuple(asking.members(alone=True)))
    is_best = asking.is_best()
    members = tuple(asking.members())
    fixed = told.start is not None
    weeks = () if fixed else tuple(asking.weeks())
    dates_else = () if fixed else tuple(asking.dates())
    return Why(case.cycle, host, days, now, is_best, start_is_fixed=fixed, members=members, dates_else=dates_else, weeks=weeks)


@dataclass
class _Asking:
    case: Case
    roster: Roster
    placed: Placed
    progress: Listener | None
    seed: int
    _stopped: bool = False
    _answers: int = 0
    _best: bool | None = None
    reached: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self._rules = rules_of(self.case.rules)
        self.reached = scores(self.case, self.roster)
        self._broken = frozenset(breaches(self.case, self._rules, self.roster))
        self._visit = self.case.visits[self.placed.visit]

    def is_best(self) -> bool | None:
        """Whether no rota scores better than this one; it may not even keep the rules."""
        plan = self._solved(self.case)
        if self._broken or plan is None:
            self._best = False if self._broken else None
        else:
            self._best = [goal.value for goal in plan.goals] == [self.reached[goal.name] / UNITS[goal.name] for goal in plan.goals]
        return self._best

    def members(self, *, alone: bool = False) -> Iterator[MemberWhy]:
        """Each member, the lead first, with the nearest others in their place; without any where a member is to stand alone."""
        team = sorted(self.placed.team, key=lambda each: (each != self.placed.lead, self._away(each), self.case.reviewers[each].id))
        for member in team:
            is_lead, is_fixed = member == self.placed.lead, not alone and member in self._visit.members
            others = () if alone or is_fixed else tuple(self._alternative(member, other) for other in self._nearest(is_lead=is_lead))
            yield MemberWhy(self.case.reviewers[member].id, self._away(member), is_lead, is_fixed, others)

    def _away(self, person: int) -> float:
        return self.case.tenths[self.case.reviewers[person].school][self._visit.host] / 10

    def _nearest(self, *, is_lead: bool) -> list[int]:
        """The nearest others, from other schools than the host; for the lead's place, of those who can lead."""
        others = [
            index
            for index, each in enumerate(self.case.reviewers)
            if index not in self.placed.team and each.school != self._visit.host and (each.level == "lead" or not is_lead)
        ]
        return sorted(others, key=lambda each: (self._away(each), self.case.reviewers[each].id))[:OTHERS]

    def _alternative(self, member: int, other: int) -> Alternative:
        bars = tuple(self._barring(other))
        choice = Choice(Outcome.BARRED, bars=bars) if bars else self._instead(member, other)
        return Alternative(self.case.reviewers[other].id, self._away(other), choice)

    def _barring(self, person: int) -> Iterator[Bar]:
        """Rules that bar somebody from the visit on whatever day."""
        host = self.case.schools[self._visit.host].id
        open_visit = replace(self._visit, start=None, members=())
        days = self.case.starts(open_visit)
        case = replace(self.case, visits=tuple(open_visit if each is self._visit else each for each in self.case.visits))
        alone = replace(self.placed, lead=person, team=(person,))
        for rule in self._rules:
            if days & rule.starts(case, open_visit, person):
                continue
            if rule.name == "availability":
                yield Bar(rule.name, f"`{self.case.reviewers[person].id}` is free on none of the days on which `{host}` can be host")
            else:
                yield from (Bar(rule.name, words(case, breach)) for breach in rule.breaches(case, (alone,)))

    def _instead(self, member: int, other: int) -> Choice:
        """What the best rota scores in which the one is not in the team, and the other is."""
        team = tuple(sorted({*self.placed.team} - {member} | {other}))
        simple = replace(self.placed, team=team, lead=other if member == self.placed.lead else self.placed.lead)
        if self._costs_nothing(simple):
            return self._costs(self.reached)
        joined = tuple(sorted({*self._visit.members, other}))
        bars = self._barred([replace(self._on(day), lead=other, team=joined) for day in self._first_days(every=True)])
        if bars:
            return Choice(Outcome.BARRED, bars=bars)
        reviewers = list(self.case.reviewers)
        reviewers[member] = replace(reviewers[member], conflicts=reviewers[member].conflicts | {self._visit.host})
        own = self.placed.visit
        added = [Ask("conflicts", (own,), (member,)), Ask("fixed", (own,), (other,))]
        return self._choice(replace(self._with_visit(replace(self._visit, members=joined)), reviewers=tuple(reviewers)), added)

    def _barred(self, options: list[Placed]) -> tuple[Bar, ...]:
        """What is done or fixed, and bars a visit in each of these ways."""
        return barred(self.case, self._rules, options, lambda breach: self._against(breach, is_dated=True))

    def _costs_nothing(self, instead: Placed) -> bool:
        """Whether the rota is the best, and stays as good, and sound, with the visit in another way and all else as it is."""
        roster = self._moved(instead)
        return self._best is True and scores(self.case, roster) == self.reached and not self._newly_broken(roster)

    def _moved(self, instead: Placed) -> Roster:
        return tuple(instead if each.visit == instead.visit else each for each in self.roster)

    def _newly_broken(self, roster: Roster) -> list[Breach]:
        return [breach for breach in breaches(self.case, self._rules, roster) if breach not in self._broken]

    def _with_visit(self, visit: Visit) -> Case:
        visits = tuple(visit if each is self._visit else each for each in self.case.visits)
        return replace(self.case, visits=visits)

    def _choice(self, case: Case, added: Collection[Ask] = ()) -> Choice:
        plan = self._solved(case)
        if plan is None:
            return _UNKNOWN
        if plan.status is Status.INFEASIBLE:
            oracle = Oracle(Watch(self._listener() if self.progress else None), self.seed)
            return Choice(Outcome.IMPOSSIBLE, bars=conflicting(case, added, oracle, _EFFORT))
        return self._costs({goal.name: round(goal.value * UNITS[goal.name]) for goal in plan.goals})

    def _costs(self, then: Mapping[str, int]) -> Choice:
        return Choice(Outcome.COSTS, self._scores(then))

    def _scores(self, then: Mapping[str, int]) -> tuple[Score, ...]:
        return tuple(Score(goal, now / UNITS[goal], then[goal] / UNITS[goal]) for goal, now in self.reached.items())

    def _solved(self, case: Case) -> Plan | None:
        """The best rota of a case, or that there is none; None where somebody stopped it before that was proved."""
        self._answers += 1
        if self._stopped:
            return None
        plan = searched(case, self.seed, Watch(self._listener() if self.progress else None))
        return plan if plan.status in (Status.OPTIMAL, Status.INFEASIBLE) else None

    def _listener(self) -> Listener:
        assert self.progress is not None
        tell: Callable[[Progress], bool | None] = self.progress

        def told(progress: Progress) -> bool:
            stage = f"solving for another choice, number {self._answers - 1}" if self._answers > 1 else "solving for the best rota"
            self._stopped = bool(tell(replace(progress, stage=stage))) or self._stopped
            return self._stopped

        return told

    def dates(self) -> Iterator[DateWhy]:
        """The other first days on which the host is open, those in a row together that are alike."""
        stretch: list[int] = []
        alike: tuple[tuple[Bar, ...], tuple[Score, ...]] = ((), ())
        for day in self._first_days():
            roster = self._moved(self._on(day))
            bars = tuple(dict.fromkeys(Bar(breach.rule, self._against(breach)) for breach in self._newly_broken(roster)))
            this = (bars, () if bars else self._scores(scores(self.case, roster)))
            if stretch and (this != alike or not self._follows(stretch[-1], day)):
                yield DateWhy(self.case.day(stretch[0]), self.case.day(stretch[-1]), *alike)
                stretch = []
            stretch.append(day)
            alike = this
        if stretch:
            yield DateWhy(self.case.day(stretch[0]), self.case.day(stretch[-1]), *alike)

    def _first_days(self, *, every: bool = False) -> list[int]:
        """The first days on which the host is open; of other days than that of the rota, or every one."""
        days = self.case.starts(self._visit) & ~(0 if every else 1 << self.placed.days[0])
        return [day for day in range(days.bit_length()) if days >> day & 1]

    def _follows(self, before: int, day: int) -> bool:
        """Whether a day is the next one on which there is school, or could be."""
        return day == before + 1 or (day - before <= 3 and self.case.day(day).weekday() == 0)

    def _on(self, day: int) -> Placed:
        return replace(self.placed, days=tuple(range(day, day + self._visit.days)))

    def _against(self, breach: Breach, *, is_dated: bool = False) -> str:
        """A breach in few words, without the day where that is said before it."""
        who = listed([f"`{each}`" for each in breach.people])
        host = self.case.schools[self._visit.host].id
        others = [each for each in breach.hosts if each != host]
        at = listed([f"`{each}`" for each in others])
        when = f" on {listed([str(day) for day in breach.dates])}" if is_dated else ""
        if breach.rule == "availability":
            return f"{who} {'is' if len(breach.people) == 1 else 'are'} not free{when}"
        if breach.rule == "days_between":
            return f"{who} would have less than {counted(self.case.rules.days_between, 'day')} between this visit and the one at {at}"
        if breach.rule in ("visits_per_week", "visits_per_day"):
            return f"{'the week' if breach.rule == 'visits_per_week' else 'a day'} is full with the {counted(len(others), 'visit')} at {at}"
        if breach.rule == "out_per_school":
            homes = {self.case.schools[each.school].id for each in self.case.reviewers if each.id in breach.people}
            return f"too many of {listed([f'`{each}`' for each in sorted(homes)])} would be out, with the visit at {at}"
        if breach.rule == "host_stays_home":
            return f"{who} would be out while their own school is host"
        if breach.rule == "swaps":
            return f"{listed([f'`{each}`' for each in breach.hosts])} would review each other, which `swaps: false` rules out"
        return words(self.case, breach)

    def weeks(self) -> Iterator[WeekWhy]:
        """The nearest other weeks, and what the best rota scores in which the visit begins in them."""
        weekday = self.case.origin.weekday()
        by_week: dict[int, list[int]] = {}
        for day in self._first_days():
            by_week.setdefault((day + weekday) // 7, []).append(day)
        own = (self.placed.days[0] + weekday) // 7
        near = sorted((week for week in by_week if week != own), key=lambda week: (abs(week - own), week))[:WEEKS]
        for week in sorted(near):
            yield WeekWhy(self.case.origin + timedelta(7 * week - weekday), self._in_week(by_week[week]))

    def _in_week(self, days: list[int]) -> Choice:
        if any(self._costs_nothing(self._on(day)) for day in days):
            return self._costs(self.reached)
        bars = self._barred([replace(self._on(day), lead=0, team=self._visit.members) for day in days])
        if bars:
            return Choice(Outcome.BARRED, bars=bars)
        span = range(days[0], days[-1] + self._visit.days)
        inside = sum(1 << day for day in span)
        return self._choice(self._with_visit(replace(self._visit, open=self._visit.open & inside)))
