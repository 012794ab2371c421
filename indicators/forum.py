"""The nine themes of the parallel forums of the fifth International Conference on Learning Cities, 29 October 2021.

Titles are in words of our own after the report on the conference (held at Yeonsu, 27-30 October 2021), which lists the
nine forums with what was said there; a programme in English was not found, so no title is the organisers' own.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from indicators.countries import LANGUAGES
from indicators.tables import read_table, unique
from indicators.wording import in_languages, per_language

FOLDER = Path(__file__).parent


@cache
def forum_themes() -> Mapping[str, Mapping[str, str]]:
    """Number of a forum ("1" to "9") -> its title by language; CatalogueError for a wrong line."""
    rows = unique(
        read_table(FOLDER, "forum_2021.csv", ("number", *per_language("name", LANGUAGES))), "number"
    )
    return MappingProxyType({number: in_languages(row, "name", LANGUAGES) for number, row in rows.items()})
