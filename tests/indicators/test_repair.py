"""A city's own workbook comes back: marked, commented, listed, otherwise untouched, and its answers are read."""

from __future__ import annotations

import datetime
import difflib
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from indicators.labels import column_names
from indicators.marks import COLOURS
from indicators.package_xml import Markup
from indicators.repair import Answer, NotRepairableError, RepairNote, answers, note_id, repaired
from indicators.repair_words import heading_names, repair_words
from sample_data.make import build
from scoring.model import SEVERITIES, Finding, Place
from tests.indicators.faults import A1, FAULTS, Fault
from tests.indicators.repair_files import RICH, excel_like, note, notes_on, rich
from tests.indicators.repair_soundness import assert_sound, parts, related
from tests.workbooks import changed, filled, read_bytes, repacked, zipped

AUTHOR = "Learning City Scorecard"
LANGUAGES = ("en", "zh")
TOKEN = re.compile(rb"<[^>]*>|[^<]+")
# What a splice may change in an element that is there already.
CHANGEABLE = re.compile(rb"\s(?:s|count|spans)=\"[^\"]*\"")


@cache
def sample(language: str) -> bytes:
    """The invented city with the mistakes that happen most."""
    return build("novy_most", language)


@cache
def sample_notes(language: str) -> tuple[RepairNote, ...]:
    return tuple(notes_on(sample(language), language))


@cache
def sample_repaired(language: str) -> bytes:
    return repaired(sample(language), sample_notes(language), language)


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def findings_sheet(data: bytes) -> list[list[Cell | MergedCell]]:
    """The rows of the sheet of findings below its headings."""
    book = opened(data)
    (sheet,) = (one for one in book.worksheets if one["A1"].value == "learning-city-scorecard-findings")
    return [list(row) for row in sheet.iter_rows(min_row=5) if row[0].value]


def colour(cell: Cell | MergedCell) -> str:
    return str(cell.fill.fgColor.rgb)[2:] if cell.fill.patternType == "solid" else ""


def look(cell: Cell | MergedCell) -> tuple[str, ...]:
    """Everything about a cell's style but its background."""
    return tuple(
        repr(one) for one in (cell.font, cell.border, cell.alignment, cell.number_format, cell.protection)
    )


