"""What is to be told of a data set that was audited? Its tables as rows, each for a file of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from scoring.audit import Audit, FamilyAudit, audit_data
from scoring.audit.correlations import related
from scoring.audit.data import data_of_index
from scoring.index import Index

# A cell: a text, a number (NaN where nothing is known), or yes and no.
Cell = str | float | bool
Rows = Iterable[Sequence[Cell]]
Tables = Mapping[str, tuple[Sequence[str], Rows]]

# File -> its columns (docs/framework-format.md says what they mean).
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "audit_families.csv": (
        *("node", "members", "count", "alpha", "alpha_standardised", "alpha_units", "alpha_note"),
        *("above_one", "first_explains", "components_units", "components_by", "components_note", "left_out"),
    ),
    "audit_members.csv": (
        "node",
        "members",
        "code",
        "alpha_without",
        "alpha_standardised_without",
        "with_rest",
    ),
    "audit_components.csv": ("node", "members", "component", "eigenvalue", "explained"),
    "audit_loadings.csv": ("node", "members", "component", "code", "loading"),
    "audit_correlations.csv": (
        *("first", "second", "relation", "pearson", "spearman", "units", "flag", "significant"),
    ),
    "audit_dominance.csv": ("better", "worse", "common"),
    "audit_coverage.csv": ("of", "name", "answered", "asked", "share", "weight", "lowest", "thin"),
    "audit_values.csv": (
        *("code", "units", "mean", "smallest", "lower_quartile", "median", "upper_quartile", "largest"),
        *("skewness", "kurtosis", "outlying", "note"),
    ),
    "audit_far.csv": ("code", "unit", "value", "distance"),
    "audit_without.csv": ("without", "unit", "score", "rank", "score_change", "rank_change"),
    "audit_shifts.csv": ("without", "mean_shift", "largest_shift", "enters", "leaves"),
    "audit_idle.csv": ("code", "nominal", "effective", "mean_shift", "largest_shift", "reasons"),
}
# Between names in one cell; names may hold blanks and commas.
AND = "; "


def index_tables(result: Index) -> Tables:
    """The tables of the audit of an index; without rows where no unit is left."""
    if not result.rows:
        return {name: (columns, ()) for name, columns in COLUMNS.items()}
    return audit_tables(audit_data(data_of_index(result)))


def audit_tables(found: Audit) -> Tables:
    """The columns and rows of every table of an audit, by the name of its file."""
    rows: Mapping[str, Rows] = {
        "audit_families.csv": (_family(one) for one in found.families),
        "audit_members.csv": (row for one in found.families for row in _members(one)),
        "audit_components.csv": (row for one in found.families for row in _components(one)),
        "audit_loadings.csv": (row for one in found.families for row in _loadings(one)),
        "audit_correlations.csv": _correlations(found),
        "audit_dominance.csv": _dominance(found),
        "audit_coverage.csv": _coverage(found),
        "audit_values.csv": (
            (
                *(one.code, one.units, one.mean, one.smallest, one.lower_quartile, one.median),
                *(one.upper_quartile, one.largest, one.skewness, one.kurtosis, one.outlying, one.note),
            )
            for one in found.outliers.shapes
        ),
        "audit_far.csv": ((one.code, one.unit, one.value, one.distance) for one in found.outliers.far),
        "audit_without.csv": _without(found),
        "audit_shifts.csv": _shifts(found),
        "audit_idle.csv": (
            (one.code, one.nominal, one.effective, one.mean_shift, one.largest_shift, AND.join(one.reasons))
            for one in found.dependence
        ),
    }
    return {name: (columns, rows[name]) for name, columns in COLUMNS.items()}


def _family(one: FamilyAudit) -> Sequence[Cell]:
    parts = one.principal
    return (
        *(one.family.code, one.family.members, len(one.family.codes)),
        *(one.alpha.raw, one.alpha.standardised, one.alpha.units, one.alpha.note),
        *(parts.above_one, float(parts.explained[0]) if parts.explained.size else float("nan")),
        *(parts.units, parts.missing, parts.note, AND.join(one.alpha.left_out)),
    )


def _members(one: FamilyAudit) -> Rows:
    alpha = one.alpha
    for code, *figures in zip(
        alpha.codes, alpha.without, alpha.standardised_without, alpha.with_rest, strict=True
    ):
        yield (one.family.code, one.family.members, code, *map(float, figures))


def _components(one: FamilyAudit) -> Rows:
    for k, (eigenvalue, explained) in enumerate(
        zip(one.principal.eigenvalues, one.principal.explained, strict=True), start=1
    ):
        yield (one.family.code, one.family.members, k, float(eigenvalue), float(explained))


def _loadings(one: FamilyAudit) -> Rows:
    for k, column in enumerate(one.principal.loadings.T, start=1):
        for code, loading in zip(one.principal.codes, column, strict=True):
            yield (one.family.code, one.family.members, k, code, float(loading))


def _correlations(found: Audit) -> Rows:
    seen = found.correlations
    flags = {(pair.first, pair.second): (pair.flag, pair.significant) for pair in seen.flagged}
    unflagged: tuple[Cell, Cell] = ("", "")
    for i, j, relation in related(seen.codes, found.data.parents):
        first, second = seen.codes[i], seen.codes[j]
        r, rho, units = float(seen.pearson[i, j]), float(seen.spearman[i, j]), int(seen.units[i, j])
        yield (first, second, relation, r, rho, units, *flags.get((first, second), unflagged))


def _dominance(found: Audit) -> Rows:
    units, common = found.dominance.units, found.dominance.common
    for a, b in np.argwhere(found.dominance.dominates).tolist():
        yield (units[a], units[b], int(common[a, b]))


def _coverage(found: Audit) -> Rows:
    seen, nothing = found.coverage, float("nan")
    for of, ones in (("unit", seen.units), ("measurement", seen.measurements)):
        for one in ones:
            yield (of, one.name, one.answered, one.asked, one.share, one.weight, nothing, one.thin)
    for node in seen.nodes:
        yield ("node", node.code, nothing, node.units, nothing, node.mean, node.lowest, node.thin_units > 0)


def _without(found: Audit) -> Rows:
    seen = found.removals
    for i, code in enumerate(seen.codes):
        for j, unit in enumerate(seen.units):
            rank = int(seen.rank[i, j]) or float("nan")
            figures = float(seen.score_change[i, j]), float(seen.rank_change[i, j])
            yield (code, unit, float(seen.score[i, j]), rank, *figures)


def _shifts(found: Audit) -> Rows:
    seen = found.removals
    for i, code in enumerate(seen.codes):
        shifts = float(seen.mean_shift[i]), float(seen.largest_shift[i])
        yield (code, *shifts, AND.join(seen.enters[i]), AND.join(seen.leaves[i]))
