"""A small cluster with minutes in which there is one of everything: a quorum, substitutes, what is confidential, people of one name."""

from datetime import date
from pathlib import Path

from workspaces import Files, write

from sigctl.cluster import Cluster, load

TODAY = date(2026, 12, 4)

FILES: Files = {
    "sigctl.yaml": "sigctl: 1\ncluster: {id: cynon, name: {cy: Clwstwr Cynon, en: Cynon Cluster}, languages: [cy, en], nation: wales}\n",
    "schools.yaml": """\
schools:
  - {id: aberdare, name: {cy: Ysgol Aberdâr, en: Aberdare School}}
  - {id: porth, name: "Ysgol [/foo] | *Porth* & <i>"}
  - {id: treorchy, name: Treorchy School}
  - {id: gone, name: Gone School, left: 2026-11-01}
""",
    "people.yaml": """\
people:
  - {id: aberdare-head, post: {cy: Pennaeth, en: Headteacher}, school: aberdare}
  - {id: aberdare-office, post: {cy: Swyddog, en: Officer}, school: aberdare}
  - {id: porth-head, name: R Jones, post: {cy: Pennaeth, en: Headteacher}, school: porth}
  - {id: treorchy-head, name: R Jones, post: {cy: Pennaeth, en: Headteacher}, school: treorchy}
  - {id: treorchy-deputy, name: "{{ 7*7 }}", school: treorchy}
  - {id: adviser, name: "=1+1", post: {cy: Cynghorydd, en: Adviser}}
  - {id: moved, post: {cy: Pennaeth, en: Headteacher}, posts: [{post: Headteacher, school: porth, to: 2026-11-30}]}
  - {id: gone-head, post: {cy: Pennaeth, en: Headteacher}, school: gone}
""",
    "groups.yaml": """\
groups:
  - id: strategic
    name: {cy: Grŵp Strategol, en: Strategic Group}
    kind: strategic
    quorum: 3
    members:
      - {person: aberdare-head}
      - {person: porth-head}
      - {person: treorchy-head}
      - {school: gone, to: 2026-11-01}
      - {school: porth}
      - {guest: {cy: Pennaeth, en: Headteacher}, organisation: Cardiff}
    officers:
      - {office: chair, person: aberdare-head}
      - {office: secretary, person: aberdare-office}
      - {office: treasurer, person: adviser}
  - {id: attendance, name: {cy: Presenoldeb, en: Attendance}, kind: working, reports_to: strategic}
""",
    "meetings.yaml": """\
# The strategic group.
meetings:
  - id: strategic-2026-07
    group: strategic
    date: 2026-07-02
    status: held
    decisions: [{id: old, text: Last year.}]

  - id: strategic-2026-09
    group: strategic
    date: 2026-09-10
    status: held
    items: [{id: staff, title: {cy: Mater staff, en: A staff matter}, confidential: true}]
    decisions:
      - {id: s1, text: A secret decision., item: staff}
      - {id: s2, text: {cy: Yn agored., en: In the open.}}

  - id: strategic-2026-11
    group: strategic
    date: 2026-11-12
    start: 15:30
    end: 17:00
    venue: {cy: Y llyfrgell, en: The library}
    status: held
    items:
      - {id: figures, title: {cy: Ffigurau, en: Figures}, lead: porth-head}
      - {title: {cy: Cyflog y *pennaeth*, en: "The head's *pay*"}, lead: adviser, confidential: true}
      - {id: budget, title: {cy: Cyllideb, en: Budget}}
    attendance:
      present: [aberdare-head, porth-head, aberdare-office, adviser]
      apologies: [treorchy-head]
      schools: {absent: [gone]}
      substitutes: [{for: treorchy-head, by: treorchy-deputy}]
      in_attendance:
        - {cy: Clerc, en: Clerk}
        - {who: {cy: Cyfreithiwr, en: Solicitor}, item: 2}
        - {who: Bursar, item: budget}
    minutes:
      status: signed
      taken_by: aberdare-office
      agreed_at: strategic-2026-12
      signed_by: aberdare-head
      signed_on: 2026-12-03
      corrections:
        - {cy: Roedd R Jones (Treorci) yn absennol., en: "R Jones (Treorchy) was absent."}
        - "“… c£0.297m …”"
        - {text: {cy: Yn gyfrinachol o hyd., en: Still secret.}, item: 2}
      notes:
        minutes: {cy: Cytunwyd., en: Agreed.}
        figures:
          cy: |
            Trafodwyd y ffigurau.

            - 92%
            - *dim*
          en: |
            The figures were discussed.

            - 92%
            - *none*
        2: {cy: Yn gyfrinachol iawn., en: Very secret.}
        any-other-business: "# nothing"
    decisions:
      - {id: d1, text: {cy: Anfon y ffigurau., en: To send the figures.}, item: figures}
      - {id: d2, text: A secret rise., item: 2}
      - {id: d3, text: Under no item.}
    actions:
      - {id: a1, text: {cy: Anfon y ffigurau, en: Send the figures}, owner: porth-head, item: figures, due: 2026-11-27}
      - {id: a2, text: A secret letter, owner: adviser, item: 2, due: 2026-11-20}
      - {id: a3, text: {cy: Gofyn am ragor, en: Ask for more}, item: any-other-business}
      - {id: a4, text: Book the hall, school: treorchy, due: 2027-01-21}
      - {id: a5, text: Tell the paper, owner: moved, due: 2027-07-01}
      - {id: a6, text: Ring them, owner: gone-head, status: done, done_on: 2026-12-03}
      - {id: a7, text: Not wanted, status: dropped}

  - id: strategic-2026-12
    group: strategic
    date: 2026-12-03
    status: held   # last night
  - {id: strategic-2027-01, group: strategic, date: 2027-01-21, start: 15:30, venue: Porth, items: [{title: "A: b"}]}   # next
  - id: attendance-2026-11
    group: attendance
    date: 2026-11-05
    status: held
    attendance: {present: [porth-head]}
    minutes: {status: draft}
    actions: [{id: a1, text: Count again, owner: porth-head, note: "Mam & Dad: 01685 000000"}]
""",
}


def cluster_of(folder: Path, files: Files = FILES) -> Cluster:
    """The cluster that these files are."""
    return load(write(folder, files)).cluster
