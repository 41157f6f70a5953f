"""What is wrong with meetings: their day and time, who was there, what was minuted."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from sigctl import term_dates
from sigctl.checks.check import Finding, check
from sigctl.checks.questions import is_whole, said
from sigctl.cluster import Cluster
from sigctl.cluster.matters import matter_at
from sigctl.cluster.membership import when
from sigctl.problem import Severity
from sigctl.records import Meeting
from sigctl.records.meeting import Attendance, SchoolAttendance


@check("meeting-day", Severity.WARNING)
def meeting_day(cluster: Cluster) -> Iterator[Finding]:
    """A planned meeting is at a weekend, on a bank holiday, or in no term of any calendar.

    Most often the day or the month is mistyped. Days in a school year without a calendar are not told.

    Right:

        meetings:
          - {id: strategic-2026-11, group: strategic, date: 2026-11-12}

    Wrong:

        meetings:
          - {id: strategic-2026-11, group: strategic, date: 2026-11-14}
    """
    for meeting in cluster.meetings.values():
        if meeting.status == "planned" and (why := _odd(cluster, meeting.date)):
            yield Finding(cluster.place("meetings", meeting.id, "date"), f"{said(meeting.date)} {why}", "check the day and the month")


def _odd(cluster: Cluster, day: date) -> str:
    if day.weekday() >= term_dates.SATURDAY:
        return "is at the weekend"
    if is_whole(cluster, "settings") and day in term_dates.bank_holidays(cluster.settings.cluster.nation, day, day):
        return "is a bank holiday"
    terms = [term for calendar in cluster.calendars.values() for term in calendar.terms]
    if not terms or not min(term.start for term in terms) <= day <= max(term.end for term in terms):
        return ""
    open_terms = [term for term in terms if term.start <= day <= term.end]
    if all(term.half_term and term.half_term.first <= day <= term.half_term.last for term in open_terms):
        return "is in no term" if not open_terms else "is in the half-term break"
    return ""


@check("meeting-times", Severity.ERROR)
def meeting_times(cluster: Cluster) -> Iterator[Finding]:
    """A meeting ends before it begins.

    Times are written by the clock of twenty-four hours: half past three in the afternoon is 15:30.

    Right:

        meetings:
          - {id: strategic-2026-11, group: strategic, date: 2026-11-12, start: 15:30, end: 17:00}

    Wrong:

        meetings:
          - {id: strategic-2026-11, group: strategic, date: 2026-11-12, start: 15:30, end: 5:00}
    """
    for meeting in cluster.meetings.values():
        if meeting.start and meeting.end and meeting.end <= meeting.start:
            told = f"the meeting begins at {meeting.start:%H:%M}, so it cannot end at {meeting.end:%H:%M}"
            yield Finding(cluster.place("meetings", meeting.id, "end"), told, "write times of the afternoon as 15:30")


@check("too-many-minutes", Severity.WARNING)
def too_many_minutes(cluster: Cluster) -> Iterator[Finding]:
    """The items of a meeting take longer than the meeting.

    Give some of them less time, or let it end later.

    Right:

        meetings:
          - id: strategic-2026-11
            group: strategic
            date: 2026-11-12
            start: 15:30
            end: 17:00
            items: [{title: Round 4, minutes: 40}, {title: Attendance, minutes: 40}]

    Wrong:

        meetings:
          - id: strategic-2026-11
            group: strategic
            date: 2026-11-12
            start: 15:30
            end: 16:30
            items: [{title: Round 4, minutes: 40}, {title: Attendance, minutes: 40}]
    """
    for meeting in cluster.meetings.values():
        if meeting.status == "planned" and meeting.start and meeting.end and meeting.start < meeting.end:
            length = datetime.combine(meeting.date, meeting.end) - datetime.combine(meeting.date, meeting.start)
            there_are, wanted = int(length.total_seconds() // 60), sum(item.minutes or 0 for item in meeting.items)
            if wanted > there_are:
                place = cluster.place("meetings", meeting.id, "items", on_key=True)
                yield Finding(
                    place, f"the items take {wanted} minutes, but the meeting has {there_are}", "shorten some, or let it end later"
                )


@check("attendance-twice", Severity.WARNING)
def attendance_twice(cluster: Cluster) -> Iterator[Finding]:
    """Somebody stands in the attendance of a meeting twice: present and absent, or twice in one list.

    Each member stands in one of `present`, `apologies` and `absent`, once.

    Right:

        meetings:
          - id: strategic-2026-10
            group: strategic
            date: 2026-10-08
            status: held
            attendance: {present: [aberdare-head], apologies: [treorchy-head]}

    Wrong:

        meetings:
          - id: strategic-2026-10
            group: strategic
            date: 2026-10-08
            status: held
            attendance: {present: [aberdare-head, treorchy-head], apologies: [treorchy-head]}
    """
    for meeting in cluster.meetings.values():
        if meeting.attendance:
            yield from _twice(cluster, meeting, meeting.attendance, ())
            yield from _twice(cluster, meeting, meeting.attendance.schools, ("schools",))


def _twice(cluster: Cluster, meeting: Meeting, listed: Attendance | SchoolAttendance, path: tuple[str, ...]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for key in ("present", "apologies", "absent"):
        for index, name in enumerate(getattr(listed, key)):
            if name in seen:
                place = cluster.place("meetings", meeting.id, "attendance", *path, key, index)
                yield Finding(place, f"`{name}` stands under `{seen[name]}` already", "take one of the two out")
            seen.setdefault(name, key)


@check("needless-substitute", Severity.WARNING)
def needless_substitute(cluster: Cluster) -> Iterator[Finding]:
    """Somebody came in the place of a member who was there.

    Take the substitute out, or the member out of `present`.

    Right:

        meetings:
          - id: strategic-2026-10
            group: strategic
            date: 2026-10-08
            status: held
            attendance: {apologies: [treorchy-head], substitutes: [{for: treorchy-head, by: rhydywaun-head}]}

    Wrong:

        meetings:
          - id: strategic-2026-10
            group: strategic
            date: 2026-10-08
            status: held
            attendance: {present: [treorchy-head], substitutes: [{for: treorchy-head, by: rhydywaun-head}]}
    """
    for meeting in cluster.meetings.values():
        for index, each in enumerate(meeting.attendance.substitutes if meeting.attendance else ()):
            place = cluster.place("meetings", meeting.id, "attendance", "substitutes", index, "for")
            if each.instead_of == each.by:
                yield Finding(place, "nobody comes in their own place", "write who came instead")
            elif meeting.attendance and each.instead_of in meeting.attendance.present:
                yield Finding(place, f"`{each.instead_of}` was there", "take the substitute out, or the member out of `present`")


@check("minutes-too-early", Severity.WARNING)
def minutes_too_early(cluster: Cluster) -> Iterator[Finding]:
    """A meeting has minutes, decisions or people who were there, but is not marked as held.

    Write `status: held`, so that its minutes are sent and its actions are followed.

    Right:

        meetings:
          - {id: strategic-2026-10, group: strategic, date: 2026-10-08, status: held, attendance: {present: [aberdare-head]}}

    Wrong:

        meetings:
          - {id: strategic-2026-10, group: strategic, date: 2026-10-08, attendance: {present: [aberdare-head]}}
    """
    for meeting in cluster.meetings.values():
        if meeting.status == "held":
            continue
        present = meeting.attendance.present if meeting.attendance else ()
        found = {"attendance": present, "minutes": meeting.minutes and meeting.minutes.notes, "decisions": meeting.decisions}
        key = next((key for key, value in found.items() if value), None)
        if key:
            place = cluster.place("meetings", meeting.id, key, on_key=True)
            yield Finding(place, f"this meeting has `{key}`, but is {meeting.status}, not held", "write `status: held`")


@check("agreed-at", Severity.WARNING)
def agreed_at(cluster: Cluster) -> Iterator[Finding]:
    """Minutes were agreed at a meeting that was not later, was not held, or is of another group.

    The minutes of one meeting are agreed at a later one of the same group; `agreed_at` is its id.

    Right:

        meetings:
          - {id: strategic-2026-07, group: strategic, date: 2026-07-09, status: held, minutes: {agreed_at: strategic-2026-10}}
          - {id: strategic-2026-10, group: strategic, date: 2026-10-08, status: held}

    Wrong:

        meetings:
          - {id: strategic-2026-10, group: strategic, date: 2026-10-08, status: held, minutes: {agreed_at: strategic-2026-10}}
    """
    for meeting in cluster.meetings.values():
        name = meeting.minutes.agreed_at if meeting.minutes else None
        if not name:
            continue
        place, later = cluster.place("meetings", meeting.id, "minutes", "agreed_at"), cluster.meetings.get(name)
        if later and when(later) <= when(meeting):
            yield Finding(place, f"`{name}` was not later than this meeting", "write the id of the meeting that agreed them")
        elif later and later.group != meeting.group:
            yield Finding(place, f"`{name}` is a meeting of another group", "write the id of the meeting that agreed them")
        elif later and later.status != "held":
            advice = "write `status: held` there, or the id of the meeting that agreed them"
            yield Finding(place, f"`{name}` is {later.status}, not held", advice)


@check("note-without-item", Severity.WARNING)
def note_without_item(cluster: Cluster) -> Iterator[Finding]:
    """A note of the minutes belongs to no item of the agenda, so no page would show it.

    Notes stand by the number of the meeting's own item, from 1, or by its id; or by a part that the agenda makes of itself, such as
    `matters-arising` or `any-other-business`.

    Right:

        meetings:
          - id: strategic-2026-10
            group: strategic
            date: 2026-10-08
            status: held
            items: [{id: round-4, title: Round 4}]
            minutes: {notes: {round-4: The dates were agreed.}}

    Wrong:

        meetings:
          - id: strategic-2026-10
            group: strategic
            date: 2026-10-08
            status: held
            items: [{id: round-4, title: Round 4}]
            minutes: {notes: {round-5: The dates were agreed.}}
    """
    for meeting in cluster.meetings.values():
        for name in meeting.minutes.notes if meeting.minutes else ():
            if matter_at(meeting, name) is None:
                place = cluster.place("meetings", meeting.id, "minutes", "notes", name, on_key=True)
                advice = "write the number or the id of an item, or a block of the agenda"
                yield Finding(place, "this note belongs to no item of the meeting", advice)


@check("action-state", Severity.WARNING)
def action_state(cluster: Cluster) -> Iterator[Finding]:
    """An action's state and its dates do not go together.

    What is done has the day on which it was done, `done_on`; what is open has none; and nothing is done or due before the meeting
    that asked for it.

    Right:

        meetings:
          - id: strategic-2026-10
            group: strategic
            date: 2026-10-08
            status: held
            actions: [{id: rota, text: Send the rota out., status: done, done_on: 2026-10-20}]

    Wrong:

        meetings:
          - id: strategic-2026-10
            group: strategic
            date: 2026-10-08
            status: held
            actions: [{id: rota, text: Send the rota out., done_on: 2026-10-20}]
    """
    for meeting in cluster.meetings.values():
        for index, action in enumerate(meeting.actions):
            place = cluster.place("meetings", meeting.id, "actions", index, "done_on" if action.done_on else "status")
            if action.status == "done" and action.done_on is None:
                yield Finding(place, "this action is done, but not since when", "write `done_on:` with the day")
            elif action.status != "done" and action.done_on:
                yield Finding(place, f"this action was done on a day, but is {action.status}", "write `status: done`, or take the day out")
            elif action.done_on and action.done_on < meeting.date:
                yield Finding(place, f"this is before the meeting, on {said(meeting.date)}", "check the month and the year")
            if action.due and action.due < meeting.date:
                due = cluster.place("meetings", meeting.id, "actions", index, "due")
                yield Finding(due, f"this is before the meeting, on {said(meeting.date)}", "check the month and the year")


@check("chair-away", Severity.WARNING)
def chair_away(cluster: Cluster) -> Iterator[Finding]:
    """The person who is to chair a meeting has sent apologies, or was absent.

    Ask the vice-chair or another member, and write them as `chair:` of this meeting.

    Right:

        meetings:
          - {id: strategic-2026-11, group: strategic, date: 2026-11-12, chair: aberdare-head, attendance: {apologies: [treorchy-head]}}

    Wrong:

        meetings:
          - {id: strategic-2026-11, group: strategic, date: 2026-11-12, chair: aberdare-head, attendance: {apologies: [aberdare-head]}}
    """
    for meeting in cluster.meetings.values():
        away = Counter([*meeting.attendance.apologies, *meeting.attendance.absent] if meeting.attendance else ())
        if meeting.chair and away[meeting.chair]:
            told = f"`{meeting.chair}` chairs this meeting, but is not there"
            yield Finding(cluster.place("meetings", meeting.id, "chair"), told, "write who chairs it instead")
