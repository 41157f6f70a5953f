"""The one clock of all commands: what time it is where the cluster is."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sigctl.cluster import Cluster

_MORNING: Final = 9
"""The hour that it is on a day that --today names, so that the same command makes the same of the same files."""


def now_in(time_zone: str) -> datetime:
    """What time it is in a time zone, to the second."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(time_zone)).replace(microsecond=0)


def moment_in(cluster: "Cluster", today: date | None = None) -> datetime:
    """What time it is where the cluster is, or nine o'clock in the morning there on the day that --today names."""
    from zoneinfo import ZoneInfo

    zone = cluster.settings.cluster.time_zone
    return datetime(today.year, today.month, today.day, _MORNING, tzinfo=ZoneInfo(zone)) if today else now_in(zone)
