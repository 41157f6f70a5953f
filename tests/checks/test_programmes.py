"""Which sessions of a programme may be at one time, and whose team decides."""

from pathlib import Path

import pytest
from workspaces import base_files, told, write

from sigctl.cluster.programmes import pattern_text

DAY = "programmes:\n  - {{id: one-day, name: One day, days: [{{sessions: [{sessions}]}}]}}\n"
WALK = "{start: 09:00, end: 10:30, title: Learning walk, reviewer: pair}"
BOOKS = "{start: 09:30, end: 10:00, title: Book scrutiny, reviewer: one}"
LATER = "{start: 10:30, end: 11:00, title: Team meeting}"
LEAD = "{start: 09:30, end: 10:00, title: Governors, reviewer: lead}"
ALL = "{start: 09:30, end: 10:00, title: Team meeting}"


def codes(folder: Path, *sessions: str, cycle: str = "") -> list[str]:
    files = base_files()
    files["programmes.yaml"] = DAY.format(sessions=", ".join(sessions))
    files["cycles.yaml"] = files["cycles.yaml"].replace("visit: {days: 2, team: 2}", cycle or "visit: {days: 2, team: 2}")
    return [problem.code for problem in told(write(folder, files))]


def test_sessions_for_some_of_the_team_may_be_side_by_side(tmp_path: Path) -> None:
    assert codes(tmp_path, WALK, BOOKS, LATER) == []
    assert codes(tmp_path, WALK, LEAD, LATER) == []


@pytest.mark.parametrize("beside", [(WALK, ALL), (LEAD, LEAD.replace("Governors", "Parents")), (ALL, BOOKS), (WALK, BOOKS, BOOKS, BOOKS)])
def test_nobody_can_be_in_two_places(beside: tuple[str, ...], tmp_path: Path) -> None:
    assert codes(tmp_path, *beside) == ["sessions-overlap"]


def test_the_smallest_team_that_keeps_to_the_programme_counts(tmp_path: Path) -> None:
    three = (WALK, BOOKS, BOOKS)
    assert codes(tmp_path / "none", *three) == []
    assert "sessions-overlap" in codes(tmp_path / "two", *three, cycle="visit: {days: 1, team: 2, programme: one-day}")
    assert "sessions-overlap" not in codes(tmp_path / "three", *three, cycle="visit: {days: 1, team: 3, programme: one-day}")


def test_nothing_is_wrong_with_ours(tmp_path: Path) -> None:
    assert told(write(tmp_path, base_files() | {"programmes.yaml": pattern_text()})) == ()
