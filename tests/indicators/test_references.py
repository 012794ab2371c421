"""The reference shelf and the list of countries as shipped, and folders that must be refused."""

from __future__ import annotations

import csv
import dataclasses
import shutil
from collections import Counter
from pathlib import Path

import pytest

from indicators import key_features
from indicators.awards import AWARDS, unesco_2024
from indicators.countries import REGIONS, countries, country_name, load_countries
from indicators.references import Figure, References, load_references, references
from indicators.tables import CatalogueError

INDICATORS = Path(__file__).parents[2] / "indicators"
TEN = (
    "shanghai",
    "wyndham",
    "damietta",
    "clermont_ferrand",
    "dublin",
    "osan",
    "huejotzingo",
    "al_wakra",
    "jubail",
    "belfast",
)


def figure(city: str, measurement: str, year: int, level: str = "city") -> Figure:
    found = [
        one
        for one in references().figures
        if (one.city, one.measurement, one.year, one.level) == (city, measurement, year, level)
    ]
    assert len(found) == 1
    return found[0]


def test_the_ten_winners_of_2021_shanghai_first() -> None:
    assert tuple(city.id for city in references().cities) == TEN
    assert {city.award_years for city in references().cities} == {(2021,)}
    assert {award.city for award in unesco_2024().past if award.round == "2021"} == set(TEN)


# What the source prints, and whether it may stand beside a city's answer.
CHECKED = [
    ("shanghai", "4.2.1", 2020, 11.81, 11.81, "near"),
    ("shanghai", "1.1.1", 2020, 1.61, None, "near"),  # illiteracy, not turned round
    ("shanghai", "1.3.1", 2014, 31.7, 31.7, "same"),
    ("shanghai", "2.1.1", 2021, 26929, None, "different"),  # nominal US dollars
    ("shanghai", "2.2.1", 2021, 2.7, 2.7, "near"),  # registered, urban
    ("shanghai", "1.2.2", 2021, 23, None, "different"),  # a register
    ("shanghai", "4.2.2", 2022, 39.9, None, "different"),  # all ages
    ("shanghai", "7.2.2", 2013, 60, 60, "near"),
    ("shanghai", "12.1.1", 2023, 80_482_000_000, None, "different"),
    ("huejotzingo", "4.2.1", 2020, 9.78, 9.78, "near"),
    ("huejotzingo", "1.1.1", 2020, 2.9, None, "near"),
    ("belfast", "1.3.1", 2019, 28.3, 28.3, "same"),
    ("belfast", "1.2.1", 2019, 51, 51, "same"),
    ("belfast", "2.2.1", 2023, 4, None, "different"),  # claimants
    ("clermont_ferrand", "2.1.2", 2021, 25, None, "different"),  # a relative line
    ("clermont_ferrand", "1.2.1", 2020, 32.63, 32.63, "near"),
    ("clermont_ferrand", "12.1.1", 2021, 43, 43, "near"),
    ("osan", "12.1.1", 2012, 6.41, None, "different"),  # schools are outside the city's remit
    ("wyndham", "2.5.1", 2017, 38.6, 38.6, "near"),
    ("wyndham", "1.4.1", 2023, 5719.6, 5719.6, "same"),
    ("dublin", "1.2.2", 2022, 11, 11, "near"),
    ("dublin", "3.1.1", 2006, 8.4, 8.4, "near"),
]


@pytest.mark.parametrize(("city", "measurement", "year", "printed", "value", "fit"), CHECKED)
def test_checked_figures(
    city: str, measurement: str, year: int, printed: float, value: float | None, fit: str
) -> None:
    found = figure(city, measurement, year)
    assert (found.printed, found.value, found.fit) == (printed, value, fit)


def test_what_stands_beside_a_city_is_a_dated_value_of_the_city_itself() -> None:
    beside = [one for code in key_features().by_code for one in references().beside(code)]
    assert len(beside) == 21
    for one in beside:
        assert (one.level, one.value) == ("city", one.printed)
        assert one.fit in ("same", "near")
        assert one.year is not None


