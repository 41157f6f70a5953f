"""The commands that send documents: an agenda, minutes, everybody's part of the rota."""

import typer

from sigctl.commands.send.agenda import agenda
from sigctl.commands.send.minutes import minutes
from sigctl.commands.send.rota import rota

app = typer.Typer(no_args_is_help=True)
app.command()(agenda)
app.command()(minutes)
app.command()(rota)


@app.callback()
def send() -> None:
    """Send an agenda, minutes or the rota to those concerned, once.

    Each person gets one message of their own, in the language in which they are written to, with the paper attached and as text.
    First it is shown who would get what, and asked; where nobody can be asked, `--yes` is needed. Whoever has it already is left out;
    `sigctl outbox` tells what became of each message.

    For example:

        sigctl send agenda strategic          the agenda of the group's next meeting, to its members
        sigctl send minutes strategic         the minutes of its last one
        sigctl send rota                      to everybody their own visits; later only to those for whom something changed
    """
