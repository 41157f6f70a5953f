"""One run at a time changes a workspace; whoever only reads never waits, and needs no leave to write."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hardened import TODAY

from sigctl.deliver.lock import locked

from .conftest import Run
from .table import COMMANDS, commands, takes, typed

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = "(Read-only file system|Permission denied)"
READING = {
    "init", "check", "rota check", "rota diff", "rota fairness", "rota show", "rota papers", "rota why", "minutes show", "actions",
    "template list", "template show", "template check", "words", "agenda", "groups", "calendar list", "calendar show", "report cycle",
    "report groups", "remind calls", "remind why", "cron", "doctor", "outbox", "outbox list", "outbox show", "availability",
    "availability list", "explain", "help",
}  # fmt: skip
"""What changes nothing in a workspace, or no more than a paper; a new command that changes anything takes the lock."""
OF_READING = ("minutes new strategic-2026-10 --format md", "remind --to-folder OUT/mail", "send rota --to-folder OUT/mail", "schema")
"""What else only looks, of commands that also change."""
SLOW = {"template check", "rota why", "rota papers", "words"}
"""What reads no more of a workspace than the others do, and takes long."""


def real(name: str) -> str:
    """A command as it is typed to do something: of those of the table the first that is in earnest and does it."""
    able = (each for each, code in COMMANDS[name].items() if code in (0, 5))
    return next(f"{name} {each}".strip() for each in able if not {"-n", "--to-folder"} & set(each.split()))


CHANGING = tuple("schema --add" if name == "schema" else real(name) for name in commands() if name not in READING)
LOOKING = tuple(f"{name} {next(iter(COMMANDS[name]))}".strip() for name in commands() if name in READING - SLOW)
"""Of each that only reads, one run."""


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def work(busy: Path, tmp_path: Path) -> Path:
    shutil.copytree(busy.parent, tmp_path / "busy")
    return tmp_path / "busy" / "work"


def test_each_command_is_one_that_changes_or_one_that_reads() -> None:
    assert set(commands()) >= READING
    assert {"remind", "run", "calendar", "calendar rotate", "outbox retry", "outbox hold", "availability read"}.isdisjoint(READING)


@pytest.mark.parametrize("command", CHANGING)
def test_a_locked_workspace_is_not_changed_and_who_has_it_is_said(
    command: str, work: Path, sigctl: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(work)
    with locked(work, "sigctl run"):
        before = files(work)
        done = sigctl(*typed(command, work))
        assert done.code == 75
        assert files(work) == before
    assert f"{work} is locked: `sigctl run` (process {os.getpid()}) has been at work in it since " in done.err
    assert "nothing was changed; try again when it has ended" in done.err


@pytest.mark.parametrize("name", [name for name in commands() if name not in READING and takes(name, "--dry-run")])
def test_whoever_looks_what_would_change_does_not_wait_and_changes_nothing(
    name: str, work: Path, sigctl: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(work)
    today = TODAY if takes(name, "--today") else ()
    with locked(work, "sigctl run"):
        before = files(work)
        done = sigctl(*typed(real(name), work), "-n", *today)
        assert done.code in (0, 5), done.err
        assert files(work) == before


@pytest.mark.parametrize("command", [*LOOKING, *OF_READING])
def test_whoever_reads_does_not_wait(command: str, work: Path, sigctl: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(work)
    with locked(work, "sigctl run"):
        done = sigctl(*typed(command, work))
    assert done.code != 75
    free = sigctl(*typed(command, work))
    if command.split()[0] not in ("doctor", "init"):  # the one tells of the lock, the other can make a workspace once
        assert (done.code, done.out) == (free.code, free.out)


def test_when_the_other_has_ended_it_is_done(work: Path, sigctl: Run) -> None:
    with locked(work, "sigctl run"):
        assert sigctl("actions", "done", "a1", "-w", work).code == 75
    assert sigctl("actions", "done", "a1", "-w", work).code == 0


def test_the_lock_ends_with_the_run_however_that_ends(work: Path, sigctl: Run) -> None:
    for command, code in (("rota mark nowhere told", 2), ("actions done a1", 0), ("rota mark aberdare told", 0)):
        assert sigctl(*command.split(), "-w", work).code == code
    with locked(work, "sigctl run"):
        pass


@pytest.fixture
def read_only(work: Path) -> Path:
    """A workspace in which nobody may write."""
    if os.geteuid() == 0:
        if run_there(work, "true").returncode:
            pytest.skip("who may do everything cannot be kept from writing here")
    else:
        for path in (work, *work.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
    return work


def run_there(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run something where the folder cannot be written, not even by those who may do everything."""
    if os.geteuid() == 0:
        mounts = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
        command = ("unshare", "-m", "sh", "-c", mounts, str(folder), *command)
    around = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, env=around, cwd="/", capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_a_workspace_in_which_nobody_may_write_can_be_read(read_only: Path) -> None:
    before = files(read_only)
    for command in ("check", "rota -n", "remind -n", "run -n", "outbox list"):
        done = run_there(read_only, sys.executable, "-m", "sigctl", *command.split(), "-w", str(read_only))
        assert done.returncode in (0, 1), (command, done.stderr)
        assert not re.search(FORBIDDEN, done.stderr), (command, done.stderr)
    for command in ("rota --replace", "actions done a1", "forget sian-llwyd --yes", "calendar"):
        done = run_there(read_only, sys.executable, "-m", "sigctl", *command.split(), "-w", str(read_only))
        assert done.returncode == 74, (command, done.stderr)
        assert re.search(rf"^sigctl: error: {re.escape(str(read_only))}.*: {FORBIDDEN}$", done.stderr, re.MULTILINE), (command, done.stderr)
    assert files(read_only) == before
