"""The half terms of the cluster as people speak of them: one `spring-1` a school year, though calendars begin and end it on other days."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sigctl import term_dates
from sigctl.cluster import Cluster, terms_of
from sigctl.nearest import folded
from sigctl.records import Calendar
from sigctl.term_dates import Span
from sigctl.words import Words, same


@dataclass(frozen=True, slots=True)
class Half:
    """A half term of a school year, from the first day on which any calendar begins it to the last on which any ends it.

    `term` is the term of which it is a half; in a year of six terms, each is one of its own.
    """

    id: str
    year: str
    name: Words
    first: date
    last: date
    term: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def halves_of(cluster: Cluster) -> tuple[Half, ...]:
    """All half terms of all years, by date."""
    found: dict[tuple[str, str], Half] = {}
    for calendar in cluster.calendars.values():
        for half in _halves(cluster, calendar):
            known = found.get((half.year, half.id), half)
            found[half.year, half.id] = replace(known, first=min(known.first, half.first), last=max(known.last, half.last))
    return tuple(sorted(found.values(), key=lambda half: (half.first, half.last, half.id)))


def _halves(cluster: Cluster, calendar: Calendar) -> Iterator[Half]:
    keeper = next((school.id for school in cluster.schools.values() if calendar in cluster.calendars_of(school)), None)
    for half in term_dates.half_terms(terms_of(calendar)):
        name = cluster.half_term_of(keeper, half.first) if keeper else same(half.id)
        term = next(each.id for each in calendar.terms if each.start <= half.last and each.end >= half.first)
        yield Half(half.id, calendar.year, name, half.first, half.last, term)


def half_around(halves: Sequence[Half], day: date) -> Half | None:
    """The half term in which a day lies, or else the next one to come, or else the last of all."""
    inside = (half for half in halves if day in half)
    to_come = (half for half in halves if half.first > day)
    return next(inside, None) or next(to_come, None) or max(halves, key=lambda half: half.last, default=None)


def half_called(halves: Sequence[Half], name: str, day: date) -> Half | None:
    """The half term of that id or name, around a day: that in which it lies, or else the next to come, or else the last there was.

    None where no half term is called so.
    """
    wanted = folded(name.strip()).replace(" ", "-")
    return half_around([half for half in halves if wanted in _names(half)], day)


def _names(half: Half) -> set[str]:
    return {folded(each).replace(" ", "-") for each in (half.id, *half.name) if each}


def half_of(cluster: Cluster, schools: Iterable[str], day: date) -> Half | None:
    """The half term in which a day lies for the most of some schools, or else the one that began last before it."""
    halves = {(half.year, half.id): half for half in halves_of(cluster)}
    kept = Counter(calendar.id for school in schools for calendar in cluster.calendars_of(cluster.schools[school]))
    found: Counter[tuple[str, str]] = Counter()
    for id, count in kept.items():
        calendar = cluster.calendars[id]
        found.update({(calendar.year, half.id): count for half in term_dates.half_terms(terms_of(calendar)) if day in half})
    if found:
        return halves[max(sorted(found), key=lambda key: found[key])]
    begun = [half for half in halves.values() if half.first <= day]
    return max(begun, key=lambda half: (day in half, half.first), default=None)


def span_for(cluster: Cluster, school: str, half: Half) -> Span:
    """From when to when a school itself has a half term; where its calendar knows none of that name, as the others have it."""
    for calendar in cluster.calendars_of(cluster.schools[school]):
        for each in term_dates.half_terms(terms_of(calendar)) if calendar.year == half.year else ():
            if each.id == half.id:
                return Span(each.first, each.last)
    return Span(half.first, half.last)


def after(halves: Sequence[Half], half: Half) -> Half | None:
    """The half term that follows another one: the first that begins after its middle, since calendars differ by a week or two."""
    middle = half.first + (half.last - half.first) / 2
    return min((each for each in halves if each.first > middle), key=lambda each: (each.first, each.last, each.id), default=None)
