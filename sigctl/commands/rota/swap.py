"""`sigctl rota swap`: one person in the place of another, tested against every rule before it is accepted."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.cluster.edit import Change, EditError, edited
from sigctl.commands import console, options
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.known import check_known
from sigctl.commands.messages import counted
from sigctl.commands.opening import opened
from sigctl.commands.rota.choosing import cycle_with_visits, host_of, rota_of
from sigctl.commands.rota.drafting import write_rota
from sigctl.deliver import write
from sigctl.nearest import did_you_mean
from sigctl.records import Cycle, Rota
from sigctl.rota.life.digest import digest
from sigctl.rota.life.draft import Head, draft_file, head_of, rota_text, swapped_head, visits_of
from sigctl.rota.life.publishing import lines_of
from sigctl.rota.life.swapping import Swap, Trial, tried


def swap(
    school: Annotated[str, typer.Argument(metavar="SCHOOL", help="The host of the visit.")],
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Who is in its team now.")],
    other: Annotated[str, typer.Argument(metavar="PERSON", help="Who is to take their place.")],
    back: Annotated[str | None, typer.Option("--with", metavar="SCHOOL", help="The host at which the two change places as well.")] = None,
    workspace: options.Workspace = None,
    cycle: options.Cycle = None,
    today: options.Today = None,
    dry_run: options.DryRun = False,
) -> None:
    """Put one person into the place of another, if every rule is kept.

    The second person takes the place of the first in the team at the school; with --with, the first takes that of the second
    at the other school. Says what the rota scores before and after, and writes the change into the draft: only the lines
    meant, and comments stay. Where there is no draft, one is made of the published rota. `sigctl rota publish` publishes it.

    Exit code: 0 where it is done, 1 where it would break a rule (nothing is written then).

    For example:

        sigctl rota swap eirias creuddyn-head aberconwy-head
        sigctl rota swap eirias creuddyn-head aberconwy-head --with bryn-elian
    """
    cluster = opened(workspace, besides=ABOUT_ROTAS, changing=not dry_run and "sigctl rota swap")
    day = options.today_in(cluster.settings.cluster.time_zone, today)
    chosen = cycle_with_visits(cluster, cycle, day)
    rota = rota_of(cluster, chosen, preferring="draft")
    wanted = Swap(host_of(rota, school), person, other, host_of(rota, back) if back else None)
    _look(cluster, rota, wanted)
    trial = tried(cluster, chosen, rota, wanted, day)
    if trial.broken:
        console.list_problems(trial.broken, sys.stderr)
        where = counted(len(trial.broken), "place")
        message = f"`{other}` cannot take the place of `{person}`: that breaks the rules in {where}; nothing was changed"
        raise CommandError(message, f"`sigctl rota why {school}` shows who else could go", ExitCode.PROBLEMS)
    console.list_problems(trial.warnings, sys.stderr)
    for line in _scores(trial):
        console.result(line)
    if dry_run:
        console.say(f"would write {draft_file(chosen.id)}")
    else:
        _write(cluster, chosen, rota, trial)


def _look(cluster: Cluster, rota: Rota, swap: Swap) -> None:
    """Refuse a swap that is none: who is named must be where the swap says."""
    for id in (swap.person, swap.other):
        check_known(cluster, "people", id)
    moves = [(swap.host, swap.person, swap.other)] + ([(swap.back, swap.other, swap.person)] if swap.back else [])
    for host, gone, come in moves:
        visit = next((each for each in rota.visits if each.host == host and each.state != "cancelled"), None)
        if visit is None or visit.state == "done":
            raise CommandError(f"the visit at `{host}` is {'done' if visit else 'cancelled'}", "its team stays as it was")
        if gone not in visit.team:
            advice = did_you_mean(gone, visit.team, f"its team is {', '.join(visit.team)}")
            raise CommandError(f"`{gone}` is not in the team at `{host}`", advice)
        if come in visit.team:
            raise CommandError(f"`{come}` is in the team at `{host}` already", "name somebody who is not")


def _scores(trial: Trial) -> Iterator[str]:
    """Each goal before and after."""
    for (name, before), (_, after) in zip(trial.before.scores, trial.after.scores, strict=True):
        yield f"{name} {after:g}, as before" if before == after else f"{name} {after:g}, before {before:g}"


def _write(cluster: Cluster, cycle: Cycle, rota: Rota, trial: Trial) -> None:
    if rota.status == "published":
        file = draft_file(cycle.id)
        if (cluster.folder / file).exists():
            raise CommandError(f"{file} is there already, and is not the draft of {cycle.id}", "give that file another name")
        write_rota(cluster.folder, file, _new_draft(cluster, cycle, rota, trial))
        console.say(f"wrote {file}")
        return
    origin = cluster.origins["rotas", f"{cycle.id} draft"]
    file, target = origin.document.file, cluster.folder / origin.document.file
    write(target, _changed(target, file, [change._replace(path=(*origin.path, *change.path)) for change in trial.changes]))
    console.say(f"changed {file}")


def _changed(target: Path, file: str, changes: list[Change]) -> str:
    try:
        return edited(target.read_bytes().decode("utf-8"), changes)
    except (EditError, UnicodeDecodeError) as trouble:
        what = "; ".join(f"{'.'.join(map(str, change.path))}: {change.value}" for change in changes)
        raise CommandError(
            f"{file} could not be changed line by line: {trouble}", f"write there yourself: {what}", ExitCode.PROBLEMS
        ) from None


def _new_draft(cluster: Cluster, cycle: Cycle, rota: Rota, trial: Trial) -> str:
    """A draft of the published rota with the change in it; its lines and comments stay, where it has a file of its own."""
    document = cluster.origins["rotas", f"{cycle.id} published"].document
    head = swapped_head(cycle.id, Head(digest(cluster, cycle), head_of(document.text).goals))
    lines = lines_of(document, rota, visits_of(rota), "draft")
    try:
        return head + edited(lines or "", [change._replace(path=("rotas", 0, *change.path)) for change in trial.changes])
    except EditError:
        return head + rota_text(cycle.id, "draft", visits_of(trial.rota))
