"""Would an index order its units alike if it were made otherwise, asked less, or had another unit? Year by year.

Points stand as they were normalised; what is done otherwise is how they are joined. Each year is ranked by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scoring.alternatives import Table, compare
from scoring.index import Index
from scoring.index_duels import COPELAND, by_year, index_plan, mean_at_top
from scoring.index_refusals import NEED_POSITIVE
from scoring.model import Framework, Panel, Scores
from scoring.otherwise import Alternative, Setup, aggregation, usual
from scoring.remove_one import Removals, remove_from_points, whole_scores
from scoring.score import Ready, score_points

Rows = NDArray[np.intp]


def alternatives_of(result: Index) -> Iterator[tuple[Rows, Table]]:
    """Scores and ranks of each year under `scoring.otherwise.usual` and under duels at the top.

    Left out are other baskets, whose figures are not there, and rules of joining that points below 0 do not allow.
    """
    for rows in by_year(result.years):
        base = Setup(result.framework, _panel(result, rows), result.basket, result.figure)
        yield rows, compare(base, _possible(result, base), _Scorer(result, rows).scores)


def removals_of(result: Index) -> Iterator[tuple[Rows, Removals]]:
    """Scores and ranks of each year without each node, its weight shared among its siblings."""
    plan = index_plan(result.framework, result.basket)
    for rows in by_year(result.years):
        yield (
            rows,
            remove_from_points(
                plan,
                tuple(result.rows[row] for row in rows),
                of_rows(result.ready, rows),
                figure=result.figure,
                ranked=~np.isnan(result.score[rows, 0]),
                decimals=result.framework.rules.published_decimals,
            ),
        )


def of_rows(ready: Ready, rows: Rows) -> Ready:
    """The points of some units alone."""
    thresholds = ready.thresholds
    if thresholds is not None and thresholds.shape[1] > 1:
        thresholds = thresholds[:, rows]
    return replace(
        ready,
        points=ready.points[:, rows],
        answered=ready.answered[:, rows],
        claims=ready.claims[:, rows],
        own=ready.own[:, rows],
        keep=None if ready.keep is None else ready.keep[:, rows],
        thresholds=thresholds,
    )


def _possible(result: Index, base: Setup) -> tuple[Alternative, ...]:
    top = result.framework.levels[0]
    found = [one for one in usual(base) if not one.name.startswith("basket:")]
    if top.aggregation != COPELAND:
        found.append(Alternative(f"{COPELAND}_top", (aggregation(COPELAND, [top.name]),)))
    with np.errstate(invalid="ignore"):
        below_nothing = bool((result.score < 0).any() or (result.assured < 0).any())
    if below_nothing:
        found = [one for one in found if one.name.split("_")[0] not in NEED_POSITIVE]
    return tuple(found)


def _panel(result: Index, rows: Rows) -> Panel:
    """The points of some rows in the form of answers without any claim."""
    points = result.points[rows]
    nobody = np.zeros(points.shape, dtype=bool)
    units = tuple(result.rows[row] for row in rows)
    return Panel(units=units, codes=result.codes, values=points, out=nobody, claimed=nobody)


@dataclass(frozen=True, eq=False)
class _Scorer:
    """Joins the points of some rows of an index by any framework of the same measurements."""

    result: Index
    rows: Rows

    def scores(self, framework: Framework, panel: Panel, basket: str) -> Scores:
        """Scores of which the whole alone is meant to be read: assured, reported and who is ranked."""
        plan = index_plan(framework, basket)
        ready, known = (of_rows(one, self.rows) for one in (self.result.ready, self.result.reported))
        everything = np.ones(ready.answered.shape, dtype=bool)
        figures = [
            whole_scores(plan, ready, everything, "reported"),
            whole_scores(plan, known, everything, "assured"),
        ]
        reported, assured = (figure[:, None] for figure in figures)
        joined = score_points(mean_at_top(plan), basket, panel.units, ready)
        ranked = ~np.isnan(self.result.score[self.rows, 0])
        return replace(joined, reported=reported, assured=assured, ranked=ranked)
