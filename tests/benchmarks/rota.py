"""How long `sigctl rota` takes, from files to the written draft, on workspaces of real schools by size and by tightness.

    python tests/benchmarks/rota.py SHARED            every row; a few minutes
    python tests/benchmarks/rota.py SHARED 7 15       rows of these sizes
    python tests/benchmarks/rota.py SHARED tight      rows whose name begins so

SHARED is the folder with `tools/make_workspace.py` and `tools/check_rota.py`. Each row runs the whole command in a process of
its own. `limit` is what was promised on 2 cores in seconds of the clock; `processor` is what the process itself used, which is
the one to compare where other work goes on. The judge reads the files by itself; "ok" is no breach and the same values.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TIGHT = "--crowding 1.2 --absences 8 --from 2026-11-02 --to 2026-12-18"
LIMITS = {7: 1.5, 15: 2.0, 30: 5.0, 60: 30.0}


class Row(NamedTuple):
    """A workspace to make, and the seconds promised for it."""

    name: str
    arguments: str
    limit: float


class Run(NamedTuple):
    """What one run of the command did."""

    code: int
    seconds: float
    processor: float
    said: str


def rows() -> Iterator[Row]:
    """Every workspace, small ones first."""
    for size, limit in LIMITS.items():
        for seed in (1, 2, 3):
            yield Row(f"{size} seed {seed}", f"--around 6744105 --schools {size} --seed {seed}", limit)
    for size, limit in ((15, 10.0), (20, 13.0)):
        for seed in range(1, 7):
            yield Row(f"tight {size} seed {seed}", f"--around 6744105 --schools {size} --seed {seed} {TIGHT}", limit)
    weeks = "--around 6704078 --schools 15 --crowding 1.3 --from 2027-01-04 --to 2027-02-05 --absences 4"
    for seed in (43, 45, 46, 47):
        yield Row(f"weeks 15 seed {seed}", f"{weeks} --seed {seed}", 10.0)


def run(folder: Path) -> Run:
    """The whole command, with its draft written."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    before, began = os.times(), time.perf_counter()
    command = [sys.executable, "-m", "sigctl", "rota", "--workspace", str(folder), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(done.returncode, time.perf_counter() - began, used, done.stdout)


def judged(shared: Path, folder: Path, said: str) -> str:
    """What the judge says of a printed rota."""
    rota = folder.with_suffix(".json")
    rota.write_text(said, encoding="utf-8")
    judge = [sys.executable, str(shared / "tools" / "check_rota.py"), str(folder), str(rota)]
    done = subprocess.run(judge, capture_output=True, text=True, check=False)
    values = json.loads(done.stdout.splitlines()[-1])
    same = all(values[goal["name"]] == goal["value"] for goal in json.loads(said)["goals"])
    return "ok" if values["breaches"] == 0 and same else f"{values['breaches']} breaches, {values}"


def line(shared: Path, row: Row, folder: Path) -> str:
    """Make a workspace, run the command, and say how it went."""
    make = [sys.executable, str(shared / "tools" / "make_workspace.py"), str(folder), *row.arguments.split()]
    subprocess.run(make, check=True)
    result = run(folder)
    told = json.loads(result.said) if result.said else {"status": f"exit {result.code}", "goals": []}
    values = ", ".join(f"{goal['value']:g} ≥ {goal['bound']:g}" for goal in told["goals"])
    verdict = judged(shared, folder, result.said) if told["goals"] else "-"
    kept = "" if result.seconds <= row.limit else "  over the limit"
    return f"{row.name:18} {row.limit:5.1f} {result.seconds:8.2f} {result.processor:9.2f}  {told['status']:11} {values:22} {verdict}{kept}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("names", nargs="*", help="how the names of rows to run begin")
    chosen = parser.parse_args()
    print(f"{'workspace':18} limit  seconds processor  {'status':11} {'fairness, travel':22} judge")
    with tempfile.TemporaryDirectory() as folder:
        for row in rows():
            if not chosen.names or any(row.name.startswith(name + " ") for name in chosen.names):
                print(line(chosen.shared, row, Path(folder, row.name.replace(" ", "-"))), flush=True)


if __name__ == "__main__":
    main()
