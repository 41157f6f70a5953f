"""What is wrong with people: their schools, their training, their expertise."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Final

from sigctl.checks.check import Finding, check
from sigctl.checks.questions import all_words_known, current_cycles, is_mistyped, said
from sigctl.cluster import Cluster
from sigctl.cluster.mergers import successor_on
from sigctl.problem import Severity
from sigctl.records import Person, School

_SIGNS: Final = frozenset(",:#[]{}&*!|>'%@")
"""What cannot stand bare in a post that is written on one line."""


@check("school-has-left", Severity.WARNING)
def school_has_left(cluster: Cluster) -> Iterator[Finding]:
    """A reviewer is at a school that does not belong to the cluster during the newest cycle.

    The school has left, or has not joined yet, so the person is never in a team. Take `reviewer:` out, or write the school at
    which the person is now.

    Right:

        schools:
          - {id: treorchy, name: Treorchy Comprehensive School}

    Wrong:

        schools:
          - {id: treorchy, name: Treorchy Comprehensive School, left: 2026-07-20}
    """
    newest = max(current_cycles(cluster), key=lambda cycle: (cycle.first, cycle.id), default=None)
    for person in cluster.people.values() if newest and any(s.left or s.joined for s in cluster.schools.values()) else ():
        school = cluster.schools.get(cluster.school_of(person, newest.first) or "") if newest and person.reviewer else None
        if newest is None or school is None or is_mistyped(school):
            continue
        told = ""
        if school.left and school.left < newest.first:
            told = f"`{school.id}` left the cluster on {said(school.left)}, before `{newest.id}`"
        elif school.joined and school.joined > newest.last:
            told = f"`{school.id}` joins the cluster on {said(school.joined)}, after `{newest.id}`"
        if told:
            key = "posts" if person.posts and not person.school else "school"
            yield Finding(cluster.place("people", person.id, key), told, "take `reviewer:` out, or write where the person is now")


@check("person-has-left", Severity.WARNING)
def person_has_left(cluster: Cluster) -> Iterator[Finding]:
    """Somebody whose school has left the cluster is still a member or officer of a group, or is to lead something, after that.

    Papers would name the person at a school that is no longer there, and count them for a quorum. Where the school became part
    of another one and the person goes on there, write a dated post; else end the membership or the office with `to:`, and name
    somebody else where the person leads something.

    Right:

        schools:
          - {id: porth, name: Porth Community School, left: 2026-12-18, merged_into: treorchy}
        people:
          - id: porth-head
            post: Headteacher
            school: porth
            posts: [{post: Deputy headteacher, school: treorchy, from: 2026-12-19}]
        groups:
          - {id: strategic, name: Strategic group, kind: strategic, members: [{person: porth-head}]}

    Wrong:

        schools:
          - {id: porth, name: Porth Community School, left: 2026-12-18, merged_into: treorchy}
        people:
          - {id: porth-head, post: Headteacher, school: porth}
        groups:
          - {id: strategic, name: Strategic group, kind: strategic, members: [{person: porth-head}]}
    """
    for person in cluster.people.values():
        school = _school_behind(cluster, person)
        if school is None or school.left is None:
            continue
        kept = tuple(dict.fromkeys(_kept(cluster, person.id, school.left)))
        if kept:
            key = "school" if person.school == school.id else "posts"
            told = f"`{school.id}` left the cluster on {said(school.left)}, but after that `{person.id}` is {_listed(kept)}"
            yield Finding(cluster.place("people", person.id, key), told, _where_to(cluster, person, school.id, school.left))


def _school_behind(cluster: Cluster, person: Person) -> School | None:
    """The school that has left the cluster and at which somebody is for good, as far as the files tell."""
    posts = [post.school for post in person.posts if post.last is None] or [person.school or ""]
    schools = [cluster.schools[each] for each in posts if each in cluster.schools]
    return max(schools, key=lambda school: school.left or date.min) if schools and all(school.left for school in schools) else None


def _kept(cluster: Cluster, person: str, left: date) -> Iterator[str]:
    """What somebody still is after a day: in groups, and in meetings that are to come then."""
    for group in cluster.groups.values():
        end = group.ended or date.max
        for officer in group.officers:
            if officer.person == person and (officer.last or end) > left:
                yield f"{officer.office} of `{group.id}`"
        if any(each.person == person and (each.last or end) > left for each in group.members):
            yield f"a member of `{group.id}`"
        if end > left and any(entry.lead == person for entry in group.agenda):
            yield f"a lead on the agendas of `{group.id}`"
    for meeting in cluster.meetings.values():
        if meeting.date > left and meeting.status == "planned" and person in (meeting.chair, *(item.lead for item in meeting.items)):
            yield f"a lead in `{meeting.id}`"


def _listed(kept: Sequence[str]) -> str:
    """Three of them and how many more, or all."""
    shown = (*kept[:3], f"{len(kept) - 3} more") if len(kept) > 4 else tuple(kept)
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def _where_to(cluster: Cluster, person: Person, school: str, left: date) -> str:
    """A dated post at the school that stands for it, where there is one; or the end of all that."""
    after = left + timedelta(1)
    successor = successor_on(cluster, school, after)
    ends = f"write `to: {left}` with the membership or office, and somebody else for what the person leads"
    if successor == school:
        return ends
    return f"if the person goes on there, add `posts: [{{post: {_post(person)}, school: {successor}, from: {after}}}]`; else {ends}"


def _post(person: Person) -> str:
    """What the person is, as it is written in a file."""
    post = person.post or (person.posts[-1].post if person.posts else None)
    if post is None:
        return "Headteacher"
    if post.cy and post.en and post.cy != post.en:
        return f"{{cy: {_quoted(post.cy)}, en: {_quoted(post.en)}}}"
    return _quoted(post.en or post.cy)


def _quoted(text: str) -> str:
    """Text that stands in braces: in quotes where a sign in it would end it."""
    return f'"{text}"' if _SIGNS.intersection(text) else text


@check("reviewer-without-school", Severity.WARNING)
def reviewer_without_school(cluster: Cluster) -> Iterator[Finding]:
    """A reviewer is at no school, so the person can be in no team.

    A person reviews on the school days of their own school, and for its account. Write `school:`, or dated `posts:`.

    Right:

        people:
          - {id: treorchy-head, post: Headteacher, school: treorchy, reviewer: {level: lead, trained: 2025-09-12}}

    Wrong:

        people:
          - {id: treorchy-head, post: Headteacher, reviewer: {level: lead, trained: 2025-09-12}}
    """
    for person in cluster.people.values():
        if person.reviewer and cluster.school_of(person) is None:
            place = cluster.place("people", person.id, "reviewer", on_key=True)
            yield Finding(place, "this reviewer is at no school", "write `school:` with the id of a school")


@check("training-lapses", Severity.WARNING)
def training_lapses(cluster: Cluster) -> Iterator[Finding]:
    """A reviewer's training lapses before the newest cycle ends.

    The person can be out only until the day on which it lapses. Arrange for new training, and write the new `expires`.
    Whoever has neither name nor post is passed over: `sigctl forget` leaves such records.

    Right:

        people:
          - {id: treorchy-head, post: Headteacher, school: treorchy, reviewer: {level: lead, trained: 2024-09-12, expires: 2027-08-31}}

    Wrong:

        people:
          - {id: treorchy-head, post: Headteacher, school: treorchy, reviewer: {level: lead, trained: 2024-09-12, expires: 2026-12-31}}
    """
    cycle = max(current_cycles(cluster), key=lambda each: (each.last, each.id), default=None)
    for person in cluster.people.values() if cycle else ():
        ends = person.reviewer.expires if person.reviewer else None
        is_somebody = person.name or person.post or person.posts
        if cycle and person.reviewer and ends and is_somebody and person.reviewer.trained <= ends < cycle.last:
            place = cluster.place("people", person.id, "reviewer", "expires")
            when = f"begins, on {said(cycle.first)}" if ends < cycle.first else f"does, on {said(cycle.last)}"
            yield Finding(place, f"this training ends before `{cycle.id}` {when}", "arrange for new training, and write its end")


@check("training-too-late", Severity.WARNING)
def training_too_late(cluster: Cluster) -> Iterator[Finding]:
    """A reviewer is trained only after the newest cycle has ended.

    The person can be in no team of it. Check the year of `trained`.

    Right:

        people:
          - {id: treorchy-head, post: Headteacher, school: treorchy, reviewer: {level: lead, trained: 2026-09-12}}

    Wrong:

        people:
          - {id: treorchy-head, post: Headteacher, school: treorchy, reviewer: {level: lead, trained: 2027-09-12}}
    """
    cycle = max(current_cycles(cluster), key=lambda each: (each.last, each.id), default=None)
    for person in cluster.people.values() if cycle else ():
        if cycle and person.reviewer and person.reviewer.trained > cycle.last:
            place = cluster.place("people", person.id, "reviewer", "trained")
            yield Finding(place, f"this is after `{cycle.id}` ends, on {said(cycle.last)}", "check the year")


@check("training-order", Severity.ERROR)
def training_order(cluster: Cluster) -> Iterator[Finding]:
    """A reviewer's training lapses before it was given.

    Check the years of `trained` and `expires`.

    Right:

        people:
          - {id: treorchy-head, post: Headteacher, school: treorchy, reviewer: {level: lead, trained: 2025-09-12, expires: 2028-08-31}}

    Wrong:

        people:
          - {id: treorchy-head, post: Headteacher, school: treorchy, reviewer: {level: lead, trained: 2025-09-12, expires: 2025-08-31}}
    """
    for person in cluster.people.values():
        reviewer = person.reviewer
        if reviewer and reviewer.expires and reviewer.expires < reviewer.trained:
            place = cluster.place("people", person.id, "reviewer", "expires")
            yield Finding(place, f"this is before the training itself, on {said(reviewer.trained)}", "check both years")


@check("own-school-conflict", Severity.WARNING)
def own_school_conflict(cluster: Cluster) -> Iterator[Finding]:
    """A person's own school stands among the person's conflicts.

    Nobody ever reviews their own school, so it need not be said; most often another school was meant. Take it out, or write
    the school that was meant.

    Right:

        people:
          - {id: treorchy-head, post: Headteacher, school: treorchy, conflicts: [aberdare]}

    Wrong:

        people:
          - {id: treorchy-head, post: Headteacher, school: treorchy, conflicts: [treorchy]}
    """
    for person in cluster.people.values():
        for index, school in enumerate(person.conflicts):
            if school == person.school:
                place = cluster.place("people", person.id, "conflicts", index)
                told = "this is the person's own school, which they never review anyway"
                yield Finding(place, told, "take it out, or write the school that was meant")


@check("unusual-expertise", Severity.WARNING)
def unusual_expertise(cluster: Cluster) -> Iterator[Finding]:
    """A word of a person's expertise is nearly, but not quite, one that a cycle uses for its focus.

    Expertise counts for a focus only where both are the same word. Most often it is misspelt.

    Right:

        people:
          - {id: treorchy-head, post: Headteacher, school: treorchy, expertise: [attendance]}

    Wrong:

        people:
          - {id: treorchy-head, post: Headteacher, school: treorchy, expertise: [attendence]}
    """
    used = {word for person in cluster.people.values() for word in person.expertise}
    known = sorted(used.intersection(all_words_known(cluster)))
    near: dict[str, list[str]] = {}
    for person in cluster.people.values() if known else ():
        for index, word in enumerate(person.expertise):
            if word in known:
                continue
            if word not in near:
                near[word] = get_close_matches(word, known, n=1, cutoff=0.86)
            if near[word]:
                told = f"no cycle uses `{word}` for a focus, but `{near[word][0]}` is used"
                yield Finding(cluster.place("people", person.id, "expertise", index), told, f"did you mean `{near[word][0]}`?")
