"""Who belongs to a group on a day where schools have merged or left, who leads it, and which of its meetings come first."""

from datetime import date
from pathlib import Path

import pytest
from workspaces import write

from sigctl.cluster import Cluster, load
from sigctl.cluster.membership import (
    Seat,
    chair_of,
    earlier_than,
    is_member,
    later_than,
    leader_on,
    meetings_of,
    schools_on,
    seats_on,
)

FILES = {
    "sigctl.yaml": "sigctl: 1\ncluster: {id: c, name: SIG 3}\n",
    "schools.yaml": """\
schools:
  - {id: old, name: Old, left: 2026-09-30, merged_into: new}
  - {id: new, name: New}
  - {id: other, name: Other, joined: 2026-09-01}
  - {id: gone, name: Gone, left: 2026-07-20}
""",
    "people.yaml": """\
people:
  - {id: old-head, post: Head, posts: [{school: old, to: 2026-09-30, post: Head}, {school: new, from: 2026-10-01, post: Deputy}]}
  - {id: new-head, post: Head, school: new}
  - {id: other-head, post: Head, school: other}
  - {id: gone-head, post: Head, school: gone}
""",
    "groups.yaml": """\
groups:
  - id: g
    name: G
    kind: strategic
    members: [{school: old}, {school: new, from: 2026-11-01}, {school: gone}, {person: other-head}, {guest: Somebody}]
    officers:
      - {office: convenor, person: new-head}
      - {office: chair, person: other-head, from: 2026-10-01}
""",
    "meetings.yaml": """\
meetings:
  - {id: a-late, group: g, date: 2026-11-04, start: "14:00"}
  - {id: b-early, group: g, date: 2026-11-04, start: "09:00"}
  - {id: c-untimed, group: g, date: 2026-11-04}
  - {id: d-before, group: g, date: 2026-09-04, status: held}
  - {id: e-off, group: g, date: 2026-11-04, start: "10:00", status: cancelled}
""",
}


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    found, problems = load(write(tmp_path, FILES))
    assert not problems
    return found


@pytest.mark.parametrize(
    ("day", "seats"),
    [
        (date(2026, 7, 20), ["old", "gone", "other-head"]),
        (date(2026, 9, 30), ["old", "other-head"]),
        (date(2026, 10, 1), ["new", "other-head"]),
        (date(2026, 11, 4), ["new", "other-head"]),
    ],
)
def test_a_school_that_merged_gives_its_place_to_the_other_and_one_that_left_has_none(
    cluster: Cluster, day: date, seats: list[str]
) -> None:
    assert [seat.id for seat in seats_on(cluster, cluster.groups["g"], day)] == seats


def test_the_schools_of_a_group_are_those_of_its_people_as_well(cluster: Cluster) -> None:
    assert schools_on(cluster, cluster.groups["g"], date(2026, 10, 1)) == ("new", "other")
    assert Seat("person", "other-head") in seats_on(cluster, cluster.groups["g"], date(2026, 10, 1))


def test_people_of_the_school_into_which_a_member_merged_are_members(cluster: Cluster) -> None:
    group = cluster.groups["g"]
    assert [is_member(cluster, group, "new-head", day) for day in (date(2026, 9, 30), date(2026, 10, 1))] == [False, True]
    assert all(is_member(cluster, group, "old-head", day) for day in (date(2026, 9, 30), date(2026, 10, 1)))
    assert not is_member(cluster, group, "gone-head", date(2026, 10, 1))


def test_a_group_is_led_by_its_chair_or_else_by_its_convenor(cluster: Cluster) -> None:
    leaders = [leader_on(cluster.groups["g"], day) for day in (date(2026, 9, 30), date(2026, 10, 1))]
    assert [(each.office, each.person) for each in leaders if each] == [("convenor", "new-head"), ("chair", "other-head")]
    assert [chair_of(cluster, cluster.meetings[id]) for id in ("d-before", "a-late")] == ["new-head", "other-head"]


def test_meetings_of_one_day_stand_by_their_times(cluster: Cluster) -> None:
    assert [meeting.id for meeting in meetings_of(cluster, "g")] == ["d-before", "c-untimed", "b-early", "a-late"]
    assert [meeting.id for meeting in earlier_than(cluster, cluster.meetings["a-late"])] == ["b-early", "c-untimed", "d-before"]
    assert [meeting.id for meeting in later_than(cluster, cluster.meetings["c-untimed"])] == ["b-early", "a-late"]


def test_what_comes_before_a_meeting_that_is_only_proposed(cluster: Cluster) -> None:
    proposed = cluster.meetings["d-before"].model_copy(update={"date": date(2026, 11, 20)})
    assert next(earlier_than(cluster, proposed)).id == "a-late"


@pytest.mark.parametrize(("day", "belongs"), [(date(2026, 8, 31), False), (date(2026, 9, 1), True), (date(2030, 1, 1), True)])
def test_a_school_belongs_from_the_day_on_which_it_joined(cluster: Cluster, day: date, belongs: bool) -> None:
    assert cluster.schools["other"].belongs(day) is belongs


def test_a_school_belongs_up_to_its_last_day(cluster: Cluster) -> None:
    assert [cluster.schools["old"].belongs(day) for day in (date(2026, 9, 30), date(2026, 10, 1))] == [True, False]


def test_a_member_that_is_in_no_file_has_a_place_but_no_school(tmp_path: Path) -> None:
    groups = FILES["groups.yaml"].replace("{person: other-head}", "{person: nobody}").replace("{school: old}", "{school: nowhere}")
    cluster = load(write(tmp_path, {**FILES, "groups.yaml": groups})).cluster
    day = date(2026, 7, 1)
    assert [seat.id for seat in seats_on(cluster, cluster.groups["g"], day)] == ["nowhere", "gone", "nobody"]
    assert "gone" in schools_on(cluster, cluster.groups["g"], day)
    assert not is_member(cluster, cluster.groups["g"], "other-head", day)
