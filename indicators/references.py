"""Award-winning cities as points of reference: the folder read as a whole or refused with file, line and reason.

The folder's files and columns are written down in docs/framework-format.md; indicators/shelf.py says what
each thing is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

from indicators import key_features
from indicators.catalogue import read_sources
from indicators.cells import known, optional_whole, whole
from indicators.countries import known_country
from indicators.figures import grouped, read_figures
from indicators.past_awards import AWARDS, SERIES, award_years, load_past
from indicators.shelf import (
    STATED,
    City,
    CityWords,
    Figure,
    Practice,
    PracticeWords,
    References,
    ReferenceSource,
)
from indicators.tables import Row, read_table, unique
from indicators.wording import word_rows
from scoring.model import Framework

__all__ = [
    "City",
    "CityWords",
    "Figure",
    "Practice",
    "PracticeWords",
    "ReferenceSource",
    "References",
    "load_references",
    "references",
]

REFERENCES = Path(__file__).parent / "references"

CITY_COLUMNS = (
    "id",
    "country_iso3",
    "population",
    "population_stated",
    "population_year",
    "population_source",
    "area_km2",
    "area_source",
    "gnlc_since",
    "gnlc_source",
)
CITY_WORD_COLUMNS = ("id", "name", "area_name", "profile", "size_caveat", "area_caveat")
PRACTICE_COLUMNS = ("id", "city", "features", "source")
PRACTICE_WORD_COLUMNS = ("id", "title", "text")
SOURCE_COLUMNS = ("id", "title", "url", "licence")
LICENCE_COLUMNS = ("licence", "text")


def load_references(folder: Path, framework: Framework, awards: Path = AWARDS) -> References:
    """The references that a folder holds, checked against the measurements and features of `framework`.

    Every city must have received an award by winners.csv in the folder `awards`. Files are read in one fixed order
    (sources, winners, cities, figures, practices, each with its words). Raises CatalogueError for the first fault.
    """
    languages = framework.languages
    sources = _sources(folder)
    years = award_years(load_past(awards, SERIES, languages, read_sources(awards)))
    cities = _cities(folder, languages, years, sources)
    ids = {city.id for city in cities}
    figures = read_figures(folder, framework, ids, sources)
    licences = {source.licence: None for source in sources.values()}
    return References(
        languages=languages,
        cities=cities,
        figures=figures,
        practices=_practices(folder, framework, ids, sources),
        sources=sources,
        licences=MappingProxyType(
            {language: _licences(folder, language, licences) for language in languages}
        ),
        by_measurement=grouped(figures),
    )


def _sources(folder: Path) -> Mapping[str, ReferenceSource]:
    rows = unique(read_table(folder, "sources.csv", SOURCE_COLUMNS), "id")
    unique(rows.values(), "url")
    return MappingProxyType({id: _source(id, row) for id, row in rows.items()})


def _source(id: str, row: Row) -> ReferenceSource:
    url = row.text("url")
    if not url.startswith(("https://", "http://")):
        raise row.fault(f'url is "{url}" and must start with https:// or http://')
    return ReferenceSource(id, row.text("title"), url, row.text("licence"))


def _licences(folder: Path, language: str, wanted: Mapping[str, None]) -> Mapping[str, str]:
    rows = word_rows(folder, language, "licences.csv", LICENCE_COLUMNS, wanted)
    return MappingProxyType({id: row.text("text") for id, row in rows.items()})


def _cities(
    folder: Path,
    languages: Sequence[str],
    years: Mapping[str, tuple[int, ...]],
    sources: Mapping[str, ReferenceSource],
) -> tuple[City, ...]:
    rows = unique(read_table(folder, "cities.csv", CITY_COLUMNS), "id")
    words = {
        language: word_rows(folder, language, "cities.csv", CITY_WORD_COLUMNS, rows) for language in languages
    }
    return tuple(
        _city(id, row, {language: found[id] for language, found in words.items()}, years, sources)
        for id, row in rows.items()
    )


def _city(
    id: str,
    row: Row,
    words: Mapping[str, Row],
    years: Mapping[str, tuple[int, ...]],
    sources: Mapping[str, ReferenceSource],
) -> City:
    country = known_country(row, "country_iso3")
    if id not in years:
        raise row.fault(f'city "{id}" has no award in winners.csv')
    for number, source in (("area_km2", "area_source"), ("gnlc_since", "gnlc_source")):
        if row.optional(number):
            known(row, source, sources, "sources.csv")
    return City(
        id=id,
        country=country.iso3,
        region=country.region,
        award_years=years[id],
        population=whole(row, "population"),
        population_stated=row.choice("population_stated", STATED),
        population_year=whole(row, "population_year"),
        population_source=known(row, "population_source", sources, "sources.csv"),
        area_km2=row.optional_number("area_km2"),
        area_source=row.optional("area_source"),
        member_since=optional_whole(row, "gnlc_since"),
        member_source=row.optional("gnlc_source"),
        words=MappingProxyType(
            {
                language: CityWords(*(found.text(column) for column in CITY_WORD_COLUMNS[1:]))
                for language, found in words.items()
            }
        ),
    )


def _practices(
    folder: Path, framework: Framework, cities: set[str], sources: Mapping[str, ReferenceSource]
) -> tuple[Practice, ...]:
    rows = unique(read_table(folder, "practices.csv", PRACTICE_COLUMNS), "id")
    features = {node.code for node in framework.at_level(framework.levels[-2].name)}
    for row in rows.values():
        row.text("features")
        for code in row.parts("features"):
            if code not in features:
                raise row.fault(f'there is no feature "{code}" in {framework.id}')
    words = {
        language: word_rows(folder, language, "practices.csv", PRACTICE_WORD_COLUMNS, rows)
        for language in framework.languages
    }
    return tuple(
        Practice(
            id=id,
            city=known(row, "city", cities, "cities.csv"),
            features=row.parts("features"),
            source=known(row, "source", sources, "sources.csv"),
            words=MappingProxyType(
                {
                    language: PracticeWords(found[id].text("title"), found[id].text("text"))
                    for language, found in words.items()
                }
            ),
        )
        for id, row in rows.items()
    )


@cache
def references() -> References:
    """The award-winning cities beside the Key Features; read once a process and shared."""
    return load_references(REFERENCES, key_features())
