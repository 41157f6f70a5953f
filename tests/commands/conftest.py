"""What the tests of commands share: sigctl run in this process or in one of its own, and small workspaces."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONWY = ROOT / "examples" / "conwy-seven"
WITHOUT_COLOR = ("NO_COLOR", "FORCE_COLOR", "TERM", "SIGCTL_DEBUG", "COLUMNS", "_SIGCTL_COMPLETE")

SMALL = """\
sigctl: 1
cluster: {id: small, name: Small}
schools:
  - {id: treorchy, name: "Ysgol [/foo] [bold]"}
  - {id: aberdare, name: Aberdare}
people:
  - {id: treorchy-head, post: Headteacher, school: treorchy}
"""


@dataclass(frozen=True)
class Outcome:
    """What a run of sigctl left: its exit code and what it said."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in WITHOUT_COLOR:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def sigctl(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run sigctl in this process: quick, and true for all but what the process itself does."""
    from sigctl.commands.run import run

    def call(*arguments: object) -> Outcome:
        capsys.readouterr()
        code = run([str(each) for each in arguments])
        return Outcome(int(code), *capsys.readouterr())

    return call


def process(*arguments: object, env: Mapping[str, str] | None = None, cwd: Path | None = None, stdin: int = subprocess.DEVNULL) -> Outcome:
    """Run sigctl as a user does, in a process of its own."""
    around = {**os.environ, **(env or {}), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "sigctl", *map(str, arguments)]
    done = subprocess.run(command, env=around, cwd=cwd, stdin=stdin, capture_output=True, check=False, timeout=60)
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A workspace in which nothing is wrong."""
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "sigctl.yaml").write_text(SMALL, encoding="utf-8")
    return folder


@pytest.fixture
def broken(small: Path) -> Path:
    """A workspace with two errors, in two files."""
    (small / "more.yaml").write_text("people:\n  - id: new\n    shcool: treorchy\n", encoding="utf-8")
    (small / "sub").mkdir()
    (small / "sub" / "groups.yaml").write_text("groups:\n  - {id: g, name: G, kind: workin}\n", encoding="utf-8")
    return small
