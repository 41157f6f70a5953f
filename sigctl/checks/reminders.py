"""What is wrong with reminders: who makes the calls, what is wanted by when, what is said to be done."""

from collections.abc import Iterator

from sigctl.checks.check import Finding, check
from sigctl.checks.questions import said
from sigctl.cluster import Cluster
from sigctl.problem import Severity
from sigctl.records import RotaVisit
from sigctl.records.reminders import AFTER


@check("caller-unreachable", Severity.WARNING)
def caller_unreachable(cluster: Cluster) -> Iterator[Finding]:
    """Whoever is to make the calls has no address, so that the list of calls reaches nobody.

    Right:

        people:
          - {id: aberdare-head, post: Headteacher, school: aberdare, email: head@example.org}
        reminders: {caller: aberdare-head}

    Wrong:

        people:
          - {id: aberdare-head, post: Headteacher, school: aberdare}
        reminders: {caller: aberdare-head}
    """
    caller = cluster.people.get(cluster.settings.reminders.caller or "")
    if caller and caller.email is None:
        told = f"`{caller.id}` is to make the calls, but has no `email:`, so that no list of calls goes out"
        yield Finding(cluster.setting_place("reminders", "caller"), told, f"write `email:` with `{caller.id}`, or name somebody else")


@check("reminder-without-effect", Severity.WARNING)
def reminder_without_effect(cluster: Cluster) -> Iterator[Finding]:
    """A kind of reminder is given a number that it does not count by.

    Reminders of minutes and of overdue actions go so many working days `after` their day, all others so many `before` it.

    Right:

        reminders: {kinds: {action-due: {before: 3}, action-overdue: {after: 2}}}

    Wrong:

        reminders: {kinds: {action-due: {after: 3}}}
    """
    for kind, own in cluster.settings.reminders.kinds.items():
        number, instead = ("before", "after") if kind in AFTER else ("after", "before")
        if getattr(own, number) is not None:
            place = cluster.setting_place("reminders", "kinds", kind, number)
            yield Finding(place, f"`{number}` changes nothing: `{kind}` goes so many working days {instead} its day", f"write `{instead}:`")


@check("wanted-too-late", Severity.WARNING)
def wanted_too_late(cluster: Cluster) -> Iterator[Finding]:
    """People may say until after the first visits on which days they are free.

    The rota needs their answers before it is planned. Write a `wanted_by` before the cycle begins.

    Right:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            visits: [{host: aberdare}]
            availability: {wanted_by: 2026-10-09}

    Wrong:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            visits: [{host: aberdare}]
            availability: {wanted_by: 2026-11-09}
    """
    for cycle in cluster.cycles.values():
        if cycle.availability and cycle.availability.wanted_by >= cycle.first:
            place = cluster.place("cycles", cycle.id, "availability", "wanted_by")
            yield Finding(place, f"the cycle begins on {said(cycle.first)}, before the answers are there", "write an earlier day")


@check("answer-unasked", Severity.WARNING)
def answer_unasked(cluster: Cluster) -> Iterator[Finding]:
    """Somebody has answered whom nobody asks: a person who is no reviewer, or a school that is no host of the cycle.

    Most often another one is meant, who is then reminded although they have answered.

    Right:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            visits: [{host: aberdare}]
            availability: {wanted_by: 2026-10-09, answered: [{school: aberdare, on: 2026-10-02}]}

    Wrong:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            visits: [{host: aberdare}]
            availability: {wanted_by: 2026-10-09, answered: [{school: porth, on: 2026-10-02}]}
    """
    for cycle in cluster.cycles.values():
        hosts = {visit.host for visit in cycle.visits}
        for index, each in enumerate(cycle.availability.answered if cycle.availability else ()):
            key, id = ("person", each.person) if each.person else ("school", each.school)
            place = cluster.place("cycles", cycle.id, "availability", "answered", index, key)
            if each.person in cluster.people and cluster.people[each.person or ""].reviewer is None:
                yield Finding(place, f"`{id}` is no reviewer, so that nobody asked them", "check who is meant")
            if each.school in cluster.schools and each.school not in hosts:
                yield Finding(place, f"`{id}` is no host of `{cycle.id}`, so that nobody asked it", "check which school is meant")


@check("done-too-early", Severity.WARNING)
def done_too_early(cluster: Cluster) -> Iterator[Finding]:
    """A stage that comes after a visit is said to have been done before the visit began, so that nobody is reminded of it.

    Most often the day or the year is mistyped.

    Right:

        rotas:
          - cycle: round-4
            status: published
            visits:
              - host: aberdare
                dates: [2026-11-12]
                lead: treorchy-head
                team: [treorchy-head, porth-head]
                stages: [{id: report, date: 2026-11-26, done_on: 2026-11-24}]

    Wrong:

        rotas:
          - cycle: round-4
            status: published
            visits:
              - host: aberdare
                dates: [2026-11-12]
                lead: treorchy-head
                team: [treorchy-head, porth-head]
                stages: [{id: report, date: 2026-11-26, done_on: 2025-11-24}]
    """
    for name, rota in cluster.rotas.items():
        for at, visit in enumerate(rota.visits):
            for index in _too_early(visit):
                stage = visit.stages[index]
                place = cluster.place("rotas", name, "visits", at, "stages", index, "done_on")
                told = f"`{stage.id}` comes after the visit, which begins on {said(min(visit.dates))}"
                yield Finding(place, told, "check the day and the year")


def _too_early(visit: RotaVisit) -> Iterator[int]:
    first, last = min(visit.dates), max(visit.dates)
    return (index for index, each in enumerate(visit.stages) if each.date > last and each.done_on and each.done_on < first)
