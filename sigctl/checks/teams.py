"""What is wrong with the teams that a cycle asks for: too few leads, experts, Welsh speakers, or reviewers at all."""

from collections.abc import Iterator

from sigctl.checks.check import Finding, check
from sigctl.checks.questions import Reviewers, current_cycles, is_whole, reviewers_of
from sigctl.cluster import Cluster
from sigctl.nearest import did_you_mean
from sigctl.problem import Severity


@check("no-expert", Severity.ERROR)
def no_expert(cluster: Cluster) -> Iterator[Finding]:
    """A visit has a focus in which no reviewer is an expert, though the cycle's rules ask for one.

    Write the word into somebody's `expertise`, choose another focus, or set the rule `cover_focus: false`.

    Right:

        cycles:
          - {id: round-4, name: Round 4, from: 2026-11-02, to: 2027-03-19, focus: [attendance], visits: [{host: aberdare}]}

    Wrong:

        cycles:
          - {id: round-4, name: Round 4, from: 2026-11-02, to: 2027-03-19, focus: [geology], visits: [{host: aberdare}]}
    """
    for cycle in current_cycles(cluster) if is_whole(cluster, "people") else ():
        if not cycle.rules.cover_focus or not cycle.visits:
            continue
        known = {word for person, _ in reviewers_of(cluster, cycle).people for word in person.expertise}
        places: dict[tuple[str | int, ...], str] = {}
        if any(visit.focus is None for visit in cycle.visits):
            places |= {("focus", index): word for index, word in enumerate(cycle.focus)}
        for number, visit in enumerate(cycle.visits):
            places |= {("visits", number, "focus", index): word for index, word in enumerate(visit.focus or ())}
        for path, word in places.items():
            if word not in known:
                advice = did_you_mean(word, known, "write it into somebody's `expertise`, or set `cover_focus: false`")
                yield Finding(cluster.place("cycles", cycle.id, *path), f"no reviewer is an expert in `{word}`", advice)


@check("no-welsh-speaker", Severity.ERROR)
def no_welsh_speaker(cluster: Cluster) -> Iterator[Finding]:
    """A Welsh-language school is to be visited, but too few reviewers from elsewhere speak Welsh.

    The rule `welsh_speakers` asks for so many in each such team. Write `speaks: [cy, en]` with those who do, or change the rule.

    Right:

        people:
          - id: treorchy-head
            post: Headteacher
            school: treorchy
            speaks: [cy, en]
            reviewer: {level: lead, trained: 2025-09-12}

    Wrong:

        people:
          - {id: treorchy-head, post: Headteacher, school: treorchy, reviewer: {level: lead, trained: 2025-09-12}}
          - {id: porth-head, post: Headteacher, school: porth, reviewer: {level: lead, trained: 2025-09-12}}
          - {id: aberdare-head, post: Headteacher, school: aberdare, reviewer: {level: lead, trained: 2025-09-12}}
    """
    for cycle in current_cycles(cluster) if is_whole(cluster, "people") else ():
        people = reviewers_of(cluster, cycle).people
        speakers = Reviewers(tuple((person, school) for person, school in people if "cy" in person.speaks))
        for index, visit in enumerate(cycle.visits):
            host = cluster.schools.get(visit.host)
            if host is None or host.language != "welsh":
                continue
            there_are = speakers.count_for(host.id, one_per_school=cycle.rules.one_per_school)
            if there_are < cycle.rules.welsh_speakers:
                place = cluster.place("cycles", cycle.id, "visits", index, "host")
                told = f"a team for `{host.id}` needs {cycle.rules.welsh_speakers} who speak Welsh, but {_only(there_are)} could be in it"
                yield Finding(place, told, "write `speaks: [cy, en]` with those who do, or change `welsh_speakers` in the rules")


@check("no-lead", Severity.ERROR)
def no_lead(cluster: Cluster) -> Iterator[Finding]:
    """A visit has too few people who may lead it.

    The rule `leads` asks for so many reviewers of level lead in each team; they come from other schools than the host. Train
    somebody, raise somebody's level, or change the rule.

    Right:

        people:
          - {id: treorchy-head, post: Headteacher, school: treorchy, reviewer: {level: lead, trained: 2025-09-12}}

    Wrong:

        people:
          - {id: treorchy-head, post: Headteacher, school: treorchy, reviewer: {level: reviewer, trained: 2025-09-12}}
          - {id: porth-head, post: Headteacher, school: porth, reviewer: {level: reviewer, trained: 2025-09-12}}
          - {id: rhydywaun-head, post: Headteacher, school: rhydywaun, reviewer: {level: reviewer, trained: 2025-09-12}}
    """
    for cycle in current_cycles(cluster) if is_whole(cluster, "people") else ():
        people = reviewers_of(cluster, cycle).people
        leads = Reviewers(tuple((person, school) for person, school in people if person.reviewer and person.reviewer.level == "lead"))
        for index, visit in enumerate(cycle.visits):
            there_are = leads.count_for(visit.host, one_per_school=cycle.rules.one_per_school)
            if there_are < cycle.rules.leads:
                place = cluster.place("cycles", cycle.id, "visits", index, "host")
                told = f"a team for `{visit.host}` needs {cycle.rules.leads} of level lead, but {_only(there_are)} could be in it"
                yield Finding(place, told, "train somebody, or change `leads` in the rules")


@check("team-too-large", Severity.ERROR)
def team_too_large(cluster: Cluster) -> Iterator[Finding]:
    """A team is to have more members than there are people who could be in it.

    Members come from other schools than the host, have no conflict with it, and by the rule `one_per_school` each from another
    school. Make the team smaller, train more reviewers, or change the rule.

    Right:

        cycles:
          - {id: round-4, name: Round 4, from: 2026-11-02, to: 2027-03-19, visits: [{host: aberdare, team: 3}]}

    Wrong:

        cycles:
          - {id: round-4, name: Round 4, from: 2026-11-02, to: 2027-03-19, visits: [{host: aberdare, team: 12}]}
    """
    for cycle in current_cycles(cluster) if is_whole(cluster, "people") else ():
        reviewers = reviewers_of(cluster, cycle)
        for index, visit in enumerate(cycle.visits):
            most, team = reviewers.count_for(visit.host, one_per_school=cycle.rules.one_per_school), cycle.team_of(visit)
            if team > most:
                place = cluster.place("cycles", cycle.id, "visits", index, "team" if visit.team else "host")
                each = ", one from each school" if cycle.rules.one_per_school else ""
                told = f"the team for `{visit.host}` has {team} members, but only {most} could be in it{each}"
                yield Finding(place, told, "make the team smaller, or train more reviewers")


def _only(count: int) -> str:
    return f"only {count}" if count else "none"
