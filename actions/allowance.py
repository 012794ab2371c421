"""How much one visit may upload, so that nobody fills the memory or the disk for everybody else."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.guard import MEGABYTE

# A jury with all candidates of a large round, several times over.
FILES = 300
SIZE = 200 * MEGABYTE


@dataclass
class Allowance:
    """What one visit has uploaded so far, in files and bytes."""

    files: int = 0
    size: int = 0

    def take(self, size: int) -> bool:
        """Count one more file of `size` bytes; False, and nothing counted, where that is too much."""
        if self.files + 1 > FILES or self.size + size > SIZE:
            return False
        self.files += 1
        self.size += size
        return True
