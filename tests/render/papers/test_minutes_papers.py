"""Minutes, the form for taking them and the log of actions as pages: with next to nothing, and with one of everything."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from minuted import TODAY, cluster_of

from sigctl.cluster import Cluster
from sigctl.commands.blocks import words_of_blocks
from sigctl.render.document import document, html_of, markdown_of
from sigctl.reports.actions import Asked, actions_page
from sigctl.reports.agenda import Around
from sigctl.reports.minutes.form import FormPage, form_page
from sigctl.reports.minutes.page import minutes_page

Snapshots = Callable[[str, str, Any], None]


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    return cluster_of(tmp_path)


def form(cluster: Cluster, meeting: str) -> FormPage:
    return form_page(Around(cluster, cluster.meetings[meeting], TODAY), words_of_blocks())


def test_minutes(paper_snapshots: Snapshots, cluster: Cluster) -> None:
    full = cluster.meetings["strategic-2026-11"]
    paper_snapshots("minutes.minimal", "minutes", minutes_page(cluster, cluster.meetings["strategic-2026-12"], TODAY))
    paper_snapshots("minutes.full", "minutes", minutes_page(cluster, full, TODAY))
    paper_snapshots("minutes.confidential", "minutes", minutes_page(cluster, full, TODAY, confidential=True))


def test_form(paper_snapshots: Snapshots, cluster: Cluster) -> None:
    paper_snapshots("minutes_form.minimal", "minutes_form", form(cluster, "attendance-2026-11"))
    paper_snapshots("minutes_form.full", "minutes_form", form(cluster, "strategic-2026-11"))


def test_actions(paper_snapshots: Snapshots, cluster: Cluster) -> None:
    paper_snapshots("actions.minimal", "actions", actions_page(cluster, TODAY, Asked(school="aberdare")))
    paper_snapshots("actions.full", "actions", actions_page(cluster, TODAY))


def test_naughty_names_come_out_as_they_are(cluster: Cluster) -> None:
    page = minutes_page(cluster, cluster.meetings["strategic-2026-11"], TODAY)
    html = html_of(document("minutes", ("cy", "en"), page))
    for name in ("Ysgol [/foo] | *Porth* &amp; &lt;i&gt;", "=1+1", "{{ 7*7 }}", "*none*", "# nothing", "c£0.297m"):
        assert name in html
    assert "secret" not in html.casefold()


@pytest.mark.parametrize("language", ["cy", "en"])
def test_labels_are_of_one_language(cluster: Cluster, language: str) -> None:
    text = markdown_of("minutes", (language,), minutes_page(cluster, cluster.meetings["strategic-2026-11"], TODAY))  # type: ignore[arg-type]
    other = {"cy": ("Apologies", "Decision", "Quorum"), "en": ("Ymddiheuriadau", "Penderfyniad", "Cworwm")}[language]
    assert not [word for word in other if word in text]
