"""The commands of the rota: `sigctl rota` plans; the others show, explain, change and publish what was planned."""

import typer

from sigctl.commands.rota.plan import plan

app = typer.Typer(invoke_without_command=True)
app.callback()(plan)
