"""Agendas to try the template with: of the meetings to come, and of the last one there was."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sigctl.cluster import Cluster
from sigctl.cluster.membership import when
from sigctl.commands.blocks import words_of_blocks
from sigctl.reports.agenda import Around, Known, agenda_page

_MANY = 12


def specimens(cluster: Cluster, today: date) -> Iterator[tuple[str, Any]]:
    """The template's name with each of some agendas."""
    meetings = sorted((each for each in cluster.meetings.values() if each.status != "cancelled"), key=when)
    before = [each for each in meetings if each.date < today]
    for meeting in (*before[-1:], *meetings[len(before) :][:_MANY]):
        yield "agenda", agenda_page(Around(cluster, meeting, today), Known(words_of_blocks()))
