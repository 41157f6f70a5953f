"""Somebody as papers name them: by name, or by post where the files give no name, and at which school."""

from dataclasses import dataclass
from datetime import date

from sigctl.cluster import Cluster
from sigctl.cluster.membership import Seat, seat_of
from sigctl.records.group import Member as Membership
from sigctl.words import Words, same

_UNSAID = Words()


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody, by name or post, at a school; `post` is told besides where there is a name.

    `school` is empty for somebody who is at none, `person` for whomever a school sends. A guest of another cluster has no `id`.
    """

    id: str
    person: Words
    school_id: str
    school: Words
    post: Words = _UNSAID


def who(cluster: Cluster, id: str, day: date | None = None) -> Member:
    """Somebody as they are called on a day."""
    person = cluster.people[id]
    held = next((post for post in person.posts if day is None or post.holds(day)), None)
    written = held.post if held else person.post
    post = written.words if written else _UNSAID
    school = cluster.school_of(person, day)
    at = (school or "", cluster.schools[school].name.words if school else _UNSAID)
    return Member(id, same(person.name), *at, post) if person.name else Member(id, post if written else same(id), *at)


def seated(cluster: Cluster, seat: Seat, day: date) -> Member:
    """Whoever has a place in a group, as they are called on a day."""
    if seat.kind == "person":
        return who(cluster, seat.id, day)
    return Member("", _UNSAID, seat.id, cluster.schools[seat.id].name.words)


def enrolled(cluster: Cluster, member: Membership, day: date) -> Member:
    """A member of a group as they are called on a day: a person, the school that there is then, or a guest."""
    seat = seat_of(cluster, member, day)
    if seat:
        return seated(cluster, seat, day)
    guest, place = member.guest, member.organisation
    return Member("", guest.words if guest else _UNSAID, "", place.words if place else _UNSAID)
