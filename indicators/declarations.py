"""Outcome documents of the learning cities beside the framework: what each commits to, and which features speak to it.

Two kinds of folder, both written down in docs/framework-format.md: a declaration whose themes are scored
(yeonsu_2021, read here) and one whose commitments share the subjects of the focus areas and are only shown
beside them (beijing_2013, read in indicators/commitments.py and handed on from here).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from indicators import key_features
from indicators.commitments import (
    DECLARATIONS,
    Commitment,
    Commitments,
    CommitmentWords,
    SubAction,
    SubActionWords,
    beijing,
    load_commitments,
)
from indicators.settings import Settings, read_settings
from indicators.tables import Row, read_table, unique
from indicators.titles import HEAD_KEYS, Title, check_feature, read_title, section_of
from indicators.wording import in_languages, per_language, word_rows
from scoring.model import Declaration, Framework, Link, Theme, Words

__all__ = [
    "Commitment",
    "CommitmentWords",
    "Commitments",
    "SubAction",
    "SubActionWords",
    "beijing",
    "load_commitments",
    "load_declaration",
    "yeonsu",
]

ROLES = ("scored", "duty", "shown")
KINDS = ("primary", "secondary")

THEME_COLUMNS = ("code", "role", "thin", "sdg")
LINK_COLUMNS = ("theme", "feature", "kind")
WORD_COLUMNS = ("code", "title", "short", "definition", "how", "example")

SHARE_KEYS = ("primary", "secondary", "feature_share", "thin_feature_share")

# A Sustainable Development Goal ("4") or one of its targets ("4.6", "9.c").
_GOAL = re.compile(r"(1[0-7]|[1-9])(\.(\d{1,2}|[a-d]))?")


@dataclass(frozen=True, slots=True)
class _Shares:
    """How much a link weighs, by kind, and which part of a theme's score comes from its features."""

    link: Mapping[str, float]
    feature: float
    thin_feature: float


def load_declaration(folder: Path, framework: Framework) -> Declaration:
    """The scored declaration that a folder holds, its links checked against `framework`.

    Files are read in one fixed order (declaration.toml, themes.csv, links.csv, the words of each language).
    Raises CatalogueError for the first fault.
    """
    settings = read_settings(folder, "declaration.toml")
    head = read_title(settings, framework, (*HEAD_KEYS, "shares"))
    shares = _shares(settings)
    rows = unique(read_table(folder, "themes.csv", THEME_COLUMNS), "code")
    links = _links(folder, head, framework, rows, shares)
    themes = tuple(_theme(code, row, links[code], shares) for code, row in rows.items())
    return Declaration(
        id=head.id,
        edition=head.edition,
        framework=head.framework,
        names=head.names,
        other_names=head.other_names,
        languages=head.languages,
        text_status=head.text_status,
        themes=themes,
        words=MappingProxyType({language: _words(folder, language, rows) for language in head.languages}),
    )


def _shares(settings: Settings) -> _Shares:
    shares = section_of(settings, "shares").only(SHARE_KEYS)
    link = {kind: shares.number(kind, 0, 1) for kind in KINDS}
    for kind, weight in link.items():
        if weight == 0:
            raise shares.fault(kind, f"{kind} is 0; a link must weigh something")
    return _Shares(
        MappingProxyType(link),
        shares.number("feature_share", 0, 1),
        shares.number("thin_feature_share", 0, 1),
    )


def _links(
    folder: Path, head: Title, framework: Framework, themes: Mapping[str, Row], shares: _Shares
) -> Mapping[str, tuple[Link, ...]]:
    """Theme -> its links in the order of the file; every theme has an entry."""
    found: dict[str, list[Link]] = {code: [] for code in themes}
    for row in read_table(folder, "links.csv", (*LINK_COLUMNS, *per_language("reason", head.languages))):
        code, feature = row.text("theme"), row.text("feature")
        if code not in themes:
            raise row.fault(f'there is no theme "{code}" in themes.csv')
        check_feature(row, framework, feature)
        if any(link.feature == feature for link in found[code]):
            raise row.fault(f'theme "{code}" links to feature "{feature}" twice')
        if themes[code].choice("role", ROLES) != "scored":
            raise row.fault(f'theme "{code}" is not scored, so no feature can count for it')
        kind = row.choice("kind", KINDS)
        reason = in_languages(row, "reason", head.languages)
        found[code].append(Link(feature, kind, shares.link[kind], reason))
    return {code: tuple(links) for code, links in found.items()}


def _theme(code: str, row: Row, links: tuple[Link, ...], shares: _Shares) -> Theme:
    role, thin = row.choice("role", ROLES), row.yes("thin")
    scored = role == "scored"
    if thin and not scored:
        raise row.fault(f"thin is yes, but the role is {role}: only a scored theme can be thin")
    share = (shares.thin_feature if thin else shares.feature) if scored else 0.0
    if share > 0 and not links:
        raise row.fault(f'theme "{code}" is scored and has no line in links.csv')
    for goal in row.parts("sdg"):
        if not _GOAL.fullmatch(goal):
            raise row.fault(f'sdg holds "{goal}", which is no goal or target of the 2030 Agenda')
    return Theme(code, role, share, thin, links, row.parts("sdg"))


def _words(folder: Path, language: str, themes: Mapping[str, Row]) -> Mapping[str, Words]:
    rows = word_rows(folder, language, "themes.csv", WORD_COLUMNS, themes)
    return MappingProxyType(
        {code: Words(*(row.text(column) for column in WORD_COLUMNS[1:])) for code, row in rows.items()}
    )


@cache
def yeonsu() -> Declaration:
    """The Yeonsu Declaration beside the Key Features; read once a process and shared."""
    return load_declaration(DECLARATIONS / "yeonsu_2021", key_features())
