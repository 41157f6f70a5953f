"""`sigctl agenda`: the agenda of a meeting, of a half term, or of a meeting whose day is not settled. Changes no file."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.commands import console, options
from sigctl.commands.agenda.choosing import Chosen, Wanted, chosen
from sigctl.commands.agenda.figures import agendas_json
from sigctl.commands.agenda.knowing import paper_names
from sigctl.commands.agenda.sending import tell_what_is_lacking
from sigctl.commands.blocks import words_of_blocks
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.meetings import stem_of
from sigctl.commands.messages import counted
from sigctl.commands.opening import opened
from sigctl.commands.papers import Layout, Output, Paper, PaperFormat, PaperLayout, Printing, deliver_papers
from sigctl.reports.agenda import AgendaPage, Around, Known, agenda_page


class Format(StrEnum):
    """What an agenda is printed as."""

    TEXT = "text"
    MD = "md"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    JSON = "json"


_Group = Annotated[str | None, typer.Argument(metavar="GROUP", help="The id of the group; all groups, where left out.")]
_HalfTerm = Annotated[
    str | None,
    typer.Option("--half-term", metavar="ID", help="The half term, such as spring-1, or by its name; the current one by default."),
]
_Meeting = Annotated[str | None, typer.Option("--meeting", metavar="MEETING", help="The id of one meeting.")]
_Confidential = Annotated[bool, typer.Option("--confidential", help="The confidential items alone, which go to members only.")]
_Format = Annotated[Format, typer.Option("--format", help="What to print the agenda as.")]


def agenda(
    group: _Group = None,
    workspace: options.Workspace = None,
    half_term: _HalfTerm = None,
    meeting: _Meeting = None,
    confidential: _Confidential = False,
    format: _Format = Format.TEXT,
    layout: Layout = PaperLayout.BLOCKS,
    output: Output = None,
    lang: options.Language = None,
    strict: options.Strict = False,
    dry_run: options.DryRun = False,
    today: options.Today = None,
) -> None:
    """Make the agenda of a meeting, ready to send, out of what the files hold.

    With a group, it is the agenda of its next meeting; with `--half-term`, of its meetings in that half term. Where none is set
    there, up to three dates are proposed: days on which the schools of all members are open and none has examinations, on
    the day of the week and at the time at which the group usually meets, with no visit of its members or their schools and no
    meeting of another group that shares members. Without a group, it is every meeting of the half term.

    Which blocks it has, in which order, how long and led by whom, stands under `agenda:` of the group; `sigctl explain
    groups.agenda` lists them. Where nothing stands there, a strategic group has all, and other kinds of group fewer. Blocks with
    nothing in them are left out. Where nobody says how long a block takes: apologies 5 minutes, urgent 5, minutes 5, matters-arising
    5, actions 10, feedback 10 each, rota 5, carried and items 10 each, standing 5 each, training 5, offices 5, reviews 5,
    accounts 5, dates 5, any-other-business 5; welcome, interests and next-meeting none.

    It says what is lacking: time, a paper that is not in the workspace, somebody to lead an item, minutes of the last meeting.
    With `--strict` nothing is printed then.

    Of an item with `confidential: true` it tells the number and the time and nothing else; with `--confidential` there is a paper
    that tells the rest, for the members.

    For example:

        sigctl agenda strategic                                 the next meeting of the strategic group
        sigctl agenda --half-term spring-1 --format docx -o papers/    every meeting of the half term, a file each
        sigctl agenda attendance --half-term spring-2           with proposed dates, where none is set
        sigctl agenda --meeting strategic-2026-11 --layout columns --format pdf -o agenda.pdf
        sigctl agenda strategic --format json                   for another program: `format` ("sigctl-agenda"), `version`
                                                                (1), `agendas`, each with `group`, `meeting`, `date`,
                                                                `proposals`, `lacking`, and `items` with `number`, `block`,
                                                                `title`, `start`, `minutes`, `lead`, `papers`, `carried`
    """
    cluster = opened(workspace, besides=ABOUT_ROTAS)
    day = options.today_in(cluster.settings.cluster.time_zone, today)
    meetings = chosen(cluster, Wanted(group, half_term, meeting), day)
    pages = _pages(cluster, meetings, day, confidential=confidential)
    if confidential:
        meetings, pages = _confidential(meetings, pages)
    lacking = tell_what_is_lacking(pages)
    if strict and lacking:
        raise CommandError(f"{counted(lacking, 'thing')} lacking", "put it right, or leave --strict out", ExitCode.PROBLEMS)
    if format is Format.JSON:
        console.deliver(agendas_json(pages), output, dry_run=dry_run)
        return
    printing = Printing(PaperFormat(format.value), options.languages_of(cluster, lang), layout, output, strict, dry_run)
    kind = "agenda-confidential" if confidential else "agenda"
    stems = [stem_of(cluster, each.meeting, kind) for each in meetings]
    deliver_papers(cluster, [Paper("agenda", stem, page) for stem, page in zip(stems, pages, strict=True)], printing)


def _pages(cluster: Cluster, meetings: Sequence[Chosen], day: date, *, confidential: bool) -> list[AgendaPage]:
    """The agendas of some meetings, or their confidential parts."""
    known = Known(words_of_blocks(), paper_names(cluster))
    return [agenda_page(Around(cluster, each.meeting, day), known, each.proposals, confidential=confidential) for each in meetings]


def _confidential(meetings: Sequence[Chosen], pages: Sequence[AgendaPage]) -> tuple[tuple[Chosen, ...], list[AgendaPage]]:
    """The meetings that have a confidential part, and those parts. Raises CommandError where there is none."""
    found = [(meeting, page) for meeting, page in zip(meetings, pages, strict=True) if page.items]
    if not found:
        raise CommandError("nothing on this agenda is confidential", "such an item has `confidential: true`", ExitCode.PROBLEMS)
    return tuple(meeting for meeting, _ in found), [page for _, page in found]
