"""The working groups' report: what each is for, who came, what it has made, what it has reached, and what is to become of it.

It is what the cluster looks at to ask whether a group has reached the end of its usefulness.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sigctl.cluster import Cluster
from sigctl.records import Group
from sigctl.reports.groups.attendance import Tally, Turnout, came_besides, held_meetings, turnouts
from sigctl.reports.groups.criteria import CriterionLine, CriterionState, criteria_of
from sigctl.reports.groups.overview import Head, head_of
from sigctl.reports.groups.state import PastReview, State, is_review_due, next_meeting, reviews_of, state_of
from sigctl.reports.imprint import Imprint, imprint
from sigctl.words import Words


@dataclass(frozen=True, slots=True)
class OutputLine:
    """Something that a group has made or done, and when it was there."""

    on: date
    name: Words


@dataclass(frozen=True, slots=True)
class GroupSection:
    """One group's part of the report. `besides` are schools that came without being members, each with how often."""

    id: str
    name: Words
    purpose: Words
    kind: str
    head: Head | None
    started: date | None
    ended: date | None
    meets: str
    review_by: date | None
    review_is_due: bool
    state: State
    meetings: tuple[date, ...]
    next: date | None
    turnouts: tuple[Turnout, ...]
    besides: tuple[tuple[Words, int], ...]
    outputs: tuple[OutputLine, ...]
    criteria: tuple[CriterionLine, ...]
    review: PastReview | None
    as_at: date

    @property
    def most(self) -> int:
        """The most meetings to which a school was asked."""
        return max((each.tally.asked for each in self.turnouts), default=0)

    @property
    def attendance(self) -> Tally:
        """All schools together."""
        return sum((each.tally for each in self.turnouts), Tally())

    @property
    def standings(self) -> tuple[tuple[CriterionState, int], ...]:
        """How many criteria are met, partly met and so on; those that do not occur are left out."""
        found = Counter(criterion.standing for criterion in self.criteria)
        return tuple((standing, found[standing]) for standing in _STANDINGS if found[standing])

    @property
    def drawn(self) -> tuple[CriterionLine, ...]:
        """The criteria of which there is something to draw."""
        return tuple(criterion for criterion in self.criteria if criterion.can_be_drawn)


_STANDINGS: tuple[CriterionState, ...] = ("met", "partly", "not_met", "unclear", "no_reading")


@dataclass(frozen=True, slots=True)
class WorkingGroupsReport:
    """The report on some groups as they stand on a day, with what happened since another day, or ever."""

    imprint: Imprint
    cluster: Words
    as_at: date
    since: date | None
    groups: tuple[GroupSection, ...]

    @property
    def due(self) -> tuple[GroupSection, ...]:
        """The groups whose review is overdue, the longest first."""
        return tuple(sorted((group for group in self.groups if group.review_is_due), key=lambda group: (group.review_by, group.id)))

    @property
    def are_working(self) -> bool:
        """Whether it is about several groups, all of them working groups."""
        return len(self.groups) > 1 and all(group.kind == "working" for group in self.groups)


def working_groups(cluster: Cluster, groups: Sequence[Group], as_at: date, today: date, since: date | None = None) -> WorkingGroupsReport:
    """The report on some groups, in the order in which they are given."""
    sections = tuple(_section(cluster, group, as_at, since) for group in groups)
    return WorkingGroupsReport(imprint(cluster, today), cluster.settings.cluster.name.words, as_at, since, sections)


def _section(cluster: Cluster, group: Group, as_at: date, since: date | None) -> GroupSection:
    held = held_meetings(cluster, group.id, as_at, since)
    reviews = reviews_of(cluster, group, as_at)
    outputs = sorted((each for each in group.outputs if (since or date.min) <= each.on <= as_at), key=lambda each: each.on)
    following = next_meeting(cluster, group.id, as_at)
    return GroupSection(
        id=group.id,
        name=group.name.words,
        purpose=group.purpose.words if group.purpose else Words(),
        kind=group.kind,
        head=head_of(cluster, group, as_at),
        started=group.started,
        ended=group.ended if group.ended and group.ended <= as_at else None,
        meets=group.meets or "",
        review_by=group.review_by,
        review_is_due=is_review_due(cluster, group, as_at),
        state=state_of(cluster, group, as_at),
        meetings=tuple(meeting.date for meeting in held),
        next=following.date if following else None,
        turnouts=turnouts(cluster, group, held, as_at),
        besides=came_besides(cluster, group, held),
        outputs=tuple(OutputLine(each.on, each.text.words) for each in outputs),
        criteria=criteria_of(group, as_at),
        review=reviews[-1] if reviews else None,
        as_at=as_at,
    )
