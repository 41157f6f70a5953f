"""Answers that are wanted before a rota is planned: of reviewers, and of hosts, who have not said when they are free."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from sigctl.records import Cycle
from sigctl.records.cycle import Availability
from sigctl.reports.reminders.about import AboutAvailability, AvailabilityRole
from sigctl.reports.reminders.asof import AsOf, is_or_was
from sigctl.reports.reminders.occurrence import Occurrence
from sigctl.words import Words

_PLANNED: Final = "the rota is published"


def availability(now: AsOf) -> Iterator[Occurrence]:
    """Whoever was asked and is silent, until the rota is published or the cycle begins."""
    for cycle in now.cluster.cycles.values():
        if cycle.availability:
            yield from _reviewers(now, cycle, cycle.availability)
            yield from _hosts(now, cycle, cycle.availability)


def _reviewers(now: AsOf, cycle: Cycle, wanted: Availability) -> Iterator[Occurrence]:
    """Everybody who could be in a team of the cycle."""
    answered = {each.person: each.on for each in wanted.answered if each.person}
    for person in now.cluster.reviewers():
        reviewer, home = person.reviewer, now.cluster.home_in(person, cycle)
        can_go = reviewer and reviewer.trained <= cycle.last and (reviewer.expires is None or reviewer.expires >= cycle.first)
        if can_go and home and now.is_there(person.id) and now.cluster.schools[home.school].belongs(cycle.first):
            yield _wanted(now, cycle, wanted.wanted_by, person.id, "", answered.get(person.id))


def _hosts(now: AsOf, cycle: Cycle, wanted: Availability) -> Iterator[Occurrence]:
    answered = {each.school: each.on for each in wanted.answered if each.school}
    for host in dict.fromkeys(visit.host for visit in cycle.visits):
        if host in now.cluster.schools:
            yield _wanted(now, cycle, wanted.wanted_by, now.speaks_for(host), host, answered.get(host))


def _wanted(now: AsOf, cycle: Cycle, by: date, person: str, host: str, answered: date | None) -> Occurrence:
    role: AvailabilityRole = "host" if host else "reviewer"
    name = now.cluster.schools[host].name.words if host else Words()
    done = f"the answer came on {answered}" if answered else _PLANNED if now.cluster.rota(cycle.id, "published") else ""
    return Occurrence(
        person=person,
        kind="availability",
        subject=f"{cycle.id}/{host}" if host else cycle.id,
        due=by,
        opens=now.opening(person, "availability", by),
        last=max(by, cycle.first),
        what=f"`{host or person}` {is_or_was(now, by)} to say by {by}, {{when}}, on which days they are free in `{cycle.id}`",
        about=lambda: AboutAvailability(cycle.name.words, cycle.id, cycle.first, cycle.last, by, role, name),
        done=done,
        lasts=True,
    )
