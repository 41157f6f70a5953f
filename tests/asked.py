"""A small cluster that asks when people are free: four schools, reviewers and hosts, a calendar, and comments to be kept."""

from datetime import date

from workspaces import Files

TODAY = date(2026, 9, 21)

FILES: Files = {
    "sigctl.yaml": """\
sigctl: 1
cluster: {id: cynon, name: {cy: Clwstwr Cynon, en: Cynon Cluster}, languages: [cy, en], nation: wales}
mail: {from: sig@example.org, server: 127.0.0.1, port: PORT, security: none}
""",
    "calendar.yaml": """\
calendars:
  - id: year-2026
    year: 2026-27
    terms:
      - {id: autumn, start: 2026-09-01, end: 2026-12-18, half_term: {from: 2026-10-26, to: 2026-10-30}}
      - {id: spring, start: 2027-01-04, end: 2027-03-19, half_term: {from: 2027-02-15, to: 2027-02-19}}
    staff_days: [2026-11-30]
""",
    "schools.yaml": """\
schools:
  - {id: aberdare, name: {cy: Ysgol Aberdâr, en: Aberdare School}}
  - {id: porth, name: Ysgol Porth}
  - {id: treorchy, name: Treorchy School}
""",
    "people.yaml": """\
# Who can be out.
people:
  - id: aberdare-head
    name: Siân Llŷr
    post: {cy: Pennaeth, en: Headteacher}
    school: aberdare
    email: sian@example.org
    writes_in: cy
    unavailable:
      - 2026-11-10          # governors
      - {from: 2026-11-16, to: 2026-11-17, why: told by telephone}
    reviewer: {level: lead, trained: 2025-09-01}
  - id: porth-head
    name: Huw Prys
    post: {cy: Pennaeth, en: Headteacher}
    school: porth
    email: huw@example.org
    writes_in: en
    phone: "01443 000000"
    reviewer: {level: lead, trained: 2025-09-01}
  - {id: treorchy-head, name: Ann Jones, post: {cy: Pennaeth, en: Headteacher}, school: treorchy, email: ann@example.org}
  - {id: treorchy-deputy, name: Anne Jones, school: treorchy, reviewer: {level: reviewer, trained: 2025-09-01}}
""",
    "round-4.yaml": """\
cycles:
  - id: round-4
    name: {cy: Rownd 4, en: Round 4}
    from: 2026-11-02
    to: 2027-03-19
    availability:
      wanted_by: 2026-10-09     # before the planning
    visit: {days: 1, team: 2}
    goals: [fairness]
    visits:
      - {host: aberdare}
      - {host: treorchy}
""",
}
