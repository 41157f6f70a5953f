"""What the blocks of an agenda and the offices of a group are called, for reports, which know no words of ours."""

from typing import get_args

from sigctl.cluster.membership import OFFICES
from sigctl.records.group import AgendaBlock
from sigctl.render import label
from sigctl.words import Words


def words_of_blocks() -> dict[str, Words]:
    """What blocks and offices are called in both languages, with the cluster's own words."""
    blocks = [name.replace("-", "_") for name in get_args(get_args(AgendaBlock)[0])]
    found = {key: _both(f"agenda.{key}") for key in (*blocks, "welcome_apologies")}
    return found | {f"office_{name.replace('-', '_')}": _both(f"groups.{name}") for name in OFFICES}


def _both(key: str) -> Words:
    return Words(label(key, "cy"), label(key, "en"))
