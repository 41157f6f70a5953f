"""What is wrong in the life of groups and schools: reviews, readings of criteria, and schools that became part of another."""

from collections.abc import Iterator

from sigctl.checks.check import Finding, check
from sigctl.checks.questions import said
from sigctl.cluster import Cluster
from sigctl.problem import Severity
from sigctl.records import Group
from sigctl.records.group import Criterion


@check("review-dates", Severity.ERROR)
def review_dates(cluster: Cluster) -> Iterator[Finding]:
    """A group was looked at before it began, or something was decided about it before it was looked at.

    Check the years of `on` and `decided_on` in its `reviews`, and of the group's `started`.

    Right:

        groups:
          - id: strategic
            name: Strategic group
            kind: strategic
            started: 2023-09-01
            reviews: [{on: 2026-07-09, decision: continue, decided_on: 2026-07-16}]

    Wrong:

        groups:
          - id: strategic
            name: Strategic group
            kind: strategic
            started: 2023-09-01
            reviews: [{on: 2026-07-09, decision: continue, decided_on: 2025-07-16}]
    """
    for group in cluster.groups.values():
        for index, review in enumerate(group.reviews):
            if group.started and review.on < group.started:
                told = f"this is before the group began, on {said(group.started)}"
                yield Finding(cluster.place("groups", group.id, "reviews", index, "on"), told, "check both years")
            if review.decided_on and review.decided_on < review.on:
                told = f"this is before the group was looked at, on {said(review.on)}"
                yield Finding(cluster.place("groups", group.id, "reviews", index, "decided_on"), told, "check both days")


@check("review-decision", Severity.WARNING)
def review_decision(cluster: Cluster) -> Iterator[Finding]:
    """Something was decided about a group, but not when; or there is a day of a decision, but no decision.

    Papers name both. Write `decision:` and `decided_on:` together.

    Right:

        groups:
          - id: strategic
            name: Strategic group
            kind: strategic
            reviews: [{on: 2026-07-09, recommendation: refresh, decision: continue, decided_on: 2026-07-16}]

    Wrong:

        groups:
          - id: strategic
            name: Strategic group
            kind: strategic
            reviews: [{on: 2026-07-09, recommendation: refresh, decision: continue}]
    """
    for group in cluster.groups.values():
        for index, review in enumerate(group.reviews):
            if review.decision and not review.decided_on:
                place = cluster.place("groups", group.id, "reviews", index, "decision")
                yield Finding(place, "nothing says when this was decided", "write `decided_on:` with the day")
            elif review.decided_on and not review.decision:
                place = cluster.place("groups", group.id, "reviews", index, "decided_on")
                yield Finding(place, "there is a day of a decision, but no decision", "write `decision:`, or take the day out")


@check("merge-into", Severity.WARNING)
def merge_into(cluster: Cluster) -> Iterator[Finding]:
    """A group is to merge, but nothing says into which one; or into itself; or it is not to merge, and `into` stands there.

    Papers say what becomes of the group's work. Write `into:` with the id of the other group, and only where it merges.

    Right:

        groups:
          - {id: attendance, name: Attendance, kind: working}
          - id: strategic
            name: Strategic group
            kind: strategic
            reviews: [{on: 2026-07-09, recommendation: merge, into: attendance}]

    Wrong:

        groups:
          - id: strategic
            name: Strategic group
            kind: strategic
            reviews: [{on: 2026-07-09, recommendation: merge}]
    """
    for group in cluster.groups.values():
        for index, review in enumerate(group.reviews):
            path = ("groups", group.id, "reviews", index)
            merges = "merge" in (review.decision, review.recommendation)
            if merges and review.into is None:
                key = "decision" if review.decision == "merge" else "recommendation"
                yield Finding(cluster.place(*path, key), "nothing says into which group", "write `into:` with the id of the other group")
            elif review.into == group.id:
                yield Finding(cluster.place(*path, "into"), "a group cannot merge into itself", "write the id of the other group")
            elif review.into and not merges:
                advice = "write `recommendation: merge` or `decision: merge`, or take `into` out"
                yield Finding(cluster.place(*path, "into"), "the group is not to merge", advice)


