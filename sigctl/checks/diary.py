"""Who is expected at two places at one time."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from sigctl.checks.check import Finding, check
from sigctl.checks.questions import run_from
from sigctl.cluster import Cluster
from sigctl.problem import Severity
from sigctl.records import Meeting


@check("two-places", Severity.WARNING)
def two_places(cluster: Cluster) -> Iterator[Finding]:
    """Somebody is expected at two places at one time: at two meetings, or at a meeting while out on a visit.

    Told of planned meetings of groups to which the person belongs by name, and of visits that are fixed or in a published rota.
    Move one of them, or let somebody come in the person's place.

    Right:

        groups:
          - {id: strategic, name: Strategic group, kind: strategic, members: [{person: aberdare-head}]}
          - {id: attendance, name: Attendance, kind: working, members: [{person: aberdare-head}]}
        meetings:
          - {id: strategic-2026-11, group: strategic, date: 2026-11-12, start: 15:30, end: 17:00}
          - {id: attendance-2026-11, group: attendance, date: 2026-11-12, start: 17:00, end: 18:00}

    Wrong:

        groups:
          - {id: strategic, name: Strategic group, kind: strategic, members: [{person: aberdare-head}]}
          - {id: attendance, name: Attendance, kind: working, members: [{person: aberdare-head}]}
        meetings:
          - {id: strategic-2026-11, group: strategic, date: 2026-11-12, start: 15:30, end: 17:00}
          - {id: attendance-2026-11, group: attendance, date: 2026-11-12, start: 16:00, end: 17:00}
    """
    by_day: dict[date, list[Meeting]] = defaultdict(list)
    for meeting in cluster.meetings.values():
        if meeting.status == "planned" and meeting.group in cluster.groups:
            by_day[meeting.date].append(meeting)
    for meetings in by_day.values():
        for one, other in combinations(meetings, 2):
            both = sorted(_expected(cluster, one) & _expected(cluster, other))
            if both and _at_one_time(one, other):
                place = cluster.place("meetings", other.id, "start")
                yield Finding(place, f"{_people(both)} expected at `{one.id}` at the same time", "move one of the two meetings")
    if by_day:
        yield from _meetings_during_visits(cluster, by_day)


def _meetings_during_visits(cluster: Cluster, by_day: dict[date, list[Meeting]]) -> Iterator[Finding]:
    for (person, day), host in sorted(_out(cluster).items()):
        for meeting in by_day.get(day, ()):
            if person in _expected(cluster, meeting):
                place = cluster.place("meetings", meeting.id, "date")
                yield Finding(place, f"`{person}` is out at `{host}` on this day", "move the meeting, or let somebody come in their place")


def _expected(cluster: Cluster, meeting: Meeting) -> set[str]:
    members = cluster.groups[meeting.group].members
    return {member.person for member in members if member.person and member.holds(meeting.date)}


def _at_one_time(one: Meeting, other: Meeting) -> bool:
    if one.start is None or other.start is None:
        return False
    if one.end is None or other.end is None:
        return one.start == other.start
    return one.start < other.end and other.start < one.end


def _people(ids: list[str]) -> str:
    names = ", ".join(f"`{each}`" for each in ids[:3])
    more = f" and {len(ids) - 3} more" if len(ids) > 3 else ""
    return f"{names}{more} {'is' if len(ids) == 1 else 'are'}"


def _out(cluster: Cluster) -> dict[tuple[str, date], str]:
    """Who is out on which day, at which host: by published rotas, or else by what is fixed."""
    out: dict[tuple[str, date], str] = {}
    for cycle in cluster.cycles.values():
        rota = cluster.rota(cycle.id, "published")
        if rota:
            visits = [(visit.host, visit.dates, visit.team) for visit in rota.visits if visit.state != "cancelled"]
        else:
            visits = [
                (visit.host, tuple(run_from(visit.fixed.start, cycle.days_of(visit))), visit.fixed.team)
                for visit in cycle.visits
                if visit.fixed and visit.fixed.start
            ]
        out |= {(person, day): host for host, dates, team in visits for day in dates for person in team}
    return out
