"""A sentence about a click that stays on a page until it was read."""

from __future__ import annotations

from dataclasses import dataclass

# Seconds in which a sentence is noticed and read, whatever else runs: a field that was left by the click itself comes
# after it and draws the page once more.
READ_IN = 20.0


@dataclass(frozen=True, slots=True)
class Notice:
    """What is said, and when it was said by the clock of this process, in seconds."""

    text: str
    at: float

    def stands(self, now: float) -> bool:
        """Whether it is still to be shown."""
        return now - self.at < READ_IN
