"""Who stands above whom in an index? By how much of the weight, and in how many of the draws; year by year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from actions.audit import Cell, Tables
from actions.index_who import Who
from scoring.index import Index
from scoring.index_duels import by_year
from scoring.index_surety import Surety
from scoring.outranking import outranking

OUTRANKING, ABOVE = "outranking.csv", "above.csv"
OUTRANKING_COLUMNS, ABOVE_COLUMNS = ("other", "share"), ("other", "above")
# Pairs grow with the square of the units; a year of more is passed over.
MOST = 1000


def outranking_tables(result: Index, who: Who) -> Tables:
    """The outranking matrix of the children of the whole, a line for each pair of units of one year."""
    return {OUTRANKING: ((*who.columns, *OUTRANKING_COLUMNS), _outranking(result, who))}


def too_many(result: Index) -> bool:
    """Whether a year has more units than an outranking matrix is written for."""
    return any(len(rows) > MOST for rows in by_year(result.years))


def _outranking(result: Index, who: Who) -> Iterator[Sequence[Cell]]:
    children = np.arange(len(result.nodes))[result.plan.tiers[-1].children]
    codes = [result.nodes[child] for child in children]
    scores = result.assured if result.figure == "assured" else result.score
    for rows in by_year(result.years):
        if len(rows) > MOST:
            continue
        points = scores[np.ix_(rows, children)]
        matrix = outranking([who.units[row] for row in rows], codes, points, result.plan.share[children])
        yield from _pairs(matrix.tolist(), rows.tolist(), who)


def above_tables(surety: Surety, who: Who) -> Tables:
    """The share of draws in which one unit stands above another; no file where every year has too many units."""
    held = [(of.rows.tolist(), of.above.tolist()) for of in surety.years if of.above is not None]
    if not held:
        return {}
    ranked = ~np.isnan(surety.rank[:, 0])
    lines = (line for rows, shares in held for line in _pairs(shares, rows, who, ranked.tolist()))
    return {ABOVE: ((*who.columns, *ABOVE_COLUMNS), lines)}


def _pairs(
    matrix: Sequence[Sequence[float]], rows: Sequence[int], who: Who, told: Sequence[bool] | None = None
) -> Iterator[Sequence[Cell]]:
    """A line for each pair of different rows, both of which are to be told."""
    for i, row in enumerate(rows):
        for j, other in enumerate(rows):
            if i != j and (told is None or (told[row] and told[other])):
                yield (*who.rows[row], who.units[other], matrix[i][j])
