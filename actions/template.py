"""The blank indicator workbook."""

from __future__ import annotations

from functools import lru_cache

from actions import house
from indicators.template import build

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@lru_cache(maxsize=8)
def blank_workbook(language: str) -> bytes:
    """The blank workbook in one language."""
    return build(house.framework(), (house.declaration(),), language)


def blank_name(language: str) -> str:
    """What the blank workbook is called as a file."""
    return f"learning-city-workbook-{language}.xlsx"
