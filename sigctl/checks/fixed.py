"""What is wrong with visits that are settled beforehand: their days, and who is in the team."""

from collections.abc import Iterator
from datetime import date

from sigctl import term_dates
from sigctl.checks.calendars import days_are_known
from sigctl.checks.check import Finding, check
from sigctl.checks.questions import Planned, planned_visits, run_from, said
from sigctl.cluster import Cluster
from sigctl.problem import Severity
from sigctl.records import Cycle, Person


@check("fixed-start", Severity.ERROR)
def fixed_start(cluster: Cluster) -> Iterator[Finding]:
    """A visit is fixed to days on which it cannot be.

    From `start` on, each day of the visit has to be a school day of the host, inside the cycle, and not one of its `busy` days.
    What is fixed `until` a day only is a warning, fixed-start-until, since it may no longer bind.

    Right:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            visits: [{host: aberdare, fixed: {start: 2026-11-24}}]

    Wrong:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            visits: [{host: aberdare, fixed: {start: 2026-11-28}}]
    """
    for planned in planned_visits(cluster):
        if planned.visit.fixed and planned.visit.fixed.until is None:
            yield from _impossible(cluster, planned)


@check("fixed-start-until", Severity.WARNING)
def fixed_start_until(cluster: Cluster) -> Iterator[Finding]:
    """A visit is fixed, until some day, to days on which it cannot be.

    After the day that `until` names, what is fixed no longer binds, and this does no harm; until then there is no rota. So take
    it out, or choose another day, as it may be.

    Right:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            visits: [{host: aberdare, fixed: {start: 2026-11-24, until: 2026-10-16}}]

    Wrong:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            visits: [{host: aberdare, fixed: {start: 2026-11-28, until: 2026-10-16}}]
    """
    for planned in planned_visits(cluster):
        if planned.visit.fixed and planned.visit.fixed.until:
            for place, message, _ in _impossible(cluster, planned):
                until = said(planned.visit.fixed.until)
                yield Finding(
                    place, message, f"choose another day; or take `fixed` out once {until} is over, since it no longer binds then"
                )


def _impossible(cluster: Cluster, planned: Planned) -> Iterator[Finding]:
    """The first of the fixed days on which the visit cannot be."""
    start = planned.visit.fixed.start if planned.visit.fixed else None
    if start is None or not days_are_known(cluster):
        return
    for day in run_from(start, planned.cycle.days_of(planned.visit)):
        if why := _shut(cluster, planned, day):
            place = cluster.place("cycles", planned.cycle.id, *planned.path, "fixed", "start")
            yield Finding(place, f"{said(day)} {why}", "choose another day")
            return


def _shut(cluster: Cluster, planned: Planned, day: date) -> str:
    """Why a day is no day for a visit; nothing where it is one."""
    cycle, host = planned.cycle, cluster.schools[planned.visit.host]
    if not cycle.first <= day <= cycle.last:
        return f"is outside the cycle, {said(cycle.first)} to {said(cycle.last)}"
    if day.weekday() >= term_dates.SATURDAY:
        return "is at the weekend"
    if day not in cluster.pupil_days(host.id):
        return f"is no school day of `{host.id}`"
    return f"is one of the busy days of `{host.id}`" if any(day in stretch.dates() for stretch in host.busy) else ""


@check("fixed-team", Severity.ERROR)
def fixed_team(cluster: Cluster) -> Iterator[Finding]:
    """Somebody is fixed to a visit who cannot be in its team.

    A member is a reviewer, of another school than the host, without a conflict with it; and nobody stands there twice, or over
    the size of the team.

    Right:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            visits: [{host: aberdare, fixed: {team: [treorchy-head]}}]

    Wrong:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            visits: [{host: aberdare, fixed: {team: [aberdare-head]}}]
    """
    for cycle, visit, path in planned_visits(cluster):
        team = visit.fixed.team if visit.fixed else ()
        if len(team) > cycle.team_of(visit):
            place = cluster.place("cycles", cycle.id, *path, "fixed", "team", on_key=True)
            yield Finding(place, f"these are {len(team)} people, but the team has {cycle.team_of(visit)}", "take some out, or raise `team`")
        for index, member in enumerate(team):
            person = cluster.people.get(member)
            why = "stands here twice" if member in team[:index] else person and _bar(cluster, cycle, person, visit.host)
            if why:
                place = cluster.place("cycles", cycle.id, *path, "fixed", "team", index)
                yield Finding(place, f"`{member}` {why}", "choose somebody else")


def _bar(cluster: Cluster, cycle: Cycle, person: Person, host: str) -> str:
    """What keeps somebody from reviewing a host at all."""
    if person.reviewer is None:
        return "is no reviewer"
    if (cluster.school_of(person, cycle.first) or cluster.school_of(person)) == host:
        return "is at the school that is visited"
    return "cannot review this school" if host in person.conflicts else ""


@check("fixed-twice", Severity.ERROR)
def fixed_twice(cluster: Cluster) -> Iterator[Finding]:
    """Somebody is fixed to two visits on the same day.

    Nobody can be in two places. Change one of the two days, or one of the two teams.

    Right:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            visits:
              - {host: aberdare, fixed: {start: 2026-11-24, team: [treorchy-head]}}
              - {host: rhydywaun, fixed: {start: 2026-12-01, team: [treorchy-head]}}

    Wrong:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            visits:
              - {host: aberdare, fixed: {start: 2026-11-24, team: [treorchy-head]}}
              - {host: rhydywaun, fixed: {start: 2026-11-25, team: [treorchy-head]}}
    """
    out: dict[tuple[str, date], Planned] = {}
    for planned in planned_visits(cluster):
        fixed = planned.visit.fixed
        if fixed is None or fixed.start is None:
            continue
        days = list(run_from(fixed.start, planned.cycle.days_of(planned.visit)))
        for index, member in enumerate(dict.fromkeys(fixed.team)):
            clash = next((day for day in days if out.setdefault((member, day), planned).path != planned.path), None)
            if clash:
                host = out[member, clash].visit.host
                place = cluster.place("cycles", planned.cycle.id, *planned.path, "fixed", "team", index)
                yield Finding(place, f"`{member}` is at `{host}` on {said(clash)} already", "change one of the two days or teams")
