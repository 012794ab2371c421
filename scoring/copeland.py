"""How many units does each unit beat? Copeland's rule over the outranking matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.aggregations.rule import Family
from scoring.model import FloatArray
from scoring.outranking import EQUAL, checked, concordance

# Rows of the matrix that are held at once, so that memory grows with the units and not with their square.
BLOCK = 128
# A majority is more than half of the weight by more than rounding.
HALF = 0.5


@dataclass(frozen=True, eq=False)
class Copeland:
    """Duels won and lost by each unit against all others; arrays have one entry a unit.

    `points` is 0 for a unit that loses every duel and 100 for one that wins every duel, NaN for a unit
    that can be compared with nobody.
    """

    wins: FloatArray
    losses: FloatArray
    ties: FloatArray
    score: FloatArray  # wins minus losses, -(n - 1) .. n - 1
    points: FloatArray


def copeland(
    units: Sequence[str], codes: Sequence[str], points: FloatArray, weights: FloatArray, tie: float = EQUAL
) -> Copeland:
    """Each unit's duels: a beats b if more than half of the weight that both have speaks for a.

    score_a = wins - losses; a duel at exactly half is a tie and counts 0, two units without a child in
    common hold no duel. To stand where scores stand (the top of a tree), it is scaled to
    points_a = 100 (wins + ties / 2) / duels, which is 50 (1 + score / (n - 1)) where all can be compared.
    Adding a unit can change every other unit's points, and one unit alone has none: this is a ranking,
    not a measure. `points`, `weights`, `tie` and errors are those of `outranking`.
    Source: A. H. Copeland, A reasonable social welfare function (1951); for composite indicators
    G. Munda, Social Multi-Criteria Evaluation for a Sustainable Economy (2008).
    """
    numbers, shares = checked(units, codes, points, weights, tie)
    return duels(numbers, shares, tie)


def duels(points: FloatArray, weights: FloatArray, tie: float = EQUAL) -> Copeland:
    """The bare kernel of `copeland`: units x children with NaN for a blank; weights as in `concordance`."""
    return _counted(len(points), lambda rows: concordance(points, weights, rows, tie))


def between(own: FloatArray, rivals: FloatArray, weights: FloatArray, tie: float = EQUAL) -> Copeland:
    """Duels of each unit as it stands in `own` against all others as they stand in `rivals`; nothing is checked.

    Both arrays are units x children in the same order, `weights` one a child: so each unit can be held at its
    worst against the others at their best.
    """
    n, both = len(own), np.vstack([own, rivals])
    return _counted(n, lambda rows: concordance(both, weights, rows, tie)[:, n:])


def _counted(n: int, shares: Callable[[slice], FloatArray]) -> Copeland:
    """Wins, losses and ties of n units; `shares` gives some rows of the matrix, rows x n."""
    wins, losses, ties = np.zeros(n), np.zeros(n), np.zeros(n)
    for start in range(0, n, BLOCK):
        rows = slice(start, min(start + BLOCK, n))
        matrix = shares(rows)
        matrix[np.arange(len(matrix)), np.arange(rows.start, rows.stop)] = np.nan  # nobody meets himself
        wins[rows] = (matrix > HALF + EQUAL).sum(axis=1)
        losses[rows] = (matrix < HALF - EQUAL).sum(axis=1)
        ties[rows] = (~np.isnan(matrix)).sum(axis=1) - wins[rows] - losses[rows]
    held = wins + losses + ties
    scaled = np.where(held > 0, 100 * (wins + ties / 2) / np.where(held > 0, held, 1.0), np.nan)
    return Copeland(wins=wins, losses=losses, ties=ties, score=wins - losses, points=scaled)


def join(points: FloatArray, share: FloatArray, floor: float) -> FloatArray:
    """Copeland points as a rule of joining: (..., children, units) to (..., units); share 0 is a blank.

    Units are compared within each figure: where every unit's blanks count as 0, or as full points, so do
    those of its rivals. Figures of one unit are therefore no bracket of each other.
    """
    shares = np.broadcast_to(share, points.shape)
    result = np.empty((*points.shape[:-2], points.shape[-1]))
    for at in np.ndindex(points.shape[:-2]):
        present = np.where(shares[at] > 0, points[at], np.nan)
        result[at] = duels(present.T, shares[at].T).points
    return result


COPELAND = Family(join)
