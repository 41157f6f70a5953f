"""Where calendars lie: the folder that is meant, all folders into which any were written, and what lies there that nobody knows."""

from pathlib import Path
from typing import TYPE_CHECKING

from sigctl.cluster import Cluster
from sigctl.commands.errors import CommandError

if TYPE_CHECKING:
    from sigctl.deliver.state import Connection


def folder_of(cluster: Cluster, named: Path | None = None) -> Path:
    """The folder for the feeds: the one that was named, or that of the settings, seen from the workspace. Raises CommandError."""
    folder = named or cluster.folder / cluster.settings.daily.calendars_in
    if folder.exists() and not folder.is_dir():
        raise CommandError(f"{folder} is a file", "name a folder for the calendars")
    return folder


def places_of(cluster: Cluster, connection: "Connection") -> tuple[Path, ...]:
    """The folder of the settings, and all others into which feeds were ever written; not all of them need be there."""
    from sigctl.deliver.feed_folders import folders

    own = cluster.folder / cluster.settings.daily.calendars_in
    return (own, *(each for each in folders(connection, cluster.folder) if each != own.resolve()))


def left_over(cluster: Cluster, connection: "Connection", folder: Path | None = None) -> tuple[Path, ...]:
    """The feeds of this cluster, in a folder or in all, of which the state knows nothing: it was lost, or is an older one."""
    from sigctl.deliver.events import feed_names, names_gone
    from sigctl.deliver.feed_folders import strangers

    known = {*feed_names(connection).values(), *names_gone(connection)}
    places = [folder] if folder else places_of(cluster, connection)
    return tuple(place / name for place in places for name in strangers(place, known, cluster.settings.cluster.id))
