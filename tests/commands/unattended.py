"""A small workspace that has something to do every day, and sigctl run in it as a machine does."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sigctl.deliver.state import state
from sigctl.deliver.witness import confirm

from .conftest import ROOT, Outcome

COMMAND = [sys.executable, "-m", "sigctl"]
SECRETS = ("01443 000001", "head@example.org", "deputy@example.org", "operation on the knee")

FILES = {
    "sigctl.yaml": """\
sigctl: 1
cluster: {{id: small, name: {{cy: Bach, en: Small}}, languages: [en], time_zone: {zone}}}
daily: {{jobs: [{jobs}]}}
{more}
""",
    "people.yaml": """\
schools:
  - {id: coch, name: Ysgol Goch}
  - {id: glas, name: Ysgol Las}
people:
  - id: coch-head
    post: Headteacher
    school: coch
    email: head@example.org
    phone: 01443 000001
    unavailable: [{from: 2026-12-07, to: 2026-12-11, why: operation on the knee}]
  - {id: glas-deputy, post: Deputy, school: glas, email: deputy@example.org}
""",
    "calendars.yaml": """\
calendars:
  - id: y
    year: 2026-27
    terms:
      - {id: autumn, name: Autumn, start: 2026-09-01, end: 2026-12-18, half_term: {from: 2026-10-26, to: 2026-10-30}}
      - {id: spring, name: Spring, start: 2027-01-04, end: 2027-03-19, half_term: {from: 2027-02-08, to: 2027-02-12}}
      - {id: summer, name: Summer, start: 2027-04-05, end: 2027-07-20, half_term: {from: 2027-05-31, to: 2027-06-04}}
""",
    "meetings.yaml": """\
groups:
  - id: strategic
    name: Strategic Group
    kind: strategic
    meets: half-termly
    members: [{person: coch-head}, {person: glas-deputy}]
    officers: [{office: chair, person: coch-head}, {office: secretary, person: glas-deputy}]
meetings:
  - {id: first, group: strategic, date: 2026-11-05, start: "15:30", end: "17:00", venue: Hall}
  - {id: second, group: strategic, date: 2026-12-03, start: "15:30", end: "17:00", venue: Hall}
""",
}


def workspace(folder: Path, *, jobs: str = "papers", zone: str = "Europe/London", more: str = "") -> Path:
    """The workspace, in a folder that may not be there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        filled = text.format(jobs=jobs, zone=zone, more=more) if name == "sigctl.yaml" else text
        (folder / name).write_text(filled, encoding="utf-8")
    return folder


def by_mail(port: int) -> str:
    """The settings of mail through a server on this machine."""
    return f"mail: {{from: office@example.org, server: 127.0.0.1, port: {port}, security: none, timeout: 5}}"


def confirmed(folder: Path) -> Path:
    """The workspace as one that may send from here. HOME must be the test's own."""
    with state(folder) as connection:
        confirm(folder, connection)
    return folder


def unattended(*arguments: object, cwd: Path | str = "/", home: Path | None = None, env: dict[str, str] | None = None) -> Outcome:
    """Run sigctl as cron does: nothing in the environment, nothing to read, another folder."""
    bare = {"PYTHONPATH": str(ROOT), "HOME": str(home or os.environ["HOME"]), **(env or {})}
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)], cwd=cwd, env=bare, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=120
    )
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


@contextmanager
def running(*arguments: object) -> Iterator[subprocess.Popen[bytes]]:
    """sigctl at work, for as long as the test looks on."""
    environment = {"PYTHONPATH": str(ROOT), "HOME": os.environ["HOME"]}
    command = [*COMMAND, *map(str, arguments)]
    with subprocess.Popen(
        command, cwd="/", env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            yield process
        finally:
            process.kill()
