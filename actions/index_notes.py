"""What must a person know about an index that was just made? Whatever was left out, and what to beware of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from actions.index_pairs import MOST, too_many
from indicators.units_table import UnitsTable
from locales import mark
from scoring.index import Index
from scoring.normalisations import NORMALISATIONS


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence of SENTENCES with its facts."""

    sentence: str
    facts: Mapping[str, str | int]


SENTENCES: Mapping[str, str] = {
    "passed_over": mark("These columns are not used, as nothing says what they hold: {names}."),
    "no_column": mark("These measurements have no column and count as blank for every unit: {names}."),
    "no_value": mark("These measurements have no value that counts for any unit, and are blank: {names}."),
    "left_out": mark("Values left out: {count}; changes.csv says which and why."),
    "screened": mark("Left out for lack of data: {count}; changes.csv says why: {names}."),
    "unscored": mark("Without a score, as too little is known: {count} of {all}: {names}."),
    "still_blank": mark("Blanks that could not be filled, as there is nothing to fill them from: {count}."),
    "constant": mark("These measurements have one value throughout and tell no unit from another: {names}."),
    "outlying": mark("These measurements keep outliers that no treatment could tame: {names}."),
    "from_data": mark(
        "The weights under these nodes come from the data, which suits a robustness check and no official index: "
        "{names}."
    ),
    "crowded": mark(
        "outranking.csv holds no year with more than {most} units, as its pairs would be too many."
    ),
}
# A sentence names the first ones only.
MOST_NAMED = 6


def notes(
    table: UnitsTable, result: Index, from_data: Mapping[str, str], missing: str, outranking: bool
) -> tuple[Note, ...]:
    """All that should be told, in the order of SENTENCES; `outranking` says whether the matrix is asked for."""
    told = tuple(_notes(table, result, from_data, missing))
    crowded = outranking and too_many(result)
    return (*told, Note("crowded", {"most": MOST})) if crowded else told


def _notes(table: UnitsTable, result: Index, from_data: Mapping[str, str], missing: str) -> Iterator[Note]:
    if table.passed_over:
        yield _named("passed_over", table.passed_over)
    if absent := tuple(code for code, heading in table.headings.items() if not heading):
        yield _named("no_column", absent)
    empty = tuple(
        code
        for column, code in enumerate(result.codes)
        if table.headings[code] and np.isnan(result.values[:, column]).all()
    )
    if empty and result.kept.any():
        yield _named("no_value", empty)
    if left := sum(1 for one in result.changes if one.step == "left_out" and one.code):
        yield Note("left_out", {"count": left})
    rows = table.rows
    if not result.kept.all():
        yield _named("screened", tuple(rows[row] for row in np.flatnonzero(~result.kept)))
    whole = np.isnan(result.score[:, result.nodes.index(result.framework.root)])
    if whole.any():
        kept = np.flatnonzero(result.kept)
        yield _named("unscored", tuple(rows[row] for row in kept[whole]), all=len(kept))
    if missing not in ("leave_out", "zero") and (blank := int(np.isnan(result.points).sum())):
        yield Note("still_blank", {"count": blank})
    relative = tuple(code for code in result.constant if _relative(result, code))
    if relative:
        yield _named("constant", relative)
    if result.outlying:
        yield _named("outlying", result.outlying)
    if from_data:
        yield _named("from_data", tuple(f"{code} ({rule})" for code, rule in from_data.items()))


def _relative(result: Index, code: str) -> bool:
    facts = result.framework.by_code[code].measurement
    return facts is not None and NORMALISATIONS[facts.scale].relative


def _named(sentence: str, names: tuple[str, ...], **facts: int) -> Note:
    more = " …" if len(names) > MOST_NAMED else ""
    shown = ", ".join(names[:MOST_NAMED]) + more
    return Note(sentence, {"names": shown, "count": len(names), **facts})
