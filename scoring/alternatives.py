"""Would she still be fourth if it were done otherwise? The same units under named alternatives, side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.agreement import kendall, spearman
from scoring.model import FloatArray, Framework, Panel, Scores
from scoring.otherwise import Alternative, Setup
from scoring.ranks import ranks
from scoring.remove_one import FIGURES
from scoring.rounding import published
from scoring.score import score


@dataclass(frozen=True, eq=False)
class Table:
    """Every alternative beside the base; arrays are alternatives x units unless said otherwise.

    The units ranked are those of the base throughout, so that every shift of rank comes from scores; one
    without a score in an alternative has rank 0 and a NaN shift there. Agreement is that of published
    scores over the units ranked in both (`compared`), NaN where that cannot be said.
    """

    units: tuple[str, ...]
    names: tuple[str, ...]
    base_score: FloatArray  # units
    base_rank: NDArray[np.int64]  # units
    score: FloatArray
    rank: NDArray[np.int64]
    rank_change: FloatArray  # above 0, the unit falls
    mean_shift: FloatArray  # alternatives; mean size of the rank changes, 0 where nobody is ranked
    largest_shift: FloatArray  # alternatives
    compared: NDArray[np.int64]  # alternatives, number of units
    spearman: FloatArray  # alternatives
    kendall: FloatArray  # alternatives, tau-b


def compare(
    base: Setup,
    others: Sequence[Alternative],
    scorer: Callable[[Framework, Panel, str], Scores] = score,
) -> Table:
    """Scores and ranks of the base and of every alternative, with the shift of each rank against the base.

    Ranks and agreement use scores at the framework's published decimals, ties sharing the best rank.
    `scorer` makes scores of a framework, a panel and a basket. Raises ValueError naming the alternative for
    a name that stands twice and for what an alternative cannot be: an unknown level, aggregation, node or
    figure, a weight that is negative or no number; KeyError for an unknown basket.
    Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), step 7.
    """
    names = [other.name for other in others]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"the alternative {name!r} is named twice; give each a name of its own")
    first = scorer(base.framework, base.panel, base.basket)
    decimals = base.framework.rules.published_decimals
    base_score = _figure(base, first)
    base_rank = ranks(base_score, first.ranked, decimals)
    found = np.empty((len(others), len(first.units)))
    for i, other in enumerate(others):
        try:
            changed = base
            for change in other.changes:
                changed = change(changed)
            found[i] = _figure(changed, scorer(changed.framework, changed.panel, changed.basket))
        except ValueError as error:
            raise ValueError(f"alternative {other.name!r}: {error}") from None
    rank = np.array([ranks(one, first.ranked, decimals) for one in found]).reshape(found.shape)
    both = (rank > 0) & (base_rank > 0)
    shift = np.where(both, rank - base_rank, np.nan)
    size = np.abs(np.nan_to_num(shift))
    shown = published(np.where(both, found, np.nan), decimals)
    beside = published(base_score, decimals)
    return Table(
        units=first.units,
        names=tuple(names),
        base_score=base_score,
        base_rank=base_rank,
        score=found,
        rank=rank.astype(np.int64),
        rank_change=shift,
        mean_shift=size.sum(axis=1) / np.maximum(both.sum(axis=1), 1),
        largest_shift=size.max(axis=1, initial=0.0),
        compared=both.sum(axis=1).astype(np.int64),
        spearman=np.array([spearman(one, beside) for one in shown]),
        kendall=np.array([kendall(one, beside) for one in shown]),
    )


def _figure(setup: Setup, scores: Scores) -> FloatArray:
    if setup.figure not in FIGURES:
        raise ValueError(f"figure {setup.figure!r} is not known; use one of {', '.join(FIGURES)}")
    chosen: FloatArray = {"assured": scores.assured, "reported": scores.reported}[setup.figure][:, 0]
    return chosen
