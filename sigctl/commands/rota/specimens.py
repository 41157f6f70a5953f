"""The pages of the rota as the files would have them today, to try the cluster's templates with."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sigctl.cluster import Cluster
from sigctl.commands.rota.shown import Shown, View
from sigctl.commands.rota.tables import sheet_of
from sigctl.reports.fairness import fairness_page
from sigctl.reports.visits import standing_page


def specimens(cluster: Cluster, today: date) -> Iterator[tuple[str, Any]]:
    """The rota that stands in the files, a view of it, and the balances; nothing where no cycle has a rota."""
    cycle = cluster.current_cycle(today)
    rota = cycle and (cluster.rota(cycle.id, "published") or cluster.rota(cycle.id, "draft"))
    if not cycle or not rota:
        return
    shown = Shown(cluster, cycle, standing_page(cluster, cycle, rota, today))
    yield "rota", shown.page
    yield "view", sheet_of(shown, View.DATES, cluster.settings.cluster.languages[0])
    yield "fairness", fairness_page(cluster, cycle, rota)
