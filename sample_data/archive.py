"""The same workbook, the same bytes: a zip file without the moment of its making."""

from __future__ import annotations

import io
import re
import zipfile

MEMBER_DATE = (2026, 1, 1, 0, 0, 0)
STAMP = b"2026-01-01T00:00:00Z"
PROPERTIES = "docProps/core.xml"
_STAMPED = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:\2>)")


def timeless(data: bytes) -> bytes:
    """An .xlsx file with its members, and the dates in its properties, set to one fixed day."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == PROPERTIES:
                content = _STAMPED.sub(rb"\g<1>" + STAMP + rb"\g<3>", content)
            member = zipfile.ZipInfo(name, MEMBER_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, content)
    return packed.getvalue()
