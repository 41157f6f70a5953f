"""What each check finds and what it lets pass: records laid over a sound workspace in, (place, code) out."""

import subprocess
import sys
from pathlib import Path

import pytest
from workspaces import base_files, laid_over, told, write

BASE = base_files()
CYCLE = "cycles:\n  - id: round-4\n    name: Round 4\n    from: 2026-11-02\n    to: 2027-03-19\n    goals: [fairness]\n"
VISITS = CYCLE + "    visits:\n"
CALENDAR = "calendars:\n  - id: wales-2026-27\n    year: 2026-27\n    terms:\n"
GROUP = "groups:\n  - id: strategic\n    name: Strategic\n    kind: strategic\n"
MEETING = "meetings:\n  - id: m-1\n    group: strategic\n    date: 2026-11-12\n"
SCHOOL = "schools:\n  - id: porth\n    name: Porth\n    location: {lat: 51.6125, lon: -3.4053}\n"
HEAD = "people:\n  - id: porth-head\n    post: Headteacher\n    school: porth\n    speaks: [cy, en]\n"
ROTA = "rotas:\n  - cycle: round-4\n    status: published\n    visits:\n"
TRAVEL = CYCLE.replace("fairness", "travel") + "    visits: [{host: aberdare}]\n"
WISHES = VISITS.replace("fairness", "preferences") + "      - {host: aberdare, prefers: "
WISHING = HEAD + "    reviewer: {level: lead, trained: 2025-09-12, prefers: "
NOWHERE = "schools:\n  - {id: porth, name: Porth"

GONE = SCHOOL + "    left: 2026-12-18\n    merged_into: aberdare\n" + HEAD
POSTED = "    posts: [{post: Deputy, school: aberdare, from: "

