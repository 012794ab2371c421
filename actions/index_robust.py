"""Would an index order its units alike if it were made otherwise? Three tables, each year ranked by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from actions.audit import Cell, Tables
from actions.index_who import Who
from scoring.index import Index
from scoring.index_reversal import reversals_of
from scoring.index_robust import alternatives_of, removals_of
from scoring.reversal import Reversals

ALTERNATIVES, REMOVALS, REVERSALS = "alternatives.csv", "removals.csv", "reversals.csv"
# File -> its columns but for the unit and year.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    ALTERNATIVES: (
        *("alternative", "score", "rank", "score_change", "rank_change"),
        *("mean_shift", "largest_shift", "spearman", "kendall"),
    ),
    REMOVALS: ("without", "score", "rank", "score_change", "rank_change", "mean_shift", "largest_shift"),
    REVERSALS: (
        *("added", "pairs", "reversed", "tied", "parted", "largest_change"),
        *("ahead", "behind", "before", "after"),
    ),
}


def robust_tables(result: Index, who: Who) -> Tables:
    """Alternatives, removals and rank reversals of an index."""
    return {
        ALTERNATIVES: ((*who.columns, *COLUMNS[ALTERNATIVES]), _alternatives(result, who)),
        REMOVALS: ((*who.columns, *COLUMNS[REMOVALS]), _removals(result, who)),
        REVERSALS: ((*who.year_columns, *COLUMNS[REVERSALS]), _reversals(result, who)),
    }


def _alternatives(result: Index, who: Who) -> Iterator[Sequence[Cell]]:
    for rows, found in alternatives_of(result):
        change = found.score - found.base_score
        for i, name in enumerate(found.names):
            shifts = float(found.mean_shift[i]), float(found.largest_shift[i])
            agreement = float(found.spearman[i]), float(found.kendall[i])
            for j, row in enumerate(rows.tolist()):
                figures = _figures(found.score[i, j], found.rank[i, j], change[i, j], found.rank_change[i, j])
                yield (*who.rows[row], name, *figures, *shifts, *agreement)


def _removals(result: Index, who: Who) -> Iterator[Sequence[Cell]]:
    for rows, found in removals_of(result):
        for i, code in enumerate(found.codes):
            shifts = float(found.mean_shift[i]), float(found.largest_shift[i])
            for j, row in enumerate(rows.tolist()):
                figures = _figures(
                    found.score[i, j], found.rank[i, j], found.score_change[i, j], found.rank_change[i, j]
                )
                yield (*who.rows[row], code, *figures, *shifts)


def _figures(score: float, rank: int, score_change: float, rank_change: float) -> tuple[Cell, ...]:
    return (
        float(score),
        int(rank) or "",
        float(score_change),
        "" if np.isnan(rank_change) else int(rank_change),
    )


def _reversals(result: Index, who: Who) -> Iterator[Sequence[Cell]]:
    for rows, found in reversals_of(result):
        units = {result.rows[row]: who.units[row] for row in rows.tolist()}
        for k, added in enumerate(found.added):
            swaps = [swap for swap in found.swaps if swap.added == added]
            kinds = [sum(swap.kind == kind for swap in swaps) for kind in ("reversed", "tied", "parted")]
            counts = (found.pairs, *kinds, found.largest_change[k])
            yield (*who.year(int(rows[0])), added, *counts, *_widest(found, added, units))


def _widest(found: Reversals, added: str, units: Mapping[str, str]) -> tuple[Cell, ...]:
    """The reversed pair that was furthest apart before and after, if there is any."""
    swaps = [swap for swap in found.swaps if swap.added == added and swap.kind == "reversed"]
    if not swaps:
        return ("", "", "", "")
    one = max(swaps, key=lambda swap: min(swap.before, -swap.after))
    return (units[one.ahead], units[one.behind], one.before, one.after)
