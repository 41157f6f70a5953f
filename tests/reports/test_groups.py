"""Groups on a day: how they stand, who belongs to them, and who has gone quiet. Apologies are never taken for silence."""

from datetime import date
from pathlib import Path

import pytest
from lived import FILES, TODAY, cluster_of
from workspaces import told, write

from sigctl.cluster import Cluster
from sigctl.reports.groups.overview import groups_page
from sigctl.reports.groups.page import GroupPage, group_page

FIRST = date(2026, 3, 10)


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    return cluster_of(tmp_path)


def page(cluster: Cluster, group: str = "presence", as_at: date = TODAY, missed: int = 2) -> GroupPage:
    return group_page(cluster, cluster.groups[group], as_at, TODAY, missed)


def test_nothing_is_wrong_in_the_small_cluster(tmp_path: Path) -> None:
    assert told(write(tmp_path, FILES)) == ()


@pytest.mark.parametrize(
    ("group", "as_at", "state"),
    [
        ("presence", date(2026, 10, 30), "active"),
        ("presence", date(2026, 10, 31), "due"),
        ("digital", date(2026, 7, 20), "quiet"),
        ("digital", date(2026, 7, 21), "ended"),
        ("new", TODAY, "not_begun"),
        ("still", date(2026, 8, 14), "active"),
        ("still", date(2026, 8, 15), "quiet"),
    ],
)
def test_a_group_stands_as_it_did_on_that_day(cluster: Cluster, group: str, as_at: date, state: str) -> None:
    rows = {row.id: row.state for row in groups_page(cluster, as_at, TODAY).groups}
    assert rows[group] == state
    assert page(cluster, group, as_at).state == state


@pytest.mark.parametrize(("decided", "is_due"), [("2026-05-01", False), ("2026-04-29", True), ("2026-11-01", False), ("2026-12-01", True)])
def test_a_decision_shortly_before_the_day_or_after_it_is_the_review(tmp_path: Path, decided: str, is_due: bool) -> None:
    line = "recommendation: refresh\n"
    files = {
        **FILES,
        "groups.yaml": FILES["groups.yaml"].replace(line, f"{line}        decision: continue\n        decided_on: {decided}\n"),
    }
    files["groups.yaml"] = files["groups.yaml"].replace("on: 2026-06-09\n", "on: 2026-04-01\n")
    assert page(cluster_of(tmp_path, files)).review_is_due is is_due


def test_the_table_tells_who_leads_and_when_they_met(cluster: Cluster) -> None:
    rows = {row.id: row for row in groups_page(cluster, TODAY, TODAY).groups}
    assert [row.id for row in rows.values()] == ["strategic", "still", "presence", "digital", "new"]
    row = rows["presence"]
    assert row.head
    assert (row.head.name.id, row.head.since) == ("mor-head", date(2025, 9, 1))
    assert (row.members, row.guests) == (5, 1)
    assert (row.last, row.next) == (date(2026, 11, 10), date(2027, 1, 19))
    assert rows["digital"].head is None


def test_the_next_meeting_is_the_one_that_came_next_even_where_it_was_held_since(cluster: Cluster) -> None:
    assert page(cluster, as_at=date(2026, 6, 8)).next == date(2026, 6, 9)
    assert page(cluster, as_at=date(2026, 6, 9)).next == date(2026, 7, 7)
    assert page(cluster, as_at=date(2027, 1, 19)).next == date(2027, 1, 19)


def test_a_meeting_that_nobody_marked_is_told(cluster: Cluster) -> None:
    assert page(cluster, as_at=date(2027, 1, 19)).unmarked == ()
    assert page(cluster, as_at=date(2027, 1, 20)).unmarked == (date(2027, 1, 19),)


def test_before_the_first_meeting_that_the_files_know_nobody_is_called_quiet(cluster: Cluster) -> None:
    assert page(cluster, "still", date(2025, 12, 1)).state == "active"


def test_members_are_those_of_the_day(cluster: Cluster) -> None:
    assert [member.id for member in page(cluster, as_at=date(2026, 8, 31)).own] == ["mor-head", "bryn", "dan", "hen"]
    assert [member.id for member in page(cluster).own] == ["mor-head", "bryn", "dan", "mor", "tal"]
    [guest] = page(cluster).guests
    assert (guest.name.person.en, guest.name.school.en, guest.since) == ("Headteacher", "Loughor Cluster", date(2025, 9, 1))
    assert page(cluster, as_at=date(2025, 8, 31)).guests == ()


def test_schools_that_are_not_asked_are_named(cluster: Cluster) -> None:
    assert [words.en for words in page(cluster).not_asked] == ["Pen-y-lan High School"]


def test_who_comes_and_goes_is_told_for_a_year(cluster: Cluster) -> None:
    found = [(change.on, change.name.school.en, change.has_joined, change.merged and change.merged.en) for change in page(cluster).changes]
    assert found == [
        (date(2026, 8, 31), "Ysgol yr Hen Bont", False, "Seaside School"),
        (date(2026, 9, 1), "Seaside School", True, None),
        (date(2026, 9, 1), "Tal-y-bont School", True, None),
    ]
    assert page(cluster, as_at=date(2027, 9, 5)).changes == ()


