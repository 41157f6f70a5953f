"""`sigctl actions`: who is to do what by when, as a list, a paper or a table."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.commands import console, options, papers
from sigctl.commands.actions.formats import Format, Listing, Wanted, check_printing
from sigctl.commands.known import check_known
from sigctl.commands.opening import opened
from sigctl.commands.papers import Paper, PaperFormat, PaperLayout, Printing, deliver_papers
from sigctl.reports.actions import OPEN, STANDINGS, Asked, Standing, action_lines, actions_page
from sigctl.reports.who import who
from sigctl.words import Words


class State(StrEnum):
    """Which actions are wanted."""

    OPEN = "open"
    OVERDUE = "overdue"
    DUE = "due"
    DONE = "done"
    DROPPED = "dropped"
    ALL = "all"


_MEANT: Final[dict[State, tuple[Standing, ...]]] = {
    State.OPEN: OPEN,
    State.OVERDUE: ("overdue",),
    State.DUE: ("overdue", "due"),
    State.DONE: ("done",),
    State.DROPPED: ("dropped",),
    State.ALL: STANDINGS,
}


def log(
    ctx: typer.Context,
    owner: Annotated[str | None, typer.Option("--owner", metavar="PERSON", help="Only those of this person.")] = None,
    group: Annotated[str | None, typer.Option("--group", metavar="GROUP", help="Only those that this group agreed.")] = None,
    school: Annotated[str | None, typer.Option("--school", metavar="SCHOOL", help="Only those of this school and its people.")] = None,
    state: Annotated[State | None, typer.Option("--state", help="How they stand; those that are not done, by default.")] = None,
    format: Annotated[Format, typer.Option("--format", help="How to print them.")] = Format.TEXT,
    layout: papers.Layout = PaperLayout.BLOCKS,
    output: papers.Output = None,
    lang: options.Language = None,
    today: options.Today = None,
    workspace: options.Workspace = None,
) -> None:
    """Say who is to do what by when, of all groups, what is overdue first.

    An action is due if it is to be done by the next meeting of its group (within two weeks, where none is planned). Actions that
    stand under a cancelled meeting are left out. As a paper, the log also tells what was done since each group's last meeting,
    and leaves out what belongs to confidential items; in lists and tables their text is not told.

    For example:

        sigctl actions                             all that is not done
        sigctl actions --owner garth-olwg-head     somebody's
        sigctl actions --state overdue --group strategic
        sigctl actions --format pdf                the action log as a paper
        sigctl actions -o actions.xlsx             for Excel
        sigctl actions -o actions.csv              as rows, with a column for each language: `text_cy`, `text_en`
        sigctl actions --format json               for another program: `format` ("sigctl-actions"), `version` (1), `today` and
                                                   `actions`, each with `ref`, `id`, `meeting`, `met`, `group`, `text`, `owner`,
                                                   `school`, `due`, `done_on`, `state`, `has_left`, `confidential` and `note`
        sigctl actions done a-2026-10-2            tick one off
    """
    if ctx.invoked_subcommand is not None:
        return
    check_printing(format, output)
    cluster = opened(workspace, besides=ABOUT_ROTAS)
    for kind, wanted in (("people", owner), ("groups", group), ("schools", school)):
        check_known(cluster, kind, wanted)
    day = options.today_in(cluster.settings.cluster.time_zone, today)
    languages = options.languages_of(cluster, lang)
    if format.is_paper:
        page = actions_page(cluster, day, Asked(owner, group, school, _MEANT[state] if state else (*OPEN, "done")))
        names = "-".join(filter(None, (group, school, owner)))
        paper = Paper("actions", f"{day}-{names}-actions".replace("--", "-"), page)
        deliver_papers(cluster, [paper], Printing(PaperFormat(format.value), languages, layout, output))
        return
    lines = action_lines(cluster, day, Asked(owner, group, school, _MEANT[state or State.OPEN]))
    asked_for = _wanted(cluster, Asked(owner, group, school), state or State.OPEN, day)
    console.deliver(Listing(cluster, lines, languages, day, asked_for).printed(format, output), output)


def _wanted(cluster: Cluster, asked: Asked, state: State, today: date) -> Wanted:
    """What was asked for, as it is said where there is none of it."""
    confined: dict[str, Words | str] = {}
    if state not in (State.OPEN, State.ALL):
        confined["minutes.state"] = f"minutes.is_{state}"
    if asked.group:
        confined["minutes.group"] = cluster.groups[asked.group].name.words
    if asked.school:
        confined["minutes.school"] = cluster.schools[asked.school].name.words
    if asked.owner:
        confined["minutes.owner"] = who(cluster, asked.owner, today).person
    return Wanted("minutes.nothing_open" if state is State.OPEN else "minutes.no_actions", confined)
