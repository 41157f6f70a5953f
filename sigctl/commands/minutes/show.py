"""`sigctl minutes show`: the minutes of a meeting, as a page, a Word file or a PDF."""

from typing import Annotated

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.commands import options, papers
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.meetings import last_held, meeting_meant, stem_of
from sigctl.commands.opening import opened
from sigctl.commands.papers import Paper, PaperFormat, PaperLayout, Printing, deliver_papers
from sigctl.reports.minutes.page import has_confidential_part, minutes_page


def show(
    meeting: Annotated[str, typer.Argument(metavar="MEETING", help="The id of the meeting, or of a group, whose last meeting is meant.")],
    confidential: Annotated[bool, typer.Option("--confidential", help="The confidential part alone, which goes to members only.")] = False,
    format: papers.Format = PaperFormat.TEXT,
    layout: papers.Layout = PaperLayout.BLOCKS,
    output: papers.Output = None,
    lang: options.Language = None,
    strict: options.Strict = False,
    today: options.Today = None,
    workspace: options.Workspace = None,
) -> None:
    """Print the minutes of a meeting.

    Who was there by school and post, apologies, substitutes, whether there was a quorum; under each item what was said, decided
    and agreed; decisions are numbered through the school year. What the next meeting put right stands at the top, and the notes
    stay as they were. Items that are `confidential: true` are printed with --confidential, and in no other paper.

    For example:

        sigctl minutes show strategic                         of the group's last meeting
        sigctl minutes show strategic-2026-10 --format pdf    as a PDF, into `out/` of the workspace
        sigctl minutes show strategic --format docx -o m.docx --lang cy
        sigctl minutes show strategic --confidential          the confidential part
    """
    cluster = opened(workspace, besides=ABOUT_ROTAS)
    chosen = meeting_meant(cluster, meeting, last_held, "held no meeting yet")
    if chosen.minutes is None:
        raise CommandError(f"`{chosen.id}` has no minutes yet", f"`sigctl minutes new {chosen.id}` writes a form", ExitCode.PROBLEMS)
    if confidential and not has_confidential_part(cluster, chosen):
        raise CommandError(f"nothing at `{chosen.id}` was confidential", "such an item has `confidential: true`", ExitCode.PROBLEMS)
    day = options.today_in(cluster.settings.cluster.time_zone, today)
    stem = stem_of(cluster, chosen, "minutes-confidential" if confidential else "minutes")
    paper = Paper("minutes", stem, minutes_page(cluster, chosen, day, confidential=confidential))
    deliver_papers(cluster, [paper], Printing(format, options.languages_of(cluster, lang), layout, output, is_strict=strict))
