"""Files made to hurt their reader: small to send, great to open. Each with the kinds of finding that refuse it."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable

from tests.workbooks import filled, repacked

SHEET = "xl/worksheets/sheet3.xml"
STYLES = "xl/styles.xml"
STRINGS = "xl/sharedStrings.xml"
SPREADSHEET = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_STRING_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_LAUGHS = b"<!DOCTYPE x [" + b"".join(
    b'<!ENTITY a%d "%s">' % (step, b"&a%d;" % (step - 1) * 10 if step else b"ha" * 10) for step in range(9)
)


def with_part(name: str, content: bytes) -> bytes:
    """The filled workbook with one more part."""
    return repacked(filled(), lambda parts: parts.update({name: content}))


def edited(name: str, old: bytes, new: bytes) -> bytes:
    """The filled workbook after the first `old` in a part became `new`."""

    def edit(parts: dict[str, bytes]) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new, 1)

    return repacked(filled(), edit)


def in_sheet(rows: bytes) -> bytes:
    """The filled workbook with markup behind the last row of its first focus area."""
    return edited(SHEET, b"</sheetData>", rows + b"</sheetData>")


def behind_sheet(markup: bytes) -> bytes:
    """The filled workbook with markup behind the table of the same sheet's cells."""
    return edited(SHEET, b"</sheetData>", b"</sheetData>" + markup)


def with_strings(strings: bytes) -> bytes:
    """The filled workbook with a table of shared strings that its first focus area's sheet uses."""

    def add(parts: dict[str, bytes]) -> None:
        parts[STRINGS] = b"<sst " + SPREADSHEET + b">" + strings + b"</sst>"
        kinds = parts["[Content_Types].xml"]
        new = b'<Override PartName="/' + STRINGS.encode() + b'" ContentType="' + _STRING_TYPE + b'"/></Types>'
        parts["[Content_Types].xml"] = kinds.replace(b"</Types>", new)

    return repacked(filled(), add)


def _packed_otherwise(method: int) -> bytes:
    packed = io.BytesIO(filled())
    with zipfile.ZipFile(packed, "a", method) as archive:
        archive.writestr("xl/extra.xml", bytes(60_000_000))
    return packed.getvalue()


def _doubled() -> bytes:
    packed = io.BytesIO(filled())
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(SHEET, b"<worksheet/>")
    return packed.getvalue()


def _lying_size() -> bytes:
    """A part that says it has one byte and unpacks to 100 MB."""
    data = bytearray(with_part("xl/extra.xml", b" " * 100_000_000))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = data.rindex(mark)
        data[place + at : place + at + 4] = (1).to_bytes(4, "little")
    return bytes(data)


def _comments(ref: bytes) -> bytes:
    text = b"<comments %s><authors><author/></authors><commentList>" % SPREADSHEET
    text += b'<comment ref="%s" authorId="0"><text><t>x</t></text></comment></commentList></comments>' % ref
    return with_part("xl/comments/comment1.xml", text)


_TWENTY_THOUSAND = b'<row r="99">' + b'<c t="s"><v>0</v></c>' * 250 + b"</row>"
_TWENTY_THOUSAND += b"".join(
    b'<row r="%d">' % row + b'<c t="s"><v>0</v></c>' * 250 + b"</row>" for row in range(100, 180)
)

