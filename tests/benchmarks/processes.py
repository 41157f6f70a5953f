"""A process of its own for each thing that is measured: its time, its memory, and its end where it overruns."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import NamedTuple


class Used(NamedTuple):
    """How a process ended, its seconds by the clock and of the processor, and the most memory that it took, in MB."""

    code: int
    seconds: float
    processor: float
    memory: int


def ended(process: subprocess.Popen, most: float = 86_400.0) -> Used:  # type: ignore[type-arg]
    """Wait for a process, and end it after so many seconds."""
    began, memory = time.monotonic(), 0
    while True:
        memory = max(memory, _memory(process.pid))
        number, status, used = os.wait4(process.pid, os.WNOHANG)
        if number:
            process.returncode = os.waitstatus_to_exitcode(status)
            return Used(process.returncode, time.monotonic() - began, used.ru_utime + used.ru_stime, memory or used.ru_maxrss // 1024)
        if time.monotonic() - began > most:
            os.kill(process.pid, signal.SIGKILL)
        time.sleep(0.02)


def _memory(process: int) -> int:
    """The peak until now, as Linux tells it; what a process reports at its end counts that of its parent."""
    try:
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace"))
    except OSError:
        return 0
    return int(found[1]) // 1024 if found else 0
