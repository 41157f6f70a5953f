"""What is remembered of jobs: when each began, when it last succeeded, what became of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sigctl.deliver.jobs import began, failed, fingerprint, jobs, remember, succeeded
from sigctl.deliver.state import state

FIRST = datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("Europe/London"))
"""In the hour that comes twice, the first time."""


def test_a_failure_does_not_forget_the_last_success(tmp_path: Path) -> None:
    with state(tmp_path) as connection:
        began(connection, "reminders", FIRST)
        succeeded(connection, "reminders", FIRST)
        later = FIRST.astimezone(UTC) + timedelta(days=1)
        began(connection, "reminders", later)
        failed(connection, "reminders", later, "exit code 5\nand more")
    with state(tmp_path) as connection:
        (job,) = jobs(connection)
    assert (job.succeeded, job.began, job.is_failed) == (FIRST.astimezone(UTC), later, True)
    assert job.outcome == "exit code 5 and more at 00:30 on 2026-10-26"


def test_the_hour_that_comes_twice_is_told_apart(tmp_path: Path) -> None:
    with state(tmp_path) as connection:
        began(connection, "papers", FIRST)
        succeeded(connection, "papers", FIRST.replace(fold=1))
        (job,) = jobs(connection)
    assert job.succeeded is not None
    assert job.succeeded - job.began == timedelta(hours=1)


def test_a_job_that_was_killed_is_known_by_not_having_ended(tmp_path: Path) -> None:
    with state(tmp_path) as connection:
        began(connection, "papers", FIRST)
        (job,) = jobs(connection)
    assert (job.outcome, job.succeeded, job.is_failed) == ("running", None, False)


def test_the_fingerprint_of_each_job_is_its_own(tmp_path: Path) -> None:
    with state(tmp_path) as connection:
        assert fingerprint(connection, "papers") == ""
        remember(connection, "papers", "a")
        remember(connection, "papers", "b")
        remember(connection, "calendars", "c")
        assert (fingerprint(connection, "papers"), fingerprint(connection, "calendars")) == ("b", "c")
