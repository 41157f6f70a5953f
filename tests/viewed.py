"""A small cluster with a published rota in which there is one of everything that a view can show."""

from datetime import date
from pathlib import Path

from workspaces import Files, write

from sigctl.cluster import load
from sigctl.commands.rota.shown import Shown
from sigctl.reports.visits import standing_page

TODAY = date(2026, 11, 20)

FILES: Files = {
    "sigctl.yaml": """\
sigctl: 1
cluster: {id: gwyr, name: {cy: Clwstwr Gŵyr, en: Gower Cluster}, languages: [cy, en], nation: wales}
calendars:
  - id: wales-2026-27
    year: 2026-27
    terms:
      - {id: autumn, start: 2026-09-01, end: 2026-12-18, half_term: {from: 2026-10-26, to: 2026-10-30}, name: {cy: Hydref, en: Autumn}}
      - {id: spring, start: 2027-01-04, end: 2027-03-19, half_term: {from: 2027-02-08, to: 2027-02-12}, name: {cy: Gwanwyn, en: Spring}}
    staff_days: [2027-01-04]
""",
    "schools.yaml": """\
schools:
  - {id: bryn, name: "Ysgol Tŷ'r Bryn", language: welsh, location: {lat: 51.6201, lon: -4.0001}, carried: -2}
  - {id: dan, name: Dan-y-graig School, location: {lat: 51.6210, lon: -3.9985}, staff_days: [2026-11-20]}
  - {id: mor, name: {cy: Ysgol y Môr, en: Seaside School}, location: {lat: 51.57, lon: -4.08}, closed: [2026-12-03]}
  - {id: pen, name: Pen-y-lan High School, location: {lat: 51.66, lon: -3.91}, max_out: 2}
  - {id: tal, name: Tal-y-bont School, carried: 1}
""",
    "people.yaml": """\
people:
  - {id: bryn-head, post: HEAD, school: bryn, speaks: [cy, en], reviewer: {level: lead, trained: 2025-09-12}}
  - {id: dan-head, post: HEAD, school: dan, reviewer: {level: lead, trained: 2025-09-12}}
  - {id: mor-head, name: Siân Ŵyn, post: HEAD, school: mor, speaks: [cy], reviewer: {level: lead, trained: 2025-09-12}}
  - {id: pen-head, post: HEAD, school: pen, reviewer: {level: lead, trained: 2025-09-12}}
  - {id: pen-deputy, post: {cy: Dirprwy bennaeth, en: Deputy headteacher}, school: pen, reviewer: {level: reviewer, trained: 2025-09-12}}
  - {id: tal-head, post: HEAD, school: tal, speaks: [cy], reviewer: {level: trainee, trained: 2025-09-12}}
""".replace("HEAD", "{cy: Pennaeth, en: Headteacher}"),
    "round.yaml": """\
cycles:
  - id: round-4
    name: {cy: Rownd 4, en: Round 4}
    from: 2026-11-09
    to: 2027-02-19
    visit: {days: 2, team: 2}
    goals: [fairness]
    rules: {welsh_speakers: 0, leads: 1, out_per_school: 2, one_per_school: false}
    stages:
      - {id: self-evaluation, name: {cy: Hunanwerthuso, en: Self-evaluation}, due: -10}
      - {id: workshop, name: {cy: Gweithdy, en: Workshop}, within: 20}
    visits:
      - {host: bryn}
      - {host: dan, fixed: {start: 2026-11-24, by: secretary, why: the hall is booked, until: 2026-12-01}}
      - {host: mor, days: 1}
      - {host: pen, fixed: {team: [dan-head], by: convenor, why: promised, until: 2026-11-01}}
""",
    "rotas/round-4.yaml": """\
rotas:
  - cycle: round-4
    status: published
    visits:
      - host: bryn
        dates: [2026-11-10, 2026-11-11]
        lead: pen-head
        team: [pen-deputy, pen-head]
        reserves: [dan-head]
        stages:
          - {id: self-evaluation, date: 2026-10-20}
          - {id: workshop, date: 2026-12-02, facilitators: [mor-head]}
        state: done
      - {host: dan, dates: [2026-11-24, 2026-11-25], lead: mor-head, team: [mor-head, tal-head], state: confirmed}
      - {host: mor, dates: [2026-12-08], lead: dan-head, team: [bryn-head, dan-head]}
      - {host: pen, dates: [2027-01-12, 2027-01-13], lead: dan-head, team: [dan-head, bryn-head], state: cancelled}
""",
}


def shown(folder: Path, files: Files = FILES, half_term: str | None = None) -> Shown:
    """The rota of the small cluster, as the commands show it."""
    cluster, problems = load(write(folder, files))
    assert not problems, problems
    cycle = cluster.cycles["round-4"]
    rota = cluster.rota("round-4", "published")
    assert rota
    return Shown(cluster, cycle, standing_page(cluster, cycle, rota, TODAY), half_term)


def renamed(name: str) -> dict[str, str]:
    """The files with another name for a school that is host, sends people and lies on the map."""
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return {**FILES, "schools.yaml": FILES["schools.yaml"].replace('"Ysgol Tŷ\'r Bryn"', f'"{quoted}"')}
