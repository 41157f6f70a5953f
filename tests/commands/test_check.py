"""`sigctl check`, and how every other command opens a workspace."""

import json
from pathlib import Path

import pytest
import typer

from sigctl.commands import console
from sigctl.commands.check import annotation
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.opening import opened
from sigctl.problem import Place, Problem, error

from .conftest import CONWY, Run

UNKNOWN = error("unknown-field", "A key that sigctl does not know.")


def test_a_clean_workspace_is_told_in_a_line(sigctl: Run, small: Path) -> None:
    done = sigctl("check", "-w", small)
    assert (done.code, done.err) == (0, "")
    assert done.out == "nothing is wrong in 1 file: 2 schools and 1 person\n"
    assert sigctl("check", "-q", "-w", small).out == ""


def test_an_example_is_clean(sigctl: Run) -> None:
    assert sigctl("check", "--strict", "-w", CONWY).code == 0


def test_all_problems_are_told_at_their_places(sigctl: Run, broken: Path) -> None:
    done = sigctl("check", "-w", broken)
    assert (done.code, done.err) == (ExitCode.PROBLEMS, "")
    assert done.out == (
        "more.yaml:3:5: error: `shcool` is not a field of person [unknown-field]\n"
        "  |\n"
        "3 |     shcool: treorchy\n"
        "  |     ^^^^^^\n"
        "  = did you mean `school`?\n"
        "\n"
        "sub/groups.yaml:2:28: error: `workin` is not one of strategic, working, seminar, board, steering [unknown-value]\n"
        "  |\n"
        "2 |   - {id: g, name: G, kind: workin}\n"
        "  |                            ^^^^^^\n"
        "  = did you mean `working`?\n"
        "\n"
        "2 errors in 2 files\n"
    )


def test_colour_can_be_asked_for_and_forbidden(sigctl: Run, broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = sigctl("check", "-w", broken).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    colored = sigctl("check", "-w", broken).out
    assert "\x1b[1;31merror\x1b[0m" in colored
    assert sigctl("check", "--no-color", "-w", broken).out == plain


def test_a_name_is_shown_as_it_is_written(sigctl: Run, small: Path) -> None:
    (small / "more.yaml").write_text('schools:\n  - {id: new, nam: "Ysgol [/foo] [bold]"}\n', encoding="utf-8")
    assert '2 |   - {id: new, nam: "Ysgol [/foo] [bold]"}' in sigctl("check", "-w", small).out


def test_json_is_alone_and_documented(sigctl: Run, broken: Path) -> None:
    done = sigctl("check", "--format", "json", "-w", broken)
    assert (done.code, done.err) == (ExitCode.PROBLEMS, "")
    told = json.loads(done.out)
    assert {key: told[key] for key in ("format", "version", "errors", "warnings")} == {
        "format": "sigctl-check", "version": 1, "errors": 2, "warnings": 0,
    }  # fmt: skip
    assert told["read"] == {"files": 3, "schools": 2, "people": 1, "groups": 0, "cycles": 0, "rotas": 0, "meetings": 0, "programmes": 0}
    assert told["problems"][0] == {
        "code": "unknown-field",
        "severity": "error",
        "message": "`shcool` is not a field of person",
        "advice": "did you mean `school`?",
        "file": "more.yaml",
        "line": 3,
        "column": 5,
        "length": 6,
    }
    manual = sigctl("check", "--help").out
    assert all(f"`{key}`" in manual for key in (*told, *told["problems"][0]))


def test_json_of_a_clean_workspace(sigctl: Run, small: Path) -> None:
    done = sigctl("check", "--format", "json", "-q", "-w", small)
    assert done.code == 0
    assert json.loads(done.out)["problems"] == []


def test_github_shows_notes_at_their_lines(sigctl: Run, broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(broken.parent)
    done = sigctl("check", "--format", "github", "-w", broken)
    assert done.code == ExitCode.PROBLEMS
    where = "file=small/more.yaml,title=unknown-field,line=3,col=5,endColumn=11"
    assert done.out.splitlines()[0] == f"::error {where}::`shcool` is not a field of person%0Adid you mean `school`?"
    assert sigctl("check", "--format", "github", "-w", CONWY).out == ""


def test_github_is_told_nothing_that_it_would_take_for_a_command(tmp_path: Path) -> None:
    problem = Problem(UNKNOWN, "100% :: a\r\nb", Place(f"{tmp_path}/a,b:c\n.yaml"))
    told = annotation(problem, tmp_path)
    assert "\n" not in told
    assert told.endswith("a%2Cb%3Ac%0A.yaml,title=unknown-field::100%25 :: a%0D%0Ab")


def test_other_commands_stop_at_invalid_files(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as stopped:
        opened(broken)
    told = capsys.readouterr()
    assert (stopped.value.exit_code, told.out) == (ExitCode.INVALID, "")
    assert told.err.endswith("2 errors in 2 files\n")


def test_other_commands_go_on_at_warnings(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (small / "empty.yaml").write_text("# nothing yet\n", encoding="utf-8")
    assert len(opened(small).schools) == 2
    assert capsys.readouterr().err == "1 warning in 1 file; `sigctl check` tells more\n"
    with pytest.raises(typer.Exit) as stopped:
        opened(small, strict=True)
    assert stopped.value.exit_code == ExitCode.INVALID


def test_more_is_said_of_what_was_read(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opened(small)
    assert capsys.readouterr() == ("", "")
    console.behave(verbose=True)
    assert opened(small).files == ("sigctl.yaml",)
    assert capsys.readouterr() == ("", f"read 1 file: 2 schools and 1 person in {small}\n")
    console.behave(verbose=False)


def test_warnings_fail_only_under_strict(sigctl: Run, small: Path) -> None:
    (small / "empty.yaml").write_text("", encoding="utf-8")
    done = sigctl("check", "-w", small)
    assert done.code == 0
    assert done.out.endswith("1 warning in 1 file\n")
    assert sigctl("check", "--strict", "-w", small).code == ExitCode.PROBLEMS


def test_no_private_line_is_shown(sigctl: Run, small: Path) -> None:
    (small / "more.yaml").write_text("people:\n  - {id: x, phone: 01443 123456, emial: a@example.org}\n", encoding="utf-8")
    assert "123456" not in sigctl("check", "-w", small).out
