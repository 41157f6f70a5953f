"""A file is the old one or the new one, whole."""

import os
from pathlib import Path

import pytest

from sigctl.deliver import Written, try_writing, write


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
    with pytest.raises(OSError, match="No space left") as trouble:
        write(file, "new\n")
    assert trouble.value.filename == str(file)
    assert file.read_text() == "old\n"
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path / "rotas" / "of" / "b.yaml", "new\n")
    assert [each.name for each in tmp_path.iterdir()] == ["a.yaml"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_the_file_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    write(file, "old\n")
    file.chmod(0o640)
    write(file, "new\n")
    assert file.stat().st_mode & 0o777 == 0o640


def test_what_cannot_be_written_is_known_beforehand(tmp_path: Path) -> None:
    try_writing(tmp_path / "rotas" / "round-4.draft.yaml")
    assert not list(tmp_path.iterdir())
    (tmp_path / "file").write_text("x")
    with pytest.raises(OSError, match="rota") as trouble:
        try_writing(tmp_path / "file" / "rota.yaml")
    assert trouble.value.filename == str(tmp_path / "file" / "rota.yaml")


def test_what_killed_processes_have_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    old, new = tmp_path / ".people.yaml.ab12cd_x.part", tmp_path / ".people.yaml.zz12cd_x.part"
    strangers = [tmp_path / name for name in ("mine.part", ".hidden.part", ".people.yaml.ABCDEFGH.part", "people.yaml.ab12cd_x.part")]
    for each in (old, new, *strangers):
        each.write_text("half")
    for each in (old, *strangers):
        os.utime(each, (1_000_000_000, 1_000_000_000))
    (folder := tmp_path / ".a.yaml.ab12cd_x.part").mkdir()
    os.utime(folder, (1_000_000_000, 1_000_000_000))
    write(tmp_path / "people.yaml", "people: []\n")
    assert sorted(tmp_path.iterdir()) == sorted([new, folder, tmp_path / "people.yaml", *strangers])


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes in folders")
def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        try_writing(pipe)
        write(pipe, "Tŷ\n")
        assert os.read(reader, 100) == "Tŷ\n".encode()
    finally:
        os.close(reader)
    assert pipe.is_fifo()
