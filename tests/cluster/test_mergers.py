"""A school that became part of another one: which of them there is on a day."""

from datetime import date
from pathlib import Path

import pytest
from workspaces import write

from sigctl.cluster import Cluster, load
from sigctl.cluster.mergers import school_on, successor_on

FILES = {
    "sigctl.yaml": "sigctl: 1\ncluster: {id: c, name: SIG 3}\n",
    "schools.yaml": """\
schools:
  - {id: first, name: First, left: 2024-08-31, merged_into: second}
  - {id: second, name: Second, left: 2026-08-31, merged_into: third}
  - {id: third, name: Third}
  - {id: gone, name: Gone, left: 2025-07-20}
  - {id: this, name: This, left: 2025-07-20, merged_into: that}
  - {id: that, name: That, left: 2025-07-20, merged_into: this}
""",
    "people.yaml": "people:\n  - {id: head, name: A, school: first}\n  - {id: officer, name: B}\n",
}


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    found, problems = load(write(tmp_path, FILES))
    assert not problems
    return found


@pytest.mark.parametrize(
    ("school", "day", "stands"),
    [
        ("first", date(2024, 8, 31), "first"),
        ("first", date(2024, 9, 1), "second"),
        ("first", date(2026, 9, 1), "third"),
        ("second", date(2026, 8, 31), "second"),
        ("gone", date(2026, 1, 1), "gone"),
        ("unknown", date(2026, 1, 1), "unknown"),
    ],
)
def test_from_the_day_after_it_left_the_other_school_stands_for_it(cluster: Cluster, school: str, day: date, stands: str) -> None:
    assert successor_on(cluster, school, day) == stands


def test_a_circle_comes_to_an_end(cluster: Cluster) -> None:
    assert successor_on(cluster, "this", date(2026, 1, 1)) in ("this", "that")


def test_people_are_at_the_school_that_there_is(cluster: Cluster) -> None:
    assert school_on(cluster, "head", date(2024, 8, 31)) == "first"
    assert school_on(cluster, "head", date(2027, 1, 1)) == "third"
    assert school_on(cluster, "officer", date(2027, 1, 1)) is None
