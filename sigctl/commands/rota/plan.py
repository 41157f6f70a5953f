"""`sigctl rota` itself: plan the visits of a cycle, print the rota and write the draft."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple, NoReturn

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.commands import console, options
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.opening import opened
from sigctl.commands.options import languages_of
from sigctl.commands.rota.choosing import cycle_with_visits
from sigctl.commands.rota.conflicts import tell_conflicts, tell_left_out
from sigctl.commands.rota.drafting import guard, keep, say_notes, say_what_was_written
from sigctl.commands.rota.formats import Format, as_json, check_printing, printed
from sigctl.commands.rota.left_out import left_out_page
from sigctl.commands.rota.many_options import All, EngineAddress, Jobs
from sigctl.commands.rota.one_of_many import Wish
from sigctl.commands.rota.plan_options import Partial, Replace, Seed, TimeLimit
from sigctl.commands.rota.shown import Shown
from sigctl.commands.rota.watch import Watch
from sigctl.records import Cycle
from sigctl.reports.visits import rota_page
from sigctl.rota.life.draft import draft_file
from sigctl.rota.life.locks import kept_visits
from sigctl.rota.plan import Plan, Status
from sigctl.rota.planning import plan_rota
from sigctl.words import Language


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
    seed: Seed = 0,
    time_limit: TimeLimit = None,
    replace: Replace = False,
    partial: Partial = False,
    today: options.Today = None,
    dry_run: options.DryRun = False,
    all_below: All = None,
    jobs: Jobs = None,
    engine: EngineAddress = None,
) -> None:
    """Plan the visits of a cycle: on which days each school is visited, and by which team.

    Keeps every rule of the cycle, makes its goals as good as they can be, in their order, and proves it. Prints the rota
    and writes it as a draft into `rotas/CYCLE.draft.yaml`; a draft that you have edited is left alone. The same files give
    the same rota. Ctrl-C stops the search and keeps the best rota that was found.

    Exit code: 0 with a rota, 3 where the files are invalid, 4 where no rota can keep all the rules (nothing is written
    then), 5 where the time was over before any rota was found, or where --partial has left out visits.

    For example:

        sigctl rota                           the current cycle, or the next one
        sigctl rota --lang en                 in one language
        sigctl rota --cycle round-4 -n        only look; write nothing
        sigctl rota --partial                 as many visits as can be, where not all can; who is nearest to the others
        sigctl rota --format csv -o rota.csv  for a spreadsheet: a line for each member of each team
        sigctl rota --format xlsx -o rota.xlsx   for Excel: a sheet by date, by school and by person, ready to print
        sigctl rota --format json             for another program: `format` ("sigctl-rota"), `version` (1), `cycle`, `status`
                                              (optimal, feasible, infeasible or unknown), `seconds`, `goals` (each with
                                              `name`, `value` and `bound`, in days and kilometres), `visits` (each with
                                              `host`, `dates`, `lead` and `team`) and, without a rota, `conflict` (each
                                              with `rule`, `text`, `advice`, `places`, and `demands` where it was found
                                              by solving) and `relaxations` (`rule`, `text`, `places`, and whether it is
                                              `enough`); with --partial, `left_out` (each with `host` and `nearest`)
    """
    if ctx.invoked_subcommand:
        return
    if all_below or jobs or engine:
        _plan_all((all_below, workspace), Wish(cycle, seed, time_limit, replace, dry_run, today, partial), (jobs, engine), format, output)
    check_printing(format, None, output)
    cluster = opened(workspace, besides=ABOUT_ROTAS, changing=not dry_run and "sigctl rota")
    day = options.today_in(cluster.settings.cluster.time_zone, today)
    chosen = cycle_with_visits(cluster, cycle, day)
    if not dry_run:
        guard(cluster, chosen, cluster.folder / draft_file(chosen.id), replace)
    search = _searched(cluster, chosen, day, (seed, time_limit, partial))
    written = keep(search.plan, cluster) if search.plan.visits and not dry_run else None
    _print(search, format, languages_of(cluster, lang), output, dry_run)
    _end_without_rota(search)
    say_what_was_written(chosen, written)
    say_notes(search.plan)
    _say_what_stays(cluster, chosen, day)
    _end_in_part(search)


def _plan_all(
    folders: tuple[Path | None, Path | None], wish: Wish, where: tuple[int | None, str | None], format: Format, output: Path | None
) -> NoReturn:
    """Plan every workspace below the first folder, with so many jobs or at the address of an engine; and end."""
    below, workspace = folders
    if below is None:
        raise CommandError("--jobs and --engine are for many workspaces", "name the folder above them with --all FOLDER")
    if workspace:
        raise CommandError("--workspace names one workspace, --all the folder above many", "leave one of them out")
    from sigctl.commands.rota.engines import engine_at
    from sigctl.commands.rota.many import plan_all

    jobs, address = where
    raise typer.Exit(plan_all(below, wish, engine_at(address, jobs), format.value, output))


def _searched(cluster: Cluster, cycle: Cycle, today: date, how: tuple[int, float | None, bool]) -> Search:
    seed, limit, partly = how
    with Watch(cycle.id, limit) as watch:
        plan = plan_rota(cluster, cycle, seed=seed, progress=watch, today=today, partly=partly)
    return Search(cluster, cycle, plan, watch.interrupted, watch.seconds)


def _print(search: Search, format: Format, languages: Sequence[Language], output: Path | None, dry_run: bool) -> None:
    """Print the rota in the format that was asked for; without a rota, only JSON has something to print."""
    if format is Format.JSON:
        console.deliver(as_json(search.plan, search.cluster, search.seconds), output, dry_run=dry_run)
        return
    if not search.plan.visits:
        return
    shown = Shown(search.cluster, search.cycle, rota_page(search.cluster, search.cycle, search.plan))
    text = printed(shown, None, format, languages, output)
    if isinstance(text, str) and format in (Format.TEXT, Format.MD):
        text += left_out_page(search.plan, search.cluster, languages, "- " if format is Format.MD else "  ")
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


def _end_in_part(search: Search) -> None:
    """Say what the rota leaves out, and end with the code for it, or for a search that somebody stopped."""
    if search.plan.left_out:
        tell_left_out(search.plan)
    if search.interrupted or search.plan.left_out:
        raise typer.Exit(ExitCode.INTERRUPTED if search.interrupted else ExitCode.PARTLY)


def _say_what_stays(cluster: Cluster, cycle: Cycle, today: date) -> None:
    """Tell of visits that planning again leaves where they are, because people know of them."""
    told = len(kept_visits(cluster, cycle, today).told)
    if told:
        what = (
            "visit of the published rota is told or confirmed and stays"
            if told == 1
            else ("visits of the published rota are told or confirmed and stay")
        )
        console.say(f"{told} {what}; `sigctl rota replan` moves as few as it must")
