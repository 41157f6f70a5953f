"""The one clock: the same moment for all commands, and nobody has another."""

import re
from datetime import date
from pathlib import Path

from sigctl.cluster import load
from sigctl.commands.clock import moment_in, now_in

from .conftest import ROOT
from .unattended import workspace

OWN_TIME = {"clock.py", "run_log.py"}
"""Where the time of this computer is asked for; a log is written in the time of whoever reads it."""


def test_a_day_that_is_named_has_one_moment_where_the_cluster_is(tmp_path: Path) -> None:
    cluster = load(workspace(tmp_path / "w", zone="Pacific/Kiritimati")).cluster
    assert moment_in(cluster, date(2026, 11, 23)).isoformat() == "2026-11-23T09:00:00+14:00"
    before, now, after = now_in("UTC"), moment_in(cluster), now_in("UTC")
    assert before <= now <= after
    assert now.utcoffset() == now_in("Pacific/Kiritimati").utcoffset()


def test_a_moment_is_the_same_on_both_sides_of_a_clock_change(tmp_path: Path) -> None:
    cluster = load(workspace(tmp_path / "w")).cluster
    told = [moment_in(cluster, date(2026, 10, day)).isoformat() for day in (24, 25)]
    assert told == ["2026-10-24T09:00:00+01:00", "2026-10-25T09:00:00+00:00"]


def test_no_command_has_a_clock_of_its_own() -> None:
    asks = re.compile(r"\bdate(time)?\.(now|today|utcnow)\(")
    paths = sorted((ROOT / "sigctl" / "commands").rglob("*.py"))
    assert {path.name for path in paths if asks.search(path.read_text(encoding="utf-8"))} == OWN_TIME
