"""What is due on a day, seen with what the outbox remembers. Changes nothing."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from sigctl.cluster import Cluster
from sigctl.notice import Notice
from sigctl.reports.reminders import Round, Told, reminders

if TYPE_CHECKING:
    from sigctl.deliver.state import Connection

_PAPERS: Final = ("agenda", "minutes")
"""What `sigctl send` calls the papers of a meeting."""


class Due(NamedTuple):
    """What is to be said on a day; which papers people had by themselves: whom, which, of what meeting; and what they were told before."""

    round: Round
    had: frozenset[tuple[str, str, str]]
    history: Mapping[Notice, Told]


def due_on(cluster: Cluster, connection: "Connection", day: date) -> Due:
    """What is due on a day. A paper that waits comes by itself, and need not come twice; one that was refused has not come."""
    from sigctl.deliver.outbox import Outbox, State

    papers = [(each, known.state) for each, known in Outbox(connection).known().items() if each.kind in _PAPERS]
    had = ((each.person, each.kind, each.subject) for each, state in papers if state is not State.REFUSED)
    history = history_of(connection)
    return Due(reminders(cluster, day, history), frozenset(had), history)


def looked_at(cluster: Cluster, day: date) -> Due:
    """What is due on a day, for those who only look."""
    from sigctl.deliver.state import glance

    with glance(cluster.folder) as connection:
        return due_on(cluster, connection, day)


def history_of(connection: "Connection") -> Mapping[Notice, Told]:
    """What people were told, and when. Whoever was sent the minutes knows that they are there.

    What only waits is not said yet; what was refused counts as said, for it is looked into by hand.
    """
    from sigctl.deliver.outbox import Outbox, State

    told = {notice: Told(known.day) for notice, known in Outbox(connection).known().items() if known.state is not State.PLANNED}
    minutes = {notice._replace(kind="minutes-out", stage=1): day for notice, day in told.items() if notice.kind == "minutes"}
    return minutes | told
