"""The two guiding documents of the network, which a mayor adopts: their names, and since when they can be adopted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from indicators.countries import LANGUAGES
from indicators.tables import read_table, unique
from indicators.wording import in_languages, per_language

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class GuidingDocument:
    """One document: nobody can have adopted it before `since`; `names` by language."""

    id: str
    since: dt.date
    names: Mapping[str, str]


@cache
def guiding_documents() -> Mapping[str, GuidingDocument]:
    """Both documents by id; CatalogueError for a wrong line."""
    columns = ("document", "from", *per_language("name", LANGUAGES), "source")
    rows = unique(read_table(FOLDER, "guiding_documents.csv", columns), "document")
    found = {}
    for id, row in rows.items():
        try:
            since = dt.date.fromisoformat(row.text("from"))
        except ValueError:
            raise row.fault(
                f'from is "{row.text("from")}", which is no day; write it as in 2013-10-21'
            ) from None
        found[id] = GuidingDocument(id, since, in_languages(row, "name", LANGUAGES))
    return MappingProxyType(found)
