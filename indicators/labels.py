"""The words on a workbook: headings, profile entries and choices, and every way in which people write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from indicators.countries import countries
from indicators.tables import Row, read_table, unique
from indicators.text import fold
from scoring.model import Framework

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Label:
    """What something is called in one language, a hint on filling it in, and other names it goes by."""

    id: str
    text: str
    hint: str
    aliases: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, the printed one first, made comparable by `fold`."""
        return tuple(fold(name) for name in (self.text, *self.aliases) if name)


def _label(row: Row) -> Label:
    aliases = tuple(alias for alias in row.optional("aliases").split("|") if alias)
    return Label(row.text("id"), row.optional("text"), row.optional("hint"), aliases)


@cache
def template_words(language: str) -> Mapping[str, str]:
    """Every sentence of the template in a language, by its key; some name facts in braces."""
    rows = unique(read_table(FOLDER, f"words/{language}/template.csv", ("key", "text")), "key")
    return MappingProxyType({key: row.text("text") for key, row in rows.items()})


@cache
def columns(language: str) -> Mapping[str, Label]:
    """The headings of the workbook's tables by column."""
    return _labels(language, "columns")


@cache
def fields(language: str) -> Mapping[str, Label]:
    """The entries of the city profile by field, in the order of profile.csv."""
    return _labels(language, "profile")


def _labels(language: str, name: str) -> Mapping[str, Label]:
    rows = unique(read_table(FOLDER, f"words/{language}/{name}.csv", ("id", "text", "hint", "aliases")), "id")
    return MappingProxyType({key: _label(row) for key, row in rows.items()})


@cache
def choices(name: str, language: str) -> Mapping[str, Label]:
    """The entries of a drop-down list by id: "country", "region", "governing_body", "adoption", "yes_no".

    "state" and "grade" hold hints and aliases only; their names belong to the framework (`terms`).
    """
    rows = read_table(FOLDER, f"words/{language}/choices.csv", ("list", "id", "text", "hint", "aliases"))
    labels = {row.text("id"): _label(row) for row in rows if row.text("list") == name}
    if name == "country":
        labels = {
            code: Label(code, country.names[language], "", labels[code].aliases if code in labels else ())
            for code, country in countries().items()
        }
    return MappingProxyType(labels)


def terms(framework: Framework, name: str, language: str) -> Mapping[str, Label]:
    """The answer states ("state") or evidence grades ("grade") of a framework, called as it calls them."""
    known = choices(name, language)
    start = f"{name}."
    return {
        key.removeprefix(start): _named(key.removeprefix(start), text, known)
        for key, text in framework.terms[language].items()
        if key.startswith(start)
    }


def _named(id: str, text: str, known: Mapping[str, Label]) -> Label:
    label = known.get(id)
    return Label(id, text, label.hint if label else "", label.aliases if label else ())


def lookup(tables: Iterable[Mapping[str, Label]]) -> Mapping[str, str]:
    """Every comparable name in these tables -> id; the id itself is understood too."""
    names: dict[str, str] = {}
    for table in tables:
        for id, label in table.items():
            for name in (*label.names, fold(id)):
                names.setdefault(name, id)
    return MappingProxyType(names)


@cache
def column_names() -> Mapping[str, str]:
    """Comparable heading in any language -> column."""
    return lookup(columns(language) for language in LANGUAGES)


@cache
def field_names() -> Mapping[str, str]:
    """Comparable name of a profile entry in any language -> field."""
    return lookup(fields(language) for language in LANGUAGES)


@cache
def choice_names(name: str) -> Mapping[str, str]:
    """Comparable entry of a drop-down list in any language -> id."""
    return lookup(choices(name, language) for language in LANGUAGES)


@lru_cache(maxsize=32)
def term_names(framework: Framework, name: str) -> Mapping[str, str]:
    """Comparable answer state or evidence grade in any language -> id."""
    return lookup(terms(framework, name, language) for language in framework.languages)
