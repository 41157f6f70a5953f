"""What is wrong with cycles: hosts, teams, rules and goals that cannot be met."""

from collections import Counter
from collections.abc import Iterator

from sigctl.checks.calendars import days_are_known, without_days
from sigctl.checks.check import Finding, check
from sigctl.checks.questions import (
    belongs,
    current_cycles,
    has_open_run,
    planned_visits,
)
from sigctl.cluster import Cluster
from sigctl.problem import Severity


@check("host-twice", Severity.ERROR)
def host_twice(cluster: Cluster) -> Iterator[Finding]:
    """A school is to be visited twice in one cycle.

    A host has at most one visit in a cycle. Take one of the two out; a longer visit has more `days`.

    Right:

        cycles:
          - {id: round-4, name: Round 4, from: 2026-11-02, to: 2027-03-19, visits: [{host: aberdare}, {host: treorchy}]}

    Wrong:

        cycles:
          - {id: round-4, name: Round 4, from: 2026-11-02, to: 2027-03-19, visits: [{host: aberdare}, {host: aberdare}]}
    """
    for cycle in cluster.cycles.values():
        seen: set[str] = set()
        for index, visit in enumerate(cycle.visits):
            if visit.host in seen:
                place = cluster.place("cycles", cycle.id, "visits", index, "host")
                yield Finding(place, f"`{visit.host}` is to be visited in this cycle already", "take one of the two visits out")
            seen.add(visit.host)


@check("no-visits", Severity.WARNING)
def no_visits(cluster: Cluster) -> Iterator[Finding]:
    """A cycle names no school that is to be visited, so there is nothing to plan.

    Write the schools under `visits`, each as `- host:` with its id. What is over is not asked about.

    Right:

        cycles:
          - {id: round-4, name: Round 4, from: 2026-11-02, to: 2027-03-19, visits: [{host: aberdare}, {host: treorchy}]}

    Wrong:

        cycles:
          - {id: round-4, name: Round 4, from: 2026-11-02, to: 2027-03-19, visits: []}
    """
    for cycle in current_cycles(cluster):
        if not cycle.visits:
            place = cluster.place("cycles", cycle.id, "visits")
            yield Finding(
                place, f"`{cycle.id}` has no visits, so there is nothing to plan", "write the schools to be visited under `visits:`"
            )


@check("no-open-days", Severity.ERROR)
def no_open_days(cluster: Cluster) -> Iterator[Finding]:
    """A school that is to be visited has no run of open days long enough for the visit.

    A visit takes consecutive school days of the host, inside the cycle, on none of which the host is `busy`. Shorten the visit,
    free some busy days, or widen the cycle.

    Right:

        schools:
          - {id: aberdare, name: Aberdare Community School, busy: [{from: 2026-11-02, to: 2026-12-18}]}

    Wrong:

        schools:
          - {id: aberdare, name: Aberdare Community School, busy: [{from: 2026-11-02, to: 2027-03-19}]}
    """
    if not days_are_known(cluster):
        return
    known = without_days(cluster)
    for planned in planned_visits(cluster):
        host, days = planned.visit.host, planned.cycle.days_of(planned.visit)
        if host in known or not belongs(cluster, planned.cycle, host):
            continue
        if not has_open_run(cluster, planned):
            told = f"`{host}` has no run of {days} open days" if days > 1 else f"`{host}` has no open day"
            place = cluster.place("cycles", planned.cycle.id, *planned.path, "host")
            yield Finding(place, f"{told} in the whole cycle", "free some of its `busy` days, shorten the visit, or widen the cycle")


@check("rules-contradict", Severity.ERROR)
def rules_contradict(cluster: Cluster) -> Iterator[Finding]:
    """Two rules of a cycle cannot both be kept.

    A team cannot hold more leads, or more Welsh speakers, than it has members; and where nobody may go out, or nobody may do a
    single visit, there is no rota.

    Right:

        cycles:
          - {id: round-4, name: Round 4, from: 2026-11-02, to: 2027-03-19, visit: {team: 3}, rules: {leads: 1}, visits: [{host: aberdare}]}

    Wrong:

        cycles:
          - {id: round-4, name: Round 4, from: 2026-11-02, to: 2027-03-19, visit: {team: 3}, rules: {leads: 4}, visits: [{host: aberdare}]}
    """
    for cycle in current_cycles(cluster):
        smallest = min([cycle.visit.team, *(visit.team for visit in cycle.visits if visit.team)])
        for key in ("leads", "welsh_speakers"):
            if getattr(cycle.rules, key) > smallest:
                told = f"`{key}` asks for {getattr(cycle.rules, key)} in each team, but a team of this cycle has {smallest}"
                yield Finding(cluster.place("cycles", cycle.id, "rules", key), told, "ask for fewer, or make the team larger")
        for key in ("visits_per_reviewer", "out_per_school"):
            if getattr(cycle.rules, key) == 0:
                place = cluster.place("cycles", cycle.id, "rules", key)
                yield Finding(place, f"with `{key}: 0` nobody can go anywhere", "write 1 or more")


@check("goal-twice", Severity.WARNING)
def goal_twice(cluster: Cluster) -> Iterator[Finding]:
    """A cycle names the same goal twice.

    Goals are met in their order, so the second has no effect. Take it out.

    Right:

        cycles:
          - {id: round-4, name: Round 4, from: 2026-11-02, to: 2027-03-19, goals: [fairness, travel], visits: [{host: aberdare}]}

    Wrong:

        cycles:
          - {id: round-4, name: Round 4, from: 2026-11-02, to: 2027-03-19, goals: [fairness, travel, fairness], visits: [{host: aberdare}]}
    """
    for cycle in cluster.cycles.values():
        seen: set[str] = set()
        for index, goal in enumerate(cycle.goals):
            if goal.goal in seen:
                place = cluster.place("cycles", cycle.id, "goals", index)
                yield Finding(place, f"`{goal.goal}` is a goal of this cycle already", "take one of the two out")
            seen.add(goal.goal)


@check("same-id-inside", Severity.ERROR)
def same_id_inside(cluster: Cluster) -> Iterator[Finding]:
    """Two parts of one record have the same id: two terms, stages, criteria, items, decisions or actions.

    A place that names the id could mean either. Give one of them another.

    Right:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            visits: [{host: aberdare}]
            stages: [{id: workshop, within: 15}, {id: impact-review, due: 60}]

    Wrong:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            visits: [{host: aberdare}]
            stages: [{id: workshop, within: 15}, {id: workshop, due: 60}]
    """
    for kind, keys in _PARTS.items():
        for name, record in cluster.records(kind).items():
            for key in keys:
                ids = [part.id for part in getattr(record, key)]
                twice = [each for each, count in Counter(ids).items() if each and count > 1]
                for index in (index for index, each in enumerate(ids) if each in twice and each in ids[:index]):
                    place = cluster.place(kind, name, key, index, "id")
                    yield Finding(place, f"`{ids[index]}` is the id of another of these {key} already", "give one of them another id")


_PARTS = {"calendars": ("terms",), "cycles": ("stages",), "groups": ("criteria",), "meetings": ("items", "decisions", "actions")}
