"""An agenda as those who come to the meeting read it, and what whoever sends it is told instead."""

from collections.abc import Sequence
from datetime import date

from sigctl.cluster import Cluster
from sigctl.commands import console
from sigctl.commands.agenda.knowing import paper_names
from sigctl.commands.blocks import words_of_blocks
from sigctl.commands.messages import listed
from sigctl.records import Meeting
from sigctl.reports.agenda import AgendaPage, Around, Known, agenda_page
from sigctl.reports.agenda.lacking import lacks_of
from sigctl.reports.agenda.page import RotaNews


def agenda_to_send(cluster: Cluster, meeting: Meeting, today: date) -> AgendaPage:
    """The agenda of a meeting as it goes to others: without what only whoever makes it has to know."""
    return _made(cluster, meeting, today).for_readers


def tell_before_sending(cluster: Cluster, meeting: Meeting, today: date) -> None:
    """Say what an agenda lacks, and which visits nobody has marked as done: its readers are not told."""
    page = _made(cluster, meeting, today)
    tell_what_is_lacking([page])
    hosts = _unmarked(page)
    if hosts:
        who = listed([f"`{each}`" for each in hosts])
        visits, are = ("visit", "is") if len(hosts) == 1 else ("visits", "are")
        console.say(f"warning: the {visits} at {who} {are} past and not marked as done; `sigctl rota mark HOST done` marks one")


def tell_what_is_lacking(pages: Sequence[AgendaPage]) -> int:
    """Say what is lacking in each agenda, and how much it is."""
    found = [(page, lack) for page in pages for lack in lacks_of(page)]
    for page, lack in found:
        console.say(f"{page.group_id} {page.day}: warning: {lack.message}; {lack.advice}")
    return len(found)


def _made(cluster: Cluster, meeting: Meeting, today: date) -> AgendaPage:
    return agenda_page(Around(cluster, meeting, today), Known(words_of_blocks(), paper_names(cluster)))


def _unmarked(page: AgendaPage) -> list[str]:
    halves = [half for item in page.items if isinstance(item.content, RotaNews) for half in item.content.half_terms]
    return list(dict.fromkeys(visit.host_id for half in halves for visit in half.visits if half.is_unmarked(visit)))
