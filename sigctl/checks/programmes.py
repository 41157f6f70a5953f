"""What is wrong with programmes of visits: sessions at the same time, sessions out of order, days that do not fit the visit."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from sigctl.checks.check import Finding, check
from sigctl.checks.questions import current_cycles
from sigctl.cluster import Cluster
from sigctl.cluster.programmes import named_programme
from sigctl.problem import Severity
from sigctl.records import Cycle, Programme, Session, Visit
from sigctl.records.cycle import VisitDefaults

_USUAL: Final[int] = VisitDefaults().team


@check("sessions-overlap", Severity.ERROR)
def sessions_overlap(cluster: Cluster) -> Iterator[Finding]:
    """Two sessions of a programme are at the same time, and the team cannot be in both.

    Sessions may run side by side where each is for `one`, a `pair` or the `lead`, and the smallest team that keeps to the
    programme has somebody for each. A session for `all` stands alone, and the lead is in one place at a time.

    Right:

        programmes:
          - id: one-day
            name: One day
            days:
              - sessions:
                  - {start: 09:00, end: 10:00, title: Learning walk, reviewer: one}
                  - {start: 09:00, end: 10:00, title: Book scrutiny, reviewer: one}
                  - {start: 10:00, end: 11:00, title: Team meeting, reviewer: all}

    Wrong:

        programmes:
          - id: one-day
            name: One day
            days:
              - sessions:
                  - {start: 09:00, end: 10:00, title: Learning walk, reviewer: one}
                  - {start: 09:30, end: 11:00, title: Team meeting, reviewer: all}
    """
    for programme, day, sessions in _days(cluster):
        team = _smallest_team(cluster, programme.id)
        for index, session in enumerate(sessions):
            beside = [each for each in sessions[:index] if each.start <= session.start < each.end]
            if beside and not _fits([*beside, session], team):
                place = cluster.place("programmes", programme.id, "days", day, "sessions", index, "start")
                other = beside[-1]
                told = f"this session begins at {session.start:%H:%M}, while another goes on from {other.start:%H:%M} to {other.end:%H:%M}"
                yield Finding(place, told, f"check the times, or let each be for `one`: the smallest team has {team}")


def _fits(together: list[Session], team: int) -> bool:
    """Whether a team can be in these sessions at one time."""
    kinds = [session.reviewer for session in together]
    return "all" not in kinds and kinds.count("lead") <= 1 and len(together) <= team


def _smallest_team(cluster: Cluster, programme: str) -> int:
    """The smallest team of a visit for which the programme is named; the usual size, where it is named for none."""
    found = [cycle.team_of(visit) for cycle, visit, _ in _visits(cluster) if named_programme(cycle, visit.host) == programme]
    return min(found, default=_USUAL)


@check("session-order", Severity.WARNING)
def session_order(cluster: Cluster) -> Iterator[Finding]:
    """The sessions of a day do not stand in the order of their times.

    They are shown in the order of the file. Most often a time of the afternoon is written as 2:00 instead of 14:00.

    Right:

        programmes:
          - id: one-day
            name: One day
            days:
              - sessions:
                  - {start: 11:00, end: 12:00, title: Learning walk}
                  - {start: 14:00, end: 15:00, title: Team meeting}

    Wrong:

        programmes:
          - id: one-day
            name: One day
            days:
              - sessions:
                  - {start: 11:00, end: 12:00, title: Learning walk}
                  - {start: 2:00, end: 3:00, title: Team meeting}
    """
    for programme, day, sessions in _days(cluster):
        for index, (before, session) in enumerate(pairwise(sessions), start=1):
            if session.start < before.start:
                place = cluster.place("programmes", programme.id, "days", day, "sessions", index, "start")
                told = f"this session begins at {session.start:%H:%M}, but the one before it at {before.start:%H:%M}"
                yield Finding(place, told, "write times of the afternoon as 15:30, or change the order")


@check("programme-days", Severity.WARNING)
def programme_days(cluster: Cluster) -> Iterator[Finding]:
    """A visit keeps to a programme that has more days, or fewer, than the visit.

    The last day of the programme is that of the visit. Before it, days are left out, or have no sessions. Name a programme of as
    many days, or none: then the visit keeps to one of as many days by itself.

    Right:

        programmes:
          - {id: one-day, name: One day, days: [{sessions: [{start: 09:00, end: 12:00, title: Learning walk}]}]}
        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            visit: {days: 1, programme: one-day}
            visits: [{host: aberdare}]

    Wrong:

        programmes:
          - {id: one-day, name: One day, days: [{sessions: [{start: 09:00, end: 12:00, title: Learning walk}]}]}
        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            visit: {days: 2, programme: one-day}
            visits: [{host: aberdare}]
    """
    current = {cycle.id for cycle in current_cycles(cluster)}
    unlike: dict[tuple[str | int, ...], tuple[Programme, int]] = {}
    for cycle, visit, index in _visits(cluster):
        programme, days = cluster.programmes.get(named_programme(cycle, visit.host) or ""), cycle.days_of(visit)
        if cycle.id in current and programme and len(programme.days) != days:
            unlike.setdefault((cycle.id, *_where(visit, index)), (programme, days))
    for (id, *path), (programme, days) in unlike.items():
        has = f"`{programme.id}` has {len(programme.days)} day{'s' * (len(programme.days) > 1)}"
        message = f"{has}, but {'the visit takes' if path[0] == 'visits' else 'visits take'} {days}"
        yield Finding(cluster.place("cycles", str(id), *path), message, "name a programme of as many days, or none")


def _where(visit: Visit, index: int) -> tuple[str | int, ...]:
    """Where a visit and its programme part: in the visit, or in what holds for all."""
    if visit.programme:
        return ("visits", index, "programme")
    return ("visits", index, "days") if visit.days else ("visit", "programme")


def _days(cluster: Cluster) -> Iterator[tuple[Programme, int, tuple[Session, ...]]]:
    """Each day of each programme."""
    for programme in cluster.programmes.values():
        for number, day in enumerate(programme.days):
            yield programme, number, day.sessions


def _visits(cluster: Cluster) -> Iterator[tuple[Cycle, Visit, int]]:
    """Each visit of each cycle, with its place in it."""
    for cycle in cluster.cycles.values():
        for index, visit in enumerate(cycle.visits):
            yield cycle, visit, index
