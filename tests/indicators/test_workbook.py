"""A workbook is read by its words: nothing about its shape matters, and every fault is named at its cell."""

from __future__ import annotations

import datetime
import io
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from indicators import key_features
from indicators.catalogue import load_framework
from indicators.declarations import yeonsu
from indicators.findings import kinds
from indicators.template import build
from indicators.workbook import read
from scoring.model import Finding, Framework, Observation, Reading
from tests.indicators.faults import A1, A2, A3, ANSWER, FAULTS, PROFILE, RATINGS, Fault
from tests.indicators.test_guard import REFUSED
from tests.workbooks import (
    NOWHERE,
    TODAY,
    Content,
    blank,
    changed,
    filled,
    filled_reading,
    read_bytes,
    repacked,
)

FRAMEWORKS = Path(__file__).parents[1] / "frameworks"


def _places(findings: tuple[Finding, ...]) -> list[tuple[str, str, str, str]]:
    return [
        (one.kind, one.place.sheet, one.place.cell, one.code) if one.place else (one.kind, "", "", one.code)
        for one in findings
    ]


# Everything in order


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_was_filled_in_is_read_and_nothing_found(language: str) -> None:
    reading = read_bytes(filled(language))
    assert reading.findings == ()
    assert Content.of(reading) == Content.of(filled_reading())
    assert (reading.framework, reading.edition, reading.language) == ("key_features_2013", "2013.1", language)
    assert not reading.invented


def test_a_blank_template_says_only_whose_it_is_not() -> None:
    reading = read_bytes(blank())
    assert _places(reading.findings) == [
        ("name_missing", PROFILE, "B4", "name"),
        ("country_missing", PROFILE, "B5", "country"),
        ("assessment_year_missing", PROFILE, "B14", "assessment_year"),
    ]
    assert reading.observations == {}
    assert reading.ratings == {}


def test_an_answer_knows_its_cell_and_its_text() -> None:
    reading = read_bytes(changed(filled(), lambda book: book[A2].__setitem__("F8", "4,9")))
    answer = reading.observations["2.2.1"]
    assert (answer.value, answer.raw) == (4.9, "4,9")
    assert (answer.place.sheet, answer.place.cell) == (A2, "F8")


# One fault, one finding


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_each_fault_gives_its_one_finding(fault: Fault) -> None:
    reading = read_bytes(changed(filled(), fault.plant))
    assert _places(reading.findings) == [(fault.kind, fault.sheet, fault.cell, fault.code)]
    assert dict(reading.findings[0].facts) == fault.facts
    assert reading.refused is None


# What a fault does to the answer: (kind, code) -> value, state, year
BLANKED = {
    "words_as_value": ("1.1.1", None, "", 2025),
    "three_digits_behind_one_mark": ("2.1.1", None, "", 2025),
    "more_than_all": ("1.1.1", None, "", 2025),
    "level_between": ("3.3.1", None, "", 2025),
    "value_outside_remit": ("1.2.1", None, "", 2025),
    "literacy_outside_remit": ("1.1.1", None, "", 2025),
    "claim_without_reason": ("1.2.1", None, "", 2025),
    "state_of_its_own": ("1.1.1", None, "", 2025),
    "answered_but_empty": ("1.1.1", None, "", 2025),
    "next_year": ("1.1.1", None, "", 2027),
    "eleven_years_old": ("1.1.1", None, "", 2015),
    "fraction_among_percentages": ("1.1.1", None, "", 2025),
    "range_as_value": ("1.1.1", None, "", 2025),
    "limit_as_value": ("1.1.1", None, "", 2025),
    "euros_as_value": ("2.1.1", None, "", 2025),
    "word_for_nothing": ("1.1.1", None, "", 2025),
    "rounded_in_words": ("1.1.1", 50.0, "answered", 2025),
    "no_year": ("1.1.1", 50.0, "answered", None),
    "school_year": ("1.1.1", 50.0, "answered", None),
    "four_years_old": ("1.1.1", 50.0, "answered", 2022),
    "no_source": ("1.1.1", 50.0, "answered", 2025),
    "grade_of_its_own": ("1.1.1", 50.0, "answered", 2025),
}


@pytest.mark.parametrize("name", BLANKED)
def test_a_fault_leaves_blank_what_cannot_be_used(name: str) -> None:
    (fault,) = (fault for fault in FAULTS if fault.name == name)
    code, value, state, year = BLANKED[name]
    answer = read_bytes(changed(filled(), fault.plant)).observations[code]
    assert (answer.value, answer.state, answer.year) == (value, state, year)


