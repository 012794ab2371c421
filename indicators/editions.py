"""Workbooks of older editions of a framework: their codes become today's, and what cannot be carried over is told.

editions.csv names every older edition that can still be read: an old code and the code it has now, or none where
the measurement was dropped or asked for something else, so that its value must not be taken for today's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from indicators import findings
from indicators.book import Cell
from indicators.headers import Table
from indicators.stamp import Stamp
from indicators.tables import read_table
from indicators.text import tidy
from scoring.model import Finding, Framework, Node

FILE = "editions.csv"
COLUMNS = ("edition", "old_code", "new_code")


def read_editions(folder: Path, edition: str, nodes: Sequence[Node]) -> Mapping[str, Mapping[str, str]]:
    """Older edition -> old code -> new code ("" for none); empty where a folder has no editions.csv.

    Raises CatalogueError for a new code that is no measurement, a code named twice, and for the present edition.
    """
    if not (folder / FILE).exists():
        return MappingProxyType({})
    known = {node.code for node in nodes if node.measurement}
    found: dict[str, dict[str, str]] = {}
    for row in read_table(folder, FILE, COLUMNS):
        older, old, new = row.text("edition"), row.text("old_code"), row.optional("new_code")
        if older == edition:
            raise row.fault(f'edition is "{older}", which is the present one')
        if new and new not in known:
            raise row.fault(f'new_code is "{new}", which is no measurement')
        codes = found.setdefault(older, {})
        if old in codes:
            raise row.fault(f'old_code "{old}" stands twice for edition "{older}"')
        codes[old] = new
    return MappingProxyType({older: MappingProxyType(codes) for older, codes in found.items()})


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
