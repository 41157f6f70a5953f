"""What is wrong with the make of a rota file. Whether a rota keeps the rules of its cycle is for the rota's own room to say."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from sigctl.checks.calendars import days_are_known
from sigctl.checks.check import Finding, check
from sigctl.checks.questions import DAY, said
from sigctl.cluster import Cluster
from sigctl.problem import Severity
from sigctl.records import Rota, RotaVisit


def _visits(cluster: Cluster) -> Iterator[tuple[str, Rota, int, RotaVisit]]:
    for name, rota in cluster.rotas.items():
        for index, visit in enumerate(rota.visits):
            if visit.state != "cancelled":
                yield name, rota, index, visit


@check("rota-dates", Severity.ERROR)
def rota_dates(cluster: Cluster) -> Iterator[Finding]:
    """The dates of a visit do not follow each other, or one of them is no school day of the host.

    A visit takes consecutive school days of the host, the earliest first. What is done already is not told.

    Right:

        rotas:
          - cycle: round-4
            status: draft
            visits:
              - {host: aberdare, dates: [2026-11-10, 2026-11-11], lead: treorchy-head, team: [treorchy-head, rhydywaun-head]}

    Wrong:

        rotas:
          - cycle: round-4
            status: draft
            visits:
              - {host: aberdare, dates: [2026-11-10, 2026-11-12], lead: treorchy-head, team: [treorchy-head, rhydywaun-head]}
    """
    is_known = days_are_known(cluster)
    for name, _, index, visit in _visits(cluster):
        if visit.state == "done":
            continue
        for number, (before, day) in enumerate(pairwise(visit.dates), start=1):
            if day != before + DAY:
                place = cluster.place("rotas", name, "visits", index, "dates", number)
                yield Finding(place, f"{said(day)} does not follow {said(before)}", "write the days of the visit one after the other")
        if visit.host in cluster.schools and is_known:
            pupil_days = cluster.pupil_days(visit.host)
            for number, day in enumerate(visit.dates):
                if day not in pupil_days:
                    place = cluster.place("rotas", name, "visits", index, "dates", number)
                    yield Finding(place, f"{said(day)} is no school day of `{visit.host}`", "choose another day")


@check("rota-lead", Severity.ERROR)
def rota_lead(cluster: Cluster) -> Iterator[Finding]:
    """The lead of a visit is not in its team, or somebody stands in a team twice.

    The team holds everybody who goes, the lead among them.

    Right:

        rotas:
          - cycle: round-4
            status: draft
            visits:
              - {host: aberdare, dates: [2026-11-10, 2026-11-11], lead: treorchy-head, team: [treorchy-head, rhydywaun-head]}

    Wrong:

        rotas:
          - cycle: round-4
            status: draft
            visits:
              - {host: aberdare, dates: [2026-11-10, 2026-11-11], lead: porth-head, team: [treorchy-head, rhydywaun-head]}
    """
    for name, _, index, visit in _visits(cluster):
        if visit.lead not in visit.team:
            place = cluster.place("rotas", name, "visits", index, "lead")
            yield Finding(
                place, f"`{visit.lead}` leads this visit, but is not in its team", "write the lead into the team, or choose another"
            )
        for number, member in enumerate(visit.team):
            if member in visit.team[:number]:
                place = cluster.place("rotas", name, "visits", index, "team", number)
                yield Finding(place, f"`{member}` is in this team already", "take one of the two out")


@check("rota-host", Severity.ERROR)
def rota_host(cluster: Cluster) -> Iterator[Finding]:
    """A rota visits a school that its cycle does not, or one school twice.

    The schools to be visited stand in the cycle. Write the school there, or take it out here.

    Right:

        rotas:
          - cycle: round-4
            status: draft
            visits:
              - {host: aberdare, dates: [2026-11-10, 2026-11-11], lead: treorchy-head, team: [treorchy-head]}

    Wrong:

        rotas:
          - cycle: round-4
            status: draft
            visits:
              - {host: aberdare, dates: [2026-11-10, 2026-11-11], lead: treorchy-head, team: [treorchy-head]}
              - {host: aberdare, dates: [2026-11-17, 2026-11-18], lead: treorchy-head, team: [treorchy-head]}
    """
    seen: set[tuple[str, str]] = set()
    for name, rota, index, visit in _visits(cluster):
        cycle = cluster.cycles.get(rota.cycle)
        place = cluster.place("rotas", name, "visits", index, "host")
        if (name, visit.host) in seen:
            yield Finding(place, f"`{visit.host}` is visited in this rota already", "take one of the two visits out")
        elif cycle and visit.host not in {planned.host for planned in cycle.visits}:
            yield Finding(place, f"`{rota.cycle}` does not visit `{visit.host}`", "write it into the cycle, or take it out here")
        seen.add((name, visit.host))


@check("rota-twice-out", Severity.ERROR)
def rota_twice_out(cluster: Cluster) -> Iterator[Finding]:
    """Somebody is in two teams of a rota on the same day.

    Nobody can be in two places. Change one of the teams, or one of the days.

    Right:

        rotas:
          - cycle: round-4
            status: draft
            visits:
              - {host: aberdare, dates: [2026-11-10, 2026-11-11], lead: treorchy-head, team: [treorchy-head]}
              - {host: rhydywaun, dates: [2026-11-17, 2026-11-18], lead: treorchy-head, team: [treorchy-head]}

    Wrong:

        rotas:
          - cycle: round-4
            status: draft
            visits:
              - {host: aberdare, dates: [2026-11-10, 2026-11-11], lead: treorchy-head, team: [treorchy-head]}
              - {host: rhydywaun, dates: [2026-11-11, 2026-11-12], lead: treorchy-head, team: [treorchy-head]}
    """
    out: dict[tuple[str, str, date], str] = {}
    for name, _, index, visit in _visits(cluster):
        for number, member in enumerate(visit.team):
            clash = next((day for day in visit.dates if out.get((name, member, day), visit.host) != visit.host), None)
            if clash:
                host = out[name, member, clash]
                place = cluster.place("rotas", name, "visits", index, "team", number)
                yield Finding(place, f"`{member}` is at `{host}` on {said(clash)}", "change one of the teams, or one of the days")
            out |= {(name, member, day): visit.host for day in visit.dates if (name, member, day) not in out}
