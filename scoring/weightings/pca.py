"""Which children move together, and how much does each tell? Weights by principal components."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.aggregate import IntArray
from scoring.model import BoolArray, FloatArray
from scoring.weightings.checks import constant, points_of
from scoring.weightings.correlation import FEWEST_PAIRS, correlations
from scoring.weightings.varimax import varimax

# Eigenvalues that are equal on paper differ by rounding.
EQUAL = 1e-9
# The handbook's rule of thumb: components that hold more than a tenth of the variance each.
SHARE_OF_ONE = 0.10


def above_one(eigenvalues: FloatArray) -> int:
    """How many components tell at least as much as one child alone (Kaiser's criterion)."""
    return int((eigenvalues >= 1 - EQUAL).sum())


def above_a_tenth(eigenvalues: FloatArray) -> int:
    """How many components hold more than a tenth of all variance each."""
    return int((eigenvalues / eigenvalues.sum() > SHARE_OF_ONE + EQUAL).sum())


RETENTIONS: Mapping[str, Callable[[FloatArray], int]] = {
    "variance": above_a_tenth,
    "kaiser": above_one,
}


@dataclass(frozen=True, eq=False)
class Components:
    """Weights by principal components, with all that led to them."""

    weights: FloatArray  # children, sum to 1
    eigenvalues: FloatArray  # of the correlations of the children that vary, largest first
    loadings: FloatArray  # children x kept components, rotated; 0 for a constant child
    explained: FloatArray  # kept components, sum of squared rotated loadings
    component: IntArray  # children, the component that gives the child its weight; -1 for a constant one
    opposed: tuple[str, ...]  # children that run against most of what their component gathers
    constant: tuple[str, ...]  # children with one value throughout: they get no weight
    used: BoolArray  # units without a gap, from which all this was worked out


def components(codes: Sequence[str], points: FloatArray, keep: str = "variance") -> Components:
    """Weights by principal components after the OECD and JRC handbook; a check, never a default.

    `points` is units x children, NaN for a blank. The recipe: (1) Pearson correlations over the units that
    have every child (complete cases; `used` names them); (2) eigenvalues and loadings
    l = eigenvector x sqrt(eigenvalue); (3) components kept by `keep`: "variance", each more than 10 % of
    the variance, or "kaiser", each with an eigenvalue of at least 1; at least one, and equal eigenvalues
    stay together; (4) varimax rotation; (5) squared loadings scaled to 1 in each component,
    l_if^2 / v_f with v_f = sum_i l_if^2; (6) each child goes to the component where that is largest;
    (7) times the component's part of what is explained, v_f / sum_f v_f; (8) scaled to sum 1.
    Squares lose the sign: a child that runs against its component is weighted all the same and is named
    in `opposed`. Where two rotations are equally simple (very few units), the order of the children decides.
    A child with one value throughout gets weight 0; where none varies, weights are equal.
    Raises ValueError for an unknown `keep`, for infinite points and for fewer than three complete units,
    naming the child with the most blanks.
    Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), step 6, after
    G. Nicoletti, S. Scarpetta and O. Boylaud, Summary indicators of product market regulation (2000).
    """
    if keep not in RETENTIONS:
        raise ValueError(f"components are kept by {', '.join(RETENTIONS)}; {keep!r} is not known")
    numbers = points_of(points, codes)
    used: BoolArray = np.asarray(~np.isnan(numbers).any(axis=1))
    if used.sum() < FEWEST_PAIRS:
        blanks = np.isnan(numbers).sum(axis=0)
        raise ValueError(
            f"only {int(used.sum())} of {len(used)} units have every child, {FEWEST_PAIRS} are needed; "
            f"{codes[int(blanks.argmax())]} is blank most often ({int(blanks.max())})"
        )
    return _from_complete(codes, numbers[used], used, RETENTIONS[keep])


def _from_complete(
    codes: Sequence[str], complete: FloatArray, used: BoolArray, rule: Callable[[FloatArray], int]
) -> Components:
    r = correlations(complete)
    varies = ~np.isnan(np.diag(r)) & ~constant(complete)
    n = len(codes)
    weights, component = np.zeros(n), np.full(n, -1, dtype=np.intp)
    flat = tuple(code for code, moves in zip(codes, varies, strict=True) if not moves)
    if not varies.any():
        nothing = np.zeros((n, 0))
        return Components(np.full(n, 1 / n), np.zeros(0), nothing, np.zeros(0), component, (), flat, used)
    eigenvalues, rotated = _rotated(r[np.ix_(varies, varies)], rule)
    loadings = np.zeros((n, rotated.shape[1]))
    loadings[varies] = rotated
    explained = (rotated**2).sum(axis=0)
    scaled = rotated**2 / explained
    chosen = np.round(scaled, 9).argmax(axis=1)
    part = scaled[np.arange(len(chosen)), chosen] * explained[chosen] / explained.sum()
    weights[varies] = part / part.sum()
    component[varies] = chosen
    return Components(
        weights=weights,
        eigenvalues=eigenvalues,
        loadings=loadings,
        explained=explained,
        component=component,
        opposed=_opposed(codes, loadings, component),
        constant=flat,
        used=used,
    )


def _rotated(r: FloatArray, rule: Callable[[FloatArray], int]) -> tuple[FloatArray, FloatArray]:
    """Eigenvalues, largest first, and the rotated loadings of the components that are kept."""
    ascending, vectors = np.linalg.eigh(r)
    eigenvalues, vectors = np.maximum(ascending[::-1], 0.0), vectors[:, ::-1]
    last = eigenvalues[max(rule(eigenvalues), 1) - 1]
    kept = eigenvalues >= last - EQUAL
    return eigenvalues, varimax(vectors[:, kept] * np.sqrt(eigenvalues[kept]))


def _opposed(codes: Sequence[str], loadings: FloatArray, component: IntArray) -> tuple[str, ...]:
    """Children whose loading has the other sign than the sum of the loadings that their component gathers."""
    weighed = component >= 0
    own = np.where(weighed, loadings[np.arange(len(codes)), component], 0.0)
    towards = np.bincount(component[weighed], weights=own[weighed], minlength=loadings.shape[1])
    against = own * np.where(towards < -EQUAL, -1.0, 1.0)[component] < -EQUAL
    return tuple(code for code, one in zip(codes, against & weighed, strict=True) if one)
