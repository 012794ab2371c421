"""What kind of file is this, and may it stand behind an answer? Asked of the bytes alone; a name is never believed.

A file is kept and handed out as it came. Nothing here renders it, runs it or unpacks more of it than the limits say;
a file that could act when somebody opens it, or that is two kinds of file in one, is refused.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from indicators.evidence_limits import Limits, limits
from indicators.evidence_office import office
from indicators.evidence_pdf import pdf
from indicators.evidence_picture import jpeg, png

# Kind -> how it is called in a Content-Type, and the ending of its name.
MEDIA: Mapping[str, tuple[str, str]] = {
    "pdf": ("application/pdf", ".pdf"),
    "png": ("image/png", ".png"),
    "jpg": ("image/jpeg", ".jpg"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
}
# In whose texts a name can be looked for; the others hold pictures of words, or words in pieces.
SEARCHABLE = (MEDIA["docx"][0], MEDIA["xlsx"][0])

# How a file begins -> who looks at it: returns why it is refused, "" if it is not, and its kind.
_LOOKS: tuple[tuple[bytes, Callable[[bytes, Limits], tuple[str, str]]], ...] = (
    (b"%PDF-", lambda data, _: (pdf(data), "pdf")),
    (b"\x89PNG\r\n\x1a\n", lambda data, most: (png(data, most), "png")),
    (b"\xff\xd8\xff", lambda data, most: (jpeg(data, most), "jpg")),
    (b"PK\x03\x04", office),
)
# What else people send -> why it is refused.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_office"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"#!", "program"),
    (b"GIF8", "other_picture"),
    (b"RIFF", "other_picture"),
    (b"II*\0", "other_picture"),
    (b"MM\0*", "other_picture"),
    (b"BM", "other_picture"),
)
_PICTURES_IN_BOXES = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Looked:
    """What the bytes are: a kind of MEDIA, or why they are refused (a name with a sentence)."""

    kind: str = ""
    refused: str = ""


def look(data: bytes) -> Looked:
    """The kind of a file, or why it may not stand behind an answer; never raises, whatever the bytes."""
    most = limits()
    if not data:
        return Looked(refused="empty")
    if len(data) > most.file_bytes:
        return Looked(refused="too_large")
    for start, looks in _LOOKS:
        if data.startswith(start):
            refused, kind = looks(data, most)
            if not refused and kind in ("pdf", "png", "jpg") and zipfile.is_zipfile(io.BytesIO(data)):
                refused = "two_in_one"
            return Looked(refused=refused) if refused else Looked(kind)
    if data.startswith(_OTHERS[0][0]) and _ENCRYPTED in data:
        return Looked(refused="encrypted")
    if data[4:12] in _PICTURES_IN_BOXES:
        return Looked(refused="other_picture")
    return Looked(refused=next((why for start, why in _OTHERS if data.startswith(start)), "other_kind"))
