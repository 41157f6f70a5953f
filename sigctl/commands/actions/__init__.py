"""The commands of actions: who is to do what by when; tick one off, drop one, add one."""

import typer

from sigctl.commands.actions.add import add
from sigctl.commands.actions.done import done, drop
from sigctl.commands.actions.log import log

app = typer.Typer(invoke_without_command=True)
app.callback()(log)
app.command()(done)
app.command()(drop)
app.command()(add)
