"""Is this a whole picture of a size that a camera or a scanner makes? Read from its own marks, never decoded.

PNG after ISO/IEC 15948 (chunks), JPEG after ITU-T T.81 (segments).
"""

from __future__ import annotations

import struct

from indicators.evidence_limits import Limits

_CHUNK = struct.Struct(">I4s")
_SIZE = struct.Struct(">II")
_PNG_START, _SUM = 8, 4
# Segments that stand alone, and those that tell the size of the picture.
_ALONE = frozenset((0x01, *range(0xD0, 0xD8)))
_FRAMES = frozenset((*range(0xC0, 0xD0),)) - {0xC4, 0xC8, 0xCC}
_SCAN = 0xDA


def png(data: bytes, most: Limits) -> str:
    """Why a PNG is refused: "damaged", "picture_too_large" or "two_in_one"; "" if it is not."""
    at = _PNG_START
    size: tuple[int, int] | None = None
    while at + _CHUNK.size <= len(data):
        length, kind = _CHUNK.unpack_from(data, at)
        content, at = at + _CHUNK.size, at + _CHUNK.size + length + _SUM
        if at > len(data) or (size is None) != (kind == b"IHDR"):
            return "damaged"
        if kind == b"IHDR":
            if length != 13:
                return "damaged"
            size = _SIZE.unpack_from(data, content)
        if kind == b"IEND":
            if at < len(data):
                return "two_in_one"
            return _fits(*size, most) if size else "damaged"
    return "damaged"


def jpeg(data: bytes, most: Limits) -> str:
    """Why a JPEG is refused, in the same words."""
    at = 2
    size: tuple[int, int] | None = None
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return "damaged"
        mark = data[at + 1]
        if mark == 0xFF:
            at += 1
            continue
        if mark in _ALONE:
            at += 2
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        if length < 2 or at + 2 + length > len(data):
            return "damaged"
        if mark in _FRAMES:
            if length < 8:
                return "damaged"
            height, width = struct.unpack_from(">HH", data, at + 5)
            size = (width, height)
        if mark == _SCAN:
            break
        at += 2 + length
    if size is None or not data.rstrip(b"\0").endswith(b"\xff\xd9"):
        return "damaged"
    return _fits(*size, most)


def _fits(width: int, height: int, most: Limits) -> str:
    if not width or not height:
        return "damaged"
    if max(width, height) > most.side_pixels or width * height > most.pixels:
        return "picture_too_large"
    return ""
