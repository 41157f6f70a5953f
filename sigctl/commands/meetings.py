"""Which meeting is meant: by its id, or by the id of a group, whose last fitting meeting it is."""

from collections.abc import Callable, Sequence

from sigctl.cluster import Cluster
from sigctl.cluster.membership import meetings_of
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.nearest import did_you_mean
from sigctl.records import Meeting

Pick = Callable[[Sequence[Meeting]], Meeting | None]
"""What chooses among the meetings of a group, which come by date."""


def meeting_meant(cluster: Cluster, wanted: str, pick: Pick, otherwise: str) -> Meeting:
    """The meeting of that id, or else the one that is picked of that group's; `otherwise` says what there is none of."""
    if wanted in cluster.meetings:
        return cluster.meetings[wanted]
    if wanted not in cluster.groups:
        known = [*cluster.meetings, *cluster.groups]
        advice = did_you_mean(wanted, known, "write the id of a meeting, or of a group")
        raise CommandError(f"there is no meeting and no group `{wanted}`", advice)
    found = pick(meetings_of(cluster, wanted))
    if found is None:
        raise CommandError(f"`{wanted}` has {otherwise}", "name a meeting by its id", ExitCode.PROBLEMS)
    return found


def last_held(meetings: Sequence[Meeting]) -> Meeting | None:
    """The last meeting that was held."""
    return next((each for each in reversed(meetings) if each.status == "held"), None)


def to_agree(meetings: Sequence[Meeting]) -> Meeting | None:
    """The last meeting whose minutes are a draft and that another was held after, or else the last whose minutes are a draft."""
    held = [each for each in meetings if each.status == "held"]
    drafts = [each for each in held if each.minutes and each.minutes.status == "draft"]
    followed = [each for each in drafts if held[-1] is not each]
    return next(reversed(followed or drafts), None)


def stem_of(cluster: Cluster, meeting: Meeting, kind: str) -> str:
    """The name of a paper of a meeting: `2026-11-12-strategic-minutes`; by the meeting's id where the group has two on that day."""
    others = [each for each in cluster.meetings.values() if (each.group, each.date) == (meeting.group, meeting.date)]
    return f"{meeting.date}-{meeting.id if len(others) > 1 else meeting.group}-{kind}"
