"""What is printed follows from the ending behind `-o`, where `--format` is left out; no file is written whose name would lie."""

import json
import shutil
from pathlib import Path

import pytest

from .conftest import ROOT, Run

CYNON = ROOT / "examples" / "cynon-taf"
TODAY = ("--today", "2026-11-22")
PAPERS = (
    ("agenda", "strategic"),
    ("minutes", "show", "strategic-2026-10"),
    ("minutes", "new", "strategic-2026-12"),
    ("actions",),
    ("groups",),
    ("report", "groups"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(CYNON, tmp_path / "cynon", ignore=shutil.ignore_patterns("out"))
    return tmp_path / "cynon"


@pytest.mark.parametrize("command", PAPERS, ids=" ".join)
@pytest.mark.parametrize(("name", "begin"), [("p.pdf", b"%PDF"), ("p.DOCX", b"PK"), ("p.htm", b"<!DOCTYPE html>"), ("p.md", b"# ")])
def test_a_paper_is_what_the_name_of_its_file_says(
    command: tuple[str, ...], name: str, begin: bytes, sigctl: Run, folder: Path, tmp_path: Path
) -> None:
    if begin == b"%PDF":
        pytest.importorskip("typst")
    outcome = sigctl(*command, "-o", tmp_path / name, "-w", folder, *TODAY)
    assert (outcome.code, outcome.out) == (0, "")
    assert (tmp_path / name).read_bytes().startswith(begin)


@pytest.mark.parametrize("command", [("rota", "show"), ("rota", "fairness"), ("groups",), ("actions",)], ids=" ".join)
def test_a_table_is_what_the_name_of_its_file_says(command: tuple[str, ...], sigctl: Run, folder: Path, tmp_path: Path) -> None:
    for name in ("t.csv", "t.json", "t.txt"):
        assert sigctl(*command, "-o", tmp_path / name, "-w", folder, *TODAY).code == 0
    assert (tmp_path / "t.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))["format"].startswith("sigctl-")
    assert not (tmp_path / "t.txt").read_text(encoding="utf-8").startswith(("\ufeff", "{", "#"))


def test_pictures_and_workbooks_too(sigctl: Run, folder: Path, tmp_path: Path) -> None:
    for name, begin in (("t.xlsx", b"PK"), ("t.svg", b"<svg")):
        assert sigctl("rota", "show", "-o", tmp_path / name, "-w", folder, *TODAY).code == 0
        assert begin in (tmp_path / name).read_bytes()[:200]


@pytest.mark.parametrize(
    ("arguments", "message", "advice"),
    [
        (("agenda", "strategic", "--format", "docx", "-o", "p.pdf"), "--format docx and p.pdf disagree", "end with .docx"),
        (("actions", "-o", "a.csv", "--format", "json"), "--format json and a.csv disagree", "end with .json"),
        (("minutes", "show", "strategic", "--format", "html", "-o", "m.md"), "--format html and m.md disagree", ".html or .htm"),
        (("rota", "show", "-o", "r.pdf"), "`sigctl rota show` makes no pdf", ".xlsx"),
        (("agenda", "strategic", "-o", "a.csv"), "`sigctl agenda` makes no csv", ".docx"),
    ],
)
def test_a_file_whose_name_would_lie_is_refused(
    arguments: tuple[str, ...], message: str, advice: str, sigctl: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    before = sorted(folder.rglob("*"))
    outcome = sigctl(*arguments, *TODAY)
    assert outcome.code == 2
    assert message in outcome.err
    assert advice in outcome.err
    assert sorted(folder.rglob("*")) == before


def test_what_says_nothing_about_a_format_is_left_to_the_option(sigctl: Run, folder: Path, tmp_path: Path) -> None:
    assert sigctl("actions", "-o", tmp_path / "a.list", "-w", folder, *TODAY).code == 0
    assert sigctl("actions", "--format", "json", "-o", tmp_path / "b.list", "-w", folder, *TODAY).code == 0
    assert json.loads((tmp_path / "b.list").read_text(encoding="utf-8"))
    assert sigctl("agenda", "strategic", "--format", "html", "-o", f"{tmp_path}/papers/", "-w", folder, *TODAY).code == 0
    assert [each.suffix for each in (tmp_path / "papers").iterdir()] == [".html"]
    (tmp_path / "old.pdf").mkdir()
    assert sigctl("agenda", "strategic", "--format", "md", "-o", tmp_path / "old.pdf", "-w", folder, *TODAY).code == 0
    assert [each.suffix for each in (tmp_path / "old.pdf").iterdir()] == [".md"]
    assert sigctl("actions", "--format", "json", "-o", "-", "-w", folder, *TODAY).out.startswith("{")


@pytest.mark.parametrize("command", [("agenda",), ("minutes", "show"), ("rota", "show"), ("rota", "fairness"), ("actions",)], ids=" ".join)
def test_the_help_says_so(command: tuple[str, ...], sigctl: Run) -> None:
    assert "ending tells the format" in " ".join(sigctl(*command, "--help").out.split())