@pytest.mark.parametrize("name", ["answered_twice", "answered_on_two_sheets", "title_of_another_row"])
def test_what_may_belong_elsewhere_is_not_taken(name: str) -> None:
    (fault,) = (fault for fault in FAULTS if fault.name == name)
    assert fault.code not in read_bytes(changed(filled(), fault.plant)).observations


def test_all_faults_are_found_at_once() -> None:
    def plant(book: Workbook) -> None:
        book[PROFILE]["B4"] = None
        book[A1]["F5"], book[A1]["G7"] = "many", 2027
        book[A2]["J8"] = None
        book[A3]["F11"] = 6

    assert _places(read_bytes(changed(filled(), plant)).findings) == [
        ("name_missing", PROFILE, "B4", "name"),
        ("text_for_number", A1, "F5", "1.1.1"),
        ("year_future", A1, "G7", "1.2.1"),
        ("source_missing", A2, "J8", "2.2.1"),
        ("out_of_range", A3, "F11", "3.3.1"),
    ]


# States and claims


def _with_cells(sheet: str, **cells: object) -> Reading:
    def fill(book: Workbook) -> None:
        for cell, value in cells.items():
            book[sheet][cell] = value

    return read_bytes(changed(filled(), fill))


CLAIMS = [
    # value, state, remark -> state read
    (None, "outside the city's remit", "The county decides.", "outside_remit"),
    (None, "outside the city\u2019s remit", "The county decides.", "outside_remit"),
    (None, "不属本市职责", "由省负责。", "outside_remit"),
    (None, "Not  Applicable", "No election was due.", "not_applicable"),
    (None, "not collected", None, "not_collected"),
    (None, "未统计", None, "not_collected"),
    (None, "confidential", None, "confidential"),
    (None, "coming later", None, "coming_later"),
    (None, "coming_later", None, "coming_later"),
    ("–", "coming later", None, "coming_later"),
    ("n/a", "not applicable", "No election was due.", "not_applicable"),
    (None, None, "only a remark", ""),
    (61, None, None, "answered"),
    (61, "answered", None, "answered"),
]


@pytest.mark.parametrize(("value", "state", "remark", "expected"), CLAIMS)
def test_a_state_in_order_is_read_without_a_finding(
    value: object, state: str | None, remark: str | None, expected: str
) -> None:
    reading = _with_cells(A1, F7=value, H7=state, L7=remark)
    assert reading.findings == ()
    assert reading.observations["1.2.1"].state == expected


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("New definition since 2024", "New definition since 2024"),
        (" 2024 年起口径不同 ", "2024 年起口径不同"),
        (2024, "2024"),
        ("no", ""),
        ("None", ""),
        ("可比", ""),
        ("–", ""),
        ("  ", ""),
    ],
)
def test_a_break_in_series_is_a_reason_and_no_or_a_dash_says_there_is_none(typed: object, read: str) -> None:
    reading = _with_cells(A1, M5=typed)
    assert reading.findings == ()
    assert reading.observations["1.1.1"].series_break == read


def test_a_workbook_without_the_column_of_breaks_reads_as_before() -> None:
    def older(book: Workbook) -> None:
        for name in (A1, A2):
            book[name].delete_cols(13)

    newer, read = read_bytes(filled()), read_bytes(changed(filled(), older))
    assert (read.observations, read.findings) == (newer.observations, newer.findings)


def test_a_row_without_anything_is_no_observation() -> None:
    reading = _with_cells(A1, **{f"{column}5": None for column in ANSWER})
    assert reading.findings == ()
    assert "1.1.1" not in reading.observations


def test_ages_are_counted_from_the_assessment() -> None:
    def earlier(book: Workbook) -> None:
        book[PROFILE]["B14"], book[PROFILE]["B8"] = 2023, 2022
        book[A1]["G5"], book[A1]["G7"] = 2013, 2020

    reading = read_bytes(changed(filled(), earlier))
    assert reading.findings == (
        Finding("year_old", "note", reading.findings[0].place, "1.1.1", {"year": 2013, "age": 10}),
    )
    assert reading.observations["1.1.1"].value == 50.0


YEARS = [
    (2024, 2024),
    ("2024", 2024),
    (" ２０２４ ", 2024),
    ("2024年", 2024),
    (datetime.date(2024, 12, 31), 2024),
]


