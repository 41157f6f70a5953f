"""What is wrong with minutes: who signed them, who is said to have been there, under which items decisions and actions stand."""

from collections.abc import Iterator

from sigctl.checks.check import Finding, check
from sigctl.checks.questions import said
from sigctl.cluster import Cluster
from sigctl.cluster.blocks import BLOCKS
from sigctl.cluster.matters import has_confidential_item, matter_at
from sigctl.cluster.membership import chair_of, is_member, members_on, officers_on
from sigctl.problem import Severity
from sigctl.records import Meeting


@check("minutes-signature", Severity.WARNING)
def minutes_signature(cluster: Cluster) -> Iterator[Finding]:
    """Minutes are signed by nobody, by somebody of elsewhere, or before a meeting has agreed them; or are not marked as signed.

    The chair of the meeting that agrees the minutes signs them, there or later: write `signed_by:`, and `signed_on:` with the day.

    Right:

        meetings:
          - id: strategic-2026-07
            group: strategic
            date: 2026-07-09
            status: held
            minutes: {status: signed, agreed_at: strategic-2026-10, signed_by: aberdare-head, signed_on: 2026-10-08}
          - {id: strategic-2026-10, group: strategic, date: 2026-10-08, status: held}

    Wrong:

        meetings:
          - id: strategic-2026-07
            group: strategic
            date: 2026-07-09
            status: held
            minutes: {status: signed, agreed_at: strategic-2026-10}
          - {id: strategic-2026-10, group: strategic, date: 2026-10-08, status: held}
    """
    for meeting in cluster.meetings.values():
        if meeting.minutes:
            yield from _signature(cluster, meeting)


def _signature(cluster: Cluster, meeting: Meeting) -> Iterator[Finding]:
    minutes = meeting.minutes
    assert minutes is not None
    agreed = cluster.meetings.get(minutes.agreed_at) if minutes.agreed_at else None
    if minutes.status == "signed" and minutes.signed_by is None:
        place = cluster.place("meetings", meeting.id, "minutes", "status")
        yield Finding(place, "these minutes are signed, but not by whom", "write `signed_by:` with the person")
    if minutes.status != "signed" and (minutes.signed_by or minutes.signed_on):
        key = "signed_by" if minutes.signed_by else "signed_on"
        place = cluster.place("meetings", meeting.id, "minutes", key)
        yield Finding(
            place, f"somebody signed these minutes, but their status is {minutes.status}", "write `status: signed`, or take this out"
        )
    signed_by = minutes.signed_by or ""
    if agreed and signed_by in cluster.people and not belongs_at(cluster, agreed, signed_by):
        place = cluster.place("meetings", meeting.id, "minutes", "signed_by")
        told = f"`{signed_by}` did not belong to the group at `{agreed.id}`, which agreed these minutes"
        yield Finding(place, told, "write who chaired that meeting")
    if minutes.signed_on and minutes.signed_on < (agreed or meeting).date:
        day, which = (agreed or meeting).date, "the meeting that agreed them" if agreed else "the meeting itself"
        place = cluster.place("meetings", meeting.id, "minutes", "signed_on")
        yield Finding(place, f"this is before {which}, on {said(day)}", "check the month and the year")


@check("no-such-item", Severity.ERROR)
def no_such_item(cluster: Cluster) -> Iterator[Finding]:
    """A decision, an action, a visitor or a correction names an item that the meeting does not have.

    Nobody could tell whether it belongs to a confidential item, so no paper is made before it is mended. An item is named by its
    id, by its number among the meeting's own items, or by a part that the agenda makes of itself, such as `any-other-business`.

    Right:

        meetings:
          - id: strategic-2026-10
            group: strategic
            date: 2026-10-08
            status: held
            items: [{id: round-4, title: Round 4}]
            decisions: [{id: d1, text: The dates were agreed., item: round-4}]

    Wrong:

        meetings:
          - id: strategic-2026-10
            group: strategic
            date: 2026-10-08
            status: held
            items: [{id: round-4, title: Round 4}]
            decisions: [{id: d1, text: The dates were agreed., item: round-5}]
    """
    for meeting in cluster.meetings.values():
        for path, name in _named(meeting):
            if name and matter_at(meeting, name) is None:
                own = [item.id or str(number) for number, item in enumerate(meeting.items, 1)]
                advice = f"its items are {', '.join(own)}" if own else "it has no items of its own; name a part of its agenda, or none"
                yield Finding(cluster.place("meetings", meeting.id, *path, "item"), f"the meeting has no item `{name}`", advice)


