"""Actions: who is to do what by when, and how it stands on a day. Of all groups, or of one, one school, one person.

What was agreed under a confidential item is known here, and marked; papers that are passed on leave it out.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from sigctl.cluster import Cluster
from sigctl.cluster.matters import is_confidential
from sigctl.cluster.membership import has_gone, last_before, next_after
from sigctl.cluster.mergers import successor_on
from sigctl.records import Meeting
from sigctl.records.meeting import Action
from sigctl.reports.imprint import Imprint, imprint
from sigctl.reports.who import Member, who
from sigctl.words import Words

Standing = Literal["overdue", "due", "open", "done", "dropped"]
STANDINGS: Final[tuple[Standing, ...]] = ("overdue", "due", "open", "done", "dropped")
"""How an action stands, the most pressing first. It is due where the group meets next on that day or later."""
OPEN: Final = STANDINGS[:3]

_SOON: Final = timedelta(14)
"""What is due within so many days counts as due where no next meeting is planned."""
_DAY: Final = timedelta(1)


@dataclass(frozen=True, slots=True)
class ActionLine:
    """Something that somebody is to do. `ref` names it on the command line; it is the id alone where no other action has that.

    Where neither `owner` nor `school` is told, nobody has taken it on. `has_left` tells that whoever took it on is no longer there.
    """

    ref: str
    id: str
    meeting_id: str
    met: date
    group_id: str
    group: Words
    text: Words
    owner: Member | None
    school_id: str
    school: Words
    has_left: bool
    due: date | None
    done_on: date | None
    note: str
    standing: Standing
    is_confidential: bool


@dataclass(frozen=True, slots=True)
class ActionSection:
    """The actions that stand alike."""

    standing: Standing
    lines: tuple[ActionLine, ...]


@dataclass(frozen=True, slots=True)
class ActionsPage:
    """A log of actions on a day; `owner`, `group` and `school` tell to whose it is confined. `withheld` are confidential.

    `wants_open` tells whether open ones were asked for, alone or among others.
    """

    imprint: Imprint
    today: date
    owner: Member | None
    group: Words
    school: Words
    sections: tuple[ActionSection, ...]
    withheld: int
    wants_open: bool = True


class Asked(NamedTuple):
    """Which actions are wanted: of whom, of which group, of which school, and how they stand; all, where nothing is told."""

    owner: str | None = None
    group: str | None = None
    school: str | None = None
    standings: Sequence[Standing] = STANDINGS


ALL: Final = Asked()


def action_lines(cluster: Cluster, today: date, asked: Asked = ALL) -> tuple[ActionLine, ...]:
    """The actions that are wanted, overdue ones first; those with no date last among their like.

    What was written under a meeting that was cancelled was never agreed, and is left out. Whoever asks for a school that has
    merged gets those of the other one.
    """
    shared = Counter(action.id for meeting in cluster.meetings.values() for action in meeting.actions)
    asked = asked._replace(school=asked.school and successor_on(cluster, asked.school, today))
    lines = (
        action_line(cluster, meeting, action, today, is_shared=shared[action.id] > 1)
        for meeting in cluster.meetings.values()
        for action in (meeting.actions if meeting.status != "cancelled" else ())
    )
    return tuple(sorted((line for line in lines if _is_wanted(line, asked)), key=_order))


def action_line(cluster: Cluster, meeting: Meeting, action: Action, today: date, *, is_shared: bool = False) -> ActionLine:
    """One action as it stands on a day: of the school that there is then, where the one that took it on has merged."""
    owner = who(cluster, action.owner, meeting.date) if action.owner else None
    school = successor_on(cluster, action.school or (owner.school_id if owner else ""), today)
    return ActionLine(
        ref=f"{meeting.id}/{action.id}" if is_shared else action.id,
        id=action.id,
        meeting_id=meeting.id,
        met=meeting.date,
        group_id=meeting.group,
        group=cluster.groups[meeting.group].name.words,
        text=action.text.words,
        owner=owner,
        school_id=school,
        school=cluster.schools[school].name.words if school else Words(),
        has_left=_has_left(cluster, action, school, today),
        due=action.due,
        done_on=action.done_on,
        note=action.note or "",
        standing=_standing(cluster, meeting, action, today),
        is_confidential=is_confidential(cluster, meeting, action.item),
    )


def _standing(cluster: Cluster, meeting: Meeting, action: Action, today: date) -> Standing:
    if action.status != "open":
        return action.status
    if action.due is None:
        return "open"
    if action.due < today:
        return "overdue"
    following = next_after(cluster, meeting.group, max(today - _DAY, meeting.date))
    return "due" if action.due <= (following.date if following else today + _SOON) else "open"


def _has_left(cluster: Cluster, action: Action, school: str, today: date) -> bool:
    """Whether the one who took it on, or the school, is no longer in the cluster; a school that has merged is, as the other one."""
    person = cluster.people[action.owner] if action.owner else None
    if person and person.posts and not person.school and not any(post.holds(today) for post in person.posts):
        return True
    return has_gone(cluster, school, today)


def _is_wanted(line: ActionLine, asked: Asked) -> bool:
    return (
        line.standing in asked.standings
        and (asked.owner is None or (line.owner is not None and line.owner.id == asked.owner))
        and (asked.group is None or line.group_id == asked.group)
        and (asked.school is None or line.school_id == asked.school)
    )


def _order(line: ActionLine) -> tuple[int, int, str, str]:
    day = line.done_on or line.met if line.standing == "done" else line.due
    newest_first = line.standing == "done"
    ordinal = (day.toordinal() if day else date.max.toordinal()) * (-1 if newest_first else 1)
    return STANDINGS.index(line.standing), ordinal, line.meeting_id, line.id


def actions_page(cluster: Cluster, today: date, asked: Asked = ALL) -> ActionsPage:
    """A log of actions to be passed on: of what is done, only what was done since the group met last; nothing confidential."""
    found = [line for line in action_lines(cluster, today, asked) if line.standing != "done" or _is_news(cluster, line, today)]
    shown = [line for line in found if not line.is_confidential]
    group = cluster.groups[asked.group] if asked.group else None
    return ActionsPage(
        imprint=imprint(cluster, today, group),
        today=today,
        owner=who(cluster, asked.owner, today) if asked.owner else None,
        group=group.name.words if group else Words(),
        school=cluster.schools[successor_on(cluster, asked.school, today)].name.words if asked.school else Words(),
        sections=tuple(_sections(shown)),
        withheld=len(found) - len(shown),
        wants_open=any(standing in asked.standings for standing in OPEN),
    )


def _sections(lines: Sequence[ActionLine]) -> Iterator[ActionSection]:
    for standing in STANDINGS:
        alike = tuple(line for line in lines if line.standing == standing)
        if alike:
            yield ActionSection(standing, alike)


def _is_news(cluster: Cluster, line: ActionLine, today: date) -> bool:
    """Whether something was done since the last meeting of its group that is over; at the first one, all is news.

    So is what has no day on which it was done: rather told again than never.
    """
    before = last_before(cluster, line.group_id, today)
    return line.done_on is None or before is None or line.done_on >= before.date
