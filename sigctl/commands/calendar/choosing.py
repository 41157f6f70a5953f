"""Whose calendar is meant: a person's, a school's or a group's by its id, or that of the cluster."""

from typing import Annotated, Final

import typer

from sigctl.cluster import Cluster
from sigctl.commands.errors import CommandError
from sigctl.commands.messages import listed
from sigctl.nearest import did_you_mean

Whose = Annotated[str, typer.Argument(metavar="PERSON", help="Whose: the id of a person, a school or a group; or `cluster`.")]
_KINDS: Final = {"person": "people", "school": "schools", "group": "groups"}


def owner_meant(cluster: Cluster, wanted: str) -> str:
    """The owner of a feed, as `person:rhydywaun-head`. Raises CommandError where nobody has that id, or more than one."""
    if wanted == "cluster":
        return wanted
    kind, _, id = wanted.rpartition(":")
    found = [name for name, records in _KINDS.items() if kind in ("", name) and id in cluster.records(records)]
    if len(found) > 1:
        choices = [f"`{name}:{id}`" for name in found]
        raise CommandError(f"both a {listed(found)} have the id `{id}`", f"write {listed(choices, 'or')}")
    if not found:
        known = [id for records in _KINDS.values() for id in cluster.records(records)]
        advice = did_you_mean(id, known, "`sigctl calendar list` lists them")
        raise CommandError(f"there is no person, school or group `{wanted}`", advice)
    return f"{found[0]}:{id}"
