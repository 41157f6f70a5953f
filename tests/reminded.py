"""A cluster through an autumn term: meetings, actions, a published rota, two who do not answer, and a secretary who makes the calls."""

from pathlib import Path

from workspaces import Files, write

FILES: Files = {
    "calendar.yaml": """\
calendars:
  - id: wales-2026-27
    year: 2026-27
    terms:
      - {id: autumn, start: 2026-09-01, end: 2026-12-18, half_term: {from: 2026-10-26, to: 2026-10-30}}
      - {id: spring, start: 2027-01-04, end: 2027-03-19, half_term: {from: 2027-02-08, to: 2027-02-12}}
      - {id: summer, start: 2027-04-05, end: 2027-07-20, half_term: {from: 2027-05-31, to: 2027-06-04}}
""",
    "schools.yaml": """\
schools:
  - {id: aberdare, name: {cy: Ysgol Aberdâr, en: Aberdare School}, postcode: CF44 0RP, location: {lat: 51.7127, lon: -3.4451}}
  - {id: treorchy, name: {cy: Ysgol Treorci, en: Treorchy School}, location: {lat: 51.6569, lon: -3.5068}}
  - {id: porth, name: "Ysgol [/foo] | *Porth* & <i>", location: {lat: 51.6125, lon: -3.4053}}
""",
    "people.yaml": """\
people:
  - {id: secretary, name: Siân Enghraifft, post: {cy: Ysgrifennydd, en: Secretary}, email: swyddfa@example.org, writes_in: cy}
  - id: aberdare-head
    name: A Jones
    post: {cy: Pennaeth, en: Headteacher}
    school: aberdare
    email: a.jones@example.org
    phone: "01685 222222"
    writes_in: en
    speaks: [cy, en]
    reviewer: {level: lead, trained: 2025-09-12}
  - id: treorchy-head
    name: T Evans
    post: {cy: Pennaeth, en: Headteacher}
    school: treorchy
    email: t.evans@example.org
    phone: "01443 333333"
    writes_in: cy
    speaks: [cy, en]
    unavailable: [2026-12-02]
    reviewer: {level: lead, trained: 2025-09-12}
  - id: porth-head
    post: {cy: Pennaeth, en: Headteacher}
    school: porth
    email: pennaeth@porth.example.org
    phone: "01443 444444"
    reviewer: {level: reviewer, trained: 2025-09-12}
  - {id: porth-deputy, name: No Address, school: porth, phone: "01443 555555"}
""",
    "groups.yaml": """\
groups:
  - id: strategic
    name: {cy: Grŵp Strategol, en: Strategic Group}
    kind: strategic
    members: [{person: aberdare-head}, {person: treorchy-head}, {person: porth-head}]
    officers: [{office: chair, person: aberdare-head}, {office: secretary, person: secretary}]
""",
    "meetings.yaml": """\
meetings:
  - id: strategic-2026-10
    group: strategic
    date: 2026-10-08
    status: held
    attendance: {present: [aberdare-head, treorchy-head]}
    minutes: {status: agreed, notes: {1: Agreed.}}
    items:
      - {id: figures, title: {cy: Ffigurau, en: Figures}}
      - {id: staff, title: A staff matter, confidential: true}
    actions:
      - {id: a1, text: {cy: Anfon y ffigurau, en: Send the figures}, owner: treorchy-head, item: figures, due: 2026-11-13}
      - {id: a2, text: A secret letter, owner: porth-head, item: staff, due: 2026-11-13}
      - {id: a3, text: {cy: Archebu'r neuadd, en: Book the hall}, owner: porth-deputy, due: 2026-11-13}
  - id: strategic-2026-12
    group: strategic
    date: 2026-12-03
    start: 15:30
    end: 17:00
    venue: {cy: Y llyfrgell, en: The library}
    link: https://example.org/meet
    items:
      - {title: {cy: Presenoldeb, en: Attendance}, paper: figures.pdf}
      - {title: Somebody's pay, confidential: true}
""",
    "round.yaml": """\
cycles:
  - id: round-1
    name: {cy: Rownd 1, en: Round 1}
    from: 2026-11-02
    to: 2027-03-19
    focus: [attendance]
    visit: {days: 1, team: 2, programme: one-day}
    rules: {welsh_speakers: 0, cover_focus: false, days_between: 0}
    stages:
      - {id: self-evaluation, name: {cy: Hunanwerthuso, en: Self-evaluation}, due: -3}
      - {id: workshop, name: {cy: Gweithdy, en: Workshop}, within: 15}
    goals: [fairness]
    visits: [{host: aberdare}]
programmes:
  - id: one-day
    name: {cy: Un diwrnod, en: One day}
    days:
      - sessions:
          - {start: 09:00, end: 09:30, title: {cy: Croeso, en: Welcome}, with: {cy: Pennaeth, en: Headteacher}, reviewer: all}
          - {start: 09:30, end: 12:00, title: {cy: Taith ddysgu, en: Learning walk}, reviewer: one}
rotas:
  - cycle: round-1
    status: published
    visits:
      - host: aberdare
        dates: [2026-12-01]
        lead: treorchy-head
        team: [treorchy-head, porth-head]
        state: told
        stages: [{id: self-evaluation, date: 2026-11-26}, {id: workshop, date: 2026-12-15}]
""",
}


def settings(port: int, more: str = "") -> str:
    """What `sigctl.yaml` says, with a mail server on this machine."""
    return f"""\
sigctl: 1
cluster: {{id: cynon, name: {{cy: Clwstwr Cynon, en: Cynon Cluster}}, languages: [cy, en], nation: wales}}
mail: {{from: sig@example.org, reply_to: swyddfa@example.org, server: 127.0.0.1, port: {port}, security: none, timeout: 5}}
{more}"""


def workspace(folder: Path, port: int, more: str = "") -> Path:
    """The cluster as files."""
    return write(folder, {**FILES, "sigctl.yaml": settings(port, more)})
