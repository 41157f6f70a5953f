"""Visits of published rotas, and the steps of their reviews: for the host, the team, and those who lead a step."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sigctl.records import Cycle, RotaVisit
from sigctl.reports.reminders.about import AboutStage, AboutVisit, StageRole, VisitRole
from sigctl.reports.reminders.asof import AsOf, is_or_was
from sigctl.reports.reminders.occurrence import Occurrence
from sigctl.reports.visit import StageLine, VisitLine, Visits
from sigctl.rota.gathering import kilometres
from sigctl.rota.life.draft import planned_visit

_DAY: Final = timedelta(1)
_ASKED: Final = 60
"""So many working days after a visit nobody is asked any more whether it took place."""


@dataclass(frozen=True)
class _Review:
    """A visit of a published rota, as the file has it and as pages show it."""

    asof: AsOf
    cycle: Cycle
    visit: RotaVisit
    line: VisitLine

    @property
    def subject(self) -> str:
        """What notices call it."""
        return f"{self.cycle.id}/{self.visit.host}"

    @property
    def host(self) -> str:
        """Who speaks for the host."""
        return self.asof.speaks_for(self.visit.host)

    @property
    def over(self) -> str:
        """Why nobody is told of the visit any more."""
        states = {"cancelled": "the visit is cancelled", "done": "the visit is done"}
        return states.get(self.visit.state, "")

    def way(self, person: str) -> float | None:
        """How far it is for somebody, in kilometres as the crow flies."""
        schools = self.asof.cluster.schools
        places = [schools[each].location for each in (self.asof.school_of(person), self.visit.host) if each in schools]
        start, end = places if len(places) == 2 else (None, None)
        return round(kilometres(start, end), 1) if start and end else None


def visits(now: AsOf) -> Iterator[Occurrence]:
    """Visits in two weeks and in the next; who stands in for somebody is told once."""
    for review in _reviews(now):
        for person, role in _parts(review):
            yield _soon(review, person, role)
            if role != "reserve":
                yield _next_week(review, person, role)
        if now.caller:
            yield _was_held(review, now.caller)


def stages(now: AsOf) -> Iterator[Occurrence]:
    """What is due of a host, or after the visit of the team's lead as well; and workshops and other steps that are held."""
    for review in _reviews(now):
        known = {stage.id: stage for stage in review.visit.stages}
        for line in review.line.stages:
            done_on = known[line.id].done_on
            done = f"it was done on {done_on}" if done_on else review.over if review.visit.state == "cancelled" else ""
            if line.is_due:
                yield from (_due(review, line, person, role, done) for person, role in _owing(review, line))
            else:
                yield from (_held(review, line, person, role, done) for person, role in _concerned(review, line))


def _reviews(now: AsOf) -> Iterator[_Review]:
    """The visits of all published rotas; what a person settled about one, and why, is not for the letters."""
    for cycle in now.cluster.cycles.values():
        rota = now.cluster.rota(cycle.id, "published")
        by_host = {visit.host: visit for visit in (rota.visits if rota else ()) if visit.host in now.cluster.schools}
        lines = Visits(now.cluster, cycle, now.day).lines(tuple(map(planned_visit, by_host.values())))
        yield from (_Review(now, cycle, by_host[line.host_id], replace(line, settled=None)) for line in lines)


def _parts(review: _Review) -> Iterator[tuple[str, VisitRole]]:
    """Who has to do with a visit, and as what; whoever is no longer there is left out."""
    visit = review.visit
    found: list[tuple[str, VisitRole]] = [(review.host, "host"), (visit.lead, "lead")]
    found += [(each, "member") for each in visit.team if each != visit.lead]
    found += [(each, "reserve") for each in visit.reserves]
    return (each for each in found if review.asof.is_there(each[0]))


def _soon(review: _Review, person: str, role: VisitRole) -> Occurrence:
    """Until the other message goes, which tells more."""
    now, first = review.asof, review.line.first
    opens, again = (now.opening(person, kind, first) for kind in ("visit-soon", "visit-next-week"))
    is_followed = opens < again and now.rules["visit-next-week"].is_on and role != "reserve"
    made = _next_week(review, person, role)
    return replace(made, kind="visit-soon", opens=opens, last=again - _DAY if is_followed else made.last, heralds=is_followed)


