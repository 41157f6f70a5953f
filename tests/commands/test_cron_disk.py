"""A full disk and a folder in which nobody can write, met by an unattended run: told plainly, and the files that were there stay whole."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from postbox import Postbox, mail_server

from sigctl.commands.exit_codes import ExitCode

from .conftest import ROOT
from .unattended import COMMAND, by_mail, confirmed, unattended, workspace

resource = pytest.importorskip("resource")

DAY = "2026-11-23"
ALL = "reminders, calendars, papers"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()


def test_a_full_disk(tmp_path: Path) -> None:
    """Files may grow no further than to some bytes: the system says no in the middle of a write."""
    folder = workspace(tmp_path / "w")
    assert unattended("run", "-w", folder, "--today", DAY).code == 0
    (paper,) = (folder / "out").iterdir()
    before = paper.read_bytes()
    (folder / "meetings.yaml").write_text(
        (folder / "meetings.yaml").read_text(encoding="utf-8").replace("Hall", "Library"), encoding="utf-8"
    )
    done = subprocess.run(
        [*COMMAND, "run", "-w", folder, "--today", DAY], env={"PYTHONPATH": str(ROOT), "HOME": os.environ["HOME"]}, cwd="/",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == ExitCode.SYSTEM
    assert done.stdout == b""
    assert len(done.stderr.splitlines()) <= 3
    assert str(folder).encode() in done.stderr
    assert b"Traceback" not in done.stderr
    assert paper.read_bytes() == before
    done = unattended("run", "-w", folder, "--today", DAY)  # type: ignore[assignment]
    assert (done.code, done.err) == (0, "")  # type: ignore[attr-defined]
    assert paper.read_bytes() != before


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    """Something else in a folder's place, where the system lets us."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("needs leave to mount")
    done = subprocess.run(["mount", *options, folder], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("needs leave to mount")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill(file: Path) -> None:
    """Take every byte of a disk."""
    handle = os.open(file, os.O_CREAT | os.O_WRONLY)
    with suppress(OSError):
        while os.write(handle, b"x" * 256):
            pass
    with suppress(OSError):
        os.close(handle)


def test_a_disk_without_a_byte_left(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=2m", "none"):
        folder = confirmed(workspace(tmp_path / "disk" / "w", jobs=ALL, more=by_mail(1)))
        fill(tmp_path / "disk" / "filler")
        done = unattended("run", "-w", folder, "--today", "2026-11-26")
        assert done.code == ExitCode.SYSTEM
        assert "No space left on device" in done.err
        assert str(folder) in done.err
        assert len(done.err.splitlines()) <= 3
        (tmp_path / "disk" / "filler").unlink()
        box = Postbox()
        with mail_server(box) as server:
            workspace(folder, jobs="reminders", more=by_mail(server.port))
            done = unattended("run", "-w", folder, "--today", "2026-11-26")
        assert (done.code, done.err) == (0, "")
        assert len(box.to) == 2


def test_a_folder_that_cannot_be_written_is_told_before_any_work(tmp_path: Path) -> None:
    box = Postbox()
    with mail_server(box) as server:
        folder = confirmed(workspace(tmp_path / "w", jobs=ALL, more=by_mail(server.port)))
        with read_only(folder):
            done = unattended("run", "-w", folder, "--today", "2026-11-26")
    assert done.code == ExitCode.SYSTEM
    assert str(folder) in done.err
    assert len(done.err.splitlines()) <= 2
    assert not box.taken


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A folder in which nobody can write: by its mode, or for one who may do anything by mounting it so."""
    if os.geteuid() != 0:
        places = [folder, *(each for each in folder.rglob("*"))]
        modes = {each: each.stat().st_mode for each in places}
        for each in places:
            each.chmod(0o555 if each.is_dir() else 0o444)
        try:
            yield
        finally:
            for each, mode in modes.items():
                each.chmod(mode)
        return
    with mounted(folder, "--bind", str(folder)):
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
        yield
