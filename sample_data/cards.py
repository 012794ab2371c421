"""Practice cards of the invented cities: what cards.csv says, in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from indicators.tables import Row, read_table
from sample_data.tables import FOLDER, LANGUAGES, cities

TRANSLATED = ("title", "done", "whom", "result", "pointer")
SAME = ("evidence", "link", "codes", "themes", "forum", "years")
COLUMNS = ("city", *(f"{name}_{language}" for name in TRANSLATED for language in LANGUAGES), *SAME)


@dataclass(frozen=True, slots=True)
class SampleCard:
    """One card of an invented city."""

    city: str
    row: Row

    def said(self, language: str) -> Mapping[str, str]:
        """The card's texts by field, in one of LANGUAGES."""
        texts = {name: self.row.optional(f"{name}_{language}") for name in TRANSLATED}
        return {**texts, **{name: self.row.optional(name) for name in SAME}}


@cache
def cards() -> tuple[SampleCard, ...]:
    """The cards in the order of the table; CatalogueError for a card of a city that is not there."""
    rows = read_table(FOLDER, "cards.csv", COLUMNS)
    for row in rows:
        row.choice("city", cities())
    return tuple(SampleCard(row.text("city"), row) for row in rows)