def _next_week(review: _Review, person: str, role: VisitRole) -> Occurrence:
    first = review.line.first
    opens = review.asof.opening(person, "visit-next-week", first)
    return Occurrence(
        person=person,
        kind="visit-next-week",
        subject=review.subject,
        due=first,
        opens=opens,
        last=max(first - _DAY, opens),
        what=f"the visit to `{review.visit.host}` {'begins' if first >= review.asof.day else 'began'} on {first}, {{when}}",
        about=lambda: AboutVisit(review.line, review.cycle.name.words, role, None if role == "host" else review.way(person)),
        done=review.over,
    )


def _was_held(review: _Review, caller: str) -> Occurrence:
    """Whether a visit took place, asked once of the one who keeps the files, for what is due after it waits for the answer."""
    now, last = review.asof, review.line.last
    return Occurrence(
        person=caller,
        kind="visit-held",
        subject=review.subject,
        due=last,
        opens=now.opening(caller, "visit-held", last),
        last=now.days_of(caller).counted(last, _ASKED),
        what=f"the visit to `{review.visit.host}` {'ends' if last >= now.day else 'ended'} on {last}, {{when}}, and is not marked as done",
        about=lambda: AboutVisit(review.line, review.cycle.name.words, "caller"),
        done=review.over,
        lasts=True,
    )


def _concerned(review: _Review, line: StageLine) -> Iterator[tuple[str, StageRole]]:
    """Who takes part in a step that is held: the host, and those who lead it."""
    found: list[tuple[str, StageRole]] = [(review.host, "host"), *((each.id, "facilitator") for each in line.facilitators)]
    kept = {person: role for person, role in reversed(found) if review.asof.is_there(person)}
    return reversed(kept.items())


def _owing(review: _Review, line: StageLine) -> Iterator[tuple[str, StageRole]]:
    """The one who owes a step that is due: before the visit the host, after it the team's lead, or the host where that one is gone."""
    lead = review.visit.lead
    is_of_lead = line.day >= review.line.first and review.asof.is_there(lead)
    found: tuple[str, StageRole] = (lead, "team") if is_of_lead else (review.host, "host")
    if review.asof.is_there(found[0]):
        yield found


def _due(review: _Review, line: StageLine, person: str, role: StageRole, done: str) -> Occurrence:
    """Before the visit until it begins; after it, once it is known to have taken place, until it is done."""
    is_before = line.day < review.line.first
    made = _held(review, line, person, role, done or (review.over if is_before else _not_yet(review, person, line)))
    what = f"`{line.id}` of the review of `{review.visit.host}` {is_or_was(review.asof, line.day)} due on {line.day}, {{when}}"
    opens = review.asof.opening(person, "host-documents", line.day)
    last = review.line.first - _DAY if is_before else date.max
    return replace(made, kind="host-documents", opens=opens, last=last, what=what, lasts=not is_before)


def _not_yet(review: _Review, person: str, line: StageLine) -> str:
    """Why a step after a visit is not asked for: nobody has said that the visit took place, or it is a matter of long ago."""
    now = review.asof
    if review.visit.state != "done":
        return f"the visit is not marked as done; `sigctl rota mark {review.visit.host} done` does so once it has taken place"
    known = now.days_of(person).counted(now.began, -now.catch_up)
    return "" if line.day >= known else "it was due before anybody was reminded of anything"


def _held(review: _Review, line: StageLine, person: str, role: StageRole, done: str) -> Occurrence:
    return Occurrence(
        person=person,
        kind="workshop",
        subject=f"{review.subject}/{line.id}",
        due=line.day,
        opens=review.asof.opening(person, "workshop", line.day),
        last=line.day,
        what=f"`{line.id}` of the review of `{review.visit.host}` {is_or_was(review.asof, line.day)} to be held on {line.day}, {{when}}",
        about=lambda: AboutStage(line, review.line, review.cycle.name.words, role),
        done=done,
    )
