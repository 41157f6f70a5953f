"""Which papers are there, for an agenda to say which are not."""

import os
from pathlib import Path

from sigctl.cluster import Cluster


def paper_names(cluster: Cluster) -> frozenset[str]:
    """The names of all files of a workspace, alone and with the folders that lead there; hidden folders left aside."""
    found: set[str] = set()
    for folder, inner, names in os.walk(cluster.folder):
        here = Path(folder).relative_to(cluster.folder)
        inner[:] = [each for each in inner if not each.startswith(".")]
        found.update(names)
        found.update((here / name).as_posix() for name in names)
    return frozenset(found)
