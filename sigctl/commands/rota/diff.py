"""`sigctl rota diff`: what the draft changes against the published rota."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.commands import console, options
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.messages import plain
from sigctl.commands.opening import opened
from sigctl.commands.options import languages_of
from sigctl.commands.rota.changes import By, changes_text, differences_json
from sigctl.commands.rota.choosing import cycle_with_visits, rota_of
from sigctl.reports.differences import differences_page
from sigctl.rota.life.differences import differences
from sigctl.rota.life.draft import visits_of


class Format(StrEnum):
    """How the differences are printed."""

    TEXT = "text"
    JSON = "json"


def diff(
    workspace: options.Workspace = None,
    cycle: options.Cycle = None,
    by: Annotated[By | None, typer.Option("--by", help="Only from the side of the schools, or of the people.")] = None,
    format: Annotated[Format, typer.Option("--format", help="How to print the differences.")] = Format.TEXT,
    output: options.Output = None,
    lang: options.Language = None,
    today: options.Today = None,
) -> None:
    """Say what the draft changes against the published rota.

    Which visits are new, moved, have another team or are cancelled; for each school and for each person. Before the first
    rota of a cycle is published, everything in the draft is new. Changes nothing.

    Exit code: 0 where the two are the same or there is no draft, 1 where they differ.

    For example:

        sigctl rota diff                      the draft against the published rota
        sigctl rota diff --by person          for each person what changes
        sigctl rota diff --format json        for another program: `format` ("sigctl-rota-diff"), `version` (1), `cycle` and
                                              `changes`, each with `host`, `what` (new, moved, team, cancelled or details),
                                              `before` and `after` (each a visit, or null)
    """
    console.check_output(output)
    cluster = opened(workspace, besides=ABOUT_ROTAS)
    chosen = cycle_with_visits(cluster, cycle, options.today_in(cluster.settings.cluster.time_zone, today))
    after = rota_of(cluster, chosen, preferring="draft")
    before = cluster.rota(chosen.id, "published")
    found = differences(visits_of(before), visits_of(after))
    if format is Format.JSON:
        text = differences_json(chosen.id, found)
    else:
        page = differences_page(cluster, chosen, found, is_first=before is None)
        paint = console.paint_for(sys.stdout) if output is None else plain
        text = changes_text(page, languages_of(cluster, lang), by, paint)
    console.deliver(text, output)
    if after.status == "published":
        console.say(f"there is no draft of {chosen.id}; the published rota stands")
    if found:
        raise typer.Exit(ExitCode.PROBLEMS)
