"""Why somebody is told something, and why not: one sentence each, with days that can be checked in a calendar."""

from datetime import date
from pathlib import Path

import pytest
from chased import Diary, cluster_of, days, with_action, with_meeting

from sigctl.cluster import Cluster
from sigctl.reports.reminders import reminders, why

MONDAY = date(2026, 11, 23)


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    return cluster_of(tmp_path)


def told(cluster: Cluster, day: date, person: str, diary: Diary | None = None) -> dict[tuple[str, str], tuple[str, str]]:
    """What becomes of each thing, and the sentence, by kind and subject."""
    found = why(cluster, day, diary.history if diary else {}, person)
    return {(each.notice.kind, each.notice.subject): (each.outcome, each.sentence) for each in found}


def test_what_goes_today_says_why(cluster: Cluster) -> None:
    diary = Diary().run(cluster, days(date(2026, 11, 2), date(2026, 11, 20)))
    outcome, sentence = told(cluster, MONDAY, "dan-head", diary)["action-overdue", "strategic-2026-10/a1"]
    assert (outcome, sentence) == (
        "sent-today",
        "the action `a1` was due on 2026-11-13, six working days ago; a first message went on 2026-11-16; the second message goes today",
    )
    made = reminders(cluster, MONDAY, diary.history)
    (matter,) = [each for letter in made.letters for each in letter.matters if each.notice.subject.endswith("/a1")]
    assert sentence == f"{matter.why}; the second message goes today"


def test_what_does_not_go_says_why_not(cluster: Cluster) -> None:
    diary = Diary().run(cluster, days(date(2026, 11, 2), date(2026, 11, 20)))
    found = told(cluster, MONDAY, "dan-head", diary)
    assert found["meeting", "strategic-2026-12"] == (
        "not-yet",
        "the meeting `strategic-2026-12` is on 2026-12-03, in eight working days; the first message goes on 2026-11-26",
    )
    assert found["agenda-items", "strategic-2026-12"] == (
        "told",
        "items are wanted for the meeting `strategic-2026-12` on 2026-12-03, in eight working days; a first message went on 2026-11-19; "
        "nothing more is sent",
    )
    assert found["visit-soon", "round-1/bryn"][0] == "told"
    assert ("action-due", "strategic-2026-10/a6") not in found


def test_the_same_on_a_sunday(cluster: Cluster) -> None:
    outcome, sentence = told(cluster, date(2026, 11, 22), "dan-head")["action-overdue", "strategic-2026-10/a1"]
    assert outcome == "quiet"
    assert sentence.endswith("five working days ago; nobody is reminded today: the first message goes on 2026-11-23")


def test_what_is_done_or_cancelled(cluster: Cluster) -> None:
    done = with_action(cluster, "strategic-2026-10", "a1", status="done", done_on=date(2026, 11, 20))
    found = told(with_meeting(done, "strategic-2026-12", status="cancelled"), MONDAY, "dan-head")
    assert found["action-overdue", "strategic-2026-10/a1"][1].endswith("nothing is sent: it is done since 2026-11-20")
    assert found["meeting", "strategic-2026-12"][1].endswith("nothing is sent: the meeting is cancelled")


def test_what_is_switched_off(tmp_path: Path) -> None:
    off = cluster_of(tmp_path, {"sigctl.yaml": ("", "reminders: {kinds: {agenda-items: false}}\n")})
    outcome, sentence = told(off, MONDAY, "dan-head")["agenda-items", "strategic-2026-12"]
    assert (outcome, sentence.rpartition("; ")[2]) == ("off", "nothing is sent: `agenda-items` is switched off in sigctl.yaml")


def test_what_comes_too_late(cluster: Cluster) -> None:
    found = told(cluster, date(2026, 11, 24), "dan-head")
    assert found["visit-next-week", "round-1/bryn"] == (
        "too-late",
        "the visit to `bryn` begins on 2026-11-24, today; nothing is sent: the last day for it was 2026-11-23",
    )
    assert found["visit-soon", "round-1/bryn"][1].endswith("the last day for it was 2026-11-16, and another message follows")


def test_whoever_has_no_address_is_called(cluster: Cluster) -> None:
    outcome, sentence = told(cluster, MONDAY, "mor-maths")["action-overdue", "strategic-2026-10/a4"]
    assert (outcome, sentence.rpartition("; ")[2]) == ("on-the-call-list", "the call is to be made today: no address is known")


def test_today_and_the_future_come_before_what_is_over(cluster: Cluster) -> None:
    diary = Diary().run(cluster, days(date(2026, 11, 2), date(2026, 11, 20)))
    found = why(cluster, MONDAY, diary.history, "dan-head")
    outcomes = [each.outcome for each in found]
    assert outcomes[0] == "sent-today"
    future = [each.notice.due for each in found if each.outcome == "not-yet"]
    assert future == sorted(future)
    past = [each.notice.due for each in found if each.notice.due < MONDAY and each.outcome not in ("sent-today", "not-yet")]
    assert past == sorted(past, reverse=True)
    assert [each.notice.due for each in found][-len(past) :] == past


def test_what_is_sent_is_what_is_explained(cluster: Cluster) -> None:
    diary = Diary()
    for day in days(date(2026, 11, 2), date(2026, 12, 18)):
        made = reminders(cluster, day, diary.history)
        sent = {(letter.to.id, each.notice) for letter in made.letters for each in letter.matters}
        calls = {(call.member.id, call.matter.notice) for call in (*made.calls.calls, *made.held)}
        found = [(person, each) for person in (*cluster.people, "school:tal") for each in why(cluster, day, diary.history, person)]
        assert {(person, each.notice) for person, each in found if each.outcome == "sent-today"} == sent
        assert {(person, each.notice) for person, each in found if each.outcome == "on-the-call-list"} == calls
        diary.run(cluster, [day])


def test_nothing_of_others_or_of_what_is_confidential(cluster: Cluster) -> None:
    found = repr([why(cluster, MONDAY, {}, person) for person in cluster.people])
    assert "01656" not in found
    assert "ecret plans" not in found
    assert all(each.notice.person == "dan-head" for each in why(cluster, MONDAY, {}, "dan-head"))
