"""Reading the rules of an award: who may be a candidate, how winners are chosen, what decides between equals."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Container, Mapping, Sequence
from pathlib import Path

from indicators.cells import whole
from indicators.tables import CatalogueError, Row, label, read_table, unique
from scoring.award import EligibilityRule, Marks, SelectionRule, TieBreak

ELIGIBILITY, SELECTION, TIE_BREAKS = "eligibility.csv", "selection.csv", "tie_breaks.csv"
ELIGIBILITY_COLUMNS = (
    "id",
    "fact",
    "kind",
    "threshold",
    "options",
    "asked_on",
    "source",
    "confidence",
)
SELECTION_COLUMNS = ("id", "kind", "of", "number", "binding", "source", "confidence")
TIE_BREAK_COLUMNS = ("id", "kind", "of", "source", "confidence")
# How well a rule is supported: by the organiser's own text, by other sources or with a gap, by convention alone.
CONFIDENCES = ("high", "medium", "low", "convention")
# What candidates may be counted by, besides what eligibility.csv asks.
GROUPS = ("country", "region")
# A mark that every criterion must reach.
EVERY = "every"
MONTHS = {"month": 1, "months": 1, "year": 12, "years": 12}

_Read = tuple[tuple[str, ...], float | None, int | None]


def read_eligibility(
    folder: Path, dates: Mapping[str, datetime.date], sources: Container[str]
) -> tuple[EligibilityRule, ...]:
    """The rules of eligibility.csv in the order of the file; CatalogueError for the first wrong line."""
    rows = unique(read_table(folder, ELIGIBILITY, ELIGIBILITY_COLUMNS), "id")
    return tuple(_eligibility(id, row, dates, sources) for id, row in rows.items())


def _eligibility(
    id: str, row: Row, dates: Mapping[str, datetime.date], sources: Container[str]
) -> EligibilityRule:
    kind = row.choice("kind", ELIGIBILITY_KINDS)
    fact, options = row.text("fact"), row.parts("options")
    if options and kind != "one_of":
        raise row.fault(f'options is "{row.text("options")}", but the kind {kind} has none')
    accepted, number, months = ELIGIBILITY_KINDS[kind](row)
    for value in accepted:
        if options and value not in options:
            raise row.fault(f'threshold accepts "{value}", which is none of the options')
    return EligibilityRule(
        id=id,
        kind=kind,
        fact=fact,
        accepted=accepted,
        options=options,
        number=number,
        months=months,
        asked_on=row.choice("asked_on", dates),
        sources=sources_of(row, sources),
        confidence=row.choice("confidence", CONFIDENCES),
    )


def _values(row: Row) -> _Read:
    row.text("threshold")
    return row.parts("threshold"), None, None


def _a_number(row: Row) -> _Read:
    return (), row.number("threshold"), None


def _a_count(row: Row) -> _Read:
    return (), _count(row, "threshold"), None


def _a_period(row: Row) -> _Read:
    words = row.text("threshold").split()
    if len(words) != 2 or words[1] not in MONTHS or not (words[0].isascii() and words[0].isdigit()):
        raise row.fault(
            f'threshold is "{row.text("threshold")}", which is no period; write it as in 12 months'
        )
    number = int(words[0])
    if not 0 < number <= 1200:
        raise row.fault(f'threshold is "{row.text("threshold")}" and must lie from 1 to 1200')
    return (), float(number), number * MONTHS[words[1]]


def _nothing(row: Row) -> _Read:
    if row.optional("threshold"):
        raise row.fault(f'threshold is "{row.text("threshold")}", but the kind {row.text("kind")} has none')
    return (), None, None


# Kind -> how its threshold is read.
ELIGIBILITY_KINDS: Mapping[str, Callable[[Row], _Read]] = {
    "one_of": _values,
    "at_least": _a_number,
    "longer_than": _a_period,
    "free_after_award": _a_period,
    "member_state": _nothing,
    "at_most_per": _a_count,
}


def read_selection(
    folder: Path,
    taken: Container[str],
    criteria: Collection[str],
    regions: Collection[str],
    marks: Marks,
    sources: Container[str],
) -> tuple[SelectionRule, ...]:
    """The rules of selection.csv in the order of the file; CatalogueError for the first wrong line.

    `taken` are the ids of the rules in tables read before.
    """
    rows = _rows(folder, SELECTION, SELECTION_COLUMNS, taken)
    rules: list[SelectionRule] = []
    for id, row in rows.items():
        kind = row.choice("kind", SELECTION_KINDS)
        of = _of(
            row, {"at_least_of": regions, "minimum": (*criteria, EVERY), "at_most_per": GROUPS}.get(kind)
        )
        number = row.number("number") if kind == "minimum" else _count(row, "number")
        if kind == "minimum" and not marks.lowest <= number <= marks.highest:
            raise row.fault(f"number is {number:g} and must lie from {marks.lowest} to {marks.highest}")
        if any((one.kind, one.of) == (kind, of) for one in rules):
            raise row.fault(f"kind {kind} stands twice for the same thing")
        confidence = row.choice("confidence", CONFIDENCES)
        rules.append(
            SelectionRule(id, kind, of, number, row.yes("binding"), sources_of(row, sources), confidence)
        )
    if not any(rule.kind == "winners" for rule in rules):
        raise CatalogueError(label(folder, SELECTION), 0, 'there is no line of kind "winners"')
    return tuple(rules)


# What a bound on the winners can be.
SELECTION_KINDS = ("winners", "at_most_per", "at_least_of", "minimum")
# What can decide between equals.
TIE_BREAK_KINDS = ("lowest_mark", "criterion", "region_without_winner", "vote")


def read_tie_breaks(
    folder: Path, taken: Container[str], criteria: Collection[str], sources: Container[str]
) -> tuple[TieBreak, ...]:
    """What decides between equals, the first line first; CatalogueError for the first wrong line."""
    rows = _rows(folder, TIE_BREAKS, TIE_BREAK_COLUMNS, taken)
    found: list[TieBreak] = []
    for id, row in rows.items():
        kind = row.choice("kind", TIE_BREAK_KINDS)
        of = _of(row, criteria if kind == "criterion" else None)
        if any((one.kind, one.of) == (kind, of) for one in found):
            raise row.fault(f"kind {kind} stands twice for the same thing; the second can decide nothing")
        if any(one.kind == "vote" for one in found):
            raise row.fault("a vote decides, so nothing can stand after it")
        found.append(TieBreak(id, kind, of, sources_of(row, sources), row.choice("confidence", CONFIDENCES)))
    if not found:
        raise CatalogueError(label(folder, TIE_BREAKS), 0, "the table holds no line")
    return tuple(found)


def _rows(folder: Path, name: str, columns: Sequence[str], taken: Container[str]) -> Mapping[str, Row]:
    rows = unique(read_table(folder, name, columns), "id")
    for id, row in rows.items():
        if id in taken:
            raise row.fault(f'id "{id}" stands in another table of rules')
    return rows


def _of(row: Row, allowed: Collection[str] | None) -> str:
    """What a rule is of: one of `allowed`, nothing where that is None."""
    if allowed is not None:
        return row.choice("of", allowed)
    if row.optional("of"):
        raise row.fault(f'of is "{row.text("of")}", but the kind {row.text("kind")} is of nothing')
    return ""


def _count(row: Row, column: str) -> float:
    number = whole(row, column)
    if number < 1:
        raise row.fault(f"{column} is {number} and must be at least 1")
    return float(number)


def sources_of(row: Row, sources: Container[str]) -> tuple[str, ...]:
    """The ids of sources that a line names, at least one; CatalogueError for one that is not there."""
    row.text("source")
    for id in row.parts("source"):
        if id not in sources:
            raise row.fault(f'source is "{id}", which is not in sources.csv')
    return row.parts("source")
