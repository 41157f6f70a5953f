"""A small cluster whose groups have had a life: meetings, apologies, silence, criteria, reviews, and a school that merged into another."""

from datetime import date
from pathlib import Path

from viewed import FILES as BEFORE
from workspaces import Files, write

from sigctl.cluster import Cluster, load

TODAY = date(2026, 11, 20)

_MERGED = '  - {id: hen, name: "Ysgol yr Hen Bont", left: 2026-08-31, merged_into: mor}\n'

FILES: Files = {
    **BEFORE,
    "schools.yaml": BEFORE["schools.yaml"] + _MERGED,
    "groups.yaml": """\
groups:
  - id: strategic
    name: {cy: Grŵp Strategol, en: Strategic Group}
    kind: strategic
    meets: half-termly
    started: 2023-09-01
    members: [{person: bryn-head}, {person: dan-head}, {person: mor-head}, {school: pen, to: 2026-03-31}]
    officers:
      - {office: chair, person: bryn-head, from: 2024-09-01, to: 2026-12-18}
      - {office: secretary, person: dan-head, to: 2026-07-20}
      - {office: treasurer, person: dan-head, to: 2026-12-31}
      - {office: treasurer, person: mor-head, from: 2027-01-01}
      - {office: web-editor, person: mor-head}
  - id: presence
    name: {cy: Presenoldeb, en: Attendance}
    kind: working
    purpose: {cy: Codi presenoldeb., en: To raise attendance.}
    reports_to: strategic
    meets: termly
    started: 2024-09-01
    review_by: 2026-10-30
    officers: [{office: chair, person: mor-head, from: 2025-09-01}]
    members:
      - {person: mor-head}
      - {school: bryn}
      - {school: dan}
      - {school: hen, to: 2026-08-31}
      - {school: mor, from: 2026-09-01}
      - {school: tal, from: 2026-09-01}
      - {guest: {cy: Pennaeth, en: Headteacher}, organisation: {cy: Clwstwr Llwchwr, en: Loughor Cluster}, from: 2025-09-01}
    criteria:
      - id: present
        text: {cy: Presenoldeb dros 95%., en: Attendance above 95%.}
        measure: {cy: Presenoldeb, en: Attendance}
        baseline: 92.4
        target: 95
        by: 2026-07-20
        readings: [{on: 2025-07-10, value: 93.1}, {on: 2026-07-09, value: 94.2, note: Two schools late.}, {on: 2027-07-08, value: 95.5}]
      - id: absent
        text: {cy: Llai o absenoldeb parhaus., en: Less persistent absence.}
        baseline: 8
        target: 5
        by: 2027-07-20
        readings: [{on: 2026-07-09, value: 4.5}]
      - {id: late, text: {cy: Llai'n hwyr., en: Fewer are late.}, baseline: 3, target: 1, readings: [{on: 2026-07-09, value: 4}]}
      - {id: home, text: {cy: Ymweliadau cartref., en: Home visits.}, baseline: 0, target: 10}
    outputs:
      - {on: 2026-02-12, text: {cy: Pecyn i rieni, en: A pack for parents}}
      - {on: 2027-02-12, text: {cy: Rhywbeth i ddod, en: Something to come}}
    reviews:
      - on: 2026-06-09
        costs: {cy: 12 diwrnod, en: 12 days of cover}
        benefits: {cy: Un ffurflen i bawb, en: One form for all}
        recommendation: refresh
  - id: digital
    name: Digidol / Digital
    kind: working
    started: 2024-09-01
    ended: 2026-07-20
    reviews: [{on: 2026-06-04, recommendation: merge, decision: merge, decided_on: 2026-06-25, into: presence}]
  - {id: new, name: {cy: Newydd, en: New}, kind: seminar, started: 2027-01-04}
  - {id: still, name: {cy: Llonydd, en: Still}, kind: steering, started: 2024-09-01, meets: monthly}
""",
    "meetings.yaml": """\
meetings:
  - id: presence-1
    group: presence
    date: 2026-03-10
    status: held
    attendance: {present: [mor-head], schools: {present: [bryn, hen], apologies: [dan]}}
  - id: presence-2
    group: presence
    date: 2026-06-09
    status: held
    attendance: {present: [mor-head], schools: {present: [bryn], apologies: [dan], absent: [hen]}}
  - {id: presence-3, group: presence, date: 2026-07-07, status: held}
  - id: presence-4
    group: presence
    date: 2026-09-22
    status: held
    attendance:
      apologies: [mor-head]
      substitutes: [{for: mor-head, by: pen-head}]
      schools: {present: [bryn], apologies: [dan]}
  - id: presence-5
    group: presence
    date: 2026-11-10
    status: held
    attendance: {present: [mor-head, bryn-head], schools: {apologies: [dan], absent: [tal]}}
  - {id: presence-6, group: presence, date: 2026-11-17, status: cancelled}
  - {id: presence-7, group: presence, date: 2027-01-19}
  - {id: still-1, group: still, date: 2026-05-06, status: held}
  - {id: strategic-1, group: strategic, date: 2026-10-08, status: held, attendance: {present: [bryn-head, mor-head], absent: [dan-head]}}
""",
}

MINIMAL: Files = {
    "sigctl.yaml": "sigctl: 1\ncluster: {id: c, name: SIG 3}\n",
    "groups.yaml": "groups:\n  - {id: g, name: Group, kind: working}\n",
}
"""A cluster of which the files say next to nothing."""


def cluster_of(folder: Path, files: Files = FILES) -> Cluster:
    """The small cluster."""
    cluster, problems = load(write(folder, files))
    assert not problems, problems
    return cluster
