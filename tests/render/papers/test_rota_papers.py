"""The papers of a rota, each with little data and with much, compared whole."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from viewed import FILES, TODAY
from workspaces import Files, write

from sigctl.cluster import load
from sigctl.render.document import document, markdown_of, text_of
from sigctl.reports.papers import (
    brief,
    checklist,
    give_and_take,
    out_by_day,
    person_sheets,
    rota_changes,
    round_of,
    school_sheets,
    visit_programme,
    whole_rota,
)
from sigctl.rota.life.differences import differences
from sigctl.rota.life.draft import visits_of

LITTLE: Files = {
    "sigctl.yaml": """\
sigctl: 1
cluster: {id: dau, name: Dwy Ysgol, languages: [cy, en], nation: wales}
calendars:
  - {id: wales-2026-27, year: 2026-27, terms: [{id: autumn, start: 2026-11-02, end: 2026-12-18}]}
schools:
  - {id: pen, name: "Ysgol [/foo] & *Tŷ* | `Coch`"}
  - {id: tal, name: Ysgol Tal-y-bont}
people:
  - {id: pen-head, school: pen, reviewer: {level: lead, trained: 2025-09-12}}
  - {id: tal-head, post: Headteacher, school: tal, reviewer: {level: lead, trained: 2025-09-12}}
cycles:
  - {id: round-4, name: Round 4, from: 2026-11-09, to: 2026-12-18, visit: {days: 1, team: 1}, visits: [{host: pen}]}
programmes:
  - {id: one, name: One day, days: [{sessions: [{start: 09:00, end: 12:00, title: "# Taith | ddysgu"}]}], checklist: []}
""",
    "rotas.yaml": """\
rotas:
  - {cycle: round-4, status: draft, visits: [{host: pen, dates: [2026-11-24], lead: tal-head, team: [tal-head]}]}
""",
}
MUCH: Files = {
    **FILES,
    "schools.yaml": FILES["schools.yaml"].replace(
        "id: dan,",
        "id: dan, phase: primary, pupils: 1210, postcode: SA2 0AA, local_authority: {cy: Abertawe, en: Swansea}, language: welsh, "
        "contact: {phone: '01792 000000', email: swyddfa@example.org, website: 'https://example.org/dan'},",
    ),
    "round.yaml": FILES["round.yaml"].replace("- {host: dan,", "- {host: dan, focus: [attendance, welsh-language],"),
    "rotas/round-4.yaml": FILES["rotas/round-4.yaml"].replace(
        "team: [mor-head, tal-head],",
        "team: [mor-head, tal-head], reserves: [pen-deputy], stages: [{id: self-evaluation, date: 2026-11-09}, "
        "{id: workshop, date: 2026-12-11, facilitators: [pen-head]}],",
    ),
    "programmes.yaml": """\
programmes:
  - id: own
    name: {cy: Ein patrwm ni, en: Our pattern}
    days:
      - sessions:
          - {start: 08:45, end: 9:30, title: {cy: Cyfarfod tîm, en: Team meeting}}
          - {start: 9:30, end: 12:00, title: {cy: Taith ddysgu, en: Learning walk}, with: {cy: Dirprwy, en: Deputy}, reviewer: one}
          - {start: 9:30, end: 12:00, title: {cy: Craffu ar lyfrau, en: Book scrutiny}, reviewer: one}
          - {start: 10:00, end: 11:00, title: {cy: Cyfarfod â rhieni, en: Meeting with parents}, reviewer: one}
      - sessions:
          - {start: 13:00, end: 15:30, title: {cy: Adborth, en: Feedback}, with: {cy: Pennaeth, en: Headteacher}, reviewer: lead}
    checklist:
      - {due: -5, title: {cy: Anfon y data, en: Send the data}}
      - {cy: Cinio, en: Lunch}
      - {due: 1, title: {cy: Diolch, en: Thank everybody}}
