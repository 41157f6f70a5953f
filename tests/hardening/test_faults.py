"""Every command that writes, killed or with a full disk at its writes: each file is the old one or the new one, and the next run works.

By default a few faults of each command are tried, and one of those that write by the same way as another; with SIGCTL_FAULTS=all in
the environment, all of them.
"""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from hardened import TODAY, hardened

from sigctl.cluster import format as versions
from sigctl.deliver.outbox import Outbox
from sigctl.deliver.state import state
from sigctl.source import parse

from . import earlier
from .conftest import Run

ROOT = Path(__file__).resolve().parents[2]
CALLS = ("openat", "write", "pwrite64", "fsync", "fdatasync", "rename", "unlink", "mkdir", "ftruncate")
FULL_DISK = ("openat", "write", "pwrite64", "fsync", "fdatasync", "rename", "mkdir")
IS_WHOLE_SWEEP = os.environ.get("SIGCTL_FAULTS") == "all"
OURS = ("lock", "lock.json", "state.sqlite", "state.sqlite-journal")
"""What sigctl keeps for itself, which says when something happened."""


class Case(NamedTuple):
    """A command that writes: what comes before it, and with which codes it may end when it is run once more."""

    arguments: str
    before: tuple[str, ...] = ()
    again: tuple[int, ...] = (0,)
    is_repeated: bool = False
    """Whether running it again does it again."""
    may_stay: tuple[str, ...] = ()
    """What a run that was cut short may leave behind, since it does no harm."""
    code: int = 0
    """How it ends where nothing fails: there is no mail server here."""


DRAFT = "rotas/round-4.draft.yaml"
PUBLISHED = ("rota publish",)
CASES = {
    "init": Case("init HERE/new --name Us --nation wales --lang en", again=(0, 2)),
    "rota": Case("rota --replace"),
    "rota publish": Case("rota publish", (*PUBLISHED, "rota swap treorchy porth-head sian-llwyd"), may_stay=(DRAFT,)),
    "rota mark": Case("rota mark aberdare told treorchy", PUBLISHED),
    "rota swap": Case("rota swap treorchy porth-head sian-llwyd", PUBLISHED, (0, 2)),
    "minutes new": Case("minutes new strategic-2026-09", again=(0, 1)),
    "minutes agree": Case("minutes agree strategic-2026-06 --at strategic-2026-09 --signed-by sian-llwyd", again=(0, 1)),
    "actions done": Case("actions done a1 --on 2026-09-18"),
    "actions drop": Case("actions drop a1"),
    "actions add": Case("actions add strategic-2026-06 Something --lang en", is_repeated=True),
    "template copy": Case("template copy agenda", again=(0, 1)),
    "schema --add": Case("schema --add"),
    "rota papers": Case("rota papers --format html", PUBLISHED),
    "forget": Case("forget sian-llwyd --yes", PUBLISHED, (0, 2)),
    "calendar": Case("calendar", PUBLISHED),
    "migrate": Case("migrate"),
    "availability read": Case("availability read HERE/../poll.csv --yes"),
    "remind": Case("remind", again=(5,), code=5),
}
LEFT_OUT = ("rota papers", "rota mark", "rota swap", "actions done", "actions drop")
"""What only the whole sweep tries: papers, which take long, and what changes one line of a file just as `actions add` does."""
ALIKE = ("rota", "minutes agree", "template copy", "schema --add", "forget", "migrate")
"""What writes by the same way as another: `rota publish`, `minutes new` and `actions add` stand for it."""


class Fault(NamedTuple):
    """What goes wrong: at which call of which kind, and how."""

    call: str
    number: int
    how: str

    @property
    def injected(self) -> str:
        """As strace wants it."""
        return f"inject={self.call}:{'signal=KILL' if self.how == 'killed' else 'error=ENOSPC'}:when={self.number}"


@pytest.fixture(scope="module", autouse=True)
def strace() -> None:
    if not shutil.which("strace"):
        pytest.skip("strace is not here, which makes the system fail where we want it to")
    trial = subprocess.run(["strace", "-qq", "-e", "trace=none", "true"], capture_output=True, check=False)
    if trial.returncode:
        pytest.skip("strace may not look at processes here")


def traced(folder: Path, arguments: str, log: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run sigctl in a process of its own under strace, which notes its calls."""
    around = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    command = ["strace", "-f", "-qq", "-y", "-o", str(log), "-e", f"trace={','.join(CALLS)}", *more]
    program = [str(Path(__file__).with_name("earlier.py"))] if arguments == "migrate" else ["-m", "sigctl"]
    command += [sys.executable, *program, *arguments.replace("HERE", str(folder)).split(), *today_of(arguments)]
    return subprocess.run(
        command, cwd=folder, env=around, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False, timeout=60
    )


def today_of(arguments: str) -> tuple[str, ...]:
    return TODAY if not arguments.startswith(("template", "schema", "actions drop", "minutes agree")) else ()


def calls(log: Path, folder: Path) -> Iterator[tuple[str, int]]:
    """The calls of the first process that change something in a folder, each by its kind and its number among those."""
    counted: Counter[str] = Counter()
    first = log.read_text().partition(" ")[0]
    for line in log.read_text().splitlines():
        process, _, what = line.partition(" ")
        found = re.match(r"(\w+)\((.*)", what.strip())
        if process == first and found and found[1] in CALLS:
            counted[found[1]] += 1
            is_new = found[1] != "openat" or "O_CREAT" in found[2]
            if is_new and str(folder) in found[2] and "EEXIST" not in found[2]:
                yield found[1], counted[found[1]]


def faults(log: Path, folder: Path) -> list[Fault]:
    """What to try: all of it, or the two moments of which most can be expected, and a full disk at one of the writes."""
    there = list(calls(log, folder))
    killed = [Fault(*each, "killed") for each in there]
    full = [Fault(*each, "full") for each in there if each[0] in FULL_DISK]
    if IS_WHOLE_SWEEP:
        return [*killed, *full]
    renames = [each for each in killed if each.call in ("rename", "unlink", "pwrite64")]
    writes = [each for each in full if each.call in ("write", "pwrite64")]
    return [*dict.fromkeys([renames[len(renames) // 2], *([renames[-2]] if len(renames) > 4 else [])]), writes[len(writes) // 2]]


def is_of_reading(log: Path) -> bool:
    """Whether the call that failed was to read something: how many files a program opens before may change from run to run."""
    return any("openat(" in line and "O_CREAT" not in line for line in log.read_text().splitlines() if "(INJECTED)" in line)


def texts(folder: Path) -> dict[str, bytes]:
    """What stands in the files, but for those that sigctl keeps for itself."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in OURS and path.suffix not in (".part", ".ics")
    }


