"""What the process itself does: streams, signals, start-up. Each test runs sigctl as a user or cron does."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sigctl.commands.exit_codes import ExitCode

from .conftest import CONWY, ROOT, process

SHELL = pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
SIGCTL = f"'{sys.executable}' -m sigctl"


def shell(script: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    around = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    return subprocess.run(["/bin/sh", "-c", script], env=around, capture_output=True, check=False, timeout=60)


@pytest.mark.parametrize("how", ["--version", "completion"])
def test_what_must_be_quick_imports_nothing_heavy(how: str) -> None:
    code = (
        f"import sys; sys.argv = ['sigctl', '{how}']; from sigctl.__main__ import main; main();"
        "print(sorted({'typer', 'pydantic', 'yaml', 'rich', 'json', 're', 'typing'} & set(sys.modules)), file=sys.stderr)"
    )
    env = {"_SIGCTL_COMPLETE": "complete_bash", "COMP_WORDS": "sigctl\nch", "COMP_CWORD": "1"} if how == "completion" else {}
    around = {**os.environ, **env, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-S", "-E", "-c", f"sys = __import__('sys'); sys.path.append({str(ROOT)!r}); {code}"],
                          env=around, capture_output=True, check=True)  # fmt: skip
    assert done.stderr.decode().strip() == "[]"
    assert done.stdout.startswith(b"sigctl " if how == "--version" else b"check")


@pytest.mark.parametrize(
    ("arguments", "not_imported"), [(["--help"], ["pydantic", "yaml", "rich", "ortools"]), (["check"], ["ortools", "rich", "jinja2"])]
)
def test_a_command_imports_only_its_own(arguments: list[str], not_imported: list[str]) -> None:
    code = (
        f"import sys; from sigctl.commands.run import run; run({[*arguments, *(['-w', str(CONWY)] if arguments == ['check'] else [])]!r});"
        f"print(sorted(set({not_imported!r}) & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=True)
    assert done.stderr.decode().strip() == "[]"


@SHELL
def test_cron_has_no_environment_no_input_and_another_folder() -> None:
    done = shell(f"cd / && env -i PYTHONPATH='{ROOT}' {SIGCTL} check -w '{CONWY}' <&-")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"7 schools" in done.stdout
    assert shell(f"cd / && env -i PYTHONPATH='{ROOT}' {SIGCTL} check -q -w '{CONWY}' <&-").stdout == b""


def test_an_ascii_locale_gets_the_nearest_letters(small: Path) -> None:
    ascii_only = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C", "PYTHONIOENCODING": ""}
    (small / "sigctl.yaml").write_text("sigctl: 1\ncluster: {id: a, nam: Gŵyr – 名}\n", encoding="utf-8")
    done = process("check", "-w", small, env=ascii_only)
    assert done.code == ExitCode.PROBLEMS
    assert "{id: a, nam: Gwyr - ?}" in done.out
    assert done.out.isascii()
    assert process("check", "-w", small, "--format", "json", env=ascii_only).out.isascii()


@SHELL
def test_a_reader_that_stops_reading_hears_no_complaint() -> None:
    done = shell(f"(sleep 0.2; {SIGCTL} schema; echo $? >&2) | true")
    assert done.stderr.decode() == f"{int(ExitCode.PIPE)}\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told() -> None:
    done = shell(f"{SIGCTL} schema >/dev/full")
    assert done.returncode == ExitCode.SYSTEM
    assert done.stderr.decode() == "sigctl: error: the result cannot be written: No space left on device\n"


@SHELL
def test_closed_streams_do_no_harm(tmp_path: Path) -> None:
    assert shell(f"{SIGCTL} explain schools >&-").returncode == 0
    done = shell(f"{SIGCTL} chek 2>&-")
    assert (done.returncode, done.stdout) == (ExitCode.USAGE, b"")
    assert shell(f"{SIGCTL} schema -o '{tmp_path}/s.json' <&- >&- 2>&-").returncode == 0
    assert (tmp_path / "s.json").read_text(encoding="utf-8").startswith("{")


@SHELL
def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    done = shell(f"mkdir '{tmp_path}/x'; cd '{tmp_path}/x'; rmdir '{tmp_path}/x'; {SIGCTL} check")
    assert done.returncode in (ExitCode.SYSTEM, ExitCode.USAGE)
    assert b"Traceback" not in done.stderr


@SHELL
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, ExitCode.INTERRUPTED), (signal.SIGTERM, ExitCode.TERMINATED)])
def test_signals_end_it_quietly(tmp_path: Path, number: signal.Signals, code: ExitCode) -> None:
    waiting = (
        "import sys, time; from sigctl.commands import run;"
        "run._invoked = lambda _: (print('ready', flush=True), time.sleep(30));"
        "sys.argv = ['sigctl', 'check']; from sigctl.__main__ import main; sys.exit(main())"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", waiting], env=env, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout
        assert running.stdout.readline() == b"ready\n"
        time.sleep(0.05)
        running.send_signal(number)
        _, told = running.communicate(timeout=20)
    assert running.returncode == code
    assert b"Traceback" not in told


@pytest.mark.skipif(os.name == "nt", reason="needs pseudo-terminals")
def test_a_terminal_gets_colour_and_its_own_width(broken: Path) -> None:
    import pty

    (broken / "more.yaml").write_text(f"people:\n  - {{id: new, name: {'x' * 200}, shcool: treorchy}}\n", encoding="utf-8")
    leader, follower = pty.openpty()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "50", "TERM": "xterm"}
    done = subprocess.Popen(
        [sys.executable, "-m", "sigctl", "check", "-w", str(broken)], env=env, stdin=follower, stdout=follower, stderr=follower
    )
    os.close(follower)
    read = b""
    with open(leader, "rb", buffering=0) as terminal:  # noqa: PTH123
        try:
            while piece := terminal.read(4096):
                read += piece
        except OSError:
            pass
    assert done.wait(20) == 1
    text = read.decode()
    assert "\x1b[1;31merror\x1b[0m" in text
    picture = [line for line in text.split("\r\n") if "…" in line]
    assert picture
    assert "shcool" in picture[0]
