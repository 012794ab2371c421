"""What this process remembers of kept things, and forgetting it once something was erased."""

from __future__ import annotations

import sys
import threading

from actions import house
from store.erasure import erasures
from store.words import Reader

_lock = threading.Lock()
_seen: dict[str, int] = {}


def forget_erased(reader: Reader) -> bool:
    """Forget everything if somebody was erased since this was last asked; whether that was so.

    Asked once for every visit of a page, for another process may have done it.
    """
    store, count = house.store(), erasures(reader)
    with _lock:
        before = _seen.get(store.place, count)
        _seen[store.place] = count
    if count == before:
        return False
    forget_all()
    return True


def forget_all() -> None:
    """Empty every cache of the actions but that of the opened store; they fill again by themselves."""
    for name, module in list(sys.modules.items()):
        if name.startswith("actions."):
            for value in list(vars(module).values()):
                # A class of caches is no cache: what is made of it is.
                clear = None if isinstance(value, type) else getattr(value, "cache_clear", None)
                if clear is not None and value is not house._opened:
                    clear()
