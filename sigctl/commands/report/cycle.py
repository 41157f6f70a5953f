"""`sigctl report cycle`: what was planned and done in a cycle of visits, by whom, how fairly, and what it took."""

from sigctl.checks import ABOUT_ROTAS
from sigctl.commands import options, papers
from sigctl.commands.opening import opened
from sigctl.commands.options import languages_of
from sigctl.commands.papers import Paper, PaperFormat, PaperLayout, Printing, deliver_papers
from sigctl.commands.rota.choosing import cycle_with_visits, rota_of
from sigctl.reports.cycle import cycle_report


def cycle(
    cycle: options.Cycle = None,
    as_at: options.AsAt = None,
    format: papers.Format = PaperFormat.TEXT,
    layout: papers.Layout = PaperLayout.BLOCKS,
    output: papers.Output = None,
    lang: options.Language = None,
    strict: options.Strict = False,
    dry_run: options.DryRun = False,
    today: options.Today = None,
    workspace: options.Workspace = None,
) -> None:
    """Report on a cycle of visits, as at a day.

    Visits planned, done, still to come, and those whose days have passed without being marked as done; the stages of the
    reviews and which of them are late; how many of the trained reviewers are in a team, who is new, whose training ends; give
    and take between the schools; days out by school and half term; travel; what hosts said (`host_said` with the visit in the
    cycle); and the calendar of the half term.

    It is of the published rota, or else of the draft. How far a visit has come is what the files say now; days are seen from
    the day of the report. The files hold the day of each stage, not whether it took place.

    For example:

        sigctl report cycle                                   the current cycle, as at today
        sigctl report cycle --as-at 2027-03-19 --format pdf   as a PDF, into `out/` of the workspace
        sigctl report cycle --cycle round-3 --format docx -o round-3.docx --lang cy
    """
    cluster = opened(workspace, besides=ABOUT_ROTAS)
    day = options.today_in(cluster.settings.cluster.time_zone, today)
    chosen = cycle_with_visits(cluster, cycle, as_at or day)
    report = cycle_report(cluster, chosen, rota_of(cluster, chosen, preferring="published"), as_at or day, day)
    paper = Paper("cycle", f"{report.as_at}-{chosen.id}-report", report)
    deliver_papers(cluster, [paper], Printing(format, languages_of(cluster, lang), layout, output, strict, dry_run))
