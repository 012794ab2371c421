"""What is each unit worth on an index, from raw figures to scores with their bracket? One run, step by step.

Figures are prepared (scoring.index_prepare), become points by each measurement's normalisation, get weights
from the data where that is asked for, and are joined up the tree, less what is taken off as a loss. Several
years are one sample: a relative normalisation has the same ends for all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.index_duels import duelled, index_plan, mean_at_top, with_duels
from scoring.index_join import as_reported, join_up, show
from scoring.index_prepare import ZERO, Change, Figures, Preparation, prepare
from scoring.index_refusals import refuse_endless, refuse_negative, refuse_of_duels
from scoring.index_surety import Surety, surety
from scoring.index_weights import weighted_by_data
from scoring.model import BoolArray, DrawSettings, FloatArray, Framework
from scoring.plan import Plan
from scoring.score import Ready

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
    refuse_of_duels(framework, draws)
    ready = prepare(framework, codes, figures, how)
    rows = tuple(name for name, stays in zip(figures.rows, ready.kept, strict=True) if stays)
    every = figures.years or ("",) * len(figures.rows)
    years = tuple(year for year, stays in zip(every, ready.kept, strict=True) if stays)
    shown = show(framework, codes, rows, figures, ready)

    def scored(using: Framework) -> tuple[tuple[str, ...], FloatArray]:
        plan = index_plan(using, basket)
        by_points = mean_at_top(plan) if duels else plan
        return plan.codes, join_up(by_points, basket, rows, shown, how.missing)[1][0]

    alive = set(first.codes)
    by_data = {
        parent: (rule, tuple(child for child in framework.children[parent] if child in alive))
        for parent, rule in (families or {}).items()
    }
    framework = weighted_by_data(framework, by_data, scored)
    plan = index_plan(framework, basket, years)
    by_points = mean_at_top(plan) if duels else plan
    (joined, reported), (score, assured, upper, coverage) = join_up(
        by_points, basket, rows, shown, how.missing
    )
    refuse_endless(plan, rows, (score, assured, upper))
    refuse_negative(framework, plan, (score, assured, upper))
    if duels:
        figure = "assured" if how.missing == ZERO else "reported"
        score, assured, upper = with_duels(plan, joined, figure, years, (score, assured, upper))
    sure = None
    if draws is not None:
        known = as_reported(plan, rows, shown)
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


def _constant(codes: Sequence[str], values: FloatArray) -> tuple[str, ...]:
    """Measurements whose values, two at least, are all the same."""
    found = []
    for column, code in enumerate(codes):
        here = values[~np.isnan(values[:, column]), column]
        if len(here) > 1 and here.min() == here.max():
            found.append(code)
    return tuple(found)
