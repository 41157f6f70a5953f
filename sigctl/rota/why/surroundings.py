"""What lies around a case: days that the window, a busy host or an absence keeps from it, and the case of an earlier begin.

A case holds the days that are left; to say what a window or an absence takes away, one must know the days without it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sigctl.cluster import Cluster
from sigctl.records import Cycle, all_dates
from sigctl.rota.case import Case, Days
from sigctl.rota.gathering import case_of


@dataclass(frozen=True, slots=True)
class Surroundings:
    """By visit: pupil days of the host in and after the cycle, and days when it is busy. By reviewer: days lost to absences.

    `last` is the last day of the window; `earlier` gives the case of a cycle that begins so many weeks earlier, or None where
    those weeks are gone. A visit or person that is not told of has no such days.
    """

    pupil: tuple[Days, ...] = ()
    busy: tuple[Days, ...] = ()
    absent: tuple[Days, ...] = ()
    last: int | None = None
    earlier: Callable[[int], Case | None] | None = None


def surroundings(cluster: Cluster, cycle: Cycle, case: Case, today: date | None = None) -> Surroundings:
    """What lies around the case of a cycle."""
    hosts = [case.schools[visit.host].id for visit in case.visits]

    def days(dates: Iterable[date]) -> Days:
        return sum(1 << (day - case.origin).days for day in dates if day >= case.origin)

    def earlier(weeks: int) -> Case | None:
        first = cycle.first - timedelta(weeks=weeks)
        if today and first <= today:
            return None
        sooner = case_of(cluster, cycle.model_copy(update={"first": first}), today)
        same = [each.id for each in sooner.reviewers] == [each.id for each in case.reviewers]
        return sooner if same and len(sooner.visits) == len(case.visits) else None

    people = {id: person.model_copy(update={"unavailable": ()}) for id, person in cluster.people.items()}
    present = case_of(replace(cluster, people=people), cycle, today)
    without = {each.id: each.free for each in present.reviewers} if present.origin == case.origin else {}
    return Surroundings(
        pupil=tuple(days(day for day in cluster.pupil_days(host) if day >= cycle.first) for host in hosts),
        busy=tuple(days(all_dates(cluster.schools[host].busy)) for host in hosts),
        absent=tuple(without.get(each.id, 0) & ~each.free for each in case.reviewers),
        last=(cycle.last - case.origin).days,
        earlier=earlier,
    )
