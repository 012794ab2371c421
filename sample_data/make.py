"""Workbooks of the invented cities, built from the tables in this folder."""

from __future__ import annotations

from functools import lru_cache

from indicators import key_features
from indicators.declarations import yeonsu
from indicators.template import build as build_template
from sample_data.archive import timeless
from sample_data.mistakes import plant
from sample_data.tables import LANGUAGES, City, cities, reading

# The city of this character gets the mistakes of mistakes.csv.
MISTAKEN = "mistakes"


def city_ids() -> tuple[str, ...]:
    """The ids of the invented cities, in the order in which they are offered."""
    return tuple(cities())


def city(city_id: str) -> City:
    """One invented city with its name and a sentence about it; KeyError for an unknown id."""
    return cities()[city_id]


def file_name(city_id: str, language: str) -> str:
    """How the workbook of an invented city is called as a file, such as "lindenhavn-en.xlsx"."""
    return f"{city_id.replace('_', '-')}-{language}.xlsx"


@lru_cache(maxsize=32)
def build(city_id: str, language: str) -> bytes:
    """The filled-in .xlsx workbook of one invented city, the same bytes every time.

    Raises KeyError for an unknown city and ValueError for a language other than "en" and "zh".
    """
    if language not in LANGUAGES:
        raise ValueError(f'language is "{language}" and must be one of {", ".join(LANGUAGES)}')
    framework, declaration = key_features(), yeonsu()
    filled = reading(city_id, framework, declaration, language)
    data = build_template(framework, (declaration,), language, prefill=filled, invented=True)
    if city(city_id).character == MISTAKEN:
        data = plant(data, language)
    return timeless(data)
