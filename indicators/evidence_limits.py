"""How much evidence an installation takes in, from evidence_limits.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "evidence_limits.toml"
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits as they stand in the file; each is a whole number above zero."""

    file_megabytes: int
    city_megabytes: int
    city_files: int
    parts: int
    unpacked_megabytes: int
    side_pixels: int
    pixels: int
    pointer_letters: int
    link_letters: int
    name_letters: int

    @property
    def file_bytes(self) -> int:
        """The most that one file may have."""
        return self.file_megabytes * _MEGABYTE

    @property
    def city_bytes(self) -> int:
        """The most that all files of a city may have together."""
        return self.city_megabytes * _MEGABYTE

    @property
    def unpacked_bytes(self) -> int:
        """The most to which a document of parts may unpack."""
        return self.unpacked_megabytes * _MEGABYTE


@cache
def limits() -> Limits:
    """The limits; ValueError where the file lacks one, or one is no whole number above zero."""
    found = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    wrong = [name for name in Limits.__slots__ if not (isinstance(found.get(name), int) and found[name] > 0)]
    if wrong or set(found) - set(Limits.__slots__):
        raise ValueError(
            f"{_FILE.name}: {', '.join(wrong) or 'an unknown limit'} must be whole numbers above 0"
        )
    return Limits(**found)
