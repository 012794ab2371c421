"""Is this a workbook that may be read? Asked of the bytes alone, before any reader opens them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from indicators import findings
from indicators.archives import DAMAGED
from indicators.parts import (
    LAST_CELL,
    Part,
    far_cell,
    forbidden,
    has_formula,
    lost_value,
    overlong,
    positions,
    repeated_cell,
    spread_area,
)
from scoring.model import Finding

MEGABYTE = 1024 * 1024
# A filled city workbook has about 0.1 MB packed, 1 MB unpacked and 30 parts: room for 20 times as much.
LIMIT_PACKED = 5 * MEGABYTE
LIMIT_UNPACKED = 20 * MEGABYTE
LIMIT_PARTS = 400
# Merged and linked cells are built one by one by the reader, so a merge of a whole sheet would fill the memory.
LIMIT_MERGED_CELLS = 100_000
# Every tag costs the reader time and memory; a filled workbook has about 12,000, another program's twice as many.
LIMIT_TAGS = 150_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
# What stands in an OLE file's directory, in the order to ask.
_OLE_KINDS = (("EncryptedPackage", "encrypted"), ("Workbook", "legacy_xls"), ("Book", "legacy_xls"))
# The parts by which other kinds of zip file are known: how a name begins or ends, and the kind.
_ZIP_KINDS = (
    ("xl/workbook.bin", "", "xlsb_file"),
    ("word/", "", "other_office_file"),
    ("ppt/", "", "other_office_file"),
    ("content.xml", "", "ods_file"),
    ("", ".iwa", "numbers_file"),
    ("", "", "other_zip"),
)
# Control characters that stand in no text, whatever its encoding.
_NOT_IN_TEXTS = bytes(range(9))
# Office writes these two with backslashes or capitals on some systems, so names are compared in lower case.
_WORKBOOK_PART = "xl/workbook.xml"
_STRICT = b"purl.oclc.org/ooxml"
# What office programs write; the others may unpack to any size at once.
_COMPRESSED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MACROS = "xl/vbaproject.bin"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the bytes tell: a finding (refusing, or a note on macros) and whether any cell holds a formula."""

    finding: Finding | None
    formulas: bool = False


def check(name: str, data: bytes) -> Finding | None:
    """Why these bytes cannot be read as a workbook (severity "refuses"), a note, or None.

    `name` is what the sender called the file; its ending is never believed.
    """
    return inspect(name, data).finding


def inspect(name: str, data: bytes) -> Inspection:
    """The same question, with what else was learnt on the way."""
    if not data:
        return _refused("empty_file", name)
    if len(data) > LIMIT_PACKED:
        return _refused("too_large", name, found=_megabytes(len(data)), limit=_megabytes(LIMIT_PACKED))
    if data.startswith(_OLE):
        return _refused(_ole_kind(data), name)
    if not data.startswith((_ZIP, _EMPTY_ZIP)):
        return _refused(_plain_kind(data), name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _inspect_archive(name, archive)
    except DAMAGED:
        return _refused("damaged", name)


def _inspect_archive(name: str, archive: zipfile.ZipFile) -> Inspection:
    entries = archive.infolist()
    names = [entry.filename.lower() for entry in entries]
    if len(entries) > LIMIT_PARTS:
        return _refused("too_many_parts", name, found=len(entries), limit=LIMIT_PARTS)
    if any(entry.flag_bits & 1 for entry in entries):
        return _refused("encrypted", name)
    if _WORKBOOK_PART not in names:
        return _refused(_zip_kind(names), name)
    if len(set(names)) < len(names) or any(entry.compress_type not in _COMPRESSED for entry in entries):
        return _refused("damaged", name)
    outside = next((entry.filename for entry in entries if _leads_outside(entry.filename)), "")
    if outside:
        return _refused("unsafe_part", name, part=outside[:80])
    formulas, heavy, merged, tags, left = False, False, 0, 0, LIMIT_UNPACKED
    for entry in entries:
        content = _unpack(archive, entry, left)
        left -= len(content)
        if left < 0:
            return _refused("unpacked_too_large", name, limit=_megabytes(LIMIT_UNPACKED))
        part = Part(entry.filename.lower(), content.replace(b"\0", b""))
        if not part.is_markup:
            continue
        if forbidden(part):
            return _refused("unsafe_part", name, part=entry.filename[:80])
        tags += part.content.count(b"<")
        heavy = heavy or tags > LIMIT_TAGS or overlong(part)
        if part.name == _WORKBOOK_PART and _STRICT in content:
            return _refused("strict_xlsx", name)
        if part.is_sheet:
            places = positions(part)
            cell = far_cell(part, places)
            if cell:
                return _refused("far_cell", name, cell=cell, limit=LAST_CELL)
            if repeated_cell(places) or lost_value(part):
                return _refused("damaged", name)
            formulas = formulas or has_formula(part)
        merged += spread_area(part)
    if heavy:
        # The reader would find that out too, but after seconds and with all its memory.
        return _refused("too_heavy", name)
    if merged > LIMIT_MERGED_CELLS:
        return _refused("merged_too_large", name, found=merged, limit=LIMIT_MERGED_CELLS)
    note = findings.make("macros", file=name) if _MACROS in names else None
    return Inspection(note, formulas)


def _leads_outside(name: str) -> bool:
    """Whether a part's name is a path that leaves the workbook."""
    return name.startswith(("/", "\\")) or ":" in name or ".." in name.replace("\\", "/").split("/")


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """The part, or one byte more than `limit` of it: sizes declared in the file are not believed."""
    with archive.open(entry) as stream:
        return stream.read(limit + 1)


def _ole_kind(data: bytes) -> str:
    for stream, kind in _OLE_KINDS:
        if stream.encode("utf-16-le") in data:
            return kind
    return "other_office_file"


def _zip_kind(names: list[str]) -> str:
    return next(
        kind
        for start, end, kind in _ZIP_KINDS
        if not (start or end) or any(name.startswith(start) and name.endswith(end) for name in names)
    )


def _plain_kind(data: bytes) -> str:
    """The kind of a file that is no container: a PDF, a text (csv, web page) or anything else."""
    if data.startswith(b"%PDF"):
        return "pdf_file"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text_file"
    return "not_a_workbook" if data.translate(None, _NOT_IN_TEXTS) != data else "text_file"


def _refused(kind: str, name: str, **facts: str | int | float) -> Inspection:
    return Inspection(findings.make(kind, None, "", file=name, **facts))


def _megabytes(size: int) -> float:
    """Rounded up to a tenth, so that a file over the limit never seems to be on it."""
    return -(-size * 10 // MEGABYTE) / 10
