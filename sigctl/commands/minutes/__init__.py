"""The commands of minutes: a form to fill in, the paper, and what the next meeting makes of them."""

import typer

from sigctl.commands.minutes.agree import agree
from sigctl.commands.minutes.new import new
from sigctl.commands.minutes.show import show

app = typer.Typer(no_args_is_help=True)
app.command()(new)
app.command()(show)
app.command()(agree)


@app.callback()
def minutes() -> None:
    """Take, show and agree the minutes of meetings.

    After a meeting, `sigctl minutes new` writes a form into the workspace; fill it in, and `sigctl minutes show` prints the
    minutes. At the next meeting they are agreed: `sigctl minutes agree` notes that, and what was put right.

    For example:

        sigctl minutes new strategic-2026-12          the form for a meeting that took place
        sigctl minutes show strategic                 the minutes of the group's last meeting
        sigctl minutes agree strategic-2026-10 --signed-by rhydywaun-head
    """
