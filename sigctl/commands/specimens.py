"""A paper of each kind as a workspace would have it today, to try the templates with what really stands in the files."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from importlib import import_module
from typing import Any, Final

from sigctl.cluster import Cluster

Specimens = Callable[[Cluster, date], Iterator[tuple[str, Any]]]
"""What gives a template's name with a report for it, once or more often; nothing where the files hold none."""

SOURCES: Final[Mapping[str, tuple[str, ...]]] = {
    "sigctl.commands.agenda.specimens": ("agenda",),
    "sigctl.commands.availability.specimens": ("availability",),
    "sigctl.commands.minutes.specimens": ("actions", "minutes", "minutes_form"),
    "sigctl.commands.remind.specimens": ("calls", "reminder"),
    "sigctl.commands.report.specimens": ("cycle", "group", "groups", "working_groups"),
    "sigctl.commands.rota.specimens": ("fairness", "rota", "view"),
    "sigctl.commands.rota.paper_specimens": (
        "brief", "checklist", "give_and_take", "out_by_day", "person_sheet", "programme", "rota_changes", "rota_paper", "school_sheet",
    ),
    "sigctl.commands.send.specimens": ("sending_paper", "sending_rota"),
}  # fmt: skip
"""The modules that have a function `specimens`, one a family of papers, and the templates of which they have any."""


def specimens(cluster: Cluster, today: date, wanted: Collection[str] | None = None) -> Iterator[tuple[str, Any]]:
    """Templates with reports of the workspace for them: of all, or of those that are wanted."""
    for source, templates in SOURCES.items():
        if wanted is not None and not any(each in wanted for each in templates):
            continue
        found: Specimens = import_module(source).specimens
        yield from (each for each in found(cluster, today) if wanted is None or each[0] in wanted)