def _named(meeting: Meeting) -> Iterator[tuple[tuple[str | int, ...], str | None]]:
    """Every place of a meeting that names an item, and what it says there."""
    yield from ((("decisions", index), each.item) for index, each in enumerate(meeting.decisions))
    yield from ((("actions", index), each.item) for index, each in enumerate(meeting.actions))
    for index, each in enumerate(meeting.attendance.in_attendance if meeting.attendance else ()):
        yield ("attendance", "in_attendance", index), each.item
    for index, correction in enumerate(meeting.minutes.corrections if meeting.minutes else ()):
        yield ("minutes", "corrections", index), correction.item


@check("item-id", Severity.ERROR)
def item_id(cluster: Cluster) -> Iterator[Finding]:
    """An item of a meeting is called a number, or, where an item is confidential, like a part that the agenda makes of itself.

    Notes, decisions and actions name items by number or by id: with an item called `1` nobody could tell which is meant, and what
    is confidential could stand in the open. So no paper is made before it is mended. Give the item another `id`, and write that
    wherever it is named. Where nothing is confidential, an item may be called `dates` or `feedback`, and is what is meant then.

    Right:

        meetings:
          - id: strategic-2026-10
            group: strategic
            date: 2026-10-08
            items: [{title: Staff, confidential: true}, {id: budget, title: Budget}]

    Wrong:

        meetings:
          - id: strategic-2026-10
            group: strategic
            date: 2026-10-08
            items: [{title: Staff, confidential: true}, {id: "1", title: Budget}]
    """
    for meeting in cluster.meetings.values():
        for index, item in enumerate(meeting.items):
            if item.id and (item.id.isdecimal() or (item.id in BLOCKS and has_confidential_item(cluster, meeting))):
                what = "a part that the agenda makes of itself" if item.id in BLOCKS else "a number, which names an item by its place"
                place = cluster.place("meetings", meeting.id, "items", index, "id")
                yield Finding(place, f"`{item.id}` is {what}", "give the item another id, and write that wherever it is named")


@check("not-a-member", Severity.WARNING)
def not_a_member(cluster: Cluster) -> Iterator[Finding]:
    """Somebody stands among those present who was no member of the group on that day, nor came in a member's place.

    Who came without being a member stands under `in_attendance`; who came in the place of one, under `substitutes`. Officers of
    the group may stand among those present. Most often the member's dates are wrong, or the school that sent them is not written
    among the members.

    Right:

        groups:
          - {id: strategic, name: Strategic group, kind: strategic, members: [{person: aberdare-head}]}
        meetings:
          - id: strategic-2026-10
            group: strategic
            date: 2026-10-08
            status: held
            attendance: {present: [aberdare-head], in_attendance: [Headteacher of Treorchy]}

    Wrong:

        groups:
          - {id: strategic, name: Strategic group, kind: strategic, members: [{person: aberdare-head}]}
        meetings:
          - id: strategic-2026-10
            group: strategic
            date: 2026-10-08
            status: held
            attendance: {present: [aberdare-head, treorchy-head]}
    """
    for meeting in cluster.meetings.values():
        for index, person in enumerate(meeting.attendance.present if meeting.attendance else ()):
            if person in cluster.people and not belongs_at(cluster, meeting, person):
                place = cluster.place("meetings", meeting.id, "attendance", "present", index)
                told = f"`{person}` was no member of `{meeting.group}` on {said(meeting.date)}"
                yield Finding(place, told, "move the person to `in_attendance` or `substitutes`, or mend the group's members")


def belongs_at(cluster: Cluster, meeting: Meeting, person: str) -> bool:
    """Whether somebody belongs at a meeting: a member or officer of the group, who chairs it, or who came in a member's place.

    Where the files name no members, anybody does.
    """
    group = cluster.groups.get(meeting.group)
    if group is None or not members_on(group, meeting.date):
        return True
    expected = {*officers_on(group, meeting.date).values(), chair_of(cluster, meeting)}
    expected |= {each.by for each in meeting.attendance.substitutes} if meeting.attendance else set()
    return person in expected or is_member(cluster, group, person, meeting.date)