# Name -> (how it is made, the kinds that may refuse it).
BOMBS: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "a zip bomb": (
        lambda: repacked(
            filled(), lambda parts: parts.update({f"xl/{n}.xml": bytes(60_000_000) for n in "abc"})
        ),
        {"unpacked_too_large"},
    ),
    "a part that lies about its size": (_lying_size, {"unpacked_too_large", "damaged"}),
    "a zip bomb packed by bzip2": (lambda: _packed_otherwise(zipfile.ZIP_BZIP2), {"damaged"}),
    "a zip bomb packed by LZMA": (lambda: _packed_otherwise(zipfile.ZIP_LZMA), {"damaged"}),
    "an entity bomb": (
        lambda: edited(SHEET, b"<worksheet", _LAUGHS + b"]><worksheet"),
        {"unsafe_part"},
    ),
    "an entity bomb in UTF-16": (
        lambda: with_part("xl/extra.xml", (_LAUGHS + b"]><x>&a8;</x>").decode().encode("utf-16")),
        {"unsafe_part"},
    ),
    "an entity bomb under another ending": (
        lambda: with_part("xl/worksheets/sheet99.bin", _LAUGHS + b"]><x>&a8;</x>"),
        {"unsafe_part"},
    ),
    "a file of this computer named by an entity": (
        lambda: with_part(
            "xl/extra.xml", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'
        ),
        {"unsafe_part"},
    ),
    "a cell in the last corner": (
        lambda: in_sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        {"far_cell"},
    ),
    "a cell in the last corner in single quotes": (
        lambda: in_sheet(b"<row><c r = 'XFD1048576'><v>1</v></c></row>"),
        {"far_cell"},
    ),
    "a merge of everything": (
        lambda: behind_sheet(b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        {"merged_too_large"},
    ),
    "a merge of everything in single quotes": (
        lambda: behind_sheet(b"<mergeCells><mergeCell ref='$a$1:$xfd$1048576'/></mergeCells>"),
        {"merged_too_large"},
    ),
    "a merge whose area is written as signs": (
        lambda: behind_sheet(b'<mergeCells><mergeCell ref="A1:XFD&#49;048576"/></mergeCells>'),
        {"merged_too_large"},
    ),
    "a merge of whole columns": (
        lambda: behind_sheet(b'<mergeCells><mergeCell ref="A:XFD"/></mergeCells>'),
        {"merged_too_large"},
    ),
    "a link over everything": (
        lambda: behind_sheet(b'<hyperlinks><hyperlink display=">" ref="A1:XFD1048576"/></hyperlinks>'),
        {"merged_too_large"},
    ),
    "a comment over everything": (lambda: _comments(b"A1:XFD1048576"), {"merged_too_large"}),
    "a million rows": (lambda: in_sheet(b"<row/>" * 1_000_000), {"far_cell"}),
    "a million rows with values": (
        lambda: in_sheet(b"<row><c><v>1</v></c></row>" * 1_000_000),
        {"unpacked_too_large"},
    ),
    "half a million cells in one row": (
        lambda: in_sheet(b"<row>" + b"<c><v>1</v></c>" * 500_000 + b"</row>"),
        {"too_heavy"},
    ),
    "half a million cells of nothing": (
        lambda: in_sheet(b"<row>" + b"<c/>" * 500_000 + b"</row>"),
        {"too_heavy"},
    ),
    "a number format of 100,000 characters": (
        lambda: edited(
            STYLES,
            b"<numFmts",
            b'<numFmts><numFmt numFmtId="999" formatCode="' + b"[" * 100_000 + b'"/></numFmts><x',
        ),
        {"too_heavy"},
    ),
    "half a million styles": (
        lambda: edited(STYLES, b"</cellXfs>", b"<xf/>" * 500_000 + b"</cellXfs>"),
        {"too_heavy"},
    ),
    "three million shared strings": (lambda: with_strings(b"<si/>" * 3_000_000), {"too_heavy"}),
    "eight million shared strings": (
        lambda: with_strings(b"<si/>" * 8_000_000),
        {"unpacked_too_large"},
    ),
    "a string of 19 million characters": (
        lambda: with_strings(b"<si><t>" + b"a" * 19_000_000 + b"</t></si>"),
        {"too_heavy"},
    ),
    "a long string in every one of 20,000 cells": (
        lambda: repacked(
            with_strings(b"<si><t>" + b"a" * 190_000 + b"</t></si>"),
            lambda parts: parts.update(
                {SHEET: parts[SHEET].replace(b"</sheetData>", _TWENTY_THOUSAND + b"</sheetData>")}
            ),
        ),
        {"too_heavy"},
    ),
    "markup nested 100,000 deep": (
        lambda: in_sheet(b"<a>" * 100_000 + b"</a>" * 100_000),
        {"too_heavy", "unreadable"},
    ),
    "ten thousand links between parts": (
        lambda: edited(
            "xl/_rels/workbook.xml.rels",
            b"</Relationships>",
            b'<Relationship Id="x" Type="y" Target="z"/>' * 200_000 + b"</Relationships>",
        ),
        {"too_heavy"},
    ),
    "a part outside the workbook": (
        lambda: with_part("../../outside.xml", b"<x/>"),
        {"unsafe_part"},
    ),
    "a part at the root of the disk": (lambda: with_part("/etc/outside", b"<x/>"), {"unsafe_part"}),
    "a part on another drive": (lambda: with_part("C:\\outside.xml", b"<x/>"), {"unsafe_part"}),
    "a part twice": (_doubled, {"damaged"}),
    "a cell twice": (lambda: in_sheet(b'<row><c r="F5"><v>60</v></c></row>'), {"damaged"}),
    "a number in a cell that says it is a text": (
        lambda: in_sheet(b'<row r="99"><c r="F99" t="inlineStr"><v>60</v></c></row>'),
        {"damaged"},
    ),
    "a truncated download": (lambda: filled()[:-200], {"damaged"}),
}


def long_cell() -> bytes:
    """A workbook that may be read: one remark of 100,000 characters."""
    return in_sheet(b'<row r="99"><c r="L99" t="inlineStr"><is><t>' + b"a" * 100_000 + b"</t></is></c></row>")
