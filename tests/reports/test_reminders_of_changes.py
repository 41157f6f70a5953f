"""What becomes of things after people were told: a meeting is cancelled or moves, somebody leaves with something undone."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from chased import Diary, cluster_of, days, told_in, with_action, with_meeting

from sigctl.cluster import Cluster
from sigctl.notice import Notice
from sigctl.reports.letters import topic_of
from sigctl.reports.reminders import AboutAction, AboutMeeting, Matter, Told, open_calls, reminders, still_due

MEETING, DAY = "strategic-2026-12", date(2026, 12, 3)
TOLD_ON = date(2026, 11, 26)
"""The day on which the members of this meeting are reminded of it."""
LATER = date(2026, 12, 10)


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    return cluster_of(tmp_path)


def matters(diary: Diary, kind: str, since: date) -> list[tuple[str, str, Matter]]:
    """What letters told of a kind from a day on: to whom, by which words, and the matter."""
    rounds = [each for each in diary.rounds if each.day >= since]
    found = [one for each in rounds for letter in each.letters for one in letter.matters if one.notice.kind == kind]
    return [(one.notice.person, topic_of(one), one) for one in found if not one.notice.subject.startswith("attendance")]


def told_members(cluster: Cluster) -> Diary:
    diary = Diary().run(cluster, days(date(2026, 11, 2), date(2026, 11, 27)))
    assert {n.person for n in diary.history if n.kind == "meeting" and n.subject == MEETING} >= {"bryn-head", "dan-head", "mor-head"}
    return diary


def test_those_who_were_told_of_a_meeting_hear_once_that_it_is_cancelled(cluster: Cluster) -> None:
    diary = told_members(cluster)
    knew = {n.person for n in diary.history if n.kind == "meeting" and n.subject == MEETING}
    diary.run(with_meeting(cluster, MEETING, status="cancelled"), days(date(2026, 11, 30), date(2026, 12, 18)))
    found = matters(diary, "meeting", date(2026, 11, 30))
    assert sorted(person for person, _, _ in found) == sorted(knew)
    assert {topic for _, topic, _ in found} == {"meeting_cancelled"}
    assert all(isinstance(one.about, AboutMeeting) and one.about.day == DAY for _, _, one in found)


def test_nobody_hears_of_a_cancelled_meeting_of_which_they_were_not_told(cluster: Cluster) -> None:
    diary = Diary().run(with_meeting(cluster, MEETING, status="cancelled"), days(date(2026, 11, 23), date(2026, 12, 4)))
    assert matters(diary, "meeting", date(2026, 11, 23)) == []


def test_nobody_hears_that_a_meeting_was_cancelled_once_its_day_is_over(cluster: Cluster) -> None:
    diary = told_members(cluster)
    diary.run(with_meeting(cluster, MEETING, status="cancelled"), days(date(2026, 12, 4), date(2026, 12, 18)))
    assert matters(diary, "meeting", date(2026, 12, 4)) == []


def test_whoever_had_the_agenda_hears_that_the_meeting_is_cancelled(cluster: Cluster) -> None:
    history = {Notice("dan-head", "agenda", MEETING, DAY): Told(date(2026, 11, 9))}
    made = reminders(with_meeting(cluster, MEETING, status="cancelled"), date(2026, 11, 16), history)
    assert [n.person for n in told_in(made) if n.kind == "meeting" and n.subject.startswith(MEETING)] == ["dan-head"]


def test_a_meeting_that_moved_is_told_once_with_the_day_before_and_reminded_of_near_the_new_one(cluster: Cluster) -> None:
    diary = told_members(cluster)
    knew = {n.person for n in diary.history if n.kind == "meeting" and n.subject == MEETING}
    diary.run(with_meeting(cluster, MEETING, date=date(2026, 12, 17)), days(date(2026, 11, 30), date(2026, 12, 17)))
    found = matters(diary, "meeting", date(2026, 11, 30))
    moved = [(person, one.about) for person, topic, one in found if topic == "meeting_moved"]
    assert sorted(person for person, _ in moved) == sorted(knew)
    assert all(isinstance(about, AboutMeeting) and (about.before, about.day) == (DAY, date(2026, 12, 17)) for _, about in moved)
    again = [person for person, topic, _ in found if topic == "meeting"]
    assert sorted(again) == sorted(knew)


def test_where_the_new_day_is_near_the_word_that_it_moved_is_the_reminder_as_well(cluster: Cluster) -> None:
    diary = told_members(cluster)
    diary.run(with_meeting(cluster, MEETING, date=date(2026, 12, 4)), days(date(2026, 11, 30), date(2026, 12, 4)))
    found = matters(diary, "meeting", date(2026, 11, 30))
    assert {topic for _, topic, _ in found} == {"meeting_moved"}
    assert len(found) == len({person for person, _, _ in found})


def test_what_moves_twice_and_is_then_cancelled_is_told_from_what_people_know(cluster: Cluster) -> None:
    diary = told_members(cluster)
    steps = [(30, {"date": LATER}), (1, {"date": date(2026, 12, 17)}), (2, {"status": "cancelled"})]
    for number, (day, changes) in enumerate(steps):
        on = date(2026, 11 if number == 0 else 12, day)
        diary.run(with_meeting(cluster, MEETING, **changes), [on])
    mine = [(topic, one.about) for person, topic, one in matters(diary, "meeting", date(2026, 11, 30)) if person == "bryn-head"]
    assert [(topic, about.before) for topic, about in mine if isinstance(about, AboutMeeting)] == [
        ("meeting_moved", DAY),
        ("meeting_moved", LATER),
        ("meeting_cancelled", date(2026, 12, 17)),
    ]


def test_whoever_was_told_on_the_telephone_is_called_again_until_the_day(cluster: Cluster) -> None:
    history = {Notice("mor-maths", "meeting", MEETING, DAY, 3): Told(TOLD_ON)}
    off = with_meeting(cluster, MEETING, date=LATER)
    made = reminders(off, date(2026, 12, 2), history)
    called = [each.matter.notice for each in made.calls.calls if each.matter.notice.kind == "meeting"]
    assert [(n.person, n.subject) for n in called] == [("mor-maths", f"{MEETING}/moved/{LATER}")]
    history |= {n: Told(made.day) for n in called}
    assert called[0] in [each.matter.notice for each in open_calls(off, date(2026, 12, 3), history).calls]
    assert called[0] not in [each.matter.notice for each in open_calls(off, date(2026, 12, 4), history).calls]


def test_a_word_of_a_change_that_waits_makes_sense_until_the_day(cluster: Cluster) -> None:
    off, history = with_meeting(cluster, MEETING, status="cancelled"), {Notice("dan-head", "meeting", MEETING, DAY): Told(TOLD_ON)}
    word = Notice("dan-head", "meeting", f"{MEETING}/cancelled", DAY)
    assert word in still_due(off, DAY, history)
    assert word not in still_due(off, date(2026, 12, 4), history)


def test_a_chair_who_is_named_for_one_meeting_is_told_of_it(cluster: Cluster) -> None:
    diary = Diary().run(with_meeting(cluster, MEETING, chair="adviser"), days(date(2026, 11, 2), DAY))
    assert [line for line in diary.lines("meeting") if line[1] == "adviser"] == [(TOLD_ON.isoformat(), "adviser", MEETING, 1)]


def test_an_overdue_action_of_somebody_who_has_left_goes_to_whoever_keeps_the_groups_papers(cluster: Cluster) -> None:
    diary = Diary().run(cluster, days(date(2026, 11, 2), date(2026, 12, 11)))
    left = [line for line in diary.lines() if line[2].endswith("/a5")]
    assert [(person, stage) for _, person, _, stage in left] == [("bryn-office", 1), ("bryn-office", 2)]
    assert left[0][0] == "2026-11-23"
    (first, *_) = [
        (topic, one) for _, topic, one in matters(diary, "action-overdue", date(2026, 11, 2)) if one.notice.subject.endswith("a5")
    ]
    assert first[0] == "action-overdue_left"
    assert isinstance(first[1].about, AboutAction)
    assert first[1].about.left is not None
    assert first[1].about.left.id == "pen-gone"
    done = with_action(cluster, "strategic-2026-10", "a5", status="dropped")
    assert not [line for line in Diary().run(done, days(date(2026, 11, 2), date(2026, 12, 11))).lines() if line[2].endswith("/a5")]


def test_where_nobody_keeps_the_papers_whoever_makes_the_calls_hears_of_it(cluster: Cluster) -> None:
    lone = with_action(cluster, "strategic-2026-10", "a5", due=date(2026, 11, 20))
    group = lone.groups["attendance"].model_copy(update={"officers": ()})
    meeting = lone.meetings["strategic-2026-10"].model_copy(update={"group": "attendance"})
    moved = replace(lone, groups={**lone.groups, "attendance": group}, meetings={**lone.meetings, meeting.id: meeting})
    lines = [line for line in Diary().run(moved, days(date(2026, 11, 20), date(2026, 11, 24))).lines() if line[2].endswith("/a5")]
    assert [person for _, person, _, _ in lines] == ["bryn-office"]


def test_nobody_is_asked_to_call_themselves(cluster: Cluster) -> None:
    people = {**cluster.people, "bryn-office": cluster.people["bryn-office"].model_copy(update={"email": None})}
    made = open_calls(replace(cluster, people=people), date(2026, 11, 23), {})
    assert made.to is not None
    assert made.to.id == "bryn-office"
    assert "bryn-office" not in {each.matter.notice.person for each in made.calls}
