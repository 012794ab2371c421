"""Other libraries that do a part of the same work, each in an environment that `make bench` makes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.bench.visitor import ROOT

PYTHON = Path(sys.prefix) / "peers" / "bin" / "python"
# Its weighted sum alone, without printing and plotting; ranks it would give in a picture only.
_PYDECISION = """
import importlib.util, sys, time
from importlib.metadata import distribution
import numpy as np

path = distribution("pydecision").locate_file("pyDecision/algorithm/saw.py")
found = importlib.util.spec_from_file_location("saw", path)
module = importlib.util.module_from_spec(found)
found.loader.exec_module(module)
units, leaves, draws = map(int, sys.argv[1:])
random = np.random.default_rng(2021)
values = random.uniform(1, 100, (units, leaves))
weights = random.uniform(0.75, 1.25, (draws, leaves))
weights /= weights.sum(axis=1, keepdims=True)
kinds, times = ["max"] * leaves, []
for _ in range(3):
    start = time.perf_counter()
    for weight in weights:
        module.saw_method(values, kinds, weight, graph=False, verbose=False)
    times.append(time.perf_counter() - start)
print(min(times) / draws)
"""


def pydecision_seconds(units: int, leaves: int, draws: int = 300) -> float | None:
    """How long pyDecision's weighted sum (saw) takes for one vector of weights; None where it is not there."""
    if not PYTHON.exists():
        return None
    command = [str(PYTHON), "-c", _PYDECISION, str(units), str(leaves), str(draws)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout)
