"""Is this a PDF that is whole and does nothing by itself? Seen in its bytes, never rendered.

After ISO 32000-1: header and trailer (7.5), names with #-signs (7.3.5), object streams (7.5.7), actions (12.6).
"""

from __future__ import annotations

import re
import zlib

# The header stands first here, so that nothing else can stand before it; readers allow a kilobyte of anything.
_HEADER = re.compile(rb"%PDF-[12]\.[0-9][\s%]")
_TAIL = 2048
_END = re.compile(rb"startxref\s+\d+\s+%%EOF[\s\0]*$")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAME = re.compile(rb"/[^\s\0()<>\[\]{}/%]+")
_ENCRYPTED = b"/Encrypt"
# Actions that run something, and forms and shows that run programs. Each is long enough to stand in no packed bytes by
# chance; "/JS" alone does nothing without "/JavaScript".
_ACTIVE = frozenset((b"/JavaScript", b"/Launch", b"/RichMedia", b"/XFA", b"/ImportData"))
_WITHIN = frozenset((b"/EmbeddedFile", b"/EmbeddedFiles"))
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_STREAM_END = b"endstream"
_OBJECTS = b"/ObjStm"
# As much of the parts that hold objects as is looked through.
_UNPACKED = 32 * 1024 * 1024
_DICTIONARY = 1024


def pdf(data: bytes) -> str:
    """Why a PDF is refused: "damaged", "encrypted", "active" or "file_within"; "" if it is not."""
    if not _HEADER.match(data) or not _END.search(data[-_TAIL:]):
        return "damaged"
    names = _names(data)
    left = _UNPACKED
    for found in _STREAM.finditer(data):
        if _OBJECTS not in _HEX.sub(_sign, data[max(0, found.start() - _DICTIONARY) : found.start()]):
            continue
        try:
            end = data.find(_STREAM_END, found.end())
            content = zlib.decompressobj().decompress(data[found.end() : end], left)
        except zlib.error:
            # Not packed, or packed in another way: then it is read as it stands.
            continue
        left -= len(content)
        if left <= 0:
            return "unpacked_too_large"
        names |= _names(content)
    if _ENCRYPTED in names:
        return "encrypted"
    if names & _ACTIVE:
        return "active"
    return "file_within" if names & _WITHIN else ""


def _names(data: bytes) -> set[bytes]:
    return {_HEX.sub(_sign, name) for name in _NAME.findall(data)}


def _sign(found: re.Match[bytes]) -> bytes:
    return bytes((int(found[1], 16),))
