"""`sigctl rota show`: look at the rota that stands in the files, in many ways. Plans nothing and writes nothing into the workspace."""

from typing import Annotated

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.commands import console, options
from sigctl.commands.opening import opened
from sigctl.commands.options import languages_of
from sigctl.commands.rota.choosing import cycle_with_visits, rota_of
from sigctl.commands.rota.formats import Format, check_half_term, check_printing, printed
from sigctl.commands.rota.shown import Shown, View
from sigctl.reports.visits import standing_page


def show(
    workspace: options.Workspace = None,
    cycle: options.Cycle = None,
    view: Annotated[View | None, typer.Option("--view", help="What to look at; by date and by school, where left out.")] = None,
    format: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TEXT,
    draft: Annotated[bool, typer.Option("--draft", help="The draft, even where a rota is published.")] = False,
    published: Annotated[bool, typer.Option("--published", help="The published rota; this is the default where there is one.")] = False,
    half_term: Annotated[
        str | None,
        typer.Option("--half-term", metavar="ID", help="Only this half term, such as autumn-2, in the views calendar and dates."),
    ] = None,
    output: options.Output = None,
    lang: options.Language = None,
    today: options.Today = None,
) -> None:
    """Show the rota that stands in the files: the published one, or else the draft. Plans nothing.

    Each visit comes with its state (planned, told, confirmed, done, cancelled), its reserves, its stages, and what holds it
    where it is: a lock by hand (`fixed` in the cycle: by whom, why, until when) or a lock by publishing (people were told).

    The views: `dates` and `schools` are tables. `people` says where each reviewer goes. `calendar` shows each half term by
    school and day: who is host, who is out, when there is no school. `matrix` says who visits whom, `map` who travels how
    far, `loads` what each school gives and receives, `stages` what is due when.

    For papers and for the wall, `--format svg` or `png` draws every view but the two tables; with `--lang both` one language
    stands below the other. `--format xlsx` is a workbook with a sheet by date, by school and by person, ready to print.
    PNG needs `pip install 'sigctl[pdf]'`.

    For example:

        sigctl rota show                                  by date and by school, with the state of each visit
        sigctl rota show --view calendar                  who is host and who is out on which day
        sigctl rota show --view calendar --half-term spring-1 --format png --lang cy -o calendr.png
        sigctl rota show --view map --format svg -o travel.svg
        sigctl rota show --format xlsx -o rota.xlsx       for Excel
        sigctl rota show --view people --format csv       for another program, as every view
        sigctl rota show --format json                    all of it: `format` ("sigctl-rota-shown"), `version` (1), `cycle`,
                                                          `status`, `goals`, `visits` (each with `state`, `locked`,
                                                          `reserves`, `stages`), `schools`, `people`, `journeys`
    """
    if draft and published:
        raise typer.BadParameter("--draft and --published exclude each other; name one of them")
    check_printing(format, view, output)
    if half_term is not None:
        check_half_term(format, view)
    cluster = opened(workspace, besides=ABOUT_ROTAS)
    day = options.today_in(cluster.settings.cluster.time_zone, today)
    chosen = cycle_with_visits(cluster, cycle, day)
    rota = rota_of(cluster, chosen, preferring="draft" if draft else "published")
    if (draft or published) and rota.status != ("draft" if draft else "published"):
        console.say(f"{chosen.id} has no {'draft' if draft else 'published rota'}; this is the {rota.status} one")
    shown = Shown(cluster, chosen, standing_page(cluster, chosen, rota, day), half_term)
    if view is View.DATES or (format is Format.CSV and view is None):
        shown = shown.narrowed()
    console.deliver(printed(shown, view, format, languages_of(cluster, lang), output), output)
