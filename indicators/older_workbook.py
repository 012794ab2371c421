"""Workbooks of older editions of a framework: their codes become today's, and what cannot be carried over is told."""

from __future__ import annotations

from collections.abc import Sequence

from indicators import findings
from indicators.book import Cell
from indicators.headers import Table
from indicators.stamp import Stamp
from indicators.text import tidy
from scoring.model import Finding, Framework


def migrate(stamp: Stamp | None, framework: Framework, tables: Sequence[Table]) -> list[Finding]:
    """Write today's codes over those of an older edition, in memory; returns the note that says what changed."""
    codes = framework.editions.get(stamp.edition) if stamp else None
    if stamp is None or codes is None:
        return []
    moved: list[str] = []
    dropped: list[str] = []
    for table in tables:
        column = table.columns.get("code")
        for row in table.rows if column else ():
            old = tidy(table.sheet.cell(row, column or 0).value)
            if old not in codes:
                continue
            new = codes[old]
            # A row without a code is no answer; its text stays where it is.
            cells = (
                {(row, column or 0): Cell(new)}
                if new
                else {(row, at): Cell() for at in table.columns.values()}
            )
            table.sheet.overwrite(cells)
            (moved if new else dropped).append(f"{old} → {new}" if new else old)
    return [
        findings.make(
            "edition_migrated",
            found=stamp.edition,
            expected=framework.edition,
            moved=", ".join(moved) or "–",
            dropped=", ".join(dropped) or "–",
        )
    ]
