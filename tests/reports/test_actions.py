"""Actions as values: what is overdue comes first, who does it is told plainly, and papers leave out what is confidential."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from minuted import FILES, TODAY, cluster_of
from workspaces import Files

from sigctl.cluster import Cluster
from sigctl.reports.actions import OPEN, ActionLine, Asked, action_lines, actions_page


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    return cluster_of(tmp_path)


def refs(lines: tuple[ActionLine, ...]) -> list[str]:
    return [line.ref for line in lines]


def by_id(cluster: Cluster, today: date = TODAY) -> dict[str, ActionLine]:
    return {line.ref: line for line in action_lines(cluster, today)}


def test_overdue_ones_come_first_then_by_date_and_those_without_one_last(cluster: Cluster) -> None:
    lines = action_lines(cluster, TODAY)
    assert [(line.ref, line.standing) for line in lines] == [
        ("a2", "overdue"),
        ("strategic-2026-11/a1", "overdue"),
        ("a4", "due"),
        ("a5", "open"),
        ("attendance-2026-11/a1", "open"),
        ("a3", "open"),
        ("a6", "done"),
        ("a7", "dropped"),
    ]


@pytest.mark.parametrize(
    ("due", "today", "standing"),
    [
        ("2027-01-21", date(2026, 12, 4), "due"),  # on the day of the next meeting
        ("2027-01-22", date(2026, 12, 4), "open"),
        ("2027-01-22", date(2027, 1, 21), "open"),  # the meeting is today
        ("2027-02-04", date(2027, 1, 22), "due"),  # no meeting is planned: within two weeks
        ("2027-02-06", date(2027, 1, 22), "open"),
        ("2027-01-22", date(2027, 1, 22), "due"),
        ("2027-01-22", date(2027, 1, 23), "overdue"),
    ],
)
def test_what_is_due_by_the_next_meeting(due: str, today: date, standing: str, tmp_path: Path) -> None:
    text = FILES["meetings.yaml"].replace("school: treorchy, due: 2027-01-21", f"school: treorchy, due: {due}")
    assert by_id(cluster_of(tmp_path, FILES | {"meetings.yaml": text}), today)["a4"].standing == standing


def test_who_does_it(cluster: Cluster) -> None:
    lines = by_id(cluster)
    assert lines["a3"].owner is None
    assert lines["a3"].school_id == ""
    assert (lines["a4"].owner, lines["a4"].school.en) == (None, "Treorchy School")
    assert {ref for ref, line in lines.items() if line.has_left} == {"a5", "a6"}
    owner = lines["strategic-2026-11/a1"].owner
    assert owner is not None
    assert (owner.person.en, owner.school_id) == ("R Jones", "porth")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked(owner="porth-head"), ["strategic-2026-11/a1", "attendance-2026-11/a1"]),
        (Asked(group="attendance"), ["attendance-2026-11/a1"]),
        (Asked(school="treorchy"), ["a4"]),
        (Asked(school="porth", standings=("overdue",)), ["strategic-2026-11/a1"]),
        (Asked(standings=("done", "dropped")), ["a6", "a7"]),
        (Asked(owner="porth-head", group="strategic", standings=OPEN), ["strategic-2026-11/a1"]),
    ],
)
def test_a_choice_of_them(cluster: Cluster, asked: Asked, expected: list[str]) -> None:
    assert refs(action_lines(cluster, TODAY, asked)) == expected


def test_the_paper_leaves_out_what_is_confidential_and_counts_it(cluster: Cluster) -> None:
    page = actions_page(cluster, TODAY)
    assert "secret" not in str(asdict(page))
    assert page.withheld == 1
    assert [section.standing for section in page.sections] == ["overdue", "due", "open", "done", "dropped"]


def test_the_paper_tells_what_was_done_since_the_last_meeting_and_nothing_older(cluster: Cluster) -> None:
    def done(today: date) -> list[str]:
        sections = actions_page(cluster, today, Asked(standings=("done",))).sections
        return [line.ref for section in sections for line in section.lines]

    assert done(TODAY) == ["a6"]
    assert done(date(2027, 1, 22)) == []


def test_a_paper_of_one_school_says_so(cluster: Cluster) -> None:
    page = actions_page(cluster, TODAY, Asked(school="treorchy", owner="porth-head", group="strategic"))
    assert (page.school.en, page.group.en, page.owner and page.owner.id) == ("Treorchy School", "Strategic Group", "porth-head")
    assert page.sections == ()


MERGED: Files = {
    "sigctl.yaml": "sigctl: 1\ncluster: {id: c, name: C}\n",
    "schools.yaml": "schools: [{id: new, name: New}, {id: old, name: Old, left: 2026-09-30, merged_into: new}]\n",
    "people.yaml": "people: [{id: head, post: Head, school: old}]\n",
    "groups.yaml": "groups: [{id: g, name: G, kind: strategic}]\n",
    "meetings.yaml": """\
meetings:
  - id: m
    group: g
    date: 2026-09-24
    status: held
    actions:
      - {id: by-school, text: One, school: old}
      - {id: by-head, text: Two, owner: head}
      - {id: undated, text: Three, status: done}
  - {id: off, group: g, date: 2026-10-24, status: cancelled, actions: [{id: never, text: Four, due: 2026-10-30}]}
  - {id: later, group: g, date: 2026-11-04, status: held}
""",
}


@pytest.mark.parametrize(("today", "school"), [(date(2026, 9, 30), "old"), (date(2026, 11, 10), "new")])
def test_an_action_of_a_school_that_merged_is_the_other_schools(today: date, school: str, tmp_path: Path) -> None:
    cluster = cluster_of(tmp_path, MERGED)
    assert {line.school_id for line in by_id(cluster, today).values() if line.ref != "undated"} == {school}
    assert not any(line.has_left for line in by_id(cluster, today).values())
    for asked in {"old", school}:
        assert refs(action_lines(cluster, today, Asked(school=asked, standings=OPEN))) == ["by-head", "by-school"]
        assert actions_page(cluster, today, Asked(school=asked)).school == cluster.schools[school].name.words


def test_nothing_was_agreed_at_a_meeting_that_was_cancelled(tmp_path: Path) -> None:
    assert "never" not in by_id(cluster_of(tmp_path, MERGED), date(2026, 11, 10))


def test_what_is_done_with_no_day_is_told_rather_than_lost(tmp_path: Path) -> None:
    sections = actions_page(cluster_of(tmp_path, MERGED), date(2026, 11, 10)).sections
    assert ["undated"] in [refs(section.lines) for section in sections if section.standing == "done"]
