"""Files that are no readable workbook are refused by what is in them, each with its own way out."""

from __future__ import annotations

import io
import re
import time
import warnings
import zipfile

import pytest

from indicators import guard
from indicators.findings import kinds
from tests.workbooks import blank, filled, read_bytes, repacked, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SHEET = "xl/worksheets/sheet3.xml"


def _with(name: str, content: bytes) -> bytes:
    return repacked(filled(), lambda parts: parts.update({name: content}))


def _edited(name: str, old: bytes, new: bytes) -> bytes:
    def edit(parts: dict[str, bytes]) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new, 1)

    return repacked(filled(), edit)


def _doubled() -> bytes:
    packed = io.BytesIO(filled())
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("XL/Workbook.xml", "<workbook/>")
    return packed.getvalue()


def _marked_as_encrypted() -> bytes:
    data = bytearray(filled())
    for match in re.finditer(b"PK\x01\x02", filled()):
        data[match.start() + 8] |= 1
    return bytes(data)


REFUSED = {
    "nothing at all": (b"", "empty_file"),
    "five megabytes and a byte": (bytes(5 * 1024 * 1024 + 1), "too_large"),
    "a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "a password on the zip": (_marked_as_encrypted(), "encrypted"),
    "an xls renamed": (OLE + "Workbook".encode("utf-16-le"), "legacy_xls"),
    "an Excel 95 file": (OLE + "Book".encode("utf-16-le"), "legacy_xls"),
    "an old Word file": (OLE + "WordDocument".encode("utf-16-le"), "other_office_file"),
    "a csv renamed": (b"code,value\n1.1.1,97.5\n", "text_file"),
    "a Chinese csv renamed": ("代码,数值\n1.1.1,97.5\n".encode("gb18030"), "text_file"),
    "a csv in UTF-16": ("代码,数值\n".encode("utf-16"), "text_file"),
    "a web page renamed": (b"<html><table></table></html>", "text_file"),
    "a PDF": (b"%PDF-1.7\n\xff\xfe", "pdf_file"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(64), "not_a_workbook"),
    "a Word document": (zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), "other_office_file"),
    "a presentation": (zipped({"ppt/presentation.xml": b""}), "other_office_file"),
    "an OpenDocument sheet": (zipped({"mimetype": b"", "content.xml": b""}), "ods_file"),
    "a Numbers document": (zipped({"Index/Document.iwa": b""}), "numbers_file"),
    "a binary workbook": (zipped({"xl/workbook.bin": b""}), "xlsb_file"),
    "a folder of workbooks": (zipped({"city.xlsx": filled()}), "other_zip"),
    "an empty archive": (zipped({}), "other_zip"),
    "the first half of a download": (filled()[: len(filled()) // 2], "damaged"),
    "a part twice": (_doubled(), "damaged"),
    "a part that unpacks to 30 MB": (_with("xl/blank.xml", b" " * 30_000_000), "unpacked_too_large"),
    "four hundred parts and more": (
        repacked(filled(), lambda parts: parts.update({f"xl/{n}.bin": b"" for n in range(400)})),
        "too_many_parts",
    ),
    "a document type": (_with("xl/extra.xml", b"<!DOCTYPE x><x/>"), "unsafe_part"),
    "an entity in UTF-16": (_with("xl/extra.xml", '<!ENTITY a "b">'.encode("utf-16")), "unsafe_part"),
    "strict Open XML": (
        _edited(
            "xl/workbook.xml",
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        "strict_xlsx",
    ),
    "a cell in the last corner": (
        _edited(SHEET, b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
        "far_cell",
    ),
    "a cell far to the right": (
        _edited(SHEET, b"</sheetData>", b'<row><c r="IW900"><v>1</v></c></row></sheetData>'),
        "far_cell",
    ),
    "a merge of everything": (
        _edited(
            SHEET, b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
        "merged_too_large",
    ),
}


@pytest.mark.parametrize(("data", "kind"), REFUSED.values(), ids=REFUSED)
def test_is_refused_with_its_own_kind(data: bytes, kind: str) -> None:
    finding = guard.check("city.xlsx", data)
    assert finding is not None
    assert (finding.kind, finding.severity) == (kind, "refuses")
    assert finding.facts["file"] == "city.xlsx"
    assert set(finding.facts) == set(kinds()[kind].facts)


@pytest.mark.parametrize(("data", "kind"), REFUSED.values(), ids=REFUSED)
def test_reader_gives_the_refusal_and_nothing_else(data: bytes, kind: str) -> None:
    reading = read_bytes(data)
    assert [finding.kind for finding in reading.findings] == [kind]
    assert reading.refused is reading.findings[0]
    assert not reading.observations
    assert not reading.profile


def test_last_allowed_cell_is_no_far_cell() -> None:
    at_the_edge = _edited(
        SHEET, b"</sheetData>", b'<row r="10000"><c r="IV10000"><v>1</v></c></row></sheetData>'
    )
    assert guard.check("city.xlsx", at_the_edge) is None


def test_limit_is_five_megabytes_exactly() -> None:
    assert guard.check("city.xlsx", bytes(5 * 1024 * 1024)).kind == "not_a_workbook"  # type: ignore[union-attr]


def test_size_over_the_limit_is_never_told_as_the_limit() -> None:
    finding = guard.check("city.xlsx", bytes(5 * 1024 * 1024 + 1))
    assert finding is not None
    assert (finding.facts["found"], finding.facts["limit"]) == (5.1, 5.0)


def test_macros_are_noted_and_the_rest_is_read() -> None:
    reading = read_bytes(_with("xl/vbaProject.bin", b"Sub Auto_Open"), "city.xlsm")
    assert [(finding.kind, finding.severity) for finding in reading.findings] == [("macros", "note")]
    assert len(reading.observations) == len(read_bytes(filled()).observations)


@pytest.mark.parametrize("data", [blank("en"), blank("zh"), filled("en")], ids=["en", "zh", "filled"])
def test_our_own_workbook_passes(data: bytes) -> None:
    assert guard.check("anything.bin", data) is None


def test_formulas_are_noticed() -> None:
    assert not guard.inspect("city.xlsx", filled()).formulas
    with_formula = _edited(SHEET, b"</sheetData>", b'<row r="99"><c r="A99"><f>1+1</f></c></row></sheetData>')
    assert guard.inspect("city.xlsx", with_formula).formulas


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    bomb = repacked(
        filled(), lambda parts: parts.update({f"xl/{n}.xml": b" " * 15_000_000 for n in range(8)})
    )
    start = time.process_time()
    finding = guard.check("city.xlsx", bomb)
    assert finding is not None
    assert finding.kind == "unpacked_too_large"
    # Unpacking all of it would take about eight times as long as the two parts that are looked at.
    assert time.process_time() - start < 1.0
