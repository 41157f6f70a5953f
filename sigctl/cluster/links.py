"""Places that name a record which is not there."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from sigctl.cluster import mistakes
from sigctl.cluster.cluster import Cluster
from sigctl.cluster.unread import Mention, Unread
from sigctl.cluster.wording import named
from sigctl.nearest import did_you_mean
from sigctl.problem import Problem
from sigctl.records import KINDS
from sigctl.records.structure import Reference, references

MOST_SUGGESTED: Final = 100
"""After so many, no more nearest names are looked for: with thousands of ids that takes minutes."""


def dangling(cluster: Cluster, unread: Unread) -> Iterator[Problem]:
    """Each place that names something which is in no file, or is of another kind."""
    known = {kind: {*cluster.records(kind), *unread.ids} for kind in KINDS}
    loose = (each for each in _mentions(cluster, unread) if _is_loose(each, known, unread))
    for told, mention in enumerate(loose):
        reference = mention.reference
        message = f"`{reference.id}` is not the id of any {named(KINDS[reference.kind])}"
        yield Problem(mistakes.UNKNOWN_ID, message, mention.place(), _advice(cluster, reference, told < MOST_SUGGESTED))


def _mentions(cluster: Cluster, unread: Unread) -> Iterator[Mention]:
    if settings := cluster.origins.get(("settings", "")):
        yield from (Mention(reference, settings.document, settings.path) for reference in references(cluster.settings))
    for kind in KINDS:
        for name, record in cluster.records(kind).items():
            origin = cluster.origins[kind, name]
            yield from (Mention(reference, origin.document, origin.path) for reference in references(record))
    yield from unread.mentions


def _is_loose(mention: Mention, known: Mapping[str, Collection[str]], unread: Unread) -> bool:
    kind = mention.reference.kind
    return mention.reference.id not in known[kind] and kind not in unread.unseen


def _advice(cluster: Cluster, reference: Reference, is_near_wanted: bool) -> str:
    elsewhere = next((kind for kind in KINDS if reference.id in cluster.records(kind)), None)
    if elsewhere:
        return f"it is the id of a {named(KINDS[elsewhere])}; write that of a {named(KINDS[reference.kind])}"
    otherwise = f"write it into `{reference.kind}:`, or take it out here"
    return did_you_mean(reference.id, cluster.records(reference.kind), otherwise) if is_near_wanted else otherwise
