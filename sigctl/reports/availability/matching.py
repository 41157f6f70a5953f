"""Whose answer it is: by the id in our own form, by the e-mail address, by the name. Where two are near, nobody is guessed."""

import difflib
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from sigctl.cluster import Cluster
from sigctl.intake.answers import Participant, folded
from sigctl.records import Cycle, Person

_NEAR: Final = 0.82
_SO_NEAR: Final = 0.93
_MR: Final = re.compile(r"^(?:mr|mrs|ms|miss|dr|prof|mr\.|mrs\.|dr\.)\s+")


class Match(NamedTuple):
    """Who a participant is: a person or a school by id, or else those who may be meant, nearest first."""

    person: str = ""
    school: str = ""
    perhaps: tuple[str, ...] = ()
    wrong: str = ""


def matched(cluster: Cluster, cycle: Cycle, who: Participant) -> Match:
    """Who a participant of a file is."""
    if who.cycle and who.cycle != cycle.id:
        return Match(wrong=f"it is an answer for `{who.cycle}`, not for `{cycle.id}`; name that one behind --cycle")
    if who.school:
        known = who.school in cluster.schools
        return Match(school=who.school) if known else Match(wrong=f"there is no school `{who.school}` in the files")
    if who.person:
        known = who.person in cluster.people
        return Match(person=who.person) if known else Match(wrong=f"there is no person `{who.person}` in the files")
    return _by_address(cluster, who) or _by_name(cluster, who)


def _by_address(cluster: Cluster, who: Participant) -> Match | None:
    found = [each.id for each in cluster.people.values() if who.email and each.email and each.email.lower() == who.email]
    if len(found) == 1:
        return Match(person=found[0])
    return Match(perhaps=tuple(found)) if found else None


def _by_name(cluster: Cluster, who: Participant) -> Match:
    """By the name with accents, capitals and the order of its parts set aside; an id that was written for a name counts as one."""
    wanted = who.name.strip()
    if wanted in cluster.people:
        return Match(person=wanted)
    key = _key(wanted)
    if not key:
        return Match()
    same = [person.id for person in cluster.people.values() if key in set(_keys(cluster, person))]
    if len(same) == 1:
        return Match(person=same[0])
    if same:
        return Match(perhaps=tuple(same))
    near = sorted(((_likeness(cluster, person, key), person.id) for person in cluster.people.values()), reverse=True)
    able = [(likeness, id) for likeness, id in near if likeness >= _NEAR]
    if len(able) == 1 and able[0][0] >= _SO_NEAR:
        return Match(person=able[0][1])
    return Match(perhaps=tuple(id for _, id in able[:5]))


def _keys(cluster: Cluster, person: Person) -> Iterator[str]:
    """All by which somebody may be called: the name, or the post with the school where there is none."""
    if person.name:
        yield _key(person.name)
    posts = [person.post.words] if person.post else []
    home = cluster.schools.get(person.school or "")
    for post in posts:
        for school in (home.name.words,) if home else ():
            yield from (_key(f"{each} {place}") for each in (post.cy, post.en) for place in (school.cy, school.en) if each and place)


def _key(name: str) -> str:
    """A name whatever its accents, capitals and order: `Llŷr, Siân` and `Mrs Sian Llyr` are the same."""
    plain = _MR.sub("", folded(name).strip())
    return " ".join(sorted(re.findall(r"[^\W_]+", plain)))


def _likeness(cluster: Cluster, person: Person, key: str) -> float:
    return max((difflib.SequenceMatcher(None, key, each).ratio() for each in _keys(cluster, person)), default=0.0)
