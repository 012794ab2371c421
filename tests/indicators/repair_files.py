"""Workbooks to be repaired: one with everything that libraries lose, one as Excel writes it, and notes on them."""

from __future__ import annotations

import io
import zlib
from functools import cache

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as Picture
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from actions.repair import note_of
from indicators.repair import RepairNote
from scoring.model import Place
from tests.workbooks import read_bytes, zipped

RICH = "Überblick & <Zahlen>'s"


def note(cell: str = "F8", sheet: str = RICH, severity: str = "blocks", **changes: str) -> RepairNote:
    """A note at a cell; its id follows from where it is."""
    words = {"title": "The figure is too large", "text": "104 is more than 100 %.", "proposal": "", **changes}
    id = changes.get("id") or f"f{zlib.crc32(f'{sheet}!{cell}'.encode('utf-8', 'replace')):010}"
    return RepairNote(id, severity, Place(sheet, cell), words["title"], words["text"], words["proposal"])


def notes_on(data: bytes, language: str) -> list[RepairNote]:
    """What the reader finds in a workbook, as notes."""
    return [note_of(finding, language) for finding in read_bytes(data).findings]


@cache
def rich() -> bytes:
    """A workbook with a picture, a chart, comments, rules, names, formulas, merges, hidden and locked things."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = RICH
    for row in range(1, 13):
        for column in range(1, 7):
            sheet.cell(row, column, row * column)
    sheet["F8"].fill, sheet["F8"].font = (
        PatternFill("solid", fgColor="00FF00"),
        Font(bold=True, color="FF0000"),
    )
    sheet["F8"].number_format, sheet["F8"].protection = "0.00%", Protection(locked=False)
    sheet["A13"] = "=SUM(A1:A12)"
    sheet["F8"].comment = Comment("Counted twice?\nLearning City Scorecard was asked.", "Ann")
    sheet["B2"].comment = Comment("Left alone", "Bo")
    sheet.merge_cells("H3:J5")
    sheet["H3"] = "merged"
    colours = ColorScaleRule("min", start_color="FFFFFF", end_type="max", end_color="0000FF")  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add("A1:A12", colours)
    rule = DataValidation("list", formula1='"yes,no"')
    rule.add("B1:B12")
    sheet.add_data_validation(rule)
    sheet.protection.sheet = True
    sheet.column_dimensions["C"].width, sheet.row_dimensions[4].height = 33, 44
    sheet.auto_filter.ref = "A1:F12"
    sheet["C3"].hyperlink = "https://example.org/?a=1&b=2"
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    sheet.add_image(Picture(picture), "L2")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=12))
    sheet.add_chart(chart, "L10")  # type: ignore[call-arg]
    other = book.create_sheet("Findings")
    other["A1"], other.sheet_state = "a sheet of the city's own", "hidden"
    book.defined_names["Total"] = DefinedName("Total", attr_text="'" + RICH.replace("'", "''") + "'!$A$13")
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r
<x:worksheet xmlns:x="{_MAIN}" xmlns:rel="{_OFFICE}"\
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac"\
 xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac">\
<x:dimension ref='A2:D9'/><x:sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/>\
<x:cols><x:col min="3" max="4" width="12" style="2" customWidth="1"/></x:cols>\
<x:sheetData><x:row r="2" spans="1:2" x14ac:dyDescent="0.25"><x:c r="A2" s="1"><x:v>1</x:v></x:c>\
<x:c r='B2'><x:f>A2&gt;1</x:f><x:v>0</x:v></x:c></x:row><x:row r="4" s="1" customFormat="1"/>\
<x:row><x:c><x:v>5</x:v></x:c><x:c s="1"/></x:row><x:row r="9"><x:c r="D9" t="inlineStr">\
<x:is><x:t>a &gt; b</x:t></x:is></x:c></x:row></x:sheetData>\
<x:sheetProtection sheet="1" objects="1"/><x:pageMargins left="1" right="1" top="1" bottom="1" header="0"\
 footer="0"/><x:extLst><x:ext uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}"/></x:extLst></x:worksheet>"""


@cache
def excel_like() -> bytes:
    """A workbook by hand: prefixes, no cell names in a row, empty rows, spans, ignorable vocabularies, odd quotes."""
    styles = f"""<?xml version="1.0"?>
<x:styleSheet xmlns:x="{_MAIN}"><x:fonts count="1"><x:font><x:sz val="11"/><x:name val="Arial"/></x:font></x:fonts>\
<x:fills count="2"><x:fill><x:patternFill patternType="none"/></x:fill><x:fill><x:patternFill\
 patternType="gray125"/></x:fill></x:fills><x:borders count="1"><x:border><x:left/><x:right/><x:top/><x:bottom/>\
<x:diagonal/></x:border></x:borders><x:cellStyleXfs count="1"><x:xf/></x:cellStyleXfs><x:cellXfs count="3">\
<x:xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><x:xf numFmtId="9" fontId="0" fillId="1"\
 borderId="0" xfId="0" applyNumberFormat="1"><x:alignment wrapText="1"/></x:xf><x:xf numFmtId="10" fontId="0"\
 fillId="0" borderId="0" xfId="0"/></x:cellXfs></x:styleSheet>"""
    return zipped(
        {
            "[Content_Types].xml": f"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml"\
 ContentType="{_TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/Sheet1.xml"\
 ContentType="{_TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>\
</Types>""".encode(),
            "_rels/.rels": f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="/xl/workbook.xml"/></Relationships>""".encode(),
            "xl/workbook.xml": f"""<x:workbook xmlns:x="{_MAIN}" xmlns:rel="{_OFFICE}"><x:bookViews>\
<x:workbookView/></x:bookViews><x:sheets><x:sheet name="One" sheetId="7" rel:id="rId2"/></x:sheets>\
</x:workbook>""".encode(),
            "xl/_rels/workbook.xml.rels": f"""<pr:Relationships\
 xmlns:pr="http://schemas.openxmlformats.org/package/2006/relationships"><pr:Relationship Id="rId2"\
 Type="{_OFFICE}/worksheet" Target="worksheets/Sheet1.xml"/><pr:Relationship Id="rId3" Type="{_OFFICE}/styles"\
 Target="styles.xml"/></pr:Relationships>""".encode(),
            "xl/worksheets/Sheet1.xml": _SHEET.encode(),
            "xl/styles.xml": styles.encode(),
        }
    )
