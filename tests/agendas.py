"""A small cluster whose next strategic meeting has something under every block of its agenda."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from viewed import FILES as VIEWED
from workspaces import Files, write

from sigctl.cluster import Cluster, load
from sigctl.commands.blocks import words_of_blocks
from sigctl.records import Meeting
from sigctl.reports.agenda import AgendaItem, AgendaPage, Around, Known, agenda_page

TODAY = date(2026, 11, 20)

GROUPS = """\
groups:
  - id: strategic
    name: {cy: Grŵp Strategol, en: Strategic Group}
    kind: strategic
    meets: half-termly
    presentations: 1
    quorum: 3
    members: [{person: bryn-head}, {person: dan-head}, {person: mor-head}, {person: pen-head}, {school: tal}]
    officers:
      - {office: chair, person: bryn-head, from: 2025-09-01, to: 2026-12-31}
      - {office: secretary, person: pen-deputy}
      - {office: treasurer, person: dan-head}
    standing_items:
      - {cy: Ymddiheuriadau am absenoldeb, en: Apologies for absence}
      - {cy: Diogelu, en: Safeguarding}
      - {cy: Dyddiad y cyfarfod nesaf, en: Date of the next meeting}
  - id: attendance
    name: {cy: Presenoldeb, en: Attendance}
    kind: working
    purpose: {cy: Codi presenoldeb, en: To raise attendance}
    reports_to: strategic
    started: 2024-09-01
    review_by: 2026-12-18
    meets: half-termly
    members: [{person: mor-head}, {person: pen-deputy}, {school: tal}]
    officers: [{office: chair, person: mor-head, from: 2025-09-01}]
    criteria:
      - {id: a, text: {cy: Dros 95%, en: Above 95%}, measure: {cy: Presenoldeb, en: Attendance}, baseline: 92.4, target: 95,
         by: 2027-07-16, readings: [{on: 2026-07-09, value: 93.5}]}
      - {id: b, text: {cy: Pob ysgol, en: Every school}, baseline: 2, target: 5, readings: [{on: 2026-07-09, value: 5}]}
      - {id: c, text: {cy: Llai o waharddiadau, en: Fewer exclusions}, baseline: 40, target: 20}
    reviews: [{on: 2026-11-10, recommendation: refresh}]
  - id: literacy
    name: {cy: Llythrennedd, en: Literacy}
    kind: working
    reports_to: strategic
    started: 2025-09-01
    meets: half-termly
    members: [{person: bryn-head}, {school: dan}]
  - id: data
    name: {cy: Data, en: Data}
    kind: working
    reports_to: attendance
    members: [{school: pen}]
  - {id: old, name: {cy: Hen, en: Old}, kind: working, reports_to: strategic, started: 2020-09-01, ended: 2026-07-20}
"""

MEETINGS = """\
meetings:
  - id: strategic-2026-07
    group: strategic
    date: 2026-07-02
    status: held
    start: 15:45
    end: 17:15
    items: [{id: travel, title: {cy: Teithio, en: Travel}, carried: true}, {title: {cy: Adborth, en: Feedback}, feedback: literacy}]
    minutes: {status: agreed, agreed_at: strategic-2026-09}
  - id: strategic-2026-09
    group: strategic
    date: 2026-09-17
    status: held
    start: 15:45
    end: 17:15
    items: [{id: travel, title: {cy: Teithio, en: Travel}, carried: true}]
    minutes: {status: draft}
  - id: strategic-2026-10
    group: strategic
    date: 2026-10-08
    status: held
    start: 15:45
    end: 17:15
    items:
      - {id: round-4, title: {cy: Rownd 4, en: Round 4}}
      - {id: travel, title: {cy: Costau teithio, en: Travel costs}, lead: dan-head, carried: true}
      - {id: staff, title: {cy: Staff, en: Staff}, confidential: true}
    minutes:
      status: draft
      corrections: [{cy: Roedd Siân yn bresennol, en: Siân was present}]
    decisions:
      - {id: d1, item: round-4, text: {cy: Cytunwyd ar y rheolau, en: The rules were agreed}}
      - {id: d2, item: staff, text: {cy: Cyfrinach un, en: Secret one}}
      - {id: d3, text: {cy: Diolchwyd i bawb, en: All were thanked}}
    actions:
      - {id: a1, item: round-4, text: {cy: Casglu dyddiadau, en: Collect dates}, owner: pen-deputy, status: done, done_on: 2026-10-16}
      - {id: a2, item: round-4, text: {cy: Anfon y rota, en: Send the rota}, owner: pen-deputy, due: 2026-11-13}
      - {id: a3, text: {cy: Gofyn am bris, en: Ask for a price}, school: tal, due: 2026-12-01}
      - {id: a4, text: {cy: Archebu neuadd, en: Book a hall}}
      - {id: a5, text: {cy: Paratoi adroddiad, en: Prepare a report}, owner: dan-head, due: 2027-05-01}
      - {id: a6, item: staff, text: {cy: Cyfrinach dau, en: Secret two}, owner: dan-head, due: 2026-11-01}
  - id: data-2026-10
    group: data
    date: 2026-10-15
    status: held
    actions: [{id: b1, text: {cy: Cytuno ar ffurf, en: Agree on a form}, owner: mor-head, due: 2026-10-30}]
  - id: strategic-2026-12
    group: strategic
    date: 2026-12-01
    start: 15:45
    end: 17:15
    venue: {cy: Y neuadd, en: The hall}
    link: https://example.org/cyfarfod
    attendance: {apologies: [dan-head], schools: {apologies: [tal]}}
    items:
      - {id: budget, title: {cy: Cyllideb, en: Budget}, lead: dan-head, minutes: 20, purpose: decision, paper: budget.pdf}
      - {title: {cy: Gwisg ysgol, en: School uniform}, asked_by: mor-head}
      - {title: {cy: Materion yn codi, en: Matters arising}, minutes: 7}
      - {title: {cy: Staff, en: Staff}, lead: bryn-head, confidential: true}
  - {id: attendance-2026-12, group: attendance, date: 2026-12-08, start: 16:00}
  - {id: strategic-2027-01, group: strategic, date: 2027-01-28, start: 15:45, end: 17:15, venue: Ysgol y Bryn}
"""

FILES: Files = {
    **VIEWED,
    "people.yaml": VIEWED["people.yaml"].replace(
        "level: reviewer, trained: 2025-09-12", "level: reviewer, trained: 2025-09-12, expires: 2027-01-20"
    ),
    "groups.yaml": GROUPS,
    "meetings.yaml": MEETINGS,
}


def cluster_of(folder: Path, files: Files = FILES) -> Cluster:
    """The cluster that some files hold."""
    cluster, problems = load(write(folder, files))
    assert not [each.message for each in problems]
    return cluster


def page_of(cluster: Cluster, meeting: str | Meeting, today: date = TODAY, files: frozenset[str] | None = None) -> AgendaPage:
    """The agenda of a meeting, with our own words."""
    record = cluster.meetings[meeting] if isinstance(meeting, str) else meeting
    return agenda_page(Around(cluster, record, today), Known(words_of_blocks(), files))


def by_block(page: AgendaPage) -> Mapping[str, AgendaItem]:
    """The items by their blocks; of several, the first."""
    return {item.block: item for item in reversed(page.items)}


def changed(old: str, new: str, files: Files = FILES) -> dict[str, str]:
    """The files with something else in one place."""
    assert sum(text.count(old) for text in files.values()) == 1, old
    return {name: text.replace(old, new) for name, text in files.items()}
