"""The agenda as a page: with next to nothing, with something under every block, and on a day that is only proposed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from agendas import FILES, TODAY, cluster_of, page_of

from sigctl.commands.agenda.choosing import Wanted, chosen
from sigctl.commands.blocks import words_of_blocks
from sigctl.render.document import document, html_of, markdown_of
from sigctl.render.document.tree import Terms
from sigctl.reports.actions import actions_page
from sigctl.reports.agenda import AgendaPage, Around, Known, agenda_page

Snapshots = Callable[[str, str, Any], None]

LITTLE = """\
meetings:
  - {id: strategic-2026-12, group: strategic, date: 2026-12-01}
"""
NOBODY = "groups: [{id: strategic, name: {cy: Grŵp Strategol, en: Strategic Group}, kind: strategic}]\n"


@pytest.fixture
def full(tmp_path: Path) -> AgendaPage:
    return page_of(cluster_of(tmp_path), "strategic-2026-12", files=frozenset())


def test_minimal(paper_snapshots: Snapshots, tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if name != "rotas/round-4.yaml"}
    files |= {"groups.yaml": NOBODY, "meetings.yaml": LITTLE, "people.yaml": files["people.yaml"].replace(", expires: 2027-01-20", "")}
    paper_snapshots("agenda.minimal", "agenda", page_of(cluster_of(tmp_path, files), "strategic-2026-12"))


def test_full(paper_snapshots: Snapshots, full: AgendaPage) -> None:
    paper_snapshots("agenda.full", "agenda", full)


def test_confidential(paper_snapshots: Snapshots, tmp_path: Path) -> None:
    cluster = cluster_of(tmp_path)
    around = Around(cluster, cluster.meetings["strategic-2026-12"], TODAY)
    paper_snapshots("agenda.confidential", "agenda", agenda_page(around, Known(words_of_blocks()), confidential=True))


def test_proposed(paper_snapshots: Snapshots, tmp_path: Path) -> None:
    cluster = cluster_of(tmp_path)
    found = chosen(cluster, Wanted("literacy", "autumn-2"), TODAY)[0]
    page = agenda_page(Around(cluster, found.meeting, TODAY), Known(words_of_blocks()), found.proposals)
    paper_snapshots("agenda.proposed", "agenda", page)


def test_a_block_that_is_overridden_stands_under_its_item(full: AgendaPage) -> None:
    own = {"agenda.md.j2": '{% extends "sigctl/agenda.md.j2" %}{% block interests %}\nTell us.\n{% endblock %}'}
    text = markdown_of("agenda", ["en"], full, own)
    assert "## 2. Declarations of interest\n\nTell us.\n" in text
    assert "## 2." not in markdown_of("agenda", ["en"], full)


def test_what_the_data_says_is_never_markup(tmp_path: Path) -> None:
    naughty = "{{ 7*7 }} | *x* <i> [a](b) & # `c`"
    files = {**FILES, "meetings.yaml": FILES["meetings.yaml"].replace("{cy: Gwisg ysgol, en: School uniform}", f"'{naughty}'")}
    page = page_of(cluster_of(tmp_path, files), "strategic-2026-12")
    made = document("agenda", ("cy", "en"), page)
    cells = [line.text for block in made.blocks if hasattr(block, "rows") for row in block.rows for cell in row for line in cell]
    assert naughty in cells
    assert "<i>" not in html_of(made)


def test_at_the_top_stand_labels_with_their_values(full: AgendaPage) -> None:
    terms = next(block for block in document("agenda", ("en",), full).blocks if isinstance(block, Terms))
    assert [term[0].text for term, _ in terms.entries] == ["Date", "Time", "Venue", "Join online", "Chair", "Contact"]


def test_a_target_and_the_day_by_which_it_is_wanted_stand_apart(full: AgendaPage) -> None:
    text = markdown_of("agenda", ["en"], full)
    assert "| Criterion | Baseline | Target | By | Last reading | State |\n| --- | ---: | ---: | --- | --- | --- |\n" in text
    assert "| 95 | 16 July 2027 | 93\\.5, 9 July 2026 |" in text


def test_an_owner_who_has_left_is_told_as_in_the_log_of_actions(tmp_path: Path) -> None:
    schools = {name: text.replace("{id: tal,", "{id: tal, left: 2026-10-31,") for name, text in FILES.items()}
    cluster = cluster_of(tmp_path, schools)
    agenda = markdown_of("agenda", ["en"], page_of(cluster, "strategic-2026-12"))
    log = markdown_of("actions", ["en"], actions_page(cluster, TODAY))
    assert [text.count("| Ask for a price | Tal-y-bont School (has left) |") for text in (agenda, log)] == [1, 1]
