"""Refuses an id on the command line that no record has, with the one that was most likely meant."""

from typing import Final

from sigctl.cluster import Cluster
from sigctl.commands.errors import CommandError
from sigctl.commands.opening import COUNTED
from sigctl.nearest import did_you_mean

_FEW: Final = 12
"""So many ids can be listed on a line."""


def check_known(cluster: Cluster, kind: str, wanted: str | None) -> None:
    """Let an id pass that a record of the kind (`groups`) has, or that was not given. Raises CommandError otherwise."""
    known = cluster.records(kind)
    if wanted is None or wanted in known:
        return
    if not known:
        advice = f"`sigctl explain {kind}` shows how to write one"
    elif len(known) <= _FEW:
        advice = f"the {kind} are {', '.join(known)}"
    else:
        advice = f"write the id of one of the {len(known)} {kind} in the files"
    raise CommandError(f"there is no {COUNTED[kind]} `{wanted}`", did_you_mean(wanted, known, advice))
