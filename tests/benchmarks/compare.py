"""sigctl's planner beside two rivals, on the same workspaces of real schools, in one run.

    python tests/benchmarks/compare.py SHARED                    everything; some hours
    python tests/benchmarks/compare.py SHARED 7 15 --limit 10    only these sizes, and no longer than 10 seconds each
    python tests/benchmarks/compare.py SHARED 30 --only loose -o measures.json

SHARED is the folder with `tools/make_workspace.py` and `tools/check_rota.py`. The rivals are `one_model.py`, one CP-SAT model of
everything with two workers, and `secretary.py`, a greedy planner with repairs. All read the same files into the same case, share
no search, and have a process of their own each time, which is ended when it overruns. Each is run once for every time limit, as a
user would; once it has a proof, longer limits are not tried. Clocks start when the files have been read.

Each rota is judged by `check_rota.py` and by sigctl's own judge; a rota that breaks a rule is shown as such. A cell says fairness
(days between the largest balance and the smallest) and, where nobody knows a fairer one, by how many hundredths its travel may lie
above the best bound that anyone has proved at that fairness: "2, 0%" is a best rota, though perhaps without the proof; "5" is a rota
that is not as fair as another.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from processes import ended

ROOT = Path(__file__).resolve().parents[2]
LIMITS = {7: (1, 10, 60), 15: (1, 10, 60), 30: (1, 10, 60), 60: (1, 10, 60), 150: (1, 10, 60, 90), 500: (10, 60, 300, 600)}
TIGHT = "--crowding 1.2 --absences 8"
WEEKS = {7: "2026-12-04", 15: "2026-12-18", 30: "2026-12-18", 60: "2026-12-18", 150: "2027-02-05", 500: "2027-03-19"}
PLANNERS = ("sigctl", "one model", "secretary")
GRACE = 60.0
"""Seconds that a planner may overrun its limit before it is ended."""
MEMORY = 8 << 30
"""Bytes that a planner may take."""


class Row(NamedTuple):
    """A workspace to make."""

    schools: int
    dates: str
    arguments: str


class Run(NamedTuple):
    """What a planner did within a limit: what it says, what the judges say, and its memory in MB."""

    limit: int
    told: dict[str, Any]
    verdict: str
    memory: int

    @property
    def fairness(self) -> int | None:
        """Of a sound rota; None without one."""
        return None if self.verdict != "ok" else self.told["fairness"]


def rows(sizes: Sequence[int], only: str) -> Iterator[Row]:
    """Loose dates are two terms and few absences; tight ones some weeks and many."""
    for size in sizes:
        place = "--sectors Primary --around 6744105 --to 2027-07-01" if size == 500 else "--around 6744105"
        common = f"{place} --schools {size} --seed 1"
        if only in ("", "loose"):
            yield Row(size, "loose", common)
        if only in ("", "tight"):
            yield Row(size, "tight", f"{common} {TIGHT} --to {WEEKS[size]}")


def measured(shared: Path, row: Row, folder: Path, limit: int) -> dict[str, list[Run]]:
    """Every planner within every limit."""
    make = [sys.executable, str(shared / "tools" / "make_workspace.py"), str(folder), *row.arguments.split()]
    subprocess.run(make, check=True)
    found: dict[str, list[Run]] = {}
    for planner in PLANNERS:
        for seconds in [each for each in LIMITS[row.schools] if each <= limit]:
            runs = found.setdefault(planner, [])
            if not (runs and runs[-1].told.get("proved")):
                runs.append(run(shared, folder, planner, seconds))
                print(f"  {planner}, {seconds} s: {_cell(runs[-1], found)} {runs[-1].verdict}", file=sys.stderr, flush=True)
    return found


def run(shared: Path, folder: Path, planner: str, limit: int) -> Run:
    """One planner, in a process of its own."""
    command = [sys.executable, __file__, "--plan", planner, "--limit", str(limit), str(folder)]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, env={**os.environ, "PYTHONPATH": str(ROOT)})
        memory = ended(process, limit + GRACE).memory
        out.seek(0)
        said = out.read().decode()
        if not said:
            err.seek(0)
            return Run(limit, {}, _reason(err.read().decode()), memory)
    told = json.loads(said)
    return Run(limit, told, judged(shared, folder, told), memory)


def _reason(said: str) -> str:
    """Why a process ended without a word."""
    return (said.strip().splitlines() or ["ended"])[-1][:60]


def judged(shared: Path, folder: Path, told: dict[str, Any]) -> str:
    """What both judges say; the figures that are compared are those of `check_rota.py`."""
    if "visits" not in told:
        return "no rota exists, it says" if told.get("infeasible") else "none"
    sys.path.insert(0, str(shared / "tools"))
    import check_rota
    import rota_problem

    from sigctl.rota.plan import PlannedVisit
    from sigctl.rota.rules import rules_of
    from sigctl.rota.standing import standing
    from sigctl.rota.verify import breaches

    problem = rota_problem.read(folder)
    visits = [{**each, "dates": [date.fromisoformat(day) for day in each["dates"]]} for each in told["visits"]]
    broken = [*check_rota.breaches(problem, {"visits": visits})]
    case = _case(folder)
    planned = [PlannedVisit(each["host"], tuple(each["dates"]), each["lead"], tuple(each["team"])) for each in visits]
    broken += map(str, breaches(case, rules_of(case.rules), standing(case, planned).roster))
    told.update(check_rota.goals(problem, {"visits": visits}))
    return "ok" if not broken else f"breaks {len(broken)} rules: {broken[0]}"


def bounds(found: dict[str, list[Run]]) -> tuple[float, float]:
    """The best proved bounds: of fairness, and of travel at the best fairness that anybody reached."""
    runs = [each for runs in found.values() for each in runs if each.told.get("bounds")]
    fairness = max((each.told["bounds"].get("fairness", 0) for each in runs), default=0)
    best = min((each.fairness for runs in found.values() for each in runs if each.fairness is not None), default=None)
    of_travel = [each.told["bounds"].get("travel", 0) for each in runs if each.fairness == best]
    return fairness, max(of_travel, default=0)


def _cell(run: Run, found: dict[str, list[Run]]) -> str:
    """What a planner had reached within a limit."""
    if run.fairness is None:
        return "–" if run.verdict in ("none", "ok") or not run.told else run.verdict
    _, travel = bounds(found)
    best = min(each.fairness for runs in found.values() for each in runs if each.fairness is not None)
    late = "*" if run.told["seconds"] > 1.25 * run.limit + 1 else ""
    if run.fairness > best or not travel:
        return f"{run.fairness:g}{late}"
    return f"{run.fairness:g}, {_percent(run.told['travel'], travel)}{late}"


def _percent(value: float, bound: float) -> str:
    gap = 100 * (value - bound) / value if value else 0.0
    return "0%" if gap < 0.0005 else f"{gap:.2g}%" if gap < 10 else f"{gap:.0f}%"


def lines(row: Row, found: dict[str, list[Run]], limits: Sequence[int]) -> Iterator[str]:
    """A line of the table for each planner."""
    for planner, runs in found.items():
        last = runs[-1]
        first = next((f"{each.told['first']:.1f}" for each in reversed(runs) if each.told.get("first") is not None), "–")
        proof = f"{last.told['seconds']:.1f}" if last.told.get("proved") else "–"
        known = {each.limit: _cell(each, found) for each in runs}
        cells = [known.get(limit, _cell(last, found) if limit > last.limit and limit in LIMITS[row.schools] else "") for limit in limits]
        start = [str(row.schools), row.dates, planner, first, proof]
        yield f"| {' | '.join([*start, *cells, f'{max(each.memory for each in runs):,}'])} |"


def table(results: Sequence[tuple[Row, dict[str, list[Run]]]], limit: int) -> Iterator[str]:
    """The whole table, as Markdown."""
    limits = sorted({each for row, _ in results for each in LIMITS[row.schools] if each <= limit})
    head = ["schools", "dates", "planner", "first rota, s", "proof, s", *(f"at {each} s" for each in limits), "MB"]
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row, found in results:
        yield from lines(row, found, limits)


def _case(folder: Path) -> Any:
    from sigctl.cluster import load
    from sigctl.rota.gathering import case_of

    cluster, _ = load(folder)
    return case_of(cluster, next(iter(cluster.cycles.values())))


def plan(planner: str, folder: Path, limit: float) -> dict[str, Any]:
    """What a planner makes of a workspace, within some seconds; in the process in which this runs."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if planner == "sigctl":
        return _plan_with_sigctl(folder, limit)
    rival = import_module(planner.replace(" ", "_"))
    case = _case(folder)
    began = time.monotonic()
    told: dict[str, Any] = rival.plan(case, limit, began)
    told["seconds"] = time.monotonic() - began
    rota = told.pop("rota", None)
    if rota:
        told["visits"] = [_visit(case, number, placed) for number, placed in rota.items()]
    return told


