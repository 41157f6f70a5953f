"""Whom to tell: who is still there, who answers for a school or takes a group's minutes, who makes the calls."""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from sigctl.cluster import Cluster
from sigctl.cluster.membership import Seat, has_gone, members_on, officers_on
from sigctl.cluster.mergers import school_on, successor_on
from sigctl.records import Group, Person
from sigctl.reports.who import Member, seated, who

SCHOOL: Final = "school:"
"""Stands before the id of a school that is told itself, because nobody of it is in the files."""
_KEEPERS: Final = ("secretary", "clerk", "convenor", "chair")
"""The offices that keep a group's papers, the first that is held."""
_FORGOTTEN: Final = re.compile(r"forgotten-\d+")
"""How somebody is called from the day on which `sigctl forget` erased who they are."""
_HEADS: Final = ("headteacher", "head teacher", "head", "principal", "executive headteacher", "acting headteacher", "pennaeth")
"""How the one who leads a school is called, in either language."""


def is_there(cluster: Cluster, person: str, day: date) -> bool:
    """Whether somebody is still, or already, there on a day: at a school of the cluster, or somebody who is at none."""
    known = cluster.people.get(person)
    if known is None or is_forgotten(known):
        return False
    if known.posts and not known.school and not any(post.holds(day) for post in known.posts):
        return False
    school = school_on(cluster, person, day)
    return not (school and has_gone(cluster, school, day))


def is_forgotten(person: Person) -> bool:
    """Whether somebody was erased from the files, so that nothing can be asked of them any more."""
    is_nameless = not (person.name or person.post or person.posts or person.email or person.phone)
    return is_nameless and _FORGOTTEN.fullmatch(person.id) is not None


def speaks_for(cluster: Cluster, school: str, day: date) -> str:
    """Who is told what a school is told, by id; the school itself as `school:` and its id.

    The first that has an address: its head, its member of the strategic group, the school's own `contact`, anybody of it. Where
    nobody has one, the first of them that there is.
    """
    school = successor_on(cluster, school, day)
    leading = {member.person for group in leading_groups(cluster) for member in members_on(group, day) if member.person}
    of_it = (each for each in cluster.people.values() if school_on(cluster, each.id, day) == school and is_there(cluster, each.id, day))
    people = sorted(of_it, key=lambda each: (not is_head(each, day), each.id not in leading, each.id))
    first = [each.id for each in people if is_head(each, day) or each.id in leading]
    others = [each.id for each in people if each.id not in first]
    itself = SCHOOL + school
    written = [each for each in (*first, itself, *others) if reached(cluster, each)[0]]
    return next(iter((*written, *first, *others, itself)))


def is_head(person: Person, day: date) -> bool:
    """Whether somebody leads a school, by what the post is called."""
    held = next((post.post for post in person.posts if post.holds(day)), person.post)
    return held is not None and (held.en.casefold() in _HEADS or held.cy.casefold() in _HEADS)


def leading_groups(cluster: Cluster) -> tuple[Group, ...]:
    """The strategic group, or else those that steer."""
    kinds = {kind: tuple(group for group in cluster.groups.values() if group.kind == kind) for kind in ("strategic", "steering")}
    return kinds["strategic"] or kinds["steering"]


def keeper_of(cluster: Cluster, group: Group, day: date, today: date) -> str | None:
    """Who keeps a group's papers: whoever held the office on a day, if still there, or else who holds it today."""
    for each in (day, today):
        held = officers_on(group, each)
        found = next((held[office] for office in _KEEPERS if office in held), None)
        if found and is_there(cluster, found, today):
            return found
    return None


def caller_of(cluster: Cluster, today: date) -> str | None:
    """Who makes the calls: whom the settings name, or else the strategic group's secretary, convenor or chair."""
    named = cluster.settings.reminders.caller
    if named and is_there(cluster, named, today):
        return named
    found = (keeper_of(cluster, group, today, today) for group in leading_groups(cluster))
    return next((each for each in found if each), None)


def member_of(cluster: Cluster, person: str, day: date) -> Member:
    """Somebody as they are called; or a school, with `school:` before its id."""
    if person.startswith(SCHOOL):
        return replace(seated(cluster, Seat("school", person.removeprefix(SCHOOL)), day), id=person)
    return who(cluster, person, day)


def reached(cluster: Cluster, person: str) -> tuple[str, str]:
    """By which address and which number somebody, or a school, is reached; each empty where the files do not say."""
    if person.startswith(SCHOOL):
        contact = cluster.schools[person.removeprefix(SCHOOL)].contact
        return (contact.email or "", contact.phone or "") if contact else ("", "")
    known = cluster.people[person]
    return known.email or "", known.phone or ""
