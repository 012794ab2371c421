"""What every declaration says of itself: the top of its declaration.toml, and the features it may name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from indicators.settings import Section, Settings
from indicators.tables import CatalogueError, Row
from scoring.model import Framework

HEAD_KEYS = ("id", "edition", "framework", "languages", "other_names", "text_status", "names")


@dataclass(frozen=True, slots=True)
class Title:
    """What every declaration says of itself."""

    id: str
    edition: str
    framework: str
    languages: tuple[str, ...]
    other_names: tuple[str, ...]
    text_status: str
    names: Mapping[str, str]


def read_title(settings: Settings, framework: Framework, keys: Sequence[str]) -> Title:
    """The top of a declaration; CatalogueError for another framework, an unknown key or a language left out."""
    top = settings.top.only(keys)
    if top.text("framework") != framework.id:
        raise top.fault("framework", f'framework is "{top.text("framework")}", not "{framework.id}"')
    languages = top.texts("languages")
    for language in framework.languages:
        if language not in languages:
            raise top.fault("languages", f'the language "{language}" of {framework.id} is missing')
    names = section_of(settings, "names").only(languages)
    return Title(
        id=top.text("id"),
        edition=top.text("edition"),
        framework=framework.id,
        languages=languages,
        other_names=top.texts("other_names"),
        text_status=top.text("text_status"),
        names=MappingProxyType({language: names.text(language) for language in languages}),
    )


def section_of(settings: Settings, name: str) -> Section:
    """The section [name]; CatalogueError if it is missing."""
    section = settings.section(name)
    if section is None:
        raise CatalogueError(settings.file, 0, f"the section [{name}] is missing")
    return section


def check_feature(row: Row, framework: Framework, code: str) -> None:
    """CatalogueError unless `code` is a feature: a node of the level right above the measurements."""
    if code not in framework.by_code or framework.by_code[code].level != framework.levels[-2].name:
        raise row.fault(f'there is no feature "{code}" in {framework.id}')
