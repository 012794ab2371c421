"""Random damage to a workbook whose answers are known, and what may come of it: the answer, or a finding about it."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from indicators import key_features
from indicators.declarations import yeonsu
from indicators.template import build
from scoring.model import Finding, Observation, Reading
from tests.workbooks import changed, filled_reading, read_bytes, zipped

KEPT_AREAS = ("1 Empowerment, cohesion", "2 Economy and culture", "6 Workplace learning")
PROFILE_PART = "xl/worksheets/sheet2.xml"


@dataclass(frozen=True)
class Mutant:
    """A damaged workbook, and the answers and profile fields that were themselves overwritten."""

    data: bytes
    told: str
    spoilt: frozenset[str] = frozenset()


@cache
def planted() -> Mapping[str, Observation]:
    """The answers of the small workbook: no two values of the same kind are alike."""
    kept = {name[0] for name in KEPT_AREAS}
    answers = {}
    for number, (code, one) in enumerate(filled_reading().observations.items()):
        asked = key_features().by_code[code].measurement
        if code.split(".")[0] not in kept or asked is None or one.value is None:
            continue
        value = float(number % 6) if asked.unit == "level" else round(one.value * (1 + number / 500), 2)
        answers[code] = replace(one, value=value, year=2023 + number % 3)
    return answers


@cache
def small() -> bytes:
    """A workbook of the profile, three focus areas and the declaration's commitments, all filled in."""

    def keep(book: Workbook) -> None:
        for sheet in book.worksheets:
            if sheet.title[0].isdigit() and sheet.title not in KEPT_AREAS:
                del book[sheet.title]

    reading = replace(filled_reading(), observations=planted())
    return changed(build(key_features(), (yeonsu(),), "en", prefill=reading), keep)


@cache
def whole() -> Reading:
    """What the undamaged workbook says."""
    return read_bytes(small())


@cache
def _parts() -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(io.BytesIO(small())) as archive:
        return tuple((name, archive.read(name)) for name in archive.namelist())


# Damage to the bytes


def bytes_damaged(dice: random.Random) -> Mutant:
    """A few bytes changed, a stretch cut out or doubled, or the end lost."""
    data = bytearray(small())
    at, length = dice.randrange(len(data)), dice.choice((1, 4, 60, 3000))
    act = dice.choice(("change", "cut", "double", "end", "zero"))
    if act == "change":
        for _ in range(dice.randint(1, 6)):
            data[dice.randrange(len(data))] = dice.randrange(256)
    elif act == "cut":
        del data[at : at + length]
    elif act == "double":
        data[at:at] = data[at : at + length]
    elif act == "end":
        del data[at:]
    else:
        data[at : at + length] = bytes(len(data[at : at + length]))
    return Mutant(bytes(data), f"{act} at {at}")


# Damage to the parts


def parts_damaged(dice: random.Random) -> Mutant:
    """A part lost, cut, emptied, doubled, renamed, or two exchanged."""
    parts = dict(_parts())
    name, other = dice.sample(list(parts), 2)
    act = dice.choice(("lose", "cut", "empty", "double", "rename", "exchange", "overwrite"))
    if act == "lose":
        del parts[name]
    elif act == "cut":
        parts[name] = parts[name][: dice.randrange(len(parts[name]))]
    elif act == "empty":
        parts[name] = b""
    elif act == "double":
        parts[dice.choice(("xl/copy.xml", name.upper(), name + ".bak"))] = parts[name]
    elif act == "rename":
        parts[dice.choice((name.upper(), "x" + name, name.replace("/", "\\"), "../" + name))] = parts.pop(
            name
        )
    elif act == "exchange":
        parts[name], parts[other] = parts[other], parts[name]
    else:
        parts[name] = parts[other]
    return Mutant(zipped(parts), f"{act} {name} {other}")


# Damage to the markup

_ATTRIBUTE = re.compile(rb' ([\w:]+)="([^"]*)"')
_STRANGE = (
    b"",
    b"0",
    b"-1",
    b"1",
    b"99999999999",
    b"A1",
    b"F7",
    b"F30",
    b"XFD1048576",
    b"n",
    b"s",
    b"b",
    b"e",
    b"str",
)
_STRANGER = (
    b"inlineStr",
    b"d",
    b"true",
    b"A1:Z99",
    b"rId1",
    b"rId9",
    b"\xff\xfe",
    b"&lt;",
    b"&nope;",
    b"5",
    b"17",
)
_TEXT = re.compile(rb"<t(?: [^>]*)?>([^<]+)</t>")


