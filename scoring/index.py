"""What is each unit worth on an index, from raw figures to scores with their bracket? One run, step by step.

Figures are prepared (scoring.index_prepare), become points by each measurement's normalisation, get weights
from the data where that is asked for, and are joined up the tree, less what is taken off as a loss. Several
years are one sample: a relative normalisation has the same ends for all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scoring.index_duels import duelled, index_plan, mean_at_top, with_duels
from scoring.index_points import lowest_and_highest, points_of
from scoring.index_prepare import ZERO, Change, Figures, Preparation, Prepared, prepare
from scoring.index_surety import Surety, surety
from scoring.index_weights import weighted_by_data
from scoring.model import BoolArray, DrawSettings, FloatArray, Framework
from scoring.plan import Plan
from scoring.remit import TOLERANCE
from scoring.score import Ready, score_points

# Rules of joining for which points below 0 mean nothing.
NEED_POSITIVE = ("geometric", "harmonic", "power", "mazziotta_pareto")
PERCENT = 100.0
# Shares of weight rarely add up to 1 exactly.
ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class Index:
    """What came out; arrays are the units that are left x nodes, or x codes of measurements.

    `score` is NaN where nothing is known or coverage is too low; `assured` takes every blank at its worst, what
    was filled counting as blank. `lower` and `upper` are the bracket: every blank at its worst and at its best (the
    other way round where a rule of joining has more of a good thing count as less),
    and the score itself where normalisations with other ends put it beyond. `points` are those
    of the measurements, NaN where blank. `framework` has the weights that were used; `kept` says which rows are left.
    """

    framework: Framework
    kept: BoolArray
    nodes: tuple[str, ...]
    codes: tuple[str, ...]
    points: FloatArray
    score: FloatArray
    assured: FloatArray
    lower: FloatArray
    upper: FloatArray
    coverage: FloatArray
    changes: tuple[Change, ...]
    outlying: tuple[str, ...]  # measurements whose outliers nothing could tame
    constant: tuple[str, ...]  # measurements with one value throughout
    surety: Surety | None  # of the whole, where draws were asked for
    values: FloatArray  # as they became points: with what was filled and moved
    ready: Ready  # what was joined into the score, to be joined in another way
    reported: Ready  # the same without what was filled
    plan: Plan  # how it was joined
    basket: str
    missing: str  # the rule for blanks
    rows: tuple[str, ...]  # the name of each row that is left
    years: tuple[str, ...]  # of each row, "" where the data have none
    families: Mapping[
        str, tuple[str, tuple[str, ...]]
    ]  # parent -> the rule for weights by the data, its children

    @property
    def figure(self) -> str:
        """What a blank means in the score: assured (it is at its worst) or reported (it is left out)."""
        return "assured" if self.missing == ZERO else "reported"


@dataclass(frozen=True, eq=False)
class Shown:
    """Points of the leaves, rows x leaves, with the ends that a blank may reach (one a leaf).

    `known` is what was reported, `answered` that and what was filled. `losses` are rows by node's code.
    """

    points: FloatArray
    known: BoolArray
    answered: BoolArray
    low: FloatArray
    high: FloatArray
    losses: Mapping[str, FloatArray]


@np.errstate(over="ignore", invalid="ignore")  # what grows without end is refused by name
def index(
    framework: Framework,
    basket: str,
    figures: Figures,
    how: Preparation,
    families: Mapping[str, str] | None = None,
    draws: DrawSettings | None = None,
) -> Index:
    """The index of every unit on every node of a basket.

    `families` names, by a parent's code, the rule of `scoring.index_weights.FROM_DATA` that finds the weights
    of its children; `draws` asks for intervals of scores and ranks. Raises KeyError for an unknown basket,
    ValueError for a basket without a scored measurement, for figures that a step cannot use (naming code and
    unit), for a loss outside 0-100 and for points below 0 under a rule of joining that needs points above it.
    """
    first = index_plan(framework, basket)
    codes, duels = first.leaf_codes, duelled(framework)
    _refuse_of_duels(framework, draws)
    ready = prepare(framework, codes, figures, how)
    rows = tuple(name for name, stays in zip(figures.rows, ready.kept, strict=True) if stays)
    every = figures.years or ("",) * len(figures.rows)
    years = tuple(year for year, stays in zip(every, ready.kept, strict=True) if stays)
    shown = _shown(framework, codes, rows, figures, ready)

    def scored(using: Framework) -> tuple[tuple[str, ...], FloatArray]:
        plan = index_plan(using, basket)
        return plan.codes, _joined(mean_at_top(plan) if duels else plan, basket, rows, shown, how.missing)[1][
            0
        ]

    alive = set(first.codes)
    by_data = {
        parent: (rule, tuple(child for child in framework.children[parent] if child in alive))
        for parent, rule in (families or {}).items()
    }
    framework = weighted_by_data(framework, by_data, scored)
    plan = index_plan(framework, basket, years)
    by_points = mean_at_top(plan) if duels else plan
    (joined, reported), (score, assured, upper, coverage) = _joined(
        by_points, basket, rows, shown, how.missing
    )
    _refuse_endless(plan, rows, (score, assured, upper))
    _refuse_negative(framework, plan, (score, assured, upper))
    if duels:
        figure = "assured" if how.missing == ZERO else "reported"
        score, assured, upper = with_duels(plan, joined, figure, years, (score, assured, upper))
    sure = None
    if draws is not None:
        known = _known(plan, rows, shown)
        sure = surety(framework, plan, rows, years, ready.values, known, score[:, 0], draws)
    return Index(
        framework=framework,
        kept=ready.kept,
        nodes=plan.codes,
        codes=codes,
        points=shown.points,
        score=score,
        assured=assured,
        lower=np.fmin(np.fmin(assured, upper), score),
        upper=np.fmax(np.fmax(assured, upper), score),
        coverage=np.where(coverage > 1.0 - ROUNDING, 1.0, coverage),
        changes=ready.changes,
        outlying=ready.notes,
        constant=_constant(codes, ready.values),
        surety=sure,
        values=ready.values,
        ready=joined,
        reported=reported,
        plan=plan,
        basket=basket,
        missing=how.missing,
        rows=rows,
        years=years,
        families=by_data,
    )


def _refuse_of_duels(framework: Framework, draws: DrawSettings | None) -> None:
    """ValueError for what duels at the top have no meaning for."""
    if not duelled(framework):
        return
    rule, level = framework.levels[0].aggregation, framework.levels[0].name
    if framework.by_code[framework.root].loss:
        raise ValueError(
            f"{framework.root}: no per cent can be taken off duels, the aggregation {rule!r} of level {level!r}; "
            "take the loss off a node below"
        )
    if draws is not None:
        raise ValueError(
            f"duels are not drawn anew: the aggregation {rule!r} of level {level!r} has no intervals"
        )


def _shown(
    framework: Framework, codes: Sequence[str], rows: Sequence[str], figures: Figures, ready: Prepared
) -> Shown:
    points = points_of(framework, codes, ready.values, rows)
    low, high = lowest_and_highest(framework, codes, points)
    losses = {node.code: figures.columns[node.loss][ready.kept] for node in framework.nodes if node.loss}
    for code, loss in losses.items():
        wrong = np.flatnonzero((loss < 0) | (loss > PERCENT))
        if wrong.size:
            raise ValueError(
                f"{code}: unit {rows[wrong[0]]!r} ({loss[wrong[0]]:g}) has a loss that is no per cent from 0 to 100"
            )
    return Shown(points, ready.known, ~np.isnan(points), low, high, losses)


def _joined(
    plan: Plan, basket: str, rows: tuple[str, ...], shown: Shown, missing: str
) -> tuple[tuple[Ready, Ready], tuple[FloatArray, FloatArray, FloatArray, FloatArray]]:
    """What was joined into the score, and what was reported of it; score, assured, upper and coverage, rows x nodes.

    Where a loss is not known, all under the node counts as blank: nothing is left of it at worst, all at best.
    """
    kept = _kept(plan, rows, shown.losses)
    unknown = np.isnan(kept)
    least = np.zeros((len(plan.codes), 1))
    for at, coverage in plan.thresholds:
        least[at] = coverage
    there = ~_without_loss(plan, kept)[plan.leaves]
    worst = _ready(shown, shown.known.T & there, np.where(unknown, 0.0, kept), least)
    told = score_points(plan, basket, rows, worst)
    upper, score = told.upper, told.reported
    if unknown.any():
        best = replace(worst, answered=shown.known.T, keep=np.where(unknown, 1.0, kept))
        upper = score_points(plan, basket, rows, best).upper
    enough = told.coverage >= least.T - TOLERANCE
    used = worst
    if missing == ZERO:
        score = np.where(enough, told.assured, np.nan)
    elif not np.array_equal(shown.known, shown.answered):
        # Filled values bring a score about, but no coverage: what falls short without them stays out.
        held = np.where(enough.T, 0.0, np.inf)
        used = replace(worst, answered=shown.answered.T & there, thresholds=held)
        score = score_points(plan, basket, rows, used).reported
    return (used, worst), (score, told.assured, upper, told.coverage)


def _known(plan: Plan, rows: tuple[str, ...], shown: Shown) -> Ready:
    """What was reported, for draws: all under a node whose loss is not known is open."""
    kept = _kept(plan, rows, shown.losses)
    known = shown.known.T & ~_without_loss(plan, kept)[plan.leaves]
    return _ready(shown, known, np.where(np.isnan(kept), 1.0, kept), np.zeros((len(plan.codes), 1)))


def _without_loss(plan: Plan, kept: FloatArray) -> BoolArray:
    """Nodes (x rows) whose own loss, or that of a node above them, is not known."""
    blank: BoolArray = np.isnan(kept)
    for row in range(1, len(plan.codes)):
        blank[row] |= blank[plan.parent[row]]
    return blank


def _ready(shown: Shown, answered: BoolArray, keep: FloatArray, thresholds: FloatArray) -> Ready:
    nobody = np.zeros(answered.shape, dtype=bool)
    return Ready(
        points=shown.points.T,
        answered=answered,
        claims=nobody,
        own=nobody,
        lowest=shown.low[:, None],
        highest=shown.high[:, None],
        keep=None if (keep == 1.0).all() else keep,
        thresholds=thresholds,
    )


def _kept(plan: Plan, rows: Sequence[str], losses: Mapping[str, FloatArray]) -> FloatArray:
    """The part of its points that each node keeps, nodes x rows; NaN where its loss is not known."""
    kept = np.ones((len(plan.codes), len(rows)))
    for place, code in enumerate(plan.codes):
        if code in losses:
            kept[place] = 1.0 - losses[code] / PERCENT
    return kept


def _constant(codes: Sequence[str], values: FloatArray) -> tuple[str, ...]:
    """Measurements whose values, two at least, are all the same."""
    found = []
    for column, code in enumerate(codes):
        here = values[~np.isnan(values[:, column]), column]
        if len(here) > 1 and here.min() == here.max():
            found.append(code)
    return tuple(found)


def _refuse_endless(plan: Plan, rows: Sequence[str], figures: Sequence[FloatArray]) -> None:
    for array in figures:
        endless = np.argwhere(np.isinf(array))
        if endless.size:
            row, node = endless[0]
            raise ValueError(
                f"{plan.codes[node]}: unit {rows[row]!r} has points too large for a number; cut points at full or "
                "choose another aggregation"
            )


def _refuse_negative(framework: Framework, plan: Plan, figures: Sequence[FloatArray]) -> None:
    rules = {level.name: level.aggregation for level in framework.levels}
    with np.errstate(invalid="ignore"):
        negative = np.any([(array < 0).any(axis=0) for array in figures], axis=0)
    for row in np.flatnonzero(negative).tolist():
        code, parent = plan.codes[row], framework.by_code[plan.codes[plan.parent[row]]]
        if framework.by_code[code].loss:
            raise ValueError(
                f"{code}: it has points below 0, from which no per cent can be taken off; choose normalisations "
                "whose points start at 0"
            )
        if row and rules[parent.level] in NEED_POSITIVE:
            raise ValueError(
                f"{code}: it has points below 0, which the aggregation {rules[parent.level]!r} of level "
                f"{parent.level!r} cannot join; choose another, or a normalisation whose points start at 0"
            )
