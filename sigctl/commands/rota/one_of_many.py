"""One workspace of many, planned without a word: what `sigctl rota` would do there, as a value that can travel between processes.

Runs in the process or on the machine that was asked to; prints nothing and never raises.
"""

import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.messages import counted
from sigctl.rota.plan import Plan, Status
from sigctl.rota.progress import Progress


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of each workspace: the options of `sigctl rota`. The time limit is in seconds, for each by itself."""

    cycle: str | None = None
    seed: int = 0
    time_limit: float | None = None
    replace: bool = False
    dry_run: bool = False
    today: date | None = None
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A workspace to plan: its number among all, its name, the folder, and what is wanted."""

    number: int
    workspace: str
    folder: str
    wish: Wish


@dataclass(frozen=True, slots=True)
class Answer:
    """How it went: the exit code of the single run, its JSON where it had any, what became of the draft, or what is wrong."""

    workspace: str
    code: int
    told: Mapping[str, Any] = field(default_factory=dict)
    wrote: str = ""
    trouble: str = ""

    @property
    def status(self) -> str:
        """How the plan is, or why there is none."""
        known: str | None = self.told.get("status")
        return known or _WITHOUT_PLAN.get(self.code, "failed")


Ear = Callable[[Progress], bool]
"""Hears how far a search is, and answers whether to stop."""

_WITHOUT_PLAN: Mapping[int, str] = {
    ExitCode.PROBLEMS: "left alone",
    ExitCode.USAGE: "not planned",
    ExitCode.INVALID: "invalid",
    ExitCode.LOCKED: "locked",
    ExitCode.INTERRUPTED: "stopped",
}


def planned(task: Task, ear: Ear | None = None) -> Answer:
    """Plan one workspace and write its draft."""
    from sigctl.commands.errors import CommandError
    from sigctl.commands.holding import held

    try:
        with nullcontext() if task.wish.dry_run else held(Path(task.folder), "sigctl rota --all"):
            return _planned(task, ear or (lambda _: False))
    except CommandError as wrong:
        return Answer(task.workspace, wrong.code, trouble=wrong.message)
    except OSError as trouble:
        return Answer(task.workspace, ExitCode.SYSTEM, trouble=f"{trouble.filename or 'a file'}: {trouble.strerror or trouble}")
    except Exception as mistake:  # whatever it is, the other workspaces are planned
        return Answer(task.workspace, ExitCode.INTERNAL, trouble=_confession(mistake))


def _planned(task: Task, ear: Ear) -> Answer:
    from sigctl.checks import ABOUT_ROTAS
    from sigctl.commands import options
    from sigctl.commands.opening import inspected, stops
    from sigctl.commands.rota.choosing import cycle_with_visits
    from sigctl.commands.rota.drafting import guard, keep
    from sigctl.commands.rota.formats import rota_json
    from sigctl.rota.life.draft import draft_file
    from sigctl.rota.planning import plan_rota

    wish = task.wish
    cluster, found = inspected(Path(task.folder))
    problems = [each for each in found if each.mistake not in ABOUT_ROTAS]
    if stops(problems, strict=False):
        errors = [each for each in problems if each.is_error]
        return Answer(task.workspace, ExitCode.INVALID, trouble=f"{errors[0].place}: {errors[0].message}{_others(len(errors))}")
    today = options.today_in(cluster.settings.cluster.time_zone, wish.today)
    cycle = cycle_with_visits(cluster, wish.cycle, today)
    file = draft_file(cycle.id)
    if not wish.dry_run:
        guard(cluster, cycle, cluster.folder / file, wish.replace)
    listener = _Listener(ear, wish.time_limit)
    plan = plan_rota(cluster, cycle, seed=wish.seed, progress=listener, today=today, partly=wish.partly)
    told = rota_json(plan, cluster, listener.seconds)
    if not plan.visits:
        return Answer(task.workspace, _code_without_visits(plan, listener), told, trouble=_why_none(plan, was_stopped=listener.was_stopped))
    wrote = _left_out(plan) + (f"would write {file}" if wish.dry_run else _did(keep(plan, cluster).value, file))
    return Answer(task.workspace, _code_with_visits(plan, listener), told, wrote)


def _left_out(plan: Plan) -> str:
    """How many visits a rota leaves out, before what was written."""
    return f"{counted(len(plan.left_out), 'visit')} left out; " if plan.left_out else ""


def _did(what: str, file: str) -> str:
    """What became of a draft, in words."""
    return {"new": f"wrote {file}", "changed": f"replaced {file}"}.get(what, f"{file} is as it was")


class _Listener:
    """Passes progress on, and ends the search when its time is over or somebody wants it to end."""

    def __init__(self, ear: Ear, limit: float | None) -> None:
        self.was_stopped = False
        self._ear = ear
        self._limit = limit
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        """How long the search has taken."""
        return time.monotonic() - self._began

    def __call__(self, progress: Progress) -> bool:
        """Whether to stop."""
        self.was_stopped = self.was_stopped or self._ear(progress)
        return self.was_stopped or (self._limit is not None and self.seconds > self._limit)


def _code_with_visits(plan: Plan, listener: _Listener) -> ExitCode:
    if listener.was_stopped:
        return ExitCode.INTERRUPTED
    return ExitCode.PARTLY if plan.left_out else ExitCode.DONE


def _code_without_visits(plan: Plan, listener: _Listener) -> ExitCode:
    if plan.status is Status.INFEASIBLE:
        return ExitCode.NO_ROTA
    return ExitCode.INTERRUPTED if listener.was_stopped else ExitCode.PARTLY


def _why_none(plan: Plan, *, was_stopped: bool) -> str:
    """The first reason why no rota exists, and how many more there are; or that none was found in time."""
    if plan.conflicts:
        return plan.conflicts[0].text + _others(len(plan.conflicts))
    return "stopped before a rota was found" if was_stopped else "no rota was found in the time given"


def _others(number: int) -> str:
    """How many more there are than the one that was told."""
    return f" (and {number - 1} more)" if number > 1 else ""


def _confession(mistake: Exception) -> str:
    """A mistake of ours, without anything that stands in the files."""
    frames = traceback.extract_tb(mistake.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "an unknown place"
    return f"sigctl made a mistake of its own: {type(mistake).__name__} in {place}"
