"""Which units have too little data to be in the index? Counted on the whole and on any part of it.

available = values that are there / measurements of the part
zeros     = zeros / values that are there

A unit stays if every part has at least the `available` share asked for and at most the `zeros` share.
Zeros are counted because in many sources a 0 stands for "not known".
Source: the rule of thumb of the European Commission's Competence Centre on Composite Indicators (JRC),
COIN Tool User's Guide, 2019: 65 % of the data for each unit and each part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoring.model import BoolArray, FloatArray
from scoring.table import checked

# A share such as 13 of 20 is not exactly the 0.65 that was asked for.
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Part:
    """Some measurements, and what share of them a unit must have; None asks for nothing.

    `available` is the least share that must be there, `zeros` the largest share of zeros among that.
    """

    name: str
    codes: tuple[str, ...]
    available: float | None = None
    zeros: float | None = None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Why a unit falls short: in which part, by what (available | zeros), its share and the limit."""

    unit: str
    part: str
    what: str
    share: float
    limit: float
    count: int  # values that are there, or zeros
    of: int  # measurements of the part, or values that are there


@dataclass(frozen=True, eq=False)
class Screened:
    """The units that are left, with their values; every unit's shares; who falls short and why.

    `units` and `values` are all of them if units were only to be reported; `left_out` names those that
    are gone. `enough`, `available` and `zeros` are of all units, in their first order; `zeros` is NaN
    where a unit has no value in a part.
    """

    units: tuple[str, ...]
    values: FloatArray  # units left x measurements
    left_out: tuple[str, ...]
    shortfalls: tuple[Shortfall, ...]  # by unit, then by part
    enough: BoolArray  # all units
    available: FloatArray  # all units x parts
    zeros: FloatArray  # all units x parts


def screen(
    values: FloatArray,
    parts: Sequence[Part],
    codes: Sequence[str],
    units: Sequence[str],
    *,
    leave_out: bool = True,
) -> Screened:
    """Leaves out the units that fall short in any part, or only reports them.

    `values` is units x measurements, NaN where there is none; a part may be the whole, a level's node or
    any group, and parts may overlap. Raises ValueError for a part without measurements or with one that
    is not among `codes`, a limit outside 0-1, and as scoring.table.checked does.
    """
    table = checked(values, units, codes)
    for part in parts:
        _check(part, codes)
    there, nothing = ~np.isnan(table), table == 0
    position = {code: j for j, code in enumerate(codes)}
    shape = (len(units), len(parts))
    present, naught, size = np.zeros(shape), np.zeros(shape), np.array([len(part.codes) for part in parts])
    for k, part in enumerate(parts):
        columns = [position[code] for code in part.codes]
        present[:, k] = there[:, columns].sum(axis=1)
        naught[:, k] = nothing[:, columns].sum(axis=1)
    available = present / size
    zeros = np.divide(naught, present, out=np.full(shape, np.nan), where=present > 0)
    shortfalls: list[Shortfall] = []
    for i, unit in enumerate(units):
        for k, part in enumerate(parts):
            few, many = float(available[i, k]), float(zeros[i, k])
            if part.available is not None and few < part.available - TOLERANCE:
                count, of = int(present[i, k]), len(part.codes)
                shortfalls.append(Shortfall(unit, part.name, "available", few, part.available, count, of))
            if part.zeros is not None and many > part.zeros + TOLERANCE:
                count, of = int(naught[i, k]), int(present[i, k])
                shortfalls.append(Shortfall(unit, part.name, "zeros", many, part.zeros, count, of))
    short = {shortfall.unit for shortfall in shortfalls}
    enough = np.array([unit not in short for unit in units], dtype=bool)
    kept = enough if leave_out else np.ones(len(units), dtype=bool)
    return Screened(
        units=tuple(unit for unit, stays in zip(units, kept, strict=True) if stays),
        values=table[kept],
        left_out=tuple(unit for unit, stays in zip(units, kept, strict=True) if not stays),
        shortfalls=tuple(shortfalls),
        enough=enough,
        available=available,
        zeros=zeros,
    )


def _check(part: Part, codes: Sequence[str]) -> None:
    if not part.codes:
        raise ValueError(f"part {part.name!r} has no measurement; name those to be counted")
    unknown = [code for code in part.codes if code not in codes]
    if unknown:
        raise ValueError(f"part {part.name!r} names {unknown[0]!r}, which is none of the measurements")
    for what, limit in (("available", part.available), ("zeros", part.zeros)):
        if limit is not None and not 0 <= limit <= 1:
            raise ValueError(f"part {part.name!r}: {what} is {limit:g}; a share lies between 0 and 1")