def splices(before: bytes, after: bytes) -> list[bytes]:
    """What was put into a part; AssertionError if anything that was there is gone or changed otherwise."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    added: list[bytes] = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        kept = 0
        for token in new[k:m] if kind != "equal" else ():
            if kept < j - i and CHANGEABLE.sub(b"", token) == CHANGEABLE.sub(b"", old[i + kept]):
                kept += 1
            else:
                added.append(token)
        assert kind == "equal" or kept == j - i, (old[i:j], new[k:m])
    return added


def names_of(tokens: Sequence[bytes]) -> set[str]:
    return {match[1].decode() for token in tokens if (match := re.match(rb"<(?:\w+:)?(\w+)", token))}


# The sample city: every finding is marked, commented and listed


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sample_has_findings_of_every_kind_of_place(language: str) -> None:
    assert len(sample_notes(language)) >= 10
    assert {one.severity for one in sample_notes(language)} == {"blocks", "question", "note"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_is_marked_at_its_cell_and_no_other_cell_is(language: str) -> None:
    before, after = opened(sample(language)), opened(sample_repaired(language))
    found: dict[tuple[str, str], list[RepairNote]] = {}
    for one in sample_notes(language):
        if one.place:
            found.setdefault((one.place.sheet, one.place.cell), []).append(one)
    for sheet in before.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                here = found.pop((sheet.title, cell.coordinate), [])
                marked = after[sheet.title][cell.coordinate]
                assert look(marked) == look(cell)
                assert marked.value == cell.value
                if not here:
                    assert repr(marked.fill) == repr(cell.fill)
                    assert marked.comment is None
                    continue
                worst = min((one.severity for one in here), key=SEVERITIES.index)
                assert colour(marked) == COLOURS[worst]
                assert marked.comment is not None
                assert marked.comment.author == AUTHOR
                for one in here:
                    assert one.id in marked.comment.text
                    assert one.title in marked.comment.text
                    assert one.text in marked.comment.text
    assert found == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_a_row_with_a_link_and_a_list(language: str) -> None:
    data, words = sample_repaired(language), repair_words(language)
    book = opened(data)
    rows = findings_sheet(data)
    sheet = book.worksheets[-1]
    assert (sheet.title, sheet.sheet_state) == (words["sheet"], "visible")
    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions["H"].hidden
    lists = {
        str(cell): rule.formula1
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
        for (cell,) in [[f"F{row}"] for row in range(area.min_row, area.max_row + 1)]
    }
    keep_or_later = f'"{words["choice_keep"]},{words["choice_later"]}"'
    assert len(rows) == len(sample_notes(language))
    for cells, one in zip(rows, sample_notes(language), strict=True):
        assert one.place is not None
        assert cells[0].value == one.id
        assert cells[1].value == f"{one.place.sheet}!{one.place.cell}"
        assert cells[1].hyperlink is not None
        target = cells[1].hyperlink.location
        assert target == f"'{one.place.sheet}'!{one.place.cell}"
        assert one.place.sheet in book.sheetnames
        assert cells[2].value == words[f"severity_{one.severity}"]
        assert cells[3].value == f"{one.title}\n{one.text}"
        assert [cell.value for cell in cells[4:7]] == [None] * 3
        assert lists[cells[5].coordinate] == keep_or_later


def test_only_a_proposal_can_be_accepted() -> None:
    found = [note("A1"), note("A2", proposal="45"), note("A3", proposal="46"), note("A4")]
    sheet = opened(repaired(rich(), found, "en")).worksheets[-1]
    words = repair_words("en")
    both = f"{words['choice_keep']},{words['choice_later']}"
    assert {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation} == {
        "F6:F7": f'"{words["choice_accept"]},{both}"',
        "F5 F8": f'"{both}"',
    }
    assert [sheet[f"E{row}"].value for row in range(5, 9)] == [None, "45", "46", None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_list_fit_into_it(language: str) -> None:
    words = repair_words(language)
    choices = [words[f"choice_{one}"] for one in ("accept", "keep", "later")]
    assert len(",".join(choices)) <= 253
    assert not any(set(choice) & set(',;"') for choice in choices)
    assert len(words["choice_prompt"]) <= 255


# Everything else is untouched


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_other_parts_are_copied_as_they_were_packed(language: str) -> None:
    before, after = parts(sample(language)), parts(sample_repaired(language))
    sheets = {one.place.sheet for one in sample_notes(language) if one.place}
    titles = opened(sample(language)).sheetnames
    touched = {f"xl/worksheets/sheet{titles.index(sheet) + 1}.xml" for sheet in sheets}
    touched |= {"xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"}
    assert {name for name in before if before[name] != after[name]} == touched
    assert [name for name in after if name in before] == list(before)
    with (
        zipfile.ZipFile(io.BytesIO(sample(language))) as old,
        zipfile.ZipFile(io.BytesIO(sample_repaired(language))) as new,
    ):
        for entry in old.infolist():
            if entry.filename not in touched:
                copy = new.getinfo(entry.filename)
                assert packed(sample(language), entry) == packed(sample_repaired(language), copy)
                assert (copy.CRC, copy.date_time) == (entry.CRC, entry.date_time)


def packed(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    """A part's bytes as they are packed."""
    start = (
        entry.header_offset + 30 + sum(data[entry.header_offset + i] << (8 * (i % 2)) for i in range(26, 30))
    )
    return data[start : start + entry.compress_size]