@pytest.mark.parametrize(
    ("measurement", "cities"),
    [
        ("2.2.1", ["shanghai", "wyndham", "dublin", "osan", "huejotzingo"]),
        ("1.2.1", ["wyndham", "clermont_ferrand", "osan", "belfast"]),
        ("4.2.1", ["shanghai", "huejotzingo"]),
        ("2.1.1", []),
        ("2.1.2", []),
        ("4.2.2", []),
        ("7.1.1", []),
    ],
)
def test_which_of_the_ten_have_a_figure_to_compare(measurement: str, cities: list[str]) -> None:
    assert [one.city for one in references().beside(measurement)] == cities


def test_the_newest_of_several_years_stands_beside() -> None:
    assert [one.year for one in references().for_measurement("4.1.1")] == [2022, 2017]
    assert [one.year for one in references().beside("4.1.1")] == [2022]


def test_regions_and_countries_offer_no_value() -> None:
    context = [one for one in references().figures if one.level != "city"]
    assert len(context) == 83
    assert {one.value for one in context} == {None}
    assert {one.level for one in references().context("2.2.1")} == {"region", "country"}
    assert {one.city for one in references().context("3.1.1")} == set(TEN)


def test_three_cities_have_no_value_of_their_own() -> None:
    compared = {one.city for one in references().figures if one.comparable}
    assert set(TEN) - compared == {"damietta", "al_wakra", "jubail"}


def test_nothing_is_averaged_or_ranked() -> None:
    names = {name for name in dir(References) if not name.startswith("_")}
    fields = {field.name for field in dataclasses.fields(Figure)}
    for word in ("mean", "average", "median", "rank", "percentile"):
        assert not [name for name in names | fields if word in name]
    assert {one.city for one in references().figures} <= set(TEN)


def test_every_figure_practice_and_award_has_a_source_with_an_address() -> None:
    shelf = references()
    used = {one.source for one in (*shelf.figures, *shelf.practices)}
    used |= {city.population_source for city in shelf.cities}
    used |= {city.area_source for city in shelf.cities if city.area_km2 is not None}
    used |= {city.member_source for city in shelf.cities if city.member_since is not None}
    assert used == set(shelf.sources)
    for source in shelf.sources.values():
        assert source.url.startswith(("https://", "http://"))
        assert all(source.licence in texts for texts in shelf.licences.values())


def test_no_text_of_a_source_is_shipped() -> None:
    with (INDICATORS / "references" / "figures.csv").open(encoding="utf-8", newline="") as handle:
        header = next(csv.reader(handle))
    assert "quote" not in header


@pytest.mark.parametrize(
    ("city", "population", "stated", "member_since", "country", "region"),
    [
        ("shanghai", 24_758_900, "exact", None, "CHN", "asia_pacific"),
        ("wyndham", 337_009, "exact", 2019, "AUS", "asia_pacific"),
        ("damietta", 330_000, "over", 2019, "EGY", "arab_states"),
        ("clermont_ferrand", 147_284, "exact", 2017, "FRA", "europe_north_america"),
        ("dublin", 588_000, "about", 2019, "IRL", "europe_north_america"),
        ("osan", 240_000, "over", 2016, "KOR", "asia_pacific"),
        ("huejotzingo", 90_794, "exact", None, "MEX", "latin_america_caribbean"),
        ("al_wakra", 90_000, "under", 2017, "QAT", "arab_states"),
        ("jubail", 209_000, "over", 2020, "SAU", "arab_states"),
        ("belfast", 345_418, "exact", 2018, "GBR", "europe_north_america"),
    ],
)
def test_basic_facts_of_the_cities(
    city: str, population: int, stated: str, member_since: int | None, country: str, region: str
) -> None:
    found = references().city(city)
    assert (found.population, found.population_stated, found.member_since) == (
        population,
        stated,
        member_since,
    )
    assert (found.country, found.region) == (country, region)
    assert all(words.size_caveat and words.area_caveat for words in found.words.values())


def test_every_city_has_a_practice_and_every_practice_its_features() -> None:
    assert {practice.city for practice in references().practices} == set(TEN)
    features = {node.code for node in key_features().at_level("feature")}
    assert all(set(practice.features) <= features for practice in references().practices)
    assert [one.city for one in references().practices if "10.3" in one.features] == [
        "shanghai",
        "wyndham",
        "clermont_ferrand",
        "belfast",
    ]


