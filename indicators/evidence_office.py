"""Is this a docx or xlsx that is whole, of a bounded size, and does nothing by itself? No part is parsed or opened."""

from __future__ import annotations

import io
import re
import zipfile

from indicators.archives import DAMAGED
from indicators.evidence_limits import Limits
from indicators.parts import Part, forbidden

# The part that makes a document of a kind; names are compared in small letters, as office programs do.
_KINDS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_TYPES = "[content_types].xml"
_COMPRESSED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MACROS = re.compile(r"(^|/)(vba[^/]*|macrosheets/.*|activex/.*|customui/.*)$")
_MACRO_TYPE = re.compile(rb"macroenabled|ms-office\.vbaproject|activex", re.IGNORECASE)
_WITHIN = re.compile(r"(^|/)embeddings/")
# What is fetched from elsewhere when the document is opened; a link waits until somebody follows it.
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_EXTERNAL = re.compile(rb"""TargetMode\s*=\s*["']External["']""")
_LINK = re.compile(rb"""Type\s*=\s*["'][^"']*/(?:hyperlink|externalLinkPath)["']""")
_FIELD = re.compile(rb"\bDDE(?:AUTO)?\b|<(?:\w+:)?ddeLink\b")
_CHUNK = 1024 * 1024


def office(data: bytes, most: Limits) -> tuple[str, str]:
    """Why a document of parts is refused ("" if it is not), and its kind, "docx" or "xlsx"."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _looked(archive, most)
    except DAMAGED:
        return "damaged", ""


def _looked(archive: zipfile.ZipFile, most: Limits) -> tuple[str, str]:
    entries = archive.infolist()
    names = [entry.filename.lower().replace("\\", "/") for entry in entries]
    if len(entries) > most.parts:
        return "too_many_parts", ""
    if any(entry.flag_bits & 1 for entry in entries):
        return "encrypted", ""
    kinds = [_KINDS[name] for name in names if name in _KINDS]
    if not kinds or _TYPES not in names:
        return "other_zip", ""
    if len(kinds) > 1 or len(set(names)) < len(names) or archive.comment:
        return "damaged", ""
    if any(entry.compress_type not in _COMPRESSED for entry in entries) or any(map(_leads_outside, names)):
        return "damaged", ""
    if any(_MACROS.search(name) for name in names):
        return "macros", ""
    if any(_WITHIN.search(name) for name in names):
        return "file_within", ""
    left = most.unpacked_bytes
    for entry, name in zip(entries, names, strict=True):
        content, size = _unpacked(archive, entry, left, keep=name.endswith((".xml", ".rels")))
        left -= size
        if left < 0:
            return "unpacked_too_large", ""
        if why := _why(name, content):
            return why, ""
    return "", kinds[0]


def _why(name: str, content: bytes) -> str:
    """Why a part is refused; bytes without zeros read the same in every encoding."""
    part = Part(name, content.replace(b"\0", b""))
    if forbidden(part):
        return "damaged"
    if name == _TYPES and _MACRO_TYPE.search(part.content):
        return "macros"
    if name.endswith(".rels"):
        for relation in _RELATION.findall(part.content):
            if _EXTERNAL.search(relation) and not _LINK.search(relation):
                return "fetches"
    elif _FIELD.search(part.content) and (b"instrText" in part.content or b"ddeLink" in part.content):
        return "active"
    return ""


def _leads_outside(name: str) -> bool:
    return name.startswith("/") or ":" in name or ".." in name.split("/")


def _unpacked(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int, *, keep: bool
) -> tuple[bytes, int]:
    """A part's content (b"" where it is not kept) and its size, which ends soon beyond `limit`.

    Sizes declared in the file are not believed.
    """
    held, size = [], 0
    with archive.open(entry) as stream:
        while size <= limit and (chunk := stream.read(_CHUNK)):
            size += len(chunk)
            if keep:
                held.append(chunk)
    return b"".join(held), size
