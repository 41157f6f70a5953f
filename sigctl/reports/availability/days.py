"""The days of a cycle about which somebody's answer matters, and days written as people write them in the files."""

from collections.abc import Collection, Sequence
from datetime import date

from sigctl.cluster import Cluster
from sigctl.records import Cycle
from sigctl.term_dates import Span

_APART = 4
"""So many calendar days may lie between two days that are written as one range: a weekend, with a bank holiday beside it."""


def days_that_matter(cluster: Cluster, cycle: Cycle, *, person: str = "", school: str = "") -> tuple[date, ...]:
    """The days of a cycle on which somebody's school, or a host, is open to pupils, since visits take place on no others.

    Of somebody at no school, and where there is no calendar, all weekdays.
    """
    home = cluster.home_in(cluster.people[person], cycle) if person else None
    at = school or (home.school if home else "")
    window = Span(cycle.first, cycle.last)
    open_days = cluster.pupil_days(at) if at in cluster.schools and cluster.calendars_of(cluster.schools[at]) else None
    return tuple(day for day in window.weekdays() if open_days is None or day in open_days)


def ranges(days: Sequence[date], matter: Collection[date]) -> tuple[Span, ...]:
    """Days as ranges: two are one where no day between them matters, and little more than a weekend lies between."""
    found: list[Span] = []
    for day in sorted(days):
        before = found[-1] if found else None
        if before and (day - before.last).days <= _APART and not any(before.last < each < day for each in matter):
            found[-1] = Span(before.first, day)
        else:
            found.append(Span(day, day))
    return tuple(found)


def written(span: Span) -> str | dict[str, str]:
    """A range as it stands in the files: one day alone, or `{from: …, to: …}`."""
    first, last = span.first.isoformat(), span.last.isoformat()
    return first if first == last else {"from": first, "to": last}
