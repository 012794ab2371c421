"""How fast one person or one address may ask, so that nobody takes the server from everybody else."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from indicators.guard import MEGABYTE

# Who was seen last; an address that has not asked for long is forgotten, which gives it its whole burst again.
REMEMBERED = 20_000


# Bytes of one request: a file as Streamlit takes it (server.maxUploadSize) with what stands around it; a form.
UPLOAD_LIMIT = 11 * MEGABYTE
FORM_LIMIT = 16_384


@dataclass(frozen=True, slots=True)
class Pace:
    """So much at once, then so much a second."""

    burst: float
    a_second: float


PACES: Mapping[str, Pace] = {
    # Before signing in, an address. An office shares one: thirty people who come in at nine, with their pages' parts.
    "stranger": Pace(300, 10),
    # Forms sent before signing in; guessing passwords is held back for each account as well (actions.sign_in).
    "form": Pace(30, 0.5),
    # Signed in: the first page brings 130 files, and people open pages side by side.
    "person": Pace(1500, 50),
    "connection": Pace(60, 1),
    # A jury brings all candidates of a large round at once (actions.allowance).
    "upload": Pace(320, 2),
    "upload_bytes": Pace(250 * MEGABYTE, 1 * MEGABYTE),
}


class Pacer:
    """Counts for every key: tokens that drip into a bucket and are taken out by asking."""

    def __init__(self, paces: Mapping[str, Pace] = PACES, remembered: int = REMEMBERED) -> None:
        self._paces, self._remembered = paces, remembered
        self._left: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, kind: str, key: str, now: float, amount: float = 1) -> int:
        """Take so much out for a key of a kind: 0 if it was there, else nothing is taken.

        Returns the whole seconds after which it will be there. `now` is any clock in seconds that never runs back.
        What is more than a burst is never there; the seconds to a full bucket are told.
        """
        pace = self._paces[kind]
        with self._lock:
            left, last = self._left.pop((kind, key), (pace.burst, now))
            left = min(pace.burst, left + max(0.0, now - last) * pace.a_second)
            enough = left >= amount
            self._left[(kind, key)] = (left - amount if enough else left, now)
            while len(self._left) > self._remembered:
                self._left.popitem(last=False)
        return 0 if enough else max(1, math.ceil((min(amount, pace.burst) - left) / pace.a_second))


class Meter:
    """Counts the bytes of one request as they come."""

    def __init__(self, limit: int) -> None:
        self._left = limit

    def full(self, size: int) -> bool:
        """Count so many more; True where that is more than may come."""
        self._left -= size
        return self._left < 0


def whole_minutes(seconds: int) -> int:
    """After how many whole minutes so many seconds are over."""
    return math.ceil(seconds / 60)
