"""The commands of the outbox: what waits, what has left, what nobody is sure of, and what becomes of it."""

import typer

from sigctl.commands.outbox.confirm import confirm
from sigctl.commands.outbox.forget import forget
from sigctl.commands.outbox.hold import hold
from sigctl.commands.outbox.listing import list_, outbox
from sigctl.commands.outbox.retry import retry
from sigctl.commands.outbox.show import show

app = typer.Typer(invoke_without_command=True)
app.callback()(outbox)
app.command("list")(list_)
app.command()(show)
app.command()(retry)
app.command()(forget)
app.command()(confirm)
app.command()(hold)
