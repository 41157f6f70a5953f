"""In whose calendars the visit to a school stands besides the school's own."""

from datetime import date

from sigctl.cluster import Cluster
from sigctl.cluster.mergers import school_on, successor_on
from sigctl.reports.reminders.whom import SCHOOL, is_head, is_there, speaks_for


def speakers(cluster: Cluster, school: str, day: date) -> tuple[str, ...]:
    """Who speaks for a school on a day, by id: its head, all of them where there are several, or else whoever is told what it is told."""
    at, first = successor_on(cluster, school, day), speaks_for(cluster, school, day)
    heads = [each.id for each in cluster.people.values() if is_head(each, day) and school_on(cluster, each.id, day) == at]
    return tuple(sorted({each for each in (first, *heads) if not each.startswith(SCHOOL) and is_there(cluster, each, day)}))
