"""How is a measurement of an index judged? Rows of nodes.csv with few cells filled in, the rest as documented."""

from __future__ import annotations

from dataclasses import replace

from indicators.leaves import DIRECTIONS, KINDS, METHODS, ROLES
from indicators.rules import ALL, Head
from indicators.tables import YES_NO, Row
from indicators.vocabulary import Vocabulary, read_parameters
from scoring.model import Measurement

# The scale of a measurement that is kept beside the index and enters no score.
NOTHING = "none"
# The scale of a measurement that names none and has both goalposts.
USUAL = "linear"
# A value counts whatever it is, where nobody says what is plausible.
ANY_LOW, ANY_HIGH = float("-inf"), float("inf")


def read_index_measurement(row: Row, head: Head, vocabulary: Vocabulary) -> Measurement:
    """The measurement of a row; CatalogueError for a value that is not allowed or does not fit the others.

    The scale is "" where the row names none and lacks a goalpost: the method must name one then.
    """
    lower, upper = row.optional_number("lower"), row.optional_number("upper")
    if lower is not None and upper is not None and lower >= upper:
        raise row.fault(f"lower is {lower:g} and must be below upper, {upper:g}")
    scale = USUAL if lower is not None and upper is not None else ""
    if row.optional("scale"):
        scale = row.choice("scale", (*vocabulary.normalisations, NOTHING))
    role = row.choice("role", ROLES) if row.optional("role") else ROLES[scale == NOTHING]
    direction = DIRECTIONS[row.choice("direction", DIRECTIONS)] if row.optional("direction") else 1
    if role == ROLES[0] and (scale == NOTHING or direction == 0):
        column = "scale" if scale == NOTHING else "direction"
        raise row.fault(f'{column} is "{row.optional(column)}", so role must not be "scored"')
    low, high = _plausible(row)
    return Measurement(
        unit=row.optional("unit"),
        direction=direction,
        method=_choice(row, "method", METHODS),
        basket=_basket(row, head),
        scale=scale,
        lower=lower,
        upper=upper,
        goalpost_kind=_choice(row, "goalpost_kind", ("", *KINDS)),
        floor_kind=_choice(row, "floor_kind", ("", *KINDS)),
        goalpost_source=row.parts("goalpost_source"),
        goalpost_scope=row.optional("goalpost_scope"),
        goalpost_verified=_yes(row, "goalpost_verified") or False,
        role=role,
        outside_remit=_yes(row, "outside_remit") or False,
        plausible_low=low,
        plausible_high=high,
        parameters=read_parameters(row.optional("parameters"), scale, vocabulary, row.fault),
        cut=_yes(row, "cut"),
    )


def fill_inner(row: Row) -> Row:
    """The row with what every node may leave out: weight 1, a wording that nobody checked."""
    weight, verified = row.optional("weight") or "1", row.optional("wording_verified") or "no"
    return replace(row, cells={**row.cells, "weight": weight, "wording_verified": verified})


def _plausible(row: Row) -> tuple[float, float]:
    low, high = row.optional_number("plausible_low"), row.optional_number("plausible_high")
    if low is not None and high is not None and low >= high:
        raise row.fault(f"plausible_low is {low:g} and must be below plausible_high, {high:g}")
    return ANY_LOW if low is None else low, ANY_HIGH if high is None else high


def _yes(row: Row, column: str) -> bool | None:
    return YES_NO[row.choice(column, YES_NO)] if row.optional(column) else None


def _choice(row: Row, column: str, allowed: tuple[str, ...]) -> str:
    """The cell's text, the first of `allowed` where it is empty."""
    return row.choice(column, allowed) if row.optional(column) else allowed[0]


def _basket(row: Row, head: Head) -> str:
    names = tuple(dict.fromkeys(name for basket in head.baskets for name in basket.includes))
    return _choice(row, "basket", names) if names else row.optional("basket") or ALL