def test_countries_are_the_193_members_and_two_observers() -> None:
    assert len(countries()) == 195
    assert {"PSE", "VAT"} <= set(countries())
    regions = Counter(country.region for country in countries().values())
    assert set(regions) == set(REGIONS)
    assert regions["latin_america_caribbean"] == 33


@pytest.mark.parametrize(
    ("iso3", "en", "zh"),
    [
        ("CHN", "China", "中国"),
        ("KOR", "Republic of Korea", "大韩民国"),
        ("DOM", "Dominican Republic", "多米尼加共和国"),
        ("DMA", "Dominica", "多米尼克"),
        ("NER", "Niger", "尼日尔"),
        ("NGA", "Nigeria", "尼日利亚"),
        ("XXX", "XXX", "XXX"),
    ],
)
def test_country_names(iso3: str, en: str, zh: str) -> None:
    assert (country_name(iso3, "en"), country_name(iso3, "zh")) == (en, zh)


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def line_of(path: Path, start: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if line.startswith(start))


# (file, the line's beginning, what it becomes, what the reason says)
BROKEN_LINES = [
    ("figures.csv", "shanghai,1.3.1,same", "shanghai,1.3.9,same", 'no measurement "1.3.9"'),
    ("figures.csv", "shanghai,1.3.1,same", "shanghai,1.3,same", 'no measurement "1.3"'),
    ("figures.csv", "shanghai,1.3.1,same", "venice,1.3.1,same", 'city is "venice"'),
    ("figures.csv", "shanghai,1.3.1,same", "shanghai,1.3.1,good", 'fit is "good"'),
    ("figures.csv", "shanghai,1.3.1,same", "shanghai,1.3.1,different", "the fit is different"),
    ("figures.csv", "shanghai,1.3.1,same,31.7", "shanghai,1.3.1,same,31.8", "31.7 is printed"),
    ("figures.csv", "shanghai,1.3.1,same,31.7", "shanghai,1.3.1,same,a third", "which is not a number"),
    ("figures.csv", "shanghai,1.3.1,same,31.7", "shanghai,,,31.7", "measurement is empty"),
    ("figures.csv", "shanghai,1.3.1,same,31.7", "shanghai,,same,", "fit is given"),
    (
        "figures.csv",
        "shanghai,1.3.1,same,31.7,exact",
        "shanghai,1.3.1,same,31.7,nearly",
        'stated is "nearly"',
    ),
    (
        "figures.csv",
        "shanghai,1.3.1,same,31.7,exact,2014",
        "shanghai,1.3.1,same,31.7,exact,",
        "without a year",
    ),
    ("figures.csv", "shanghai,1.3.1,same,31.7,exact,2014", "shanghai,1.3.1,same,31.7,exact,2014.5", "whole"),
    (
        "figures.csv",
        "shanghai,1.3.1,same,31.7,exact,2014,city",
        "shanghai,1.3.1,same,31.7,exact,2014,country",
        "value is given for a country",
    ),
    (
        "figures.csv",
        "shanghai,1.3.1,same,31.7,exact,2014,city",
        "shanghai,1.3.1,same,31.7,exact,2014,region",
        "value is given for a region",
    ),
    (
        "figures.csv",
        "shanghai,1.3.1,same,31.7,exact,2014,city,Shanghai,上海市,31.7",
        "shanghai,4.2.1,same,31.7,exact,2014,city,Shanghai,上海市,31.7",
        "must lie from 0 to 20",
    ),
    ("cities.csv", "wyndham,AUS", "wyndham,ATL", "which is no country"),
    ("cities.csv", "wyndham,AUS", "shanghai,AUS", 'id "shanghai" stands twice'),
    ("cities.csv", "wyndham,AUS,337009", "wyndham,AUS,337009.5", "not a whole number"),
    (
        "cities.csv",
        "wyndham,AUS,337009,exact",
        "wyndham,AUS,337009,precise",
        'population_stated is "precise"',
    ),
    ("practices.csv", "shanghai_law,shanghai,10.2,", "shanghai_law,shanghai,10.2.1,", 'no feature "10.2.1"'),
    ("practices.csv", "shanghai_law,shanghai,10.2,", "shanghai_law,shanghai,10.2,the_web_", "the_web_"),
    ("practices.csv", "shanghai_law,shanghai,10.2,", "shanghai_law,shanghai,,", "features is empty"),
    ("sources.csv", "uil_award_osan,", "uil_award_belfast,", 'id "uil_award_belfast" stands twice'),
    ("words/en/cities.csv", "osan,Osan,", "osan,,", "name is empty"),
    ("words/zh/practices.csv", "shanghai_law,", "shanghai_rule,", '"shanghai_rule" is not in practices.csv'),
]


