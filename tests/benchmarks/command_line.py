"""How long sigctl takes to answer, beside Python's own start, and to check a large region.

    python tests/benchmarks/command_line.py SHARED

SHARED is the folder with `tools/make_workspace.py`. Each command runs ten times after one run that is not counted; the table
shows the median in milliseconds of the clock and its ratio to `python -c pass`. What was promised on 2 cores: `--version` and
completion 2.5 times, `--help` 10 times, checking 1,500 schools and 6,000 people 3 seconds and 300 MB.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMPLETION = {"_SIGCTL_COMPLETE": "complete_bash", "COMP_WORDS": "sigctl ro", "COMP_CWORD": "1"}
REGION = "--schools 1500 --sectors Primary Secondary Middle Special Nursery --reviewers 4 --seed 1"


def milliseconds(command: Sequence[str], extra: dict[str, str] | None = None, runs: int = 10) -> float:
    """The median time of a command."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **(extra or {})}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    times = []
    for _ in range(runs + 1):
        began = time.perf_counter()
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
        times.append(1000 * (time.perf_counter() - began))
    return statistics.median(times[1:])


def memory(command: Sequence[str]) -> int:
    """The largest memory of a command, in MB."""
    import resource

    subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, check=False)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    shared = parser.parse_args().shared
    sigctl = [sys.executable, "-m", "sigctl"]
    start = milliseconds([sys.executable, "-c", "pass"])
    rows = {
        "python -c pass": start,
        "sigctl --version": milliseconds([*sigctl, "--version"]),
        "completion": milliseconds(sigctl, COMPLETION),
        "sigctl --help": milliseconds([*sigctl, "--help"]),
    }
    for name, taken in rows.items():
        print(f"{name:30} {taken:8.0f} ms {taken / start:6.1f}")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, str(shared / "tools" / "make_workspace.py"), folder, *REGION.split()], check=True)
        check = [*sigctl, "check", "-w", folder]
        print(f"{'check of 1,500 schools':30} {milliseconds(check, runs=3):8.0f} ms {memory(check):6} MB")


if __name__ == "__main__":
    main()
