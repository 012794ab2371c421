"""What a country's people live on: gross national income per head, sourced and dated in likeness.toml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from indicators.countries import known_country
from indicators.tables import read_table, unique

FOLDER = Path(__file__).parent


@cache
def country_incomes() -> Mapping[str, float]:
    """Country (ISO 3166-1, three letters) -> international dollars a head; a country without a figure is missing."""
    rows = unique(read_table(FOLDER, "country_income.csv", ("iso3", "income")), "iso3")
    return MappingProxyType({known_country(row, "iso3").iso3: row.number("income") for row in rows.values()})
