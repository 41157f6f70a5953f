"""The reports: `sigctl report cycle` and `sigctl report groups`. Each is as at a day, and changes no file."""

import typer

from sigctl.commands.report.cycle import cycle
from sigctl.commands.report.groups import groups

app = typer.Typer()
app.command()(cycle)
app.command()(groups)


@app.callback()
def report() -> None:
    """Report on a cycle of visits, or on the working groups.

    For example:

        sigctl report cycle                       the current round: visits, stages, days out, travel, give and take
        sigctl report groups --format pdf -o groups.pdf
    """
