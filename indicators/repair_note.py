"""What a repair workbook says at a cell, and why there may be none."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.model import Place


@dataclass(frozen=True, slots=True)
class RepairNote:
    """One finding as its city reads it: `text` holds what was found, the rule and what to do.

    `id` is stable (`note_id`), `place` None for the whole file, `proposal` "" where there is none.
    """

    id: str
    severity: str
    place: Place | None
    title: str
    text: str
    proposal: str = ""


class NotRepairableError(ValueError):
    """The file is no workbook that can be sent back; `kind` is the finding that says why, "" where none does."""

    def __init__(self, kind: str = "") -> None:
        super().__init__(kind or "broken inside")
        self.kind = kind
