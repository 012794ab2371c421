"""Parts go out to departments and come back as one workbook, with nothing chosen silently."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from actions import house
from actions.access import COMPUTER
from actions.departments import (
    choices,
    gather_parts,
    merge_parts,
    part_rows,
    parts_of,
    still_out,
    work_list,
    work_list_name,
)
from actions.standing import standing, upload
from actions.uploads import receive
from indicators.draft import WorkList
from indicators.template import build
from sample_data.tables import reading
from scoring.model import Observation, Reading
from store.uploads import original

CITY = "riverbend"


def _part(areas: tuple[str, ...], language: str = "en", **changed: float) -> bytes:
    """A department's part filled with Riverbend's answers, some of them changed; its profile is left to others."""
    framework, declaration = house.framework(), house.declaration()
    whole = reading(CITY, framework, declaration, language)
    answers = {
        code: _with(row, changed.get(f"m{code.replace('.', '_')}"))
        for code, row in whole.observations.items()
        if code.split(".")[0] in areas
    }
    profile = whole.profile if "1" in areas else {}
    given = Reading(whole.framework, whole.edition, language, True, profile, answers, {}, ())
    part = WorkList(areas, False, "Statistics", "2026-12-01")
    return build(framework, (declaration,), language, prefill=given, invented=True, work_list=part)


def _with(row: Observation, value: float | None) -> Observation:
    return row if value is None else replace(row, value=value, raw="")


@pytest.fixture
def kept(data_folder: Path) -> Path:
    return data_folder


def _receive(name: str, data: bytes) -> str:
    receipt = receive(COMPUTER, name, data, "en")
    assert receipt.accepted
    return receipt.upload_id


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_part_holds_its_sheets_alone_and_names_its_department(language: str) -> None:
    book = load_workbook(io.BytesIO(work_list(("4", "6"), True, "教育局 =1+1", "2026-12-01", language)))
    visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert len(visible) == 5  # instructions, profile, two focus areas, ratings
    assert [name.split(" ")[0] for name in visible[2:4]] == ["4", "6"]
    texts = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert "教育局 =1+1" in texts
    assert "2026-12-01" in texts
    assert work_list_name(("4", "6"), language) == f"learning-city-part-4-6-{language}.xlsx"


def test_of_a_part_only_what_it_was_given_can_be_missing(kept: Path) -> None:
    found = upload(_receive("part.xlsx", _part(("4", "6")))).reading.findings
    assert [
        one.kind for one in found if one.kind in ("missing_area", "missing_ratings", "missing_rows")
    ] == []


def test_twelve_parts_merge_into_the_whole_city(kept: Path) -> None:
    ids = [_receive(f"{area}.xlsx", _part((str(area),))) for area in range(1, 13)]
    assert choices(COMPUTER, tuple(ids), "en") == ()
    receipt = merge_parts(COMPUTER, ids, {}, "en")
    assert receipt.accepted
    assert receipt.city == "Riverbend"
    merged = standing(receipt.upload_id, "core")
    # Riverbend's published standing in core (sample_data/README.md).
    assert round(float(merged.scores.assured[0, 0]), 1) == 72.7
    whole = reading(CITY, house.framework(), house.declaration(), "en")
    wanted = {
        code: (row.value, row.year) for code, row in whole.observations.items() if row.value is not None
    }
    got = merged.reading().observations
    assert {code: (got[code].value, got[code].year) for code in wanted} == wanted


def test_a_conflict_is_shown_with_who_said_what_and_left_open_until_decided(kept: Path) -> None:
    ids = (
        _receive("statistics.xlsx", _part(("1", "2"))),
        _receive("labour.xlsx", _part(("2",), m2_2_1=9.9)),
    )
    found = choices(COMPUTER, ids, "en")
    assert [one.field for one in found] == ["2.2.1"]
    assert list(found[0].options) == [0, 1]
    assert "labour.xlsx 2 Economy and culture!F" in found[0].options[1]
    assert found[0].options[1].startswith("9.9 ")

    undecided = upload(merge_parts(COMPUTER, ids, {}, "en").upload_id).reading.observations
    assert undecided.get("2.2.1") is None or undecided["2.2.1"].value is None
    for number in (0, 1):
        merged = upload(merge_parts(COMPUTER, ids, {"2.2.1": number}, "en").upload_id).reading
        wanted = upload(ids[number]).reading.observations["2.2.1"].value
        assert merged.observations["2.2.1"].value == wanted
    assert upload(ids[1]).reading.observations["2.2.1"].value == 9.9


def test_the_merged_workbook_names_the_cell_every_answer_came_from(kept: Path) -> None:
    ids = (_receive("a.xlsx", _part(("1",))), _receive("b.xlsx", _part(("5",))))
    data = original(house.store(), merge_parts(COMPUTER, ids, {}, "en").upload_id)
    assert data is not None
    sheet = load_workbook(io.BytesIO(data))["Merged from"]
    rows = {row[0]: row[1:] for row in sheet.iter_rows(min_row=2, values_only=True)}
    first = upload(ids[0]).reading.observations["1.1.1"].place
    assert rows["1.1.1"] == ("a.xlsx", first.sheet, first.cell)
    assert rows["5.1.1"][0] == "b.xlsx"
    assert rows["profile:name"][0] == "a.xlsx"


def test_parts_stand_in_a_set_and_are_listed(kept: Path) -> None:
    ids = (_receive("a.xlsx", _part(("1",))), _receive("b.xlsx", _part(("5", "6"))))
    assert parts_of(COMPUTER, gather_parts(COMPUTER, ids)) == ids
    assert [tuple(row.values())[2] for row in part_rows(COMPUTER, ids, "en")] == ["1", "5, 6"]
    assert parts_of(COMPUTER, "nothing-kept") == ()


def test_what_is_still_out_adds_up_to_the_bracket(kept: Path) -> None:
    upload_id = _receive("a.xlsx", _part(("1", "2", "3")))
    sentence, rows = still_out(COMPUTER, upload_id, "core", "en")
    where = standing(upload_id, "core")
    open_points = float(where.scores.upper[0, 0] - where.scores.assured[0, 0])
    listed = sum(float(tuple(row.values())[2]) for row in rows)
    # Each row is rounded to a tenth on its own.
    assert abs(listed - open_points) <= 0.05 * len(rows)
    assert sentence.startswith("The bracket is ")
