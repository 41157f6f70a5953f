"""The error gallery: each mistake has a name, the smallest workspace that makes it, and its exact message.

A folder here is an entry: its files, and `expected.txt` with what `sigctl check` prints. An entry without a `sigctl.yaml` is laid over
`_base`, a cluster of four schools in which nothing is wrong. `pytest --update` writes the messages anew.
"""

import shutil
from pathlib import Path

import pytest
from workspaces import BASE, told

from sigctl import checks, cluster, source
from sigctl.commands.messages import message, summary

HERE = Path(__file__).parent
ENTRIES = sorted(path.name for path in HERE.iterdir() if path.is_dir() and not path.name.startswith(("_", ".")))
CODES = {mistake.code for mistake in (*source.MISTAKES, *cluster.MISTAKES, *checks.MISTAKES)}
UNMAKEABLE = {"unreadable-file", "file-too-big"}
"""What no folder of a repository can hold; the tests of the files make them."""


def workspace(entry: str, folder: Path) -> Path:
    """The workspace of an entry, put into a folder of its own."""
    if not (HERE / entry / "sigctl.yaml").exists():
        shutil.copytree(BASE, folder, dirs_exist_ok=True)
    return Path(shutil.copytree(HERE / entry, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt")))


def printed(folder: Path) -> str:
    """What the terminal shows of a workspace, without colour."""
    problems = told(folder)
    return "\n\n".join((*(message(problem) for problem in problems), summary(problems))) + "\n"


@pytest.mark.parametrize("entry", ENTRIES)
def test_message(entry: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text, expected = printed(workspace(entry, tmp_path / "workspace")), HERE / entry / "expected.txt"
    if request.config.getoption("--update"):
        expected.write_text(text, encoding="utf-8", newline="\n")
    assert expected.is_file(), f"{entry} has no expected.txt; run pytest --update"
    assert text == expected.read_text(encoding="utf-8")


def test_every_mistake_is_in_the_gallery() -> None:
    shown = "".join((HERE / entry / "expected.txt").read_text(encoding="utf-8") for entry in ENTRIES)
    assert {code for code in CODES if f" [{code}]\n" not in shown} == UNMAKEABLE


def test_every_entry_is_called_after_a_mistake() -> None:
    for entry in ENTRIES:
        code = max((code for code in CODES if entry == code or entry.startswith(f"{code}-")), key=len, default=None)
        assert code, f"{entry} begins with no code"
        assert f" [{code}]\n" in (HERE / entry / "expected.txt").read_text(encoding="utf-8")


def test_every_file_is_claimed() -> None:
    files = [path for entry in ENTRIES for path in (HERE / entry).rglob("*") if path.is_file()]
    assert [path for path in files if path.name != "expected.txt" and path.suffix not in (".yaml", ".yml")] == []
    assert all(len(list((HERE / entry).iterdir())) > 1 for entry in ENTRIES)
    base = {path.name: path.read_bytes() for path in BASE.iterdir()}
    overlaid = [path for path in files if not (HERE / path.relative_to(HERE).parts[0] / "sigctl.yaml").exists()]
    assert [path for path in overlaid if path.read_bytes() == base.get(path.name)] == []