@pytest.mark.parametrize(("written", "year"), YEARS)
def test_a_year_is_read_as_people_write_it(written: object, year: int) -> None:
    reading = _with_cells(A1, G5=written)
    assert (reading.observations["1.1.1"].year, reading.findings) == (year, ())


@pytest.mark.parametrize("written", [datetime.date(1905, 7, 16), 24, "FY 24", 2024.5, "#REF!", "=2020+4"])
def test_an_unclear_year_is_asked_for_and_the_value_kept(written: object) -> None:
    reading = _with_cells(A1, G5=written)
    assert _places(reading.findings) == [("year_unclear", A1, "G5", "1.1.1")]
    assert reading.observations["1.1.1"].value == 50.0


def test_a_small_percentage_with_its_sign_is_not_asked_about() -> None:
    assert _with_cells(A1, F5="0.45 %").findings == ()


def test_a_small_percentage_is_not_asked_about_where_the_hundredfold_is_impossible() -> None:
    reading = _with_cells("6 Workplace learning", F10=0.8)
    assert reading.observations["6.3.1"].value == 0.8
    assert reading.findings == ()


# Shape does not matter


def _all_areas(book: Workbook) -> list[Worksheet]:
    return [sheet for sheet in book.worksheets if sheet.title[0].isdigit()]


def _columns_reversed(book: Workbook) -> None:
    for sheet in _all_areas(book):
        for row in sheet.iter_rows(min_row=3):
            values = [cell.value for cell in row]
            for cell, value in zip(row, reversed(values), strict=True):
                cell.value = value
                cell.data_type = "s" if isinstance(value, str) else cell.data_type


def _rows_and_columns_inserted(book: Workbook) -> None:
    for sheet in _all_areas(book):
        sheet.insert_cols(1, 2)
        sheet.insert_cols(8)
        sheet.insert_rows(3, 4)
        sheet.insert_rows(10, 2)


def _sheets_renamed(book: Workbook) -> None:
    for number, sheet in enumerate(book.worksheets):
        sheet.title = f"Tabelle{number}"


def _sheets_reordered_and_hidden(book: Workbook) -> None:
    for sheet in _all_areas(book):
        book.move_sheet(sheet, offset=-14)
    book[A1].sheet_state = "hidden"
    book[A2].row_dimensions[8].hidden = True


def _bent_apostrophes_and_invisible_marks(book: Workbook) -> None:
    book[A1]["A5"], book[A1]["F5"] = "\u200b1.1.1", "50\u200b"
    book[A1]["F3"], book[PROFILE]["A4"] = "\ufeffValue", "Name of the city\u200e"
    book[PROFILE]["B4"] = "\u202eÅlesund-on-Test"


def _notes_around(book: Workbook) -> None:
    book[A1]["A1"], book[A1]["A40"], book[A1]["N6"] = "Our department", "Checked by the office", "ok"


def _codes_as_people_type_them(book: Workbook) -> None:
    book[A1]["A5"], book[A1]["A7"], book[A1]["A8"] = " 1.1.1 ", "１.２.１", "1.2.2."
    book[RATINGS]["A4"], book[RATINGS]["A5"], book[RATINGS]["A6"] = 7, "8", "§ 9"


def _code_turned_into_a_date(book: Workbook) -> None:
    book[A1]["A5"] = datetime.datetime(2001, 1, 1)


def _headings_of_their_own(book: Workbook) -> None:
    book[A1]["F3"], book[A1]["G3"], book[A1]["L3"] = "FIGURE *", "Year:", "Notes"
    book[A2]["F3"], book[A2]["G3"], book[A2]["H3"] = "数值", "年份", "状态"


def _header_merged_over_two_rows(book: Workbook) -> None:
    book[A1].insert_rows(4)
    for column in "ABCDEFGHIJKL":
        book[A1].merge_cells(f"{column}3:{column}4")


def _without_the_stamp(book: Workbook) -> None:
    del book["_template"]


def _one_row_printed_twice(book: Workbook) -> None:
    book[A1]["A30"], book[A1]["B30"] = "1.1.1", book[A1]["B5"].value


