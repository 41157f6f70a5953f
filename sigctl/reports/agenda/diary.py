"""What is on: the visits of the rota, the dates of the half term, the next meeting."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sigctl.records import Meeting
from sigctl.reports.agenda.around import Around
from sigctl.reports.agenda.page import DiaryDates, HalfTermVisits, NextTime, RotaNews
from sigctl.reports.dates import (
    Happening,
    exams_between,
    in_order,
    inset_between,
    lacks_meeting,
    meetings_between,
    proposals,
    visits_between,
)
from sigctl.reports.half_terms import Half, halves_of, span_for
from sigctl.reports.visit import VisitLine, Visits
from sigctl.rota.life.draft import visits_of
from sigctl.words import Words

_LEADING = ("strategic", "steering", "board")
"""Kinds of group that look after the whole cluster."""


def rota_news(around: Around) -> RotaNews | None:
    """The visits of this half term and of the next, from the published rotas; never what they found."""
    lines = tuple(_published(around))
    halves = [half for half in (around.half, around.next_half) if half]
    told = tuple(found for half in halves if (found := _of_half(around, lines, half)).visits)
    return RotaNews(told) if told else None


def _of_half(around: Around, lines: Sequence[VisitLine], half: Half) -> HalfTermVisits:
    return HalfTermVisits(half.name, tuple(each for each in lines if _falls_in(around, each, half)), around.as_at)


def _published(around: Around) -> Iterator[VisitLine]:
    found = []
    for name, cycle in around.cluster.cycles.items():
        if rota := around.cluster.rota(name, "published"):
            found += [line for line in Visits(around.cluster, cycle, around.as_of).lines(visits_of(rota)) if line.takes_place]
    return iter(sorted(found, key=lambda line: (line.dates, line.host_id)))


def _falls_in(around: Around, visit: VisitLine, half: Half) -> bool:
    return visit.first in span_for(around.cluster, visit.host_id, half)


def diary_dates(around: Around, *, with_visits: bool) -> DiaryDates | None:
    """What is on from this meeting to the end of the half term; for those who lead the cluster, to their next meeting if that is later."""
    end = around.half.last if around.half else around.day
    if around.group.kind in _LEADING and around.next and around.next_half:
        end = max(end, min(around.next.date - timedelta(1), around.next_half.last))
    first, last = around.day, end
    found = in_order(tuple(_happenings(around, first, last, with_visits=with_visits)))
    return DiaryDates(first, last, found) if found else None


def _happenings(around: Around, first: date, last: date, *, with_visits: bool) -> Iterator[Happening]:
    leads = around.group.kind in _LEADING
    schools = tuple(around.cluster.schools) if leads else around.circle.schools
    here = [id for id in schools if around.cluster.schools[id].belongs(around.day)]
    yield from inset_between(around.cluster, first, last, here)
    yield from exams_between(around.cluster, first, last, here)
    yield from meetings_between(around.cluster, first, last, lambda meeting: _concerns(around, meeting, leads=leads))
    if with_visits:
        yield from visits_between(around.cluster, first, last, around.circle)


def _concerns(around: Around, meeting: Meeting, *, leads: bool) -> bool:
    """Whether a meeting of another group is worth telling: all to those who lead the cluster, to others those of the groups above."""
    if meeting.group == around.group.id:
        return False
    return leads or meeting.group in _above(around)


def _above(around: Around) -> list[str]:
    chain, above = [around.group.id], around.group.reports_to
    while above and above in around.cluster.groups and above not in chain:
        chain.append(above)
        above = around.cluster.groups[above].reports_to
    return chain[1:]


def next_time(around: Around) -> NextTime:
    """The next meeting; where none is set though the group meets every so often, days of the next half term are proposed."""
    found = around.next
    if found:
        return NextTime(found.date, found.start, found.end, found.venue.words if found.venue else Words())
    halves = halves_of(around.cluster)
    later = (each for each in halves if each.first > around.day and not _is_provided_for(around, each))
    half = next((each for each in later if lacks_meeting(around.cluster, around.group, each, halves)), None)
    return (
        NextTime(None, proposals=proposals(around.cluster, around.group, half, max(around.as_of, around.day))) if half else NextTime(None)
    )


def _is_provided_for(around: Around, half: Half) -> bool:
    """Whether this meeting is that of the term already, for a group that meets once a term."""
    here = around.half
    return around.group.meets == "termly" and here is not None and (here.year, here.term) == (half.year, half.term)
