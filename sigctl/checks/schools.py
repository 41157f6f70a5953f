"""What is wrong with schools: numbers, places, and whether they belong to the cluster."""

import re
from collections.abc import Iterator
from typing import Final

from sigctl.checks.check import Finding, check
from sigctl.checks.questions import belongs, current_cycles, is_mistyped, said, taking_part
from sigctl.cluster import Cluster
from sigctl.problem import Place, Severity
from sigctl.records import Cycle
from sigctl.records.school import Location

_FORMATS: Final = {
    "number": (re.compile(r"\d{3}[/ ]?\d{4}"), "a school number has seven digits", "write it as 6744105"),
    "urn": (re.compile(r"\d{6}"), "a URN has six digits", "write it as 401911"),
    "postcode": (re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE), "this is not a postcode", "write it as CF44 8NL"),
}
_SOUTH, _NORTH, _WEST, _EAST = 49.8, 60.9, -8.7, 1.8


@check("school-format", Severity.WARNING)
def school_format(cluster: Cluster) -> Iterator[Finding]:
    """A school's number, URN or postcode is not written as such numbers are.

    A Welsh school number or LAESTAB has seven digits, the first three for the authority; a URN has six; a postcode looks like
    CF44 8NL. Registers and forms would not find the school.

    Right:

        schools:
          - {id: aberdare, name: Aberdare Community School, number: 6744105, postcode: CF44 8NL}

    Wrong:

        schools:
          - {id: aberdare, name: Aberdare Community School, number: 674410, postcode: CF44 8NL}
    """
    for school in cluster.schools.values():
        for key, (pattern, told, advice) in _FORMATS.items():
            value = getattr(school, key)
            if value and not pattern.fullmatch(value):
                yield Finding(cluster.place("schools", school.id, key), told, advice)


@check("same-school-number", Severity.WARNING)
def same_school_number(cluster: Cluster) -> Iterator[Finding]:
    """Two schools have the same school number or URN.

    Each school has its own, so either one is copied by mistake, or one school is written twice.

    Right:

        schools:
          - {id: aberdare, name: Aberdare Community School, number: 6744105}
          - {id: treorchy, name: Treorchy Comprehensive School, number: 6744074}

    Wrong:

        schools:
          - {id: aberdare, name: Aberdare Community School, number: 6744105}
          - {id: treorchy, name: Treorchy Comprehensive School, number: 6744105}
    """
    for key in ("number", "urn"):
        first: dict[str, str] = {}
        for school in cluster.schools.values():
            value = re.sub(r"\D", "", getattr(school, key) or "")
            if value and first.setdefault(value, school.id) != school.id:
                told = f"`{first[value]}` has the same {'URN' if key == 'urn' else key}"
                yield Finding(cluster.place("schools", school.id, key), told, "check which of the two is right")


@check("phone-format", Severity.WARNING)
def phone_format(cluster: Cluster) -> Iterator[Finding]:
    """A telephone number cannot be one: it has too few or too many digits, or letters in it.

    Numbers are text, with spaces where you like them: 01685 888500 or +44 1685 888500. An extension follows as `ext 12`.

    Right:

        people:
          - {id: aberdare-head, post: Headteacher, school: aberdare, phone: 01632 960123}

    Wrong:

        people:
          - {id: aberdare-head, post: Headteacher, school: aberdare, phone: 01632 9601}
    """
    for person in cluster.people.values():
        if person.phone and not _can_be_phone(person.phone):
            yield _phone(cluster.place("people", person.id, "phone"))
    for school in cluster.schools.values():
        if school.contact and school.contact.phone and not _can_be_phone(school.contact.phone):
            yield _phone(cluster.place("schools", school.id, "contact", "phone"))


def _phone(place: Place) -> Finding:
    return Finding(place, "this is not a whole telephone number", "write it with its area code, such as 01632 960123")


def _can_be_phone(text: str) -> bool:
    number, _, extension = text.lower().partition("ext")
    digits = re.sub(r"\D", "", number.replace("(0)", ""))
    return bool(re.fullmatch(r"[+\d][\d ()./-]*|\(\d[\d ()./-]*", number.strip())) and 10 <= len(digits) <= 13 and len(extension) < 12


@check("school-dates", Severity.ERROR)
def school_dates(cluster: Cluster) -> Iterator[Finding]:
    """A school left the cluster before it joined.

    Check the years of `joined` and `left`. A school that left and came back needs `joined` of the second time alone.

    Right:

        schools:
          - {id: aberdare, name: Aberdare Community School, joined: 2019-09-01, left: 2030-07-20}

    Wrong:

        schools:
          - {id: aberdare, name: Aberdare Community School, joined: 2026-09-01, left: 2025-07-20}
    """
    for school in cluster.schools.values():
        if school.joined and is_mistyped(school):
            yield Finding(
                cluster.place("schools", school.id, "left"),
                f"this is before the school joined, on {said(school.joined)}",
                "check both years",
            )


@check("outside-kingdom", Severity.ERROR)
def outside_kingdom(cluster: Cluster) -> Iterator[Finding]:
    """A school's location is not in the United Kingdom, so its travel would be counted in thousands of kilometres.

    Most often `lat` and `lon` have changed places, or the minus of `lon` is missing: all of Wales lies west of Greenwich.

    Right:

        schools:
          - {id: aberdare, name: Aberdare Community School, location: {lat: 51.7127, lon: -3.4451}}

    Wrong:

        schools:
          - {id: aberdare, name: Aberdare Community School, location: {lat: -3.4451, lon: 51.7127}}
    """
    for school in cluster.schools.values():
        where = school.location
        if where and not _is_in_kingdom(where.lat, where.lon):
            yield Finding(cluster.place("schools", school.id, "location"), "this point is not in the United Kingdom", _way_home(where))


