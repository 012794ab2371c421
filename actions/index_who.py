"""How is a row of a table of an index named? By its unit, and its year where the data have one."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.units_table import UnitsTable


class Who:
    """The columns that name some rows of a table, and each row's cells in them; `named` has the units' names too."""

    def __init__(self, table: UnitsTable, rows: Sequence[int]) -> None:
        parts = [("unit", table.units)] + ([("year", table.years)] if table.years else [])
        self.columns = tuple(name for name, _ in parts)
        self.rows = [tuple(column[row] for _, column in parts) for row in rows]
        if table.names:
            parts.insert(1, ("name", table.names))
        self.named_columns = tuple(name for name, _ in parts)
        self.named_rows = [tuple(column[row] for _, column in parts) for row in rows]
        self.units = [table.units[row] for row in rows]
        self.years = [table.years[row] if table.years else "" for row in rows]
        self.year_columns = ("year",) if table.years else ()

    def year(self, row: int) -> tuple[str, ...]:
        """The cell of a row's year, none where the data have no years."""
        return (self.years[row],) if self.year_columns else ()