def is_old_or_new(now: Mapping[str, bytes], old: Mapping[str, bytes], new: Mapping[str, bytes]) -> bool:
    """Whether each file is as it was or as it shall be, and reads as a whole."""
    for file in {file for file in {*now, *old, *new} if file != ".sigctl/forgetting.json" and not file.startswith(".sigctl/backup-")}:
        assert now.get(file) in (old.get(file), new.get(file)), f"{file} is neither the old one nor the new one"
        if file.endswith(".yaml") and file in now:
            assert parse(file, now[file].decode("utf-8")).is_whole, file
    return True


def messages(folder: Path) -> list[tuple[str, str]]:
    """What is in the outbox: to whom, and what. Calendars are whole, too."""
    for path in folder.rglob("*.ics"):
        assert re.fullmatch(r"BEGIN:VCALENDAR\r\n.*END:VCALENDAR\r\n", path.read_bytes().decode("utf-8"), re.DOTALL), path
    if not (folder / ".sigctl" / "state.sqlite").exists():
        return []
    with state(folder) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return sorted((each.person, each.title) for each in Outbox(connection).entries())


def without(found: Mapping[str, bytes], case: Case) -> dict[str, bytes]:
    """What was found, without copies, and without what may stay."""
    return {file: text for file, text in found.items() if file not in case.may_stay and not file.startswith(".sigctl/backup-")}


def prepared(folder: Path, case: Case, sigctl: Run) -> Path:
    hardened(folder)
    if case.arguments == "migrate":
        for file in ("sigctl.yaml", "people.yaml"):
            text = (folder / file).read_text(encoding="utf-8").replace(" post:", " role:").replace("{post:", "{post: ")
            (folder / file).write_text(text.replace("sigctl: 1", "sigctl: 0"), encoding="utf-8")
    for each in case.before:
        done = sigctl(*each.split(), "-w", folder, *TODAY)
        assert done.code == 0, done.err
    return folder


def copied(start: Path, work: Path, case: Case, sigctl: Run) -> None:
    """A fresh copy to work in, from which messages may leave where the case sends any."""
    shutil.copytree(start, work)
    (work.parent / "poll.csv").write_text("Name,2026-11-10,2026-11-11\nAnn Enghraifft,,OK\nMair Enghraifft,OK,\n", encoding="utf-8")
    if case.code:
        assert sigctl("outbox", "confirm", "-w", work).code == 0


@pytest.mark.parametrize("name", CASES)
def test_each_file_is_the_old_one_or_the_new_one(name: str, tmp_path: Path, sigctl: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    if name in LEFT_OUT and not IS_WHOLE_SWEEP:
        pytest.skip("SIGCTL_FAULTS=all tries it: it writes as another one does")
    case, start = CASES[name], tmp_path / "start"
    prepared(start, case, sigctl)
    monkeypatch.setattr(versions, "STEPS", earlier.STEPS if name == "migrate" else ())
    if name == "init":
        shutil.rmtree(start)
        start.mkdir()
    work, log = tmp_path / "work", tmp_path / "log"
    copied(start, work, case, sigctl)
    whole = traced(work, case.arguments, log)
    assert whole.returncode == case.code, whole.stderr
    old, new, told = texts(start), texts(work), messages(work)
    tried = faults(log, work)[: 1 if name in ALIKE and not IS_WHOLE_SWEEP else None]
    for fault in tried:
        shutil.rmtree(work)
        copied(start, work, case, sigctl)
        done = traced(work, case.arguments, log, "-e", fault.injected)
        now = texts(work)
        assert is_old_or_new(now, old, new), fault
        if fault.how == "full" and is_of_reading(log):
            continue
        if fault.how == "full":
            assert done.returncode == 74 or (done.returncode == case.code and now == new), (fault, done.stderr)
            assert "Traceback" not in done.stderr
            assert "No space left on device" in done.stderr or done.returncode == case.code
            assert not list(work.rglob("*.part")), fault
        else:
            assert done.returncode in (-9, 137), (fault, done.returncode, done.stderr)
        monkeypatch.chdir(work)
        again = sigctl(*case.arguments.replace("HERE", str(work)).split(), *today_of(case.arguments))
        assert again.code in case.again, (fault, again.err)
        assert messages(work) == told, fault
        if again.code == case.code and not case.is_repeated:
            assert without(texts(work), case) == without(new, case), fault
        elif again.code != case.code:
            assert without(now, case) == new, f"{fault}: it is refused, though it is not done: {again.err}"
