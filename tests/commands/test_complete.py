"""Completion in the shell: the four protocols, the tree, the ids."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sigctl.cluster import load
from sigctl.commands.complete import KINDS, answer, ids_in
from sigctl.commands.tree import FILE, tree_text
from sigctl.source import workspace_files

from .conftest import CONWY, ROOT, Run, process

EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.is_dir())


@pytest.fixture
def bash(capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def offers(*words: str) -> list[str]:
        environment = {"_SIGCTL_COMPLETE": "complete_bash", "COMP_WORDS": "\n".join(("sigctl", *words)), "COMP_CWORD": str(len(words))}
        assert answer(environment) == 0
        return capsys.readouterr().out.split()

    return offers


def test_the_tree_is_that_of_the_app() -> None:
    assert FILE.read_text(encoding="utf-8") == tree_text(), "run `python -m sigctl.commands.tree`"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["che"], ["check"]),
        (["check", "--str"], ["--strict"]),
        (["check", "--format", ""], ["text", "json", "github"]),
        (["check", "--format", "=", "j"], ["json"]),
        (["check", "--format="], ["--format=text", "--format=json", "--format=github"]),
        (["-q", "check", "--lang"], []),
        (["rota", "--lang", ""], ["cy", "en", "both"]),
        (["rota", "-w", "somewhere", "--la"], ["--lang"]),
        (["rota", "--today", ""], []),
        (["help", "exit"], ["exit-codes"]),
        (["explain", "cycles.rules.sw"], ["cycles.rules.swaps"]),
        (["explain", "unknown-f"], ["unknown-field"]),
        (["explain", "schools", ""], []),
        (["init", ""], []),
        (["zzz", ""], []),
    ],
)
def test_offers(bash, words: list[str], expected: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert bash(*words) == expected


def test_ids_come_from_the_workspace_around_or_the_one_that_is_named(bash, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(CONWY)
    assert bash("rota", "--cycle", "") == ["round-4"]
    monkeypatch.chdir("/")
    assert bash("rota", "--cycle", "") == []
    assert bash("-w", str(CONWY), "rota", "--cycle", "") == ["round-4"]
    assert bash("rota", "-w", str(CONWY), "--cycle", "r") == ["round-4"]
    assert bash("rota", "-w", "/nowhere", "--cycle", "") == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("section", KINDS.values())
def test_the_quick_look_finds_what_the_reader_finds(example: Path, section: str) -> None:
    found = {each for path in workspace_files(example) for each in ids_in(path.read_text(encoding="utf-8"), section)}
    assert found == set(load(example).cluster.records(section))


def test_ids_in_all_layouts() -> None:
    text = """\
# schools:
people:
  - {id: p1}
schools:
- id: a      # remark
  name: A
  location: {id: no}
  more:
    - id: inner
      x: 1
-   name: B
    id: "b"
- {id: c, name: C}
- {name: D, id: d}
# remark
- id: Bad Id
- id: $(touch x)

groups:
  - id: g
"""
    assert list(ids_in(text, "schools")) == ["a", "b", "c", "d"]
    assert list(ids_in(text, "people")) == ["p1"]
    assert list(ids_in(text, "groups")) == ["g"]
    assert list(ids_in(text.replace("\n", "\r\n"), "schools")) == ["a", "b", "c", "d"]
    assert list(ids_in("", "schools")) == []


@pytest.mark.parametrize(
    ("shell", "line", "expected"),
    [
        ("zsh", "sigctl check --f", '_arguments \'*: :(("--format":"How to list the problems"))\'\n'),
        ("zsh", "sigctl init ", "_files\n"),
        ("fish", "sigctl check --f", "--format\tHow to list the problems\n"),
        ("fish", "sigctl check --format ", "text\njson\ngithub\n"),
        ("powershell", "sigctl check --format ", "text::: \njson::: \ngithub::: \n"),
        ("zsh", "sigctl -w 'a b' rota --lan", '_arguments \'*: :(("--lang":"The language of the result"))\'\n'),
        ("zsh", "sigctl -w 'a b", "_files\n"),
        ("zsh", "sigctl -w a\\ b rota --lang e", "_arguments '*: :((\"en\"))'\n"),
    ],
)
def test_each_shell_gets_what_it_reads(capsys: pytest.CaptureFixture[str], shell: str, line: str, expected: str) -> None:
    environment = {"_SIGCTL_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    assert answer(environment) == 0
    assert capsys.readouterr().out == expected


def test_powershell_names_the_word(capsys: pytest.CaptureFixture[str]) -> None:
    environment = {
        "_SIGCTL_COMPLETE": "complete_pwsh",
        "_TYPER_COMPLETE_ARGS": r"sigctl -w C:\x\y che",
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": "che",
    }
    assert answer(environment) == 0
    assert capsys.readouterr().out == "check:::Say what is wrong in the files, all at once\n"


@pytest.mark.parametrize(("line", "code"), [("sigctl che", 0), ("sigctl init ", 1)])
def test_fish_asks_whether_there_is_anything(line: str, code: int) -> None:
    environment = {"_SIGCTL_COMPLETE": "complete_fish", "_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "is-args"}
    assert answer(environment) == code


def test_nothing_but_plain_ids_reaches_a_shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sigctl.yaml").write_text('cycles:\n  - id: "$(touch x)"\n  - id: `x`\n  - id: good-1\n', encoding="utf-8")
    line = f"sigctl -w {tmp_path} rota --cycle "
    assert answer({"_SIGCTL_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": line}) == 0
    assert capsys.readouterr().out == "_arguments '*: :((\"good-1\"))'\n"


def test_completion_never_shows_a_traceback() -> None:
    assert answer({"_SIGCTL_COMPLETE": "complete_bash", "COMP_WORDS": "sigctl\nc", "COMP_CWORD": "x"}) == 1
    assert answer({"_SIGCTL_COMPLETE": "complete_bash"}) == 0


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_itself(tmp_path: Path) -> None:
    script = process(env={"_SIGCTL_COMPLETE": "source_bash"}).out
    assert "complete -o default -F _sigctl_completion sigctl" in script
    binary = tmp_path / "sigctl"
    binary.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m sigctl "$@"\n', encoding="utf-8")
    binary.chmod(0o755)
    asked = 'COMP_WORDS=(sigctl rota --cycle ""); COMP_CWORD=3; _sigctl_completion sigctl; printf "%s\\n" "${COMPREPLY[@]}"'
    env = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "--norc", "-c", f"{script}\n{asked}"], env=env, cwd=CONWY, capture_output=True, check=True, timeout=30)
    assert done.stdout.decode() == "round-4\n"


def test_the_scripts_are_shown(sigctl: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typer.completion._get_shell_name", lambda: "zsh")
    assert "#compdef sigctl" in sigctl("--show-completion").out
