"""The brief of a review team: whom they visit, when, what they look at, who comes from how far, what is due when.

Holds how the host school is reached, never how a person is, and never why somebody is away.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from sigctl.cluster import Cluster
from sigctl.records import School
from sigctl.reports.imprint import Imprint
from sigctl.reports.papers.programme import VisitDay, visit_days
from sigctl.reports.papers.round import Round
from sigctl.reports.visit import VisitLine
from sigctl.reports.who import Member, who
from sigctl.words import Words

_HEADS: Final = ("headteacher", "head teacher", "principal", "pennaeth")


@dataclass(frozen=True, slots=True)
class Host:
    """The school that is visited, and how it is reached. What the files do not say is empty or None."""

    name: Words
    phase: str = ""
    language: str = ""
    pupils: int | None = None
    authority: Words = field(default_factory=Words)
    postcode: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    head: Member | None = None


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A member of the team: the post beside the name, and the way to the host in kilometres, where it is known."""

    who: Member
    post: Words
    is_lead: bool = False
    is_trainee: bool = False
    speaks_welsh: bool = False
    way: float | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """All that a team's brief shows."""

    imprint: Imprint
    cycle: Words
    status: str
    visit: VisitLine
    host: Host
    focus: tuple[str, ...]
    team: tuple[Reviewer, ...]
    days: tuple[VisitDay, ...]

    @property
    def knows_ways(self) -> bool:
        """Whether it is known of anybody how far they travel."""
        return any(each.way is not None for each in self.team)


def brief(of: Round, visit: VisitLine) -> Brief:
    """The brief of a visit's team."""
    host = _host(of, of.cluster.schools[visit.host_id])
    team = tuple(_team(of, visit))
    return Brief(of.imprint, of.name, of.page.status, visit, host, of.focus(visit.host_id), team, visit_days(of, visit))


def _host(of: Round, school: School) -> Host:
    contact = school.contact
    return Host(
        name=school.name.words,
        phase=school.phase or "",
        language=school.language or "",
        pupils=school.pupils,
        authority=school.local_authority.words if school.local_authority else Words(),
        postcode=school.postcode or "",
        email=(contact and contact.email) or "",
        phone=(contact and contact.phone) or "",
        website=(contact and contact.website) or "",
        head=_head(of, school.id),
    )


def _head(of: Round, school: str) -> Member | None:
    """The school's head, by the post, where the files say the name."""
    first = next((visit.first for visit in of.page.visits if visit.host_id == school), of.on)
    for person in of.cluster.people.values():
        if person.name and of.cluster.school_of(person, first) == school and _is_head(_post(of.cluster, person.id, school)):
            return who(of.cluster, person.id, first)
    return None


def _is_head(post: Words) -> bool:
    return any(each.lower() in _HEADS for each in post)


def _post(cluster: Cluster, id: str, school: str) -> Words:
    """The post of somebody at a school."""
    person = cluster.people[id]
    held = next((post.post for post in person.posts if post.school == school), person.post)
    return held.words if held else Words()


def _team(of: Round, visit: VisitLine) -> Iterator[Reviewer]:
    for place, member in enumerate(visit.team):
        person = of.cluster.people[member.id]
        yield Reviewer(
            who=member,
            post=_post(of.cluster, member.id, member.school_id) if person.name else Words(),
            is_lead=place == 0,
            is_trainee=bool(person.reviewer and person.reviewer.level == "trainee"),
            speaks_welsh="cy" in person.speaks,
            way=of.way(member.school_id, visit.host_id),
        )
