"""The linear programme behind benefit of the doubt: built once, asked once a unit, solved by HiGHS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from scoring.model import BoolArray, FloatArray
from scoring.weightings.share_limits import ShareLimit

if TYPE_CHECKING:
    import highspy


# How far above 1 a peer may come out before the solver is told of it.
ABOVE = 1e-9


class Program:
    """Columns: a weight a child, then its slice of the unit's score. Rows: slice = weight x points (only
    these change), each limit from below and from above, then the peers who must not exceed 1.

    Few peers restrain anybody: each is brought in when it first exceeds 1, and stays.
    """

    def __init__(self, points: FloatArray, limits: Sequence[ShareLimit], table: FloatArray) -> None:
        """`points` is units x children, blanks 0, at most 1; `table` is limits x children."""
        low = np.array([limit.low for limit in limits]).reshape(-1, 1)
        high = np.array([limit.high for limit in limits]).reshape(-1, 1)
        k, several = points.shape[1], len(limits)
        # The best unit of each child first: with these no weight can grow without bound.
        first = np.unique(points.argmax(axis=0))
        rows = np.zeros((k + 2 * several + len(first), 2 * k))
        floor, roof = np.zeros(len(rows)), np.zeros(len(rows))
        rows[:k] = np.hstack([-np.eye(k), np.eye(k)])
        rows[k : k + several, k:], roof[k : k + several] = table - low, np.inf
        rows[k + several : k + 2 * several, k:], floor[k + several :] = table - high, -np.inf
        rows[k + 2 * several :, :k], roof[k + 2 * several :] = points[first], 1.0
        self._solver = _solver(rows, floor, roof, np.repeat([0.0, 1.0], k))
        self._waiting = np.ones(len(points), dtype=bool)
        self._waiting[first] = False
        self._peers = points
        self._members = table > 0

    def best_weights(self, points: FloatArray, answered: BoolArray) -> FloatArray:
        """The weights under which the unit with these points scores best; 0 where it has none."""
        k = len(points)
        for child in range(k):
            self._solver.changeCoeff(child, child, -float(points[child]))
        for i, row in enumerate(self._members):
            waived = not (row & answered).any()
            self._solver.changeRowBounds(k + i, -np.inf if waived else 0.0, np.inf)
        columns = np.arange(k, dtype=np.int32)
        while True:
            found = _optimum(self._solver)
            if found is None:
                raise ArithmeticError("the linear programme of benefit of the doubt was not solved")
            weights = np.where(points > 0, np.maximum(found[:k], 0.0), 0.0)
            reach = self._peers @ weights
            peer = int(np.where(self._waiting, reach, 0.0).argmax())
            if not self._waiting[peer] or reach[peer] <= 1 + ABOVE:
                # What is left of an excess is the solver's rounding: nobody exceeds 1.
                result: FloatArray = weights / max(float(reach.max()), 1.0)
                return result
            self._solver.addRow(-np.inf, 1.0, k, columns, self._peers[peer])
            self._waiting[peer] = False


def possible(limits: Sequence[ShareLimit], table: FloatArray, answered: BoolArray) -> bool:
    """Whether shares of the answered children can keep all limits and add up to 1."""
    if not answered.any():
        return False
    if not limits:
        return True
    rows = np.vstack([table, np.ones(table.shape[1])])[:, answered]
    floor = np.array(
        [one.low if row[answered].any() else 0.0 for one, row in zip(limits, table, strict=True)]
    )
    roof = np.array([one.high for one in limits])
    solver = _solver(rows, np.append(floor, 1.0), np.append(roof, 1.0), np.zeros(rows.shape[1]))
    return _optimum(solver) is not None


def _solver(rows: FloatArray, floor: FloatArray, roof: FloatArray, gain: FloatArray) -> highspy.Highs:
    """A maximisation over columns >= 0 with floor <= rows @ columns <= roof."""
    import highspy  # its import costs a third of a second, which only this method pays

    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # the solver has no types
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("solver", "simplex"),
        ("primal_feasibility_tolerance", 1e-9),
    ):
        solver.setOptionValue(option, value)
    filled = rows != 0
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = rows.shape
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = gain
    lp.col_lower_, lp.col_upper_ = np.zeros(rows.shape[1]), np.full(rows.shape[1], highspy.kHighsInf)
    lp.row_lower_, lp.row_upper_ = floor, roof
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(filled.sum(axis=1))]).astype(np.int32)
    lp.a_matrix_.index_ = np.nonzero(filled)[1].astype(np.int32)
    lp.a_matrix_.value_ = rows[filled]
    solver.passModel(lp)
    return solver


def _optimum(solver: highspy.Highs) -> FloatArray | None:
    """The columns' values at the optimum; None where no columns keep the bounds."""
    import highspy

    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return np.array(solver.getSolution().col_value, dtype=float)