SHAPES = [
    _columns_reversed,
    _rows_and_columns_inserted,
    _sheets_renamed,
    _sheets_reordered_and_hidden,
    _bent_apostrophes_and_invisible_marks,
    _notes_around,
    _codes_as_people_type_them,
    _code_turned_into_a_date,
    _headings_of_their_own,
    _header_merged_over_two_rows,
    _without_the_stamp,
    _one_row_printed_twice,
]


@pytest.mark.parametrize("reshape", SHAPES, ids=[shape.__name__.strip("_") for shape in SHAPES])
def test_shape_does_not_matter(reshape: Callable[[Workbook], None]) -> None:
    reading = read_bytes(changed(filled(), reshape))
    assert reading.findings == ()
    assert Content.of(reading) == Content.of(filled_reading())


def test_two_areas_on_one_sheet_are_read() -> None:
    def merge(book: Workbook) -> None:
        for row in book[A2].iter_rows(min_row=3):
            for cell in row:
                place = book[A1].cell(40 + cell.row, cell.column)
                place.value, place.data_type = cell.value, cell.data_type
        del book[A2]

    assert Content.of(read_bytes(changed(filled(), merge))) == Content.of(filled_reading())


# Codes are text


@pytest.fixture
def with_ten(tmp_path: Path) -> Framework:
    """A framework whose codes "1.1" and "1.10" are both measurements."""
    folder = tmp_path / "ten"
    shutil.copytree(FRAMEWORKS / "hdi", folder)
    for name in ("nodes.csv", "words/en/nodes.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        text = text.replace("\nle,", "\n1.1,").replace("\neys,", "\n1.10,")
        (folder / name).write_text(text, encoding="utf-8")
    return load_framework(folder)


def _with_code(framework: Framework, code: object, title: str | None) -> Reading:
    def fill(book: Workbook) -> None:
        (sheet,) = (sheet for sheet in book.worksheets if sheet["A3"].value == "Code")
        (row,) = (cell.row for cell in sheet["A"] if cell.value == "1.10")
        sheet.cell(row, 1).value, sheet.cell(row, 2).value = code, title
        for column, value in zip("FGJ", (12, 2025, "Office"), strict=True):
            sheet[f"{column}{row}"] = value

    return read("hdi.xlsx", changed(build(framework, (), "en"), fill), framework, (), TODAY)


@pytest.mark.parametrize(
    ("code", "title", "taken"),
    [
        ("1.10", None, "1.10"),
        (" 1.10. ", None, "1.10"),
        (1.1, "Expected years of schooling", "1.10"),
        (1.1, "Life expectancy at birth", "1.1"),
    ],
)
def test_one_point_ten_is_not_one_point_one(
    with_ten: Framework, code: object, title: str | None, taken: str
) -> None:
    reading = _with_code(with_ten, code, title)
    assert taken in reading.observations or "duplicate_code" in {one.kind for one in reading.findings}
    assert {"1.1", "1.10"} - {taken} - set(reading.observations) == {"1.1", "1.10"} - {taken}


def test_a_code_that_lost_its_zero_is_asked_about(with_ten: Framework) -> None:
    reading = _with_code(with_ten, 1.1, None)
    assert "ambiguous_code" in {finding.kind for finding in reading.findings}
    (finding,) = (finding for finding in reading.findings if finding.kind == "ambiguous_code")
    assert dict(finding.facts) == {"found": "1.1", "candidates": "1.1, 1.10"}
    assert reading.observations == {}


# Not ours


def _restamped(key: str, value: str) -> bytes:
    def edit(book: Workbook) -> None:
        (cell,) = (row[1] for row in book["_template"].iter_rows() if row[0].value == key)
        cell.value = value

    return changed(filled(), edit)


def _another_table() -> bytes:
    book = Workbook()
    book.active.title = "Budget"  # type: ignore[union-attr]
    for row in (
        ("Item", "Value", "Year", "Source"),
        ("Books", 100, 2025, "Library"),
        ("9.9.9", 1, 2025, "x"),
    ):
        book.active.append(row)  # type: ignore[union-attr]
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _without_styles() -> bytes:
    return repacked(filled(), lambda parts: parts.update({"xl/styles.xml": b"<styleSheet><broken"}))


NOT_OURS = {
    "another_framework": (_restamped("framework", "hdi"), "other_framework"),
    "another_edition": (_restamped("edition", "2012.7"), "other_edition"),
    "a_later_format": (_restamped("format", "2"), "newer_format"),
    "another_project": (_another_table(), "not_our_workbook"),
    "styles_cut_off": (_without_styles(), "unreadable"),
}


@pytest.mark.parametrize(("data", "kind"), NOT_OURS.values(), ids=NOT_OURS)
def test_a_workbook_of_something_else_is_refused(data: bytes, kind: str) -> None:
    reading = read_bytes(data)
    assert _places(reading.findings) == [(kind, "", "", "")]
    assert reading.refused is not None
    assert set(reading.findings[0].facts) == set(kinds()[kind].facts)


# Kinds with tests of their own: codes like 1.10, macros, tables saved as text, readers that were stopped, rules
# between fields, remarks.
OTHERS = {
    "ambiguous_code",
    "macros",
    "text_table",
    "too_slow",
    "too_heavy",
    "fields_part_of",
    "fields_not_after",
    "fields_ratio",
    "remark_value",
    "remark_year",
    "remark_unit",
    "edition_migrated",
    "visit_limit",
    "areas_counted",
    "proposal_accepted",
    "unusual_change",
    "unusual_peers",
}


def test_every_kind_of_finding_is_shown_by_a_fault() -> None:
    shown = {fault.kind for fault in FAULTS} | {kind for _, kind in (*REFUSED.values(), *NOT_OURS.values())}
    assert set(kinds()) - OTHERS <= shown
    assert shown <= set(kinds())


def test_facts_are_those_that_the_table_names() -> None:
    for fault in FAULTS:
        assert set(fault.facts) == set(kinds()[fault.kind].facts), fault.name


# A foreign framework, and another declaration


def test_a_foreign_framework_is_asked_and_read_the_same_way() -> None:
    framework = load_framework(FRAMEWORKS / "hdi")
    answers = {
        code: Observation(code, value, "answered", 2022, "", "UNDP", "", "", NOWHERE, "")
        for code, value in (("le", 83.4), ("eys", 18.0), ("mys", 12.5), ("gnipc", 69190.0))
    }
    profile = {"name": "X", "country": "NOR", "assessment_year": 2022}
    reading = Reading("hdi", "2022", "en", False, profile, answers, {}, ())
    data = build(framework, (), "en", prefill=reading)
    again = read("hdi.xlsx", data, framework, (), datetime.date(2023, 1, 1))
    assert again.findings == ()
    assert Content.of(again).observations == answers


def test_without_declarations_no_ratings_are_missed() -> None:
    data = build(key_features(), (), "en", prefill=filled_reading())
    assert read("city.xlsx", data, key_features(), (), TODAY).findings == ()


# Whatever comes


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_answered(data: bytes) -> None:
    reading = read("x", data, key_features(), (yeonsu(),), TODAY)
    assert reading.refused is not None


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_damage_to_the_bytes_is_answered(data: st.DataObject) -> None:
    whole = bytearray(filled())
    cut = data.draw(st.integers(1, len(whole)))
    for _ in range(data.draw(st.integers(0, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    reading = read_bytes(bytes(whole[:cut]))
    # What is still read is what was filled in; anything else has a finding.
    if not reading.findings:
        assert Content.of(reading) == Content.of(filled_reading())


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(min_codepoint=32, max_codepoint=0xD7FF), max_size=30),
    st.datetimes(min_value=datetime.datetime(1901, 1, 1)),
    st.sampled_from(
        ["#N/A", "=1+1", "1.234", "45 %", "n/a", "§7", "Value", "数值", "1.1.1", "outside_remit"]
    ),
)


@cache
def _one_area() -> bytes:
    def keep(book: Workbook) -> None:
        for sheet in _all_areas(book)[1:]:
            del book[sheet.title]
        del book[RATINGS]

    return changed(filled(), keep)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.tuples(st.integers(3, 12), st.integers(1, 13)), CELLS, min_size=1, max_size=25))
def test_any_cells_are_answered_and_never_read_as_something_impossible(
    cells: dict[tuple[int, int], object],
) -> None:
    def scatter(book: Workbook) -> None:
        for (row, column), value in cells.items():
            book[A1].cell(row, column).value = value  # type: ignore[assignment]

    reading = read_bytes(changed(_one_area(), scatter))
    assert "unreadable" not in {finding.kind for finding in reading.findings}
    for code, answer in reading.observations.items():
        asked = key_features().by_code[code].measurement
        assert asked is not None
        assert (answer.state == "answered") == (answer.value is not None)
        assert answer.value is None or asked.plausible_low <= answer.value <= asked.plausible_high
