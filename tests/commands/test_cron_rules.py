"""The rules of unattended runs, each with real processes: silence, bare surroundings, one at a time, once only, an end to everything."""

import json
import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from postbox import Postbox, Talk, greeting, mail_server, one_message, parsed, played

from sigctl.commands.exit_codes import ExitCode
from sigctl.deliver.jobs import jobs
from sigctl.deliver.outbox import Outbox, State
from sigctl.deliver.state import state

from .conftest import ROOT, Run
from .unattended import COMMAND, SECRETS, by_mail, confirmed, running, unattended, workspace

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs POSIX processes")

DAY = "2026-11-23"
ALL = "reminders, calendars, papers"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()


def shell(script: str) -> subprocess.CompletedProcess[bytes]:
    home = f"HOME='{os.environ['HOME']}' PYTHONPATH='{ROOT}'"
    return subprocess.run(["/bin/sh", "-c", script.replace("SIGCTL", f"env -i {home} '{sys.executable}' -m sigctl")],
                          capture_output=True, check=False, timeout=120)  # fmt: skip


def keys_told(folder: Path) -> set[str]:
    """Everything that anybody was told, by key."""
    with state(folder) as connection:
        return {notice.key for notice in Outbox(connection).known()}


# 1. Quiet success prints nothing at all. Trouble is one short block on stderr.


def test_all_jobs_in_silence_and_a_second_run_has_nothing_to_do(tmp_path: Path) -> None:
    box = Postbox()
    with mail_server(box) as server:
        folder = confirmed(workspace(tmp_path / "w", jobs=ALL, more=by_mail(server.port)))
        for _ in range(2):
            done = unattended("run", "-w", folder, "--today", "2026-11-26")
            assert (done.code, done.out, done.err) == (0, "", "")
            assert sorted(box.to) == ["deputy@example.org", "head@example.org"]
    assert list((folder / "calendars").iterdir())
    assert list((folder / "out").iterdir())


