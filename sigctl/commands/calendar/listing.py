"""`sigctl calendar list`: whose is which file. The names are as good as keys, so that nothing else tells them."""

from typing import Annotated

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.commands import console, options
from sigctl.commands.calendar.choosing import owner_meant
from sigctl.commands.calendar.places import left_over
from sigctl.commands.messages import visible
from sigctl.commands.opening import opened
from sigctl.reports.feeds import all_feeds


def list_feeds(
    whose: Annotated[
        str | None, typer.Argument(metavar="[PERSON]", help="One person, school or group, by id, or `cluster`; all, where left out.")
    ] = None,
    workspace: options.Workspace = None,
) -> None:
    """List whose is which file.

    Whoever knows the name of a file can read that calendar, so give each reader their own alone. Older files of this cluster of which
    nothing is known any more, because `.sigctl` was lost or comes from a backup, are named as well: they tell nothing new.

    For example:

        sigctl calendar list                     all of them
        sigctl calendar list rhydywaun-head      one
    """
    from sigctl.deliver.events import feed_names
    from sigctl.deliver.state import glance

    cluster = opened(workspace, besides=ABOUT_ROTAS)
    with glance(cluster.folder) as connection:
        names, older = feed_names(connection), left_over(cluster, connection)
    owners = [owner_meant(cluster, whose)] if whose else list(dict.fromkeys([*(feed.owner for feed in all_feeds(cluster)), *names]))
    width = max((len(owner) for owner in owners), default=0)
    for owner in owners:
        console.result(visible(f"{owner:<{width}}  {names.get(owner, 'not written yet: `sigctl calendar` does it')}"))
    if older and not whose:
        console.say("nothing is known any more of these; delete them once each reader has the address of their new one:")
        for path in older:
            console.say(f"    {path}")
