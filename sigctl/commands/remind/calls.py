"""`sigctl remind calls`: whom to call, with numbers. The only place that prints them."""

from sigctl.checks import ABOUT_ROTAS
from sigctl.commands import console, options, papers
from sigctl.commands.clock import moment_in
from sigctl.commands.opening import opened
from sigctl.commands.papers import Paper, PaperFormat, PaperLayout, Printing, deliver_papers
from sigctl.commands.remind.looking import history_of
from sigctl.reports.reminders import open_calls


def calls(
    format: papers.Format = PaperFormat.TEXT,
    layout: papers.Layout = PaperLayout.BLOCKS,
    output: papers.Output = None,
    lang: options.Language = None,
    workspace: options.Workspace = None,
    today: options.Today = None,
) -> None:
    """Print whom to call, with telephone numbers.

    On the list are those whom two messages did not move, and those whose address nobody knows: whatever is still open, whether or
    not it went to the one who makes the calls by mail. The numbers stand nowhere else but in that mail: keep the list to yourself.
    Whatever is written into the files as done leaves the list.

    For example:

        sigctl remind calls
        sigctl remind calls --format docx -o calls.docx
    """
    from sigctl.deliver.state import glance
    from sigctl.reports.letters import calls_page

    cluster = opened(workspace, besides=ABOUT_ROTAS)
    day = moment_in(cluster, today).date()
    with glance(cluster.folder) as connection:
        found = open_calls(cluster, day, history_of(connection))
    if not found.calls:
        console.say("nobody is to be called")
        return
    paper = Paper("calls", f"{day}-calls", calls_page(found))
    deliver_papers(cluster, [paper], Printing(format, options.languages_of(cluster, lang), layout, output))
