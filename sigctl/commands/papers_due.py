"""Which papers there are on a day: those of the published rota, and the agendas of meetings that are near."""

from collections.abc import Iterator
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from sigctl.cluster import Cluster
from sigctl.cluster.membership import when
from sigctl.commands.agenda.sending import agenda_to_send
from sigctl.commands.meetings import stem_of
from sigctl.commands.options import languages_of
from sigctl.commands.papers import Paper, PaperFormat, Printing, deliver_papers, file_name
from sigctl.commands.rota.earlier import last_earlier
from sigctl.commands.rota.paper_set import PaperSet
from sigctl.reports.papers import round_of
from sigctl.source import OUT

_NEAR: Final = timedelta(14)


def write_papers(cluster: Cluster, day: date, *, dry_run: bool) -> list[str]:
    """Write the papers into `out/`, as PDF where that is installed, and name their files as seen from the workspace."""
    format = PaperFormat.PDF if find_spec("typst") else PaperFormat.HTML
    printing = Printing(format, languages_of(cluster, None), dry_run=dry_run)
    if not dry_run:
        (cluster.folder / OUT).mkdir(exist_ok=True)
    files = []
    for folder, papers in ((cluster.folder / OUT, [*_agendas(cluster, day)]), *_of_rota(cluster, day)):
        deliver_papers(cluster, papers, printing._replace(output=folder))
        files += [(folder / file_name(each, printing)).relative_to(cluster.folder).as_posix() for each in papers]
    return files


def _agendas(cluster: Cluster, day: date) -> Iterator[Paper]:
    """The agendas of the meetings of the next two weeks, by date."""
    near = [each for each in cluster.meetings.values() if each.status == "planned" and day <= each.date <= day + _NEAR]
    for meeting in sorted(near, key=when):
        yield Paper("agenda", stem_of(cluster, meeting, "agenda"), agenda_to_send(cluster, meeting, day))


def _of_rota(cluster: Cluster, day: date) -> Iterator[tuple[Path, list[Paper]]]:
    """The papers of the published rota of the current cycle, and the folder that takes them; nothing where there is none."""
    cycle = cluster.current_cycle(day)
    rota = cluster.rota(cycle.id, "published") if cycle else None
    if cycle and rota:
        papers = PaperSet(round_of(cluster, cycle, rota, day), rota, last_earlier(cluster, cycle))
        yield cluster.folder / OUT / cycle.id, list(papers.papers(()))
