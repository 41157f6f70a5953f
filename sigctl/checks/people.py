"""What is wrong with people: their schools, their training, their expertise."""

from collections.abc import Iterator
from difflib import get_close_matches

from sigctl.checks.check import Finding, check
from sigctl.checks.questions import all_words_known, current_cycles, is_mistyped, said
from sigctl.cluster import Cluster
from sigctl.problem import Severity


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
        if cycle and person.reviewer and ends and person.reviewer.trained <= ends < cycle.last:
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
