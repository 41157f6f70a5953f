"""The command line: help, wrong usage, and what every command takes."""

import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
import typer

from sigctl import __version__
from sigctl.commands import console
from sigctl.commands.app import command_line
from sigctl.commands.exit_codes import ExitCode
from sigctl.commands.options import Cycle, Workspace
from sigctl.commands.table import COMMANDS, Entry

from .conftest import ROOT, Run, process


def test_version(sigctl: Run) -> None:
    assert process("--version").out == sigctl("-q", "--version").out == f"sigctl {__version__}\n"


def test_no_arguments_show_the_help(sigctl: Run) -> None:
    assert sigctl() == sigctl("--help")
    assert sigctl().code == 0
    assert all(f"  {name} " in sigctl().out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_a_manual_with_examples(sigctl: Run, name: str) -> None:
    done = sigctl(name, "--help")
    assert done.code == 0
    assert f"Usage: sigctl {name}" in done.out
    assert f"\n    sigctl {name}" in done.out
    assert "--no-color" in done.out
    assert "<" not in done.out.partition("Options:")[2]


def test_the_line_of_the_table_is_the_first_of_the_manual() -> None:
    line = command_line()
    with line.make_context("sigctl", [], resilient_parsing=True) as context:
        for name, entry in COMMANDS.items():
            assert line.get_command(context, name).help.startswith(entry.summary.rstrip(".")), name


@pytest.mark.parametrize(
    ("arguments", "message", "advice"),
    [
        (["chek"], "sigctl: error: there is no command `sigctl chek`", "did you mean `check`?"),
        (["CHECK"], "sigctl: error: there is no command `sigctl CHECK`", "did you mean `check`?"),
        (["zzz"], "sigctl: error: there is no command `sigctl zzz`", "`sigctl --help` lists the commands"),
        (["check", "--strct"], "sigctl check: error: there is no option `--strct`", "did you mean `--strict`?"),
        (["check", "--format", "jsn"], "sigctl check: error: `jsn` is not one of text, json, github for --format", "did you mean `json`?"),
        (["check", "x"], "sigctl check: error: `x` is one word too many", "`sigctl check --help` tells how to use it"),
        (["check", "-w"], "sigctl: error: `-w` needs a value behind it", "`sigctl --help` tells how to use it"),
        (["Ysgol [/foo]"], "sigctl: error: there is no command `sigctl Ysgol [/foo]`", "`sigctl --help` lists the commands"),
        (["\x1b[31m"], "sigctl: error: there is no command `sigctl \ufffd[31m`", "`sigctl --help` lists the commands"),
    ],
)
def test_wrong_usage_names_the_nearest(sigctl: Run, arguments: list[str], message: str, advice: str) -> None:
    done = sigctl(*arguments)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert done.err == f"{message}\n   = {advice}\n"


@pytest.mark.parametrize("day", ["2026-13-01", "2026-02-30", "20261112", "1795219200", "2026-1-2", "12/11/2026", "2026-W46-4", "today"])
def test_a_day_is_written_in_one_way(sigctl: Run, tmp_path: Path, day: str) -> None:
    done = sigctl("init", tmp_path / "x", "--today", day)
    assert done.code == ExitCode.USAGE
    assert day in done.err
    assert "write year-month-day, such as 2026-11-12" in done.err


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--seed", "-1", "a number from 0 on"),
        ("--seed", "many", "a whole number, such as 3"),
        ("--seed", "1.5", "a whole number, such as 3"),
        ("--seed", "99999999999999999999", "a number up to 2147483647"),
        ("--time-limit", "0", "a number from 0.1 on"),
        ("--time-limit", "long", "a number, such as 2.5"),
    ],
)
def test_numbers_are_refused_in_our_own_words(sigctl: Run, small: Path, option: str, value: str, told: str) -> None:
    done = sigctl("rota", "-w", small, option, value)
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert done.err.startswith(f"sigctl rota: error: {option} takes {told}\n")


