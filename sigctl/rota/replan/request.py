"""What somebody asks of a published rota besides what the files say: a visit postponed, a person away, a school inspected."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sigctl.rota.case import Case, Days, Visit
from sigctl.rota.rules import Placed
from sigctl.rota.standing import Standing
from sigctl.term_dates import Span


@dataclass(frozen=True, slots=True)
class Request:
    """What a published rota has to make room for: hosts whose visit is to be later, people who are away, schools that are inspected.

    A school that is inspected is host to nobody and sends nobody. A visit that was `cancelled`, and is wanted all the same, is
    held on other days than those.
    """

    postponed: tuple[str, ...] = ()
    away: tuple[tuple[str, Span], ...] = ()
    inspected: tuple[tuple[str, Span], ...] = ()
    cancelled: tuple[tuple[str, Span], ...] = ()

    @property
    def is_asked(self) -> bool:
        """Whether anything is asked that the files do not say."""
        return bool(self.postponed or self.away or self.inspected)

    def sentences(self) -> Iterator[str]:
        """What is asked for, each in a sentence without a full stop."""
        yield from (f"the visit at `{host}` {_told(span)} is cancelled, and still wanted" for host, span in self.cancelled)
        yield from (f"the visit at `{host}` is to be later" for host in self.postponed)
        yield from (f"`{person}` cannot be out {_told(span)}" for person, span in self.away)
        yield from (f"`{school}` is inspected {_told(span)}: it is no host then, and sends nobody" for school, span in self.inspected)


def _told(span: Span) -> str:
    if span.first == span.last:
        return f"on {span.first}"
    return f"from {span.first} on" if (span.last - span.first).days > 700 else f"from {span.first} to {span.last}"


def asked(case: Case, standing: Standing, request: Request, today: date) -> Case:
    """The case as it is with a request, and from today on: visits move to later days than today.

    A visit that has begun stays where it is, if nothing is asked of it; its team may change.
    """
    visits = tuple(
        visit if visit.settled else _later(case, visit, standing.placed(index), request, today) for index, visit in enumerate(case.visits)
    )
    reviewers = tuple(
        replace(each, free=each.free & ~_days(case, _absences(case, each.id, each.school, request))) for each in case.reviewers
    )
    return replace(case, visits=visits, reviewers=reviewers)


def _later(case: Case, visit: Visit, placed: Placed | None, request: Request, today: date) -> Visit:
    """A visit on the days to come, as far as nothing is asked that forbids them; one that has begun with its first day fixed."""
    host = case.schools[visit.host].id
    inspected = [span for school, span in request.inspected if school == host]
    now = (today - case.origin).days
    if placed and placed.days and placed.days[0] <= now and host not in request.postponed and not inspected:
        return replace(visit, start=placed.days[0]) if visit.start is None else visit
    days = visit.open & ~_until(now) & ~_days(case, inspected)
    days &= ~_days(case, (span for school, span in request.cancelled if school == host))
    if host in request.postponed and placed and placed.days:
        days &= ~_until(placed.days[-1])
    return replace(visit, open=days)


def _until(day: int) -> Days:
    """Every day up to one."""
    return (1 << max(0, day + 1)) - 1


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