def _visit(case: Any, number: int, placed: Any) -> dict[str, Any]:
    visit, people = case.visits[number], case.reviewers
    days = [case.day(placed.start + later).isoformat() for later in range(visit.days)]
    team = [people[each].id for each in placed.team]
    return {"host": case.schools[visit.host].id, "dates": days, "lead": team[0], "team": team}


def _plan_with_sigctl(folder: Path, limit: float) -> dict[str, Any]:
    from sigctl.cluster import load
    from sigctl.rota.planning import plan_rota
    from sigctl.rota.progress import Progress

    cluster, _ = load(folder)
    cycle = next(iter(cluster.cycles.values()))
    began, told = time.monotonic(), {}

    def hear(progress: Progress) -> bool:
        passed = time.monotonic() - began
        if progress.visits_placed == len(cycle.visits):
            told.setdefault("first", passed)
        return passed > limit

    plan = plan_rota(cluster, cycle, progress=hear)
    told["seconds"] = time.monotonic() - began
    told["proved"] = plan.status.value in ("optimal", "infeasible")
    told["infeasible"] = plan.status.value == "infeasible"
    if plan.visits:
        told["bounds"] = {goal.name: goal.bound for goal in plan.goals}
        told["visits"] = [
            {"host": each.host, "dates": [day.isoformat() for day in each.dates], "lead": each.lead, "team": list(each.team)}
            for each in plan.visits
        ]
        told.setdefault("first", told["seconds"])
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--limit", type=int, default=600)
    parser.add_argument("--only", choices=("loose", "tight"), default="")
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--plan", choices=PLANNERS, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.plan:
        json.dump(plan(chosen.plan, chosen.shared, chosen.limit), sys.stdout)
        sys.stdout.flush()
        os._exit(0)
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(chosen.sizes or list(LIMITS), chosen.only):
            print(f"{row.schools} {row.dates}", file=sys.stderr, flush=True)
            results.append((row, measured(chosen.shared.resolve(), row, Path(folder, f"{row.schools}-{row.dates}"), chosen.limit)))
    print("\n".join(table(results, chosen.limit)))
    if chosen.output:
        told = [
            {"row": row._asdict(), "runs": {name: [each._asdict() for each in runs] for name, runs in found.items()}}
            for row, found in results
        ]
        chosen.output.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