def _some_part(dice: random.Random, holding: str = "") -> tuple[dict[str, bytes], str]:
    parts = dict(_parts())
    sheets = [name for name in parts if "worksheets/" in name]
    others = [name for name in parts if name not in sheets and not holding]
    return parts, dice.choice(sheets if not others or dice.random() < 0.7 else others)


def attributes_damaged(dice: random.Random) -> Mutant:
    """One attribute of one part lost or given another value."""
    parts, name = _some_part(dice)
    found = list(_ATTRIBUTE.finditer(parts[name]))
    if not found:
        return Mutant(small(), "nothing to damage")
    one = dice.choice(found)
    new = dice.choice(_STRANGE + _STRANGER)
    put = b"" if dice.random() < 0.2 else b" " + one[1] + b'="' + new + b'"'
    parts[name] = parts[name][: one.start()] + put + parts[name][one.end() :]
    return Mutant(zipped(parts), f"{name}: {one[0]!r} became {put!r} at {one.start()}")


def texts_damaged(dice: random.Random) -> Mutant:
    """One text of a sheet (a heading, code, title, state, source) misspelt, lost or exchanged for another."""
    parts, name = _some_part(dice, "texts")
    found = list(_TEXT.finditer(parts[name]))
    if not found:
        return Mutant(small(), "nothing to damage")
    one = dice.choice(found)
    old = one[1].decode()
    at = dice.randrange(len(old))
    new = dice.choice(
        (
            old[:at] + old[at + 1 :],
            old[:at] + dice.choice("x1 .é中'&") + old[at:],
            old[:at],
            old[::-1],
            dice.choice(found)[1].decode(),
            "",
        )
    )
    put = new.replace("&", "&amp;").encode()
    # What the city itself is called and chose may be anything; only labels have one spelling.
    cell = re.findall(rb' r="([A-Z]+)\d+"', parts[name][: one.start()])[-1]
    own = frozenset(whole().profile) if name == PROFILE_PART and cell == b"B" else frozenset()
    parts[name] = parts[name][: one.start(1)] + put + parts[name][one.end(1) :]
    return Mutant(zipped(parts), f"{name}: {old!r} became {new!r}", own)


# Damage to the cells

_JUNK = (
    None,
    True,
    "",
    " ",
    "n/a",
    "#REF!",
    "=1+1",
    "x",
    "§",
    "Value",
    "数值",
    "Code",
    0,
    -1,
    1e300,
    "1e400",
)
_MORE_JUNK = (
    "a" * 40_000,
    "1.234",
    "12.5²",
    "\u202e",
    "45 %",
    "45–50",
    "2024",
    2031,
    "=HYPERLINK(1)",
    "'",
    "1.1.1",
    "2.2",
)


def cells_damaged(dice: random.Random) -> Mutant:
    """Some cells of one focus area's table overwritten with what nobody expects there."""
    spoilt = set()

    def scatter(book: Workbook) -> None:
        sheet = book[dice.choice(KEPT_AREAS)]
        _without_merges(sheet)
        codes = {row: str(sheet.cell(row, 1).value) for row in range(1, sheet.max_row + 3)}
        for _ in range(dice.randint(1, 5)):
            row, column = dice.choice(list(codes)), dice.randint(1, 14)
            if column in (6, 7):
                spoilt.add(codes[row])
            sheet.cell(row, column).value = dice.choice(_JUNK + _MORE_JUNK)

    data = changed(small(), scatter)
    return Mutant(data, "cells", frozenset(spoilt))


# Other shapes of the same


def _columns_permuted(book: Workbook, dice: random.Random) -> None:
    for name in KEPT_AREAS:
        sheet = book[name]
        order = list(range(1, sheet.max_column + 1))
        dice.shuffle(order)
        for row in range(3, sheet.max_row + 1):
            values = [sheet.cell(row, column).value for column in order]
            for column, value in enumerate(values, start=1):
                sheet.cell(row, column).value = value


def _without_merges(sheet: Worksheet) -> None:
    for merge in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merge))


def _rows_inserted(book: Workbook, dice: random.Random) -> None:
    for name in KEPT_AREAS:
        for _ in range(dice.randint(1, 4)):
            _without_merges(book[name])
            book[name].insert_rows(dice.randint(1, book[name].max_row), dice.randint(1, 3))


def _columns_inserted(book: Workbook, dice: random.Random) -> None:
    for name in KEPT_AREAS:
        _without_merges(book[name])
        at = dice.randint(1, book[name].max_column)
        book[name].insert_cols(at, dice.randint(1, 3))
        book[name].cell(3, at).value = dice.choice(("Checked by", "Our target", "Office", "旧值", None, 2024))
        for row in range(4, book[name].max_row):
            book[name].cell(row, at).value = dice.choice(("ok", 12, None, 2019, "1.1.1"))


