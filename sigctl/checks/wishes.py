"""What is wrong with wishes: half terms that no calendar has, wishes that nobody can meet, and wishes that nothing counts."""

from collections.abc import Iterator
from typing import NamedTuple

from sigctl.checks.calendars import days_are_known
from sigctl.checks.check import Finding, check
from sigctl.checks.questions import current_cycles, is_whole
from sigctl.cluster import Cluster
from sigctl.cluster.wishes import half_terms_of, unwished_days, wished_days
from sigctl.nearest import did_you_mean
from sigctl.problem import Severity
from sigctl.records import Cycle, Wish
from sigctl.term_dates import runs


class _Wished(NamedTuple):
    """A wish of a host or a reviewer, the school whose days it means, and where it stands."""

    kind: str
    id: str
    path: tuple[str | int, ...]
    wish: Wish
    school: str
    days: int = 1


@check("unknown-half-term", Severity.ERROR)
def unknown_half_term(cluster: Cluster) -> Iterator[Finding]:
    """A wish names a half term that the school's calendar does not have.

    A half term is called by the id of its term and its number: a term `autumn` with a half-term break has `autumn-1` and
    `autumn-2`; a term without a break is a half term of its own name.

    Right:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            goals: [fairness, preferences]
            visits: [{host: aberdare, prefers: {half_terms: [autumn-2]}}]

    Wrong:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            goals: [fairness, preferences]
            visits: [{host: aberdare, prefers: {half_terms: [winter-2]}}]
    """
    for each in _wishes(cluster) if is_whole(cluster, "calendars") else ():
        known = half_terms_of(cluster, each.school)
        for key in ("half_terms", "not_half_terms"):
            for index, name in enumerate(getattr(each.wish, key)):
                if known and name not in known:
                    place = cluster.place(each.kind, each.id, *each.path, key, index)
                    advice = did_you_mean(name, known, f"write one of {', '.join(sorted(known))}")
                    yield Finding(place, f"`{name}` is no half term of `{each.school}`", advice)


@check("impossible-wish", Severity.WARNING)
def impossible_wish(cluster: Cluster) -> Iterator[Finding]:
    """No school day of any current cycle suits a wish, so it can never be met.

    Most often a half term is wished and not wished at once, or lies outside the cycle; or fewer days in a row are wished than the
    visit takes. Wishes bind nobody, so the rota is made all the same.

    Right:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            goals: [fairness, preferences]
            visits: [{host: aberdare, prefers: {half_terms: [spring-2]}}]

    Wrong:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            goals: [fairness, preferences]
            visits: [{host: aberdare, prefers: {half_terms: [summer-1]}}]
    """
    unknown = {finding.place for finding in unknown_half_term.find(cluster)}
    for each in _wishes(cluster) if days_are_known(cluster) and not unknown else ():
        cycles = [cluster.cycles[each.id]] if each.kind == "cycles" else current_cycles(cluster)
        open_days = {day for day in cluster.pupil_days(each.school) if any(cycle.first <= day <= cycle.last for cycle in cycles)}
        wished, unwished = wished_days(cluster, each.school, each.wish), unwished_days(cluster, each.school, each.wish)
        suited = (open_days if wished is None else open_days & wished) - unwished
        if runs(open_days, each.days) and not runs(suited, each.days):
            place = cluster.place(each.kind, each.id, *each.path, on_key=True)
            when = " or ".join(f"`{cycle.id}`" for cycle in cycles)
            told = f"no {each.days} school days in a row in {when} suit" if suited and each.days > 1 else f"no school day of {when} suits"
            yield Finding(place, f"{told} this wish", "check the half terms and the dates")


@check("wish-not-counted", Severity.WARNING)
def wish_not_counted(cluster: Cluster) -> Iterator[Finding]:
    """A host or a reviewer has wishes, but the cycle does not make a goal of them, so the rota takes no notice.

    Write `preferences` among the cycle's `goals`; its place says how much it weighs. What binds is no wish: days on which a
    school can be no host are `busy`, those on which a person cannot be out are `unavailable`.

    Right:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            goals: [fairness, preferences]
            visits: [{host: aberdare, prefers: {half_terms: [autumn-2]}}]

    Wrong:

        cycles:
          - id: round-4
            name: Round 4
            from: 2026-11-02
            to: 2027-03-19
            goals: [fairness]
            visits: [{host: aberdare, prefers: {half_terms: [autumn-2]}}]
    """
    cycles = current_cycles(cluster)
    for each in _wishes(cluster) if cycles else ():
        if not any(map(_counts, [cluster.cycles[each.id]] if each.kind == "cycles" else cycles)):
            place = cluster.place(each.kind, each.id, *each.path, on_key=True)
            newest = each.id if each.kind == "cycles" else max(cycles, key=lambda cycle: (cycle.first, cycle.id)).id
            yield Finding(place, f"`{newest}` does not count wishes", "write `preferences` among the `goals` of the cycle")


def _counts(cycle: Cycle) -> bool:
    return any(goal.goal == "preferences" for goal in cycle.goals)


def _wishes(cluster: Cluster) -> Iterator[_Wished]:
    """The wishes of hosts in current cycles, and of reviewers at a school."""
    for cycle in current_cycles(cluster):
        for index, visit in enumerate(cycle.visits):
            if visit.prefers and visit.host in cluster.schools:
                yield _Wished("cycles", cycle.id, ("visits", index, "prefers"), visit.prefers, visit.host, cycle.days_of(visit))
    for person in cluster.people.values():
        school = cluster.school_of(person)
        if person.reviewer and person.reviewer.prefers and school and school in cluster.schools:
            yield _Wished("people", person.id, ("reviewer", "prefers"), person.reviewer.prefers, school)
