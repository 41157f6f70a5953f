"""What an answer changes in the files: which days are new, which are known, and which the files have otherwise."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from sigctl.cluster import Cluster
from sigctl.intake.answers import Answer, Reply
from sigctl.intake.busy import Calendar
from sigctl.records import Cycle, all_dates
from sigctl.records.record import Days
from sigctl.reports.availability.days import days_that_matter, ranges
from sigctl.term_dates import Span

Field = Literal["unavailable", "busy", "staff_days", "closed"]
FIELDS: Final[Mapping[str, tuple[Field, ...]]] = {"people": ("unavailable",), "schools": ("staff_days", "closed", "busy")}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one answer adds, field by field, in ranges of days; and what is to be told of it besides.

    `otherwise` are days that stand in the files as impossible although the answer says that they suit: nothing takes them out by
    itself, since they may have been written for another reason. `perhaps` are days that suit if need be, `short` those on which
    somebody is busy for less than two hours; both stay free. `told` counts the days that matter and are ruled out, new or not;
    `outside` counts days that lie outside of the cycle or on which no visit can be.
    """

    kind: Literal["people", "schools"]
    id: str
    adds: tuple[tuple[Field, tuple[Span, ...]], ...]
    otherwise: tuple[date, ...] = ()
    perhaps: tuple[date, ...] = ()
    short: tuple[date, ...] = ()
    unmarked: tuple[date, ...] = ()
    outside: int = 0
    unanswered: int = 0
    told: int = 0

    @property
    def is_new(self) -> bool:
        """Whether it adds anything."""
        return any(spans for _, spans in self.adds)


def proposed_by_reply(cluster: Cluster, cycle: Cycle, reply: Reply, *, person: str = "", school: str = "") -> Proposal:
    """What a filled form, a line of a poll or a reply changes for a person, or for a school as host."""
    matter = days_that_matter(cluster, cycle, person=person, school=school)
    off = all_dates(cluster.schools[school].busy) if school else all_dates(cluster.people[person].unavailable)
    no = [day for day in reply.said(Answer.NO) if day in matter]
    return Proposal(
        kind="schools" if school else "people",
        id=school or person,
        adds=((("busy" if school else "unavailable"), _new(no, off, matter)),),
        otherwise=tuple(day for day in (*reply.said(Answer.YES), *reply.said(Answer.MAYBE)) if day in off and day in matter),
        perhaps=tuple(day for day in reply.said(Answer.MAYBE) if day in matter),
        outside=len(reply.said(Answer.NO)) - len(no),
        unanswered=reply.unanswered or (_unsaid(reply, off, matter) if reply.is_part else 0),
        told=len(no),
    )


def _unsaid(reply: Reply, off: Collection[date], matter: Sequence[date]) -> int:
    """How many days that matter an answer does not name and the files do not rule out."""
    said = {each.day for each in reply.days}
    return sum(day not in said and day not in off for day in matter)


def proposed_by_calendar(cluster: Cluster, cycle: Cycle, found: Calendar, *, person: str = "", school: str = "") -> Proposal:
    """What a calendar changes for the person, or the school, whose it is."""
    matter = days_that_matter(cluster, cycle, person=person, school=school)
    if person:
        adds: tuple[tuple[Field, tuple[Span, ...]], ...] = (
            ("unavailable", _new(found.busy, all_dates(cluster.people[person].unavailable), matter)),
        )
    else:
        record = cluster.schools[school]
        told: tuple[tuple[Field, tuple[date, ...], tuple[Days, ...]], ...] = (
            ("staff_days", found.staff, record.staff_days),
            ("closed", found.closed, record.closed),
            ("busy", found.busy, record.busy),
        )
        adds = tuple((field, _new(days, all_dates(off), matter)) for field, days, off in told)
    return Proposal(
        kind="people" if person else "schools",
        id=person or school,
        adds=adds,
        perhaps=_within(found.tentative, matter),
        short=_within(found.short, matter) if person else (),
        unmarked=_within(found.unmarked, matter) if school else (),
        told=len(_within((*found.busy, *found.staff, *found.closed), matter)),
    )


def answered_before(cycle: Cycle, proposal: Proposal) -> int | None:
    """The place of the entry under `answered` that tells of an earlier answer, if there is one."""
    for at, each in enumerate(cycle.availability.answered if cycle.availability else ()):
        if proposal.id == (each.person if proposal.kind == "people" else each.school):
            return at
    return None


def _new(days: Sequence[date], off: Collection[date], matter: Sequence[date]) -> tuple[Span, ...]:
    return ranges([day for day in days if day in matter and day not in off], matter)


def _within(days: Sequence[date], matter: Collection[date]) -> tuple[date, ...]:
    return tuple(day for day in days if day in matter)


def merged(cluster: Cluster, cycle: Cycle, proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """One proposal for each person or school, where several files tell of the same one; in the order in which they were first told of."""
    found: dict[tuple[str, str], Proposal] = {}
    for each in proposals:
        key = (each.kind, each.id)
        found[key] = _together(cluster, cycle, found[key], each) if key in found else each
    return tuple(found.values())


def _together(cluster: Cluster, cycle: Cycle, one: Proposal, other: Proposal) -> Proposal:
    is_person = one.kind == "people"
    matter = days_that_matter(cluster, cycle, person=one.id if is_person else "", school="" if is_person else one.id)
    days: dict[Field, set[date]] = {}
    for field, spans in (*one.adds, *other.adds):
        days.setdefault(field, set()).update(day for span in spans for day in span.days() if day in matter)

    def union(first: tuple[date, ...], second: tuple[date, ...]) -> tuple[date, ...]:
        return tuple(sorted({*first, *second}))

    return Proposal(
        kind=one.kind,
        id=one.id,
        adds=tuple((field, ranges(sorted(found), matter)) for field, found in days.items()),
        otherwise=union(one.otherwise, other.otherwise),
        perhaps=union(one.perhaps, other.perhaps),
        short=union(one.short, other.short),
        unmarked=union(one.unmarked, other.unmarked),
        outside=one.outside + other.outside,
        unanswered=min(one.unanswered, other.unanswered),
        told=one.told + other.told,
    )
