"""What can be found in a file that a person should look at: one table of kinds, one of words a language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from indicators.labels import fields
from indicators.tables import read_table, unique
from scoring.model import SEVERITIES, Declaration, Finding, Framework, Place

FOLDER = Path(__file__).parent
SCOPES = ("file", "sheet", "row", "profile")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of finding: how much it matters, what it is about, and the facts that its sentence names."""

    id: str
    severity: str
    scope: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingWords:
    """How a kind is told in one language.

    `sentence` says what was found, `rule` what is expected and `advice` what to do next; all three may
    name in braces the kind's facts and what `subject` tells about every finding.
    """

    title: str
    sentence: str
    rule: str
    advice: str


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its id, in the order of findings.csv."""
    rows = unique(read_table(FOLDER, "findings.csv", ("kind", "severity", "scope", "facts")), "kind")
    return MappingProxyType(
        {
            kind: Kind(
                kind, row.choice("severity", SEVERITIES), row.choice("scope", SCOPES), row.parts("facts")
            )
            for kind, row in rows.items()
        }
    )


@cache
def words(language: str) -> Mapping[str, FindingWords]:
    """How each kind is told in a language ("en", "zh")."""
    columns = ("kind", "title", "sentence", "rule", "advice")
    rows = unique(read_table(FOLDER, f"words/{language}/findings.csv", columns), "kind")
    return MappingProxyType(
        {kind: FindingWords(*(row.text(column) for column in columns[1:])) for kind, row in rows.items()}
    )


def make(kind: str, place: Place | None = None, code: str = "", **facts: str | int | float) -> Finding:
    """A finding of a kind, with the severity that the table gives it; KeyError if there is no such kind."""
    return Finding(kind, kinds()[kind].severity, place, code, facts)


def subject(
    finding: Finding, language: str, framework: Framework, declarations: Sequence[Declaration]
) -> Mapping[str, str]:
    """What sentences may name beside facts: "code" and "title" of what is concerned, "sheet", "cell", "column".

    A commitment's code is its paragraph ("§7"), a profile entry has none; what is unknown is "".
    """
    place = finding.place or Place("", "")
    code, title = _subject(finding.code, language, framework, declarations)
    column = place.cell.rstrip("0123456789")
    return {"code": code, "title": title, "sheet": place.sheet, "cell": place.cell, "column": column}


def _subject(
    code: str, language: str, framework: Framework, declarations: Sequence[Declaration]
) -> tuple[str, str]:
    declared, _, theme = code.partition(":")
    for declaration in declarations:
        if theme and declaration.id == declared:
            return f"§{theme}", declaration.words[language][theme].title
    if code in framework.by_code:
        return code, framework.words[language][code].title
    entry = fields(language).get(code)
    return "", entry.text if entry else ""
