"""Which measurements say the same, and which pull against their own family? Correlations with flags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.audit.spearman import spearman_matrix
from scoring.model import FloatArray
from scoring.weightings.checks import points_of
from scoring.weightings.correlation import correlations

# Beyond it two measurements count as one asked twice: the JRC's audits and the COIN Tool (JRC, 2019).
REDUNDANT = 0.92
# Two-sided 5 % of the normal distribution.
BY_CHANCE = 1.96
# Below it a member pulls against its family, which a mean then hides (OECD and JRC 2008, step 4).
NEGATIVE = 0.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two nodes that a flag names. `relation`: siblings, parent (`second` is that of `first`) or apart.

    `significant`: with independent nodes so large an r would come about in less than one case in twenty.
    """

    first: str
    second: str
    relation: str
    pearson: float
    spearman: float
    units: int
    significant: bool
    flag: str  # redundant | negative


@dataclass(frozen=True, eq=False)
class Correlations:
    """Correlations of all nodes, codes x codes; NaN where fewer than three units have both, or one is constant."""

    codes: tuple[str, ...]
    pearson: FloatArray
    spearman: FloatArray
    units: NDArray[np.int64]  # how many have both
    flagged: tuple[Pair, ...]


def correlate(
    codes: Sequence[str],
    points: FloatArray,
    parents: Mapping[str, str],
    redundant: float = REDUNDANT,
    negative: float = NEGATIVE,
) -> Correlations:
    """Pearson's and Spearman's correlations of all nodes, each pair over the units that have both.

    `points` is units x codes, more is better, NaN for a blank; `parents` gives the parent of each code
    ("" for none). Flagged are siblings, and measurements wherever they stand, with |r| > `redundant`; and
    siblings, or a child and its parent, with r < `negative` (Pearson). An only child is its parent and is
    not flagged. Raises ValueError as `points_of` does, and for a `redundant` that is no positive number.
    Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), step 4.
    """
    if not redundant > 0:
        raise ValueError(f"redundant is {redundant:g}; give the correlation above which two are one, as 0.92")
    numbers = points_of(points, codes)
    there = (~np.isnan(numbers)).astype(float)
    pearson, spearman = correlations(numbers), spearman_matrix(numbers)
    units = (there.T @ there).astype(np.int64)
    flagged = []
    for i, j, relation in related(codes, parents):
        r, n = float(pearson[i, j]), int(units[i, j])
        flag = _flag(r, relation, redundant, negative)
        if flag:
            rho = float(spearman[i, j])
            flagged.append(Pair(codes[i], codes[j], relation, r, rho, n, _significant(r, n), flag))
    return Correlations(tuple(codes), pearson, spearman, units, tuple(flagged))


def related(codes: Sequence[str], parents: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Columns of all pairs that are looked at: siblings, children with their parents, measurements apart."""
    column = {code: i for i, code in enumerate(codes)}
    inner = {parents.get(code, "") for code in codes}
    family: dict[str, list[str]] = {}
    for code in codes:
        family.setdefault(parents.get(code, ""), []).append(code)
    for i, code in enumerate(codes):
        above = parents.get(code, "")
        if above in column and len(family[above]) > 1:
            yield i, column[above], "parent"
        for j in range(i + 1, len(codes)):
            if parents.get(codes[j], "") == above:
                yield i, j, "siblings"
            elif code not in inner and codes[j] not in inner:
                yield i, j, "apart"


def _flag(r: float, relation: str, redundant: float, negative: float) -> str:
    if relation != "parent" and abs(r) > redundant:
        return "redundant"
    return "negative" if relation != "apart" and r < negative else ""


def _significant(r: float, units: int) -> bool:
    """By Fisher's z: atanh(r) sqrt(n - 3) is nearly normal (R. A. Fisher, 1921)."""
    z = np.arctanh(np.clip(r, -1 + 1e-15, 1 - 1e-15))
    return bool(abs(z) * np.sqrt(max(units - 3, 0)) > BY_CHANCE)
