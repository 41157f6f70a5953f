"""How long `sigctl rota` takes, from files to the written draft, on workspaces of real schools by size and by tightness.

    python tests/benchmarks/rota.py SHARED            every row; a few minutes
    python tests/benchmarks/rota.py SHARED 7 15       rows of these sizes
    python tests/benchmarks/rota.py SHARED tight      rows whose name begins so

SHARED is the folder with `tools/make_workspace.py` and `tools/check_rota.py`. Each row runs the whole command in a process of
its own. `limit` is what was promised on 2 cores in seconds of the clock; `processor` is what the process itself used, which is
the one to compare where other work goes on; memory is the most that it took. The judge reads the files by itself; "ok" is no
breach and the same values. `gap` is by how many hundredths the judged travel lies above the proved bound. From 150 schools on the
command is given its limit as `--time-limit`; the other rows end by themselves.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from processes import Used, ended

NATION = "--sectors Primary --around 6744105 --schools 500 --to 2027-07-01"
ROOT = Path(__file__).resolve().parents[2]
TIGHT = "--crowding 1.2 --absences 8 --from 2026-11-02 --to 2026-12-18"
LIMITS = {7: 1.5, 15: 2.0, 30: 5.0, 60: 30.0}


class Row(NamedTuple):
    """A workspace to make, and the seconds promised for it."""

    name: str
    arguments: str
    limit: float
    options: tuple[str, ...] = ()


class Run(NamedTuple):
    """What one run of the command took, and what it printed."""

    used: Used
    said: str


def rows() -> Iterator[Row]:
    """Every workspace, small ones first."""
    for size, limit in LIMITS.items():
        for seed in (1, 2, 3):
            yield Row(f"{size} seed {seed}", f"--around 6744105 --schools {size} --seed {seed}", limit)
    for size, limit in ((15, 10.0), (20, 13.0), (30, 25.0)):
        for seed in (*range(1, 8), 103, 104):
            yield Row(f"tight {size} seed {seed}", f"--around 6744105 --schools {size} --seed {seed} {TIGHT}", limit)
    yield Row("150 seed 1", "--around 6744105 --schools 150 --seed 1", 90.0, ("--time-limit", "90"))
    yield Row("500 seed 1", f"{NATION} --seed 1", 600.0, ("--time-limit", "600"))
    weeks = "--around 6704078 --schools 15 --crowding 1.3 --from 2027-01-04 --to 2027-02-05 --absences 4"
    for seed in (43, 45, 46, 47):
        yield Row(f"weeks 15 seed {seed}", f"{weeks} --seed {seed}", 10.0)
    weeks = "--around 6744105 --schools 30 --crowding 1.2 --from 2027-01-04 --to 2027-02-05 --absences 4"
    for seed in (1, 2, 3):
        yield Row(f"weeks 30 seed {seed}", f"{weeks} --seed {seed}", 25.0)


def run(folder: Path, options: tuple[str, ...] = ()) -> Run:
    """The whole command, with its draft written."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "sigctl", "rota", "--workspace", str(folder), "--format", "json", *options]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        used = ended(subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, env=environment))
        out.seek(0)
        return Run(used, out.read())


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
    result = run(folder, row.options)
    told = json.loads(result.said) if result.said else {"status": f"exit {result.used.code}", "goals": []}
    values = ", ".join(f"{goal['value']:g} ≥ {goal['bound']:g}" for goal in told["goals"])
    verdict = judged(shared, folder, result.said) if told["goals"] else "-"
    kept = "" if result.used.seconds <= row.limit else "  over the limit"
    figures = f"{row.limit:5.1f} {result.used.seconds:8.2f} {result.used.processor:9.2f} {result.used.memory:6,}"
    return f"{row.name:18} {figures}  {told['status']:11} {values:24} {gap(told):>7}  {verdict}{kept}"


def gap(told: dict[str, Any]) -> str:
    """How far travel may lie above the best possible."""
    travel = next((goal for goal in told["goals"] if goal["name"] == "travel"), None)
    return f"{100 * (travel['value'] - travel['bound']) / travel['value']:.3f}%" if travel and travel["bound"] else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("names", nargs="*", help="how the names of rows to run begin")
    chosen = parser.parse_args()
    print(f"{'workspace':18} limit  seconds processor     MB  {'status':11} {'fairness, travel':24} {'gap':>7}  judge")
    with tempfile.TemporaryDirectory() as folder:
        for row in rows():
            if not chosen.names or any(row.name.startswith(name + " ") for name in chosen.names):
                print(line(chosen.shared, row, Path(folder, row.name.replace(" ", "-"))), flush=True)


if __name__ == "__main__":
    main()
