"""Can somebody who joins an index swap two others? Newcomers of scoring.reversal, through the index's own steps.

Points are normalised anew with the newcomer in the sample, weights that the data set are found anew, and all is
joined anew. What was filled, moved or divided stays as it is, so that nothing has to be made up for the newcomer.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from scoring.index import Index
from scoring.index_duels import by_year, index_plan, mean_at_top
from scoring.index_points import lowest_and_highest, points_of
from scoring.index_robust import Rows
from scoring.index_weights import weighted_by_data
from scoring.model import FloatArray, Framework
from scoring.remove_one import whole_scores
from scoring.reversal import Reversals, newcomers, reversals
from scoring.score import Ready, score_points

# Pairs grow with the square of the units: of more than this many in a year the first ones are looked at.
MOST = 300


def reversals_of(result: Index) -> Iterator[tuple[Rows, Reversals]]:
    """What newcomers would do to the order of each year's units; they join in every year at once.

    Newcomers are those of `scoring.reversal.newcomers`, made from all rows. Rows are those looked at: the first
    MOST of a year by score.
    """
    directions = np.array([_direction(result.framework, code) for code in result.codes], dtype=float)
    joining = newcomers(result.values, result.score[:, 0], directions, result.codes)
    anew = _Anew(result)
    for of_year in by_year(result.years):
        rows = _first(result, of_year)
        if not rows.size:
            continue
        yield (
            rows,
            reversals(
                [result.rows[row] for row in rows],
                result.values[rows],
                partial(anew.scores, rows=rows),
                joining,
            ),
        )


class _Anew:
    """Scores of all rows with one more unit in every year, worked out once a newcomer.

    Most newcomers differ from another in one value, so that points of a measurement are kept for each value.
    """

    def __init__(self, result: Index) -> None:
        self.result = result
        self.years = tuple(dict.fromkeys(result.years))
        self.plan = index_plan(result.framework, result.basket, (*result.years, *self.years))
        # No unit of a table has such a name.
        self.names = (*result.rows, *(f"\0{number}" for number in range(len(self.years))))
        self.known: dict[bytes, FloatArray] = {}
        self.columns: dict[tuple[int, bytes], tuple[FloatArray, FloatArray, FloatArray]] = {}

    def scores(self, values: FloatArray, rows: Rows) -> FloatArray:
        """Scores of some rows, and of the newcomer if `values` has one more row than they are."""
        if len(values) == len(rows):
            alone: FloatArray = self.result.score[rows, 0]
            return alone
        newcomer = values[-1]
        if newcomer.tobytes() not in self.known:
            self.known[newcomer.tobytes()] = self._joined(newcomer)
        found = self.known[newcomer.tobytes()]
        place = len(self.result.rows) + self.years.index(self.result.years[rows[0]])
        return np.append(found[rows], found[place])

    def _joined(self, newcomer: FloatArray) -> FloatArray:
        result, plan = self.result, self.plan
        ready = self._ready(newcomer)
        everything = np.ones(ready.answered.shape, dtype=bool)

        def scored(using: Framework) -> tuple[tuple[str, ...], FloatArray]:
            plan = mean_at_top(index_plan(using, result.basket))
            told = score_points(plan, result.basket, self.names, ready)
            return plan.codes, told.reported if result.figure == "reported" else told.assured

        if result.families:
            framework = weighted_by_data(result.framework, result.families, scored)
            plan = index_plan(framework, result.basket, (*result.years, *self.years))
        whole = whole_scores(plan, ready, everything, result.figure)
        whole[: len(result.rows)][np.isnan(result.score[:, 0])] = np.nan
        return whole

    def _column(self, column: int, value: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Points of all rows and newcomers on one measurement (1 x rows), and the ends that a blank may reach."""
        key = column, value.tobytes()
        if key not in self.columns:
            framework, code = self.result.framework, self.result.codes[column : column + 1]
            values = np.append(self.result.values[:, column], np.full(len(self.years), value))[:, None]
            points = points_of(framework, code, values, self.names)
            self.columns[key] = (points.T, *lowest_and_highest(framework, code, points))
        return self.columns[key]

    def _ready(self, newcomer: FloatArray) -> Ready:
        """The new points of the answers that count, with all that the newcomers answer and nothing lost."""
        was, more = self.result.ready, len(self.years)
        columns = [self._column(column, newcomer[column]) for column in range(len(newcomer))]
        points, low, high = (np.concatenate(parts) for parts in zip(*columns, strict=True))
        answered = np.concatenate([was.answered, ~np.isnan(points[:, -more:])], axis=1)
        nobody = np.zeros(answered.shape, dtype=bool)
        keep, least = was.keep, was.thresholds
        if keep is not None:
            keep = np.concatenate([keep, np.ones((len(keep), more))], axis=1)
        if least is not None and least.shape[1] > 1:
            least = np.concatenate([least, np.zeros((len(least), more))], axis=1)
        return Ready(points, answered, nobody, nobody, low[:, None], high[:, None], keep, least)


def _first(result: Index, rows: Rows) -> Rows:
    """The rows that have a score, at most MOST of them, the best; in their order."""
    whole = result.score[rows, 0]
    known = rows[~np.isnan(whole)]
    best = np.argsort(-result.score[known, 0], kind="stable")[:MOST]
    return np.sort(known[best])


def _direction(framework: Framework, code: str) -> int:
    facts = framework.by_code[code].measurement
    assert facts is not None  # codes of measurements are asked for
    return facts.direction
