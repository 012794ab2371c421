"""Is this process well? Asked by whatever leads people to it, so that nobody is led where nothing can be kept."""

from __future__ import annotations

from actions import house
from actions.house import StoreError

WELL = "ok"


def state() -> str:
    """WELL where the store answers, else which kind of trouble it has (store.errors.KINDS)."""
    try:
        house.store().head()
    except StoreError as trouble:
        return trouble.kind
    return WELL
