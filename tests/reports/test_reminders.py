"""Reminders day by day: each thing is told once, in time, to whom it concerns; what is done stops; holidays are quiet."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from chased import Diary, cluster_of, days, told_in, with_action, with_meeting, with_visit

from sigctl.cluster import Cluster
from sigctl.notice import Notice
from sigctl.reports.reminders import AboutAction, AboutMeeting, AboutVisit, Told, open_calls, reminders, still_due

AUTUMN = (date(2026, 9, 1), date(2026, 12, 18))
YEAR = (date(2026, 9, 1), date(2027, 7, 20))


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    return cluster_of(tmp_path)


def year(cluster: Cluster) -> Diary:
    return Diary().run(cluster, days(*YEAR))


def autumn(cluster: Cluster) -> Diary:
    return Diary().run(cluster, days(*AUTUMN))


@pytest.fixture(scope="module")
def diary(tmp_path_factory: pytest.TempPathFactory) -> Diary:
    """A whole year of the cluster, with nothing done and no day missed."""
    return year(cluster_of(tmp_path_factory.mktemp("year")))


def firsts(diary: Diary, kind: str) -> list[tuple[str, str]]:
    return [(day, person) for day, person, _, stage in diary.lines(kind) if stage != 2]


def test_an_action_has_a_friendly_message_a_short_one_and_a_call(diary: Diary) -> None:
    told = [line for line in diary.lines("action-due", "action-overdue") if line[2].endswith(("a1", "a3"))]
    assert told == [
        ("2026-11-06", "dan-head", "strategic-2026-10/a1", 1),  # due on Friday 13 November: five working days before
        ("2026-11-13", "pen-head", "strategic-2026-10/a3", 1),  # whoever speaks for the school
        ("2026-11-16", "dan-head", "strategic-2026-10/a1", 1),  # the working day after
        ("2026-11-23", "dan-head", "strategic-2026-10/a1", 2),
        ("2026-11-23", "pen-head", "strategic-2026-10/a3", 1),
        ("2026-11-30", "dan-head", "strategic-2026-10/a1", 3),
        ("2026-11-30", "pen-head", "strategic-2026-10/a3", 2),
        ("2026-12-14", "pen-head", "strategic-2026-10/a3", 3),  # from 7 December on; alone on the list it waits five working days
    ]


def test_members_are_asked_for_items_and_then_told_of_the_meeting(diary: Diary) -> None:
    told = [line for line in diary.lines("agenda-items", "meeting") if line[2] == "strategic-2026-12"]
    assert [person for day, person, _, _ in told if day == "2026-11-19"] == ["bryn-head", "dan-head", "pen-head"]
    assert [person for day, person, _, _ in told if day == "2026-11-26"] == ["bryn-head", "bryn-office", "dan-head", "mor-head", "pen-head"]
    assert len(told) == 8  # mor-head has asked for an item already; the office writes the agenda; nobody is told twice


def test_minutes_are_wanted_of_whoever_takes_them_and_told_when_they_are_there(diary: Diary) -> None:
    wanted = [line for line in diary.lines("minutes-due") if line[2] == "attendance-2026-11"]
    assert wanted == [(day, "pen-deputy", "attendance-2026-11", n) for n, day in enumerate(("2026-11-26", "2026-12-03", "2026-12-14"), 1)]
    assert {(day, subject) for day, _, subject, _ in diary.lines("minutes-out")} == {("2026-10-13", "strategic-2026-10")}


def test_minutes_that_come_late_are_told_when_they_come(cluster: Cluster) -> None:
    def change(now: Cluster, day: date) -> Cluster:
        written = now.meetings["strategic-2026-10"].minutes
        return now if day >= date(2026, 11, 9) else with_meeting(now, "strategic-2026-10", minutes=None) if written else now

    diary = Diary().run(cluster, days(date(2026, 10, 1), date(2026, 12, 18)), change)
    assert [line for line in diary.lines("minutes-due") if line[2] == "strategic-2026-10"] == [
        ("2026-10-15", "bryn-office", "strategic-2026-10", 1),
        ("2026-10-22", "bryn-office", "strategic-2026-10", 2),  # and nobody is asked to call themselves
    ]
    assert {day for day, _, subject, _ in diary.lines("minutes-out") if subject == "strategic-2026-10"} == {"2026-11-09"}


def test_minutes_of_long_ago_are_not_news_at_the_first_run(cluster: Cluster) -> None:
    assert Diary().run(cluster, days(date(2026, 11, 9), date(2026, 12, 18))).lines("minutes-out") == []


def test_minutes_that_come_after_the_next_meeting_are_its_business(cluster: Cluster) -> None:
    def change(now: Cluster, day: date) -> Cluster:
        return now if day >= date(2026, 12, 4) else with_meeting(now, "strategic-2026-10", minutes=None)

    diary = Diary().run(cluster, days(date(2026, 10, 1), date(2026, 12, 18)), change)
    assert diary.lines("minutes-out") == []


def test_a_visit_is_told_two_weeks_and_one_week_before(diary: Diary) -> None:
    assert firsts(diary, "visit-soon") == [("2026-11-10", each) for each in ("bryn-head", "dan-head", "mor-head", "pen-deputy")]
    assert firsts(diary, "visit-next-week") == [("2026-11-17", each) for each in ("bryn-head", "dan-head", "pen-deputy")]
    letters = [each for made in diary.rounds for letter in made.letters for each in letter.matters if isinstance(each.about, AboutVisit)]
    roles = {(each.notice.person, each.about.role) for each in letters if isinstance(each.about, AboutVisit)}
    assert roles == {
        ("bryn-head", "host"),
        ("dan-head", "lead"),
        ("pen-deputy", "member"),
        ("mor-head", "reserve"),
        ("bryn-office", "caller"),
    }


def test_steps_of_a_review(diary: Diary) -> None:
    assert diary.lines("host-documents") == [
        ("2026-11-03", "bryn-head", "round-1/bryn/self-evaluation", 1),
        ("2026-11-13", "bryn-head", "round-1/bryn/self-evaluation", 2),  # three working days after it was due
        ("2026-11-18", "bryn-head", "round-1/bryn/self-evaluation", 3),
    ]
    assert diary.lines("visit-held") == [("2026-11-26", "bryn-office", "round-1/bryn", 1)]
    assert firsts(diary, "workshop") == [("2026-12-09", "bryn-head"), ("2026-12-09", "mor-head")]


def test_answers_are_wanted_of_those_who_are_silent(diary: Diary) -> None:
    told = diary.lines("availability")
    assert {(person, subject) for _, person, subject, _ in told} == {
        ("dan-head", "round-2"), ("mor-maths", "round-2"), ("pen-deputy", "round-2"), ("pen-head", "round-2/pen"),
    }  # fmt: skip
    assert [(day, stage) for day, person, _, stage in told if person == "pen-head"] == [
        ("2027-02-26", 1), ("2027-03-10", 2), ("2027-03-15", 3),
    ]  # fmt: skip


def test_once_the_rota_is_published_no_answers_are_wanted(cluster: Cluster) -> None:
    rota = cluster.rotas["round-1 published"].model_copy(update={"cycle": "round-2", "visits": ()})
    planned = replace(cluster, rotas={**cluster.rotas, "round-2 published": rota})
    assert Diary().run(planned, days(date(2027, 2, 15), date(2027, 4, 16))).lines("availability") == []


def test_training_and_offices_that_end(diary: Diary) -> None:
    assert diary.lines("training") == [("2026-12-18", "bryn-head", "bryn-head", 1)]
    assert diary.lines("office") == [("2027-01-22", "mor-head", "strategic/convenor/mor-head", 1)]


def test_an_office_with_somebody_to_follow_is_nobody_s_worry(tmp_path: Path) -> None:
    follows = ("{office: secretary", "{office: convenor, person: dan-head, from: 2027-03-13}, {office: secretary")
    assert year(cluster_of(tmp_path, {"groups.yaml": follows})).lines("office") == []


def test_nothing_goes_on_a_weekend_or_a_holiday_of_somebody_s_own_school(diary: Diary) -> None:
    told = [(told.day, notice.person) for notice, told in diary.history.items()]
    assert all(day.weekday() < 5 for day, _ in told)
    assert not [each for each in told if date(2026, 10, 24) <= each[0] <= date(2026, 11, 1) and each[1] != "dan-head"]
    assert not [each for each in told if each[1] == "dan-head" and date(2026, 12, 12) <= each[0] <= date(2027, 1, 5)]
    christmas = [made for made in diary.rounds if date(2026, 12, 19) <= made.day <= date(2027, 1, 3)]
    assert all(made.is_quiet and not told_in(made) for made in christmas)


def test_a_staff_day_is_a_working_day(cluster: Cluster) -> None:
    assert not reminders(cluster, date(2026, 11, 27), {}).is_quiet


def test_a_missed_day_is_caught_up(cluster: Cluster) -> None:
    run = [day for day in days(*AUTUMN) if not date(2026, 11, 10) <= day <= date(2026, 11, 18)]
    diary = Diary().run(cluster, run)
    assert {day for day, _, _, _ in diary.lines("visit-next-week")} == {"2026-11-19"}
    assert ("2026-11-19", "dan-head", "strategic-2026-10/a1", 1) in diary.lines("action-overdue")
    assert ("2026-11-26", "dan-head", "strategic-2026-10/a1", 2) in diary.lines("action-overdue")  # counted from the first message


def test_what_comes_too_late_is_listed_once_as_missed(cluster: Cluster) -> None:
    run = [day for day in days(*AUTUMN) if not date(2026, 11, 12) <= day <= date(2026, 12, 6)]
    diary = Diary().run(cluster, run)
    listed = [(made.day, each.notice.kind) for made in diary.rounds for each in made.missed]
    assert {day for day, _ in listed} == {date(2026, 12, 7)}
    assert {kind for _, kind in listed} == {"meeting", "visit-next-week"}
    assert [each for each in diary.lines("meeting") if each[2] == "strategic-2026-12"] == []


def test_nothing_is_missed_that_was_to_go_before_reminders_began(cluster: Cluster) -> None:
    began = Notice("adviser", "meeting", "another", date(2026, 12, 9))
    assert reminders(cluster, date(2026, 12, 4), {began: Told(date(2026, 11, 27))}).missed == ()
    assert reminders(cluster, date(2026, 12, 4), {began: Told(date(2026, 11, 26))}).missed


def test_what_is_overdue_is_never_too_late(cluster: Cluster) -> None:
    diary = Diary().run(cluster, days(date(2027, 5, 4), date(2027, 5, 28)))
    told = [line for line in diary.lines("action-overdue") if line[2].endswith("a3")]
    assert [(day, stage) for day, _, _, stage in told] == [("2027-05-04", 1), ("2027-05-11", 2), ("2027-05-25", 3)]


def test_a_first_run_pours_out_nothing_old(cluster: Cluster) -> None:
    made = reminders(cluster, date(2027, 6, 8), {})
    assert {notice.kind for notice in told_in(made)} == {"action-overdue"}
    assert made.missed == ()


def test_what_is_done_stops_by_itself(cluster: Cluster) -> None:
    def change(now: Cluster, day: date) -> Cluster:
        return with_action(now, "strategic-2026-10", "a1", status="done", done_on=date(2026, 11, 20)) if day >= date(2026, 11, 20) else now

    diary = Diary().run(cluster, days(*AUTUMN), change)
    assert [line for line in diary.lines("action-overdue") if line[2].endswith("a1")] == [
        ("2026-11-16", "dan-head", "strategic-2026-10/a1", 1)
    ]
    assert not [line for line in diary.lines() if line[2].endswith(("a6", "a8"))]  # without a day, done before


@pytest.mark.parametrize("state", ["cancelled", "done"])
def test_a_visit_that_does_not_take_place_or_is_over_is_told_nobody(cluster: Cluster, state: str) -> None:
    told = autumn(with_visit(cluster, state=state)).lines("visit-soon", "visit-next-week")
    assert told == []


def test_a_stage_that_is_done_is_chased_no_more(cluster: Cluster) -> None:
    stages = cluster.rotas["round-1 published"].visits[0].stages
    done = tuple(each.model_copy(update={"done_on": date(2026, 11, 9)}) if each.id == "self-evaluation" else each for each in stages)

    def change(now: Cluster, day: date) -> Cluster:
        return with_visit(now, stages=done) if day >= date(2026, 11, 9) else now

    told = Diary().run(cluster, days(*AUTUMN), change).lines("host-documents")
    assert [line for line in told if line[2].endswith("self-evaluation")] == [
        ("2026-11-03", "bryn-head", "round-1/bryn/self-evaluation", 1)
    ]


def test_a_cancelled_meeting_is_told_nobody(cluster: Cluster) -> None:
    told = autumn(with_meeting(cluster, "strategic-2026-12", status="cancelled")).lines()
    assert not [line for line in told if line[2] == "strategic-2026-12"]


def test_a_meeting_that_moves_is_told_anew(cluster: Cluster) -> None:
    def change(now: Cluster, day: date) -> Cluster:
        return with_meeting(now, "strategic-2026-12", date=date(2026, 12, 10)) if day >= date(2026, 11, 30) else now

    diary = Diary().run(cluster, days(*AUTUMN), change)
    told = [(day, person) for day, person, subject, _ in diary.lines("meeting") if subject == "strategic-2026-12"]
    assert {day for day, _ in told} == {"2026-11-26", "2026-12-03"}
    assert len(told) == 2 * len({person for _, person in told})


def test_nobody_is_reminded_of_a_rota_that_is_still_a_draft(tmp_path: Path) -> None:
    draft = cluster_of(tmp_path, {"rotas.yaml": ("status: published", "status: draft")})
    assert autumn(draft).lines("visit-soon", "visit-next-week", "host-documents", "workshop") == []


def test_whoever_has_no_address_is_called_at_once(cluster: Cluster) -> None:
    made = reminders(cluster, date(2026, 11, 20), {})
    (call,) = [each for each in made.calls.calls if each.member.id == "mor-maths"]
    assert (call.phone, call.email, call.matter.notice.stage) == ("01656 000003", "", 3)
    assert [each.id for each in made.without_address] == ["mor-maths"]
    assert "mor-maths" not in [letter.to.id for letter in made.letters]
    assert made.calls.to
    assert made.calls.to.id == "bryn-office"


def test_a_call_waits_for_a_working_day_of_whoever_makes_it(cluster: Cluster) -> None:
    early = with_action(cluster, "strategic-2026-10", "a1", due=date(2026, 10, 8))
    told = [
        line for line in Diary().run(early, days(date(2026, 10, 5), date(2026, 11, 13))).lines("action-overdue") if line[2].endswith("a1")
    ]
    assert [(day, stage) for day, _, _, stage in told] == [
        ("2026-10-09", 1),
        ("2026-10-16", 2),
        ("2026-11-09", 3),  # from 2 November on: one school has its half-term break from 19 October, the other one from 26 October
    ]


def test_a_school_of_which_nobody_is_known_is_told_itself(cluster: Cluster) -> None:
    made = reminders(cluster, date(2026, 11, 12), {})
    (letter,) = [each for each in made.letters if each.to.id == "school:tal"]
    assert (letter.to.school_id, letter.writes_in) == ("tal", "both")


def test_calls_stay_open_until_the_thing_is_done(cluster: Cluster) -> None:
    diary = Diary().run(cluster, days(date(2026, 11, 1), date(2026, 12, 6)))
    sunday = date(2026, 12, 6)
    called = [call.matter.notice for call in open_calls(cluster, sunday, diary.history).calls]
    assert Notice("dan-head", "action-overdue", "strategic-2026-10/a1", date(2026, 11, 13), 3) in called
    done = with_action(cluster, "strategic-2026-10", "a1", status="done")
    left = [call.matter.notice.subject for call in open_calls(done, sunday, diary.history).calls]
    assert "strategic-2026-10/a1" not in left
    assert "strategic-2026-10/a4" in left


def test_what_is_no_longer_due_is_known(cluster: Cluster) -> None:
    overdue = Notice("dan-head", "action-overdue", "strategic-2026-10/a1", date(2026, 11, 13), 2)
    assert overdue in still_due(cluster, date(2026, 11, 22), {})
    assert overdue not in still_due(with_action(cluster, "strategic-2026-10", "a1", status="dropped"), date(2026, 11, 22), {})
    meeting = Notice("dan-head", "meeting", "strategic-2026-12", date(2026, 12, 3))
    assert meeting in still_due(cluster, date(2026, 12, 3), {})
    assert meeting not in still_due(cluster, date(2026, 12, 4), {})


def test_what_is_confidential_reaches_no_letter(diary: Diary) -> None:
    everything = repr([(made.letters, made.calls, made.missed) for made in diary.rounds])
    assert "Send the figures" in everything
    assert "progress.pdf" in everything
    for secret in ("secret plans", "Secret plans", "secret.pdf", "Hush"):
        assert secret not in everything
    owned = [each for made in diary.rounds for letter in made.letters for each in letter.matters if each.notice.subject.endswith("a2")]
    lines = [each.about.line for each in owned if isinstance(each.about, AboutAction)]
    assert lines
    assert all(line.is_confidential and line.owner and line.owner.id == "bryn-head" for line in lines)


def test_numbers_stand_on_the_call_list_alone(diary: Diary) -> None:
    assert "01656" not in repr([(made.letters, made.missed, made.without_address) for made in diary.rounds])


def test_one_letter_a_person_the_latest_stage_tells_its_tone(diary: Diary) -> None:
    for made in diary.rounds:
        people = [letter.to.id for letter in made.letters]
        assert people == sorted(set(people))
        assert all(letter.stage == max(each.notice.stage for each in letter.matters) for letter in made.letters)
    made = next(each for each in diary.rounds if each.day == date(2026, 11, 23))
    dan = next(letter for letter in made.letters if letter.to.id == "dan-head")
    assert (dan.stage, dan.writes_in, dan.imprint.made) == (2, "en", date(2026, 11, 23))


def test_a_meeting_is_told_with_its_open_items(cluster: Cluster) -> None:
    made = reminders(cluster, date(2026, 11, 26), {})
    about = next(each.about for letter in made.letters for each in letter.matters if each.notice.subject == "strategic-2026-12")
    assert isinstance(about, AboutMeeting)
    assert [title.en for title in about.items] == ["Progress", "Figures"]
    assert (about.papers, about.venue.en, about.day) == (("progress.pdf",), "The library", date(2026, 12, 3))


def test_where_the_calendar_ends_reminders_go_on_but_not_in_august(cluster: Cluster) -> None:
    late = with_action(cluster, "strategic-2026-10", "a3", due=date(2027, 8, 20))
    told = [line for line in Diary().run(late, days(date(2027, 7, 1), date(2027, 9, 30))).lines("action-overdue") if line[2].endswith("a3")]
    assert [(day, stage) for day, _, _, stage in told] == [("2027-09-01", 1), ("2027-09-08", 2), ("2027-09-22", 3)]
    later = with_action(cluster, "strategic-2026-10", "a3", due=date(2028, 7, 31))
    told = [
        line for line in Diary().run(later, days(date(2028, 7, 24), date(2028, 9, 5))).lines("action-overdue") if line[2].endswith("a3")
    ]
    assert [(day, stage) for day, _, _, stage in told] == [("2028-09-01", 1)]


def test_the_weeks_of_the_clock_changes_are_weeks_like_others(tmp_path: Path) -> None:
    for due, first in ((date(2026, 10, 23), "2026-11-02"), (date(2027, 3, 19), "2027-04-05")):
        moved = with_action(cluster_of(tmp_path), "strategic-2026-10", "a3", due=due)
        told = Diary().run(moved, days(due - timedelta(9), due + timedelta(30))).lines("action-overdue")
        assert [day for day, _, subject, stage in told if subject.endswith("a3") and stage == 1] == [first]


def test_the_same_day_gives_the_same_round(tmp_path: Path) -> None:
    one, other = cluster_of(tmp_path / "a"), cluster_of(tmp_path / "b")
    day = date(2026, 11, 23)
    assert repr(reminders(one, day, {})) == repr(reminders(other, day, {}))
    backwards = dict(reversed(Diary().run(one, days(date(2026, 11, 1), date(2026, 11, 20))).history.items()))
    assert repr(reminders(one, day, backwards)) == repr(reminders(other, day, dict(sorted(backwards.items()))))


def test_a_second_run_on_a_day_has_nothing_to_say(cluster: Cluster) -> None:
    day = date(2026, 11, 23)
    history = {notice: Told(day) for notice in told_in(reminders(cluster, day, {}))}
    again = reminders(cluster, day, history)
    assert (told_in(again), again.missed) == ((), ())
