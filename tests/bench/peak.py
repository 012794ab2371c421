"""How much memory a piece of work takes at its height, measured in a process of its own."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.visitor import ROOT


def peak() -> float:
    """The most memory that this process has held so far, in MB."""
    # What the system counts for a process begins with its parent's; Linux tells its own apart.
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = status.read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def growth(code: str, arguments: Sequence[str]) -> float:
    """By how many MB a new process grows in the part of `code` between its calls of peak(), which it prints."""
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    before, after = map(float, done.stdout.split())
    return after - before
