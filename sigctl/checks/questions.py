"""Questions that several checks ask of a cluster."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from sigctl.cluster import Cluster
from sigctl.records import Calendar, Cycle, Person, School, Visit, all_dates
from sigctl.term_dates import runs

DAY: Final = timedelta(1)
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAY_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def said(day: date) -> str:
    """A day in words, such as Thursday 12 November 2026."""
    return f"{WEEKDAY_NAMES[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def is_whole(cluster: Cluster, *kinds: str) -> bool:
    """Whether every record of these kinds could be read, so that what is not there is missing indeed."""
    return cluster.incomplete.isdisjoint(kinds)


def current_cycles(cluster: Cluster) -> tuple[Cycle, ...]:
    """The newest cycle, and those that have not ended when it begins; what is long over is nobody's concern.

    None where a cycle could not be read, since it may be the newest one.
    """
    if not is_whole(cluster, "cycles"):
        return ()
    newest = max((cycle.first for cycle in cluster.cycles.values()), default=date.min)
    return tuple(cycle for cycle in cluster.cycles.values() if cycle.last >= newest)


class Planned(NamedTuple):
    """A visit of a current cycle, and the path to it in the cycle."""

    cycle: Cycle
    visit: Visit
    path: tuple[str | int, ...]


def planned_visits(cluster: Cluster) -> Iterator[Planned]:
    """Every visit of the current cycles whose host is known."""
    for cycle in current_cycles(cluster):
        for index, visit in enumerate(cycle.visits):
            if visit.host in cluster.schools:
                yield Planned(cycle, visit, ("visits", index))


def year_span(calendar: Calendar) -> tuple[date, date] | None:
    """The first and the last day of the school year that a calendar names, 1 August to 31 August; None where it names none."""
    first, last = int(calendar.year[:4]), int(calendar.year[5:])
    if (first + 1) % 100 != last or not 1 < first < 9998:
        return None
    return date(first, 8, 1), date(first + 1, 8, 31)


def belongs(cluster: Cluster, cycle: Cycle, school: str) -> bool:
    """Whether a school belongs to the cluster on some day of a cycle."""
    record = cluster.schools[school]
    return (record.joined or date.min) <= cycle.last and (record.left or date.max) >= cycle.first


def is_mistyped(school: School) -> bool:
    """Whether a school left before it joined, so that nothing can be said of when it belongs to the cluster."""
    return bool(school.joined and school.left and school.left < school.joined)


def has_school_day(cluster: Cluster, cycle: Cycle, school: str) -> bool:
    """Whether there is any day of a cycle on which a school's pupils are there."""
    return any(cycle.first <= day <= cycle.last for day in cluster.pupil_days(school))


def has_open_run(cluster: Cluster, planned: Planned) -> bool:
    """Whether a host has so many days in a row as the visit takes: in the cycle, its pupils there, and it not busy."""
    cycle, host = planned.cycle, planned.visit.host
    open_days = {day for day in cluster.pupil_days(host) if cycle.first <= day <= cycle.last} - all_dates(cluster.schools[host].busy)
    return bool(runs(open_days, cycle.days_of(planned.visit)))


def run_from(day: date, length: int) -> Iterator[date]:
    """So many days in a row."""
    return (day + DAY * later for later in range(length))


@dataclass(frozen=True)
class Reviewers:
    """People who may review in a cycle, each with the school at which they are then."""

    people: tuple[tuple[Person, str], ...]

    @cached_property
    def _schools(self) -> Counter[str]:
        return Counter(school for _, school in self.people)

    @cached_property
    def _barred(self) -> dict[str, Counter[str]]:
        """For each host, how many people of each school have a conflict with it."""
        barred: dict[str, Counter[str]] = defaultdict(Counter)
        for person, school in self.people:
            for host in set(person.conflicts):
                barred[host][school] += 1
        return dict(barred)

    def count_for(self, host: str, *, one_per_school: bool) -> int:
        """How many of them could be in one team for a host."""
        barred = self._barred.get(host, Counter[str]())
        here = {host: self._schools[host]} if host in self._schools else {}
        if one_per_school:
            shut = sum(barred[school] >= self._schools[school] for school in barred if school != host)
            return len(self._schools) - len(here) - shut
        return len(self.people) - sum(here.values()) - sum(count for school, count in barred.items() if school != host)


def reviewers_of(cluster: Cluster, cycle: Cycle) -> Reviewers:
    """Everybody who may be in a team in a cycle: trained on some day of it, and at a school."""
    return _reviewers(cluster, cycle.id)


@lru_cache(maxsize=4)
def _reviewers(cluster: Cluster, name: str) -> Reviewers:
    found, cycle = [], cluster.cycles[name]
    for person in cluster.people.values():
        reviewer = person.reviewer
        if reviewer and reviewer.trained <= cycle.last and (reviewer.expires is None or reviewer.expires >= cycle.first):
            school = cluster.school_of(person, cycle.first) or cluster.school_of(person)
            if school:
                found.append((person, school))
    return Reviewers(tuple(found))


def all_words_known(cluster: Cluster) -> Collection[str]:
    """Every word that a current cycle uses for a focus."""
    words = {word for cycle in current_cycles(cluster) for word in cycle.focus}
    return words | {word for planned in planned_visits(cluster) for word in planned.visit.focus or ()}


def taking_part(cluster: Cluster, cycle: Cycle) -> tuple[str, ...]:
    """The schools that a cycle visits, and those whose people review in it; by id."""
    hosts, senders = {visit.host for visit in cycle.visits}, {school for _, school in reviewers_of(cluster, cycle).people}
    return tuple(sorted((hosts | senders) & set(cluster.schools)))
