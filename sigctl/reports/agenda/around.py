"""What lies around a meeting: the one before and the one after, who chairs it, its half term, the groups that report to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sigctl.cluster import Cluster
from sigctl.cluster.membership import chair_of, earlier_than, later_than
from sigctl.records import Group, Meeting
from sigctl.reports.dates import Circle, circle
from sigctl.reports.half_terms import Half, after, half_of, halves_of
from sigctl.reports.who import Member, who


@dataclass(frozen=True)
class Around:
    """A meeting and what lies around it, as known on a day."""

    cluster: Cluster
    meeting: Meeting
    as_of: date

    @cached_property
    def group(self) -> Group:
        """The group that meets."""
        return self.cluster.groups[self.meeting.group]

    @property
    def day(self) -> date:
        """The day of the meeting."""
        return self.meeting.date

    @property
    def as_at(self) -> date:
        """The day on which the agenda is looked at, or that of the meeting: what is over stays as it was."""
        return min(self.as_of, self.day)

    @cached_property
    def last(self) -> Meeting | None:
        """The meeting before this one."""
        return next(self.earlier, None)

    @property
    def earlier(self) -> Iterator[Meeting]:
        """The meetings before this one, the last first; on the same day as well."""
        return earlier_than(self.cluster, self.meeting)

    @cached_property
    def next(self) -> Meeting | None:
        """The meeting after this one."""
        return next(later_than(self.cluster, self.meeting), None)

    @cached_property
    def circle(self) -> Circle:
        """Who belongs to the group on the day."""
        return circle(self.cluster, self.group, self.day)

    @cached_property
    def half(self) -> Half | None:
        """The half term of the meeting, as most of its schools have it."""
        return half_of(self.cluster, self.circle.schools, self.day)

    @cached_property
    def next_half(self) -> Half | None:
        """The half term after that."""
        return after(halves_of(self.cluster), self.half) if self.half else None

    @cached_property
    def horizon(self) -> date:
        """Up to when this meeting has to look ahead: the day of the next one, or else the end of the next half term."""
        if self.next:
            return self.next.date
        return self.next_half.last if self.next_half else self.day + timedelta(60)

    @cached_property
    def since(self) -> date:
        """From when on there is something new: the day of the last meeting, or else three months ago."""
        return self.last.date if self.last else self.day - timedelta(90)

    @cached_property
    def chair(self) -> Member | None:
        """Who chairs the meeting."""
        return self.person(chair_of(self.cluster, self.meeting))

    @cached_property
    def below(self) -> tuple[Group, ...]:
        """All groups that report here, directly or through others, in the order of their ids."""
        found, above = [], {self.group.id}
        while reached := [each for each in self.cluster.groups.values() if each.reports_to in above and each.id not in above]:
            found += reached
            above |= {each.id for each in reached}
        return tuple(sorted(found, key=lambda group: group.id))

    def person(self, id: str | None) -> Member | None:
        """Somebody as they are called on the day of the meeting."""
        return who(self.cluster, id, self.day) if id and id in self.cluster.people else None
