"""Who belongs to a group on a day, who holds which office, who came and went, and of whom nothing has been heard for long."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from sigctl.cluster import Cluster
from sigctl.cluster.membership import OFFICES, Seat, belonging, seat_of, seats_on
from sigctl.cluster.mergers import successor_on
from sigctl.records import Group, Meeting
from sigctl.records.group import Member as Membership
from sigctl.records.group import Officer
from sigctl.reports.groups.attendance import ATTENDED, Mark, Roll, Tally, tally
from sigctl.reports.who import Member, enrolled, who
from sigctl.words import Words

SOON: Final = timedelta(92)
"""How long beforehand the end of an office is told: about a term."""
YEAR: Final = timedelta(365)
"""For how long it is told who came and went."""

Silence = Literal["no_word", "apologies", "mixed"]
"""How somebody missed all of the last meetings: without a word each time, with apologies each time, or now one and now the other."""

_NONE: Final = Tally()


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member on a day: what kind, since when, until when where that is settled; what was noted of them at the last meetings.

    A mark is None where they were not asked, or where it was not noted who came; of guests nothing is noted. `merged` is the school
    that gave its place to this one.
    """

    kind: Literal["person", "school", "guest"]
    id: str
    name: Member
    since: date | None
    until: date | None
    marks: tuple[Mark | None, ...] = ()
    tally: Tally = _NONE
    merged: Words | None = None


@dataclass(frozen=True, slots=True)
class QuietLine:
    """A member who missed the last meetings to which they were asked: how many in a row, how, and when they were there last."""

    member: MemberLine
    missed: int
    how: Silence
    last_seen: date | None


@dataclass(frozen=True, slots=True)
class Office:
    """An office on a day: who holds it, since when and until when; nobody where it is vacant since then."""

    office: str
    name: Member | None
    since: date | None
    until: date | None
    ends_soon: bool = False

    @property
    def has_word(self) -> bool:
        """Whether it is one of the usual offices, for which there is a word in each language."""
        return self.office in OFFICES


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """Somebody who came into a group or left it, and when; `merged` names the school of which theirs became a part."""

    name: Member
    on: date
    has_joined: bool
    merged: Words | None = None


def member_lines(cluster: Cluster, group: Group, as_at: date, meetings: Sequence[Meeting], shown: int) -> tuple[MemberLine, ...]:
    """The members on a day, in the order of the file, with their marks at the last so many of the meetings held."""
    register = _Register(cluster, group, as_at, tuple(Roll(cluster, meeting) for meeting in meetings))
    found: dict[tuple[str, str], MemberLine] = {}
    for number, member in enumerate(belonging(cluster, group, as_at)):
        line = register.line(member, shown)
        found.setdefault((line.kind, line.id or str(number)), line)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Register:
    """A group on a day, with the rolls of its meetings."""

    cluster: Cluster
    group: Group
    as_at: date
    rolls: tuple[Roll, ...]

    def line(self, member: Membership, shown: int) -> MemberLine:
        """A member, with the marks at the last so many meetings."""
        name, seat = enrolled(self.cluster, member, self.as_at), seat_of(self.cluster, member, self.as_at)
        if seat is None:
            return MemberLine("guest", "", name, member.first, member.last)
        marks = tuple(_mark(roll, self.group, seat) for roll in self.rolls)
        merged = self.cluster.schools[member.school].name.words if member.school and member.school != seat.id else None
        return MemberLine(seat.kind, seat.id, name, member.first, member.last, marks[-shown:] if shown else (), tally(marks), merged)


def _mark(roll: Roll, group: Group, seat: Seat) -> Mark | None:
    return roll.of(seat) if seat in seats_on(roll.cluster, group, roll.meeting.date) else None


def quiet_members(cluster: Cluster, group: Group, as_at: date, meetings: Sequence[Meeting], missed: int) -> tuple[QuietLine, ...]:
    """The members who missed the last so many meetings or more, those without a word first.

    Only meetings count to which they were asked and at which it was noted who came. In a group that has ended nobody is missed.
    """
    if group.ended and group.ended < as_at:
        return ()
    rolls = [Roll(cluster, meeting) for meeting in meetings]
    lines = (_quiet(line, rolls) for line in member_lines(cluster, group, as_at, meetings, len(meetings)) if line.kind != "guest")
    order = ("no_word", "mixed", "apologies")
    found = [line for line in lines if line.missed >= missed]
    return tuple(sorted(found, key=lambda line: (order.index(line.how), -line.missed, line.member.id)))


def _quiet(line: MemberLine, rolls: Sequence[Roll]) -> QuietLine:
    known = [(roll.meeting.date, mark) for roll, mark in zip(rolls, line.marks, strict=True) if mark]
    last = next((day for day, mark in reversed(known) if mark in ATTENDED), None)
    lost = [mark for day, mark in known if last is None or day > last]
    sorry = [mark == "apologies" for mark in lost]
    return QuietLine(line, len(lost), "apologies" if all(sorry) else "mixed" if any(sorry) else "no_word", last)


def offices(cluster: Cluster, group: Group, as_at: date) -> tuple[Office, ...]:
    """The offices of a group on a day, in the order of the file: those that are held, and those that somebody held before."""
    found: dict[str, list[Office]] = {}
    for office in dict.fromkeys(officer.office for officer in group.officers):
        terms = [officer for officer in group.officers if officer.office == office]
        held = [officer for officer in terms if officer.holds(as_at)]
        gone = [officer.last for officer in terms if officer.last and officer.last < as_at]
        vacant = [Office(office, None, max(gone) + timedelta(1), None)] if gone and not held else []
        found[office] = [_office(cluster, terms, officer, as_at) for officer in held] or vacant
    return tuple(line for lines in found.values() for line in lines)


def _office(cluster: Cluster, terms: Sequence[Officer], officer: Officer, as_at: date) -> Office:
    """An office in somebody's hands; it does not end where they go on in it, or where somebody else takes it over at once."""
    follows = any(other.first and officer.last and other.first == officer.last + timedelta(1) for other in terms)
    soon = officer.last is not None and officer.last <= as_at + SOON and not follows
    return Office(officer.office, who(cluster, officer.person, as_at), officer.first, officer.last, soon)


def changes(cluster: Cluster, group: Group, as_at: date) -> tuple[ChangeLine, ...]:
    """Who came and who went in the year up to a day, by date; those with whom the group began are not told."""
    found = sorted(_changes(cluster, group), key=lambda change: change.on)
    begun = group.started or date.min
    return tuple(each for each in found if as_at - YEAR < each.on <= as_at and not (each.has_joined and each.on <= begun))


def _changes(cluster: Cluster, group: Group) -> Iterator[ChangeLine]:
    for member in group.members:
        if member.first:
            yield ChangeLine(enrolled(cluster, member, member.first), member.first, has_joined=True)
        last = _gone(cluster, group, member)
        if last:
            after = successor_on(cluster, member.school or "", last + timedelta(1))
            merged = cluster.schools[after].name.words if member.school and after != member.school else None
            yield ChangeLine(enrolled(cluster, member, last), last, has_joined=False, merged=merged)


def _gone(cluster: Cluster, group: Group, member: Membership) -> date | None:
    """The last day of a membership: as the group says, or as the school left the cluster."""
    school = cluster.schools.get(member.school or "")
    days = [day for day in (member.last, school.left if school else None) if day]
    last = min(days, default=None)
    return None if last is None or last == group.ended else last
