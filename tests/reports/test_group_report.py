"""The working groups' report: attendance by school, what is reached, what was decided; nothing that lies after its day."""

from datetime import date
from pathlib import Path

import pytest
from lived import FILES, MINIMAL, TODAY, cluster_of

from sigctl.cluster import Cluster
from sigctl.reports.groups.criteria import criteria_of
from sigctl.reports.groups.report import GroupSection, WorkingGroupsReport, working_groups


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    return cluster_of(tmp_path)


def report(cluster: Cluster, *groups: str, as_at: date = TODAY, since: date | None = None) -> WorkingGroupsReport:
    return working_groups(cluster, [cluster.groups[group] for group in groups], as_at, TODAY, since)


def section(cluster: Cluster, as_at: date = TODAY, since: date | None = None) -> GroupSection:
    return report(cluster, "presence", as_at=as_at, since=since).groups[0]


def test_schools_count_for_the_meetings_to_which_they_were_asked(cluster: Cluster) -> None:
    found = {line.id: (line.tally.asked, line.tally.attended, line.tally.apologies, line.tally.absent, line.tally.share) for line in
             section(cluster).turnouts}  # fmt: skip
    assert found == {
        "bryn": (4, 4, 0, 0, 100),
        "dan": (4, 0, 4, 0, 0),
        "hen": (2, 1, 0, 1, 50),
        "mor": (4, 4, 0, 0, 100),
        "tal": (2, 0, 0, 1, 0),
    }
    assert section(cluster).attendance.share == 56


def test_a_school_that_merged_counts_until_then_and_the_other_from_then_on(tmp_path: Path) -> None:
    groups = FILES["groups.yaml"].replace("      - {person: mor-head}\n", "").replace("hen, to: 2026-08-31", "hen")
    found = {line.id: line for line in section(cluster_of(tmp_path, {**FILES, "groups.yaml": groups})).turnouts}
    assert (found["hen"].tally.asked, found["mor"].tally.asked) == (2, 2)
    assert found["hen"].merged
    assert found["hen"].merged.en == "Seaside School"
    assert found["mor"].merged is None


def test_all_meetings_are_held_and_those_without_attendance_say_nothing_of_anybody(cluster: Cluster) -> None:
    assert len(section(cluster).meetings) == 5
    assert section(cluster).most == 4
    assert section(cluster).next == date(2027, 1, 19)


def test_who_comes_without_being_a_member_is_told(cluster: Cluster) -> None:
    assert [(words.en, count) for words, count in section(cluster).besides] == [("Pen-y-lan High School", 1)]


def test_what_lies_after_the_day_is_not_told(cluster: Cluster) -> None:
    early = section(cluster, as_at=date(2026, 6, 8))
    assert early.meetings == (date(2026, 3, 10),)
    assert early.review is None
    assert [output.name.en for output in section(cluster).outputs] == ["A pack for parents"]
    assert [len(line.readings) for line in early.criteria] == [1, 0, 0, 0]


def test_what_lies_before_the_first_day_is_not_counted(cluster: Cluster) -> None:
    late = section(cluster, since=date(2026, 9, 1))
    assert late.meetings == (date(2026, 9, 22), date(2026, 11, 10))
    assert late.outputs == ()
    assert [line.id for line in late.turnouts] == ["bryn", "dan", "mor", "tal"]


def test_criteria_are_met_partly_or_not(cluster: Cluster) -> None:
    found = {line.id: (line.standing, line.is_overdue) for line in section(cluster).criteria}
    assert found == {
        "present": ("partly", True),
        "absent": ("met", False),
        "late": ("not_met", False),
        "home": ("no_reading", False),
    }
    assert section(cluster).standings == (("met", 1), ("partly", 1), ("not_met", 1), ("no_reading", 1))
    assert section(cluster, as_at=date(2027, 7, 9)).criteria[0].standing == "met"


@pytest.mark.parametrize(
    ("criterion", "standing"),
    [
        ("target: 5, readings: [{on: 2026-07-09, value: 6}]", "unclear"),
        ("target: 5, readings: [{on: 2026-07-09, value: 5}]", "met"),
        ("target: 5, readings: [{on: 2025-07-09, value: 8}, {on: 2026-07-09, value: 6}]", "partly"),
        ("target: 5, readings: [{on: 2026-07-09, value: 6}, {on: 2025-07-09, value: 8}]", "partly"),
        ("target: 5, readings: [{on: 2025-07-09, value: 3}, {on: 2026-07-09, value: 6}]", "met"),
        ("baseline: 5, readings: [{on: 2026-07-09, value: 6}]", "unclear"),
        ("baseline: 0, target: 0, readings: [{on: 2026-07-09, value: 3}]", "not_met"),
        ("baseline: 0, target: 0, readings: [{on: 2026-07-09, value: 0}]", "met"),
        ("baseline: 8, target: 5, readings: [{on: 2026-07-09, value: 8}]", "not_met"),
        ("baseline: 8, target: 5, readings: [{on: 2026-07-09, note: nobody counted}]", "no_reading"),
    ],
)
def test_which_way_is_up_is_never_guessed(tmp_path: Path, criterion: str, standing: str) -> None:
    groups = f"groups:\n  - {{id: g, name: G, kind: working, criteria: [{{id: c, text: C, {criterion}}}]}}\n"
    cluster = cluster_of(tmp_path, {**MINIMAL, "groups.yaml": groups})
    assert [line.standing for line in criteria_of(cluster.groups["g"], TODAY)] == [standing]


def test_reviews_tell_what_was_proposed_and_what_was_decided_by_then(cluster: Cluster) -> None:
    made = report(cluster, "presence", "digital")
    presence, digital = made.groups
    assert presence.review
    assert digital.review
    assert (presence.review.recommendation, presence.review.decision) == ("refresh", "")
    assert (digital.review.decision, digital.review.decided_on, digital.review.into.en) == ("merge", date(2026, 6, 25), "Attendance")
    assert [group.id for group in made.due] == ["presence"]
    [before] = report(cluster, "digital", as_at=date(2026, 6, 24)).groups
    assert before.review
    assert (before.review.recommendation, before.review.decision) == ("merge", "")


def test_a_group_of_which_the_files_say_nothing_can_be_told_of(tmp_path: Path) -> None:
    [found] = report(cluster_of(tmp_path, MINIMAL), "g").groups
    assert (found.head, found.meetings, found.turnouts, found.criteria, found.review) == (None, (), (), (), None)
    assert found.attendance.share is None
