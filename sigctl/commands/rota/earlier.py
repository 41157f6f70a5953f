"""The rota that people had before the published one: the last that publishing has kept."""

import re
from pathlib import Path
from typing import Final

from sigctl.cluster import Cluster
from sigctl.cluster.rota_file import rotas_in
from sigctl.records import Cycle, Rota

_NAME: Final = re.compile(r"\.(\d{4}-\d{2}-\d{2})(?:-(\d+))?\.yaml\.txt$")


def last_earlier(cluster: Cluster, cycle: Cycle) -> Rota | None:
    """The last rota of a cycle that another one has replaced; None where there is none, or where it names what is gone."""
    folder = cluster.folder / "rotas" / "earlier"
    files = sorted((each for each in folder.glob(f"{cycle.id}.*.yaml.txt") if _NAME.search(each.name)), key=_when)
    if not files:
        return None
    found, problems = rotas_in(cluster, files[-1])
    return next((rota for rota, _ in found if rota.cycle == cycle.id), None) if not problems else None


def _when(file: Path) -> tuple[str, int]:
    match = _NAME.search(file.name)
    return (match[1], int(match[2] or 1)) if match else ("", 0)