""",
}
BEFORE: Final = """\
rotas:
  - cycle: round-4
    status: draft
    visits:
      - {host: dan, dates: [2026-11-26, 2026-11-27], lead: pen-head, team: [pen-head, tal-head], state: confirmed}
      - {host: bryn, dates: [2026-11-10, 2026-11-11], lead: pen-head, team: [pen-deputy, pen-head]}
      - {host: pen, dates: [2027-01-12, 2027-01-13], lead: dan-head, team: [dan-head, bryn-head], state: told}
"""


def papers(folder: Path, files: Files, status: str, host: str) -> Mapping[str, Any]:
    """Each paper of a rota, by its template; those of a visit for one host, those of a school or a person for the first or the host."""
    cluster, _ = load(write(folder, files))
    cycle, rota = cluster.cycles["round-4"], cluster.rota("round-4", status)
    assert rota
    of = round_of(cluster, cycle, rota, TODAY)
    visit = next(visit for visit in of.page.held if visit.host_id == host)
    other = cluster.rota("round-4", "draft") if status == "published" else None
    found = differences(visits_of(other), visits_of(rota))
    return {
        "rota_paper": whole_rota(of),
        "school_sheet": next(each for each in school_sheets(of) if each.line.id == ("dan" if status == "published" else "tal")),
        "person_sheet": next(each for each in person_sheets(of) if each.line.who.id in ("mor-head", "tal-head")),
        "out_by_day": out_by_day(of),
        "give_and_take": give_and_take(of, rota),
        "rota_changes": rota_changes(of, found, is_first=other is None),
        "programme": visit_programme(of, visit),
        "brief": brief(of, visit),
        "checklist": checklist(of, visit),
    }


TEMPLATES: Final = (
    "rota_paper", "school_sheet", "person_sheet", "out_by_day", "give_and_take", "rota_changes", "programme", "brief", "checklist",
)  # fmt: skip


@pytest.mark.parametrize("template", TEMPLATES)
def test_with_little(template: str, tmp_path: Path, paper_snapshots: Callable[[str, str, Any], None]) -> None:
    paper_snapshots(f"{template}.minimal", template, papers(tmp_path, LITTLE, "draft", "pen")[template])


@pytest.mark.parametrize("template", TEMPLATES)
def test_with_much(template: str, tmp_path: Path, paper_snapshots: Callable[[str, str, Any], None]) -> None:
    paper_snapshots(f"{template}.full", template, papers(tmp_path, {**MUCH, "before.yaml": BEFORE}, "published", "dan")[template])


def test_every_day_of_a_programme_is_a_table_as_plain_text(tmp_path: Path) -> None:
    """A time that goes past noon is long in Welsh; it must not turn the table of its day alone into lines."""
    longer = MUCH["programmes.yaml"].replace("start: 10:00, end: 11:00", "start: 10:30, end: 12:15")
    longer = longer.replace("{cy: Taith ddysgu, en: Learning walk}", "{cy: Taith ddysgu drwy'r ysgol gyfan, en: Learning walk}")
    longer = longer.replace("{cy: Dirprwy, en: Deputy}", "{cy: Dirprwy bennaeth a staff, en: Deputy headteacher and staff}")
    report = papers(tmp_path, {**MUCH, "programmes.yaml": longer, "before.yaml": BEFORE}, "published", "dan")["programme"]
    told = text_of(document("programme", ("cy", "en"), report)).splitlines()
    assert "10.30y.b. –" in " ".join(told)
    assert sum(line.startswith("Amser  ") for line in told) == 2


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_cluster_can_replace_one_block_and_keep_the_others(template: str, tmp_path: Path) -> None:
    report = papers(tmp_path, {**MUCH, "before.yaml": BEFORE}, "published", "dan")[template]
    own = f'{{% extends "sigctl/{template}.md.j2" %}}\n{{% block title %}}\n# Our own title\n\n{{% endblock %}}\n'
    theirs = markdown_of(template, ("en",), report, {f"{template}.md.j2": own})
    ours = markdown_of(template, ("en",), report)
    assert theirs.startswith("# Our own title\n")
    assert ours[ours.index("\n## ") if "\n## " in ours else ours.index("\n| ") :] in theirs
