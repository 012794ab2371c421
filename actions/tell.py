"""A finding in the reader's words: what was found, where, the rule, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from actions import house
from indicators import findings as finding_kinds
from locales import mark
from scoring.model import SEVERITIES, Finding

_SEVERITY_WORDS: Mapping[str, str] = {
    "refuses": mark("File not accepted"),
    "blocks": mark("Blocks a score"),
    "question": mark("Please check"),
    "note": mark("For your information"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as text; `sheet` and `cell` are "" where it concerns the whole file.

    `code` is what the finding is kept under: a node's code, "declaration:theme", a profile entry, or "".
    """

    kind: str
    severity: str
    severity_words: str
    sheet: str
    cell: str
    code: str
    title: str
    sentence: str
    rule: str
    advice: str
    answer: str = ""  # what the city answered to it in its repair workbook

    @property
    def where(self) -> str:
        """Sheet and cell in one text, as Excel's own box would have it."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


def tell(finding: Finding, language: str) -> Told:
    """Put one finding into words; numbers among its facts are written in the reader's manner."""
    words = finding_kinds.words(language)[finding.kind]
    facts = {
        **finding_kinds.subject(finding, language, house.framework(), (house.declaration(),)),
        **{key: _fact(key, fact, language) for key, fact in finding.facts.items()},
    }
    place = finding.place
    return Told(
        kind=finding.kind,
        severity=finding.severity,
        severity_words=house.voice(language).say(_SEVERITY_WORDS[finding.severity]),
        sheet=place.sheet if place else "",
        cell=place.cell if place else "",
        code=finding.code,
        title=words.title,
        sentence=words.sentence.format(**facts),
        rule=words.rule.format(**facts),
        advice=words.advice.format(**facts),
    )


def _fact(key: str, fact: str | int | float, language: str) -> str:
    # Years are names, not quantities: 2,023 would look like a count.
    if isinstance(fact, str) or "year" in key:
        return str(fact)
    return house.voice(language).number(fact, 3, fixed=False)


def tell_all(findings: Iterable[Finding], language: str) -> tuple[Told, ...]:
    """All findings in words, those that matter most first, otherwise in the order of the file."""
    told = [tell(one, language) for one in findings]
    return tuple(sorted(told, key=lambda one: SEVERITIES.index(one.severity)))
