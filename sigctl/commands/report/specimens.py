"""The reports as the files would have them today, to try the cluster's templates with."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sigctl.cluster import Cluster
from sigctl.reports.cycle import cycle_report
from sigctl.reports.groups.overview import groups_page, in_order
from sigctl.reports.groups.page import group_page
from sigctl.reports.groups.report import working_groups


def specimens(cluster: Cluster, today: date) -> Iterator[tuple[str, Any]]:
    """The report of the current cycle, where it has a rota; the groups in a table, each of them, and the report on them."""
    cycle = cluster.current_cycle(today)
    rota = cycle and (cluster.rota(cycle.id, "published") or cluster.rota(cycle.id, "draft"))
    if cycle and rota:
        yield "cycle", cycle_report(cluster, cycle, rota, today, today)
    if not cluster.groups:
        return
    yield "groups", groups_page(cluster, today, today)
    for group in in_order(cluster):
        yield "group", group_page(cluster, group, today, today)
    yield "working_groups", working_groups(cluster, tuple(in_order(cluster)), today, today)
