"""The lock of a workspace: one run at a time, whoever it is, and free as soon as its process is gone."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sigctl.deliver.lock import Locked, holder_of, locked

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys, time
from pathlib import Path
from sigctl.deliver.lock import locked
with locked(Path(sys.argv[1]), "sigctl rota"):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held_by_another(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process of its own that has a workspace locked."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        yield holder


def test_only_one_at_a_time_and_the_other_hears_who_and_since_when(tmp_path: Path) -> None:
    with held_by_another(tmp_path) as holder:
        with pytest.raises(Locked) as refused, locked(tmp_path, "sigctl run"):
            pass
        assert refused.value.holder == f"`sigctl rota` (process {holder.pid})"
        assert refused.value.since == json.loads((tmp_path / ".sigctl" / "lock.json").read_text("utf-8"))["since"] != ""
        told = holder_of(tmp_path)
        assert told
        assert told.holder == refused.value.holder


def test_it_is_free_when_the_work_is_done_and_says_nothing_of_it_afterwards(tmp_path: Path) -> None:
    with locked(tmp_path, "sigctl run"):
        pass
    assert holder_of(tmp_path) is None
    with locked(tmp_path, "sigctl run"):
        assert holder_of(tmp_path)


def test_it_is_free_where_the_work_failed(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), locked(tmp_path, "sigctl run"):
        raise RuntimeError
    with locked(tmp_path, "sigctl run"):
        pass


@pytest.mark.skipif(os.name == "nt", reason="needs kill -9")
def test_it_is_free_at_once_when_its_process_is_killed(tmp_path: Path) -> None:
    with held_by_another(tmp_path) as holder:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        assert (tmp_path / ".sigctl" / "lock.json").exists(), "it had no time to clean up"
        assert holder_of(tmp_path) is None
        with locked(tmp_path, "sigctl run"):
            assert json.loads((tmp_path / ".sigctl" / "lock.json").read_text("utf-8"))["process"] == os.getpid()


def test_what_a_killed_run_left_is_not_blamed_for_what_another_holds(tmp_path: Path) -> None:
    """Between taking the lock and telling of it, the holder's name is not there yet: nobody else is named instead."""
    with held_by_another(tmp_path):
        told = {"what": "sigctl send", "process": 2**22 + 1, "machine": os.uname().nodename if os.name != "nt" else "", "since": "long ago"}
        (tmp_path / ".sigctl" / "lock.json").write_text(json.dumps(told), "utf-8")
        with pytest.raises(Locked) as refused, locked(tmp_path, "sigctl run"):
            pass
        assert "sigctl send" not in refused.value.holder
        assert refused.value.since == "just now"


@pytest.mark.parametrize("told", ["", "[]", "{}", '{"what": 1, "machine": 2, "since": 3, "process": "x"}', "\udcff"])
def test_a_note_that_nobody_can_read_does_no_harm(tmp_path: Path, told: str) -> None:
    with held_by_another(tmp_path):
        (tmp_path / ".sigctl" / "lock.json").write_bytes(told.encode("utf-8", "surrogateescape"))
        with pytest.raises(Locked), locked(tmp_path, "sigctl run"):
            pass


def test_a_child_of_the_holder_does_not_keep_it(tmp_path: Path) -> None:
    with locked(tmp_path, "sigctl run"):
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        with locked(tmp_path, "sigctl run"):
            pass
    finally:
        child.communicate()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / ".sigctl").write_text("a file where a folder should be", "utf-8")
    with pytest.raises(OSError, match=r"\.sigctl"), locked(tmp_path, "sigctl run"):
        pass
