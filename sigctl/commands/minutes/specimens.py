"""The minutes of the last meeting, the form for the next and the log of actions, to try the cluster's templates with."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sigctl.cluster import Cluster
from sigctl.cluster.membership import when
from sigctl.commands.blocks import words_of_blocks
from sigctl.reports.actions import actions_page
from sigctl.reports.agenda import Around
from sigctl.reports.minutes.form import form_page
from sigctl.reports.minutes.page import minutes_page


def specimens(cluster: Cluster, today: date) -> Iterator[tuple[str, Any]]:
    """The last meeting that has minutes, and one that has none; nothing of meetings where the files hold none."""
    by_date = sorted(cluster.meetings.values(), key=when)
    minuted = next((each for each in reversed(by_date) if each.minutes), None)
    if minuted:
        yield "minutes", minutes_page(cluster, minuted, today)
    if by_date:
        yield "minutes_form", form_page(Around(cluster, by_date[-1], today), words_of_blocks())
        yield "actions", actions_page(cluster, today)
