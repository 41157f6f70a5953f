"""From the cluster to the case: who and what take part in a cycle, in whole numbers."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Final

from sigctl.cluster import Cluster
from sigctl.cluster.wishes import unwished_days, wished_days
from sigctl.records import WEEKDAYS, Cycle, Person, Rota, RotaVisit, Text, Wish, all_dates
from sigctl.records import School as SchoolRecord
from sigctl.records import Visit as VisitRecord
from sigctl.records.school import Location
from sigctl.rota.case import EVERY, Case, Days, Reviewer, School, Visit
from sigctl.rota.life.locks import Kept, binding, kept_visits
from sigctl.rota.past.balances import given_and_received, is_member, openings
from sigctl.rota.past.teams import last_reviews, last_teams, veterans

EARTH: Final = 6371.0088
"""Mean radius of the earth in kilometres (IUGG)."""


def case_of(cluster: Cluster, cycle: Cycle, today: date | None = None, rota: Rota | None = None) -> Case:
    """The cycle as the search needs it. What is fixed `until` a day before today no longer binds.

    Visits of the published rota that are told or confirmed are locked. With a rota, which is to be judged or changed, they are
    not; and the case's days begin no later than those of the rota, so that it can be told in them.
    """
    kept = kept_visits(cluster, cycle, today)
    return _Gathering(cluster, cycle, today, Kept(kept.done) if rota else kept, rota.visits if rota else ()).case()


def bare_case(cluster: Cluster, cycle: Cycle) -> Case:
    """The cycle as if nothing of it were published yet, and whatever day it is."""
    return _Gathering(cluster, cycle, None, None).case()


def without_departed(cluster: Cluster, cycle: Cycle, case: Case, held: Collection[str] = (), today: date | None = None) -> Case:
    """The case without those visits that can be no more: at schools that leave before the cycle ends, and have no days left.

    Days left are those after today. What is settled stays, and so do the visits at the `held` hosts, which a rota has.
    """
    ahead = EVERY if today is None else EVERY << max(0, (today - case.origin).days + 1)
    gone = {id for id, school in cluster.schools.items() if school.left and school.left < cycle.last}.difference(held)
    staying = (
        visit
        for visit in case.visits
        if visit.settled or case.schools[visit.host].id not in gone or case.starts(replace(visit, open=visit.open & ahead))
    )
    return replace(case, visits=tuple(staying))


class _Gathering:
    def __init__(self, cluster: Cluster, cycle: Cycle, today: date | None, kept: Kept | None, rota: Iterable[RotaVisit] = ()) -> None:
        """Without what is kept, as if nothing of the cycle had been published."""
        self._cluster = cluster
        self._cycle = cycle
        self._today = today
        self._done, self._told = (kept.done, kept.told) if kept else ({}, {})
        standing = [*self._done.values(), *self._told.values(), *rota]
        self._origin = min([cycle.first, *(day for visit in standing for day in visit.dates)])
        self._wanted = sorted(cycle.visits, key=lambda visit: visit.host)
        self._homes = dict(self._reviewers_with_home())
        self._schools = sorted({*self._homes.values(), *(visit.host for visit in self._wanted)})
        self._school = {id: index for index, id in enumerate(self._schools)}
        self._reviewer = {id: index for index, id in enumerate(self._homes)}
        self._openings = Counter(openings(cluster, cycle))
        for visit in self._wanted:
            if visit.host in self._done:
                self._count_gone(self._done[visit.host])
        self._veterans = veterans(cluster, cycle, and_done=kept is not None)
        self._last_teams = last_teams(cluster, cycle)

    def case(self) -> Case:
        """The whole case."""
        return Case(
            cycle=self._cycle.id,
            origin=self._origin,
            schools=tuple(map(self._school_of, self._schools)),
            reviewers=tuple(map(self._reviewer_of, self._homes)),
            visits=tuple(map(self._visit_of, self._wanted)),
            tenths=distances([self._cluster.schools[id].location for id in self._schools]),
            rules=self._cycle.rules,
            goals=self._cycle.goals,
        )

    def _reviewers_with_home(self) -> Iterator[tuple[str, str]]:
        """Everybody who may be in a team, by id, with the school at which they are in the cycle."""
        for id, person in sorted(self._cluster.people.items()):
            home = self._cluster.home_in(person, self._cycle) if person.reviewer else None
            if home and home.school in self._cluster.schools and is_member(self._cluster.schools[home.school], self._cycle):
                yield id, home.school

    def _gone(self, done: RotaVisit) -> tuple[str, ...]:
        """Who was in the team of a visit that is done, and is no reviewer any more."""
        return tuple(sorted(each for each in dict.fromkeys(done.team) if each not in self._reviewer))

    def _count_gone(self, done: RotaVisit) -> None:
        """Count for the schools what those gave and took who are gone, as nobody in the case does it."""
        counted = given_and_received(self._cluster, self._cycle, [done.model_copy(update={"team": self._gone(done)})])
        for school, (given, received) in counted.items():
            self._openings[school] += given - received

    def _days(self, days: Iterable[date]) -> Days:
        """Dates as a set of days; those before the origin are left out."""
        found = 0
        for day in days:
            if day >= self._origin:
                found |= 1 << (day - self._origin).days
        return found

    def _school_of(self, id: str) -> School:
        record: SchoolRecord = self._cluster.schools[id]
        reviewers = tuple(self._reviewer[each] for each, home in self._homes.items() if home == id)
        return School(
            id,
            record.max_out,
            self._openings[id],
            _called(record.trust),
            record.language == "welsh",
            reviewers,
            authority=_called(record.local_authority),
            phase=record.phase,
            pupils=record.pupils or None,
            last_team=frozenset(self._school[each] for each in self._last_teams.get(id, ()) if each in self._school),
        )

    def _reviewer_of(self, id: str) -> Reviewer:
        person = self._cluster.people[id]
        assert person.reviewer
        return Reviewer(
            id=id,
            school=self._school[self._homes[id]],
            level=person.reviewer.level,
            welsh="cy" in person.speaks,
            expertise=frozenset(person.expertise),
            max_visits=person.reviewer.max_visits,
            free=self._days(free_dates(self._cluster, person, self._homes[id])),
            conflicts=frozenset(self._school[each] for each in self._too_near(person) if each in self._school),
            reviewed=self._reviewed(id),
            novice=person.reviewer.level == "trainee" and id not in self._veterans,
            wished=self._wished(self._homes[id], person.reviewer.prefers),
            unwished=frozenset(self._school[each] for each in _avoided(person) if each in self._school),
        )

    def _wished(self, school: str, wish: Wish | None) -> Days:
        """The days that suit somebody at a school, as far as they have said."""
        if wish is None:
            return EVERY
        wished = wished_days(self._cluster, school, wish)
        return (EVERY if wished is None else self._days(wished)) & ~self._days(unwished_days(self._cluster, school, wish))

    def _too_near(self, person: Person) -> Iterator[str]:
        """Schools that somebody may not review: those of their conflicts, and those where they were or will be in the cycle."""
        yield from person.conflicts
        for post in person.posts:
            if post.school != self._homes[person.id] and post.days_within(self._cycle.first, self._cycle.last):
                yield post.school

    def _reviewed(self, person: str) -> tuple[tuple[int, int], ...]:
        """The schools that somebody reviewed in earlier cycles, each with how many cycles ago they were there last."""
        last = last_reviews(self._cluster, self._cycle, person)
        return tuple(sorted((self._school[each], ago) for each, ago in last.items() if each in self._school))

    def _visit_of(self, wanted: VisitRecord) -> Visit:
        if wanted.host in self._done:
            return self._settled(self._done[wanted.host])
        cycle, host = self._cycle, wanted.host
        busy = all_dates(self._cluster.schools[host].busy)
        inside = (day for day in self._cluster.pupil_days(host) if cycle.first <= day <= cycle.last and day not in busy)
        fixed = binding(wanted, self._today)
        start = (fixed.start - self._origin).days if fixed and fixed.start else None
        team = sorted(fixed.team) if fixed else []
        visit = Visit(
            host=self._school[host],
            days=cycle.days_of(wanted),
            team=cycle.team_of(wanted),
            focus=tuple(sorted(set(cycle.focus_of(wanted)))),
            open=self._days(inside),
            start=start if start is None or start >= 0 else self._never(),
            members=tuple(self._reviewer[each] for each in team if each in self._reviewer),
            strangers=tuple(each for each in team if each not in self._reviewer),
            entry=cycle.visits.index(wanted),
            wished=self._wished(host, wanted.prefers),
        )
        return self._locked(visit, self._told[host]) if host in self._told else visit

    def _locked(self, visit: Visit, told: RotaVisit) -> Visit:
        """A visit as it was published, with days and team of its own."""
        return replace(
            visit,
            days=len(told.dates),
            team=len(told.team),
            start=(min(told.dates) - self._origin).days,
            members=tuple(sorted(self._reviewer[each] for each in told.team if each in self._reviewer)),
            strangers=tuple(sorted(each for each in told.team if each not in self._reviewer)),
            locked=True,
        )

    def _never(self) -> int:
        """A day after all: the start of a visit that is fixed for a day before the cycle."""
        return (self._cycle.last - self._origin).days + 1

    def _settled(self, done: RotaVisit) -> Visit:
        days = sorted(done.dates)
        team = tuple(sorted({self._reviewer[each] for each in done.team if each in self._reviewer}))
        run, held = self._days(days[0] + timedelta(later) for later in range(len(days))), self._days(days)
        return Visit(
            self._school[done.host],
            len(days),
            len(team),
            open=run,
            start=(days[0] - self._origin).days,
            members=team,
            settled=True,
            gone=self._gone(done),
            held=0 if held == run else held,
        )


def free_dates(cluster: Cluster, person: Person, home: str) -> Iterator[date]:
    """The days on which a reviewer can be out: pupil days of their school, on their weekdays, available, trained; in no order."""
    assert person.reviewer
    first, last = person.reviewer.trained, person.reviewer.expires or date.max
    weekdays = {WEEKDAYS.index(each) for each in person.weekdays}
    away = all_dates(person.unavailable)
    return (
        day
        for day in cluster.pupil_days(home)
        if first <= day <= last
        and day.weekday() in weekdays
        and day not in away
        and (not person.posts or cluster.school_of(person, day) == home)
    )


def _called(name: Text | None) -> str | None:
    """What a trust or an authority is called, to compare it by."""
    return name.en or name.cy if name else None


def _avoided(person: Person) -> tuple[str, ...]:
    """Schools to which somebody would rather not go."""
    wish = person.reviewer.prefers if person.reviewer else None
    return wish.not_schools if wish else ()


def distances(places: list[Location | None]) -> tuple[tuple[int, ...], ...]:
    """Between all places, in tenths of a kilometre; nothing where a place is not known."""
    return tuple(tuple(0 if a is None or b is None else round(10 * kilometres(a, b)) for b in places) for a in places)


def kilometres(a: Location, b: Location) -> float:
    """The great-circle distance by the haversine formula (R. W. Sinnott, Sky and Telescope 68, 1984)."""
    north, south = radians(a.lat), radians(b.lat)
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))
