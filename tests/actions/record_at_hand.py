"""A room on one's own computer for tests of records, and workbooks filled in by hand."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from actions import passwords
from actions.access import COMPUTER, Actor
from actions.record import record, say
from actions.rooms import begin_assessment, new_room_city
from tests.prepared import prepare

NAME, YEAR = "Riverton", 2025
PROFILE = {
    "profile:name": {"entry": NAME},
    "profile:country": {"entry": "KOR"},
    "profile:assessment_year": {"entry": str(YEAR)},
}
JOBLESS = {"value": "4,9", "year": "2024", "grade": "survey", "source": "labour office"}


def own_computer(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """A store of its own in a folder."""
    patch.setenv("SCORECARD_DATA", str(prepare(folder)))
    patch.delenv("DATABASE_URL", raising=False)
    patch.setattr(passwords, "COST", passwords.Cost(n=2**4))


def new_room(said: Mapping[str, Mapping[str, str]] = PROFILE, *, year: int = YEAR, from_id: str = "") -> str:
    """An assessment of a new city in which something is said; returns its id."""
    city = new_room_city(COMPUTER, NAME, "KOR")
    id = begin_assessment(COMPUTER, city, year, from_id)
    for field, texts in said.items():
        say(COMPUTER, id, field, texts, 0)
    return id


def tell(id: str, field: str, texts: Mapping[str, str], who: Actor = COMPUTER, why: str = "") -> None:
    """Say something on top of what counts now."""
    say(who, id, field, texts, record(who, id).version(field), why)


def typed_into(data: bytes, changes: Mapping[tuple[str, str], object]) -> bytes:
    """A workbook with other entries: (code of a row, heading of a column) -> what is typed there, None to empty it."""
    book = load_workbook(io.BytesIO(data))
    for (code, heading), text in changes.items():
        sheet, row, columns = _row(book.worksheets, code, heading)
        sheet.cell(row, columns[heading]).value = text  # type: ignore[assignment]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell_in(data: bytes, code: str, heading: str) -> tuple[str, str, object]:
    """Sheet, cell and content of one entry of a workbook."""
    sheet, row, columns = _row(load_workbook(io.BytesIO(data)).worksheets, code, heading)
    cell = sheet.cell(row, columns[heading])
    return sheet.title, cell.coordinate, cell.value


def _row(sheets: list[Worksheet], code: str, heading: str) -> tuple[Worksheet, int, dict[str, int]]:
    for sheet in sheets:
        columns: dict[str, int] = {}
        for cells in sheet.iter_rows():
            texts = [str(cell.value) for cell in cells]
            if heading in texts:
                columns = {str(cell.value): cell.column for cell in cells if cell.value is not None}
            elif columns and texts[0] == code:
                return sheet, cells[0].row, columns
    raise LookupError(f"{code} {heading}")
