"""One row of a table: its cells by column, and what is found in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indicators import findings
from indicators.book import EMPTY, Cell
from indicators.headers import Table
from indicators.text import quoted, tidy
from scoring.model import Finding, Place


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table that speaks of one code; `found` gathers what a person should look at.

    `subject` is what a finding calls the row: the code, for a commitment with its declaration before it.
    """

    table: Table
    number: int
    code: str
    subject: str
    found: list[Finding]

    def has(self, column: str) -> bool:
        """Whether the table has the column (once)."""
        return column in self.table.columns

    def cell(self, column: str) -> Cell:
        """The row's cell in a column, empty if the table has no such column."""
        position = self.table.columns.get(column)
        return EMPTY if position is None else self.table.sheet.cell(self.number, position)

    def text(self, column: str) -> str:
        """The cell as text without outer blanks; an error such as #REF! says nothing."""
        cell = self.cell(column)
        return "" if cell.error else tidy(cell.value)

    def uncalculated(self, column: str) -> bool:
        """Whether the cell holds a formula of which no result was saved."""
        position = self.table.columns.get(column)
        return position is not None and self.table.sheet.uncalculated(self.number, position)

    def merged_into(self, column: str) -> str:
        """What stands in the first cell of the merge that swallowed this one, "" if none did."""
        position = self.table.columns.get(column)
        return "" if position is None else quoted(self.table.sheet.merged_into(self.number, position).value)

    def place(self, column: str) -> Place:
        """Where the cell of a column stands; the cell of the code where the table lacks the column."""
        return self.table.sheet.place(self.number, self.table.columns.get(column, self.table.columns["code"]))

    def report(self, kind: str, column: str, proposal: str = "", /, **facts: str | int | float) -> None:
        """Adds a finding at the row's cell in `column`; `proposal` is what would be right in the cell."""
        found = findings.make(kind, self.place(column), self.subject, **facts)
        self.found.append(replace(found, proposal=proposal))

    def filled(self, columns: tuple[str, ...]) -> bool:
        """Whether anything stands in any of these columns, an error or a formula without result included."""
        return any(tidy(self.cell(name).value) or self.uncalculated(name) for name in columns)