@pytest.mark.parametrize("language", LANGUAGES)
def test_changed_parts_without_our_splices_are_the_original_bytes(language: str) -> None:
    before, after = parts(sample(language)), parts(sample_repaired(language))
    for name, content in before.items():
        if content == after[name]:
            continue
        added = splices(content, after[name])
        allowed = {
            "xl/workbook.xml": {"sheet"},
            "xl/_rels/workbook.xml.rels": {"Relationship"},
            "[Content_Types].xml": {"Override", "Default"},
        }
        inside_styles = {"font", "fill", "border", "xf"}
        if name == "xl/styles.xml":
            assert names_of(added) >= inside_styles - {"border"}
        elif name in allowed:
            assert names_of(added) <= allowed[name]
        else:
            assert names_of(added) == {"legacyDrawing"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_repaired_workbook_reads_the_same(language: str) -> None:
    before, after = read_bytes(sample(language)), read_bytes(sample_repaired(language))
    assert after.findings == before.findings
    assert after.observations == before.observations
    assert after.ratings == before.ratings
    assert after.profile == before.profile
    assert (after.language, after.invented) == (before.language, before.invented)


# Faults at cells that are there, merged away, new, in headings, in the profile, and at no cell at all.
SENT_BACK = (
    *("value_merged_over_two_rows", "answered_twice", "sheet_deleted", "value_column_deleted"),
    *("two_value_columns", "formula_without_result", "no_name", "value_below_the_table"),
)


@pytest.mark.parametrize("one", [one for one in FAULTS if one.name in SENT_BACK], ids=lambda one: one.name)
def test_faults_of_every_place_are_sent_back(one: Fault) -> None:
    data = changed(filled(), one.plant)
    found = notes_on(data, "en")
    assert len(found) >= 1
    done = repaired(data, found, "en")
    assert_sound(done)
    assert read_bytes(done).findings == read_bytes(data).findings
    assert [cells[0].value for cells in findings_sheet(done)] == [each.id for each in found]


def test_no_heading_of_ours_is_a_heading_of_answers() -> None:
    assert [name for name in heading_names() if name.casefold() in column_names()] == []


def test_what_a_city_types_on_our_sheet_is_no_answer_to_a_measurement() -> None:
    named = [note("F5", A1, proposal="Code"), note("F6", A1, proposal="1.1.1")]
    done = repaired(filled(), named, "en")

    def type_headings(book: Workbook) -> None:
        sheet = book.worksheets[-1]
        sheet["F5"], sheet["G5"], sheet["I5"] = "Value", "Reference year", "Entry"
        sheet["F6"], sheet["G6"], sheet["J5"] = 12, 2024, "Your answer"

    again = read_bytes(changed(done, type_headings))
    assert again.findings == ()
    assert again.observations == read_bytes(filled()).observations


# What libraries lose


def rich_notes() -> list[RepairNote]:
    return [
        note("F8"),
        note("B2", severity="note"),
        note("J5", severity="question"),
        note("C20"),
        note("AA1", proposal="3"),
        note("A1", "Findings"),
        RepairNote("f-everything", "question", None, "A sheet is missing", "Nothing was found."),
        note("A1", "a sheet that is not there"),
        note("not a cell"),
    ]


def test_pictures_charts_rules_names_and_comments_survive() -> None:
    before, after = parts(rich()), parts(repaired(rich(), rich_notes(), "en"))
    assert_sound(repaired(rich(), rich_notes(), "en"))
    for name in before:
        if "/media/" in name or "/charts/" in name or "drawing1.xml" in name or "theme" in name:
            assert after[name] == before[name]
    added = splices(before["xl/worksheets/sheet1.xml"], after["xl/worksheets/sheet1.xml"])
    assert names_of(added) == {"row", "c"}
    book = opened(repaired(rich(), rich_notes(), "en"))
    sheet = book[RICH]
    assert (len(sheet._charts), len(sheet._images)) == (1, 1)  # type: ignore[attr-defined]
    assert sheet["A13"].value == "=SUM(A1:A12)"
    assert book.defined_names["Total"].attr_text == "'" + RICH.replace("'", "''") + "'!$A$13"
    assert [str(area.sqref) for area in sheet.conditional_formatting] == ["A1:A12"]
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["B1:B12"]
    assert sheet.protection.sheet
    assert sheet.auto_filter.ref == "A1:F12"
    assert sheet["C3"].hyperlink.target == "https://example.org/?a=1&b=2"
    assert book.sheetnames == [RICH, "Findings", "Findings 2"]
    assert book["Findings"]["A1"].value == "a sheet of the city's own"


def test_somebody_elses_comment_keeps_its_words_and_author() -> None:
    sheet = opened(repaired(rich(), rich_notes(), "en"))[RICH]
    assert sheet["F8"].comment.author == "Ann"
    text = sheet["F8"].comment.text
    assert text.startswith("Counted twice?\nLearning City Scorecard was asked.\n\nLearning City Scorecard\n")
    assert "104 is more than 100 %." in text
    assert sheet["B2"].comment.text.startswith("Left alone\n\nLearning City Scorecard\n")
    assert sheet["C20"].comment.author == AUTHOR


def test_marks_keep_the_format_and_stand_where_a_merge_is_seen() -> None:
    book = opened(repaired(rich(), rich_notes(), "en"))
    sheet = book[RICH]
    cell = sheet["F8"]
    assert (colour(cell), cell.number_format, cell.font.bold) == (COLOURS["blocks"], "0.00%", True)
    assert (cell.font.color.rgb, cell.protection.locked) == ("00FF0000", False)
    assert colour(sheet["H3"]) == COLOURS["question"]
    assert sheet["H3"].comment.author == AUTHOR
    assert colour(sheet["C20"]) == colour(sheet["AA1"]) == colour(book["Findings"]["A1"]) == COLOURS["blocks"]
    places = [cells[1].value for cells in findings_sheet(repaired(rich(), rich_notes(), "en"))]
    links = [
        cells[1].hyperlink.location if cells[1].hyperlink else ""
        for cells in findings_sheet(repaired(rich(), rich_notes(), "en"))
    ]
    quoted = RICH.replace("'", "''")
    assert places[5:8] == ["Findings!A1", "The whole workbook", "a sheet that is not there!A1"]
    assert links[0] == f"'{quoted}'!F8"
    assert links[5:] == ["'Findings'!A1", "", "", ""]


def test_two_findings_at_one_cell_share_a_comment_and_the_worse_colour() -> None:
    both = [note("F8", severity="note", id="f1", title="Old"), note("F8", id="f2", title="Large")]
    cell = opened(repaired(rich(), both, "zh"))[RICH]["F8"]
    assert colour(cell) == COLOURS["blocks"]
    assert cell.comment.text.index("供参考 [f1]\nOld") < cell.comment.text.index("影响计分 [f2]\nLarge")
    assert cell.comment.text.count(AUTHOR + "\n") == 1


EXCEL_CELLS = ("A1", "A2", "B2", "C2", "B4", "A5", "B5", "C5", "D5", "C7", "D9", "E9", "Z12")


def test_a_sheet_as_excel_writes_it_is_spliced_in_its_own_manner() -> None:
    done = repaired(excel_like(), [note(cell, "One") for cell in EXCEL_CELLS], "en")
    assert_sound(done)
    before, after = parts(excel_like()), parts(done)
    part = "xl/worksheets/Sheet1.xml"
    text = after[part].decode()
    assert text.startswith(before[part].decode().split("<x:dimension")[0])
    assert names_of(
        splices(before[part].replace(b'<x:row r="4" s="1" customFormat="1"/>', b""), after[part])
    ) == {
        "row",
        "c",
        "legacyDrawing",
    }
    assert '<x:row r="4" s="1" customFormat="1"><x:c r="B4" s="4"/></x:row>' in text
    assert '<x:row r="2" spans="1:3" x14ac:dyDescent="0.25">' in text
    assert '<x:legacyDrawing rel:id="rId2"/><x:extLst>' in text
    sheet = opened(done)["One"]
    assert {cell: colour(sheet[cell]) for cell in EXCEL_CELLS} == dict.fromkeys(
        EXCEL_CELLS, COLOURS["blocks"]
    )
    # A cell that was not there looks as its row or column would have it.
    assert sheet["B4"].number_format == "0%"
    assert sheet["C7"].number_format == "0.00%"
    assert sheet["E9"].number_format == "General"
    assert sheet["A5"].value == 5


def test_a_workbook_without_styles_gets_them() -> None:
    def strip(content: dict[str, bytes]) -> None:
        del content["xl/styles.xml"]
        for name, kind in (
            ("[Content_Types].xml", b"Override"),
            ("xl/_rels/workbook.xml.rels", b"pr:Relationship"),
        ):
            content[name] = re.sub(rb"<%s [^>]*styles[^>]*/>" % kind, b"", content[name])
        content["xl/worksheets/Sheet1.xml"] = re.sub(
            rb' (?:s|style)="\d"', b"", content["xl/worksheets/Sheet1.xml"]
        )

    done = repaired(repacked(excel_like(), strip), [note("A2", "One")], "en")
    assert_sound(done)
    assert colour(opened(done)["One"]["A2"]) == COLOURS["blocks"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_sheet_in_another_encoding_stays_in_it(encoding: str) -> None:
    def recode(content: dict[str, bytes]) -> None:
        text = content["xl/worksheets/Sheet1.xml"].decode().replace('encoding="UTF-8" ', "")
        content["xl/worksheets/Sheet1.xml"] = text.replace("a &gt; b", "度 &gt; b").encode(encoding)

    data = repacked(excel_like(), recode)
    done = repaired(data, [note("D9", "One")], "en")
    assert parts(done)["xl/worksheets/Sheet1.xml"].startswith(parts(data)["xl/worksheets/Sheet1.xml"][:200])
    assert (opened(done)["One"]["D9"].value, colour(opened(done)["One"]["D9"])) == (
        "度 > b",
        COLOURS["blocks"],
    )


# Repaired again


@pytest.mark.parametrize("language", LANGUAGES)
def test_twice_repaired_is_once_repaired(language: str) -> None:
    once = sample_repaired(language)
    assert repaired(once, sample_notes(language), language) == once


def test_twice_repaired_is_once_repaired_with_comments_of_others() -> None:
    once = repaired(rich(), rich_notes(), "en")
    assert repaired(once, rich_notes(), "en") == once
    once = repaired(excel_like(), [note(cell, "One") for cell in EXCEL_CELLS], "zh")
    assert repaired(once, [note(cell, "One") for cell in EXCEL_CELLS], "zh") == once


def test_what_is_settled_loses_its_mark_and_comment() -> None:
    once = repaired(rich(), rich_notes(), "en")
    left = repaired(once, rich_notes()[1:2], "zh")
    assert_sound(left)
    before, sheet = opened(rich())[RICH], opened(left)[RICH]
    for cell in ("F8", "H3", "C20", "AA1"):
        assert repr(sheet[cell].fill) == repr(before[cell].fill)
        assert look(sheet[cell]) == look(before[cell])
    assert sheet["F8"].comment.text == "Counted twice?\nLearning City Scorecard was asked."
    assert sheet["C20"].comment is sheet["AA1"].comment is sheet["H3"].comment is None
    assert sheet["B2"].comment.text.count(AUTHOR) == 1
    assert len(findings_sheet(left)) == 1


def test_where_nothing_is_left_no_part_of_ours_is() -> None:
    none = repaired(repaired(excel_like(), [note("A2", "One")], "en"), [], "en")
    assert_sound(none)
    assert set(parts(none)) - set(parts(excel_like())) == {
        "xl/worksheets/sheet2.xml",
        "xl/worksheets/_rels/Sheet1.xml.rels",
    }
    assert b"legacyDrawing" not in parts(none)["xl/worksheets/Sheet1.xml"]
    assert parts(none)["xl/worksheets/Sheet1.xml"] == parts(excel_like())["xl/worksheets/Sheet1.xml"]
    assert findings_sheet(none) == []
    assert opened(none).worksheets[-1]["D5"].value == repair_words("en")["none"]


def test_a_mark_is_found_again_after_another_program_saved_the_file_and_rows_moved() -> None:
    def settle(book: Workbook) -> None:
        book[A1].insert_rows(4)
        book[A1].title = "Renamed"

    data = changed(filled(), lambda book: book[A1].__setitem__("F5", 104))
    once = repaired(data, notes_on(data, "en"), "en")
    none = opened(repaired(changed(once, settle), [], "en"))["Renamed"]
    assert colour(none["F6"]) == colour(opened(data)[A1]["F5"]) == "FFF9E5"
    assert none["F6"].comment is None


def test_a_citys_own_use_of_our_colours_is_not_a_mark() -> None:
    def paint(book: Workbook) -> None:
        book[RICH]["D4"].fill = PatternFill("solid", fgColor=COLOURS["blocks"])

    own = changed(rich(), paint)
    none = opened(repaired(repaired(own, [note("F8")], "en"), [], "en"))[RICH]
    assert (colour(none["D4"]), colour(none["F8"])) == (COLOURS["blocks"], "00FF00")


def test_what_a_city_put_on_our_sheet_goes_with_it() -> None:
    def add(book: Workbook) -> None:
        book.worksheets[-1]["D6"].comment = Comment("why?", "Ann")

    again = repaired(changed(repaired(rich(), rich_notes(), "en"), add), rich_notes(), "en")
    assert_sound(again)
    assert [kind for _, kind, _ in related(parts(again), "xl/worksheets/sheet3.xml")] == []
    assert len([name for name in parts(again) if "comment" in name.lower()]) == 4


@pytest.mark.parametrize(
    "fill", ["<fill", "<fill/><fill/>", "<fill><!-- --></fill>", "<x/>", "\ud800", "[]", "<!DOCTYPE a>"]
)
def test_a_hidden_cell_that_somebody_changed_does_no_harm(fill: str) -> None:
    def edit(content: dict[str, bytes]) -> None:
        sheet = content["xl/worksheets/sheet3.xml"]
        safe = fill.encode("ascii", "backslashreplace").replace(b"&", b"&amp;").replace(b"<", b"&lt;")
        content["xl/worksheets/sheet3.xml"] = re.sub(
            rb">\[\d+, \"[^<]*\"\]<", lambda match: b'>[99999, "' + safe + b'"]<', sheet
        )

    once = repaired(rich(), rich_notes(), "en")
    none = repaired(repacked(once, edit), [], "en")
    assert_sound(none)
    assert colour(opened(none)[RICH]["F8"]) == ""


# Answers


def answer_rows(book: Workbook) -> None:
    sheet = book.worksheets[-1]
    sheet["F5"] = "Accept the proposal"
    sheet["F6"], sheet["G6"] = "保留原样（理由见右）", " =A1 is\nright "
    sheet["F7"], sheet["G7"] = "will be supplied  (date beside)", datetime.date(2026, 9, 30)
    sheet["F8"] = "perhaps"
    sheet["G9"] = 2027


ANSWERS = (
    Answer("accept", "", "Accept the proposal"),
    Answer("keep", "=A1 is\nright", "保留原样（理由见右）"),
    Answer("later", "2026-09-30", "will be supplied  (date beside)"),
    Answer("", "", "perhaps"),
    Answer("", "2027", ""),
)


def expected_answers(language: str) -> Mapping[str, Answer]:
    ids = [one.id for one in sample_notes(language)]
    return dict(zip(ids, ANSWERS, strict=False))


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_are_read_in_either_language(language: str) -> None:
    assert answers(changed(sample_repaired(language), answer_rows)) == expected_answers(language)


def test_answers_are_found_by_headings_where_the_stamp_is_gone_and_columns_moved() -> None:
    def rearrange(book: Workbook) -> None:
        answer_rows(book)
        sheet = book.worksheets[-1]
        sheet.title = "Antworten"
        for merge in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(merge.coord)
        sheet.delete_rows(1)
        sheet.insert_cols(1, 2)
        book.move_sheet(sheet, -5)

    assert answers(changed(sample_repaired("en"), rearrange)) == expected_answers("en")


def test_answers_stay_when_the_file_is_repaired_again() -> None:
    again = repaired(changed(sample_repaired("en"), answer_rows), sample_notes("en"), "en")
    assert answers(again) == {
        **expected_answers("en"),
        # What was understood is written in the words of the sheet's language.
        sample_notes("en")[1].id: Answer("keep", "=A1 is\nright", repair_words("en")["choice_keep"]),
        sample_notes("en")[2].id: Answer("later", "2026-09-30", repair_words("en")["choice_later"]),
    }


@pytest.mark.parametrize(
    "data", [b"", b"text", b"PK\x03\x04", sample("en"), rich(), zipped({"xl/workbook.xml": b""})]
)
def test_other_files_have_no_answers(data: bytes) -> None:
    assert answers(data) == {}


# Whatever is written, it is inert

HOSTILE = (
    *(
        "=1+1",
        "+1",
        "-1",
        "@SUM(1)",
        "\t=1",
        '=HYPERLINK("https://example.org")',
        "<b>&amp;</b>",
        "]]>",
        "{0}",
    ),
    *("_x0041_", "a\r\nb", "'", '"', "\u202eabc", "\U0001f600", "--><x", "%s", "Learning City Scorecard\n"),
)


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_are_inert_and_come_back(text: str) -> None:
    one = note("C3", title=text, text=text, proposal=text)
    data = repaired(rich(), [one], "en")
    assert_sound(data)
    ((_, _, _, found, proposal, *_),) = findings_sheet(data)
    assert (found.data_type, proposal.data_type) == ("s", "s")
    coded = text.replace("_x0041_", "_x005F_x0041_").replace("\r\n", "\n")
    assert proposal.value == coded
    assert found.value == f"{coded}\n{coded}"
    assert coded.strip() in opened(data)[RICH]["C3"].comment.text
    assert parts(data)["xl/worksheets/sheet3.xml"].count(b"<f>") == 0
    assert repaired(data, [one], "en") == data
    none = opened(repaired(data, [], "en"))[RICH]
    assert none["C3"].comment is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [("a\x00b\x0bc\x1fd", "abcd"), ("a\ud800b\ufffe\uffff", "ab"), ("x" * 40_000, "x" * 16_382 + "…")],
)
def test_what_a_cell_cannot_hold_is_left_out(text: str, kept: str) -> None:
    data = repaired(rich(), [note("C3", proposal=text)], "en")
    assert_sound(data)
    assert findings_sheet(data)[0][4].value == kept


# What cannot be repaired


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty_file"),
        (b"code,value\n1.1.1,4\n", "text_file"),
        (b"%PDF-1.7", "pdf_file"),
        (filled()[:20_000], "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "legacy_xls"),
        (repacked(rich(), lambda one: one.__setitem__("xl/x.xml", b"<!DOCTYPE x><x/>")), "unsafe_part"),
        (repacked(rich(), lambda one: one.__setitem__("xl/styles.xml", b"<styleSheet>")), ""),
        (repacked(rich(), lambda one: one.__setitem__("xl/comments/comment1.xml", b"<a><b></a>")), ""),
        (repacked(rich(), lambda one: one.__delitem__("xl/_rels/workbook.xml.rels")), ""),
    ],
)
def test_what_is_no_workbook_is_said_to_be_none(data: bytes, kind: str) -> None:
    with pytest.raises(NotRepairableError) as raised:
        repaired(data, [note()], "en")
    assert raised.value.kind == kind


