"""Who is asked for their days, who is meant by an answer, and what an answer changes."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from asked import FILES, TODAY
from workspaces import write

from sigctl.cluster import Cluster, load
from sigctl.intake.answers import Answer, DayAnswer, Participant, Reply
from sigctl.intake.busy import Calendar
from sigctl.records import Cycle
from sigctl.reports.availability import (
    AskLetter,
    Match,
    Proposal,
    letters,
    matched,
    merged,
    proposed_by_calendar,
    proposed_by_reply,
    standings,
)
from sigctl.term_dates import Span


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    found, problems = load(write(tmp_path, {**FILES, "sigctl.yaml": FILES["sigctl.yaml"].replace("PORT", "2525")}))
    assert not problems
    return found


@pytest.fixture
def cycle(cluster: Cluster) -> Cycle:
    return cluster.cycles["round-4"]


def day(text: str) -> date:
    return date.fromisoformat(text)


def reply(**days: Answer) -> Reply:
    return Reply(Participant(2), tuple(DayAnswer(day(each.strip("d").replace("_", "-")), answer) for each, answer in days.items()))


def spans(proposal: Proposal, field: str) -> list[str]:
    return [f"{each.first}/{each.last}" for each in dict(proposal.adds)[field]]  # type: ignore[index]


# who is asked


def test_reviewers_and_hosts_are_asked(cluster: Cluster, cycle: Cycle) -> None:
    found = [(each.role, each.to.id, each.school_id) for each in standings(cluster, cycle, TODAY)]
    assert found == [
        ("reviewer", "aberdare-head", ""),
        ("reviewer", "porth-head", ""),
        ("reviewer", "treorchy-deputy", ""),
        ("host", "aberdare-head", "aberdare"),
        ("host", "treorchy-head", "treorchy"),
    ]


def of(found: tuple[AskLetter, ...], person: str) -> AskLetter:
    return next(each for each in found if each.to.id == person)


def test_one_letter_a_person_about_pupil_days_only(cluster: Cluster, cycle: Cycle) -> None:
    found = letters(cluster, cycle, TODAY)
    assert [each.to.id for each in found] == ["aberdare-head", "porth-head", "treorchy-deputy", "treorchy-head"]
    both = of(found, "aberdare-head")
    assert [each.reference for each in both.requests] == ["round-4 person:aberdare-head", "round-4 school:aberdare"]
    days = both.requests[0].days
    assert day("2026-11-30") not in days, "an INSET day"
    assert day("2027-02-16") not in days, "half term"
    assert day("2026-11-11") in days
    assert [each.isoformat() for each in both.requests[0].known] == ["2026-11-10", "2026-11-16", "2026-11-17"]


def test_a_question_asked_early_does_not_stand_for_the_reminder(cluster: Cluster, cycle: Cycle) -> None:
    """So that whoever is asked weeks before is still reminded before the day, and whoever is asked late is not told twice."""
    assert {each.notice.stage for letter in letters(cluster, cycle, TODAY) for each in letter.requests} == {0}
    assert {each.notice.stage for letter in letters(cluster, cycle, day("2026-10-01")) for each in letter.requests} == {1}


# who is meant


@pytest.mark.parametrize(
    ("who", "person"),
    [
        (Participant(2, "Siân Llŷr"), "aberdare-head"),
        (Participant(2, "LLYR, Sian"), "aberdare-head"),
        (Participant(2, "Mrs sian  llyr"), "aberdare-head"),
        (Participant(2, "somebody else", "huw@example.org"), "porth-head"),
        (Participant(2, "porth-head"), "porth-head"),
        (Participant(2, "Huw Pris"), ""),
        (Participant(2, "Pennaeth, Ysgol Porth"), "porth-head"),
        (Participant(2, person="porth-head", cycle="round-4"), "porth-head"),
    ],
)
def test_people_are_known_by_id_address_or_name(who: Participant, person: str, cluster: Cluster, cycle: Cycle) -> None:
    assert matched(cluster, cycle, who).person == person


def test_nobody_is_guessed_where_two_are_near(cluster: Cluster, cycle: Cycle) -> None:
    assert matched(cluster, cycle, Participant(2, "Ann Jones")).person == "treorchy-head"
    found = matched(cluster, cycle, Participant(2, "Annie Jones"))
    assert (found.person, set(found.perhaps)) == ("", {"treorchy-head", "treorchy-deputy"})
    people = {**cluster.people, "other": cluster.people["porth-head"].model_copy(update={"id": "other"})}
    twice = replace(cluster, people=people)
    assert set(matched(twice, cycle, Participant(2, "Huw Prys")).perhaps) == {"porth-head", "other"}
    assert set(matched(twice, cycle, Participant(2, email="huw@example.org")).perhaps) == {"porth-head", "other"}


@pytest.mark.parametrize(
    "who", [Participant(0, person="nobody"), Participant(0, school="nowhere"), Participant(0, person="porth-head", cycle="round-3")]
)
def test_a_form_of_another_cycle_or_of_nobody_is_refused(who: Participant, cluster: Cluster, cycle: Cycle) -> None:
    found = matched(cluster, cycle, who)
    assert found == Match(wrong=found.wrong)
    assert found.wrong


# what changes


def test_new_days_are_joined_over_weekends_and_known_ones_left_out(cluster: Cluster, cycle: Cycle) -> None:
    no = ("2026_11_10", "2026_11_19", "2026_11_20", "2026_11_23", "2026_11_27", "2026_12_01", "2026_12_03")
    found = proposed_by_reply(cluster, cycle, reply(**{f"d{each}": Answer.NO for each in no}), person="aberdare-head")
    assert spans(found, "unavailable") == ["2026-11-19/2026-11-23", "2026-11-27/2026-12-01", "2026-12-03/2026-12-03"]


def test_days_on_which_no_visit_can_be_are_not_kept(cluster: Cluster, cycle: Cycle) -> None:
    no = reply(d2026_10_01=Answer.NO, d2026_11_21=Answer.NO, d2026_11_30=Answer.NO, d2027_02_16=Answer.NO)
    found = proposed_by_reply(cluster, cycle, no, person="porth-head")
    assert (found.is_new, found.outside) == (False, 4)


def test_what_the_files_rule_out_and_the_answer_does_not_is_told(cluster: Cluster, cycle: Cycle) -> None:
    found = proposed_by_reply(cluster, cycle, reply(d2026_11_10=Answer.YES, d2026_11_12=Answer.MAYBE), person="aberdare-head")
    assert (found.is_new, found.otherwise, found.perhaps) == (False, (day("2026-11-10"),), (day("2026-11-12"),))


def test_a_host_is_busy_and_a_schools_calendar_tells_more(cluster: Cluster, cycle: Cycle) -> None:
    assert spans(proposed_by_reply(cluster, cycle, reply(d2026_11_12=Answer.NO), school="treorchy"), "busy") == ["2026-11-12/2026-11-12"]
    told = Calendar(busy=(day("2026-11-12"),), staff=(day("2026-11-13"), day("2026-11-30")), closed=(day("2026-11-16"),))
    found = proposed_by_calendar(cluster, cycle, told, school="treorchy")
    assert spans(found, "staff_days") == ["2026-11-13/2026-11-13"], "that of the whole cluster is in the calendar already"
    assert spans(found, "closed") == ["2026-11-16/2026-11-16"]
    assert spans(found, "busy") == ["2026-11-12/2026-11-12"]


def test_two_files_of_one_person_are_one_change(cluster: Cluster, cycle: Cycle) -> None:
    one = proposed_by_reply(cluster, cycle, reply(d2026_11_18=Answer.NO, d2026_11_19=Answer.NO), person="porth-head")
    other = proposed_by_reply(cluster, cycle, reply(d2026_11_19=Answer.NO, d2026_11_20=Answer.NO), person="porth-head")
    (found,) = merged(cluster, cycle, [one, other])
    assert dict(found.adds)["unavailable"] == (Span(day("2026-11-18"), day("2026-11-20")),)
