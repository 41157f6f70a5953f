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
    """What a plan reaches for a goal, and the bound that no rota can pass: days for fairness, kilometres for travel."""

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
class Conflict:
    """One reason why no rota exists: the rule that cannot be kept, in words, the records that have part in it, and what to do."""

    rule: str
    text: str
    sources: tuple[Source, ...] = ()
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the search found for a cycle. Visits stand by date; an infeasible plan has conflicts and no visits."""

    cycle: str
    status: Status
    goals: tuple[GoalResult, ...] = ()
    visits: tuple[PlannedVisit, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
