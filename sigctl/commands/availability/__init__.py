"""The commands of availability: who has answered, ask those who have not, read their answers."""

import typer

from sigctl.commands.availability.ask import ask
from sigctl.commands.availability.listing import availability, list_
from sigctl.commands.availability.read import read

app = typer.Typer(invoke_without_command=True)
app.callback()(availability)
app.command("list")(list_)
app.command()(ask)
app.command()(read)