def _is_in_kingdom(lat: float, lon: float) -> bool:
    return _SOUTH <= lat <= _NORTH and _WEST <= lon <= _EAST


def _way_home(where: Location) -> str:
    if _is_in_kingdom(where.lon, where.lat):
        return "`lat` and `lon` seem to have changed places"
    if _is_in_kingdom(where.lat, -where.lon):
        return "`lon` seems to lack its minus"
    return "check both numbers"


@check("no-location", Severity.WARNING)
def no_location(cluster: Cluster) -> Iterator[Finding]:
    """A school that takes part in a cycle has no location, though the cycle wants travel to be short.

    Kilometres to and from the school cannot be counted. Maps show a school's latitude and longitude; write them as
    `location: {lat: 51.7127, lon: -3.4451}`, or take `travel` out of the cycle's `goals`.

    Right:

        cycles:
          - {id: round-4, name: Round 4, from: 2026-11-02, to: 2027-03-19, goals: [fairness, travel], visits: [{host: aberdare}]}
        schools:
          - {id: aberdare, name: Aberdare Community School, location: {lat: 51.7127, lon: -3.4451}}

    Wrong:

        cycles:
          - {id: round-4, name: Round 4, from: 2026-11-02, to: 2027-03-19, goals: [fairness, travel], visits: [{host: aberdare}]}
        schools:
          - {id: aberdare, name: Aberdare Community School}
    """
    told: set[str] = set()
    for cycle in current_cycles(cluster):
        if not any(goal.goal == "travel" for goal in cycle.goals):
            continue
        for name in taking_part(cluster, cycle):
            if name not in told and cluster.schools[name].location is None and _travels(cluster, cycle, name):
                told.add(name)
                advice = "write `location:` with `lat` and `lon`, or take `travel` out of the cycle's goals"
                yield Finding(cluster.place("schools", name), f"`{cycle.id}` counts travel, but this school has no location", advice)


def _travels(cluster: Cluster, cycle: Cycle, school: str) -> bool:
    """Whether anybody goes to a school in a cycle, or may go out from it: while it belongs to the cluster, and lets people out."""
    if not cycle.visits or not belongs(cluster, cycle, school):
        return False
    return cluster.schools[school].max_out != 0 or any(visit.host == school for visit in cycle.visits)


@check("rule-needs-field", Severity.WARNING)
def rule_needs_field(cluster: Cluster) -> Iterator[Finding]:
    """A rule compares schools by a field that a school of the cycle does not have, so the rule takes no notice of that school.

    `same_phase` needs `phase`, `similar_size` needs `pupils`, `other_authority` needs `local_authority`.

    Right:

        cycles:
          - {id: round-4, name: Round 4, from: 2026-11-02, to: 2027-03-19, rules: {same_phase: true}, visits: [{host: aberdare}]}
        schools:
          - {id: aberdare, name: Aberdare Community School, phase: secondary}
          - {id: treorchy, name: Treorchy Comprehensive School, phase: secondary}
          - {id: rhydywaun, name: Ysgol Gyfun Rhydywaun, phase: secondary}
          - {id: porth, name: Porth Community School, phase: all-through}

    Wrong:

        cycles:
          - {id: round-4, name: Round 4, from: 2026-11-02, to: 2027-03-19, rules: {same_phase: true}, visits: [{host: aberdare}]}
        schools:
          - {id: porth, name: Porth Community School}
    """
    told: set[tuple[str, str]] = set()
    for cycle in current_cycles(cluster):
        for rule, key in _COMPARED.items():
            for name in taking_part(cluster, cycle) if getattr(cycle.rules, rule) else ():
                lacks = not getattr(cluster.schools[name], key) and (name, key) not in told
                if lacks and cycle.visits and belongs(cluster, cycle, name):
                    told.add((name, key))
                    said_so = f"the rule `{rule}` of `{cycle.id}` takes no notice of this school, since it has no `{key}`"
                    yield Finding(cluster.place("schools", name), said_so, f"write `{key}:`")


_COMPARED = {"other_authority": "local_authority", "same_phase": "phase", "similar_size": "pupils"}


@check("host-not-member", Severity.ERROR)
def host_not_member(cluster: Cluster) -> Iterator[Finding]:
    """A school is to be visited in a cycle during which it does not belong to the cluster.

    It left before the cycle begins, or joins after it ends. Take the visit out, or check `joined` and `left` of the school.

    Right:

        schools:
          - {id: aberdare, name: Aberdare Community School, left: 2027-07-20}

    Wrong:

        schools:
          - {id: aberdare, name: Aberdare Community School, left: 2026-07-20}
    """
    for cycle in current_cycles(cluster):
        for index, visit in enumerate(cycle.visits):
            school = cluster.schools.get(visit.host)
            if school is None or is_mistyped(school):
                continue
            told = ""
            if school.left and school.left < cycle.first:
                told = f"`{school.id}` left the cluster on {said(school.left)}"
            elif school.joined and school.joined > cycle.last:
                told = f"`{school.id}` joins the cluster on {said(school.joined)}"
            if told:
                place = cluster.place("cycles", cycle.id, "visits", index, "host")
                yield Finding(place, told, "take the visit out, or check `joined` and `left` of the school")
