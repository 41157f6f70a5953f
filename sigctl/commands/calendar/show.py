"""`sigctl calendar show`: one calendar as it is in its file, on the screen or elsewhere."""

from sigctl.checks import ABOUT_ROTAS
from sigctl.commands import console, options
from sigctl.commands.calendar.choosing import Whose, owner_meant
from sigctl.commands.calendar.now import moment_on, text_of
from sigctl.commands.opening import opened
from sigctl.reports.feeds import feed_of


def show(
    whose: Whose,
    output: options.Output = None,
    workspace: options.Workspace = None,
    today: options.Today = None,
    dry_run: options.DryRun = False,
) -> None:
    """Print one calendar as a file for calendar programs. Notes nothing.

    For example:

        sigctl calendar show rhydywaun-head
        sigctl calendar show treorchy -o treorchy.ics      a school's
        sigctl calendar show cluster -o visits.ics         all visits and meetings
    """
    from sigctl.deliver.events import would_publish
    from sigctl.deliver.state import glance

    console.check_output(output)
    cluster = opened(workspace, besides=ABOUT_ROTAS)
    feed = feed_of(cluster, owner_meant(cluster, whose))
    assert feed
    with glance(cluster.folder) as connection:
        events = would_publish(connection, feed.owner, feed.events, moment_on(cluster, today))
    console.deliver(text_of(cluster, feed, events).encode("utf-8"), output, dry_run=dry_run)
