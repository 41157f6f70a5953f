"""Schools that became part of another one: which school stands for them from then on."""

from datetime import date

from sigctl.cluster.cluster import Cluster


def successor_on(cluster: Cluster, school: str, day: date) -> str:
    """The school that stands for another on a day: the school itself, or from the day after it left that into which it merged."""
    passed: list[str] = []
    while school not in passed:
        record = cluster.schools.get(school)
        if record is None or record.merged_into not in cluster.schools or record.left is None or record.left >= day:
            break
        passed.append(school)
        school = record.merged_into or school
    return school


def school_on(cluster: Cluster, person: str, day: date) -> str | None:
    """The school at which somebody is on a day, or that which stands for it; None for somebody at none, or in no file."""
    known = cluster.people.get(person)
    school = cluster.school_of(known, day) if known else None
    return successor_on(cluster, school, day) if school else None
