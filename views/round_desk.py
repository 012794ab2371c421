"""Who works on which candidate."""

from __future__ import annotations

from dataclasses import dataclass

from actions.round_candidate_sheet import Sheet
from actions.round_read import Seen
from views import parts


@dataclass(frozen=True)
class Desk:
    """Who works on which candidate of which round."""

    here: parts.Visit
    found: Seen
    sheet: Sheet

    @property
    def id(self) -> str:
        """The candidate."""
        return self.sheet.line.id

    def key(self, *names: object) -> str:
        """A widget's key, for this candidate alone."""
        return "_".join(("cand", self.id, *(str(one) for one in names)))
