"""Older editions of a framework whose workbooks can still be read.

editions.csv names every older edition that can still be read: an old code and the code it has now, or none where
the measurement was dropped or asked for something else, so that its value must not be taken for today's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from indicators.tables import read_table
from scoring.model import Node

FILE = "editions.csv"
COLUMNS = ("edition", "old_code", "new_code")


def read_editions(folder: Path, edition: str, nodes: Sequence[Node]) -> Mapping[str, Mapping[str, str]]:
    """Older edition -> old code -> new code ("" for none); empty where a folder has no editions.csv.

    Raises CatalogueError for a new code that is no measurement, a code named twice, and for the present edition.
    """
    if not (folder / FILE).exists():
        return MappingProxyType({})
    known = {node.code for node in nodes if node.measurement}
    found: dict[str, dict[str, str]] = {}
    for row in read_table(folder, FILE, COLUMNS):
        older, old, new = row.text("edition"), row.text("old_code"), row.optional("new_code")
        if older == edition:
            raise row.fault(f'edition is "{older}", which is the present one')
        if new and new not in known:
            raise row.fault(f'new_code is "{new}", which is no measurement')
        codes = found.setdefault(older, {})
        if old in codes:
            raise row.fault(f'old_code "{old}" stands twice for edition "{older}"')
        codes[old] = new
    return MappingProxyType({older: MappingProxyType(codes) for older, codes in found.items()})
