"""The question as the files would make it today, to try the cluster's templates with."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from sigctl.cluster import Cluster
from sigctl.reports.availability import letters


def specimens(cluster: Cluster, today: date) -> Iterator[tuple[str, Any]]:
    """A letter to somebody who is asked once, and one to somebody who is asked twice; nothing where no cycle asks anybody."""
    for cycle in cluster.cycles.values():
        if cycle.availability:
            found = {len(each.requests): each for each in letters(cluster, cycle, today)}
            yield from (("availability", replace(each, languages=cluster.settings.cluster.languages)) for each in found.values())
