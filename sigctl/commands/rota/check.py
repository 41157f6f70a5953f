"""`sigctl rota check`: every rule that a rota breaks, at its place in the file."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.cluster.cluster import Origin
from sigctl.cluster.rota_file import rotas_in
from sigctl.commands import console, options
from sigctl.commands.check import problem_json
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.opening import opened
from sigctl.commands.rota.choosing import cycle_with_visits, rota_of
from sigctl.records import Cycle, Rota
from sigctl.rota.life.digest import digest
from sigctl.rota.life.draft import Head, head_of
from sigctl.rota.life.judging import Verdict, judged
from sigctl.rota.replan.least_change import LEAST


class Format(StrEnum):
    """How what was found is listed."""

    TEXT = "text"
    JSON = "json"


class Judged(NamedTuple):
    """A rota that was judged, of which cycle and file, and whether the files are those that it was made from."""

    cycle: Cycle
    rota: Rota
    file: str
    verdict: Verdict
    head: Head
    is_fresh: bool


def check(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="A rota file that is not in the workspace, or is.")] = None,
    workspace: options.Workspace = None,
    cycle: options.Cycle = None,
    draft: Annotated[bool, typer.Option("--draft", help="The draft, even where a rota is published.")] = False,
    published: Annotated[bool, typer.Option("--published", help="The published rota, even where there is a draft.")] = False,
    format: Annotated[Format, typer.Option("--format", help="How to list what was found.")] = Format.TEXT,
    today: options.Today = None,
) -> None:
    """Say which rules a rota breaks, each at its place in the file.

    For a rota that was edited or written by hand: the draft, or else the published one, or a file of your own. `by_hand` of the
    cycle says for each rule whether it blocks, is told as a warning, or is let pass. Then says what the rota scores on each
    goal, and how far that is from the best possible, where the head of the file still tells it. Changes nothing.

    Exit code: 0 where it could be published, 1 where a rule blocks, 3 where the files are invalid.

    For example:

        sigctl rota check                     the draft, or else the published rota
        sigctl rota check --published         the rota that people rely on: does it still keep the rules?
        sigctl rota check mine.yaml           a rota in a file of your own
        sigctl rota check --format json       for another program: `format` ("sigctl-rota-check"), `version` (1), `cycle`,
                                              `goals` (each with `name`, `value` and `best`, or null) and `problems`, each
                                              with `code`, `severity`, `message`, `advice`, `file`, `line`, `column`, `length`
    """
    if sum((bool(file), draft, published)) > 1:
        raise CommandError("FILE, --draft and --published exclude each other", "name one of them")
    cluster = opened(workspace, besides=ABOUT_ROTAS)
    day = options.today_in(cluster.settings.cluster.time_zone, today)
    if file:
        found = _of_file(cluster, file, cycle, day)
    else:
        chosen = cycle_with_visits(cluster, cycle, day)
        found = _of_workspace(cluster, chosen, "draft" if draft else "published" if published else "", day)
    if format is Format.JSON:
        console.result(_as_json(found))
    else:
        _as_text(found)
    if found.verdict.blocks:
        raise typer.Exit(ExitCode.PROBLEMS)


def _of_workspace(cluster: Cluster, cycle: Cycle, status: str, today: date) -> Judged:
    rota = rota_of(cluster, cycle, preferring="draft") if not status else cluster.rota(cycle.id, status)
    if rota is None:
        advice = "`sigctl rota` plans one" if status == "draft" else "`sigctl rota publish` publishes the draft"
        raise CommandError(f"{cycle.id} has no {status} rota", advice, ExitCode.PROBLEMS)
    return _judged(cluster, rota, cluster.origins["rotas", f"{cycle.id} {rota.status}"], today)


def _of_file(cluster: Cluster, file: Path, cycle: str | None, today: date) -> Judged:
    """The rota in a file, whether the workspace reads it or not; of the cycle that was named, where it holds several."""
    if not file.is_file() and (cluster.folder / file).is_file():
        file = cluster.folder / file
    if not file.is_file():
        raise CommandError(f"there is no file {file}", "check its name")
    rotas, problems = rotas_in(cluster, file)
    if any(each.is_error for each in problems):
        console.list_problems(problems, sys.stderr)
        raise typer.Exit(ExitCode.INVALID)
    wanted = [(rota, origin) for rota, origin in rotas if cycle in (None, rota.cycle)]
    if len(wanted) != 1:
        many = f"{file} holds {len(wanted)} rotas" if wanted else f"{file} holds no rota{f' of {cycle}' if cycle else ''}"
        raise CommandError(many, "name the cycle with --cycle" if wanted else "a rota stands in a file under `rotas:`")
    return _judged(cluster, *wanted[0], today)


def _judged(cluster: Cluster, rota: Rota, origin: Origin, today: date) -> Judged:
    cycle = cluster.cycles[rota.cycle]
    head = head_of(origin.document.text)
    verdict = judged(cluster, cycle, rota, today, origin)
    return Judged(cycle, rota, origin.document.file, verdict, head, head.files in ("", digest(cluster, cycle)))


def _as_text(found: Judged) -> None:
    """What was found, to be read: problems, then the scores."""
    console.list_problems(found.verdict.problems, sys.stdout)
    if console.is_quiet():
        return
    if not found.verdict.problems:
        paint = console.paint_for(sys.stdout)
        console.result(f"{paint('every rule is kept', 'good')} in {found.file}: {len(found.rota.visits)} visits of {found.cycle.id}")
    for line in _scores(found):
        console.result(line)
    if not found.is_fresh:
        console.say(f"the files have changed since {found.file} was made; `sigctl rota` plans anew")


class Measure(NamedTuple):
    """A goal with its value, what it was as planned, and the best possible; nothing where that is not known."""

    name: str
    value: float
    planned: float | None
    best: float | None


def _measures(found: Judged) -> Iterator[Measure]:
    """Each goal, and how far it is from the best, as far as that is known.

    The best of a goal supposes that those before it are as they were planned; after one that is worse it says nothing, nor where
    the rota was planned so that the least of a published one changed.
    """
    goals = found.head.goals if found.is_fresh else {}
    known = not set(LEAST) & set(goals)
    for name, value in found.verdict.scores:
        planned, bound = goals.get(name, (None, None))
        yield Measure(name, value, planned, bound if known else None)
        known = known and planned is not None and value <= planned


def _scores(found: Judged) -> Iterator[str]:
    """Each goal in a line."""
    for name, value, planned, best in _measures(found):
        if planned is None:
            yield f"{name} {value:g}"
        elif best is not None and value <= best:
            yield f"{name} {value:g}, the best possible"
        elif best is not None and best > 0:
            yield f"{name} {value:g}, {value - best:g} more than the best possible, {best:g}"
        elif value == planned:
            yield f"{name} {value:g}, as it was planned"
        else:
            yield f"{name} {value:g}; it was {planned:g} in the rota as planned"


def _as_json(found: Judged) -> str:
    goals = [{"name": each.name, "value": each.value, "best": each.best} for each in _measures(found)]
    told = {
        "format": "sigctl-rota-check",
        "version": 1,
        "cycle": found.cycle.id,
        "status": found.rota.status,
        "goals": goals,
        "problems": [problem_json(each) for each in found.verdict.problems],
    }
    return json.dumps(told, indent=2, ensure_ascii=False)
