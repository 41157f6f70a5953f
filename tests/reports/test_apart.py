"""What is minuted apart stays apart: in the minutes, in the agenda, in corrections, whatever name the files use for it."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from workspaces import Files, told, write

from sigctl.cluster import Cluster, load
from sigctl.commands.agenda.figures import agendas_json
from sigctl.commands.blocks import words_of_blocks
from sigctl.render.document import markdown_of
from sigctl.reports.agenda import AgendaPage, Around, Known, agenda_page
from sigctl.reports.minutes.form import form_page
from sigctl.reports.minutes.page import has_confidential_part, minutes_page

TODAY = date(2026, 11, 20)
FILES: Files = {
    "sigctl.yaml": "sigctl: 1\ncluster: {id: cl, name: C, languages: [en], nation: wales}\n",
    "schools.yaml": "schools: [{id: a, name: A}, {id: b, name: B}]\n",
    "people.yaml": "people: [{id: pa, post: Head, school: a}, {id: pb, post: Head, school: b}]\n",
    "groups.yaml": """\
groups:
  - {id: g, name: G, kind: strategic, officers: [{office: chair, person: pa}]}
  - {id: w, name: W, kind: working, reports_to: g}
""",
}
SECOND = "  - {id: m2, group: g, date: 2026-11-25}\n"


def cluster_of(folder: Path, meeting: str, second: str = SECOND, **files: str) -> Cluster:
    head = f"meetings:\n  - id: m1\n    group: g\n    date: 2026-11-04\n    status: held\n{meeting}{second}"
    return load(write(folder, {**FILES, "meetings.yaml": head, **{f"{name}.yaml": text for name, text in files.items()}})).cluster


def agenda_of(cluster: Cluster, meeting: str, *, confidential: bool = False) -> AgendaPage:
    around = Around(cluster, cluster.meetings[meeting], TODAY)
    return agenda_page(around, Known(words_of_blocks()), confidential=confidential)


def everything(cluster: Cluster) -> str:
    """All that goes to everybody: both agendas, as values and for programs, and the minutes."""
    pages = [agenda_of(cluster, each) for each in cluster.meetings]
    return str([asdict(each) for each in pages]) + agendas_json(pages) + str(asdict(minutes_page(cluster, cluster.meetings["m1"], TODAY)))


def under(name: str) -> str:
    return (
        f"    minutes: {{notes: {{{name}: SECRET note}}}}\n    decisions: [{{id: d1, text: SECRET decision, item: {name}}}]\n"
        f"    actions: [{{id: a1, text: SECRET action, item: {name}}}]\n"
    )


@pytest.mark.parametrize(
    ("items", "name"),
    [
        ("[{title: Any other business, confidential: true}]", "any-other-business"),
        ("[{title: Unrhyw fater arall, confidential: true}]", "any-other-business"),
        ("[{title: Open}, {title: Any other business, confidential: true}, {title: AOB}]", "any-other-business"),
        ("[{title: The working group, feedback: w, confidential: true}]", "feedback"),
        ("[{title: SECRET, confidential: true}]", "items"),
    ],
)
def test_a_block_is_as_confidential_as_the_item_that_means_it(tmp_path: Path, items: str, name: str) -> None:
    cluster = cluster_of(tmp_path, f"    items: {items}\n{under(name)}")
    assert "SECRET" not in everything(cluster)
    part = minutes_page(cluster, cluster.meetings["m1"], TODAY, confidential=True)
    assert [each.note.en for each in part.matters if each.note.en] == ["SECRET note"]
    assert [each.id for each in part.actions] == ["a1"]


def test_the_clusters_own_word_for_a_block_keeps_it_apart_too(tmp_path: Path) -> None:
    settings = FILES["sigctl.yaml"] + "words: {agenda.any_other_business: {en: Odds and ends}}\n"
    text = f"    items: [{{title: Odds and ends, confidential: true}}]\n{under('any-other-business')}"
    assert "SECRET" not in everything(cluster_of(tmp_path, text, sigctl=settings))


def test_the_groups_own_title_of_a_block_keeps_it_apart_too(tmp_path: Path) -> None:
    agenda = "kind: strategic, agenda: [items, {block: any-other-business, title: Odds and ends}],"
    text = f"    items: [{{title: Odds and ends, confidential: true}}]\n{under('any-other-business')}"
    cluster = cluster_of(tmp_path, text, groups=FILES["groups.yaml"].replace("kind: strategic,", agenda))
    assert "SECRET" not in everything(cluster)
    assert [each.is_withheld for each in agenda_of(cluster, "m1").items] == [True]


def test_every_word_of_ours_for_a_block_means_it(tmp_path: Path) -> None:
    from sigctl.cluster.blocks import SAYINGS, block_meant
    from sigctl.records.record import Text

    cluster = cluster_of(tmp_path, "")
    words = words_of_blocks()
    for block in SAYINGS:
        said = words[block.replace("-", "_")]
        assert [block_meant(cluster, Text(cy=said.cy)), block_meant(cluster, Text(en=said.en))] == [block, block]


@pytest.mark.parametrize("second", ["{title: Pay of SECRET}", "{id: pay, title: SECRET pay}"])
def test_a_confidential_item_that_is_carried_over_stays_confidential(tmp_path: Path, second: str) -> None:
    items = "    items: [{id: pay, title: Pay of SECRET, confidential: true, carried: true, paper: SECRET.pdf, asked_by: pb}]\n"
    later = f"  - {{id: m2, group: g, date: 2026-11-25, items: [{second}], actions: [{{id: x, text: SECRET, item: '1'}}]}}\n"
    later += "  - {id: m3, group: g, date: 2026-12-09}\n"
    cluster = cluster_of(tmp_path, items, later)
    assert "SECRET" not in everything(cluster)
    assert [item.is_confidential for item in agenda_of(cluster, "m2").items if item.block == "items"] == [True]


def test_an_item_carried_over_can_be_opened(tmp_path: Path) -> None:
    items = "    items: [{title: Pay, confidential: true, carried: true}]\n"
    later = "  - {id: m2, group: g, date: 2026-11-25, items: [{title: Pay, confidential: false}]}\n"
    cluster = cluster_of(tmp_path, items, later)
    assert [item.title.en for item in agenda_of(cluster, "m2").items if item.block == "items"] == ["Pay"]


def test_a_note_of_items_that_were_carried_over_is_kept_apart_where_one_of_them_is_confidential(tmp_path: Path) -> None:
    items = "    items: [{title: Pay of SECRET, confidential: true, carried: true}]\n"
    later = "  - id: m2\n    group: g\n    date: 2026-11-18\n    status: held\n" + under("carried")
    cluster = cluster_of(tmp_path, items, later)
    meeting = cluster.meetings["m2"]
    assert "SECRET" not in str(asdict(minutes_page(cluster, meeting, TODAY)))
    assert has_confidential_part(cluster, meeting)
    part = minutes_page(cluster, meeting, TODAY, confidential=True)
    assert [(each.title.en, each.note.en) for each in part.matters] == [("Pay of SECRET", "SECRET note")]


def test_the_agenda_tells_the_number_and_time_of_a_confidential_item_and_nothing_else(tmp_path: Path) -> None:
    items = "    items: [{id: SECRET-id, title: SECRET, lead: pb, paper: SECRET.pdf, asked_by: pb, confidential: true, minutes: 15}]\n"
    cluster = cluster_of(tmp_path, items.replace("SECRET-id", "secret-id"))
    page = agenda_of(cluster, "m1")
    (item,) = [each for each in page.items if each.is_confidential]
    assert (item.number, item.minutes, item.is_withheld, item.lead, item.papers, item.asked_by) == (4, 15, True, None, (), None)
    assert "SECRET" not in everything(cluster)
    assert "secret-id" not in agendas_json([page])
    text = markdown_of("agenda", ["en"], page)
    assert "Confidential item" in text
    assert "Head (B)" not in text


def test_members_have_a_part_of_the_agenda_that_tells_it(tmp_path: Path) -> None:
    cluster = cluster_of(tmp_path, "    items: [{title: Open}, {title: SECRET, paper: SECRET.pdf, confidential: true}]\n")
    part = agenda_of(cluster, "m1", confidential=True)
    ordinary = next(each for each in agenda_of(cluster, "m1").items if each.is_confidential)
    assert [(each.number, each.title.en, each.papers[0].name) for each in part.items] == [(ordinary.number, "SECRET", "SECRET.pdf")]
    text = markdown_of("agenda", ["en"], part)
    assert "confidential part" in text
    assert "SECRET.pdf" in text


def test_a_correction_to_a_confidential_item_stands_in_the_confidential_part(tmp_path: Path) -> None:
    text = """\
    items: [{title: Open}, {id: pay, title: Pay, confidential: true}]
    minutes:
      notes: {1: x}
      corrections: [Mair was there, {text: SECRET, item: pay}, {text: {cy: SECRET, en: SECRET}, item: 2}, {text: To the first, item: 1}]
