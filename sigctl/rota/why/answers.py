"""Why a visit is as it is, as values: who else could have gone, when else, and what it would have cost."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sigctl.rota.plan import Bar


class Outcome(StrEnum):
    """What is known of another choice: what it costs; that a rule bars it; that no rota has it; or nothing, for want of time."""

    COSTS = "costs"
    BARRED = "barred"
    IMPOSSIBLE = "impossible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Score:
    """What a goal scores in the rota (`held`), and in the best rota with another choice: days, kilometres, or what the goal counts."""

    goal: str
    held: float
    then: float


@dataclass(frozen=True, slots=True)
class Choice:
    """Another choice, and what would come of it: the scores where it costs something or nothing, the bars where it is barred.

    Of an impossible one, the bars are demands that cannot all be met with it, where any were found.
    """

    outcome: Outcome
    scores: tuple[Score, ...] = ()
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """Somebody else, at so many kilometres from the host, in a member's place."""

    person: str
    kilometres: float
    choice: Choice


@dataclass(frozen=True, slots=True)
class MemberWhy:
    """A member of the team, and the nearest people who are not in it. One who `is_fixed` is in it because a person said so."""

    person: str
    kilometres: float
    is_lead: bool
    is_fixed: bool
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class DateWhy:
    """First days in a row that are alike: what stands against them with this team and all else as it is; nothing, if no bars.

    Without bars, the scores say what the move alone would change.
    """

    first: date
    last: date
    bars: tuple[Bar, ...] = ()
    scores: tuple[Score, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekWhy:
    """Another week, by its Monday, and what the best rota would cost in which the visit begins then, with whatever team."""

    monday: date
    choice: Choice


@dataclass(frozen=True, slots=True)
class Why:
    """Why a visit is as it is. `is_best` says whether the whole rota was proved to be the best; None where that is not known.

    A visit that is done has no other choices. With a `start_is_fixed`, a person chose the day.
    """

    cycle: str
    host: str
    dates: tuple[date, ...]
    scores: tuple[tuple[str, float], ...]
    is_best: bool | None = None
    is_done: bool = False
    start_is_fixed: bool = False
    members: tuple[MemberWhy, ...] = ()
    dates_else: tuple[DateWhy, ...] = ()
    weeks: tuple[WeekWhy, ...] = ()
