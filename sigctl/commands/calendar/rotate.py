"""`sigctl calendar rotate`: another name for the file of a calendar, where the old one has got into wrong hands."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from sigctl.checks import ABOUT_ROTAS
from sigctl.cluster import Cluster
from sigctl.commands import console, options
from sigctl.commands.calendar.all import Folder
from sigctl.commands.calendar.choosing import Whose, owner_meant
from sigctl.commands.calendar.now import moment_on, put, take_away_gone
from sigctl.commands.calendar.places import folder_of, places_of
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.messages import listed
from sigctl.commands.opening import opened
from sigctl.reports.feeds import feed_of

if TYPE_CHECKING:
    from sigctl.deliver.state import Connection


class _Old(NamedTuple):
    """The file of a calendar that is to have another name: what it is called, where it lies, and which folders are not there."""

    name: str
    places: tuple[Path, ...]
    absent: tuple[Path, ...]


def rotate_feed(
    whose: Whose,
    output: Folder = None,
    workspace: options.Workspace = None,
    dry_run: options.DryRun = False,
) -> None:
    """Give a calendar another name, and take the file of the old one away.

    That is done in every folder into which calendars were ever written, and no other calendar is touched. Calendars that have
    subscribed to the old name find nothing there any more: tell its rightful readers the new one, which is printed.

    Exit code 5 tells that the old file may still be somewhere, and says where to look.

    For example:

        sigctl calendar rotate rhydywaun-head
        sigctl calendar rotate school:rhydywaun      where a school and a group have the same id
        sigctl calendar rotate cluster
    """
    from sigctl.deliver.state import glance, state

    cluster = opened(workspace, besides=ABOUT_ROTAS, changing=not dry_run and "sigctl calendar rotate")
    owner, named = owner_meant(cluster, whose), folder_of(cluster, output) if output else None
    if dry_run:
        with glance(cluster.folder) as connection:
            places = _old(cluster, connection, owner, named).places
        where = f" in {listed([str(each) for each in places])}" if places else ""
        console.say(f"would give the calendar of `{whose}` another name{where}")
        return
    with state(cluster.folder) as connection:
        old = _old(cluster, connection, owner, named)
        name = _renamed(cluster, connection, owner, old, moment_on(cluster, None))
    console.result(name)
    if trouble := tuple(_still_there(old)):
        console.complain("the old calendar may still be readable", *trouble)
        raise typer.Exit(ExitCode.PARTLY)


def _old(cluster: Cluster, connection: "Connection", owner: str, named: Path | None) -> _Old:
    """What there is of an owner's calendar. Raises CommandError where there was never one."""
    from sigctl.deliver.events import feed_names
    from sigctl.deliver.feed_folders import folders

    name = feed_names(connection).get(owner)
    if name is None:
        raise CommandError(f"`{owner.rpartition(':')[2]}` has no calendar yet", "`sigctl calendar` writes them", ExitCode.PROBLEMS)
    known = places_of(cluster, connection)
    every = (*known, named) if named and named.resolve() not in {each.resolve() for each in known} else known
    absent = tuple(each for each in folders(connection, cluster.folder) if not each.is_dir())
    return _Old(name, tuple(each for each in every if (each / name).is_file()), absent)


def _renamed(cluster: Cluster, connection: "Connection", owner: str, old: _Old, moment: datetime) -> str:
    """Let the file of an owner's calendar have another name wherever it lies; folders that are gone are known no longer."""
    from sigctl.deliver.events import published, rotate
    from sigctl.deliver.feed_folders import let_go, marks, note
    from sigctl.deliver.files import try_writing

    for place in old.places:
        try_writing(place / old.name)
    name, feed = rotate(connection, owner), feed_of(cluster, owner)
    events = published(connection, owner, feed.events, moment) if feed else ()
    for place in old.places if events else ():
        assert feed
        mark, _ = put(cluster, place / name, feed, events)
        note(connection, cluster.folder, place, {**marks(connection, cluster.folder, place), name: mark})
    take_away_gone(cluster, connection)
    for folder in old.absent:
        let_go(connection, cluster.folder, folder)
    return name


def _still_there(old: _Old) -> Iterator[str]:
    """Where the old file may still be found, and what to do about it."""
    yield from (
        f"{place / old.name} is no calendar that sigctl wrote, and was left alone" for place in old.places if (place / old.name).exists()
    )
    yield from (f"{folder}, into which calendars were written, is not there: take {old.name} out of it yourself" for folder in old.absent)
    if not old.places:
        yield f"it was in none of the folders that sigctl knows: take {old.name} away from wherever it lies"
        yield "`sigctl calendar` writes the new one"
