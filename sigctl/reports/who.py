"""Somebody as papers name them: by name, or by post where the files give no name, and at which school."""

from dataclasses import dataclass
from datetime import date

from sigctl.cluster import Cluster
from sigctl.words import Words, same


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody, by name or post, at a school. `school` is empty for somebody who is at none."""

    id: str
    person: Words
    school_id: str
    school: Words


def who(cluster: Cluster, id: str, day: date | None = None) -> Member:
    """Somebody as they are called on a day."""
    person = cluster.people[id]
    held = next((post for post in person.posts if day is None or post.holds(day)), None)
    post = held.post if held else person.post
    called = same(person.name) if person.name else post.words if post else same(id)
    school = cluster.school_of(person, day)
    return Member(id, called, school or "", cluster.schools[school].name.words if school else Words())
