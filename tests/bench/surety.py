"""How sure is it, and what drives it? Draws beside the same arithmetic in NumPy alone, and beside other libraries."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import numpy as np
from SALib.analyze import sobol as salib

from scoring.model import DrawSettings, FloatArray
from scoring.sensitivity import sensitivity
from scoring.sobol import RESAMPLES, sobol
from scoring.start import start_of
from scoring.uncertainty import uncertainty
from tests.bench import plain
from tests.bench.grid import blanks, framework, panel
from tests.bench.peak import growth
from tests.bench.peers import pydecision_seconds
from tests.bench.row import Row
from tests.bench.scoring import as_if_serving

ROUNDS = 7
DRAWS, RUNS = 10_000, 60_000
WEIGHTS = DrawSettings(goalposts=0, other_rule=0, missing=False, evidence=False)
ALL = DrawSettings()
# Units and measurements: a large award round, and the panel that another tool's published time is of.
LARGE, USUAL = (400, 60), (51, 49)
_MEMORY = """
import sys
from tests.bench.peak import peak
from tests.bench.surety import ALL, LARGE, USUAL, WEIGHTS, drawing

which, draws = sys.argv[1], int(sys.argv[2])
size, settings = (LARGE, WEIGHTS) if which == "weights" else (USUAL, ALL)
drawing(size, settings, 500)()
work = drawing(size, settings, draws)
before = peak()
work()
print(before, peak())
"""


def rows() -> list[Row]:
    """The figures of this benchmark; takes about a minute."""
    as_if_serving()
    return [*_weights(), *_all_choices(), *_drivers(), *_memory(), _many()]


def drawing(size: tuple[int, int], settings: DrawSettings, draws: int) -> Callable[[], object]:
    """The work of all intervals for so many units and measurements."""
    asked, units = framework(size[1]), panel(*size, gaps=False)
    if settings.missing:
        units = blanks(units)
    widths, everybody = _widths(size) * settings.evidence, np.ones(size[0], dtype=bool)
    how = DrawSettings(
        draws=draws,
        goalposts=settings.goalposts,
        other_rule=settings.other_rule,
        missing=settings.missing,
        evidence=settings.evidence,
    )
    return lambda: uncertainty(asked, units, "full", widths, everybody, how)


def _widths(size: tuple[int, int]) -> FloatArray:
    """Half-widths of all evidence grades, by chance."""
    grades = [grade.half_width for grade in framework(size[1]).rules.evidence_grades]
    return np.random.default_rng(3).choice(grades, size)


def in_turn(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The fastest of some runs of each in seconds, one after the other, so that the neighbours meet all alike."""
    return _in_turn(works, rounds, time.perf_counter)


def cpu_in_turn(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The same in processor time, for works so unlike in length that the neighbours cannot meet them alike."""
    return _in_turn(works, rounds, time.process_time)


def _in_turn(works: Sequence[Callable[[], object]], rounds: int, clock: Callable[[], float]) -> list[float]:
    for work in works:
        work()
    fastest = [float("inf")] * len(works)
    for _ in range(rounds):
        for k, work in enumerate(works):
            start = clock()
            work()
            fastest[k] = min(fastest[k], clock() - start)
    return fastest


def _weights() -> list[Row]:
    units, leaves = LARGE
    plan_weights = np.ones(leaves) / leaves
    points = np.random.default_rng(2).uniform(0, 100, LARGE)
    ours, bare = in_turn(
        drawing(LARGE, WEIGHTS, DRAWS),
        lambda: plain.weights_alone(points, plan_weights, DRAWS),
    )
    found = [Row(f"{DRAWS:,} weights, {units} x {leaves}, all intervals", ours, "s", bare, 1, 0.15)]
    peer = pydecision_seconds(units, leaves)
    if peer is not None:
        note = f"{DRAWS:,} times pyDecision's saw, its scores alone"
        found.append(Row("the same beside pyDecision", ours, "s", peer * DRAWS, 0.05, note=note))
    return found


def _all_choices() -> list[Row]:
    asked = framework(USUAL[1])
    start = start_of(asked, blanks(panel(*USUAL, gaps=False)), "full", _widths(USUAL), ALL)
    tree = plain.tree_of(start)
    ours, bare = in_turn(drawing(USUAL, ALL, DRAWS), lambda: plain.all_choices(tree, ALL), rounds=4)
    return [Row(f"{DRAWS:,} of all five choices, {USUAL[0]} x {USUAL[1]}", ours, "s", bare, 1, 0.5)]


def _drivers() -> list[Row]:
    asked, settings = framework(USUAL[1]), DrawSettings(draws=RUNS)
    start = start_of(asked, blanks(panel(*USUAL, gaps=False)), "full", _widths(USUAL), settings)
    tree, everybody = plain.tree_of(start), np.ones(USUAL[0], dtype=bool)
    usual = np.arange(1.0, USUAL[0] + 1)
    ours, bare = in_turn(
        lambda: sensitivity(start, usual, everybody, 1, settings),
        lambda: plain.indices(*plain.outcomes(tree, settings)),
        rounds=3,
    )
    moved = plain.outcomes(tree, settings)
    names = [f"x{k}" for k in range(len(moved[2]))]
    problem = {"num_vars": len(names), "names": names, "bounds": [[0, 1]] * len(names)}
    together = np.column_stack([moved[0], *moved[2], moved[1]]).ravel()

    def theirs() -> object:
        return salib.analyze(problem, together, False, RESAMPLES, print_to_console=False, seed=1)

    limits, peer, plainly = in_turn(
        lambda: sobol(*moved, np.random.default_rng(1)), theirs, lambda: plain.indices(*moved)
    )
    return [
        Row(f"{RUNS:,} Sobol runs with limits, {USUAL[0]} x {USUAL[1]}", ours, "s", bare, 1, 0.6),
        Row("their indices and limits alone", limits * 1e3, "ms", plainly * 1e3, 1),
        Row("the same beside SALib's analyze", limits * 1e3, "ms", peer * 1e3, 1),
    ]


def _memory() -> list[Row]:
    found = []
    for which, name in (("all", "all choices"), ("weights", "weights")):
        few, many = (growth(_MEMORY, [which, str(draws)]) for draws in (DRAWS, 10 * DRAWS))
        found.append(
            Row(f"memory of {10 * DRAWS:,} draws of {name}", many, "MB", few, 2, note="beside a tenth")
        )
    return found


def _many() -> Row:
    units, leaves = LARGE
    few, many = in_turn(drawing(LARGE, ALL, 1_000), drawing((10 * units, leaves), ALL, 1_000), rounds=3)
    name = f"1,000 draws of all, {10 * units:,} x {leaves}, CPU"
    return Row(name, many, "s", few, 12, note=f"beside {units} x {leaves}")
