"""What the search needs to know of a cycle: whole numbers and tuples, and the ids to name things again.

A day is counted from `origin`; a set of days is a whole number whose bit d stands for day d. Schools, reviewers and visits are
counted in the order of their ids, so that the order of the files cannot matter. Knows no rule and no solver.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from sigctl.records import Goal, Rules

Days = int
"""A set of days: bit d is set where day d belongs to it."""
EVERY: Final[Days] = -1
"""Every day there is."""


@dataclass(frozen=True, slots=True)
class School:
    """A school: its own limit of people out on a day if it has one, days carried over, what it is, and reviewers.

    What those gave and took in settled visits who are no reviewers any more is among the days carried over. `last_team` are the
    schools whose people were in the team that visited it the last time, in an earlier cycle.
    """

    id: str
    max_out: int | None = None
    carried: int = 0
    trust: str | None = None
    welsh: bool = False
    reviewers: tuple[int, ...] = ()
    authority: str | None = None
    phase: str | None = None
    pupils: int | None = None
    last_team: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who may be in a team: home school, level, own limit of visits, and the days on which they can be out.

    `conflicts` are schools that the person may not review; `reviewed` says how many cycles ago they were last at a school. A
    `novice` is a trainee who was never in a team. Days that are `wished`, and schools that are not, bind nobody.
    """

    id: str
    school: int
    level: str = "lead"
    welsh: bool = False
    expertise: frozenset[str] = frozenset()
    max_visits: int | None = None
    free: Days = 0
    conflicts: frozenset[int] = frozenset()
    reviewed: tuple[tuple[int, int], ...] = ()
    novice: bool = False
    wished: Days = EVERY
    unwished: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit to plan: its host, length in days, size of team, foci, the days on which it may be, and what is fixed.

    `members` must be among the team; so must `strangers`, by id, who cannot be, since they are no reviewers. A `settled` visit
    has taken place: its start and team stand as they are and no rule judges them, but they count for what else its people and
    schools do. A `locked` one was published and people know of it: its start and its members hold the whole of it, and rules
    judge it. `entry` is its place in the cycle's list of visits. The host would like all its days to be among the `wished`.

    Of a settled visit `gone` are those of its team, by id, who are no reviewers any more, and `held` the days on which it took
    place, where they were no run of days; none where they were.
    """

    host: int
    days: int = 2
    team: int = 3
    focus: tuple[str, ...] = ()
    open: Days = 0
    start: int | None = None
    members: tuple[int, ...] = ()
    strangers: tuple[str, ...] = ()
    settled: bool = False
    entry: int = 0
    wished: Days = EVERY
    locked: bool = False
    gone: tuple[str, ...] = ()
    held: Days = 0

    @property
    def late(self) -> Days:
        """The days of a settled visit that lie outside its run of days from its first one."""
        return self.held & ~(((1 << self.days) - 1) << self.start) if self.held and self.start is not None else 0


@dataclass(frozen=True)
class Case:
    """A cycle to plan. `tenths[a][b]` is the distance between two schools in tenths of a kilometre.

    In a `wary` one visits keep away from the late days of settled ones, even where there would be room for one more.
    """

    cycle: str
    origin: date
    schools: tuple[School, ...]
    reviewers: tuple[Reviewer, ...]
    visits: tuple[Visit, ...]
    tenths: tuple[tuple[int, ...], ...]
    rules: Rules = field(default_factory=Rules)
    goals: tuple[Goal, ...] = ()
    wary: bool = False

    def day(self, index: int) -> date:
        """The date of a day."""
        return self.origin + timedelta(index)

    def starts(self, visit: Visit) -> Days:
        """The first days on which a visit's whole run of days is open; the fixed one alone where there is one."""
        run = visit.open
        for later in range(1, visit.days):
            run &= visit.open >> later
        return run if visit.start is None else run & (1 << visit.start)

    def days_from(self, visit: int, start: int) -> tuple[int, ...]:
        """The days of a visit that begins on a day; of a settled one those on which it took place."""
        held = self.visits[visit].held
        if held:
            return tuple(day for day in range(held.bit_length()) if held >> day & 1)
        return tuple(range(start, start + self.visits[visit].days))

    @cached_property
    def broken_up(self) -> tuple[Visit, ...]:
        """The settled visits that took place on days that do not follow each other."""
        return tuple(visit for visit in self.visits if visit.late)

    def hosts(self) -> dict[int, int]:
        """The visit of each school that is host."""
        return {visit.host: index for index, visit in enumerate(self.visits)}


def firsts(free: Days, length: int) -> Days:
    """The days from which a run of a length lies wholly among free days."""
    run = free
    for later in range(1, length):
        run &= free >> later
    return run
