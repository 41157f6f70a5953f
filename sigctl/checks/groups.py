"""What is wrong with groups: members, officers, and to whom they report."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Final

from sigctl.checks.check import Finding, check
from sigctl.checks.questions import said
from sigctl.cluster import Cluster
from sigctl.cluster.mergers import successor_on
from sigctl.problem import Severity
from sigctl.records import Group, School
from sigctl.records.group import Officer
from sigctl.records.record import Dated

_ONE_AT_A_TIME: Final = ("chair", "convenor", "secretary", "treasurer")
_FROM_THE_MEMBERS: Final = ("chair", "vice-chair", "convenor")


def _overlap(one: Dated, other: Dated) -> bool:
    return (one.first or date.min) <= (other.last or date.max) and (other.first or date.min) <= (one.last or date.max)


@check("two-officers", Severity.WARNING)
def two_officers(cluster: Cluster) -> Iterator[Finding]:
    """Two people hold the same office of a group at one time.

    A chair, convenor, secretary or treasurer is one person on each day; papers would name both. Write `to:` with the one who
    went, and `from:` with the one who came.

    Right:

        groups:
          - id: strategic
            name: Strategic group
            kind: strategic
            officers:
              - {office: chair, person: aberdare-head, to: 2026-08-31}
              - {office: chair, person: treorchy-head, from: 2026-09-01}

    Wrong:

        groups:
          - id: strategic
            name: Strategic group
            kind: strategic
            officers:
              - {office: chair, person: aberdare-head}
              - {office: chair, person: treorchy-head, from: 2026-09-01}
    """
    for group in cluster.groups.values():
        held = [(index, each) for index, each in enumerate(group.officers) if each.office in _ONE_AT_A_TIME]
        for (_, one), (index, other) in combinations(held, 2):
            if one.office == other.office and one.person != other.person and _overlap(one, other):
                place = cluster.place("groups", group.id, "officers", index)
                told = f"the {other.office} is `{one.person}` already, at least for a time"
                yield Finding(place, told, "write `to:` with the one who went, and `from:` with the one who came")


@check("officer-not-member", Severity.WARNING)
def officer_not_member(cluster: Cluster) -> Iterator[Finding]:
    """A chair, vice-chair or convenor is not a member of the group.

    They come from its members; a secretary or treasurer need not. Write the person, or the person's school, among the members.

    Right:

        groups:
          - id: strategic
            name: Strategic group
            kind: strategic
            members: [{person: aberdare-head}, {school: treorchy}]
            officers: [{office: chair, person: treorchy-head}]

    Wrong:

        groups:
          - id: strategic
            name: Strategic group
            kind: strategic
            members: [{person: aberdare-head}]
            officers: [{office: chair, person: treorchy-head}]
    """
    for group in cluster.groups.values():
        for index, officer in enumerate(group.officers if group.members else ()):
            if officer.office in _FROM_THE_MEMBERS and officer.person in cluster.people and not _belongs(cluster, group, officer):
                place = cluster.place("groups", group.id, "officers", index, "person")
                told = f"`{officer.person}` is {officer.office}, but no member at that time"
                yield Finding(place, told, "write the person or the person's school among the members")


def _belongs(cluster: Cluster, group: Group, officer: Officer) -> bool:
    person = cluster.people[officer.person]
    schools = {person.school, *(post.school for post in person.posts)} - {None}
    return any((each.person == person.id or each.school in schools) and _overlap(each, officer) for each in group.members)


@check("member-twice", Severity.WARNING)
def member_twice(cluster: Cluster) -> Iterator[Finding]:
    """The same person or school is a member of a group twice at one time.

    Lists of members and of those present would hold it twice. Take one of the two out, or give them dates that do not overlap.

    Right:

        groups:
          - {id: strategic, name: Strategic group, kind: strategic, members: [{person: aberdare-head}, {person: treorchy-head}]}

    Wrong:

        groups:
          - {id: strategic, name: Strategic group, kind: strategic, members: [{person: aberdare-head}, {person: aberdare-head}]}
    """
    for group in cluster.groups.values():
        before: dict[str, list[Dated]] = defaultdict(list)
        for index, member in enumerate(group.members):
            who = member.person or member.school
            if who and any(_overlap(one, member) for one in before[who]):
                place = cluster.place("groups", group.id, "members", index)
                yield Finding(place, f"`{who}` is a member already at that time", "take one of the two out, or mend their dates")
            before[who or ""].append(member)


@check("reports-in-circle", Severity.ERROR)
def reports_in_circle(cluster: Cluster) -> Iterator[Finding]:
    """A group reports to itself, or to a group that reports to it in the end.

    Agendas gather what the groups below have done, so the chain has to end somewhere. Take one `reports_to` out.

    Right:

        groups:
          - {id: strategic, name: Strategic group, kind: strategic}
          - {id: attendance, name: Attendance, kind: working, reports_to: strategic}

    Wrong:

        groups:
          - {id: strategic, name: Strategic group, kind: strategic, reports_to: attendance}
          - {id: attendance, name: Attendance, kind: working, reports_to: strategic}
    """
    for group in cluster.groups.values():
        chain, above = [group.id], group.reports_to
        while above and above not in chain and above in cluster.groups:
            chain.append(above)
            above = cluster.groups[above].reports_to
        if above == group.id:
            told = "this group reports to itself"
            if len(chain) > 1:
                told = f"the reports go in a circle: {' to '.join(f'`{each}`' for each in [*chain, group.id])}"
            yield Finding(cluster.place("groups", group.id, "reports_to"), told, "take one of the `reports_to` out")


@check("group-dates", Severity.ERROR)
def group_dates(cluster: Cluster) -> Iterator[Finding]:
    """A group ended, or is to be reviewed, before it began.

    Check the years of `started`, `review_by` and `ended`.

    Right:

        groups:
          - {id: strategic, name: Strategic group, kind: strategic, started: 2023-09-01, review_by: 2027-07-20}

    Wrong:

        groups:
          - {id: strategic, name: Strategic group, kind: strategic, started: 2023-09-01, ended: 2022-07-20}
    """
    for group in cluster.groups.values():
        for key, day in (("ended", group.ended), ("review_by", group.review_by)):
            if day and group.started and day < group.started:
                told = f"this is before the group began, on {said(group.started)}"
                yield Finding(cluster.place("groups", group.id, key), told, "check both years")


@check("after-the-end", Severity.WARNING)
def after_the_end(cluster: Cluster) -> Iterator[Finding]:
    """Somebody comes into a group, or the group meets, after it has ended.

    Either `ended` is wrong, or the later entry belongs to another group.

    Right:

        groups:
          - {id: strategic, name: Strategic group, kind: strategic, members: [{person: aberdare-head, from: 2024-09-01}], ended: 2026-07-20}

    Wrong:

        groups:
          - {id: strategic, name: Strategic group, kind: strategic, members: [{person: aberdare-head, from: 2026-09-01}], ended: 2026-07-20}
    """
    for group in cluster.groups.values():
        if group.ended is None:
            continue
        told = f"`{group.id}` ended on {said(group.ended)}"
        dated = [("members", group.members), ("officers", group.officers)]
        for key, index, each in ((key, index, each) for key, entries in dated for index, each in enumerate(entries)):
            if each.first and each.first > group.ended:
                yield Finding(cluster.place("groups", group.id, key, index, "from"), told, "check this day, and the end of the group")
        for meeting in cluster.meetings.values():
            if meeting.group == group.id and meeting.date > group.ended and meeting.status != "cancelled":
                yield Finding(cluster.place("meetings", meeting.id, "date"), told, "check this day, and the end of the group")


@check("member-has-left", Severity.WARNING)
def member_has_left(cluster: Cluster) -> Iterator[Finding]:
    """A school is still a member of a group after it has left the cluster.

    It would be invited for ever. Write `to:` with the membership.

    Right:

        schools:
          - {id: treorchy, name: Treorchy Comprehensive School, left: 2026-07-20}
        groups:
          - {id: strategic, name: Strategic group, kind: strategic, members: [{school: treorchy, to: 2026-07-20}]}

    Wrong:

        schools:
          - {id: treorchy, name: Treorchy Comprehensive School, left: 2026-07-20}
        groups:
          - {id: strategic, name: Strategic group, kind: strategic, members: [{school: treorchy}]}
    """
    for group in cluster.groups.values():
        for index, member in enumerate(group.members):
            school = cluster.schools.get(member.school or "")
            if school and school.left and (member.last or group.ended or date.max) > school.left:
                told = f"`{school.id}` left the cluster on {said(school.left)}, but is a member after that"
                yield Finding(cluster.place("groups", group.id, "members", index), told, _what_to_do(cluster, group, school))


def _what_to_do(cluster: Cluster, group: Group, school: School) -> str:
    """End the membership; and where the school became part of another one, let that one be a member, unless it is."""
    assert school.left
    ends = f"write `to: {school.left}` with it"
    after = school.left + timedelta(1)
    successor = successor_on(cluster, school.id, after)
    if successor == school.id or any(each.school == successor and each.holds(after) for each in group.members):
        return ends
    return f"{ends}, and add `{{school: {successor}, from: {after}}}`, of which it is a part now"


@check("criterion-dates", Severity.WARNING)
def criterion_dates(cluster: Cluster) -> Iterator[Finding]:
    """A criterion of a group is to be reached before the group began.

    Check the year of `by`, or of the group's `started`.

    Right:

        groups:
          - id: strategic
            name: Strategic group
            kind: strategic
            started: 2023-09-01
            criteria: [{id: absence, text: Fewer pupils are absent., by: 2027-07-20}]

    Wrong:

        groups:
          - id: strategic
            name: Strategic group
            kind: strategic
            started: 2023-09-01
            criteria: [{id: absence, text: Fewer pupils are absent., by: 2022-07-20}]
    """
    for group in cluster.groups.values():
        for index, criterion in enumerate(group.criteria):
            if criterion.by and group.started and criterion.by < group.started:
                place = cluster.place("groups", group.id, "criteria", index, "by")
                yield Finding(place, f"this is before the group began, on {said(group.started)}", "check both years")
