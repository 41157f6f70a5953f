"""The commands of the rota: `sigctl rota` plans; the others show, explain, change and publish what was planned."""

import typer

from sigctl.commands.rota.check import check
from sigctl.commands.rota.diff import diff
from sigctl.commands.rota.done import done
from sigctl.commands.rota.fairness import fairness
from sigctl.commands.rota.many_options import MANUAL
from sigctl.commands.rota.mark import mark
from sigctl.commands.rota.papers import papers_of_the_rota
from sigctl.commands.rota.plan import plan
from sigctl.commands.rota.publish import publish
from sigctl.commands.rota.replan import replan
from sigctl.commands.rota.show import show
from sigctl.commands.rota.swap import swap
from sigctl.commands.rota.why import why

app = typer.Typer(invoke_without_command=True, epilog=MANUAL)
app.callback()(plan)
app.command()(check)
app.command()(diff)
app.command()(publish)
app.command()(replan)
app.command()(fairness)
app.command()(mark)
app.command()(done)
app.command()(swap)
app.command()(show)
app.command("papers")(papers_of_the_rota)
app.command()(why)