def test_a_run_that_finds_nothing_to_do_loads_nothing_that_makes_papers_calendars_or_mail(tmp_path: Path) -> None:
    """It comes every day, on the oldest computer of a school; on most days nothing is due."""
    with mail_server(Postbox()) as server:
        folder = confirmed(workspace(tmp_path / "w", jobs=ALL, more=by_mail(server.port)))
        command = ["run", "-w", str(folder), "--today", "2026-11-26"]
        assert unattended(*command).code == 0
        told = unattended(*command, env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert told.code == 0
    loaded = {line.rpartition("|")[2].strip() for line in told.err.splitlines()}
    assert "sigctl.deliver.outbox" in loaded
    heavy = "jinja2 icalendar smtplib ortools numpy typst docx xlsxwriter markdown_it sigctl.render sigctl.reports.papers"
    assert not loaded.intersection(heavy.split())


def test_trouble_is_one_short_block_without_anything_personal(tmp_path: Path) -> None:
    folder = confirmed(workspace(tmp_path / "w", jobs="reminders, papers", more=by_mail(1)))
    done = unattended("run", "-w", folder, "--today", "2026-11-26")
    assert done.code == ExitCode.PARTLY
    assert done.out == ""
    assert 2 <= len(done.err.splitlines()) <= 4
    assert done.err.startswith("sigctl: error: ")
    assert not any(secret in done.err for secret in SECRETS)
    assert list((folder / "out").iterdir()), "the papers are none the worse"


# 2. Works with stdin closed, no environment, any folder, an ASCII locale, and never asks.


@pytest.mark.parametrize("streams", ["<&-", "<&- >&-", "<&- 2>&-", "<&- >&- 2>&-", "</dev/null"])
def test_closed_streams(tmp_path: Path, streams: str) -> None:
    folder = workspace(tmp_path / "w")
    done = shell(f"cd / && SIGCTL run -w '{folder}' --today {DAY} {streams}")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    (paper,) = (folder / "out").iterdir()
    assert paper.read_bytes()[:4] in (b"%PDF", b"<!DO"), "no message went into a file that took the number of a closed stream"
    (folder / "people.yaml").write_text("people: 7\n", encoding="utf-8")
    assert shell(f"cd / && SIGCTL run -w '{folder}' {streams}").returncode == ExitCode.INVALID


def test_no_environment_at_all(tmp_path: Path) -> None:
    """Not even HOME; PYTHONPATH alone, since this sigctl is not installed."""
    folder = workspace(tmp_path / "w")
    done = subprocess.run([*COMMAND, "run", "-w", folder, "--today", DAY], env={"PYTHONPATH": str(ROOT)}, cwd="/",
                          stdin=subprocess.DEVNULL, capture_output=True, check=False)  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.parametrize("where", ["/", "/proc/self", "the workspace", "below it", "a folder that is gone"])
def test_any_current_folder(tmp_path: Path, where: str) -> None:
    folder = workspace(tmp_path / "w")
    (folder / "below").mkdir()
    into = {"the workspace": f"cd '{folder}'", "below it": f"cd '{folder}/below'"}.get(where, f"cd '{where}'")
    if where == "a folder that is gone":
        into = f"mkdir '{tmp_path}/gone'; cd '{tmp_path}/gone'; rmdir '{tmp_path}/gone'"
    named = "" if "work" in where or "below" in where else f"-w '{folder}'"
    done = shell(f"{into}; SIGCTL run {named} --today {DAY}")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert len(list((folder / "out").iterdir())) == 1


@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_an_ascii_locale(tmp_path: Path, locale: str) -> None:
    folder = workspace(tmp_path / "Ysgol Tŷ Coch", jobs="calendars, papers")
    ascii_only = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = unattended("run", "-w", folder, "--today", DAY, "--log", folder / "ŵ.log", env=ascii_only)
    assert (done.code, done.out, done.err) == (0, "", "")
    (folder / "people.yaml").write_text("people: ŷ\n", encoding="utf-8")
    done = unattended("run", "-w", folder, "--today", DAY, "--log", folder / "ŵ.log", env=ascii_only)
    assert done.code == ExitCode.INVALID
    assert done.err.isascii()


def test_nothing_is_asked_where_there_is_no_terminal(tmp_path: Path) -> None:
    """A workspace that may not send yet says so, and waits for nobody."""
    folder = workspace(tmp_path / "w", jobs="reminders", more=by_mail(1))
    done = unattended("run", "-w", folder, "--today", "2026-11-26")
    assert done.code == ExitCode.PROBLEMS
    assert "sigctl outbox confirm" in done.err


# 3. One lock of the operating system; a held one says who since when; gone when its process dies.


def test_a_held_lock_says_who_and_since_when_and_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    hold = "import sys; from pathlib import Path; from sigctl.deliver.lock import locked\n"
    hold += f"with locked(Path({str(folder)!r}), 'sigctl rota'):\n print(flush=True); sys.stdin.read()"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", hold], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        done = unattended("run", "-w", folder, "--today", DAY)
        assert done.code == ExitCode.LOCKED
        since = json.loads((folder / ".sigctl" / "lock.json").read_text(encoding="utf-8"))["since"]
        assert f"`sigctl rota` (process {holder.pid})" in done.err
        assert since in done.err
        assert not (folder / "out").exists()
        holder.kill()
        holder.wait()
    done = unattended("run", "-w", folder, "--today", DAY)
    assert (done.code, done.err) == (0, "")


def slow_folder(tmp_path: Path) -> Path:
    """A workspace whose papers take some seconds."""
    shutil.copytree(ROOT / "examples" / "cynon-taf", tmp_path / "slow", ignore=shutil.ignore_patterns("out", ".sigctl"))
    settings = tmp_path / "slow" / "sigctl.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "daily: {jobs: [papers]}\n", encoding="utf-8")
    return tmp_path / "slow"


def soon(met: object) -> None:
    """Wait until something has come about."""
    assert callable(met)
    until = time.monotonic() + 120
    while not met():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_of_two_runs_at_once_one_works_and_sigterm_ends_it_cleanly(tmp_path: Path) -> None:
    folder = slow_folder(tmp_path)
    with running("run", "-w", folder, "--today", DAY) as first:
        soon((folder / ".sigctl" / "lock.json").exists)
        second = unattended("run", "-w", folder, "--today", DAY)
        assert second.code == ExitCode.LOCKED
        assert f"`sigctl run` (process {first.pid})" in second.err
        soon((folder / "out").is_dir)
        first.terminate()
        out, err = first.communicate(timeout=120)
    assert (first.returncode, out, err) == (ExitCode.TERMINATED, b"", b"")
    assert not list(folder.rglob("*.part"))
    with state(folder) as connection:
        assert [each.outcome.partition(" at ")[0] for each in jobs(connection)] == ["stopped"]
    assert unattended("run", "-n", "-w", folder).code == 0
    assert not (folder / ".sigctl" / "lock.json").exists()


def test_a_run_that_is_killed_leaves_files_that_are_whole_and_no_lock(tmp_path: Path) -> None:
    folder = slow_folder(tmp_path)
    with running("run", "-w", folder, "--today", DAY) as first:
        soon(lambda: list(folder.glob("out/round-1/*.cy-en.*")))
        first.kill()
        first.wait()
    papers = [each for each in folder.glob("out/**/*") if each.is_file() and not each.name.endswith(".part")]
    assert papers
    assert all(each.read_bytes().rstrip().endswith((b"%%EOF", b"</html>")) for each in papers)
    (folder / "sigctl.yaml").write_text((folder / "sigctl.yaml").read_text(encoding="utf-8").replace("[papers]", "[]"), encoding="utf-8")
    done = unattended("run", "-w", folder, "--today", DAY)
    assert (done.code, done.err) == (0, "")


# 4 and 5. Every effect has a key; it goes by what is due and not done; a missed day is caught up.


def test_days_that_were_missed_are_caught_up_and_nothing_is_told_twice(sigctl: Run, tmp_path: Path) -> None:
    """One cluster's computer is on every day, another's every third: in the end the same people were told the same things, each once."""
    days = [date(2026, 10, 19) + timedelta(each) for each in range(49)]
    told = {}
    for name, step in (("daily", 1), ("seldom", 3)):
        box = Postbox()
        with mail_server(box) as server:
            folder = confirmed(workspace(tmp_path / name, jobs="reminders", more=by_mail(server.port)))
            for day in days[::step]:
                done = sigctl("run", "-w", folder, "--today", day)
                assert (done.code, done.out, done.err) == (0, "", "")
        told[name] = keys_told(folder)
        assert len(box.taken) == len({parsed(content)["Message-ID"] for _, content in box.taken})
    assert told["daily"] == told["seldom"] != set()


# 6. The workspace's time zone rules, not the host's; clock changes neither drop nor double.


@pytest.mark.parametrize(("zone", "host", "days_ahead", "is_near"), [
    ("Pacific/Kiritimati", "Etc/GMT+12", 14, True),
    ("Etc/GMT+12", "Pacific/Kiritimati", 14, True),
    ("Pacific/Kiritimati", "Etc/GMT+12", 15, False),
    ("Etc/GMT+12", "Pacific/Kiritimati", 15, False),
])  # fmt: skip
def test_it_is_the_day_that_it_is_in_the_cluster(tmp_path: Path, zone: str, host: str, days_ahead: int, is_near: bool) -> None:
    """The two zones never share a day, so that one who asks the host's clock is always wrong."""
    from zoneinfo import ZoneInfo

    folder = workspace(tmp_path / "w", zone=zone)
    meetings = (folder / "meetings.yaml").read_text(encoding="utf-8")
    (folder / "calendars.yaml").unlink()
    for _ in range(2):
        today = datetime.now(ZoneInfo(zone)).date()
        (folder / "meetings.yaml").write_text(meetings.replace("2026-12-03", f"{today + timedelta(days_ahead)}"), encoding="utf-8")
        done = unattended("run", "-w", folder, env={"TZ": host})
        assert (done.code, done.err) == (0, "")
        if datetime.now(ZoneInfo(zone)).date() == today:
            break
    assert len(list((folder / "out").iterdir())) == is_near


@pytest.mark.parametrize(("change", "host"), [(date(2026, 10, 25), "Europe/London"), (date(2027, 3, 28), "Pacific/Auckland")])
def test_the_clock_changes_drop_and_double_nothing(tmp_path: Path, change: date, host: str) -> None:
    """A meeting each working day of the week after the change: everybody hears of each of them, once."""
    box = Postbox()
    with mail_server(box) as server:
        folder = confirmed(workspace(tmp_path / "w", jobs="reminders", more=by_mail(server.port)))
        (folder / "calendars.yaml").unlink()
        meetings = (folder / "meetings.yaml").read_text(encoding="utf-8").partition("meetings:")[0] + "meetings:\n"
        for number in range(1, 6):
            meetings += f'  - {{id: m{number}, group: strategic, date: {change + timedelta(number)}, start: "01:30", end: "03:00"}}\n'
        (folder / "meetings.yaml").write_text(meetings, encoding="utf-8")
        for each in range(-8, 3):
            for _ in range(1 + (each in (0, 1))):
                done = unattended("run", "-w", folder, "--today", change + timedelta(each), env={"TZ": host})
                assert (done.code, done.out, done.err) == (0, "", "")
    told = sorted(key.split("\t")[:3] for key in keys_told(folder) if "\tmeeting\t" in key)
    assert told == sorted([who, "meeting", f"m{number}"] for who in ("coch-head", "glas-deputy") for number in range(1, 6))
    assert len(box.taken) == len({parsed(content)["Message-ID"] for _, content in box.taken})


# 7. Time limits on everything; SIGTERM finishes the current message, records it and ends.


def test_sigterm_finishes_the_message_that_is_being_sent(tmp_path: Path) -> None:
    heard: list[bytes] = []
    process: list[subprocess.Popen[bytes]] = []

    def slow(talk: Talk) -> None:
        greeting(talk)
        talk.until("DATA")
        talk.say("354 go on")
        heard.append(talk.hear_message())
        process[0].terminate()
        time.sleep(0.3)
        talk.say("250 queued")
        heard.append(one_message(talk))

    with played(slow) as server:
        folder = confirmed(workspace(tmp_path / "w", jobs="reminders, papers", more=by_mail(server.port)))
        with running("run", "-w", folder, "--today", "2026-11-26") as run:
            process.append(run)
            out, _ = run.communicate(timeout=120)
    assert (run.returncode, out) == (ExitCode.TERMINATED, b"")
    assert len(heard) == 1
    with state(folder) as connection:
        states = sorted(each.state for each in Outbox(connection).entries())
    assert states == [State.ACCEPTED, State.PLANNED]
    assert not (folder / "out").exists(), "no other job begins"
    box = Postbox()
    with mail_server(box) as again:
        (folder / "sigctl.yaml").write_text(
            (folder / "sigctl.yaml").read_text(encoding="utf-8").replace(f"port: {server.port}", f"port: {again.port}"), encoding="utf-8"
        )
        done = unattended("run", "-w", folder, "--today", "2026-11-26")
    assert (done.code, done.err) == (0, "")
    assert sorted([*box.to, parsed(heard[0])["To"].addresses[0].addr_spec]) == ["deputy@example.org", "head@example.org"]


def test_a_server_that_says_nothing_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    with played(Talk.hang) as server:
        settings = by_mail(server.port).replace("timeout: 5", "timeout: 1")
        folder = confirmed(workspace(tmp_path / "w", jobs="reminders, papers", more=settings))
        done = unattended("run", "-w", folder, "--today", "2026-11-26")
    assert done.code == ExitCode.PARTLY
    assert "did not answer within 1 seconds" in done.err
    assert list((folder / "out").iterdir())


def test_a_run_records_the_moment_and_not_the_day_that_it_acts_as(tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    before = datetime.now(UTC) - timedelta(seconds=1)
    unattended("run", "-w", folder, "--today", "2020-01-01")
    with state(folder) as connection:
        (job,) = jobs(connection)
    assert job.succeeded is not None
    assert before <= job.began <= job.succeeded <= datetime.now(UTC)
