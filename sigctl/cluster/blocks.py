"""The parts that an agenda makes of itself, and what people write in their own words and mean one of them."""

import re
from collections.abc import Mapping
from typing import Final, get_args

from sigctl.cluster.cluster import Cluster
from sigctl.nearest import folded
from sigctl.records import Group
from sigctl.records.group import AgendaBlock
from sigctl.records.record import Text

BLOCKS: Final[tuple[str, ...]] = get_args(get_args(AgendaBlock)[0])
"""What an agenda makes of itself, by the words of a group's `agenda:`. A note may stand under each."""

SAYINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "welcome": ("welcome", "croeso", "welcome and introductions", "croeso a chyflwyniadau", "opening", "agor y cyfarfod"),
    "apologies": ("apologies", "apologies for absence", "ymddiheuriadau", "ymddiheuriadau am absenoldeb"),
    "interests": (
        "interests", "declaration of interest", "declarations of interest", "declaration of interests", "declarations of interests",
        "datgan diddordeb", "datgan buddiant", "datgan buddiannau", "datgan buddiannau personol", "datganiadau o fuddiant",
        "datganiadau o ddiddordeb", "datgelu buddiant personol",
    ),
    "urgent": ("urgent items", "urgent matters", "urgent business", "materion brys"),
    "minutes": (
        "minutes", "minutes of the last meeting", "minutes of last meeting", "minutes of the previous meeting",
        "minutes of previous meeting", "cofnodion", "cofnodion y cyfarfod diwethaf", "cofnodion y cyfarfod blaenorol",
    ),
    "matters-arising": ("matters arising", "matters arising from the minutes", "materion yn codi", "materion yn codi o'r cofnodion"),
    "actions": ("actions", "action log", "actions due", "review of actions", "camau gweithredu", "log gweithredu"),
    "rota": ("rota", "the rota", "y rota", "peer reviews: the rota", "adolygiadau cymheiriaid: y rota"),
    "accounts": (
        "accounts", "treasurer's report", "report of the treasurer", "financial report", "finance report", "finance",
        "adroddiad y trysorydd", "adroddiad ariannol", "cyllid", "cyfrifon",
    ),
    "dates": ("dates", "dates for the diary", "diary dates", "forthcoming dates", "dyddiadau", "dyddiadau i'r dyddiadur"),
    "any-other-business": ("any other business", "aob", "a.o.b.", "any other matters", "unrhyw fater arall", "unrhyw faterion eraill"),
    "next-meeting": (
        "next meeting", "date of the next meeting", "date of next meeting", "date and time of next meeting",
        "date and time of the next meeting", "cyfarfod nesaf", "y cyfarfod nesaf", "dyddiad y cyfarfod nesaf",
        "dyddiad ac amser y cyfarfod nesaf",
    ),
}  # fmt: skip
"""What people write in their items and mean a block; among it what our own catalogue calls the block."""


def block_meant(cluster: Cluster, title: Text, group: Group | None = None) -> str | None:
    """The block that a title means, in either language, in the cluster's own words or the group's; None where it means none."""
    titles = {plain(each) for each in title.words if each}
    for block, sayings in SAYINGS.items():
        own = (cluster.settings.words.get(f"agenda.{key_of(block)}"), *_titles(group, block))
        if titles & {plain(each) for each in (*sayings, *(said for text in own if text for said in text.words)) if each}:
            return block
    return None


def _titles(group: Group | None, block: str) -> tuple[Text, ...]:
    """What a group calls a block on its agendas."""
    return tuple(entry.title for entry in (group.agenda if group else ()) if entry.block == block and entry.title)


def key_of(block: str) -> str:
    """The key of a block in the catalogue."""
    return block.replace("-", "_")


def plain(text: str) -> str:
    """Words as they are compared: in small letters without accents, with nothing between them but spaces."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", folded(text.replace("'", "").replace("\u2019", ""))).split())
