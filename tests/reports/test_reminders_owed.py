"""Who owes what, in which order it is told, and when a list of calls goes: what people who used it first stumbled over."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from chased import FILES, Diary, cluster_of, days, with_action, with_meeting, with_visit

from sigctl.cluster import Cluster
from sigctl.reports.reminders import AboutMeeting, open_calls, reminders
from sigctl.reports.reminders.asof import AsOf

YEAR = (date(2026, 9, 1), date(2027, 7, 20))


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    return cluster_of(tmp_path)


def test_what_is_due_after_a_visit_is_wanted_of_its_lead_alone_once_it_took_place(cluster: Cluster) -> None:
    def change(now: Cluster, day: date) -> Cluster:
        return with_visit(now, state="done") if day >= date(2026, 12, 7) else now

    diary = Diary().run(cluster, days(date(2026, 11, 2), date(2027, 1, 29)), change)
    assert [line for line in diary.lines("host-documents") if line[2].endswith("report")] == [
        ("2026-12-07", "dan-head", "round-1/bryn/report", 1),
        ("2027-01-06", "dan-head", "round-1/bryn/report", 2),  # this school is on holiday from 12 December
        ("2027-01-18", "dan-head", "round-1/bryn/report", 3),
    ]


def test_a_report_is_wanted_however_late_somebody_says_that_the_visit_took_place(cluster: Cluster) -> None:
    def change(now: Cluster, day: date) -> Cluster:
        return with_visit(now, state="done") if day >= date(2027, 2, 22) else now

    diary = Diary().run(cluster, days(date(2026, 11, 2), date(2027, 3, 5)), change)
    assert [line[0] for line in diary.lines("host-documents") if line[2].endswith("report")] == ["2027-02-22", "2027-02-25", "2027-03-03"]


def test_reports_of_long_ago_are_not_asked_for_at_the_first_run(cluster: Cluster) -> None:
    done = with_visit(cluster, state="done")
    assert Diary().run(done, days(date(2027, 2, 1), date(2027, 3, 5))).lines("host-documents") == []


def test_where_the_lead_has_gone_the_host_owes_the_report(tmp_path: Path) -> None:
    gone = cluster_of(tmp_path, {"rotas.yaml": ("lead: dan-head\n        team: [dan-head, ", "lead: pen-gone\n        team: [pen-gone, ")})
    told = Diary().run(with_visit(gone, state="done"), days(date(2026, 12, 1), date(2026, 12, 4))).lines("host-documents")
    assert [(person, subject) for _, person, subject, _ in told] == [("bryn-head", "round-1/bryn/report")]


def test_a_visit_is_asked_about_until_somebody_says_what_became_of_it(cluster: Cluster) -> None:
    for state in ("done", "cancelled"):
        diary = Diary().run(with_visit(cluster, state=state), days(date(2026, 11, 20), date(2026, 12, 4)))
        assert diary.lines("visit-held") == []


@pytest.mark.parametrize("kind", ["availability", "host-documents"])
def test_from_the_first_message_to_the_call_there_are_at_least_three_working_days_each_even_at_the_first_run(
    cluster: Cluster, kind: str
) -> None:
    first = date(2027, 3, 8) if kind == "availability" else date(2026, 11, 10)
    diary = Diary().run(cluster, days(first, first + timedelta(30)))
    stages = {(line[1], line[3]): date.fromisoformat(line[0]) for line in diary.lines(kind)}
    people = [person for person, stage in stages if stage == 2]
    assert people
    for person in people:
        known = AsOf(cluster, first, {}).days_of(person)
        assert known.between(stages[person, 1], stages[person, 2]) >= 3
        assert (person, 3) not in stages or known.between(stages[person, 2], stages[person, 3]) >= 3


def test_whoever_was_forgotten_is_never_due_anything(tmp_path: Path) -> None:
    """Even where they are still named as owner, member, chair, reviewer and lead."""
    changes = dict.fromkeys(("groups.yaml", "rotas.yaml"), ("pen-deputy", "forgotten-1"))
    kept = "{id: forgotten-1, school: pen, reviewer: {level: reviewer, trained: 2025-09-12, expires: 2026-12-31}}"
    old = next(line for line in FILES["people.yaml"].splitlines() if "id: pen-deputy" in line).removeprefix("  - ")
    owned = ('owner: dan-head, item: "1", due', 'owner: forgotten-1, item: "1", due')
    cluster = cluster_of(tmp_path, {**changes, "people.yaml": (old, kept), "meetings.yaml": owned})
    diary = Diary().run(cluster, days(*YEAR))
    assert [notice for notice in diary.history if notice.person == "forgotten-1"] == []
    to_call = [call.matter.notice.person for made in diary.rounds for call in (*made.calls.calls, *made.held)]
    assert "forgotten-1" not in (*to_call, *(each.id for made in diary.rounds for each in made.without_address))
    assert "forgotten-1" not in [each.matter.notice.person for each in open_calls(cluster, date(2026, 12, 6), {}).calls]


def test_somebody_who_only_has_such_an_id_is_not_forgotten(tmp_path: Path) -> None:
    changes = {"people.yaml": ("id: mor-maths", "id: forgotten-1"), "meetings.yaml": ("owner: mor-maths", "owner: forgotten-1")}
    named = cluster_of(tmp_path, changes)
    assert [each.matter.notice.person for each in open_calls(named, date(2026, 11, 23), {}).calls] == ["forgotten-1"]


def test_what_is_to_be_done_soonest_comes_first_and_what_is_to_be_read_last(cluster: Cluster) -> None:
    """On the eve of a visit: the visit, then what is overdue, then what is still to come; old minutes are no news."""
    late = with_meeting(cluster, "strategic-2026-10", date=date(2026, 11, 12))
    late = with_meeting(late, "attendance-2026-11", status="cancelled")
    eve = with_visit(late, dates=(date(2026, 11, 20), date(2026, 11, 23)))
    made = reminders(eve, date(2026, 11, 19), {})
    (dan,) = [each for each in made.letters if each.to.id == "dan-head"]
    assert [each.notice.kind for each in dan.matters] == ["visit-next-week", "action-overdue", "agenda-items", "minutes-out"]


def test_to_a_meeting_of_a_group_whoever_came_last_for_a_school_is_asked(tmp_path: Path) -> None:
    met = "  - {id: attendance-2026-09, group: attendance, date: 2026-09-17, status: held, attendance: {present: [%s]}}\n"
    people = (
        "  - {id: dan-ana, post: Attendance lead, school: dan, email: dan-ana@example.org}\n  - {id: dan-bob, post: Clerk, school: dan}\n"
    )
    told = {}
    for came in ("dan-ana", "dan-bob", "adviser"):
        known = cluster_of(tmp_path / came, {"meetings.yaml": ("", met % came), "people.yaml": ("", people)})
        letters = reminders(known, date(2026, 11, 12), {}).letters
        matters = [each for letter in letters for each in letter.matters if each.notice.subject == "attendance-2026-11"]
        told[came] = {each.notice.person: each.about.may_pass_on for each in matters if isinstance(each.about, AboutMeeting)}
    assert told["dan-ana"] == {"pen-deputy": False, "dan-ana": False, "school:tal": True}
    assert told["dan-bob"] == told["adviser"] == {"pen-deputy": False, "dan-head": True, "school:tal": True}


def test_the_one_who_keeps_the_files_is_told_what_to_do_in_their_own_words(cluster: Cluster) -> None:
    unwritten = with_meeting(cluster, "strategic-2026-10", minutes=None)
    (matter,) = [
        each
        for letter in reminders(unwritten, date(2026, 10, 15), {}).letters
        for each in letter.matters
        if each.notice.kind == "minutes-due"
    ]
    assert matter.notice.person == "bryn-office"
    assert isinstance(matter.about, AboutMeeting)
    assert matter.about.keeps_files


def test_the_list_of_calls_waits_for_three_people_or_five_working_days_or_what_is_near(cluster: Cluster) -> None:
    lone, monday = {"a1", "a2", "a3", "a5", "a7"}, date(2026, 11, 23)
    for id in lone:
        cluster = with_action(cluster, "strategic-2026-10", id, status="done")
    quiet = with_meeting(with_visit(cluster, state="done"), "attendance-2026-11", status="cancelled")
    overdue = with_action(quiet, "strategic-2026-10", "a4", due=date(2026, 11, 20))
    waiting = reminders(overdue, monday, {})
    assert (waiting.calls.calls, [each.member.id for each in waiting.held]) == ((), ["mor-maths"])
    sent = [made.day for made in Diary().run(overdue, days(monday, date(2026, 12, 18))).rounds if made.calls.calls]
    assert sent == [date(2026, 11, 30)]
    soon = with_action(quiet, "strategic-2026-10", "a4", due=date(2026, 11, 25))
    assert [len(reminders(soon, day, {}).calls.calls) for day in (date(2026, 11, 20), monday)] == [0, 1]
    many = overdue
    for id in ("a1", "a3"):
        many = with_action(many, "strategic-2026-10", id, owner=f"silent-{id}", status="open", due=date(2026, 11, 20))
    silent = {each: many.people["mor-maths"].model_copy(update={"id": each}) for each in ("silent-a1", "silent-a3")}
    assert reminders(replace(many, people={**many.people, **silent}), monday, {}).calls.people == 3


def test_the_list_says_how_many_of_earlier_lists_are_still_to_be_called(cluster: Cluster) -> None:
    diary = Diary().run(cluster, days(date(2026, 11, 1), date(2026, 12, 18)))
    lists = [made.calls for made in diary.rounds if made.calls.calls]
    assert lists[0].older == 0
    later = lists[-1]
    assert later.older
    assert open_calls(cluster, date(2026, 12, 18), diary.history).people >= later.people + later.older - 1


def test_under_each_call_stands_what_ticks_it_off(cluster: Cluster) -> None:
    diary = Diary().run(cluster, days(date(2026, 11, 1), date(2026, 12, 18)))
    commands = {call.matter.notice.subject: call.command for made in diary.rounds for call in made.calls.calls}
    assert commands["strategic-2026-10/a1"] == "sigctl actions done a1"
    assert commands["round-1/bryn/self-evaluation"] == "sigctl rota done bryn self-evaluation --cycle round-1"
    assert commands["attendance-2026-11"] == "sigctl minutes new attendance-2026-11"