def test_a_school_that_merged_gives_its_place_to_the_other_even_where_the_group_does_not_say_so(tmp_path: Path) -> None:
    files = (
        FILES["groups.yaml"]
        .replace("{school: hen, to: 2026-08-31}", "{school: hen}")
        .replace("      - {school: mor, from: 2026-09-01}\n", "")
    )
    cluster = cluster_of(tmp_path, {**FILES, "groups.yaml": files})
    before, after = page(cluster, as_at=date(2026, 8, 31)), page(cluster)
    assert [member.id for member in before.own] == ["mor-head", "bryn", "dan", "hen"]
    assert [member.id for member in after.own] == ["mor-head", "bryn", "dan", "mor", "tal"]
    [line] = [member for member in after.own if member.id == "mor"]
    assert line.merged
    assert line.merged.en == "Ysgol yr Hen Bont"
    assert line.marks == (None, None, "substitute", "present")


def test_a_member_that_merged_into_another_member_counts_once_with_it(tmp_path: Path) -> None:
    groups = FILES["groups.yaml"].replace("{school: hen, to: 2026-08-31}", "{school: hen}")
    cluster = cluster_of(tmp_path, {**FILES, "groups.yaml": groups})
    counts = {row.id: row.members for row in groups_page(cluster, TODAY, TODAY).groups}
    assert counts["presence"] == len(page(cluster).own) == 5


def test_a_school_that_left_and_became_part_of_none_belongs_no_longer(tmp_path: Path) -> None:
    schools = FILES["schools.yaml"].replace(", merged_into: mor", "")
    groups = FILES["groups.yaml"].replace("{school: hen, to: 2026-08-31}", "{school: hen}")
    cluster = cluster_of(tmp_path, {**FILES, "schools.yaml": schools, "groups.yaml": groups})
    assert "hen" not in [member.id for member in page(cluster).own]
    assert [change.name.school.en for change in page(cluster).changes if not change.has_joined] == ["Ysgol yr Hen Bont"]


def test_offices_end_become_vacant_or_go_over(cluster: Cluster) -> None:
    found = {line.office: line for line in page(cluster, "strategic").offices}
    assert found["chair"].ends_soon
    assert (found["secretary"].name, found["secretary"].since) == (None, date(2026, 7, 21))
    assert not found["treasurer"].ends_soon, "somebody takes over on the next day"
    assert (found["chair"].has_word, found["web-editor"].has_word) == (True, False)
    assert not any(line.ends_soon for line in page(cluster, "strategic", date(2026, 9, 1)).offices)


def test_marks_tell_five_things_apart(cluster: Cluster) -> None:
    marks = {member.id: member.marks for member in page(cluster).own}
    assert page(cluster).meetings == (FIRST, date(2026, 6, 9), date(2026, 9, 22), date(2026, 11, 10))
    assert marks == {
        "mor-head": ("present", "present", "substitute", "present"),
        "bryn": ("present", "present", "present", "present"),
        "dan": ("apologies",) * 4,
        "mor": (None, None, "substitute", "present"),
        "tal": (None, None, "not_noted", "absent"),
    }


def test_who_sends_no_word_is_quiet_and_who_sends_apologies_is_something_else(cluster: Cluster) -> None:
    found = [(line.member.id, line.missed, line.how, line.last_seen) for line in page(cluster).quiet]
    assert found == [("tal", 2, "no_word", None), ("dan", 4, "apologies", None)]
    assert [line.member.id for line in page(cluster, missed=3).quiet] == ["dan"]
    assert page(cluster, as_at=date(2026, 9, 30)).quiet[0].missed == 3


def test_now_apologies_and_now_silence_is_told_with_the_day_when_they_came_last(tmp_path: Path) -> None:
    meetings = FILES["meetings.yaml"].replace("schools: {present: [bryn, hen], apologies: [dan]}", "schools: {present: [bryn, hen, dan]}")
    meetings = meetings.replace("schools: {apologies: [dan], absent: [tal]}", "schools: {absent: [dan, tal]}")
    found = page(cluster_of(tmp_path, {**FILES, "meetings.yaml": meetings})).quiet
    assert [(line.member.id, line.missed, line.how, line.last_seen) for line in found] == [
        ("tal", 2, "no_word", None),
        ("dan", 3, "mixed", FIRST),
    ]


def test_in_a_group_that_has_ended_nobody_is_called(cluster: Cluster, tmp_path: Path) -> None:
    groups = FILES["groups.yaml"].replace("review_by: 2026-10-30", "ended: 2026-11-12")
    assert page(cluster_of(tmp_path / "ended", {**FILES, "groups.yaml": groups})).quiet == ()
    assert page(cluster).quiet