@check("reading-dates", Severity.WARNING)
def reading_dates(cluster: Cluster) -> Iterator[Finding]:
    """A criterion was read before its group began, after it ended, or twice on one day.

    Check the year, and which of the two readings counts.

    Right:

        groups:
          - id: strategic
            name: Strategic group
            kind: strategic
            started: 2023-09-01
            criteria:
              - {id: absence, text: Fewer are absent., baseline: 8, target: 5, readings: [{on: 2026-07-09, value: 6.5}]}

    Wrong:

        groups:
          - id: strategic
            name: Strategic group
            kind: strategic
            started: 2023-09-01
            criteria:
              - {id: absence, text: Fewer are absent., baseline: 8, target: 5, readings: [{on: 2022-07-09, value: 6.5}]}
    """
    for group in cluster.groups.values():
        for number, criterion in enumerate(group.criteria):
            for index, told, advice in _odd_readings(group, criterion):
                place = cluster.place("groups", group.id, "criteria", number, "readings", index, "on")
                yield Finding(place, told, advice)


def _odd_readings(group: Group, criterion: Criterion) -> Iterator[tuple[int, str, str]]:
    days = []
    for index, reading in enumerate(criterion.readings):
        if group.started and reading.on < group.started:
            yield index, f"this is before the group began, on {said(group.started)}", "check both years"
        elif group.ended and reading.on > group.ended:
            yield index, f"this is after the group ended, on {said(group.ended)}", "check both years"
        elif reading.on in days:
            yield index, "there is another reading of this day", "check the day, or take one of the two out"
        days.append(reading.on)


@check("criterion-unclear", Severity.WARNING)
def criterion_unclear(cluster: Cluster) -> Iterator[Finding]:
    """A criterion has a target and one reading, but no baseline, so that nobody can tell which way is up.

    Whether fewer or more is better follows from the baseline, or from the first of several readings. Without either the
    report on the group can only say that it cannot be told.

    Right:

        groups:
          - id: strategic
            name: Strategic group
            kind: strategic
            criteria: [{id: absence, text: Fewer are absent., baseline: 8, target: 5, readings: [{on: 2026-07-09, value: 6.5}]}]

    Wrong:

        groups:
          - id: strategic
            name: Strategic group
            kind: strategic
            criteria: [{id: absence, text: Fewer are absent., target: 5, readings: [{on: 2026-07-09, value: 6.5}]}]
    """
    for group in cluster.groups.values():
        for number, criterion in enumerate(group.criteria):
            figures = [reading.value for reading in criterion.readings if reading.value is not None]
            if criterion.baseline is None and criterion.target is not None and len(figures) == 1 and figures[0] != criterion.target:
                place = cluster.place("groups", group.id, "criteria", number, "target")
                told = "without a baseline nobody can tell whether more or fewer is better"
                yield Finding(place, told, "write `baseline:` with the figure at the start")


@check("merged-school", Severity.ERROR)
def merged_school(cluster: Cluster) -> Iterator[Finding]:
    """A school became part of another one, but `left` does not say when; or of itself; or the schools go in a circle.

    The other school stands in its place from the day after it left. Write `left:` with the last day of its own.

    Right:

        schools:
          - {id: porth, name: Porth Community School, left: 2026-08-31, merged_into: treorchy}

    Wrong:

        schools:
          - {id: porth, name: Porth Community School, merged_into: treorchy}
    """
    for school in cluster.schools.values():
        if school.merged_into is None:
            continue
        place = cluster.place("schools", school.id, "merged_into")
        chain = _chain(cluster, school.id)
        if chain[-1] == school.id:
            told = "a school cannot become part of itself"
            if len(chain) > 2:
                told = f"the schools go in a circle: {' to '.join(f'`{each}`' for each in chain)}"
            yield Finding(place, told, "write the school that there is now, and take `merged_into` out there")
        elif school.left is None:
            yield Finding(place, "nothing says when the school became part of the other one", "write `left:` with its last day")


def _chain(cluster: Cluster, school: str) -> list[str]:
    """The schools from one to that which stands for it in the end; its own id at the end where they go in a circle."""
    chain = [school]
    record = cluster.schools.get(school)
    while record and record.merged_into and record.merged_into not in chain[1:]:
        chain.append(record.merged_into)
        record = None if record.merged_into == school else cluster.schools.get(record.merged_into)
    return chain
