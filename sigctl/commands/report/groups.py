"""`sigctl report groups`: whether the working groups have reached the end of their usefulness."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.commands import options, papers
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.known import check_known
from sigctl.commands.opening import opened
from sigctl.commands.options import languages_of
from sigctl.commands.papers import Paper, PaperFormat, PaperLayout, Printing, deliver_papers
from sigctl.records import Group
from sigctl.reports.groups.overview import in_order
from sigctl.reports.groups.report import working_groups


def groups(
    group: Annotated[
        list[str] | None, typer.Argument(metavar="GROUP", help="The ids of groups; all working groups, where left out.")
    ] = None,
    as_at: options.AsAt = None,
    since: Annotated[
        date | None,
        typer.Option(
            "--since", metavar="DATE", parser=options.day, help="Count only meetings and outputs from this day on; all by default."
        ),
    ] = None,
    format: papers.Format = PaperFormat.TEXT,
    layout: papers.Layout = PaperLayout.BLOCKS,
    output: papers.Output = None,
    lang: options.Language = None,
    strict: options.Strict = False,
    dry_run: options.DryRun = False,
    today: options.Today = None,
    workspace: options.Workspace = None,
) -> None:
    """Report on the working groups, as at a day: whether they have reached the end of their usefulness.

    First a table of all: meetings, attendance, criteria, what is recommended or decided; then whose review day has passed. Then
    each group: purpose, chair and since when, what was asked and decided (`reviews`), its criteria with baseline, target and
    readings over time, its meetings, attendance by school, and what it has made (`outputs`).

    A criterion is met where the last reading has reached the target, partly met where it is nearer to it than the baseline, and
    not met where it is no nearer. Which way is up follows from baseline and target; where there is no baseline, from the first
    of several readings. A school that merged into another one counts until then, and the other one from the day after.

    For example:

        sigctl report groups                                   all working groups, as at today
        sigctl report groups --format pdf                      as a PDF, into `out/` of the workspace
        sigctl report groups pupil-voice digital --lang cy --format docx -o adroddiad.docx
        sigctl report groups --since 2025-09-01 --as-at 2026-07-20 --format html -o groups.html
    """
    cluster = opened(workspace, besides=ABOUT_ROTAS)
    day = options.today_in(cluster.settings.cluster.time_zone, today)
    at = as_at or day
    if since and since > at:
        raise typer.BadParameter(f"--since {since} is after the day of the report, {at}")
    chosen = _meant(cluster, group or ())
    report = working_groups(cluster, chosen, at, day, since)
    name = chosen[0].id if len(chosen) == 1 else "working-groups" if not group else "groups"
    paper = Paper("working_groups", f"{at}-{name}-report", report)
    deliver_papers(cluster, [paper], Printing(format, languages_of(cluster, lang), layout, output, strict, dry_run))


def _meant(cluster: Cluster, wanted: Sequence[str]) -> tuple[Group, ...]:
    """The groups that were named, each once, or else all working groups in the order of their names."""
    for id in wanted:
        check_known(cluster, "groups", id)
    if wanted:
        return tuple(cluster.groups[id] for id in dict.fromkeys(wanted))
    found = tuple(group for group in in_order(cluster) if group.kind == "working")
    if not found:
        advice = "name the groups that you mean, such as `sigctl report groups strategic`"
        raise CommandError("the workspace has no working group", advice, ExitCode.PROBLEMS)
    return found
