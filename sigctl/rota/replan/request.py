"""What somebody asks of a published rota besides what the files say: a visit postponed, a person away, a school inspected."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sigctl.rota.case import Case, Days
from sigctl.rota.standing import Standing
from sigctl.term_dates import Span


@dataclass(frozen=True, slots=True)
class Request:
    """Wishes that are not in the files: hosts whose visit is to be later, people who are away, and schools that are inspected.

    A school that is inspected is host to nobody and sends nobody.
    """

    postponed: tuple[str, ...] = ()
    away: tuple[tuple[str, Span], ...] = ()
    inspected: tuple[tuple[str, Span], ...] = ()

    def sentences(self) -> Iterator[str]:
        """What is asked for, each in a sentence without a full stop."""
        yield from (f"the visit at `{host}` is to be later" for host in self.postponed)
        yield from (f"`{person}` cannot be out {_told(span)}" for person, span in self.away)
        yield from (f"`{school}` is inspected {_told(span)}: it is no host then, and sends nobody" for school, span in self.inspected)


def _told(span: Span) -> str:
    if span.first == span.last:
        return f"on {span.first}"
    return f"from {span.first} on" if (span.last - span.first).days > 700 else f"from {span.first} to {span.last}"


def asked(case: Case, standing: Standing, request: Request, today: date) -> Case:
    """The case as it is with a request, and from today on: visits move to later days than today, or stay where they are."""
    visits = tuple(
        replace(visit, open=_open(case, standing, index, request, today)) if not visit.settled else visit
        for index, visit in enumerate(case.visits)
    )
    reviewers = tuple(
        replace(each, free=each.free & ~_days(case, _absences(case, each.id, each.school, request))) for each in case.reviewers
    )
    return replace(case, visits=visits, reviewers=reviewers)


def _open(case: Case, standing: Standing, visit: int, request: Request, today: date) -> Days:
    """The days on which a visit may be: those to come, and those that it has now."""
    host = case.schools[case.visits[visit].host].id
    placed = standing.placed(visit)
    own = _run(placed.days) if placed else 0
    passed = (1 << max(0, (today - case.origin).days + 1)) - 1
    days = case.visits[visit].open & (~passed | own)
    if host in request.postponed and placed:
        days &= ~((1 << placed.days[-1] + 1) - 1)
    return days & ~_days(case, [span for school, span in request.inspected if school == host])


def _absences(case: Case, person: str, school: int, request: Request) -> Iterable[Span]:
    yield from (span for who, span in request.away if who == person)
    yield from (span for where, span in request.inspected if where == case.schools[school].id)


def _days(case: Case, spans: Iterable[Span]) -> Days:
    return _run((day - case.origin).days for span in spans for day in span.days() if day >= case.origin)


def _run(days: Iterable[int]) -> Days:
    found = 0
    for day in days:
        found |= 1 << day
    return found
