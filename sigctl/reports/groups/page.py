"""One group on a day: members and officers, criteria, who came to its last meetings, and who has gone quiet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sigctl.cluster import Cluster
from sigctl.cluster.membership import schools_on
from sigctl.records import Group
from sigctl.reports.groups.attendance import Roll, held_meetings
from sigctl.reports.groups.criteria import CriterionLine, criteria_of
from sigctl.reports.groups.members import (
    ChangeLine,
    MemberLine,
    Office,
    QuietLine,
    changes,
    member_lines,
    offices,
    quiet_members,
)
from sigctl.reports.groups.state import PastReview, State, is_review_due, next_meeting, reviews_of, state_of, unmarked_meetings
from sigctl.reports.imprint import Imprint, imprint
from sigctl.words import Words

SHOWN = 4
"""How many of the last meetings are shown one by one."""


@dataclass(frozen=True, slots=True)
class GroupPage:
    """One group on a day.

    `unmarked` are meetings that have passed and are neither held nor cancelled in the files. `meetings` are the days of the last
    meetings at which it was noted who came, one for each mark of a member.
    """

    imprint: Imprint
    id: str
    name: Words
    kind: str
    purpose: Words
    reports_to: Words
    meets: str
    started: date | None
    ended: date | None
    review_by: date | None
    review_is_due: bool
    state: State
    as_at: date
    last: date | None
    next: date | None
    unmarked: tuple[date, ...]
    offices: tuple[Office, ...]
    members: tuple[MemberLine, ...]
    changes: tuple[ChangeLine, ...]
    meetings: tuple[date, ...]
    missed: int
    quiet: tuple[QuietLine, ...]
    not_asked: tuple[Words, ...]
    criteria: tuple[CriterionLine, ...]
    reviews: tuple[PastReview, ...]

    @property
    def guests(self) -> tuple[MemberLine, ...]:
        """The guests of other clusters."""
        return tuple(member for member in self.members if member.kind == "guest")

    @property
    def own(self) -> tuple[MemberLine, ...]:
        """The members of the cluster itself."""
        return tuple(member for member in self.members if member.kind != "guest")

    @property
    def ending(self) -> tuple[Office, ...]:
        """The offices that end soon."""
        return tuple(office for office in self.offices if office.ends_soon)


def group_page(cluster: Cluster, group: Group, as_at: date, today: date, missed: int = 2) -> GroupPage:
    """The page of a group; who missed its last so many meetings or more has gone quiet."""
    held = held_meetings(cluster, group.id, as_at)
    noted = tuple(meeting for meeting in held if Roll(cluster, meeting).is_kept)
    above = cluster.groups.get(group.reports_to or "")
    following = next_meeting(cluster, group.id, as_at)
    return GroupPage(
        imprint=imprint(cluster, today, group),
        id=group.id,
        name=group.name.words,
        kind=group.kind,
        purpose=group.purpose.words if group.purpose else Words(),
        reports_to=above.name.words if above else Words(),
        meets=group.meets or "",
        started=group.started,
        ended=group.ended,
        review_by=group.review_by,
        review_is_due=is_review_due(cluster, group, as_at),
        state=state_of(cluster, group, as_at),
        as_at=as_at,
        last=held[-1].date if held else None,
        next=following.date if following else None,
        unmarked=unmarked_meetings(cluster, group.id, as_at),
        offices=offices(cluster, group, as_at),
        members=member_lines(cluster, group, as_at, noted, SHOWN),
        changes=changes(cluster, group, as_at),
        meetings=tuple(meeting.date for meeting in noted[-SHOWN:]),
        missed=missed,
        quiet=quiet_members(cluster, group, as_at, noted, missed),
        not_asked=tuple(_not_asked(cluster, group, as_at)),
        criteria=criteria_of(group, as_at),
        reviews=reviews_of(cluster, group, as_at),
    )


def _not_asked(cluster: Cluster, group: Group, as_at: date) -> Iterator[Words]:
    """The schools of the cluster that have no place in a group on a day, by id."""
    asked = schools_on(cluster, group, as_at)
    for id, school in cluster.schools.items():
        if id not in asked and school.belongs(as_at):
            yield school.name.words
