"""The visits that a rota in part leaves out, as the end of its page."""

from collections.abc import Sequence

from sigctl.cluster import Cluster
from sigctl.render import label, said
from sigctl.rota.plan import Plan
from sigctl.words import Language


def left_out_page(plan: Plan, cluster: Cluster, languages: Sequence[Language], mark: str = "  ") -> str:
    """The hosts that get no visit, under a heading in each language; nothing where all get one."""
    if not plan.left_out:
        return ""
    heading = "## " if mark.startswith("-") else ""
    parts = [
        "\n".join(
            (
                "",
                heading + label("rota.left_out", language),
                "",
                *(mark + _name(cluster, each.host, language) for each in plan.left_out),
                "",
            )
        )
        for language in languages
    ]
    return "".join(parts)


def _name(cluster: Cluster, host: str, language: Language) -> str:
    return said(cluster.schools[host].name.words, language)
