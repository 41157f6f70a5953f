"""All groups in a table: what each is, who chairs it, how many belong to it, when it met and meets, and how it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sigctl.cluster import Cluster
from sigctl.cluster.membership import leader_on, members_on, seats_on
from sigctl.records import Group
from sigctl.reports.groups.attendance import held_meetings
from sigctl.reports.groups.members import QuietLine, quiet_members
from sigctl.reports.groups.state import STATES, State, next_meeting, state_of
from sigctl.reports.imprint import Imprint, imprint
from sigctl.reports.who import Member, who
from sigctl.words import Words


@dataclass(frozen=True, slots=True)
class Head:
    """Who leads a group: as chair or convenor, and since when, where the files say so."""

    office: str
    name: Member
    since: date | None


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group in the table of all; its members are people and schools, `guests` come from other clusters."""

    id: str
    name: Words
    kind: str
    head: Head | None
    members: int
    guests: int
    meets: str
    last: date | None
    next: date | None
    review_by: date | None
    state: State
    quiet: tuple[QuietLine, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupsPage:
    """All groups as they stand on a day, kind by kind; who missed the last `missed` meetings of one has gone quiet there."""

    imprint: Imprint
    cluster: Words
    as_at: date
    groups: tuple[GroupRow, ...]
    missed: int = 2

    @property
    def states(self) -> tuple[tuple[State, int], ...]:
        """How many groups there are in each state, those first that ask for something."""
        counts = ((state, sum(group.state == state for group in self.groups)) for state in STATES)
        return tuple((state, number) for state, number in counts if number)

    @property
    def has_quiet(self) -> bool:
        """Whether anybody has gone quiet in any group."""
        return any(group.quiet for group in self.groups)

    def of_state(self, state: State) -> tuple[GroupRow, ...]:
        """The groups in a state."""
        return tuple(group for group in self.groups if group.state == state)


def groups_page(cluster: Cluster, as_at: date, today: date, missed: int = 2) -> GroupsPage:
    """The table of all groups."""
    rows = tuple(_row(cluster, group, as_at, missed) for group in in_order(cluster))
    return GroupsPage(imprint(cluster, today), cluster.settings.cluster.name.words, as_at, rows, missed)


def in_order(cluster: Cluster) -> Iterator[Group]:
    """All groups: those that lead first, then working groups, then seminars; those of a kind by their English names."""
    kinds = ("strategic", "steering", "board", "working", "seminar")
    yield from sorted(cluster.groups.values(), key=lambda group: (kinds.index(group.kind), group.name.said("en").casefold(), group.id))


def _row(cluster: Cluster, group: Group, as_at: date, missed: int) -> GroupRow:
    held, following = held_meetings(cluster, group.id, as_at), next_meeting(cluster, group.id, as_at)
    return GroupRow(
        id=group.id,
        name=group.name.words,
        kind=group.kind,
        head=head_of(cluster, group, as_at),
        members=len(seats_on(cluster, group, as_at)),
        guests=sum(member.guest is not None for member in members_on(group, as_at)),
        meets=group.meets or "",
        last=held[-1].date if held else None,
        next=following.date if following else None,
        review_by=group.review_by,
        state=state_of(cluster, group, as_at),
        quiet=quiet_members(cluster, group, as_at, held, missed),
    )


def head_of(cluster: Cluster, group: Group, as_at: date) -> Head | None:
    """The chair of a group on a day, or else its convenor."""
    leader = leader_on(group, as_at)
    if leader is None:
        return None
    return Head(leader.office, who(cluster, leader.person, as_at), leader.first)
