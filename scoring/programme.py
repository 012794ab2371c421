"""Which yes-or-no choices cost least under linear rules? A binary programme, solved to the end by HiGHS."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# The tightest that HiGHS takes seriously; rows are given in points and shares, so this is far below any rounding.
_FEASIBLE = 1e-9
# Costs in whole numbers are told apart by less than one.
_GAP, _WHOLE_GAP = 1e-7, 0.5


@dataclass(frozen=True, eq=False)
class Row:
    """One rule: low <= sum of coefficient * x <= high, by the variables' positions."""

    of: Mapping[int, float]
    low: float = -math.inf
    high: float = math.inf


@dataclass(frozen=True, eq=False)
class Programme:
    """What each variable costs, the rules, and whether all costs are whole numbers."""

    costs: Sequence[float]
    rows: Sequence[Row]
    whole: bool = False


def solve(programme: Programme) -> frozenset[int] | None:
    """The positions of the variables that are 1 in the cheapest solution; None where the rules allow none.

    Exact up to the solver's tolerance of 1e-9 in the rules; the same programme always gives the same answer.
    Raises RuntimeError if the solver ends without an answer.
    """
    # Imported here: it costs a third of a second, which only those pay who ask for a route.
    import highspy

    if not programme.costs:
        return frozenset() if all(row.low <= 0 <= row.high for row in programme.rows) else None
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # the solver has no types
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 0),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", _WHOLE_GAP if programme.whole else _GAP),
        ("mip_feasibility_tolerance", _FEASIBLE),
        ("primal_feasibility_tolerance", _FEASIBLE),
    ):
        solver.setOptionValue(name, value)
    for j, cost in enumerate(programme.costs):
        solver.addVar(0.0, 1.0)
        solver.changeColCost(j, cost)
        solver.changeColIntegrality(j, highspy.HighsVarType.kInteger)
    for row in programme.rows:
        solver.addRow(row.low, row.high, len(row.of), list(row.of), list(row.of.values()))
    solver.run()
    status = solver.getModelStatus()
    # Every variable is bounded, so nothing here is ever unbounded.
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return None
    if status != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"the solver ended with {solver.modelStatusToString(status)}")
    return frozenset(j for j, x in enumerate(solver.getSolution().col_value) if x > 0.5)
