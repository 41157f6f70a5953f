"""When somebody would like a visit to be, as days: half terms and dates, less those that would not suit."""

from collections.abc import Iterable, Iterator
from datetime import date

from sigctl import term_dates
from sigctl.cluster.cluster import Cluster, terms_of
from sigctl.records import Wish, all_dates


def wished_days(cluster: Cluster, school: str, wish: Wish) -> frozenset[date] | None:
    """The days that would suit; None where no day is named, so that every day suits but those that would not."""
    if not wish.half_terms and not wish.dates:
        return None
    return frozenset(_days_of(cluster, school, wish.half_terms)) | all_dates(wish.dates)


def unwished_days(cluster: Cluster, school: str, wish: Wish) -> frozenset[date]:
    """The days that would not suit."""
    return frozenset(_days_of(cluster, school, wish.not_half_terms)) | all_dates(wish.not_dates)


def half_terms_of(cluster: Cluster, school: str) -> frozenset[str]:
    """The half terms of a school, by the ids that wishes name."""
    calendars = cluster.calendars_of(cluster.schools[school])
    return frozenset(half.id for calendar in calendars for half in term_dates.half_terms(terms_of(calendar)))


def _days_of(cluster: Cluster, school: str, wanted: Iterable[str]) -> Iterator[date]:
    """The days of half terms of a school, by their ids; in each year of its calendars that has one so called."""
    names = frozenset(wanted)
    for calendar in cluster.calendars_of(cluster.schools[school]) if names else ():
        for half in term_dates.half_terms(terms_of(calendar)):
            if half.id in names:
                yield from term_dates.Span(half.first, half.last).days()
