"""One measured figure of the benchmark, and how it is printed and judged."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of ours, the same figure of a bare peer measured in the same run, and the aims.

    `ours` and `bare` are in `unit` (smaller is better); `bare` is None where there is nothing to
    compare with. `most_ratio` is judged: machines differ, so only the ratio ours / bare can fail a run.
    `most` is an aim in `unit`, printed and never judged.
    """

    name: str
    ours: float
    unit: str
    bare: float | None = None
    most_ratio: float | None = None
    most: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """ours / bare, None without a bare peer."""
        return None if self.bare is None else self.ours / self.bare

    @property
    def holds(self) -> bool:
        """Whether the judged ratio is within its aim; a row without one always holds."""
        return self.ratio is None or self.most_ratio is None or self.ratio <= self.most_ratio
