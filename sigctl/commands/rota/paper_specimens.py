"""The papers of the rota as the files would have them today, to try the cluster's templates with."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any, Final

from sigctl.cluster import Cluster
from sigctl.commands.rota.paper_set import OF_A_ROTA, PaperSet
from sigctl.reports.papers import round_of

_MANY: Final = 2
"""How many papers of one kind are tried."""


def specimens(cluster: Cluster, today: date) -> Iterator[tuple[str, Any]]:
    """Some papers of each kind; nothing where no cycle has a rota."""
    cycle = cluster.current_cycle(today)
    rota = cycle and (cluster.rota(cycle.id, "published") or cluster.rota(cycle.id, "draft"))
    if not cycle or not rota:
        return
    papers = PaperSet(round_of(cluster, cycle, rota, today), rota)
    for what in OF_A_ROTA:
        yield from ((paper.template, paper.report) for paper in islice(papers.papers([what]), _MANY))
