"""The pages of letters: which words tell of a thing to whom, and what the files know besides."""

from datetime import date, time
from pathlib import Path

import pytest
from chased import with_action
from reminded import workspace
from remindful import CALLED, IMPRINT, ONE_OF_EACH, READER, matter

from sigctl.cluster import Cluster, load
from sigctl.records.record import Text
from sigctl.reports.letters import LetterPage, Pages, calls_page, topic_of
from sigctl.reports.reminders import CallList, Letter, reminders


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    return load(workspace(tmp_path / "cynon", 25)).cluster


def page(cluster: Cluster, day: date, person: str) -> LetterPage:
    (letter,) = [each for each in reminders(cluster, day, {}).letters if each.to.id == person]
    return Pages(cluster, day).letter(letter, ("cy", "en"))


@pytest.mark.parametrize("topic", ONE_OF_EACH)
def test_the_words_follow_from_the_kind_and_the_part_that_somebody_has(topic: str) -> None:
    assert topic_of(matter(*ONE_OF_EACH[topic])) == topic


def test_some_days_before_a_visit_its_start_and_the_postcode_are_told(cluster: Cluster) -> None:
    (section,) = [each for each in page(cluster, date(2026, 11, 24), "porth-head").sections if each.matter.notice.kind == "visit-next-week"]
    assert section.topic == "visit-next-week_member"
    assert section.postcode == "CF44 0RP"
    assert section.start == time(9)


def test_two_weeks_before_it_the_start_is_left_for_later(cluster: Cluster) -> None:
    (section,) = [each for each in page(cluster, date(2026, 11, 17), "porth-head").sections if each.matter.notice.kind == "visit-soon"]
    assert section.start is None


def test_an_action_is_named_by_what_was_agreed_but_not_where_that_is_confidential(cluster: Cluster) -> None:
    titles = {each: [one.title.en for one in page(cluster, date(2026, 11, 16), each).sections] for each in ("treorchy-head", "porth-head")}
    assert titles == {"treorchy-head": ["Send the figures"], "porth-head": [""]}


def test_a_long_action_is_cut_between_words_in_a_subject(cluster: Cluster) -> None:
    long = with_action(cluster, "strategic-2026-10", "a1", text=Text(cy="Anfon", en="Send the figures of attendance, " * 4))
    (section,) = page(long, date(2026, 11, 16), "treorchy-head").sections
    assert section.title == ("Anfon", "Send the figures of attendance, Send the figures of …")


def test_letters_do_not_tell_of_which_state_of_the_files_they_are(cluster: Cluster) -> None:
    assert cluster.state
    assert page(cluster, date(2026, 11, 16), "treorchy-head").imprint.state == ""


def test_a_letter_is_a_reminder_again_where_all_of_it_was_told_before(cluster: Cluster) -> None:
    first, second = matter(*ONE_OF_EACH["training"], 1), matter(*ONE_OF_EACH["action-overdue"], 2)

    def is_again(*matters: object) -> bool:
        letter = Letter(IMPRINT, READER, "both", 2, matters)  # type: ignore[arg-type]
        return Pages(cluster, date(2026, 11, 12)).letter(letter, ("en",)).is_again

    assert [is_again(first), is_again(second), is_again(first, second)] == [False, True, False]


def test_the_calls_come_with_what_the_caller_is_told(cluster: Cluster) -> None:
    calls = CallList(IMPRINT, READER, tuple(CALLED))
    own = page(cluster, date(2026, 11, 24), "porth-head")
    assert calls_page(calls).sections == ()
    assert calls_page(calls, own).sections == own.sections
    assert calls_page(calls).calls == calls.calls
