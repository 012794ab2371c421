"""All that was ever said in a round, whole: nobody's view of it.

Only actions/round_read.py and actions/round_closed.py may read it; a test holds every other module to that.
"""

from __future__ import annotations

import threading

from actions import house
from store.rounds import Entry, entries
from store.words import Reader


class _Journals:
    """What this process has read of rounds: entries are only added, so only new ones are asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[tuple[str, str], tuple[Entry, ...]] = {}

    def read(self, reader: Reader, round_id: str, *, remember: bool) -> tuple[Entry, ...]:
        key = (house.store().place, round_id)
        with self._lock:
            known = self._known.get(key, ())
        more = entries(reader, round_id, known[-1].number if known else 0)
        if not more:
            return known
        whole = (*known, *more)
        if remember:
            with self._lock:
                if len(self._known.get(key, ())) < len(whole):
                    self._known[key] = whole
        return whole

    def cache_clear(self) -> None:
        """Forget everything, as after an erasure (actions/caches.py)."""
        with self._lock:
            self._known.clear()


journals = _Journals()


def journal(reader: Reader, round_id: str) -> tuple[Entry, ...]:
    """Every entry of a round, in order."""
    return journals.read(reader, round_id, remember=True)


def journal_while_writing(reader: Reader, round_id: str) -> tuple[Entry, ...]:
    """The same within a transaction that writes and may still be undone: nothing new is remembered."""
    return journals.read(reader, round_id, remember=False)
