"""`sigctl cron`: what it prints works in each clockwork as it is, whatever the workspace is called."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from sigctl.commands.exit_codes import ExitCode

from .conftest import ROOT, Run
from .unattended import workspace

TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
FOLDERS = ["plain", "a b", "50% $HOME `x`", "Ysgol Tŷ 'r Coch", 'a"b&c<d>--e']
POSIX = pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))


def as_cron_reads(table: str) -> list[tuple[list[str], str, str]]:
    """The jobs of a crontab as cron reads it: five fields, what the shell is given, and what it is given to read."""
    found = []
    for line in table.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        *fields, rest = line.split(None, 5)
        command, *given = re.split(r"(?<!\\)%", rest)
        found.append((fields, command.replace(r"\%", "%"), "\n".join(given)))
    return found


@POSIX
@pytest.mark.parametrize("name", FOLDERS)
def test_the_line_for_cron_runs_as_cron_runs_it(sigctl: Run, tmp_path: Path, name: str) -> None:
    folder = workspace(tmp_path / name)
    printed = sigctl("cron", "--for", "crontab", "--at", "06:05", "-w", folder)
    assert (printed.code, printed.err) == (0, "")
    ((fields, command, given),) = as_cron_reads(printed.out)
    assert fields == ["5", "6", "*", "*", "*"]
    assert given == ""
    assert Path(shlex.split(command)[0]).is_absolute()
    environment = {"HOME": str(tmp_path), "LOGNAME": "x", "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["/bin/sh", "-c", command], env=environment, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (folder / ".sigctl" / "state.sqlite").exists()
    assert (folder / ".sigctl" / "run.log").read_text(encoding="utf-8") == ""


def test_the_table_says_what_it_does_and_how_it_is_stopped(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    told = sigctl("cron", "--for", "crontab", "-w", folder).out
    for word in ("To begin:", "To stop:", "MAILTO", "sigctl doctor", str(folder / ".sigctl" / "run.log")):
        assert word in told


@POSIX
@pytest.mark.parametrize("name", FOLDERS)
def test_the_units_are_as_systemd_wants_them(sigctl: Run, tmp_path: Path, name: str) -> None:
    folder, units = workspace(tmp_path / name), tmp_path / "units"
    units.mkdir()
    assert sigctl("cron", "--for", "systemd", "--at", "23:59", "-o", units, "-w", folder).code == 0
    service = (units / "sigctl-small.service").read_text(encoding="utf-8")
    timer = (units / "sigctl-small.timer").read_text(encoding="utf-8")
    assert "\nPersistent=true\n" in timer
    assert "\nOnCalendar=*-*-* 23:59:00 Europe/London\n" in timer
    assert re.search(r"\nRandomizedDelaySec=\d+min\n", timer)
    (line,) = re.findall(r"(?m)^ExecStart=(.*)$", service)
    assert as_systemd_reads(line)[-4:] == ["-w", str(folder), "--log", str(folder / ".sigctl" / "run.log")]
    if shutil.which("systemd-analyze"):
        for unit in ("sigctl-small.service", "sigctl-small.timer"):
            done = subprocess.run(
                ["systemd-analyze", "verify", "--user", units / unit],
                env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}, capture_output=True, check=False,
            )  # fmt: skip
            assert (done.returncode, done.stderr) == (0, b"")


def as_systemd_reads(line: str) -> list[str]:
    """The arguments of a command line, by systemd's rules for words in double quotes."""
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', line)
    assert line == " ".join(f'"{word}"' for word in words)
    return [re.sub(r"\\(.)", r"\1", word).replace("%%", "%").replace("$$", "$") for word in words]


@pytest.mark.parametrize("name", [each.replace('"', "") for each in FOLDERS])
def test_the_task_for_windows_has_the_structure_that_windows_wants(sigctl: Run, tmp_path: Path, name: str) -> None:
    folder, file = workspace(tmp_path / name), tmp_path / "task.xml"
    assert sigctl("cron", "--for", "windows", "--at", "07:30", "-o", file, "-w", folder).code == 0
    written = file.read_bytes()
    assert written[:2] in (b"\xff\xfe", b"\xfe\xff"), "Windows wants UTF-16 that says so"
    task = ET.fromstring(written.decode("utf-16").replace(' encoding="UTF-16"', ""))
    assert (task.tag, task.get("version")) == (f"{TASK}Task", "1.2")
    assert [each.tag.removeprefix(TASK) for each in task] == ["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"]
    (trigger,) = task.findall(f"{TASK}Triggers/{TASK}CalendarTrigger")
    assert [each.tag.removeprefix(TASK) for each in trigger] == ["StartBoundary", "Enabled", "RandomDelay", "ScheduleByDay"]
    assert trigger.findtext(f"{TASK}StartBoundary", "").endswith("T07:30:00")
    assert trigger.findtext(f"{TASK}ScheduleByDay/{TASK}DaysInterval") == "1"
    assert task.findtext(f"{TASK}Settings/{TASK}StartWhenAvailable") == "true", "a day that was missed is caught up"
    assert task.findtext(f"{TASK}Settings/{TASK}MultipleInstancesPolicy") == "IgnoreNew"
    action = task.find(f"{TASK}Actions/{TASK}Exec")
    assert action is not None
    assert Path(action.findtext(f"{TASK}Command", "")).is_absolute()
    assert as_windows_reads(action.findtext(f"{TASK}Arguments", ""))[-4:] == [
        "-w",
        str(folder),
        "--log",
        str(folder / ".sigctl" / "run.log"),
    ]