def _sheets_renamed(book: Workbook, dice: random.Random) -> None:
    for number, sheet in enumerate(book.worksheets):
        if not sheet.title.startswith("_"):
            sheet.title = dice.choice((f"Tabelle{number}", f"部门 {number}", f"{number}", f"x'y {number}"))


def _rows_exchanged(book: Workbook, dice: random.Random) -> None:
    for name in KEPT_AREAS:
        sheet = book[name]
        rows = list(range(4, sheet.max_row + 1))
        texts = {row: [sheet.cell(row, column).value for column in range(1, 14)] for row in rows}
        _without_merges(sheet)
        for row, other in zip(rows, dice.sample(rows, len(rows)), strict=True):
            for column, value in enumerate(texts[other], start=1):
                sheet.cell(row, column).value = value


def _headings_written_otherwise(book: Workbook, dice: random.Random) -> None:
    for name in KEPT_AREAS:
        for column in range(1, 14):
            cell = book[name].cell(3, column)
            styles = (
                str.upper,
                str.title,
                lambda text: f" {text}:",
                lambda text: f"{text} *",
                lambda text: text,
            )
            cell.value = dice.choice(styles)(str(cell.value))


def _hidden_and_moved(book: Workbook, dice: random.Random) -> None:
    for sheet in book.worksheets:
        book.move_sheet(sheet, dice.randint(-3, 3))
        for row in dice.sample(sorted(sheet.row_dimensions), min(2, len(sheet.row_dimensions))):
            sheet.row_dimensions[row].hidden = True
    hidden = book[dice.choice(KEPT_AREAS)]
    hidden.column_dimensions[dice.choice(sorted(hidden.column_dimensions))].hidden = True
    hidden.sheet_state = dice.choice(("hidden", "veryHidden"))


# In an order in which each finds the table where the ones before have left it.
_SHAPES: tuple[Callable[[Workbook, random.Random], None], ...] = (
    _headings_written_otherwise,
    _columns_permuted,
    _rows_exchanged,
    _hidden_and_moved,
    _columns_inserted,
    _rows_inserted,
    _sheets_renamed,
)


def reshaped(dice: random.Random) -> Mutant:
    """The same answers in another shape: one to three changes that people make to tables."""
    acts = sorted(dice.sample(_SHAPES, dice.randint(1, 3)), key=_SHAPES.index)

    def act(book: Workbook) -> None:
        for one in acts:
            one(book, dice)

    return Mutant(changed(small(), act), ", ".join(one.__name__ for one in acts))


MUTATIONS: Mapping[str, Callable[[random.Random], Mutant]] = {
    "bytes": bytes_damaged,
    "parts": parts_damaged,
    "attributes": attributes_damaged,
    "texts": texts_damaged,
    "cells": cells_damaged,
    "shapes": reshaped,
}

# Findings about a whole table, after which any of its rows may be missing.
_OF_TABLES = {"missing_column", "duplicate_column", "missing_ratings"}
# Findings about a row of which nobody can tell whose it is.
_OF_ROWS = {"unknown_code", "ambiguous_code", "row_without_code", "title_mismatch", "value_not_asked"}


def explains(finding: Finding, code: str) -> bool:
    """Whether a finding says why nothing was read for a code."""
    if finding.severity == "refuses" or finding.kind in _OF_TABLES | _OF_ROWS:
        return True
    codes = str(finding.facts.get("codes", "")).split(", ")
    return (
        finding.code == code
        or code in codes
        or (finding.kind == "missing_area" and code.startswith(finding.code))
    )


def wrong(mutant: Mutant, reading: Reading) -> list[str]:
    """Everything that is read wrongly without anybody being told; empty where all is well."""
    found = []
    for kind, before, after in (
        ("value", whole().observations, reading.observations),
        ("rating", whole().ratings, reading.ratings),
    ):
        for code in after.keys() - before.keys():
            if code not in mutant.spoilt and after[code].value is not None:
                found.append(f"{kind} {code} was never given: {after[code].value}")
        for code, one in before.items():
            if code in mutant.spoilt:
                continue
            now = after.get(code)
            value = now.value if now else None
            if value is not None and value != one.value:
                found.append(f"{kind} {code} was {one.value}, is {value}")
            elif now and now.year is not None and now.year != one.year:
                found.append(f"year of {code} was {one.year}, is {now.year}")
            elif value is None and not any(explains(finding, code) for finding in reading.findings):
                found.append(f"{kind} {code} was {one.value}, is gone without a word")
    for field, given in reading.profile.items():
        if field not in mutant.spoilt and given != whole().profile.get(field):
            found.append(f"{field} was {whole().profile.get(field)!r}, is {given!r}")
    return found
