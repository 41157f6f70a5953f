"""What is wrong with agendas: blocks, feedback of working groups, items carried over, the quorum."""

from collections.abc import Iterator
from datetime import date

from sigctl.checks.check import Finding, check
from sigctl.checks.questions import said
from sigctl.cluster import Cluster
from sigctl.cluster.membership import seats_on
from sigctl.problem import Place, Severity
from sigctl.records import Group, Meeting
from sigctl.records.meeting import Item


@check("block-twice", Severity.WARNING)
def block_twice(cluster: Cluster) -> Iterator[Finding]:
    """A block is named twice in the `agenda` of a group.

    The agenda would hold it twice, with the same in it. Take one of the two out.

    Right:

        groups:
          - {id: strategic, name: Strategic group, kind: strategic, agenda: [welcome, minutes, items, next-meeting]}

    Wrong:

        groups:
          - {id: strategic, name: Strategic group, kind: strategic, agenda: [welcome, minutes, items, minutes]}
    """
    for group in cluster.groups.values():
        named: set[str] = set()
        for index, entry in enumerate(group.agenda):
            if entry.block in named:
                place = cluster.place("groups", group.id, "agenda", index)
                yield Finding(place, f"`{entry.block}` is on the agenda already", "take one of the two out")
            named.add(entry.block)


@check("feedback-elsewhere", Severity.WARNING)
def feedback_elsewhere(cluster: Cluster) -> Iterator[Finding]:
    """A group is to give feedback to a group to which it does not report.

    `feedback` names the working group that presents its work under an item; it reports to the group that meets, itself or through
    another. Write `reports_to` with the working group, or take `feedback` out.

    Right:

        groups:
          - {id: strategic, name: Strategic group, kind: strategic}
          - {id: attendance, name: Attendance, kind: working, reports_to: strategic}
        meetings:
          - {id: strategic-2026-11, group: strategic, date: 2026-11-12, items: [{title: Attendance, feedback: attendance}]}

    Wrong:

        groups:
          - {id: strategic, name: Strategic group, kind: strategic}
          - {id: attendance, name: Attendance, kind: working}
        meetings:
          - {id: strategic-2026-11, group: strategic, date: 2026-11-12, items: [{title: Attendance, feedback: attendance}]}
    """
    for meeting, item, group, place in _feedback(cluster):
        if meeting.group not in _above(cluster, group) and meeting.group in cluster.groups:
            told = f"`{item.feedback}` does not report to `{meeting.group}`"
            yield Finding(place, told, f"write `reports_to: {meeting.group}` with it, or take `feedback` out")


@check("feedback-after-end", Severity.WARNING)
def feedback_after_end(cluster: Cluster) -> Iterator[Finding]:
    """A group is to give feedback at a meeting after it has ended, or before it has begun.

    Check the day of the meeting, and `started` and `ended` of the group.

    Right:

        groups:
          - {id: strategic, name: Strategic group, kind: strategic}
          - {id: attendance, name: Attendance, kind: working, reports_to: strategic, ended: 2027-07-20}
        meetings:
          - {id: strategic-2026-11, group: strategic, date: 2026-11-12, items: [{title: Attendance, feedback: attendance}]}

    Wrong:

        groups:
          - {id: strategic, name: Strategic group, kind: strategic}
          - {id: attendance, name: Attendance, kind: working, reports_to: strategic, ended: 2026-07-20}
        meetings:
          - {id: strategic-2026-11, group: strategic, date: 2026-11-12, items: [{title: Attendance, feedback: attendance}]}
    """
    for meeting, _, group, place in _feedback(cluster):
        if group.ended and group.ended < meeting.date:
            yield Finding(place, f"`{group.id}` ended on {said(group.ended)}, before this meeting", "let another group report back")
        elif group.started and group.started > meeting.date:
            yield Finding(place, f"`{group.id}` began on {said(group.started)}, after this meeting", "check both days")


def _feedback(cluster: Cluster) -> Iterator[tuple[Meeting, Item, Group, Place]]:
    """Every item under which a group reports back, with that group."""
    for meeting in cluster.meetings.values():
        for index, item in enumerate(meeting.items if meeting.status != "cancelled" else ()):
            if item.feedback in cluster.groups and item.feedback:
                place = cluster.place("meetings", meeting.id, "items", index, "feedback")
                yield meeting, item, cluster.groups[item.feedback], place


def _above(cluster: Cluster, group: Group) -> list[str]:
    """The groups to which a group reports, itself or through others."""
    chain, above = [group.id], group.reports_to
    while above and above not in chain:
        chain.append(above)
        above = cluster.groups[above].reports_to if above in cluster.groups else None
    return chain[1:]


@check("carried-too-early", Severity.WARNING)
def carried_too_early(cluster: Cluster) -> Iterator[Finding]:
    """An item is marked as carried over, but its meeting has not been held yet.

    `carried: true` says that there was no time for it, so that it comes again the next time. Write it after the meeting, when you
    write `status: held`.

    Right:

        meetings:
          - {id: strategic-2026-10, group: strategic, date: 2026-10-08, status: held, items: [{title: Travel, carried: true}]}

    Wrong:

        meetings:
          - {id: strategic-2026-10, group: strategic, date: 2026-10-08, items: [{title: Travel, carried: true}]}
    """
    for meeting in cluster.meetings.values():
        for index, item in enumerate(meeting.items if meeting.status == "planned" else ()):
            if item.carried:
                place = cluster.place("meetings", meeting.id, "items", index, "carried")
                advice = "write `status: held` with the meeting, or take `carried` out"
                yield Finding(place, "this meeting is still planned, so nothing was carried over from it", advice)


@check("quorum-too-large", Severity.WARNING)
def quorum_too_large(cluster: Cluster) -> Iterator[Finding]:
    """A group's quorum is larger than the number of its members, so it could never decide anything.

    Members who have gone (`to:`) and guests do not count, and schools that have merged count once. Lower the quorum, or add the
    members that are missing.

    Right:

        groups:
          - {id: strategic, name: Strategic group, kind: strategic, quorum: 2, members: [{person: aberdare-head}, {school: treorchy}]}

    Wrong:

        groups:
          - {id: strategic, name: Strategic group, kind: strategic, quorum: 3, members: [{person: aberdare-head}, {school: treorchy}]}
    """
    for group in cluster.groups.values():
        there = _seats(cluster, group)
        if group.quorum and group.members and not group.ended and group.quorum > there:
            place = cluster.place("groups", group.id, "quorum")
            yield Finding(place, f"{group.quorum} members must be there, but the group has {there}", "lower it, or add the missing members")


def _seats(cluster: Cluster, group: Group) -> int:
    """How many places a group has once all that is written has come about: two schools that have merged have one."""
    return len(seats_on(cluster, group, date.max))
