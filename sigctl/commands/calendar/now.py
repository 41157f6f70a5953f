"""Writes the feeds, for `sigctl calendar` and `sigctl run`: what has changed, and nothing else."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from sigctl import __version__
from sigctl.cluster import Cluster
from sigctl.commands import console
from sigctl.commands.calendar.places import folder_of, left_over, places_of
from sigctl.commands.clock import moment_in, now_in
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.messages import counted
from sigctl.event import Published
from sigctl.reports.feeds import Feed, all_feeds, feed_of

if TYPE_CHECKING:
    from sigctl.deliver.state import Connection


class Done(NamedTuple):
    """What became of the feeds of a folder: how many there are, how many were written, how many were taken away, wherever they lay.

    `left_over` are feeds of this cluster of which the state knows nothing; `is_first` tells that it knew of none at all before.
    """

    folder: Path
    feeds: int
    written: int
    removed: int
    left_over: int = 0
    is_first: bool = False


def calendars_now(cluster: Cluster, today: date, dry_run: bool) -> int:
    """Write the feeds into the folder that the settings name, and give the exit code."""
    return told(write_feeds(cluster, folder_of(cluster), moment_on(cluster, today, noting=not dry_run), dry_run=dry_run), dry_run=dry_run)


def moment_on(cluster: Cluster, day: date | None, *, noting: bool = False) -> datetime:
    """This moment, or the morning of another day. Where something is noted, a day to come has not come yet, and it is this moment."""
    now = now_in(cluster.settings.cluster.time_zone)
    is_now = day is None or day == now.date() or (noting and day > now.date())
    return now if is_now else moment_in(cluster, day)


def told(done: Done, *, dry_run: bool = False) -> ExitCode:
    """Say what became of the feeds, and give the exit code. That the state was lost, so that nobody reads the new ones, is told once."""
    console.say(written_in_words(done, dry_run=dry_run))
    if not done.left_over:
        return ExitCode.DONE
    files = counted(done.left_over, "older calendar")
    lie = f"{files} of this cluster {'lies' if done.left_over == 1 else 'lie'} in {done.folder} of which nothing is known any more"
    advice = "`sigctl calendar list` names them: delete them once each reader has the address of their new one"
    if not done.is_first:
        console.say(f"{lie}; {advice}")
        return ExitCode.DONE
    console.complain(f"{lie}: what sigctl remembers was lost", "whoever reads those is told nothing new any more", advice)
    return ExitCode.PARTLY


def written_in_words(done: Done, *, dry_run: bool = False) -> str:
    """What became of the feeds, in a line."""
    if not done.written and not done.removed:
        return f"nothing to do: {counted(done.feeds, 'calendar')} in {done.folder} {'is' if done.feeds == 1 else 'are'} as it should be"
    parts = [(done.written, "write", "wrote"), (done.removed, "remove", "removed")]
    did = " and ".join(f"{would if dry_run else past} {counted(number, 'calendar')}" for number, would, past in parts if number)
    return f"{'would ' if dry_run else ''}{did} in {done.folder}"


def write_feeds(cluster: Cluster, folder: Path, moment: datetime, *, dry_run: bool = False) -> Done:
    """Write each feed that has changed, and take away those that are no longer to be there. Raises OSError, StateError."""
    from sigctl.deliver.files import try_writing
    from sigctl.deliver.state import glance, state

    if dry_run:
        with glance(cluster.folder) as connection:
            return _previewed(cluster, connection, moment, folder)
    try_writing(folder / "calendar.ics")
    with state(cluster.folder) as connection:
        return _written(cluster, connection, moment, folder)


def text_of(cluster: Cluster, feed: Feed, events: tuple[Published, ...]) -> str:
    """A feed as the text of its file."""
    from sigctl.render.ics import ics_text

    return ics_text(feed.name, events, feed.languages, cluster.settings.cluster.time_zone)


def put(cluster: Cluster, path: Path, feed: Feed, events: tuple[Published, ...], before: str = "") -> tuple[str, bool]:
    """Write a feed, and give the mark of its file and whether it had to be written.

    A file whose mark is the one before is as it was, and made of the same: the text need not be made anew to know that.
    """
    from sigctl.deliver.files import Written, write

    if path.is_file() and _mark(cluster, feed, events, path.read_bytes()) == before:
        return before, False
    content = text_of(cluster, feed, events).encode("utf-8")
    return _mark(cluster, feed, events, content), write(path, content) is not Written.UNCHANGED


def take_away_gone(cluster: Cluster, connection: "Connection") -> int:
    """Take away the files of feeds that are no longer to be there, from wherever they were written to, and count them. Raises OSError."""
    from sigctl.deliver.events import names_gone
    from sigctl.deliver.feed_folders import take_away

    names = names_gone(connection)
    return sum(len(take_away(folder, names)) for folder in places_of(cluster, connection)) if names else 0


def _written(cluster: Cluster, connection: "Connection", moment: datetime, folder: Path) -> Done:
    from sigctl.deliver.events import feed_name, feed_names, published, retire
    from sigctl.deliver.feed_folders import marks, note

    is_first, before, after, written = not feed_names(connection), marks(connection, cluster.folder, folder), {}, 0
    for owner, feed in _wanted(cluster, connection):
        events = published(connection, owner, feed.events, moment) if feed else ()
        if not feed or not events:
            retire(connection, owner)
            continue
        name = feed_name(connection, owner)
        after[name], did = put(cluster, folder / name, feed, events, before.get(name, ""))
        written += did
    if after != before:
        note(connection, cluster.folder, folder, after)
    removed = take_away_gone(cluster, connection)
    return Done(folder, len(after), written, removed, len(left_over(cluster, connection, folder)), is_first)


def _previewed(cluster: Cluster, connection: "Connection", moment: datetime, folder: Path) -> Done:
    """What `_written` would do."""
    from sigctl.deliver.events import feed_names, names_gone, would_publish
    from sigctl.deliver.feed_folders import is_ours

    names = feed_names(connection)
    feeds, kept, written = 0, set(), 0
    for owner, feed in _wanted(cluster, connection):
        if feed and (events := would_publish(connection, owner, feed.events, moment)):
            path = folder / names.get(owner, "calendar.ics")
            feeds += 1
            kept.add(owner)
            content = text_of(cluster, feed, events).encode("utf-8")
            written += owner not in names or not path.is_file() or path.read_bytes() != content
    gone = [*names_gone(connection), *(name for owner, name in names.items() if owner not in kept)]
    removed = sum(is_ours(each / name) for each in places_of(cluster, connection) for name in gone)
    return Done(folder, feeds, written, removed, len(left_over(cluster, connection, folder)))


def _wanted(cluster: Cluster, connection: "Connection") -> Iterator[tuple[str, Feed | None]]:
    """The feeds that have events, and those whose events calendars still remember; None for whoever is in the files no longer."""
    from sigctl.deliver.events import owners

    feeds = {feed.owner: feed for feed in all_feeds(cluster)}
    yield from feeds.items()
    yield from ((owner, feed_of(cluster, owner)) for owner in owners(connection) if owner not in feeds)


def _mark(cluster: Cluster, feed: Feed, events: tuple[Published, ...], content: bytes) -> str:
    """What tells that a file holds a text, and that it was made of these events: rendering is pure, so the same make the same."""
    zone = ZoneInfo(cluster.settings.cluster.time_zone)
    clocks = [each.replace(tzinfo=zone).utcoffset() for one, _, _ in events for each in (one.start, one.end) if isinstance(each, datetime)]
    words = sorted(cluster.settings.words.items())
    made_of = repr((__version__, feed.name, feed.languages, zone.key, clocks, words, events))
    return hashlib.sha256(made_of.encode("utf-8") + b"\0" + content).hexdigest()
