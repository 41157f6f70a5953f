"""To which programme a visit keeps: the one that is named, or one of the cluster's or ours for as many days.

Ours stand in `programmes.yaml` beside this, written as a cluster writes its own.
"""

from functools import cache
from importlib.resources import files
from typing import Final

from sigctl.cluster.cluster import Cluster
from sigctl.records import Cycle, Programme, ProgrammeDay, Task
from sigctl.source import decoded

_FILE: Final = "programmes.yaml"


def pattern_text() -> str:
    """Our programmes as a file of a workspace."""
    return (files("sigctl.cluster") / _FILE).read_text(encoding="utf-8")


@cache
def patterns() -> tuple[Programme, ...]:
    """Our programmes, for visits of one, two and three days."""
    found = decoded(_FILE, pattern_text().encode("utf-8")).data
    assert isinstance(found, dict)
    assert isinstance(found["programmes"], list)
    return tuple(Programme.model_validate(raw, by_alias=True, by_name=False) for raw in found["programmes"])


def named_programme(cycle: Cycle, host: str) -> str | None:
    """The programme that a cycle names for the visit of a host."""
    visit = next((visit for visit in cycle.visits if visit.host == host), None)
    return (visit and visit.programme) or cycle.visit.programme


def programme_of(cluster: Cluster, cycle: Cycle, host: str, days: int) -> Programme:
    """The programme to which a visit of so many days keeps."""
    named = cluster.programmes.get(named_programme(cycle, host) or "")
    fitting = (each for each in (*cluster.programmes.values(), *patterns()) if len(each.days) == days)
    return named or next(fitting, patterns()[-1])


def days_of(programme: Programme, number: int) -> tuple[ProgrammeDay | None, ...]:
    """A programme on so many days. Its last day stays the last; the days before it are cut short, or None where it lacks them."""
    *before, last = programme.days
    kept: list[ProgrammeDay | None] = list(before[: number - 1])
    return (*kept, *[None] * (number - 1 - len(kept)), last)


def tasks_of(programme: Programme) -> tuple[Task, ...]:
    """What the host sees to: the programme's own list, or else the usual one."""
    own = programme.checklist
    return own if own is not None else next((each.checklist for each in patterns() if each.checklist), ())
