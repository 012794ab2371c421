"""Which choice moves the ranking of an index? Sobol indices of each year, empty where they are too unsure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from actions.audit import Cell, Tables
from actions.index_who import Who
from scoring.index_surety import Surety

FILE = "sensitivity.csv"
COLUMNS = ("choice", "first", "first_low", "first_high", "total", "total_low", "total_high", "note")
# Why a line has no figures.
WIDE = "wide"


def driver_tables(surety: Surety, who: Who) -> Tables:
    """A line for each year and choice that varies; no line for a year with fewer than two ranked units."""
    return {FILE: ((*who.year_columns, *COLUMNS), _rows(surety, who))}


def _rows(surety: Surety, who: Who) -> Iterator[Sequence[Cell]]:
    nothing = (float("nan"),) * 6
    for of in surety.years:
        found = of.drivers.ranking
        if found is None:
            continue
        year = who.year(int(of.rows[0]))
        for k, choice in enumerate(of.drivers.choices):
            first, total = (float(part[k]) for part in (found.first, found.total))
            limits = [tuple(map(float, part[k])) for part in (found.first_limits, found.total_limits)]
            told = bool(found.told[k])
            figures = (first, *limits[0], total, *limits[1]) if told else nothing
            yield (*year, choice, *figures, "" if told else WIDE)
