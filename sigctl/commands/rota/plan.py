"""`sigctl rota` itself: plan the visits of a cycle, print the rota and write the draft."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.commands import console, options
from sigctl.commands.editor import SCHEMA_FILE, schema_text, with_schema_line
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.opening import opened
from sigctl.commands.rota.choosing import cycle_with_visits, languages_of
from sigctl.commands.rota.conflicts import tell_conflicts
from sigctl.commands.rota.formats import as_csv, as_json, as_markdown, as_text
from sigctl.commands.rota.watch import Watch
from sigctl.deliver import Written, try_writing, write
from sigctl.records import Cycle
from sigctl.reports import rota_page
from sigctl.rota import Plan, Status, draft_file, draft_text, is_edited, plan_rota
from sigctl.words import Language


class Format(StrEnum):
    """How the rota is printed."""

    TEXT = "text"
    MD = "md"
    CSV = "csv"
    JSON = "json"


class Search(NamedTuple):
    """What a search was for, what it found, whether somebody stopped it, and how long it took in seconds."""

    cluster: Cluster
    cycle: Cycle
    plan: Plan
    interrupted: bool
    seconds: float


def plan(
    ctx: typer.Context,
    workspace: options.Workspace = None,
    cycle: options.Cycle = None,
    format: Annotated[Format, typer.Option("--format", help="How to print the rota.")] = Format.TEXT,
    output: options.Output = None,
    lang: options.Language = None,
    seed: Annotated[int, typer.Option("--seed", metavar="NUMBER", min=0, max=2**31 - 1, help="Which of equally good rotas to take.")] = 0,
    time_limit: Annotated[
        float | None, typer.Option("--time-limit", metavar="SECONDS", min=0.1, help="Stop then, with the best rota found.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a draft that was edited by hand.")] = False,
    today: options.Today = None,
    dry_run: options.DryRun = False,
) -> None:
    """Plan the visits of a cycle: on which days each school is visited, and by which team.

    Keeps every rule of the cycle, makes its goals as good as they can be, in their order, and proves it. Prints the rota
    and writes it as a draft into `rotas/CYCLE.draft.yaml`; a draft that you have edited is left alone. The same files give
    the same rota. Ctrl-C stops the search and keeps the best rota that was found.

    Exit code: 0 with a rota, 3 where the files are invalid, 4 where no rota can keep all the rules (nothing is written
    then), 5 where the time was over before any rota was found.

    For example:

        sigctl rota                           the current cycle, or the next one
        sigctl rota --lang en                 in one language
        sigctl rota --cycle round-4 -n        only look; write nothing
        sigctl rota --format csv -o rota.csv  for a spreadsheet: a line for each member of each team
        sigctl rota --format json             for another program: `format` ("sigctl-rota"), `version` (1), `cycle`, `status`
                                              (optimal, feasible, infeasible or unknown), `seconds`, `goals` (each with
                                              `name`, `value` and `bound`, in days and kilometres), `visits` (each with
                                              `host`, `dates`, `lead` and `team`) and, without a rota, `conflict` (each
                                              with `rule`, `text`, `advice` and `places`)
    """
    if ctx.invoked_subcommand:
        return
    console.check_output(output)
    cluster = opened(workspace, besides=ABOUT_ROTAS)
    day = options.today_in(cluster.settings.cluster.time_zone, today)
    chosen = cycle_with_visits(cluster, cycle, day)
    target = cluster.folder / draft_file(chosen.id)
    if not dry_run:
        _guard(cluster, chosen, target, replace)
    search = _searched(cluster, chosen, day, seed, time_limit)
    written = _keep(search.plan, cluster.folder) if search.plan.visits and not dry_run else None
    _print(search, format, languages_of(cluster, lang), output, dry_run)
    _end_without_rota(search)
    _say_what_was_written(chosen, written)
    if search.interrupted:
        raise typer.Exit(ExitCode.INTERRUPTED)


def _guard(cluster: Cluster, cycle: Cycle, target: Path, replace: bool) -> None:
    """Refuse, before any long work, to write over what a person has made, outside the workspace, or where it cannot be done."""
    file = draft_file(cycle.id)
    if cluster.rota(cycle.id, "draft"):
        place = cluster.place("rotas", f"{cycle.id} draft")
        if place.file != file:
            raise CommandError(f"{place.file} holds a draft of {cycle.id} already", "take it out there, or only look with --dry-run")
    if not target.resolve().is_relative_to(cluster.folder.resolve()):
        raise CommandError(f"{file} lies outside the workspace: `rotas` is a link", "make a folder of it, or only look with --dry-run")
    if target.exists() and not replace and is_edited(target.read_text(encoding="utf-8-sig", errors="replace")):
        advice = "--replace writes a new draft over it; --dry-run only shows what that would be"
        raise CommandError(f"{file} was edited by hand, so it is left alone", advice, ExitCode.PROBLEMS)
    try_writing(target)


def _searched(cluster: Cluster, cycle: Cycle, today: date, seed: int, limit: float | None) -> Search:
    with Watch(cycle.id, limit) as watch:
        plan = plan_rota(cluster, cycle, seed=seed, progress=watch, today=today)
    return Search(cluster, cycle, plan, watch.interrupted, watch.seconds)


def _keep(plan: Plan, folder: Path) -> Written:
    """Write the draft, and beside it, where it is missing, the schema to which its first line points."""
    file = draft_file(plan.cycle)
    written = write(folder / file, with_schema_line(draft_text(plan), file))
    if not (folder / SCHEMA_FILE).exists():
        write(folder / SCHEMA_FILE, schema_text())
    return written


def _print(search: Search, format: Format, languages: Sequence[Language], output: Path | None, dry_run: bool) -> None:
    """Print the rota in the format that was asked for; without a rota, only JSON has something to print."""
    if format is Format.JSON:
        console.deliver(as_json(search.plan, search.cluster, search.seconds), output, dry_run=dry_run)
        return
    if not search.plan.visits:
        return
    page = rota_page(search.cluster, search.cycle, search.plan)
    if format is Format.CSV:
        mark = "\ufeff" if output else ""
        text = mark + as_csv(page, languages[0])
    elif format is Format.MD:
        text = as_markdown(page, languages)
    else:
        text = as_text(page, languages, to_terminal=output is None)
    console.deliver(text, output, dry_run=dry_run)


def _end_without_rota(search: Search) -> None:
    """Say why there is none, and end."""
    if search.plan.status is Status.INFEASIBLE:
        tell_conflicts(search.plan, search.cluster)
        raise typer.Exit(ExitCode.NO_ROTA)
    if search.plan.status is Status.UNKNOWN:
        code = ExitCode.INTERRUPTED if search.interrupted else ExitCode.PARTLY
        message = f"after {search.seconds:.0f} seconds no rota was found yet, nor a proof that there is none"
        raise CommandError(message, "give it more time, with a larger --time-limit or without; no draft was written", code)


def _say_what_was_written(cycle: Cycle, written: Written | None) -> None:
    file = draft_file(cycle.id)
    did = {Written.NEW: f"wrote {file}", Written.CHANGED: f"replaced {file}", Written.UNCHANGED: f"{file} is as it was"}
    console.say(did[written] if written else f"would write {file}")
