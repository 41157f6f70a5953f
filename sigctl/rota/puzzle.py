"""The search's own picture of a cycle: who can go where and when, as candidates, rows and resources.

Rules write it and the search solves it, so the search knows no rule and a new rule needs no change of the search.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reviewer who may be in the team of a visit: from which school, on which first days, and at what cost.

    The cost is that of the linear goal (travel in tenths of a kilometre).
    """

    visit: int
    reviewer: int
    school: int
    starts: int
    cost: int


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence about teams in numbers: low ≤ sum of the weights of the chosen candidates ≤ high; None is no limit."""

    low: int | None
    high: int | None
    candidates: tuple[int, ...]
    weights: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A visit's use of a resource while it lasts: one for each chosen of the candidates, or one always where they are None."""

    visit: int
    candidates: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Resource:
    """A sentence about dates: on no day (or in no ISO week) do visits claim more than the capacity.

    A claim lasts `gap` days longer than its visit. While the `keeper` lasts, which is a visit, nothing at all may be claimed.
    """

    capacity: int | None
    claims: tuple[Claim, ...]
    gap: int = 0
    weekly: bool = False
    keeper: int | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """A school's balance: the opening figure, plus the days of each chosen candidate.

    `most` is how many visits its people can do in all; `each` how many of them can be in one team.
    """

    school: int
    opening: int
    most: int
    each: int
    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that counts against a rota, of so much cost: a visit that is not as it should be.

    It is as it should be where it begins on one of the `starts` and the `needed` candidates are all in its team. A fault with a
    `when` counts only where that candidate is in the team.
    """

    visit: int
    cost: int
    starts: int = -1
    needed: tuple[int, ...] = ()
    when: int | None = None


@dataclass(frozen=True)
class Puzzle:
    """Candidates in the order of visit and reviewer, and all sentences about them.

    For each visit: its length, the size of its team, its open first days, and whether it is settled, so that it cannot be in
    conflict with another one that is. `weekday` is that of day 0 (Monday is 0). `single` says that two candidates of one
    school exclude each other. `faults` stand by the name of the goal that counts them.
    """

    days: tuple[int, ...]
    team: tuple[int, ...]
    starts: tuple[int, ...]
    settled: tuple[bool, ...]
    weekday: int
    single: bool
    candidates: tuple[Candidate, ...]
    rows: tuple[Row, ...]
    resources: tuple[Resource, ...]
    accounts: tuple[Account, ...]
    faults: Mapping[str, tuple[Fault, ...]] = field(default_factory=dict)

    @cached_property
    def of_visit(self) -> tuple[tuple[int, ...], ...]:
        """The candidates of each visit."""
        found: list[list[int]] = [[] for _ in self.days]
        for index, candidate in enumerate(self.candidates):
            found[candidate.visit].append(index)
        return tuple(map(tuple, found))


@dataclass(frozen=True, slots=True)
class Solution:
    """Chosen candidates and the first day of each visit."""

    chosen: tuple[int, ...]
    starts: tuple[int, ...]
