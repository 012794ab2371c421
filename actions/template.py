"""The blank indicator workbook."""

from __future__ import annotations

from functools import lru_cache

from actions import house
from actions.access import Actor, see
from actions.standing import upload
from indicators.template import build

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@lru_cache(maxsize=8)
def blank_workbook(language: str) -> bytes:
    """The blank workbook in one language."""
    return build(house.framework(), (house.declaration(),), language)


def filled_workbook(actor: Actor, upload_id: str, language: str) -> bytes:
    """A workbook with everything that was read from an upload; NotKeptError if there is no such upload."""
    see(actor, upload_id)
    reading = upload(upload_id).reading
    return build(
        house.framework(), (house.declaration(),), language, prefill=reading, invented=reading.invented
    )


def blank_name(language: str) -> str:
    """What the blank workbook is called as a file."""
    return f"learning-city-workbook-{language}.xlsx"
