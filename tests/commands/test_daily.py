"""`sigctl run`: all jobs in their order, each for itself, in silence while all is well; and what it records, logs and reports."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from postbox import Postbox, Talk, mail_server, played

from sigctl.cluster import Cluster
from sigctl.commands import console, daily
from sigctl.commands.errors import CommandError
from sigctl.commands.exit_codes import ExitCode
from sigctl.deliver.jobs import jobs
from sigctl.deliver.outbox import Draft, Outbox
from sigctl.deliver.state import state

from .conftest import Run
from .unattended import SECRETS, by_mail, confirmed, running, workspace

DAY = "2026-11-23"
MADE = datetime(2026, 11, 20, 7, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))


def told_of(folder: Path) -> dict[str, str]:
    """What became of each job."""
    with state(folder) as connection:
        return {each.name: each.outcome for each in jobs(connection)}


def test_papers_are_written_in_silence_and_a_second_run_has_nothing_to_do(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    first = sigctl("run", "-w", folder, "--today", DAY)
    assert (first.code, first.out, first.err) == (0, "", "")
    (paper,) = (folder / "out").iterdir()
    assert paper.name.startswith("2026-12-03-strategic-agenda.en.")
    before = paper.stat()
    second = sigctl("run", "-w", folder, "--today", DAY, "-v")
    assert second.code == 0
    assert "nothing to do" in second.err
    assert paper.stat() == before


def test_what_changed_is_written_anew_and_what_is_gone_too(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    sigctl("run", "-w", folder, "--today", DAY)
    (paper,) = (folder / "out").iterdir()
    old = paper.read_bytes()
    meetings = (folder / "meetings.yaml").read_text(encoding="utf-8")
    (folder / "meetings.yaml").write_text(meetings.replace("Hall", "Library"), encoding="utf-8")
    sigctl("run", "-w", folder, "--today", DAY)
    assert paper.read_bytes() != old
    paper.unlink()
    sigctl("run", "-w", folder, "--today", DAY)
    assert paper.exists()


def test_a_meeting_that_is_further_away_has_no_agenda_yet(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    sigctl("run", "-w", folder, "--today", "2026-11-18")
    assert not list((folder / "out").iterdir())
    sigctl("run", "-w", folder, "--today", "2026-11-19")
    assert len(list((folder / "out").iterdir())) == 1


def test_a_dry_run_does_nothing_at_all(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w", jobs="reminders, calendars, papers")
    before = sorted(tmp_path.rglob("*"))
    done = sigctl("run", "-n", "-w", folder, "--today", DAY)
    assert done.code == 0
    assert "would write" in done.err
    assert done.err.index("reminders:") < done.err.index("calendars:") < done.err.index("papers:")
    assert sorted(tmp_path.rglob("*")) == before


def test_the_failure_of_one_job_keeps_no_other_from_its_work(sigctl: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs that fail in each way in which one can, among jobs that do not."""
    folder = workspace(tmp_path / "w", jobs="reminders, calendars, papers")
    done: list[str] = []
    monkeypatch.setattr(daily, "JOBS", {name: f"{__name__}:{name}" for name in daily.JOBS})
    monkeypatch.setitem(globals(), "reminders", failing(done, CommandError("no mail server", "write one", ExitCode.PROBLEMS)))
    monkeypatch.setitem(globals(), "calendars", failing(done, OSError(28, "No space left on device", "calendars/x.ics")))
    monkeypatch.setitem(globals(), "papers", failing(done, None))
    ended = sigctl("run", "-w", folder, "--today", DAY)
    assert done == [DAY] * 3
    assert ended.code == ExitCode.SYSTEM
    assert ended.out == ""
    assert "sigctl: error: no mail server\n   = write one\n" in ended.err
    assert "calendars/x.ics: No space left on device" in ended.err
    told = told_of(folder)
    assert told["papers"] == "succeeded"
    assert told["reminders"].startswith("exit code 1 at ")
    assert told["calendars"].startswith("exit code 74 at ")


def failing(done: list[str], wrong: Exception | None) -> daily.Work:
    def work(cluster: Cluster, today: date | None, dry_run: bool) -> int:
        done.append(str(today))
        console.say("this is no trouble, so nobody hears it")
        if wrong:
            raise wrong
        return 0

    return work


