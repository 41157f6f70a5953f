"""Who is written to where a school is meant."""

from datetime import date

from sigctl.cluster import Cluster
from sigctl.cluster.mergers import successor_on
from sigctl.reports.reminders.whom import SCHOOL, reached, speaks_for


def for_school(cluster: Cluster, school: str, today: date) -> str:
    """Who gets what is for a school: whoever speaks for it, or else the school itself where it alone has an address."""
    speaker, itself = speaks_for(cluster, school, today), SCHOOL + successor_on(cluster, school, today)
    return itself if not reached(cluster, speaker)[0] and reached(cluster, itself)[0] else speaker
