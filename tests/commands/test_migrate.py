"""Files of earlier versions are read for ever; `sigctl migrate` lifts them whole or not at all, with comments and a copy."""

import errno
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from sigctl.cluster import format as versions
from sigctl.cluster import load
from sigctl.cluster.edit import Append, Edit, Remove
from sigctl.commands import migrate
from sigctl.deliver import write
from sigctl.deliver.state import state
from sigctl.source import Document

from .conftest import Run

OLD = {
    "sigctl.yaml": "# our settings\nsigctl: 0   # the first ever\ncluster: {id: small, name: Small}\n",
    "schools.yaml": "schools:\n  # the large one\n  - id: treorchy   # ours\n    name: Treorchy\n    head: treorchy-head   # since 2020\n",
    "people.yaml": "people:\n  - {id: treorchy-head, post: Headteacher}\n",
    "more.yaml": "groups: []   # none yet\n",
}
NEW = OLD | {
    "sigctl.yaml": "# our settings\nsigctl: 1   # the first ever\ncluster: {id: small, name: Small}\n",
    "schools.yaml": "schools:\n  # the large one\n  - id: treorchy   # ours\n    name: Treorchy\n",
    "people.yaml": "people:\n  - {id: treorchy-head, post: Headteacher, speaks: [cy]}\n",
}
TODAY = ("--today", "2026-11-22")


def without_heads(document: Document) -> Iterable[Edit]:
    """A step that never was: schools named their heads once, and nobody said that they speak Welsh."""
    data = document.data
    assert isinstance(data, dict)
    for index, school in enumerate(data.get("schools") or ()):
        if "head" in school:
            yield Remove(("schools", index, "head"))
    for index, person in enumerate(data.get("people") or ()):
        if "speaks" not in person:
            yield Append(("people", index, "speaks"), "cy")


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of a version before the first."""
    monkeypatch.setattr(versions, "STEPS", (versions.Step(0, "schools no longer name their heads", without_heads),))
    for file, text in OLD.items():
        write(tmp_path / "old" / file, text)
    return tmp_path / "old"


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))}


def test_with_the_newest_format_there_is_nothing_to_do(sigctl: Run, small: Path) -> None:
    before = texts(small)
    done = sigctl("migrate", "-w", small)
    assert (done.code, done.out, done.err) == (0, "", "nothing to do: the files are in format 1, the newest\n")
    assert texts(small) == before


def test_files_of_an_earlier_version_are_read_as_they_are(sigctl: Run, old: Path) -> None:
    cluster, problems = load(old)
    assert not problems
    assert cluster.settings.sigctl == 1
    assert cluster.people["treorchy-head"].speaks == ("cy",)
    assert sigctl("check", "-w", old).code == 0
    assert texts(old) == OLD


def test_they_are_lifted_with_comments_and_a_copy_of_each_that_changes(sigctl: Run, old: Path) -> None:
    looked = sigctl("migrate", "-n", "-w", old, *TODAY)
    assert (looked.code, texts(old), (old / ".sigctl").exists()) == (0, OLD, False)
    assert "format 0 to 1: schools no longer name their heads\nwould change people.yaml\n" in looked.err
    done = sigctl("migrate", "-w", old, *TODAY)
    assert done.code == 0, done.err
    assert texts(old) == NEW
    kept = old / ".sigctl" / "backup-2026-11-22"
    assert texts(kept) == {file: text for file, text in OLD.items() if NEW[file] != text}
    assert done.err.endswith("changed sigctl.yaml\nkept 3 files as they were in .sigctl/backup-2026-11-22\n")
    again = sigctl("migrate", "-w", old, *TODAY)
    assert (again.code, again.err) == (0, "nothing to do: the files are in format 1, the newest\n")


def test_what_was_cut_short_is_read_and_completed(sigctl: Run, old: Path) -> None:
    (old / "people.yaml").write_text(NEW["people.yaml"], encoding="utf-8")
    (old / ".sigctl" / "backup-2026-11-22").mkdir(parents=True)
    assert not load(old).problems
    assert sigctl("migrate", "-w", old, *TODAY).code == 0
    assert texts(old) == NEW
    assert set(texts(old / ".sigctl" / "backup-2026-11-22-2")) == {"schools.yaml", "sigctl.yaml"}


def test_either_all_files_change_or_none(sigctl: Run, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(path: Path, content: str | bytes) -> object:
        if path == old / "sigctl.yaml" and content == NEW["sigctl.yaml"]:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return write(path, content)

    monkeypatch.setattr(migrate, "write", refusing)
    done = sigctl("migrate", "-w", old, *TODAY)
    assert (done.code, "sigctl.yaml: No space left on device" in done.err) == (74, True)
    assert texts(old) == OLD


def test_what_cannot_be_changed_line_by_line_is_left_alone_and_said(sigctl: Run, old: Path) -> None:
    (old / "schools.yaml").write_text("schools: [{id: a, name: A,   # the first\n  head: x}]\n", encoding="utf-8")
    before = texts(old)
    done = sigctl("migrate", "-w", old, *TODAY)
    assert done.code == 1
    assert "nothing was changed" in done.err
    assert texts(old) == before


def test_a_newer_format_is_refused(sigctl: Run, small: Path) -> None:
    (small / "sigctl.yaml").write_text((small / "sigctl.yaml").read_text().replace("sigctl: 1", "sigctl: 2"))
    before = texts(small)
    done = sigctl("migrate", "-w", small)
    assert (done.code, "install the newest sigctl" in done.err) == (3, True)
    assert texts(small) == before


def test_what_sigctl_remembers_is_lifted_as_well(sigctl: Run, small: Path) -> None:
    with state(small) as connection:
        newest = connection.execute("PRAGMA user_version").fetchone()
    shutil.rmtree(small / ".sigctl")
    (small / ".sigctl").mkdir()
    (small / ".sigctl" / "state.sqlite").write_bytes(b"")
    assert sigctl("migrate", "-w", small).code == 0
    with state(small) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == newest
