"""How the program talks with the process that opens strangers' files: 8 bytes of length, big-endian, then the bytes."""

from __future__ import annotations

import struct
from typing import IO

LENGTH = struct.Struct(">Q")
# What an answer begins with: something that was read, or why nothing was.
YES, NO = b"+", b"-"


def send(stream: IO[bytes], data: bytes) -> None:
    """Write one frame."""
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """Read one frame; None at the end of the stream."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    return stream.read(LENGTH.unpack(head)[0])
