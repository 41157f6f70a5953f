"""`sigctl groups`: all groups in a table, or one of them in full: members, officers, criteria, attendance, who has gone quiet."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.commands import console, options
from sigctl.commands.groups.shown import Shown
from sigctl.commands.groups.table import groups_text
from sigctl.commands.known import check_known
from sigctl.commands.opening import opened
from sigctl.commands.options import languages_of
from sigctl.commands.papers import Layout, Output, PaperFormat, PaperLayout, Printing, deliver_papers
from sigctl.reports.groups.overview import GroupsPage, groups_page
from sigctl.reports.groups.page import GroupPage, group_page


class Format(StrEnum):
    """What the groups are printed as."""

    TEXT = "text"
    MD = "md"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    CSV = "csv"
    JSON = "json"


_FIGURES: Final = (Format.CSV, Format.JSON)
"""What other programs read."""


def groups(
    group: Annotated[str | None, typer.Argument(metavar="[GROUP]", help="The id of one group; a table of all, where left out.")] = None,
    as_at: options.AsAt = None,
    missed: Annotated[
        int, typer.Option("--missed", metavar="NUMBER", min=1, max=99, help="How many meetings in a row a quiet member has missed.")
    ] = 2,
    format: Annotated[Format, typer.Option("--format", help="What to print it as.")] = Format.TEXT,
    layout: Layout = PaperLayout.BLOCKS,
    output: Output = None,
    lang: options.Language = None,
    strict: options.Strict = False,
    dry_run: options.DryRun = False,
    today: options.Today = None,
    workspace: options.Workspace = None,
) -> None:
    """Show the groups, as at any day: all in a table, or one in full.

    The table says of each group what it is, who leads it, how many belong to it, when it met last and meets next, by when it is
    to be reviewed, and how it stands: `active`; `quiet` (no meeting for about twice as long as `meets` says); `due` for review
    (the day has passed, and nothing was decided in the half year before it); `ended`; or not begun. Below it stands who has
    gone quiet in which group.

    One group in full: officers and those whose term ends within a term; who has gone quiet; members, guests of other
    clusters, schools that are not members, who came and who went in the last year; attendance at the last meetings; criteria
    with their readings; reviews.

    Who missed the last `--missed` meetings to which they were asked has gone quiet. Five things are told apart: there; a
    substitute came; apologies; no word (absent in the minutes); and not in the minutes at all. Meetings of which the files do
    not say who came do not count. A school counts through anybody who came from it.

    For example:

        sigctl groups                                all groups, as at today
        sigctl groups strategic                      one in full
        sigctl groups strategic --as-at 2024-07-20   as it was then
        sigctl groups pupil-voice --missed 3         who has missed three meetings in a row
        sigctl groups --format csv -o groups.csv     a line for each group; of one group, for each member and meeting
        sigctl groups strategic --format json        for another program: `format` ("sigctl-group"), `version` (1), `group`,
                                                     `as_at`, `state`, `officers`, `members` (with `marks`), `quiet`,
                                                     `criteria`, `reviews`; of all: `format` ("sigctl-groups"), `groups` (each with `quiet`)
    """
    cluster = opened(workspace, besides=ABOUT_ROTAS)
    day = options.today_in(cluster.settings.cluster.time_zone, today)
    shown = Shown(_page(cluster, group, as_at or day, day, missed))
    languages = languages_of(cluster, lang)
    if format in _FIGURES:
        told = shown.as_json() if format is Format.JSON else shown.as_csv(languages[0])
        console.deliver(("\ufeff" if output and format is Format.CSV else "") + told, output, dry_run=dry_run)
    elif isinstance(shown.page, GroupsPage) and format is Format.TEXT and not strict:
        console.deliver(groups_text(shown.page, languages), output, dry_run=dry_run)
    else:
        printing = Printing(PaperFormat(format.value), languages, layout, output, strict, dry_run)
        deliver_papers(cluster, [shown.paper()], printing)


def _page(cluster: Cluster, wanted: str | None, as_at: date, today: date, missed: int) -> GroupsPage | GroupPage:
    if wanted is None:
        return groups_page(cluster, as_at, today, missed)
    check_known(cluster, "groups", wanted)
    return group_page(cluster, cluster.groups[wanted], as_at, today, missed)
