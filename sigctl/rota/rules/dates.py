"""Rules about what may go on at once: in a school, and in the whole cluster."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from sigctl.rota.case import Case, Days, Visit, firsts
from sigctl.rota.puzzle import Claim, Resource, Row
from sigctl.rota.rules.rule import ALWAYS, Breach, Draft, Placed, Roster, Rule


@dataclass(frozen=True, slots=True)
class OutPerSchool(Rule):
    """At most so many people of a school are out on one day; where the school has a `max_out`, that counts instead.

    For school s and day t: the number of members from s in the visits that are going on at t is ≤ n.
    """

    at_most: int
    name: ClassVar[str] = "out_per_school"

    def limit(self, case: Case, school: int) -> int:
        """How many people of a school may be out on a day."""
        own = case.schools[school].max_out
        return self.at_most if own is None else own

    def starts(self, case: Case, visit: Visit, reviewer: int) -> Days:
        """The days from which a visit does not meet late days of settled ones on which the school has nobody more to send."""
        school = case.reviewers[reviewer].school
        out = ((done.late, sum(case.reviewers[each].school == school for each in done.members)) for done in case.broken_up)
        return _apart(case, visit, out, self.limit(case, school))

    def rows(self, draft: Draft) -> Iterator[Row]:
        """One team has no more from a school than may be out at once."""
        for (school, visit), among in draft.of_trip.items():
            limit = self.limit(draft.case, school)
            if len(among) > limit and not draft.case.visits[visit].settled:
                yield Row(None, limit, among)

    def resources(self, draft: Draft) -> Iterator[Resource]:
        """Each school is a resource that so many people can claim at once."""
        for school, claims in draft.trips_of.items():
            yield Resource(self.limit(draft.case, school), claims)

    def breaches(self, case: Case, roster: Roster) -> Iterator[Breach]:
        """Days on which too many of a school are out."""
        out: defaultdict[tuple[int, int], dict[int, Placed]] = defaultdict(dict)
        for placed in roster:
            for member in placed.team:
                for day in placed.days:
                    out[day, case.reviewers[member].school][member] = placed
        for (day, school), members in sorted(out.items(), key=lambda each: each[0]):
            settled = all(case.visits[placed.visit].settled for placed in members.values())
            if len(members) > self.limit(case, school) and not settled:
                yield self.broken(case, tuple(members.values()), tuple(members), (day,))


@dataclass(frozen=True, slots=True)
class HostStaysHome(Rule):
    """A school sends nobody out on a day on which it is host.

    For host s with visit v, and a member from s in visit w: v and w share no day.
    """

    name: ClassVar[str] = "host_stays_home"

    def starts(self, case: Case, visit: Visit, reviewer: int) -> Days:
        """The days from which a visit does not meet late days of settled ones: those at the person's school, or by the host's people."""
        own = case.reviewers[reviewer].school
        meets = (done.host == own or any(case.reviewers[each].school == visit.host for each in done.members) for done in case.broken_up)
        return _apart(case, visit, ((done.late, int(met)) for done, met in zip(case.broken_up, meets, strict=True)), 1)

    def resources(self, draft: Draft) -> Iterator[Resource]:
        """A school is a resource that its own visit keeps wholly for itself."""
        hosts = draft.case.hosts()
        for school, claims in draft.trips_of.items():
            if school in hosts:
                yield Resource(None, claims, keeper=hosts[school])

    def breaches(self, case: Case, roster: Roster) -> Iterator[Breach]:
        """People who are out while their own school is host."""
        at_home = {case.visits[placed.visit].host: placed for placed in roster}
        for placed in roster:
            for member in placed.team:
                own = at_home.get(case.reviewers[member].school)
                days = tuple(sorted(set(placed.days) & set(own.days))) if own else ()
                if own and days and not (case.visits[placed.visit].settled and case.visits[own.visit].settled):
                    yield self.broken(case, (own, placed), (member,), days)


@dataclass(frozen=True, slots=True)
class VisitsPerWeek(Rule):
    """At most so many visits take place in one week in the whole cluster; a visit counts in each week that it touches."""

    at_most: int
    name: ClassVar[str] = "visits_per_week"

    def starts(self, case: Case, visit: Visit, reviewer: int) -> Days:  # noqa: ARG002
        """The days from which a visit keeps out of weeks that only late days of settled ones touch."""
        return _apart(case, visit, ((_late_weeks(case, done), 1) for done in case.broken_up), self.at_most)

    def resources(self, draft: Draft) -> Iterator[Resource]:
        """The cluster's week is a resource that so many visits can have."""
        claims = tuple(Claim(visit, None) for visit in range(len(draft.case.visits)))
        yield Resource(self.at_most, claims, weekly=True)

    def breaches(self, case: Case, roster: Roster) -> Iterator[Breach]:
        """Weeks with too many visits."""
        weeks: defaultdict[tuple[int, int], dict[int, Placed]] = defaultdict(dict)
        for placed in roster:
            for day in placed.days:
                weeks[case.day(day).isocalendar()[:2]][placed.visit] = placed
        for _, visits in sorted(weeks.items()):
            settled = all(case.visits[visit].settled for visit in visits)
            if len(visits) > self.at_most and not settled:
                yield self.broken(case, tuple(visits.values()), days=(min(placed.days[0] for placed in visits.values()),))


@dataclass(frozen=True, slots=True)
class VisitsPerDay(Rule):
    """At most so many visits go on in the whole cluster on one day."""

    at_most: int
    name: ClassVar[str] = "visits_per_day"

    def starts(self, case: Case, visit: Visit, reviewer: int) -> Days:  # noqa: ARG002
        """The days from which a visit does not meet late days of settled ones."""
        return _apart(case, visit, ((done.late, 1) for done in case.broken_up), self.at_most)

    def resources(self, draft: Draft) -> Iterator[Resource]:
        """The cluster's day is a resource that so many visits can have."""
        yield Resource(self.at_most, tuple(Claim(visit, None) for visit in range(len(draft.case.visits))))

    def breaches(self, case: Case, roster: Roster) -> Iterator[Breach]:
        """Days with too many visits."""
        going_on: defaultdict[int, list[Placed]] = defaultdict(list)
        for placed in roster:
            for day in placed.days:
                going_on[day].append(placed)
        for day, visits in sorted(going_on.items()):
            settled = all(case.visits[placed.visit].settled for placed in visits)
            if len(visits) > self.at_most and not settled:
                yield self.broken(case, tuple(visits), days=(day,))


def _apart(case: Case, visit: Visit, taken: Iterable[tuple[Days, int]], most: int) -> Days:
    """The first days from which a visit is on no day that is taken, as no resource can say it; each set of days by so many.

    Where more could be there, only the visits of a wary case keep away that can be moved.
    """
    if not case.broken_up:
        return ALWAYS
    counts: Counter[int] = Counter()
    for days, number in taken:
        counts.update({day: number for day in range(days.bit_length()) if number and days >> day & 1})
    full = sum(1 << day for day, number in counts.items() if number >= most or (case.wary and visit.start is None))
    return firsts(~full, visit.days) if full else ALWAYS


def _late_weeks(case: Case, done: Visit) -> Days:
    """All days of the weeks in which late days of a settled visit lie, and none of its run."""
    weekday, start = case.origin.weekday(), done.start or 0
    first, last = ((day + weekday) // 7 for day in (start, start + done.days - 1))
    weeks = {(day + weekday) // 7 for day in range(done.late.bit_length()) if done.late >> day & 1} - set(range(first, last + 1))
    return sum(1 << day for week in weeks for day in range(max(0, 7 * week - weekday), 7 * week - weekday + 7))
