"""`sigctl rota`: plan the visits of a cycle, print the rota and write the draft."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from sigctl.cluster import Cluster
from sigctl.commands import console
from sigctl.commands.conflicts import tell_conflicts
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.opening import opened
from sigctl.commands.options import Cycle, DryRun, Lang, Language, Output, Today, Workspace, today_in
from sigctl.commands.rota_formats import as_csv, as_json, as_markdown, as_text
from sigctl.commands.watch import Watch
from sigctl.deliver import Written, write
from sigctl.nearest import did_you_mean
from sigctl.records import Cycle as CycleRecord
from sigctl.reports import rota_page
from sigctl.rota import Plan, Status, draft_file, draft_text, is_edited, plan_rota
from sigctl.words import LANGUAGES
from sigctl.words import Language as Tongue


class Format(StrEnum):
    """How the rota is printed."""

    TEXT = "text"
    MD = "md"
    CSV = "csv"
    JSON = "json"


class Search(NamedTuple):
    """What a search was for, what it found, whether somebody stopped it, and how long it took in seconds."""

    cluster: Cluster
    cycle: CycleRecord
    plan: Plan
    interrupted: bool
    seconds: float


def rota(
    workspace: Workspace = None,
    cycle: Cycle = None,
    format: Annotated[Format, typer.Option("--format", help="How to print the rota.")] = Format.TEXT,
    output: Output = None,
    lang: Language = None,
    seed: Annotated[int, typer.Option("--seed", metavar="NUMBER", min=0, help="Which of equally good rotas to take.")] = 0,
    time_limit: Annotated[
        float | None, typer.Option("--time-limit", metavar="SECONDS", min=0.1, help="Stop then, with the best rota found.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a draft that was edited by hand.")] = False,
    today: Today = None,
    dry_run: DryRun = False,
) -> None:
    """Plan the visits of a cycle: on which days each school is visited, and by which team.

    Keeps every rule of the cycle, makes its goals as good as they can be, in their order, and proves it. Prints the rota
    and writes it as a draft into `rotas/CYCLE.draft.yaml`; a draft that you have edited is left alone. The same files give
    the same rota. Ctrl-C stops the search and keeps the best rota that was found.

    Exit code: 0 with a rota, 3 where the files are invalid, 4 where no rota can keep all the rules (nothing is written
    then), 5 where the time was over before any rota was found.

    For example:

        sigctl rota                           the current cycle, or the next one
        sigctl rota --cycle round-4 -n        only look; write nothing
        sigctl rota --format csv -o rota.csv  for a spreadsheet: a line for each member of each team
        sigctl rota --format json             for another program: `cycle`, `status`, `seconds`, `goals`, `visits`, `conflict`
    """
    cluster = opened(workspace)
    chosen = _cycle(cluster, cycle, today)
    target = cluster.folder / draft_file(chosen.id)
    if not dry_run:
        _guard(cluster, chosen, target, replace)
    search = _searched(cluster, chosen, seed, time_limit)
    written = None if dry_run or not search.plan.visits else write(target, draft_text(search.plan))
    _print(search, format, _languages(cluster, lang), output)
    _end_without_rota(search)
    if written:
        console.say(f"{draft_file(chosen.id)} is as it was" if written is Written.UNCHANGED else f"wrote {draft_file(chosen.id)}")
    if search.interrupted:
        raise typer.Exit(ExitCode.INTERRUPTED)


def _languages(cluster: Cluster, lang: Lang | None) -> tuple[Tongue, ...]:
    """The languages of the page: those of the cluster, in its order, or the one that was asked for, or both."""
    own = cluster.settings.cluster.languages
    if lang is None:
        return own
    return lang.languages if lang is not Lang.BOTH else (*own, *(each for each in LANGUAGES if each not in own))


def _cycle(cluster: Cluster, id: str | None, today: date | None) -> CycleRecord:
    """The cycle of that id, or else the current one."""
    how = "`sigctl explain cycles` shows how to write one"
    if id is not None and id not in cluster.cycles:
        known = f"the cycles are {', '.join(cluster.cycles)}" if cluster.cycles else how
        raise CommandError(f"there is no cycle `{id}`", did_you_mean(id, cluster.cycles, known))
    found = cluster.cycles[id] if id else cluster.current_cycle(today_in(cluster.settings.cluster.time_zone, today))
    if found is None:
        raise CommandError("the workspace has no cycle, so there is nothing to plan", how)
    return found


def _guard(cluster: Cluster, cycle: CycleRecord, target: Path, replace: bool) -> None:
    """Refuse, before any long work, to write over what a person has made."""
    file = draft_file(cycle.id)
    if cluster.rota(cycle.id, "draft"):
        place = cluster.place("rotas", f"{cycle.id} draft")
        if place.file != file:
            raise CommandError(f"{place.file} holds a draft of {cycle.id} already", "take it out there, or only look with --dry-run")
    if target.exists() and not replace and is_edited(target.read_text(encoding="utf-8-sig")):
        advice = "--replace writes a new draft over it; --dry-run only shows what that would be"
        raise CommandError(f"{file} was edited by hand, so it is left alone", advice, ExitCode.PROBLEMS)


def _searched(cluster: Cluster, cycle: CycleRecord, seed: int, limit: float | None) -> Search:
    with Watch(cycle.id, limit) as watch:
        plan = plan_rota(cluster, cycle, seed=seed, progress=watch)
    return Search(cluster, cycle, plan, watch.interrupted, watch.seconds)


def _print(search: Search, format: Format, languages: Sequence[Tongue], output: Path | None) -> None:
    """Print the rota in the format that was asked for; without a rota, only JSON has something to print."""
    if format is Format.JSON:
        console.deliver(as_json(search.plan, search.cluster, search.seconds), output)
        return
    if not search.plan.visits:
        return
    page = rota_page(search.cluster, search.cycle, search.plan)
    if format is Format.CSV:
        mark = "\ufeff" if output else ""
        console.deliver(mark + as_csv(page, languages[0]), output)
    elif format is Format.MD:
        console.deliver(as_markdown(page, languages), output)
    else:
        console.deliver(as_text(page, languages, to_terminal=output is None), output)


def _end_without_rota(search: Search) -> None:
    """Say why there is none, and end."""
    if search.plan.status is Status.INFEASIBLE:
        tell_conflicts(search.plan, search.cluster)
        raise typer.Exit(ExitCode.NO_ROTA)
    if search.plan.status is Status.UNKNOWN:
        code = ExitCode.INTERRUPTED if search.interrupted else ExitCode.PARTLY
        message = f"after {search.seconds:.0f} seconds no rota was found yet, nor a proof that there is none"
        raise CommandError(message, "give it more time with --time-limit; nothing was written", code)
