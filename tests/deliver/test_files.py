"""A file is the old one or the new one, whole."""

import os
from pathlib import Path

import pytest

from sigctl.deliver import Written, write


def test_new_changed_and_unchanged_are_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "rotas" / "round-4.draft.yaml"
    assert write(file, "Tŷ\n") is Written.NEW
    before = file.stat().st_mtime_ns
    assert write(file, "Tŷ\n") is Written.UNCHANGED
    assert file.stat().st_mtime_ns == before
    assert write(file, "Tŷ Coch\n") is Written.CHANGED
    assert file.read_bytes() == "Tŷ Coch\n".encode()


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.yaml"
    write(file, "old\n")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write(file, "new\n")
    assert file.read_text() == "old\n"
    assert [each.name for each in tmp_path.iterdir()] == ["a.yaml"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_the_file_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    write(file, "old\n")
    file.chmod(0o640)
    write(file, "new\n")
    assert file.stat().st_mode & 0o777 == 0o640
