"""How much was answered? Coverage of every unit, measurement and node, with those below a threshold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.model import BoolArray, FloatArray

# The COIN Tool's rule of thumb, for units and for measurements (JRC, 2019).
ENOUGH = 0.65


@dataclass(frozen=True, slots=True)
class Covered:
    """Answers of one unit, or to one measurement: `asked` counts what is in the basket of each.

    `share` is answered / asked, `weight` the same with each answer by its weight (a measurement: the same
    as `share`); both are 0 where nothing is asked.
    """

    name: str
    answered: int
    asked: int
    share: float
    weight: float
    thin: bool  # the share is below the threshold


@dataclass(frozen=True, slots=True)
class NodeCovered:
    """The answered share of a node's weight over the units that have the node; 0 where none has it."""

    code: str
    mean: float
    lowest: float
    thin_units: int  # how many are below the threshold
    units: int


@dataclass(frozen=True, eq=False)
class Coverage:
    """Coverage from every side; `threshold` 0-1."""

    units: tuple[Covered, ...]
    measurements: tuple[Covered, ...]
    nodes: tuple[NodeCovered, ...]
    threshold: float


def coverage(
    units: Sequence[str],
    codes: Sequence[str],
    answered: BoolArray,
    asked: BoolArray,
    nodes: Sequence[str],
    weight: FloatArray,
    threshold: float = ENOUGH,
) -> Coverage:
    """How much was answered, by unit, measurement and node.

    `answered` and `asked` are units x codes (asked: in the unit's basket); `weight` is units x nodes, the
    answered share of each node's weight with the whole first, NaN where a unit lacks the node. A share
    below `threshold` is thin. Raises ValueError for arrays that do not fit and a threshold outside 0-1.
    Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), step 3; COIN Tool User's
    Guide (JRC, 2019).
    """
    if not 0 <= threshold <= 1:
        raise ValueError(f"threshold is {threshold:g}; give the share that must be answered, 0 to 1")
    shape = (len(units), len(codes))
    if answered.shape != shape or asked.shape != shape or weight.shape != (len(units), len(nodes)):
        raise ValueError(
            f"answered {answered.shape}, asked {asked.shape} and weight {weight.shape} do not fit "
            f"{shape[0]} units, {shape[1]} measurements and {len(nodes)} nodes"
        )
    whole = np.nan_to_num(weight[:, 0]) if len(nodes) else np.zeros(len(units))
    counted = answered & asked
    by_unit = [
        _covered(unit, counted[i], asked[i], threshold, float(whole[i])) for i, unit in enumerate(units)
    ]
    by_code = [_covered(code, counted[:, j], asked[:, j], threshold) for j, code in enumerate(codes)]
    by_node = [_node(code, weight[:, j], threshold) for j, code in enumerate(nodes)]
    return Coverage(tuple(by_unit), tuple(by_code), tuple(by_node), threshold)


def _covered(
    name: str, answered: BoolArray, asked: BoolArray, threshold: float, weight: float | None = None
) -> Covered:
    n, of = int(answered.sum()), int(asked.sum())
    share = n / of if of else 0.0
    return Covered(name, n, of, share, share if weight is None else weight, share < threshold)


def _node(code: str, column: FloatArray, threshold: float) -> NodeCovered:
    known = column[~np.isnan(column)]
    if not known.size:
        return NodeCovered(code, 0.0, 0.0, 0, 0)
    return NodeCovered(
        code, float(known.mean()), float(known.min()), int((known < threshold).sum()), known.size
    )
