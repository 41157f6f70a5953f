"""A rota file by itself, read as the workspace would read it: for one that somebody made elsewhere."""

from collections.abc import Iterator
from pathlib import Path as File

from pydantic import ValidationError

from sigctl.cluster import mistakes
from sigctl.cluster.cluster import Cluster, Origin
from sigctl.cluster.wording import complaints, named
from sigctl.nearest import did_you_mean
from sigctl.problem import Problem
from sigctl.records import KINDS, Rota
from sigctl.records.structure import references
from sigctl.source import Document, decoded


def rotas_in(cluster: Cluster, file: File) -> tuple[tuple[tuple[Rota, Origin], ...], tuple[Problem, ...]]:
    """The rotas that a file holds, each with its place, and everything that is wrong with them."""
    document = decoded(str(file), file.read_bytes())
    problems = list(document.problems)
    data = document.data.get("rotas") if isinstance(document.data, dict) else None
    found: list[tuple[Rota, Origin]] = []
    for index, raw in enumerate(data if isinstance(data, list) else ()):
        try:
            rota = Rota.model_validate(raw, by_alias=True, by_name=False)
        except ValidationError as refused:
            problems.extend(complaints(refused, Rota, document, ("rotas", index)))
            continue
        problems.extend(_unknown(cluster, rota, document, index))
        found.append((rota, Origin(document, ("rotas", index))))
    return tuple(found), tuple(problems)


def _unknown(cluster: Cluster, rota: Rota, document: Document, index: int) -> Iterator[Problem]:
    """Each place at which a rota names something that the workspace does not know."""
    for path, kind, id in references(rota):
        known = cluster.records(kind)
        if id not in known:
            place = document.place(("rotas", index, *path))
            advice = did_you_mean(id, known, f"write it into `{kind}:`, or take it out here")
            message = f"`{id}` is not the id of any {named(KINDS[kind])}"
            yield Problem(mistakes.UNKNOWN_ID, message, place, advice)