def test_a_file_that_could_not_be_uploaded_again_is_not_sent_back() -> None:
    book = Workbook()
    sheet = book.create_sheet(RICH)
    for row in range(1, 1401):
        for column in range(1, 21):
            sheet.cell(row, column, 1)
    saved = io.BytesIO()
    book.save(saved)
    assert len(repaired(saved.getvalue(), [note()], "en")) > len(saved.getvalue())
    with pytest.raises(NotRepairableError) as raised:
        repaired(saved.getvalue(), [note(f"A{row}") for row in range(1, 2001)], "en")
    assert raised.value.kind == "too_heavy"


@settings(max_examples=40)
@given(data=st.data())
def test_damage_inside_gives_a_sound_file_or_a_clear_refusal(data: st.DataObject) -> None:
    whole = parts(rich())
    name = data.draw(st.sampled_from([one for one in whole if one.endswith((".xml", ".rels", ".vml"))]))
    start = data.draw(st.integers(0, len(whole[name]) - 1))
    length = data.draw(st.integers(1, 60))
    broken = zipped({**whole, name: whole[name][:start] + whole[name][start + length :]})
    try:
        done = repaired(broken, [note("C20"), note("F8")], "en")
    except NotRepairableError:
        return
    opened(done)


# Ids


def test_ids_are_stable() -> None:
    finding = Finding("out_of_range", "blocks", Place("2 Economy", "F8"), "2.2.1", {"found": "104"})
    assert note_id(finding) == "f8dbda9d342"
    assert note_id(Finding("missing_profile", "question")) == "f106966de5f"


