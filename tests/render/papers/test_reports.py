"""The reports and the pages of groups, with little data and with much, in Welsh, English and both."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lived
import pytest
import viewed
from workspaces import Files, write

import sigctl.render
from sigctl.cluster import Cluster, load
from sigctl.render.document import document, html_of, text_of
from sigctl.reports.cycle import cycle_report
from sigctl.reports.groups.overview import groups_page
from sigctl.reports.groups.page import group_page
from sigctl.reports.groups.report import working_groups

TODAY = lived.TODAY
SAID = viewed.FILES["round.yaml"].replace(
    "- {host: bryn}", "- {host: bryn, host_said: {cy: Roedd yr adborth yn glir., en: The feedback was clear.}}"
)
EMPTY = {**viewed.FILES, "rotas/round-4.yaml": "rotas:\n  - {cycle: round-4, status: published, visits: []}\n"}
NAUGHTY = ["Ysgol [/foo]", "A & B <i>", "*x*|y", "{{ 7*7 }}", "=1+1", "1. first", "- item", ": term"]


def cycle_of(folder: Path, files: Files) -> Any:
    cluster, _ = load(write(folder, files))
    rota = cluster.rota("round-4", "published")
    assert rota
    return cycle_report(cluster, cluster.cycles["round-4"], rota, TODAY, TODAY)


def page_of(cluster: Cluster, template: str) -> Any:
    groups = list(cluster.groups.values())
    match template:
        case "groups":
            return groups_page(cluster, TODAY, TODAY)
        case "group":
            return group_page(cluster, cluster.groups.get("presence", groups[0]), TODAY, TODAY)
        case _:
            return working_groups(cluster, [group for group in groups if group.kind == "working"], TODAY, TODAY)


@pytest.mark.parametrize("template", ["groups", "group", "working_groups"])
def test_groups(tmp_path: Path, template: str, paper_snapshots: Callable[[str, str, Any], None]) -> None:
    paper_snapshots(f"{template}.minimal", template, page_of(lived.cluster_of(tmp_path / "minimal", lived.MINIMAL), template))
    paper_snapshots(f"{template}.full", template, page_of(lived.cluster_of(tmp_path / "full"), template))


def test_cycle(tmp_path: Path, paper_snapshots: Callable[[str, str, Any], None]) -> None:
    paper_snapshots("cycle.minimal", "cycle", cycle_of(tmp_path / "minimal", EMPTY))
    paper_snapshots("cycle.full", "cycle", cycle_of(tmp_path / "full", {**viewed.FILES, "round.yaml": SAID}))


def test_the_cycle_names_reviewers_one_by_one(tmp_path: Path) -> None:
    report = cycle_of(tmp_path, EMPTY)
    told = text_of(document("cycle", ("en",), report)).splitlines()
    assert len(report.reviewers.idle) > 1
    for member in report.reviewers.idle:
        assert f"- {member.person.en}, {member.school.en}" in told


@pytest.mark.parametrize("language", ["cy", "en"])
def test_no_page_speaks_of_fields_of_the_files(language: str) -> None:
    sections = sorted((Path(sigctl.render.__file__).parent / "catalogue" / language).glob("*.toml"))
    said = {f"{file.stem}.{key}": str(words) for file in sections for key, words in tomllib.loads(file.read_text("utf-8")).items()}
    assert len(said) > 100
    assert [key for key, words in said.items() if not key.endswith(".unverified") and re.search(r"`|[a-z]_[a-z]", words)] == []


@pytest.mark.parametrize("name", NAUGHTY)
@pytest.mark.parametrize("template", ["groups", "group", "working_groups"])
def test_a_name_comes_out_as_it_is(tmp_path: Path, template: str, name: str) -> None:
    quoted = name.replace('"', '\\"')
    groups = lived.FILES["groups.yaml"].replace("{cy: Presenoldeb, en: Attendance}\n    kind: working", f'"{quoted}"\n    kind: working')
    groups = groups.replace("{cy: Pecyn i rieni, en: A pack for parents}", f'"{quoted}"')
    made = document(template, ("cy", "en"), page_of(lived.cluster_of(tmp_path, {**lived.FILES, "groups.yaml": groups}), template))
    assert name in text_of(made)
    assert "<i>" not in html_of(made)


@pytest.mark.parametrize("name", NAUGHTY)
def test_a_school_comes_out_as_it_is_called(tmp_path: Path, name: str) -> None:
    made = document("cycle", ("cy", "en"), cycle_of(tmp_path, viewed.renamed(name)))
    assert name in text_of(made)
    assert "<i>" not in html_of(made)


def test_every_picture_is_told_in_a_table_as_well(tmp_path: Path) -> None:
    made = document("working_groups", ("en",), page_of(lived.cluster_of(tmp_path), "working_groups"))
    assert [name.split("-")[1] for name in made.pictures] == ["criterion", "criterion", "criterion", "attendance"]
    text = text_of(made)
    for told in ("93.1 (10 July 2025)", "94.2 (9 July 2026: Two schools late.)", "4.5 (9 July 2026)", "Seaside School"):
        assert told in " ".join(text.split())