CASES = [
    # calendars
    (
        CALENDAR + "      - {id: autumn, start: 2026-09-01, end: 2026-12-18, half_term: {from: 2026-12-14, to: 2026-12-18}}\n",
        ["5:69 half-term-outside"],
    ),
    (CALENDAR + "      - {id: autumn, start: 2026-09-01, end: 2027-09-18}\n", ["5:46 too-long"]),
    (CALENDAR + "      - {id: t1, start: 2026-09-01, end: 2026-12-18}\n    half_terms: [Tymor 1]\n", []),
    (CALENDAR + "      - {id: t1, start: 2026-09-01, end: 2026-12-18}\n    staff_days: [2026-08-31, 2026-12-21]\n", []),
    (CALENDAR + "      - {id: t1, start: 2026-09-01, end: 2026-12-18}\n    staff_days: [2027-01-18]\n", ["6:18 no-school-day"]),
    (SCHOOL + "    staff_days: [2026-10-28, {from: 2026-11-14, to: 2026-11-16}, 2027-05-03]\n", ["8:18 no-school-day"]),
    (
        SCHOOL + "    closed: [{from: 2026-11-12, to: 2026-11-02}, {from: 2026-11-12, to: 2028-11-20}]\n",
        ["8:37 not-in-order", "8:73 too-long"],
    ),
    (SCHOOL + "    closed: [2062-11-12, {from: 2026-10-19, to: 2026-11-06}]\n", ["8:14 no-school-day"]),
    ("cycles:\n  - {id: old, name: Old, from: 2019-11-04, to: 2020-03-20}\n", []),
    (VISITS.replace("2026-11-02", "2026-07-06") + "      - host: aberdare\n", ["4:11 cycle-beyond-calendar"]),
    # schools
    (SCHOOL + "    number: 674/4105\n    urn: '401911'\n    postcode: cf448nl\n", []),
    (SCHOOL + "    number: 0674410\n    urn: 4019\n    postcode: CF4 48NLL\n", ["9:10 school-format", "10:15 school-format"]),
    ("schools:\n  - {id: porth, name: Porth, location: {lat: 51.6125, lon: 3.4053}}\n", ["5:40 outside-kingdom"]),
    ("schools:\n  - {id: porth, name: Porth, location: {lat: 48.85, lon: 2.35}}\n", ["5:40 outside-kingdom"]),
    (SCHOOL + "    joined: 2027-04-05\n", ["9:76 host-not-member", "5:49 school-has-left"]),
    (SCHOOL + "    joined: 2026-11-16\n    left: 2027-07-20\n", []),
    (TRAVEL + NOWHERE + ", max_out: 0}\n", []),
    (TRAVEL + NOWHERE + ", left: 2026-07-20}\n", ["5:49 school-has-left"]),
    (TRAVEL + NOWHERE + "}\n", ["5:5 no-location"]),
    (SCHOOL + "    contact: {phone: '+44 (0)1443 682137 ext 12'}\n", []),
    (SCHOOL + "    contact: {phone: ask at the desk}\n", ["8:22 phone-format"]),
    (HEAD + "    phone: (01443) 682137\n    reviewer: {level: lead, trained: 2025-09-12}\n", []),
    # people
    (HEAD + "    reviewer: {level: lead, trained: 2025-09-12, expires: 2026-10-31}\n", ["9:59 training-lapses"]),
    (HEAD + "    reviewer: {level: lead, trained: 2025-09-12, expires: 2027-03-19}\n", []),
    ("people:\n  - {id: porth-head, posts: [{post: Head, school: porth}], reviewer: {level: lead, trained: 2025-09-12}}\n", []),
    (HEAD + "    expertise: [attendance, wellbeing, tracking-and-assessment]\n    reviewer: {level: lead, trained: 2025-09-12}\n", []),
    # people whose school has left
    (GONE + GROUP + "    members: [{person: porth-head}]\n", ["7:13 person-has-left"]),
    (GONE + GROUP + "    officers: [{office: secretary, person: porth-head}]\n", ["7:13 person-has-left"]),
    (GONE + GROUP + "    agenda: [{block: items, lead: porth-head}]\n", ["7:13 person-has-left"]),
    (GONE + GROUP + "    members: [{person: porth-head, to: 2026-12-18}]\n", []),
    (GONE + GROUP + "    ended: 2026-12-18\n    members: [{person: porth-head}]\n", []),
    (GONE + MEETING.replace("2026-11-12", "2027-01-20") + "    items: [{title: Paper, lead: porth-head}]\n", ["7:13 person-has-left"]),
    (GONE + MEETING + "    items: [{title: Paper, lead: porth-head}]\n", []),
    (GONE + POSTED + "2026-12-19}]\n" + GROUP + "    members: [{person: porth-head}]\n", []),
    (GONE + POSTED + "2027-01-05}]\n" + GROUP + "    members: [{person: porth-head}]\n", []),
    (GONE + GROUP + "    members: [{school: porth, to: 2026-12-18}]\n", []),
    # cycles, teams
    (VISITS + "      - {host: aberdare, days: 5}\n", []),
    (VISITS + "      - {host: aberdare, fixed: {start: 2026-10-30}}\n", ["8:41 fixed-start"]),
    (VISITS + "      - {host: aberdare, fixed: {start: 2027-03-19}}\n", ["8:41 fixed-start"]),
    (VISITS + "      - {host: aberdare, fixed: {start: 2027-02-05}, days: 1}\n", []),
    (VISITS + "      - {host: aberdare, fixed: {team: [treorchy-head, treorchy-head]}}\n", ["8:56 fixed-team"]),
    (VISITS + "      - {host: aberdare, team: 1, fixed: {team: [treorchy-head, porth-head]}}\n", ["8:43 fixed-team"]),
    (VISITS + "      - {host: aberdare, team: 4}\n", ["8:32 team-too-large"]),
    (CYCLE + "    rules: {one_per_school: false}\n    visits: [{host: aberdare, team: 4}]\n", ["8:37 team-too-large"]),
    (CYCLE + "    visits: [{host: aberdare}]\n    rules: {out_per_school: 0}\n", ["8:29 rules-contradict"]),
    (CYCLE + "    rules: {welsh_speakers: 3}\n    visits: [{host: rhydywaun}]\n", ["8:21 no-welsh-speaker"]),
    (CYCLE + "    rules: {welsh_speakers: 0, cover_focus: false, leads: 0}\n    focus: [geology]\n    visits: [{host: rhydywaun}]\n", []),
    (CYCLE + "    focus: [geology]\n    visits: [{host: aberdare, focus: [attendance]}]\n", []),
    (VISITS + "      - {host: aberdare, focus: [attendence, geology]}\n", ["8:34 no-expert", "8:46 no-expert"]),
    (VISITS + "      - host: aberdare\n    stages: [{id: a, due: 3}, {id: a, due: 4}]\n", ["9:36 same-id-inside"]),
    (CYCLE, ["2:5 no-visits"]),
    (CYCLE + "    visits: []\n", ["7:13 no-visits"]),
    (CYCLE + "    visits:\n  - {id: old, name: Old, from: 2025-11-02, to: 2026-03-20}\n", ["7:12 no-visits"]),
    (CYCLE.replace("2027-03-19", "2026-03-19") + "    visits: []\n", ["5:9 not-in-order"]),
    (CYCLE.replace("2027", "2030") + "    visits: []\n", ["5:9 too-long"]),
    # wishes
    (WISHES + "{half_terms: [autumn-2], not_dates: [2026-11-12]}}\n", []),
    (WISHES + "{half_terms: [autumn-2, spring-1]}, days: 5}\n", []),
    (WISHES + "{half_terms: [autumn]}}\n", ["8:49 unknown-half-term"]),
    (WISHES + "{not_half_terms: [autumn-2, spring-1, spring-2]}}\n", ["8:26 impossible-wish"]),
    (WISHES + "{dates: [2026-11-14]}}\n", ["8:26 impossible-wish"]),
    (WISHES + "{dates: [2026-11-12]}, days: 1}\n", []),
    (WISHES + "{dates: [2026-11-12]}, days: 2}\n", ["8:26 impossible-wish"]),
    (WISHES + "{dates: [2026-11-12]}}\n" + WISHING + "{dates: [2026-11-12], not_schools: [aberdare]}}\n", ["8:26 impossible-wish"]),
    (WISHING + "{not_schools: [aberdare]}}\n", ["9:50 wish-not-counted"]),
    (WISHING + "{not_half_terms: [summer-3]}}\n", ["9:50 wish-not-counted", "9:77 unknown-half-term"]),
    # stages
    (VISITS + "      - host: aberdare\n    stages: [{id: a, within: 15}, {id: b, due: 5}, {id: c, due: 15}]\n", []),
    (VISITS + "      - host: aberdare\n    stages: [{id: a, due: 5}, {id: b, due: 0}]\n", ["9:44 stages-out-of-order"]),
    (VISITS + "      - host: aberdare\n    stages: [{id: a, due: -39}, {id: b, due: 71}]\n", []),
    (
        VISITS + "      - host: aberdare\n    stages: [{id: a, due: -40}, {id: b, due: 72}]\n",
        ["9:27 stage-beyond-calendar", "9:46 stage-beyond-calendar"],
    ),
    (
        VISITS + "      - host: porth\n    stages: [{id: b, due: 72}]\n" + SCHOOL + "    left: 2026-12-18\n    merged_into: aberdare\n",
        [],
    ),
    # groups
    (GROUP + "    reports_to: strategic\n", ["5:17 reports-in-circle"]),
    (GROUP + "    officers:\n      - {office: vice-chair, person: porth-head}\n      - {office: vice-chair, person: aberdare-head}\n", []),
    (
        GROUP + "    officers:\n      - {office: chair, person: porth-head, to: 2026-08-31}\n      - {office: chair, person: porth-head}\n",
        [],
    ),
    (
        GROUP + "    members: [{school: porth, to: 2026-07-20}]\n    officers: [{office: chair, person: porth-head, from: 2026-09-01}]\n",
        ["6:40 officer-not-member"],
    ),
    (GROUP + "    members: [{school: aberdare}]\n    officers: [{office: secretary, person: porth-head}]\n", []),
    (GROUP + "    members: [{school: porth, to: 2026-07-20}, {school: porth, from: 2026-09-01}, {guest: A}, {guest: A}]\n", []),
    (GROUP + "    started: 2024-09-01\n    review_by: 2023-09-01\n", ["6:16 group-dates"]),
    (GROUP + "    ended: 2026-07-20\n" + MEETING, ["4:11 after-the-end"]),
    # meetings
    (MEETING.replace("2026-11-12", "2026-12-25"), ["4:11 meeting-day"]),
    (MEETING.replace("2026-11-12", "2026-10-28"), ["4:11 meeting-day"]),
    (MEETING.replace("2026-11-12", "2027-01-02") + "    status: held\n", []),
    (MEETING.replace("2026-11-12", "2030-01-02"), []),
    (
        MEETING + "    attendance: {present: [porth-head, porth-head], absent: [porth-head]}\n    status: held\n",
        ["5:40 attendance-twice", "5:62 attendance-twice"],
    ),
    (MEETING + "    attendance: {schools: {present: [porth], absent: [porth]}}\n    status: held\n", ["5:55 attendance-twice"]),
    (MEETING + "    attendance: {substitutes: [{for: porth-head, by: porth-head}]}\n", ["5:38 needless-substitute"]),
    (MEETING + "    minutes: {agreed_at: m-2}\n", ["5:26 unknown-id"]),
    (MEETING + "    minutes: {agreed_at: m-0}\n  - {id: m-0, group: strategic, date: 2026-11-05}\n", ["5:26 agreed-at"]),
    (MEETING + "    decisions: [{id: d, text: Yes.}]\n", ["5:5 minutes-too-early"]),
    (MEETING + "    items: [{title: A}]\n    minutes: {notes: {1: Yes., 2: No.}}\n    status: held\n", ["6:32 note-without-item"]),
    (
        MEETING + "    actions: [{id: a, text: A, status: done}, {id: b, text: B, due: 2026-11-11}]\n",
        ["5:40 action-state", "5:69 action-state"],
    ),
    (
        MEETING + "    actions: [{id: a, text: A, status: done, done_on: 2026-11-11}, {id: b, text: B, status: dropped}]\n",
        ["5:55 action-state"],
    ),
    # rotas
    (ROTA + "      - {host: aberdare, dates: [2026-11-14], lead: porth-head, team: [porth-head]}\n", ["5:34 rota-dates"]),
    (ROTA + "      - {host: aberdare, dates: [2026-11-14], lead: porth-head, team: [porth-head], state: cancelled}\n", []),
    (ROTA + "      - {host: aberdare, dates: [2026-11-16], lead: porth-head, team: [porth-head, porth-head]}\n", ["5:84 rota-lead"]),
    (
        VISITS + "      - host: porth\n" + ROTA + "      - {host: aberdare, dates: [2026-11-16], lead: porth-head, team: [porth-head]}\n",
        ["5:16 rota-host"],
    ),
    # text
    (GROUP + "    purpose: {cy: Un & dau, en: One & two}\n    note: A & B\n", ["5:19 ampersand"]),
    ("words: {agenda.apologies: {cy: Ymddiheuriadau}}\n", []),
    (GROUP + "    purpose: {cy: Un}\n    standing_items: [{cy: Un, en: One}, {cy: Dau}]\n", ["5:5 untranslated", "6:41 untranslated"]),
    (MEETING + "    items: [{title: 'Thursday, the 12th of November 2026; Dydd Iau 12fed o Dachwedd'}]\n", []),
    (MEETING + "    items: [{title: 'Nos Fercher 12 Tachwedd 2026, nos Wener 13 Tachwedd 2026, Mondays 3 May 2027'}]\n", []),
    (
        MEETING + "    items: [{title: {cy: Dydd Mawrth 12 Tachwedd 2026, en: Tuesday 2026-11-12}}]\n",
        ["5:26 wrong-weekday", "5:60 wrong-weekday"],
    ),
    (SCHOOL + "    closed: [2026-11-12, 2026-11-13]   # Friday\n", []),
    (SCHOOL + "    closed: [2026-11-12]   # Friday 13 November 2026 was meant at first\n", []),
    (SCHOOL + "    closed: [2026-11-12]   # dydd Gwener\n", ["8:30 wrong-weekday"]),
    (SCHOOL + "    closed: [2026-11-12]   # because Friday is bad\n", []),
    # settings
    ("mail: {from: a@example.org, server: localhost, security: none}\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("block", "expected"), CASES, ids=[block.splitlines()[-1].strip()[:60] for block, _ in CASES])
def test_what_is_found(block: str, expected: list[str], tmp_path: Path) -> None:
    problems = told(write(tmp_path, BASE | laid_over(BASE, block)))
    assert [f"{each.place.line}:{each.place.column} {each.code}" for each in problems] == expected


def test_real_schools_have_no_problem(shared: Path, tmp_path: Path) -> None:
    for seed, schools in ((1, 7), (2, 30)):
        folder = tmp_path / str(seed)
        options = ["--around", "6744105", "--schools", str(schools), "--seed", str(seed)]
        subprocess.run([sys.executable, shared / "tools" / "make_workspace.py", folder, *options], check=True, timeout=60)
        assert told(folder) == ()


@pytest.mark.parametrize(
    "folder", sorted(path.parent for path in Path(__file__).parents[2].glob("examples/*/sigctl.yaml")), ids=lambda path: path.name
)
def test_examples_have_no_problem(folder: Path) -> None:
    assert told(folder) == ()


def test_a_visit_that_is_done_may_have_had_a_gap(tmp_path: Path) -> None:
    visits = "{host: aberdare, dates: [2026-11-10, 2026-11-13], lead: treorchy-head, team: [treorchy-head], state: %s}"
    for state, codes in (("planned", {"rota-dates"}), ("done", set())):
        rota = f"rotas:\n  - cycle: round-4\n    status: published\n    visits:\n      - {visits % state}\n"
        found = told(write(tmp_path / state, {**base_files(), "rota.yaml": rota}))
        assert {each.mistake.code for each in found} & {"rota-dates"} == codes


def test_the_post_that_is_proposed_for_somebody_whose_school_merged_can_be_written_as_it_stands(tmp_path: Path) -> None:
    head = HEAD.replace("post: Headteacher", "post: {cy: 'Pennaeth, dros dro', en: Headteacher}")
    gone = GONE.replace(HEAD, head) + GROUP + "    members: [{person: porth-head}]\n"
    (found,) = told(write(tmp_path / "before", BASE | laid_over(BASE, gone)))
    paste = found.advice.split("`")[1]
    assert paste == 'posts: [{post: {cy: "Pennaeth, dros dro", en: Headteacher}, school: aberdare, from: 2026-12-19}]'
    after = gone.replace(head, f"{head}    {paste}\n")
    assert told(write(tmp_path / "after", BASE | laid_over(BASE, after))) == ()