"""
    cluster = cluster_of(tmp_path, text)
    page, part = (minutes_page(cluster, cluster.meetings["m1"], TODAY, confidential=each) for each in (False, True))
    assert [each.en for each in page.state.corrections] == ["Mair was there", "To the first"]
    assert [each.en for each in part.state.corrections] == ["SECRET", "SECRET"]
    assert "SECRET" not in everything(cluster)


def test_a_correction_to_an_item_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    cluster_of(tmp_path, "    items: [{title: Pay, confidential: true}]\n    minutes: {corrections: [{text: SECRET, item: 2}]}\n")
    assert {each.code for each in told(tmp_path) if each.is_error} == {"no-such-item"}


@pytest.mark.parametrize("id", ["'1'", "'003'", "actions", "any-other-business", "items"])
def test_an_item_is_called_neither_a_number_nor_a_block(tmp_path: Path, id: str) -> None:
    cluster_of(tmp_path, f"    items: [{{title: Pay, confidential: true}}, {{id: {id}, title: Other}}]\n")
    (problem,) = [each for each in told(tmp_path) if each.is_error]
    assert (problem.code, problem.place.file, problem.place.line) == ("item-id", "meetings.yaml", 6)


def test_the_form_names_a_block_that_an_item_means_by_the_item(tmp_path: Path) -> None:
    cluster = cluster_of(tmp_path, "    items: [{title: Any other business, confidential: true}]\n")
    page = form_page(Around(cluster, cluster.meetings["m1"], TODAY), words_of_blocks())
    assert [(each.key, each.is_confidential) for each in page.items if each.title.en == "Any other business"] == [("1", True)]