@pytest.fixture
def shelf_copy(tmp_path: Path) -> Path:
    shutil.copytree(INDICATORS / "references", tmp_path / "references")
    return tmp_path / "references"


@pytest.mark.parametrize(("file", "start", "new", "reason"), BROKEN_LINES)
def test_a_wrong_line_is_refused(shelf_copy: Path, file: str, start: str, new: str, reason: str) -> None:
    line = line_of(shelf_copy / file, start)
    replaced(shelf_copy / file, f"\n{start}", f"\n{new}")
    with pytest.raises(CatalogueError) as caught:
        load_references(shelf_copy, key_features())
    assert (caught.value.file, caught.value.line) == (f"references/{file}", line)
    assert reason in caught.value.reason


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "line", "reason"),
    [
        ("sources.csv", "https://www.arabnews.com", "www.arabnews.com", "sources.csv", 3, "must start with"),
        ("words/zh/licences.csv", "\npress,", "\nnews,", "words/zh/licences.csv", 2, '"news" is not in'),
        ("figures.csv", "note_zh", "note_fr", "figures.csv", 1, 'column "note_zh" is missing'),
        ("figures.csv", "\nshanghai,1.3.1", "\nshanghai,1.3.1,", "figures.csv", 4, "cells"),
    ],
)
def test_a_wrong_table_is_refused(
    shelf_copy: Path, file: str, old: str, new: str, where: str, line: int, reason: str
) -> None:
    replaced(shelf_copy / file, old, new)
    with pytest.raises(CatalogueError) as caught:
        load_references(shelf_copy, key_features())
    assert (caught.value.file, caught.value.line) == (f"references/{where}", line)
    assert reason in caught.value.reason


def test_a_city_that_has_received_no_award_is_refused(shelf_copy: Path, tmp_path: Path) -> None:
    awards = Path(shutil.copytree(AWARDS, tmp_path / "awards"))
    replaced(awards / "winners.csv", ",2021,osan,", ",2021,osaka,")
    with pytest.raises(CatalogueError) as caught:
        load_references(shelf_copy, key_features(), awards)
    assert str(caught.value) == 'references/cities.csv, line 7: city "osan" has no award in winners.csv'


def test_the_same_figure_twice_is_refused(shelf_copy: Path) -> None:
    path = shelf_copy / "figures.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_references(shelf_copy, key_features())
    assert (caught.value.line, caught.value.reason) == (
        len(lines) + 1,
        "the same figure stands on line 2",
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("ALB,", "AFG,", 3, 'iso3 "AFG" stands twice'),
        ("ALB,", "Alb,", 3, "three capital letters"),
        ("Albania", "Afghanistan", 3, 'name_en "Afghanistan" stands twice'),
        ("阿尔巴尼亚", "", 3, "name_zh is empty"),
        ("europe_north_america", "europe", 3, 'region is "europe"'),
    ],
)
def test_a_wrong_country_is_refused(tmp_path: Path, old: str, new: str, line: int, reason: str) -> None:
    shutil.copy(INDICATORS / "countries.csv", tmp_path / "countries.csv")
    replaced(tmp_path / "countries.csv", old, new)
    with pytest.raises(CatalogueError) as caught:
        load_countries(tmp_path)
    assert caught.value.line == line
    assert reason in caught.value.reason