def test_a_mistake_of_ours_in_one_job_is_owned_up_to(sigctl: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = workspace(tmp_path / "w")
    monkeypatch.setattr(daily, "JOBS", {"papers": f"{__name__}:papers"})
    monkeypatch.setitem(globals(), "papers", failing([], ZeroDivisionError("head@example.org")))
    ended = sigctl("run", "-w", folder)
    assert ended.code == ExitCode.INTERNAL
    assert "ZeroDivisionError" in ended.err
    assert "example.org" not in ended.err


def test_files_that_are_wrong_are_told_in_one_short_block(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    people = (folder / "people.yaml").read_text(encoding="utf-8")
    (folder / "people.yaml").write_text(people.replace("post:", "poste:").replace("email:", "emial:"), encoding="utf-8")
    done = sigctl("run", "-w", folder, "--today", DAY)
    assert done.code == ExitCode.INVALID
    assert len(done.err.splitlines()) == 2
    assert "people.yaml:" in done.err
    assert "other errors" in done.err
    assert not any(secret in done.err for secret in SECRETS)
    assert not (folder / "out").exists()


def test_a_template_that_is_wrong_stops_the_papers_and_is_named(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    (folder / "templates").mkdir()
    (folder / "templates" / "agenda.md.j2").write_text("# {{ nothing.of.the.kind }}\n", encoding="utf-8")
    done = sigctl("run", "-w", folder, "--today", DAY)
    assert done.code == ExitCode.INVALID
    assert "templates/agenda.md.j2:1" in done.err


def test_trouble_is_kept_in_a_log_with_its_time(sigctl: Run, tmp_path: Path) -> None:
    folder, log = workspace(tmp_path / "w"), tmp_path / "run.log"
    sigctl("run", "-w", folder, "--today", DAY, "--log", log)
    assert log.read_text(encoding="utf-8") == ""
    (folder / "meetings.yaml").write_text("meetings: 7\n", encoding="utf-8")
    for _ in range(2):
        assert "meetings.yaml" in sigctl("run", "-w", folder, "--today", DAY, "--log", log).err
    lines = log.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 4
    assert "error: meetings.yaml:1:" in lines[0]
    assert date.fromisoformat(lines[0][:10])


def test_a_workspace_that_is_not_there_is_told_as_that_and_nothing_is_made_in_its_place(sigctl: Run, tmp_path: Path) -> None:
    """A drive that is not connected: its folder is empty, or not there at all."""
    for folder in (tmp_path / "gone", tmp_path / "empty"):
        (tmp_path / "empty").mkdir(exist_ok=True)
        done = sigctl("run", "-w", folder, "--log", folder / ".sigctl" / "run.log")
        assert done.code == ExitCode.USAGE
        assert f"{folder}" in done.err
        assert "workspace" in done.err
        assert ".sigctl" not in done.err
    assert not list((tmp_path / "empty").iterdir())
    log = tmp_path / "run.log"
    sigctl("run", "-w", tmp_path / "empty", "--log", log)
    assert "is no workspace" in log.read_text(encoding="utf-8")


def test_a_dry_run_leaves_the_log_alone(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    assert sigctl("run", "-n", "-w", folder, "--today", DAY, "--log", folder / ".sigctl" / "run.log").code == 0
    assert not (folder / ".sigctl").exists()


def test_a_log_that_cannot_be_written_is_told_before_any_work(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    done = sigctl("run", "-w", folder, "--today", DAY, "--log", tmp_path)
    assert done.code == ExitCode.SYSTEM
    assert str(tmp_path) in done.err
    assert not (folder / "out").exists()


@contextmanager
def watchman() -> Iterator[tuple[str, list[str]]]:
    """A page on this machine, and what was asked for there so far."""
    asked: list[str] = []

    class Watchman(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Watchman)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/4f1c", asked
    finally:
        server.shutdown()
        server.server_close()


def test_a_watchman_hears_of_each_run_and_is_no_trouble_where_he_sleeps(sigctl: Run, tmp_path: Path) -> None:
    folder, log = workspace(tmp_path / "w"), tmp_path / "run.log"
    with watchman() as (page, asked):
        assert sigctl("run", "-w", folder, "--today", DAY, "--ping", page).code == 0
        sigctl("run", "-n", "-w", folder, "--today", DAY, "--ping", page)
        good = (folder / "people.yaml").read_text(encoding="utf-8")
        (folder / "people.yaml").write_text("people: 7\n", encoding="utf-8")
        assert sigctl("run", "-w", folder, "--today", DAY, "--ping", page).code == ExitCode.INVALID
    assert asked == ["/4f1c", "/4f1c/fail"]
    (folder / "people.yaml").write_text(good, encoding="utf-8")
    asleep = sigctl("run", "-w", folder, "--today", DAY, "--ping", page, "--log", log)
    assert asleep.code == 0
    assert "the run could not be reported: 127.0.0.1 could not be reached" in asleep.err
    assert "4f1c" not in asleep.err
    assert "the run could not be reported" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("what", ["workspace", "log"])
def test_a_watchman_hears_of_a_run_that_could_not_even_begin(sigctl: Run, tmp_path: Path, what: str) -> None:
    folder = tmp_path / "gone" if what == "workspace" else workspace(tmp_path / "w")
    log = folder / "run.log" if what == "workspace" else tmp_path
    with watchman() as (page, asked):
        assert sigctl("run", "-w", folder, "--log", log, "--ping", page).code != 0
    assert asked == ["/4f1c/fail"]


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_a_watchman_hears_of_a_run_that_the_system_ended(tmp_path: Path) -> None:
    """Ended while the mail server keeps it waiting."""
    reached = threading.Event()

    def silent(talk: Talk) -> None:
        reached.set()
        talk.hang()

    with played(silent) as server, watchman() as (page, asked):
        folder = confirmed(workspace(tmp_path / "w", jobs="reminders", more=by_mail(server.port).replace("timeout: 5", "timeout: 60")))
        with running("run", "-w", folder, "--today", "2026-11-26", "--ping", page) as process:
            assert reached.wait(60)
            for _ in range(2):  # once asks the message on its way to be the last, twice insists
                process.terminate()
                time.sleep(0.2)
            assert process.wait(60) == ExitCode.TERMINATED
    assert asked == ["/4f1c/fail"]


def in_doubt(folder: Path) -> int:
    """Let a run have ended in the middle of a message."""
    with state(folder) as connection:
        outbox = Outbox(connection)
        (number,) = outbox.plan([Draft("send", "coch-head", "head@example.org", "Dear head@example.org", (), b"text", "<1@x>")], MADE)
        assert outbox.begin(number, MADE)
        outbox.unknown(number, "gone", MADE)
        return number


@pytest.mark.parametrize("settled", ["retry", "forget"])
@pytest.mark.parametrize("command", ["run", "remind"])
def test_a_message_in_doubt_is_told_by_each_run_until_it_is_settled(sigctl: Run, tmp_path: Path, command: str, settled: str) -> None:
    with mail_server(Postbox()) as server:
        folder = confirmed(workspace(tmp_path / "w", jobs="papers", more=by_mail(server.port)))
        number = in_doubt(folder)
        for _ in range(2):
            done = sigctl(command, "-w", folder, "--today", DAY)
            assert (done.code, done.out) == (ExitCode.PARTLY, "")
            assert len(done.err.splitlines()) == 2
            assert "1 message of earlier runs may or may not have arrived" in done.err
            assert f"`sigctl outbox retry {number}`" in done.err
            assert not any(secret in done.err for secret in SECRETS)
        assert sigctl("outbox", settled, number, "-w", folder).code == 0
        done = sigctl(command, "-w", folder)
        assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("page", ["hc.example.org", "file:///etc/passwd", "https://"])
def test_a_page_that_is_none_is_refused_before_any_work(sigctl: Run, tmp_path: Path, page: str) -> None:
    folder = workspace(tmp_path / "w")
    assert sigctl("run", "-w", folder, "--ping", page).code == ExitCode.USAGE
    assert not (folder / ".sigctl").exists()