def as_windows_reads(line: str) -> list[str]:
    """The arguments of a command line, by the rules that Windows programs share, as far as no word ends in a backslash."""
    return [re.sub(r'\\(")', r"\1", quoted) if quoted else plain for quoted, plain in re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', line)]


def test_the_task_is_shown_with_a_word_on_how_windows_wants_it(sigctl: Run, tmp_path: Path) -> None:
    done = sigctl("cron", "--for", "windows", "-w", workspace(tmp_path / "w"))
    assert ET.fromstring(done.out).tag == f"{TASK}Task"
    assert "UTF-16" in done.err
    assert "schtasks /Create" in done.out


def test_the_task_says_that_it_needs_somebody_who_is_logged_on(sigctl: Run, tmp_path: Path) -> None:
    told = " ".join(sigctl("cron", "--for", "windows", "-w", workspace(tmp_path / "w")).out.split())
    assert "<LogonType>InteractiveToken</LogonType>" in told
    assert "only while you are logged on" in told
    assert "Run whether user is logged on or not" in told
    assert "only while you are logged on" in " ".join(sigctl("cron", "--help").out.split())


def test_the_watchman_is_told_by_every_run(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    printed = sigctl("cron", "--for", "crontab", "-w", folder, "--ping", "https://hc.example.org/4f1c?a=%20&b")
    ((_, command, _),) = as_cron_reads(printed.out)
    assert shlex.split(command)[-2:] == ["--ping", "https://hc.example.org/4f1c?a=%20&b"]


@pytest.mark.parametrize("page", ["htp:foo", "hc.example.org/4f1c", "https://", "https://hc.example.org/a b", "mailto:a@example.org", ""])
def test_a_page_that_is_none_is_refused_before_it_stands_in_a_list_of_jobs(sigctl: Run, tmp_path: Path, page: str) -> None:
    done = sigctl("cron", "--ping", page, "-w", workspace(tmp_path / "w"))
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert "such as https://hc.example.org/4f1c" in " ".join(done.err.split())


@pytest.mark.parametrize("at", ["6:10", "25:00", "06:60", "0610", "06:10:30", "noon", "٠٦:١٠"])
def test_a_time_that_is_none_is_refused(sigctl: Run, tmp_path: Path, at: str) -> None:
    done = sigctl("cron", "--at", at, "-w", workspace(tmp_path / "w"))
    assert done.code == ExitCode.USAGE
    assert "06:10" in done.err


@POSIX
def test_a_folder_that_no_line_can_hold_is_refused(sigctl: Run, tmp_path: Path) -> None:
    done = sigctl("cron", "--for", "crontab", "-w", workspace(tmp_path / "a\n* * * * * evil"))
    assert done.code == ExitCode.USAGE
    assert done.out == ""


def test_it_writes_nothing_but_what_it_is_asked_for(sigctl: Run, tmp_path: Path) -> None:
    folder = workspace(tmp_path / "w")
    before = sorted(tmp_path.rglob("*"))
    sigctl("cron", "-w", folder)
    sigctl("cron", "--for", "systemd", "-n", "-o", tmp_path, "-w", folder)
    assert sorted(tmp_path.rglob("*")) == before
    assert sigctl("cron", "--for", "systemd", "-o", tmp_path / "none", "-w", folder).code == ExitCode.USAGE


def test_it_names_the_python_that_runs_it(sigctl: Run, tmp_path: Path) -> None:
    printed = sigctl("cron", "--for", "crontab", "-w", workspace(tmp_path / "w"))
    ((_, command, _),) = as_cron_reads(printed.out)
    assert Path(shlex.split(command)[0]).parent == Path(sys.executable).parent
