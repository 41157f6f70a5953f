"""The commands of reminders: send what is due, list the calls that are to be made, tell why somebody is told something or not."""

import typer

from sigctl.commands.remind.calls import calls
from sigctl.commands.remind.remind import remind
from sigctl.commands.remind.why import why

app = typer.Typer(invoke_without_command=True)
app.callback()(remind)
app.command()(calls)
app.command()(why)
