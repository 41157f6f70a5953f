"""A small cluster with something to chase in every corner, and days on which reminders run over it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from workspaces import Files, write

from sigctl.cluster import Cluster, load
from sigctl.notice import Notice
from sigctl.reports.reminders import Round, Told, reminders

FILES: Files = {
    "sigctl.yaml": """\
sigctl: 1
cluster: {id: bro, name: {cy: Clwstwr y Fro, en: Vale Cluster}, languages: [cy, en], nation: wales}
""",
    "calendars.yaml": """\
calendars:
  - id: wales-2026-27
    year: 2026-27
    terms:
      - {id: autumn, start: 2026-09-01, end: 2026-12-18, half_term: {from: 2026-10-26, to: 2026-10-30}}
      - {id: spring, start: 2027-01-04, end: 2027-03-19, half_term: {from: 2027-02-08, to: 2027-02-12}}
      - {id: summer, start: 2027-04-05, end: 2027-07-20, half_term: {from: 2027-05-31, to: 2027-06-04}}
    staff_days: [2026-11-27]
  - id: border-2026-27
    year: 2026-27
    terms:
      - {id: autumn, start: 2026-09-03, end: 2026-12-11, half_term: {from: 2026-10-19, to: 2026-10-23}}
      - {id: spring, start: 2027-01-06, end: 2027-03-25, half_term: {from: 2027-02-15, to: 2027-02-19}}
""",
    "schools.yaml": """\
schools:
  - {id: bryn, name: Ysgol y Bryn, calendar: wales-2026-27, location: {lat: 51.70, lon: -3.40}}
  - {id: dan, name: Ysgol Dan y Graig, calendar: border-2026-27, location: {lat: 51.65, lon: -3.50}}
  - {id: mor, name: Ysgol y Môr, calendar: wales-2026-27, location: {lat: 51.60, lon: -3.45}}
  - {id: pen, name: Ysgol Pen y Bont, calendar: wales-2026-27, location: {lat: 51.55, lon: -3.48}}
  - {id: tal, name: Ysgol Talwrn, calendar: wales-2026-27, location: {lat: 51.58, lon: -3.42},
     contact: {email: tal@example.org, phone: "01656 000005"}}
""",
    "people.yaml": """\
people:
  - {id: bryn-head, post: {cy: Pennaeth, en: Headteacher}, school: bryn, email: bryn-head@example.org, writes_in: cy,
     reviewer: {level: lead, trained: 2025-09-12, expires: 2027-03-05}}
  - {id: bryn-office, post: Administrative officer, school: bryn, email: bryn-office@example.org, phone: "01656 000001"}
  - {id: dan-head, post: Headteacher, school: dan, email: dan-head@example.org, phone: "01656 000002", writes_in: en,
     reviewer: {level: lead, trained: 2025-09-12}}
  - {id: mor-head, post: Headteacher, school: mor, email: mor-head@example.org, reviewer: {level: lead, trained: 2025-09-12}}
  - {id: mor-maths, post: Head of mathematics, school: mor, phone: "01656 000003", reviewer: {level: reviewer, trained: 2025-09-12}}
  - {id: pen-deputy, post: Deputy headteacher, school: pen, email: pen-deputy@example.org, reviewer: {level: reviewer, trained: 2025-09-12}}
  - {id: pen-head, post: Headteacher, school: pen, email: pen-head@example.org}
  - {id: pen-gone, posts: [{post: Headteacher, school: pen, to: 2026-08-31}], email: pen-gone@example.org}
  - {id: adviser, post: Adviser, email: adviser@example.org}
""",
    "groups.yaml": """\
groups:
  - id: strategic
    name: {cy: Grŵp Strategol, en: Strategic Group}
    kind: strategic
    members: [{person: bryn-head}, {person: dan-head}, {person: mor-head}, {school: pen}]
    officers: [{office: convenor, person: mor-head, from: 2024-09-01, to: 2027-03-12}, {office: secretary, person: bryn-office}]
  - id: attendance
    name: {cy: Presenoldeb, en: Attendance}
    kind: working
    reports_to: strategic
    members: [{person: pen-deputy}, {school: dan}, {school: tal}]
    officers: [{office: chair, person: pen-deputy}]
""",
    "meetings.yaml": """\
