"""The commands of calendars: `sigctl calendar` writes the feeds; the others show one, list their files and give one another name."""

import typer

from sigctl.commands.calendar.all import calendar
from sigctl.commands.calendar.listing import list_feeds
from sigctl.commands.calendar.rotate import rotate_feed
from sigctl.commands.calendar.show import show

app = typer.Typer(invoke_without_command=True)
app.callback()(calendar)
app.command("list")(list_feeds)
app.command()(show)
app.command("rotate")(rotate_feed)
