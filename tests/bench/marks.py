"""A jury's marks: severity, rank bands, assignment and slates, beside the same arithmetic done plainly."""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.stats import rankdata

from actions.judging_limits import limits
from scoring.marks.agreement import agreement
from scoring.marks.assignment import assign
from scoring.marks.bands import mark_bands
from scoring.marks.severity import severity
from scoring.marks.sheet import Marks, marks_of, slabs
from scoring.model import DrawSettings, FloatArray
from scoring.slate_problem import Candidates, SlateRules
from scoring.slates import slates
from tests.bench.row import Row
from tests.bench.surety import cpu_in_turn

JURORS, CITIES, CRITERIA = 12, 60, 8
CANDIDATES = 100
ROUNDS = 4


def rows() -> list[Row]:
    """The figures of this benchmark; takes about twenty seconds."""
    panel, settings = _panel(), DrawSettings()
    size = f"{CITIES} x {JURORS} x {CRITERIA}"
    ours, bare = cpu_in_turn(lambda: severity(panel, limits()), lambda: _mixed_models(panel), rounds=ROUNDS)
    found = [
        Row(f"severity, {size}, CPU", ours, "s", bare, 2, 0.2, "beside whole equations, variances given")
    ]
    widths = np.full((CITIES, CRITERIA), 0.1)
    ours, bare = cpu_in_turn(
        lambda: mark_bands(panel, settings, widths), lambda: _plain_bands(panel, settings), rounds=ROUNDS
    )
    found.append(Row(f"{settings.draws:,} draws for bands, {size}, CPU", ours, "s", bare, 1, 0.5))
    asked, rules = _award()
    solved = 6 + len(slates(asked, rules).costs)
    ours, bare = cpu_in_turn(
        lambda: slates(asked, rules), lambda: [_scipy(asked, rules) for _ in range(solved)], rounds=ROUNDS
    )
    name = f"six slates and all rules' costs, {CANDIDATES} candidates, CPU"
    found.append(Row(name, ours, "s", bare, 2, 3, f"beside {solved} times scipy's milp"))
    conflicts = np.random.default_rng(1).random((JURORS, CITIES)) < 0.1
    ours, told = cpu_in_turn(
        lambda: assign(conflicts, ~conflicts, 3, np.full(JURORS, 20), 1),
        lambda: agreement(panel, limits()),
        rounds=ROUNDS,
    )
    return [
        *found,
        Row(f"assignment, {JURORS} x {CITIES}, CPU", ours, "s"),
        Row(f"agreement with limits, {size}, CPU", told, "s"),
    ]


def _panel() -> Marks:
    """Marks in halves from 1 to 5, a twentieth of the pairs recused."""
    rng = np.random.default_rng(7)
    quality, strict = rng.normal(3, 0.6, (CITIES, CRITERIA)), rng.normal(0, 0.4, (JURORS, 1, 1))
    values = np.clip(
        np.round(2 * (quality + strict + rng.normal(0, 0.5, (JURORS, CITIES, CRITERIA)))) / 2, 1, 5
    )
    values[rng.random((JURORS, CITIES)) < 0.05] = np.nan
    names = [
        [f"{letter}{k}" for k in range(n)] for letter, n in (("j", JURORS), ("c", CITIES), ("k", CRITERIA))
    ]
    return marks_of(*names, values)


def _mixed_models(panel: Marks) -> list[FloatArray]:
    """City and juror effects of every table from the equations in full."""
    found = []
    for table in slabs(panel):
        i, j = np.nonzero(~np.isnan(table))
        x = np.zeros((len(i), 1 + CITIES + JURORS))
        row = np.arange(len(i))
        x[:, 0] = x[row, 1 + i] = x[row, 1 + CITIES + j] = 1
        ratio = np.diag([0.0] + [0.5] * CITIES + [1.0] * JURORS)
        found.append(np.linalg.solve(x.T @ x + ratio, x.T @ table[i, j]))
    return found


def _plain_bands(panel: Marks, settings: DrawSettings) -> tuple[FloatArray, FloatArray]:
    """Intervals of scores and ranks, and who is above whom, with one line of NumPy or SciPy for each."""
    rng = np.random.default_rng(1)
    there, values = panel.there.astype(float), np.nan_to_num(panel.values)
    whole = np.zeros((CITIES, settings.draws))
    juror = rng.exponential(size=(JURORS, settings.draws))
    weight = 1 + settings.weights * rng.uniform(-1, 1, (CRITERIA, settings.draws))
    for c in range(CRITERIA):
        mean = (values[:, :, c].T @ juror) / (there[:, :, c].T @ juror)
        whole += weight[c] * (mean + 0.1 * rng.uniform(-1, 1, mean.shape))
    whole = np.round(whole / weight.sum(axis=0), 2)
    ranks = rankdata(-whole, method="min", axis=0)
    above = np.array([(row > whole).mean(axis=1) for row in whole])
    return np.quantile(ranks, (0.05, 0.5, 0.95), axis=1), above


def _award() -> tuple[Candidates, SlateRules]:
    rng = np.random.default_rng(3)
    means = np.round(rng.uniform(2, 5, (CANDIDATES, CRITERIA)) * 4) / 4
    criteria = tuple(f"k{c}" for c in range(CRITERIA))
    countries = tuple(f"s{k}" for k in rng.integers(0, 40, CANDIDATES))
    regions = tuple("ABCDE"[int(name[1:]) % 5] for name in countries)
    asked = Candidates(
        tuple(f"c{k}" for k in range(CANDIDATES)),
        means.mean(axis=1),
        countries,
        regions,
        criteria,
        means,
        np.arange(CANDIDATES),
    )
    rules = SlateRules(
        winners=16,
        per_country=1,
        regions=dict.fromkeys("ABCDE", (2, 5)),
        minima=dict.fromkeys(criteria, 2.25),
        bars={"won lately": rng.random(CANDIDATES) < 0.1},
    )
    return asked, rules


def _scipy(asked: Candidates, rules: SlateRules) -> object:
    """The best slate by SciPy's way to the same solver."""
    rows, low, high = [np.ones(CANDIDATES)], [float(rules.winners)], [float(rules.winners)]
    for name in sorted(set(asked.countries)):
        rows.append(np.array([float(one == name) for one in asked.countries]))
        low, high = [*low, 0.0], [*high, 1.0]
    for name, (least, most) in rules.regions.items():
        rows.append(np.array([float(one == name) for one in asked.regions]))
        low, high = [*low, float(least or 0)], [*high, float(most or CANDIDATES)]
    out = rules.bars["won lately"] | (asked.means < 2.25).any(axis=1)
    limits = LinearConstraint(np.array(rows), low, high)
    return milp(-asked.points, constraints=limits, integrality=1, bounds=Bounds(0, 1.0 - out))