meetings:
  - id: strategic-2026-10
    group: strategic
    date: 2026-10-08
    status: held
    items: [{title: Figures}, {title: Secret plans, confidential: true}]
    minutes: {notes: {1: Noted}}
    actions:
      - {id: a1, text: Send the figures, owner: dan-head, item: "1", due: 2026-11-13}
      - {id: a2, text: Speak of the secret plans, owner: bryn-head, item: "2", due: 2026-11-13, note: Hush}
      - {id: a3, text: Book the hall, school: pen, item: "1", due: 2026-11-20}
      - {id: a4, text: Count the chairs, owner: mor-maths, item: "1", due: 2026-11-20}
      - {id: a5, text: Write to all, owner: pen-gone, item: "1", due: 2026-11-20}
      - {id: a6, text: Without a day, owner: dan-head, item: "1"}
      - {id: a7, text: Keep the list, owner: bryn-office, item: "1", due: 2026-11-06}
      - {id: a8, text: Done already, owner: mor-head, item: "1", due: 2026-11-13, status: done, done_on: 2026-11-02}
  - id: strategic-2026-12
    group: strategic
    date: 2026-12-03
    start: 15:30
    venue: {cy: Y llyfrgell, en: The library}
    items:
      - {title: Progress, paper: progress.pdf}
      - {title: Secret plans, paper: secret.pdf, confidential: true}
      - {title: Figures, asked_by: mor-head}
  - {id: attendance-2026-11, group: attendance, date: 2026-11-19}
""",
    "cycles.yaml": """\
cycles:
  - id: round-1
    name: {cy: Rownd 1, en: Round 1}
    from: 2026-11-02
    to: 2027-03-19
    stages: [{id: self-evaluation, due: -10}, {id: report, due: 10}, {id: workshop, within: 15, facilitators: 1}]
    visits: [{host: bryn}]
  - id: round-2
    name: {cy: Rownd 2, en: Round 2}
    from: 2027-04-12
    to: 2027-07-09
    availability: {wanted_by: 2027-03-05, answered: [{person: mor-head, on: 2027-01-11}, {school: dan, on: 2027-01-11}]}
    visits: [{host: dan}, {host: pen}]
""",
    "rotas.yaml": """\
rotas:
  - cycle: round-1
    status: published
    visits:
      - host: bryn
        dates: [2026-11-24, 2026-11-25]
        lead: dan-head
        team: [dan-head, pen-deputy]
        reserves: [mor-head]
        state: told
        stages:
          - {id: self-evaluation, date: 2026-11-10}
          - {id: report, date: 2026-12-09}
          - {id: workshop, date: 2026-12-16, facilitators: [mor-head]}
""",
}

DAY = timedelta(1)
Line = tuple[str, str, str, int]
"""A thing that was told: on which day, to whom, what, which time."""


def cluster_of(folder: Path, changes: Mapping[str, tuple[str, str]] | None = None) -> Cluster:
    """The cluster, with some texts of its files replaced; it has no mistakes."""
    files = dict(FILES)
    for file, (old, new) in (changes or {}).items():
        assert old in files[file] or not old, f"{old} is not in {file}"
        files[file] = files[file].replace(old, new) if old else files[file] + new
    cluster, problems = load(write(folder, files))
    assert problems == ()
    return cluster


def days(first: date, last: date) -> Iterator[date]:
    """Each day from one to another."""
    return (first + DAY * n for n in range((last - first).days + 1))


@dataclass
class Diary:
    """Reminders that ran day by day: each letter, and each call that the caller was told of, becomes what people know."""

    history: dict[Notice, Told] = field(default_factory=dict)
    rounds: list[Round] = field(default_factory=list)

    def run(self, cluster: Cluster, on: Iterable[date], change: Callable[[Cluster, date], Cluster] | None = None) -> "Diary":
        """Run on some days; `change` gives the files as they are on each."""
        for day in on:
            made = reminders(change(cluster, day) if change else cluster, day, dict(self.history))
            self.rounds.append(made)
            for notice in told_in(made):
                assert notice not in self.history, f"{notice} was told on {self.history[notice].day} and on {day}"
                self.history[notice] = Told(day)
        return self

    def lines(self, *kinds: str) -> list[Line]:
        """What was told, in the order of the days, of some kinds or of all."""
        found = [(told.day.isoformat(), n.person, n.subject, n.stage) for n, told in self.history.items() if not kinds or n.kind in kinds]
        return sorted(found)


def told_in(made: Round) -> tuple[Notice, ...]:
    """Everything that a round tells anybody."""
    return (*(each.notice for letter in made.letters for each in letter.matters), *(call.matter.notice for call in made.calls.calls))


def with_action(cluster: Cluster, meeting: str, id: str, **changes: object) -> Cluster:
    """The cluster with one action changed."""
    at = cluster.meetings[meeting]
    actions = tuple(each.model_copy(update=changes) if each.id == id else each for each in at.actions)
    return with_meeting(cluster, meeting, actions=actions)


def with_meeting(cluster: Cluster, meeting: str, **changes: object) -> Cluster:
    """The cluster with one meeting changed."""
    return replace(cluster, meetings={**cluster.meetings, meeting: cluster.meetings[meeting].model_copy(update=changes)})


def with_visit(cluster: Cluster, **changes: object) -> Cluster:
    """The cluster with the one visit of its rota changed."""
    rota = cluster.rotas["round-1 published"]
    return replace(cluster, rotas={"round-1 published": rota.model_copy(update={"visits": (rota.visits[0].model_copy(update=changes),)})})
