"""The command of the command line for a sheet with one row for each city: panel."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from actions import house
from actions.output import as_panel_table
from actions.terminal import (
    BLOCKED,
    CANNOT_READ,
    FINE,
    WRONG_USE,
    cannot_write,
    is_workbook,
    message,
    reason_of,
    written,
)
from indicators.panel_sheet import (
    NO_CITY_COLUMN,
    NO_MEASUREMENT,
    NO_WORKBOOK,
    PanelSheetError,
    read_panel_sheet,
)
from locales import mark

_NO_PANEL: Mapping[str, str] = {
    NO_WORKBOOK: mark("it is no workbook (.xlsx), or it is damaged"),
    NO_CITY_COLUMN: mark("no row at the top of its first sheet names a column “city”"),
    NO_MEASUREMENT: mark("no column is headed by the code of a measurement, such as 1.1.1"),
}
_PANEL_FAULTS: Mapping[str, str] = {
    "not_a_number": mark("“{found}” is no number that can be read without doubt; it counts as blank."),
    "out_of_range": mark("{found} is impossible here; it counts as blank."),
    "ladder_not_whole": mark("{found} is no whole level; it counts as blank."),
    "fraction_percent": mark(
        "{found} may be a fraction of 1 or a percentage; it counts as blank. Write 45, not 0.45."
    ),
    "no_city": mark("the row has values and no city; it was left out."),
    "column_twice": mark("the code {found} heads two columns; neither counts."),
}


def add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    language: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add the command to the parser of the command line."""
    panel = commands.add_parser("panel", help="score a sheet that has one row for each city")
    panel.add_argument("file", metavar="FILE", type=Path)
    panel.add_argument("--csv", metavar="OUT", type=Path, required=True, help="the table to write")
    baskets = tuple(one.id for one in house.framework().baskets)
    panel.add_argument("--basket", choices=baskets, help="one basket only (default: all)")
    panel.set_defaults(run=_panel)
    language(panel)


def _panel(wanted: argparse.Namespace) -> int:
    say = house.voice(wanted.language).say
    if wanted.csv.is_file() and is_workbook(wanted.csv, [wanted.file]):
        cannot_write(wanted.csv, FileExistsError(), wanted.language)
        return WRONG_USE
    try:
        sheet = read_panel_sheet(wanted.file.read_bytes(), house.framework())
    except OSError as trouble:
        reason = reason_of(trouble, wanted.language)
        message(say(CANNOT_READ, file=wanted.file, reason=reason))
        return WRONG_USE
    except PanelSheetError as trouble:
        message(say(CANNOT_READ, file=wanted.file, reason=say(_NO_PANEL[trouble.reason])))
        return WRONG_USE
    if sheet.passed_over:
        names = " · ".join(sheet.passed_over)
        message(
            say("{file}: these columns are no measurements: {names}.", file=wanted.file.name, names=names)
        )
    for fault in sheet.faults:
        where = " · ".join(filter(None, (fault.cell, fault.city, fault.code)))
        told = say(_PANEL_FAULTS[fault.kind], found=fault.found)
        message(f"{wanted.file.name}: {where}: {told}")
    baskets = [one.id for one in house.framework().baskets if wanted.basket in (None, one.id)]
    table = as_panel_table(wanted.file.name, sheet, baskets)
    if not written(wanted.csv, table.encode("utf-8-sig", "replace"), wanted.language):
        return WRONG_USE
    return BLOCKED if sheet.faults else FINE
