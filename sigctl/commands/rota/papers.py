"""`sigctl rota papers`: the rota's papers, for all, for each school, each person and each visit."""

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.cluster.programmes import pattern_text
from sigctl.commands import console, options, papers
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.known import check_known
from sigctl.commands.opening import opened
from sigctl.commands.rota.choosing import cycle_with_visits, rota_of
from sigctl.commands.rota.earlier import last_earlier
from sigctl.commands.rota.paper_set import PaperSet, What
from sigctl.records import Rota
from sigctl.reports.papers import round_of
from sigctl.source import OUT


def papers_of_the_rota(
    what: Annotated[list[What] | None, typer.Argument(metavar="WHAT", help="Which papers; all, where left out.")] = None,
    workspace: options.Workspace = None,
    cycle: options.Cycle = None,
    draft: Annotated[bool, typer.Option("--draft", help="Papers of the draft, even where a rota is published.")] = False,
    school: Annotated[str | None, typer.Option("--school", metavar="SCHOOL", help="Only for this school.")] = None,
    person: Annotated[str | None, typer.Option("--person", metavar="PERSON", help="Only for this person.")] = None,
    strict: options.Strict = False,
    format: Annotated[
        papers.PaperFormat | None, typer.Option("--format", help="What to print the papers as; pdf, or html where PDF is not installed.")
    ] = None,
    layout: papers.Layout = papers.PaperLayout.BLOCKS,
    output: papers.Output = None,
    lang: options.Language = None,
    today: options.Today = None,
    dry_run: options.DryRun = False,
) -> None:
    """Make the papers of a rota: of the published one, or else of the draft.

    For all: `rota` (by date, by school, calendars, stages, scores), `out` (who is out on which day), `fairness` (who gives and
    receives how much) and `changes` (since the rota that people had before). For each school and each person: `schools` and
    `people`, a page each. For each visit: `programmes` (what happens when, with whom), `briefs` (for the team) and `checklists`
    (for the host, with dates counted in its pupil days).

    Each is a file of its own: below `out/` and the cycle's id in the workspace, or in the folder that `-o` names. `--school` gives
    the school's page and the papers of its visit; `--person` the person's page. Visits that are done have papers only where
    --school or --person asks for them.

    What happens on the days of a visit is a programme, of which sigctl has one for one, two and three days. `pattern` prints them
    as a file: put it into the workspace and change what you like. The papers' looks are templates: `sigctl template list`.

    For example:

        sigctl rota papers                                   all of them, as PDF, into out/round-4/
        sigctl rota papers --school aberdare --format docx   what goes to one school, to be changed in Word
        sigctl rota papers briefs --lang en -o briefs/       the teams' briefs in English
        sigctl rota papers checklists --school aberdare --format text
        sigctl rota papers changes --draft --format text     what the draft would change, to read here
        sigctl rota papers pattern > programmes.yaml         the programmes, to make them your own
    """
    if what == [What.PATTERN]:
        console.deliver(pattern_text(), output)
        return
    if What.PATTERN in (what or ()):
        raise typer.BadParameter("`pattern` is no paper; ask for it alone")
    cluster = opened(workspace, besides=ABOUT_ROTAS)
    day = options.today_in(cluster.settings.cluster.time_zone, today)
    check_known(cluster, "schools", school)
    check_known(cluster, "people", person)
    chosen = cycle_with_visits(cluster, cycle, day)
    rota = rota_of(cluster, chosen, preferring="draft" if draft else "published")
    if draft and rota.status != "draft":
        console.say(f"{chosen.id} has no draft; these are the papers of the published rota")
    found = PaperSet(round_of(cluster, chosen, rota, day), rota, _before(cluster, rota), school, person)
    made = _made(found, what or [])
    kind = format or (papers.PaperFormat.PDF if find_spec("typst") else papers.PaperFormat.HTML)
    printing = papers.Printing(kind, options.languages_of(cluster, lang), layout, output, strict, dry_run)
    papers.deliver_papers(cluster, made, printing._replace(output=_where(cluster, chosen.id, printing, len(made))))


def _made(found: PaperSet, what: list[What]) -> list[papers.Paper]:
    made = list(found.papers(what))
    if not made:
        whose = found.school or found.person
        told = f"the rota of {found.of.cycle.id} has no such paper{f' for {whose}' if whose else ''}"
        advice = "`sigctl rota show` shows who has a part in it" if whose else "its visits are done; --school names one all the same"
        raise CommandError(told, advice, ExitCode.PROBLEMS)
    return made


def _before(cluster: Cluster, rota: Rota) -> Rota | None:
    """The rota that people had before: to a draft the published one, to that the last that was kept."""
    return (rota.status == "draft" and cluster.rota(rota.cycle, "published")) or last_earlier(cluster, cluster.cycles[rota.cycle])


def _where(cluster: Cluster, cycle: str, printing: papers.Printing, count: int) -> Path | None:
    """Where the papers go: a folder of the cycle in the workspace, unless `-o`, the terminal or a pipe takes them."""
    is_piped = count == 1 and not console.is_terminal(sys.stdout)
    if printing.output is not None or printing.format.is_for_terminals or is_piped:
        return printing.output
    if not printing.dry_run:
        (cluster.folder / OUT).mkdir(exist_ok=True)
    return cluster.folder / OUT / cycle
