"""How minutes count decisions: through the school year of the group."""

from datetime import date
from typing import Final

from sigctl.cluster import Cluster
from sigctl.cluster.membership import meetings_of

_AUGUST: Final = 8


def school_year(day: date) -> str:
    """The school year in which a day lies, from August on: `2026-27`."""
    first = day.year if day.month >= _AUGUST else day.year - 1
    return f"{first}-{(first + 1) % 100:02d}"


def decision_numbers(cluster: Cluster, group: str) -> dict[tuple[str, str], str]:
    """The number of each decision of a group, by meeting and id: they count through the school year, as in `2026-27/3`."""
    numbers: dict[tuple[str, str], str] = {}
    year, count = "", 0
    for meeting in meetings_of(cluster, group):
        if school_year(meeting.date) != year:
            year, count = school_year(meeting.date), 0
        for decision in meeting.decisions:
            count += 1
            numbers[meeting.id, decision.id] = f"{year}/{count}"
    return numbers
