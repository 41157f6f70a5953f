"""A rota as the search leaves it: the visits, and what was proved about them. Plain frozen values, by the ids of the files."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sigctl.records.rota import State


class Status(StrEnum):
    """What is known: the plan is the best there is, it keeps every rule, there is none, or the search ended too early to tell."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PlannedStage:
    """A step of a review: the stage's id, the day by which it is due or on which it is held, and who leads it."""

    id: str
    day: date
    facilitators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """One visit: host, days in order, the lead, and the team with the lead in it, by id; and how far it has come.

    The state is that of the rota before, where the visit stands there with the same days and team. `reserves` stand in for a
    member that cannot come.
    """

    host: str
    dates: tuple[date, ...]
    lead: str
    team: tuple[str, ...]
    state: State = "planned"
    reserves: tuple[str, ...] = ()
    stages: tuple[PlannedStage, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalResult:
    """What a plan reaches for a goal, and the bound that no rota can pass: days for fairness, kilometres for travel, pairs, wishes."""

    name: str
    value: float
    bound: float


@dataclass(frozen=True, slots=True)
class Source:
    """A record of the files that has part in a conflict: its kind, its id, and the path in it."""

    kind: str
    id: str
    path: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Demand:
    """One of the things that a conflict holds against each other: its rule, in words, and where the files ask for it."""

    rule: str
    text: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """One reason why no rota exists: the rule that cannot be kept, in words, the records that have part in it, and what to do.

    Where it was found by solving, its `demands` cannot all be met, and that was solved for once more with them alone. Then
    none of them can be left out if the conflict `is_tight`, and no fewer about the same visits conflict if it `is_smallest`.
    """

    rule: str
    text: str
    sources: tuple[Source, ...] = ()
    advice: str = ""
    demands: tuple[Demand, ...] = ()
    is_tight: bool = False
    is_smallest: bool = False


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A single change that was solved for, in words, and where in the files it would be made.

    With one that `is_enough` there is a rota of the whole cycle; with another, this conflict alone is settled.
    """

    rule: str
    text: str
    sources: tuple[Source, ...] = ()
    is_enough: bool = True


@dataclass(frozen=True, slots=True)
class Bar:
    """What keeps somebody from a visit, given the rest of a rota: the rule, and in words with dates."""

    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class NearPerson:
    """Somebody who could almost join a visit: by id, from how far in kilometres, and what bars them on the best day for it.

    Without a bar, the person could come on that day, and others are missing.
    """

    person: str
    kilometres: float
    day: date | None
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A visit that a rota in part leaves out: its host, what bars it from any day whoever comes, and the people nearest to it.

    `lacks` are the kinds of people of whom too few could go, each with what bars the others of that kind.
    """

    host: str
    bars: tuple[Bar, ...] = ()
    nearest: tuple[NearPerson, ...] = ()
    lacks: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What the search found for a cycle. Visits stand by date; an infeasible plan has conflicts and no visits.

    `relaxations` are single changes that would make a rota possible, the easiest first. A plan with visits that are `left_out`
    is a rota in part: with `most_visits`, it was proved that no rota of the cycle holds more of them.
    `notes` are sentences on what could not be filled: stages without a day or without people, visits without a reserve.
    """

    cycle: str
    status: Status
    goals: tuple[GoalResult, ...] = ()
    visits: tuple[PlannedVisit, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    most_visits: bool = False
    notes: tuple[str, ...] = ()
