"""What is asked in one row of nodes.csv and how it is judged, refused where it cannot be judged."""

from __future__ import annotations

from collections.abc import Collection

from indicators.rules import Head
from indicators.tables import Row, one_of
from scoring.model import Measurement

# The columns that only a row of the lowest level fills in.
LEAF_COLUMNS = (
    "unit",
    "direction",
    "method",
    "basket",
    "scale",
    "lower",
    "upper",
    "goalpost_kind",
    "floor_kind",
    "goalpost_source",
    "goalpost_scope",
    "goalpost_verified",
    "role",
    "outside_remit",
    "plausible_low",
    "plausible_high",
)
# Those that only an index has besides.
INDEX_LEAF_COLUMNS = ("parameters", "cut")
GOALPOST_COLUMNS = ("lower", "upper", "goalpost_kind", "floor_kind", "goalpost_source")
DIRECTIONS = {"1": 1, "-1": -1, "0": 0}
METHODS = ("official", "survey", "expert")
SCALES = ("linear", "log", "ladder", "none")
KINDS = ("normative", "statistical", "convention")
ROLES = ("scored", "shown", "doubtful")


def refuse_measurement(row: Row, lowest: str) -> None:
    """CatalogueError if the row of a higher level fills in a column of measurements."""
    for column in (*LEAF_COLUMNS, *INDEX_LEAF_COLUMNS):
        if row.cells.get(column):
            raise row.fault(
                f'{column} is "{row.optional(column)}", but only the lowest level, "{lowest}", is measured'
            )


def read_measurement(row: Row, head: Head, sources: Collection[str]) -> Measurement:
    """The measurement of a row; CatalogueError for a value that is not allowed or does not fit the others.

    `sources` are the known ids of sources.csv.
    """
    baskets = tuple(dict.fromkeys(name for basket in head.baskets for name in basket.includes))
    role = row.choice("role", ROLES)
    scale = row.choice("scale", SCALES)
    direction = DIRECTIONS[row.choice("direction", DIRECTIONS)]
    if role == "scored" and (scale == "none" or direction == 0):
        column = "scale" if scale == "none" else "direction"
        raise row.fault(f'{column} is "{row.text(column)}", so role must not be "scored"')
    lower, upper = _goalposts(row, scale, head)
    low, high = row.number("plausible_low"), row.number("plausible_high")
    if low >= high:
        raise row.fault(f"plausible_low is {low:g} and must be below plausible_high, {high:g}")
    return Measurement(
        unit=row.text("unit"),
        direction=direction,
        method=row.choice("method", METHODS),
        basket=row.choice("basket", baskets),
        scale=scale,
        lower=lower,
        upper=upper,
        goalpost_kind=row.optional("goalpost_kind"),
        floor_kind=row.optional("floor_kind"),
        goalpost_source=_sources(row, sources),
        goalpost_scope=row.text("goalpost_scope"),
        goalpost_verified=row.yes("goalpost_verified"),
        role=role,
        outside_remit=row.yes("outside_remit"),
        plausible_low=low,
        plausible_high=high,
    )


def _goalposts(row: Row, scale: str, head: Head) -> tuple[float | None, float | None]:
    if scale == "none":
        for column in GOALPOST_COLUMNS:
            if row.optional(column):
                raise row.fault(f'{column} is "{row.optional(column)}", but scale "none" has no goalposts')
        return None, None
    lower, upper = row.number("lower"), row.number("upper")
    if lower >= upper:
        raise row.fault(f"lower is {lower:g} and must be below upper, {upper:g}")
    if scale == "log" and lower <= 0:
        raise row.fault(f"lower is {lower:g}; a log scale needs goalposts above 0")
    if scale == "ladder" and (lower, upper) != (0, head.rules.ladder_levels):
        top = head.rules.ladder_levels
        raise row.fault(f"a ladder runs from 0 to {top}, not from {lower:g} to {upper:g}")
    for column in ("goalpost_kind", "floor_kind"):
        row.choice(column, KINDS)
    row.text("goalpost_source")
    return lower, upper


def _sources(row: Row, known: Collection[str]) -> tuple[str, ...]:
    for source in row.parts("goalpost_source"):
        if source not in known:
            raise row.fault(f'the source "{source}" is unknown; sources.csv holds {one_of(known)}')
    return row.parts("goalpost_source")
