"""All that was ever said in a round, whole: nobody's view of it.

Only actions/round_read.py and actions/round_closed.py may read it; a test holds every other module to that.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from actions import house
from actions.round_facts import Latest, Now, latest
from store.rounds import Entry, entries, last_numbers
from store.words import Reader
from store.writing import Writing


@dataclass(frozen=True)
class Whole:
    """A round's entries in order, and what counts of each thing; two of the same round and length are the same."""

    place: str
    round_id: str
    length: int
    entries: tuple[Entry, ...] = field(compare=False, repr=False)
    now: Now = field(compare=False, repr=False)

    @property
    def last(self) -> int:
        """The number of the last entry, 0 before the first."""
        return self.entries[-1].number if self.entries else 0


class _Journals:
    """What this process has read of rounds: entries are only added, so only new ones are asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[tuple[str, str], Whole] = {}

    def known(self, round_id: str) -> Whole:
        """What is remembered of a round; nothing of one that was never read."""
        key = (house.store().place, round_id)
        with self._lock:
            return self._known.get(key) or Whole(*key, 0, (), {})

    def read(self, reader: Reader, round_id: str, *, remember: bool) -> Whole:
        known = self.known(round_id)
        key = (known.place, known.round_id)
        more = entries(reader, round_id, known.last)
        if not more:
            return known
        whole = Whole(
            *key, known.length + len(more), (*known.entries, *more), Latest({**known.now, **latest(more)})
        )
        if remember:
            with self._lock:
                before = self._known.get(key)
                if before is None or before.length < whole.length:
                    self._known[key] = whole
        return whole

    def cache_clear(self) -> None:
        """Forget everything, as after an erasure (actions/caches.py)."""
        with self._lock:
            self._known.clear()


journals = _Journals()


def journal(reader: Reader, round_id: str) -> Whole:
    """Every entry of a round."""
    return journals.read(reader, round_id, remember=True)


def all_journals(reader: Reader) -> Mapping[str, Whole]:
    """Every entry of every round that has any, by its id: one question where nothing more was said anywhere."""
    return {
        one: known if (known := journals.known(one)).last == last else journal(reader, one)
        for one, last in last_numbers(reader).items()
    }


def is_remembered(whole: Whole) -> bool:
    """Whether this is what every reader has: nothing in it can still be undone."""
    return journals.known(whole.round_id) is whole


def journal_while_writing(writing: Writing, round_id: str) -> Whole:
    """The same within a transaction that writes: what it wrote itself may still be undone, and is not remembered."""
    return journals.read(writing, round_id, remember=writing.untouched)
