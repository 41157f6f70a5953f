"""What the README and the examples promise: every command in them runs, every link leads somewhere, every example is clean."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted(folder for folder in (ROOT / "examples").iterdir() if folder.is_dir())
PAGES = [ROOT / "README.md", *(folder / "README.md" for folder in EXAMPLES)]


def blocks(page: Path) -> Iterator[list[str]]:
    """The shell blocks of a page that run sigctl, each as its lines without comments."""
    for block in re.findall(r"(?<!-->\n)^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        yield [line.split(" #")[0].strip() for line in block.splitlines() if line.strip() and not line.startswith("#")]


def sigctl(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "sigctl", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_every_command_runs(page: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("*.draft.yaml", "*.csv"))
    ran = 0
    for block in blocks(page):
        folder = tmp_path / page.parent.relative_to(ROOT)
        for line in block:
            words = shlex.split(line)
            if words[0] == "cd":
                folder = (folder / words[1]).resolve()
                assert folder.is_relative_to(tmp_path.resolve())
            elif words[0] == "sigctl":
                done = sigctl(words[1:], folder)
                assert done.returncode == 0, f"{line}\n{done.stderr}"
                ran += 1
    assert ran


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (page.parent / target).exists(), target


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
@pytest.mark.parametrize("today", ["2020-01-01", "2026-11-22", "2031-05-05"])
def test_every_example_is_clean_and_has_a_rota_on_any_day(folder: Path, today: str) -> None:
    checked = sigctl(["check", "--strict", "-w", str(folder)], ROOT)
    assert (checked.returncode, checked.stderr) == (0, "")
    planned = sigctl(["rota", "-q", "--dry-run", "--today", today, "-w", str(folder), "--format", "csv"], ROOT)
    assert (planned.returncode, planned.stderr) == (0, "")
