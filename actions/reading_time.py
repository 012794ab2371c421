"""For how long a fault stays in view whatever else runs: a field that was left by the very click comes after it."""

from __future__ import annotations

import time

# Long enough to read two sentences twice; then it would speak of what was long mended.
SECONDS = 20.0


def readable_until() -> float:
    """The end of a message that is shown now, by this process's own clock."""
    return time.monotonic() + SECONDS


def is_readable(end: float) -> bool:
    """Whether a message with this end is still to be shown."""
    return time.monotonic() < end
