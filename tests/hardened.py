"""A small cluster in which everything private that a file can hold is there, each with an unmistakable word in it."""

from pathlib import Path
from typing import Final

from workspaces import Files, base_files, write

TODAY: Final = ("--today", "2026-09-21")
CANARIES: Final = {
    "address": "canary-address",
    "phone": "01685 777",
    "why unavailable": "canary-unavailable",
    "why busy": "canary-busy",
    "why fixed": "canary-fixed",
    "why quiet": "canary-quiet",
    "why closed": "canary-closed",
    "password": "canary-password",
    "confidential item": "canary-confidential",
    "remark": "canary-remark",
}
"""What is private, and the word by which it is recognised. Conflicts are ids of schools, so that no word can be put into them."""

_PEOPLE: Final = """\
# The people of our schools.
people:
  # of Aberdare
  - {id: aberdare-head, name: Ann Enghraifft, post: Headteacher, school: aberdare, email: canary-address-1@example.org,
     phone: "01685 777001", expertise: [attendance], conflicts: [rhydywaun], reviewer: {level: lead, trained: 2025-09-12}}
  - {id: treorchy-head, name: Mair Enghraifft, post: Headteacher, school: treorchy, email: canary-address-2@example.org,
     phone: "01685 777002", speaks: [cy, en], expertise: [attendance], reviewer: {level: lead, trained: 2025-09-12}}
  # Siân is away a lot
  - id: sian-llwyd      # canary-remark: she is our chair
    name: Siân Llwyd
    post: {cy: Pennaeth, en: Headteacher}
    school: rhydywaun
    posts: [{post: Headteacher, school: rhydywaun, from: 2020-09-01}]
    email: canary-address-3@example.org
    phone: "01685 777003"
    writes_in: cy
    speaks: [cy, en]
    expertise: [attendance]
    # canary-remark: told on the telephone
    unavailable:
      - {from: 2026-12-07, to: 2026-12-08, why: canary-unavailable}   # canary-remark: in hospital
    conflicts: [porth]
    reviewer: {level: lead, trained: 2025-09-12, prefers: {not_dates: [{from: 2026-12-14, why: canary-unavailable}]}}
    offers: [{subject: {cy: Presenoldeb, en: Attendance}, kinds: [coaching]}]
  - {id: porth-head, name: Gareth Enghraifft, post: Headteacher, school: porth, email: canary-address-4@example.org,
     phone: "01685 777004", speaks: [cy, en], expertise: [attendance], reviewer: {level: reviewer, trained: 2025-09-12}}
"""
_DEPUTY: Final = """\
  - {id: porth-deputy, post: Deputy headteacher, school: porth, speaks: [cy], expertise: [attendance],
     reviewer: {level: lead, trained: 2025-09-12}}
"""
_CYCLE: Final = """\
cycles:
  - id: round-4
    name: {cy: Rownd 4, en: Round 4}
    from: 2026-11-02
    to: 2027-03-19
    focus: [attendance]
    visit: {days: 2, team: 2}
    stages: [{id: self-evaluation, due: -10}, {id: report, due: 10}]
    rules: {swaps: true, visits_per_reviewer: 3}
    goals: [fairness, preferences]
    availability: {wanted_by: 2026-09-25, answered: [{person: sian-llwyd, on: 2026-09-15, source: telephone}]}
    visits:
      - {host: aberdare, fixed: {team: [sian-llwyd], by: secretary, why: canary-fixed}}
      - {host: treorchy}
      - {host: rhydywaun}
      - {host: porth}
"""
_GROUPS: Final = """\
groups:
  - id: strategic
    name: {cy: Grŵp Strategol, en: Strategic Group}
    kind: strategic
    members:
      - {person: aberdare-head}
      - {person: sian-llwyd}      # Siân Llwyd
      - {person: porth-head}
    officers:
      - {office: chair, person: sian-llwyd, from: 2025-09-01}
      - {office: secretary, person: porth-head}
  - id: presence
    name: {cy: Presenoldeb, en: Attendance}
    kind: working
    purpose: {cy: Codi presenoldeb, en: Raise attendance}
    started: 2026-01-12
    members: [{person: porth-head}, {school: treorchy}]
    criteria: [{id: rate, text: {cy: Cyfradd, en: Rate}, baseline: 88, target: 92}]
"""
_MEETINGS: Final = """\
meetings:
  - id: strategic-2026-06
    group: strategic
    date: 2026-06-18
    start: 15:30
    status: held
    items:
      - {title: {cy: Cynnydd, en: Progress}, lead: sian-llwyd}
      - {id: pay, title: {cy: canary-confidential cy, en: canary-confidential}, confidential: true}
    attendance:
      present:
        - aberdare-head
        - sian-llwyd                      # Siân Llwyd, Ysgol Gyfun Rhydywaun
      apologies: [porth-head]
    minutes:
      taken_by: porth-head
      notes:
        1: Siân Llwyd told of the progress.
        pay: canary-confidential
    actions:
      - {id: a1, text: {cy: Anfon y ffigurau, en: Send the figures}, owner: sian-llwyd, due: 2026-09-10}
      - {id: a2, text: {cy: canary-confidential, en: canary-confidential}, owner: porth-head, due: 2026-09-11, item: pay}
  - {id: strategic-2026-09, group: strategic, date: 2026-09-10, start: "15:30", status: held}
  - {id: strategic-2026-10, group: strategic, date: 2026-10-01, start: "15:30", chair: sian-llwyd}
"""
DRAFT: Final = """\
rotas:
  - cycle: round-4
    status: draft
    visits:
      - {host: aberdare, dates: [2026-11-10, 2026-11-11], lead: treorchy-head, team: [treorchy-head, sian-llwyd]}   # Siân goes
      - {host: treorchy, dates: [2026-11-24, 2026-11-25], lead: aberdare-head, team: [aberdare-head, porth-head]}
      - {host: rhydywaun, dates: [2027-01-12, 2027-01-13], lead: treorchy-head, team: [treorchy-head, porth-head]}
      - {host: porth, dates: [2027-01-26, 2027-01-27], lead: treorchy-head, team: [treorchy-head, aberdare-head]}
"""
_SETTINGS: Final = """\
sigctl: 1
cluster: {id: cynon, name: {cy: Clwstwr Cynon, en: Cynon Cluster}, languages: [cy, en], nation: wales}
mail: {from: ysgrifennydd@example.org, server: 127.0.0.1, port: 9, security: none, user: canary, password_file: PASSWORD, timeout: 2}
reminders: {caller: sian-llwyd, quiet: [{from: 2026-12-01, to: 2026-12-02, why: canary-quiet}]}
"""
_BUSY: Final = "busy: [{from: 2026-12-01, to: 2026-12-02, why: canary-busy}]"
_CLOSED: Final = "closed: [{from: 2026-12-03, why: canary-closed}]"


def hardened(folder: Path) -> Path:
    """The cluster, with a draft of a rota that keeps every rule; the file of the password stands beside the folder."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    password = folder.parent / "password"
    password.write_text("canary-password\n", encoding="utf-8")
    password.chmod(0o600)
    schools = base_files()["schools.yaml"]
    for end, more in (("-3.5057}", _BUSY), ("-3.4451}", _CLOSED)):
        schools = schools.replace(end, f"{end}, {more}")
    files: Files = base_files() | {
        "sigctl.yaml": _SETTINGS.replace("PASSWORD", str(password)),
        "schools.yaml": schools,
        "people.yaml": _PEOPLE + _DEPUTY,
        "cycles.yaml": _CYCLE,
        "groups.yaml": _GROUPS,
        "meetings.yaml": _MEETINGS,
        "rotas/round-4.draft.yaml": DRAFT,
    }
    return write(folder, files)