def test_no_workspace(sigctl: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = sigctl("check")
    assert done.code == ExitCode.USAGE
    assert "there is no workspace here: no sigctl.yaml in" in done.err
    assert "`sigctl init` makes one" in done.err
    assert "there is no folder" in sigctl("check", "-w", tmp_path / "gone").err
    assert "is no workspace" in sigctl("check", "-w", tmp_path).err


def test_the_workspace_is_found_upwards_or_named_before_or_behind(sigctl: Run, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (small / "deep" / "er").mkdir(parents=True)
    monkeypatch.chdir(small / "deep" / "er")
    expected = sigctl("check").out
    assert "2 schools" in expected
    monkeypatch.chdir(small.parent)
    assert sigctl("-w", "small", "check").out == expected
    assert sigctl("check", "--workspace", "small").out == expected
    assert sigctl("check", "-w", small / "sigctl.yaml").out == expected


@pytest.fixture
def trial(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command with subcommands that also does something by itself."""
    app = typer.Typer(invoke_without_command=True)

    @app.callback()
    def plan(ctx: typer.Context, cycle: Cycle = None, workspace: Workspace = None) -> None:
        """Plan it."""
        if ctx.invoked_subcommand is None:
            console.result(f"planned {cycle} in {workspace}")

    @app.command()
    def publish(workspace: Workspace = None) -> None:
        """Bless it.

        For all to see.
        """
        console.say("blessed")
        console.result(f"published in {workspace}")

    module = ModuleType("trial_command")
    module.__dict__["app"] = app
    monkeypatch.setitem(sys.modules, "trial_command", module)
    monkeypatch.setitem(COMMANDS, "trial", Entry("trial_command", "Try it."))


@pytest.mark.usefixtures("trial")
def test_a_command_may_have_subcommands_and_run_without_one(sigctl: Run) -> None:
    assert sigctl("trial", "--cycle", "c").out == "planned c in None\n"
    assert sigctl("-w", "a", "trial").out == "planned None in a\n"
    assert sigctl("trial", "publish", "-w", "a").out == sigctl("trial", "-w", "a", "publish").out == "published in a\n"
    assert sigctl("trial", "publish").err == "blessed\n"
    assert sigctl("trial", "-q", "publish").err == sigctl("trial", "publish", "-q").err == ""
    assert "  publish  Bless it.\n" in sigctl("trial", "--help").out
    assert "Usage: sigctl trial publish [OPTIONS]\n\nBless it.\n\nFor all to see.\n" in sigctl("trial", "publish", "--help").out
    wrong = sigctl("trial", "publsh")
    assert (wrong.code, wrong.err) == (2, "sigctl: error: there is no command `sigctl trial publsh`\n   = did you mean `publish`?\n")


def test_manners_do_not_last(sigctl: Run, small: Path) -> None:
    assert sigctl("-q", "check", "-w", small).out == ""
    assert sigctl("check", "-q", "-w", small).out == ""
    assert sigctl("check", "-w", small).out


def test_a_mistake_of_ours_is_owned_up_to(sigctl: Run, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("Mrs Jones is ill")

    monkeypatch.setattr("sigctl.commands.check.inspected", fail)
    done = sigctl("check", "-w", small)
    assert (done.code, done.out) == (ExitCode.INTERNAL, "")
    assert "sigctl made a mistake of its own: RuntimeError in test_app.py:" in done.err
    assert "Jones" not in done.err
    assert "Traceback" not in done.err
    assert "Traceback" in sigctl("check", "-v", "-w", small).err
    monkeypatch.setenv("SIGCTL_DEBUG", "1")
    assert "Traceback" in sigctl("check", "-w", small).err


@pytest.mark.parametrize(
    ("trouble", "code"), [(KeyboardInterrupt(), ExitCode.INTERRUPTED), (PermissionError(13, "Permission denied", "rotas"), ExitCode.SYSTEM)]
)
def test_what_stops_a_run_becomes_a_number(
    sigctl: Run, small: Path, monkeypatch: pytest.MonkeyPatch, trouble: BaseException, code: ExitCode
) -> None:
    def stop(*_: object) -> None:
        raise trouble

    monkeypatch.setattr("sigctl.commands.check.inspected", stop)
    monkeypatch.setattr("sigctl.commands.run._silence", lambda: None)
    done = sigctl("check", "-w", small)
    assert done.code == code
    assert "Traceback" not in done.err
    assert code is not ExitCode.SYSTEM or "rotas: Permission denied" in done.err


@pytest.mark.parametrize(
    ("environment", "terminal", "forbidden", "colored"),
    [
        ({}, True, False, True),
        ({}, False, False, False),
        ({"NO_COLOR": "1"}, True, False, False),
        ({"NO_COLOR": ""}, True, False, True),
        ({"TERM": "dumb"}, True, False, False),
        ({"FORCE_COLOR": "1"}, False, False, True),
        ({"FORCE_COLOR": "0"}, False, False, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False, False),
        ({"FORCE_COLOR": "1"}, True, True, False),
    ],
)
def test_when_there_is_colour(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], terminal: bool, forbidden: bool, colored: bool
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(console, "is_terminal", lambda _: terminal)
    console.behave(no_color=forbidden)
    try:
        assert console.has_color(sys.stdout) == colored
    finally:
        console.behave(no_color=False)


def test_tables_are_never_cut_off_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    from rich.table import Table

    table = Table(*(f"column number {n}" for n in range(12)))
    table.add_row(*(["Ysgol [/foo] :tada: [red]x"] * 12))
    console.drawing(sys.stdout).print(table)
    out = capsys.readouterr().out
    assert "…" not in out
    assert out.count("Ysgol [/foo] :tada: [red]x") == 12


def test_the_exit_codes_are_listed(sigctl: Run) -> None:
    listed = sigctl("help", "exit-codes").out
    assert all(f"  {int(code):<5}{code.meaning}" in listed for code in ExitCode)
    assert {0, 1, 2, 3, 4, 5, 75, 130, 143} <= set(map(int, ExitCode))


def test_help_topics(sigctl: Run) -> None:
    from sigctl.commands.help import TOPICS

    for topic in TOPICS:
        assert sigctl("help", topic).code == 0
    assert sigctl("help", "check").out == sigctl("check", "--help").out
    assert "did you mean `dates`?" in sigctl("help", "date").err
    assert sigctl("help", "date").code == ExitCode.PROBLEMS
    assert sigctl("help").out.count("sigctl help ") == len(TOPICS) + len(COMMANDS) - 1


def test_topic_files_and_names_agree() -> None:
    from sigctl.commands.help import TOPICS

    written = {path.stem for path in (ROOT / "sigctl" / "commands" / "topics").iterdir()}
    assert written | {"exit-codes"} == set(TOPICS)


def test_the_script_is_ours() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["scripts"] == {"sigctl": "sigctl.__main__:main"}
