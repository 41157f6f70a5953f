"""Which files are read, and what is said of those that cannot be."""

import os
from pathlib import Path

import pytest

from sigctl.problem import Problem
from sigctl.source import Document, read, workspace_files
from sigctl.source.files import MAX_BYTES

needs_posix = pytest.mark.skipif(os.name != "posix", reason="needs the file system of a Unix")


def names(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in workspace_files(folder)]


def read_bytes(folder: Path, content: bytes) -> Document:
    path = folder / "x.yaml"
    path.write_bytes(content)
    return read(folder, path)


def only(document: Document) -> Problem:
    (problem,) = document.problems
    assert problem.advice
    return problem


def test_which_files_are_read(tmp_path: Path) -> None:
    for name in (
        "b.yaml",
        "a/c.yml",
        "a/D.YAML",
        "a/out/e.yaml",
        "x.yaml/f.yaml",
        "out/g.yaml",
        "templates/h.yaml",
        ".git/i.yaml",
        ".j.yaml",
        "k.txt",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("a: b\n")
    assert names(tmp_path) == ["a/D.YAML", "a/c.yml", "a/out/e.yaml", "b.yaml", "x.yaml/f.yaml"]


def test_two_hundred_folders_deep(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*"a" * 200)
    deep.mkdir(parents=True)
    (deep / "x.yaml").write_text("a: b\n")
    assert len(names(tmp_path)) == 1


@pytest.mark.parametrize(
    "content",
    ["a: Siân\nb: ŵ\n", "\ufeffa: Siân\nb: ŵ\n", "a: Siân\r\nb: ŵ\r\n", "a: Siân\rb: ŵ\r", "\ufeff---\r\na: Siân\r\nb: ŵ"],
    ids=["plain", "byte order mark", "CRLF", "CR alone", "all at once"],
)
def test_ends_of_lines_and_marks(tmp_path: Path, content: str) -> None:
    document = read_bytes(tmp_path, content.encode())
    assert document.data == {"a": "Siân", "b": "ŵ"}
    assert document.problems == ()
    assert document.place(("b",)).column == 4


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_told_and_still_read(tmp_path: Path, coding: str) -> None:
    document = read_bytes(tmp_path, "a: Siân\n".encode(coding))
    assert only(document).code == "not-utf-8"
    assert document.data == {"a": "Siân"}


def test_the_coding_of_windows_is_told_and_still_read(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, "a: b\nc: Siân a Llŷn\n".encode("cp1252", "replace"))
    assert str(only(document).place) == "x.yaml:2:6"
    assert only(document).code == "not-utf-8"
    assert document.data == {"a": "b", "c": "Siân a Ll?n"}


def test_one_bad_byte_after_good_letters(tmp_path: Path) -> None:
    assert str(only(read_bytes(tmp_path, "a: ŵŷâ".encode() + b"\xe2 x\n")).place) == "x.yaml:1:7"


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe", b"\xff\x00\x00\x00\x80" * 100, bytes(range(256)) * 9])
def test_what_is_no_text(tmp_path: Path, content: bytes) -> None:
    assert only(read_bytes(tmp_path, content)).code == "not-utf-8"


def test_a_large_file_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "film.yaml"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 30_000_000)
    problem = only(read(tmp_path, path))
    assert (problem.code, problem.message) == ("file-too-big", "this file has 50 MB; at most 20 are read")


@needs_posix
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert names(tmp_path) == ["pipe.yaml"]
    assert only(read(tmp_path, tmp_path / "pipe.yaml")).message == "this is not an ordinary file"


@needs_posix
def test_links(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "workspace"
    outside.mkdir()
    folder.mkdir()
    (outside / "secret.yaml").write_text("a: b\n")
    (folder / "good.yaml").write_text("a: b\n")
    links = {
        "a": folder / "good.yaml",
        "b": outside / "secret.yaml",
        "c": folder / "c.yaml",
        "d": folder / "nowhere",
        "e": outside,
        "f": Path("/dev/zero"),
    }
    for name, target in links.items():
        (folder / f"{name}.yaml").symlink_to(target)
    (folder / "sub").symlink_to(folder)
    found = {name: [p.message for p in read(folder, folder / name).problems] for name in names(folder)}
    assert found == {
        "a.yaml": [],
        "b.yaml": ["this is a link that leads out of the workspace"],
        "c.yaml": ["this is a link that leads back to itself, or nowhere"],
        "d.yaml": ["this is a link that leads back to itself, or nowhere"],
        "e.yaml": ["this is a link that leads out of the workspace"],
        "f.yaml": ["this is a link that leads out of the workspace"],
        "good.yaml": [],
    }


@needs_posix
def test_a_workspace_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "x.yaml").write_text("a: b\n")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert read(tmp_path / "link", tmp_path / "link" / "x.yaml").data == {"a": "b"}


def test_what_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert only(read_bytes(tmp_path, b"a: b\n")).message == "you are not allowed to read this"


def test_what_is_open_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert only(read_bytes(tmp_path, b"a: b\n")).message == "this cannot be read: Input/output error"


def test_a_folder_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked").mkdir()
    scan = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert names(tmp_path) == ["locked"]
    assert only(read(tmp_path, tmp_path / "locked")).message == "you are not allowed to read this"


@needs_posix
def test_a_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\nb.yaml"
    path.write_text("a: !x b\n")
    assert str(only(read(tmp_path, path)).place) == "a\ufffd[31m\nb.yaml:1:4".replace("\n", "\ufffd")
