"""Which meetings an agenda is wanted of: one, those of a group, those of a half term; and those that are still to be settled."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from sigctl.cluster import Cluster
from sigctl.cluster.membership import meetings_of, when
from sigctl.commands import console
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.known import check_known
from sigctl.commands.messages import counted
from sigctl.nearest import did_you_mean
from sigctl.records import Group, Meeting
from sigctl.reports.agenda import proposed_meeting
from sigctl.reports.dates import NOTICE, Proposal, circle, is_alive, lacks_meeting, proposals
from sigctl.reports.half_terms import Half, half_around, half_called, half_of, halves_of

_LONGEST_BREAK: Final = timedelta(60)


class Wanted(NamedTuple):
    """What was asked for on the command line."""

    group: str | None = None
    half_term: str | None = None
    meeting: str | None = None


class Chosen(NamedTuple):
    """A meeting, and the days that are proposed where it is not settled yet."""

    meeting: Meeting
    proposals: tuple[Proposal, ...] = ()


def chosen(cluster: Cluster, wanted: Wanted, today: date) -> tuple[Chosen, ...]:
    """The meetings of which agendas are wanted, by date. Raises CommandError where there is none."""
    if not cluster.groups:
        raise CommandError("this workspace has no groups yet", "write a group and a meeting: `sigctl explain groups`", ExitCode.PROBLEMS)
    if wanted.meeting is not None:
        return (Chosen(_meeting(cluster, wanted)),)
    if wanted.group is not None:
        return _of_group(cluster, _group(cluster, wanted.group), wanted.half_term, today)
    return _of_half(cluster, _half(cluster, wanted.half_term, today), today)


def _meeting(cluster: Cluster, wanted: Wanted) -> Meeting:
    if wanted.half_term is not None:
        raise CommandError("--meeting and --half-term exclude each other", "name one of them")
    check_known(cluster, "meetings", wanted.meeting)
    found = cluster.meetings[wanted.meeting or ""]
    if wanted.group not in (None, found.group):
        raise CommandError(f"`{found.id}` is a meeting of `{found.group}`, not of `{wanted.group}`", "leave the group out")
    if found.status == "cancelled":
        raise CommandError(f"`{found.id}` is cancelled", "take `status: cancelled` out if it takes place after all", ExitCode.PROBLEMS)
    return found


def _group(cluster: Cluster, id: str) -> Group:
    check_known(cluster, "groups", id)
    return cluster.groups[id]


def _half(cluster: Cluster, name: str | None, today: date) -> Half:
    halves = halves_of(cluster)
    if not halves:
        raise CommandError("the workspace has no calendar, so there are no half terms", "`sigctl explain calendars` shows how to write one")
    found = half_around(halves, today) if name is None else half_called(halves, name, today)
    if found is None:
        ids = list(dict.fromkeys(half.id for half in halves))
        names = [*ids, *dict.fromkeys(each for half in halves for each in half.name if each)]
        raise CommandError(f"there is no half term `{name}`", did_you_mean(name or "", names, f"the half terms are {', '.join(ids)}"))
    return found


def _of_group(cluster: Cluster, group: Group, half_term: str | None, today: date) -> tuple[Chosen, ...]:
    """The group's next meeting, or its meetings of a half term; where there is none, one on a proposed day."""
    if half_term is None:
        planned = [each for each in meetings_of(cluster, group.id) if each.date >= today and each.status == "planned"]
        return (Chosen(planned[0]),) if planned else (_soonest(cluster, group, today),)
    half = _half(cluster, half_term, today)
    found = tuple(Chosen(each) for each in meetings_of(cluster, group.id) if _lies_in(cluster, each, half))
    return found or (_proposed(cluster, group, half, today),)


def _soonest(cluster: Cluster, group: Group, today: date) -> Chosen:
    """A meeting on a proposed day of the first half term from today on that leaves people time, or else of one that has a day at all."""
    halves = [each for each in halves_of(cluster) if each.last >= today and is_alive(group, each.last)]
    found = [days for half in halves if (days := proposals(cluster, group, half, today))]
    if found:
        days = next((each for each in found if each[0].day >= today + NOTICE), found[0])
        return Chosen(proposed_meeting(group, days[0]), days)
    advice = f"write one under `meetings:` with `group: {group.id}`, or the calendar of the next school year"
    raise CommandError(f"`{group.id}` has no meeting to come, and no day can be proposed", advice, ExitCode.PROBLEMS)


def _proposed(cluster: Cluster, group: Group, half: Half, today: date) -> Chosen:
    told = f"`{group.id}` has no meeting in {half.id} of {half.year}"
    if not is_alive(group, half.last):
        raise CommandError(f"{told}: it has ended, or not begun", "check `started:` and `ended:` of the group", ExitCode.PROBLEMS)
    days = proposals(cluster, group, half, today)
    if not days and half.last <= today:
        raise CommandError(f"{told}, which is over", "name another half term", ExitCode.PROBLEMS)
    if not days:
        advice = "its members' schools are not all open on any day without examinations; write a meeting under `meetings:`"
        raise CommandError(f"{told}, and no day can be proposed", advice, ExitCode.PROBLEMS)
    return Chosen(proposed_meeting(group, days[0]), days)


def _of_half(cluster: Cluster, half: Half, today: date) -> tuple[Chosen, ...]:
    """Every meeting of a half term that is still to come, and one on a proposed day for each group that lacks one."""
    inside = [each for each in cluster.meetings.values() if each.status != "cancelled" and _lies_in(cluster, each, half)]
    planned = [each for each in inside if each.status == "planned"]
    if len(inside) > len(planned):
        console.say(f"left out, as held: {counted(len(inside) - len(planned), 'meeting')} of {half.id}; `--meeting ID` takes any")
    found = [*(Chosen(each) for each in planned), *_unsettled(cluster, half, today)]
    if not found:
        raise CommandError(f"there is no meeting to come in {half.id} of {half.year}", "name another half term", ExitCode.PROBLEMS)
    return tuple(sorted(found, key=lambda each: when(each.meeting)))


def _unsettled(cluster: Cluster, half: Half, today: date) -> Iterator[Chosen]:
    """Meetings on proposed days, of the groups that lack one, where people still have time to come."""
    halves = halves_of(cluster)
    for group in cluster.groups.values():
        days = proposals(cluster, group, half, today) if lacks_meeting(cluster, group, half, halves) else ()
        if days and days[0].day >= today + NOTICE:
            yield Chosen(proposed_meeting(group, days[0]), days)


def _lies_in(cluster: Cluster, meeting: Meeting, half: Half) -> bool:
    if not half.first <= meeting.date <= half.last + _LONGEST_BREAK:
        return False
    group = cluster.groups.get(meeting.group)
    found = half_of(cluster, circle(cluster, group, meeting.date).schools, meeting.date) if group else None
    return found is not None and (found.year, found.id) == (half.year, half.id)