@pytest.mark.parametrize("language", LANGUAGES)
def test_ids_tell_findings_apart(language: str) -> None:
    ids = [one.id for one in sample_notes(language)]
    assert len(set(ids)) == len(ids)


# Wherever findings are

CELLS = st.builds(
    lambda column, row: f"{column}{row}", st.sampled_from("ABCDEFGHIJKLMNZ"), st.integers(1, 40)
)


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    """A workbook with cells here and there, some coloured, some merged, some with comments."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "One"
    for cell in draw(st.lists(CELLS, max_size=12)):
        sheet[cell] = draw(st.sampled_from([1, "text", None]))
        sheet[cell].fill = PatternFill("solid", fgColor=draw(st.sampled_from(["00FF00", "FFF9E5"])))
        if draw(st.booleans()):
            sheet[cell].comment = Comment("theirs", "Ann")
    top, left = draw(st.integers(1, 30)), draw(st.integers(1, 8))
    if draw(st.booleans()):
        sheet.merge_cells(start_row=top, start_column=left, end_row=top + 2, end_column=left + 3)
    book.create_sheet("Two")["B2"] = "=1+1"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


@settings(max_examples=15)
@given(
    sheets(),
    st.lists(st.tuples(CELLS, st.sampled_from(["One", "Two"]), st.sampled_from(SEVERITIES)), max_size=12),
)
def test_wherever_findings_are(data: bytes, places: list[tuple[str, str, str]]) -> None:
    found = [note(cell, sheet, severity) for cell, sheet, severity in places]
    once = repaired(data, found, "en")
    assert_sound(once)
    book, before = opened(once), opened(data)
    for one in found:
        assert one.place is not None
        sheet = book[one.place.sheet]
        merge = next((area for area in sheet.merged_cells.ranges if one.place.cell in area), None)
        cell = sheet[merge.start_cell.coordinate if merge else one.place.cell]
        assert colour(cell) in COLOURS.values()
        assert one.id in cell.comment.text
    assert len(findings_sheet(once)) == len(found)
    assert repaired(once, found, "en") == once
    none = opened(repaired(once, [], "en"))
    for page in before.worksheets:
        for row in page.iter_rows():
            for cell in row:
                after = none[page.title][cell.coordinate]
                assert (after.value, repr(after.fill), look(after)) == (
                    cell.value,
                    repr(cell.fill),
                    look(cell),
                )
                assert (after.comment and after.comment.text) == (cell.comment and cell.comment.text)


# The splicer itself


@pytest.mark.parametrize(
    "content",
    [
        b"<a/>",
        b"<?xml version='1.0'?>\n<!-- <b> --><a x='>' y=\"/>\"><b  z = '1' /><![CDATA[<b>]]><b>\xc3\xa9</b ></a >\n",
        b"\xef\xbb\xbf<p:a xmlns:p='u'><p:b/><p:b></p:b></p:a>",
    ],
)
def test_a_part_without_splices_is_itself(content: bytes) -> None:
    markup = Markup(content, 2)
    assert bytes(markup) == content
    assert b"".join(markup.raw(one) for one in markup.root.children) == b"".join(
        re.findall(
            rb"<(?:p:)?b[^<]*?(?:/>|</(?:p:)?b ?>)",
            content.replace(b"<!-- <b> -->", b"").replace(b"<![CDATA[<b>]]>", b""),
        )
    )
