"""Who has received an award, and which states belong to the organisation: the tables beside the award folders.

Columns are written down in docs/award-format.md.
"""

from __future__ import annotations

import datetime
from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from indicators.cells import known
from indicators.countries import REGIONS, countries, known_country
from indicators.tables import Row, read_table
from indicators.wording import in_languages, per_language
from scoring.award import Absence, PastAward, States
from scoring.city_names import same
from scoring.periods import Span, span

AWARDS = Path(__file__).parent / "awards"
SERIES = "unesco_learning_city_award"
WINNERS, ABSENCES = "winners.csv", "absences.csv"
WINNER_COLUMNS = ("series", "round", "city", "other_names", "country_iso3", "region", "awarded", "source")
ABSENCE_COLUMNS = ("series", "country_iso3", "first", "last", "source")
# Between names in one cell: names hold blanks and commas.
BETWEEN_NAMES = ";"


def load_past(
    shelf: Path, series: str, languages: Sequence[str], sources: Container[str]
) -> tuple[PastAward, ...]:
    """The awards that a series has given, in the order of winners.csv; CatalogueError for any wrong line."""
    columns = (*WINNER_COLUMNS, *per_language("name", languages))
    found: list[PastAward] = []
    for row in read_table(shelf, WINNERS, columns):
        award = _award(row, languages, sources)
        if row.text("series") == series:
            _check_new(row, award, found)
            found.append(award)
    return tuple(found)


def load_states(shelf: Path, series: str, sources: Container[str]) -> States:
    """The known states, and when which of them were not members; without absences.csv all of them always are."""
    if not (shelf / ABSENCES).exists():
        return States(frozenset(countries()))
    absences: dict[str, tuple[Absence, ...]] = {}
    for row in read_table(shelf, ABSENCES, ABSENCE_COLUMNS):
        country = known_country(row, "country_iso3").iso3
        first, last = optional_day(row, "first"), optional_day(row, "last")
        if first and last and first > last:
            raise row.fault(f"first is {first} and lies after last, {last}")
        absence = Absence(first, last, known(row, "source", sources, "sources.csv"))
        if row.text("series") != series:
            continue
        before = absences.get(country, ())
        if before and not (before[-1].last and first and before[-1].last < first):
            raise row.fault(f"{country} has an absence before this one that is not over by then")
        absences[country] = (*before, absence)
    return States(frozenset(countries()), MappingProxyType(absences))


def optional_day(row: Row, column: str) -> datetime.date | None:
    """The day that a cell holds, None if it is empty; CatalogueError for anything else."""
    if not row.optional(column):
        return None
    found = days(row, column)
    if not found.known:
        raise row.fault(f'{column} is "{row.text(column)}" and must be one day, as in 2021-10-27')
    return found.first


def days(row: Row, column: str) -> Span:
    """The days that a cell's date stands for; CatalogueError for what is no date."""
    try:
        return span(row.text(column))
    except ValueError as error:
        raise row.fault(f"{column}: {error}") from None


def _award(row: Row, languages: Sequence[str], sources: Container[str]) -> PastAward:
    country = known_country(row, "country_iso3")
    region = row.text("region")
    if region in REGIONS and region != country.region:
        raise row.fault(
            f'region is "{region}", but {country.names["en"]} lies in "{country.region}" by countries.csv'
        )
    others = tuple(name.strip() for name in row.optional("other_names").split(BETWEEN_NAMES))
    return PastAward(
        round=row.text("round"),
        city=row.text("city"),
        country=country.iso3,
        region=region,
        names=in_languages(row, "name", languages),
        other_names=tuple(name for name in others if name),
        awarded=days(row, "awarded"),
        source=known(row, "source", sources, "sources.csv"),
    )


def _check_new(row: Row, award: PastAward, before: Sequence[PastAward]) -> None:
    for one in before:
        if one.city == award.city and one.round == award.round:
            raise row.fault(f'city "{award.city}" stands twice in the round of {award.round}')
        if one.city == award.city and one.country != award.country:
            raise row.fault(f'city "{award.city}" stands in {one.country} in the round of {one.round}')
        if one.city != award.city and one.country == award.country and same(one.all_names, award.all_names):
            raise row.fault(f'"{award.city}" and "{one.city}" share a name; one city has one id')


def award_years(past: Sequence[PastAward]) -> Mapping[str, tuple[int, ...]]:
    """City -> the years of its awards, in their order."""
    years: dict[str, tuple[int, ...]] = {}
    for award in past:
        years[award.city] = (*years.get(award.city, ()), award.awarded.last.year)
    return years
