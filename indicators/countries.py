"""Countries: the member and observer states of the United Nations, by the short names that it uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from indicators.tables import Row, read_table, unique
from indicators.wording import in_languages, per_language

HERE = Path(__file__).parent
LANGUAGES = ("en", "zh")
# UNESCO's regions. A state that UNESCO counts in two regions stands in one of them here.
REGIONS = ("africa", "arab_states", "asia_pacific", "europe_north_america", "latin_america_caribbean")


@dataclass(frozen=True, slots=True)
class Country:
    """A state: its three-letter code (ISO 3166-1), its UNESCO region and its name by language."""

    iso3: str
    region: str
    names: Mapping[str, str]


def load_countries(folder: Path = HERE) -> Mapping[str, Country]:
    """The countries of countries.csv by code, in the order of the file; CatalogueError for a wrong line."""
    rows = read_table(folder, "countries.csv", ("iso3", *per_language("name", LANGUAGES), "region"))
    for language in LANGUAGES:
        unique(rows, f"name_{language}")
    return MappingProxyType({code: _country(code, row) for code, row in unique(rows, "iso3").items()})


def _country(code: str, row: Row) -> Country:
    if not (len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()):
        raise row.fault(f'iso3 is "{code}" and must be three capital letters')
    return Country(code, row.choice("region", REGIONS), in_languages(row, "name", LANGUAGES))


@cache
def countries() -> Mapping[str, Country]:
    """The countries by code; read once a process and shared."""
    return load_countries()


def country_name(iso3: str, language: str) -> str:
    """The country's name in a language, the code itself where it is none of ours."""
    found = countries().get(iso3)
    return found.names[language] if found else iso3


def known_country(row: Row, column: str) -> Country:
    """The country whose code a cell holds; CatalogueError if there is none."""
    found = countries().get(row.text(column))
    if found is None:
        raise row.fault(f'{column} is "{row.text(column)}", which is no country in countries.csv')
    return found
