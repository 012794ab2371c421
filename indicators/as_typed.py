"""What of a record a workbook must hold as it was typed, because what was understood of it would say less."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from indicators.labels import LANGUAGES, choices, fields, term_names, terms
from indicators.merge import PROFILE
from indicators.profile import profile_fields
from indicators.text import fold, tidy
from indicators.typed import UNREAD, Said, column_of, field_of, fields_of
from scoring.model import Framework, Reading

# Columns whose texts are chosen from a list of the framework.
LISTS = ("state", "grade")


def as_typed(fields_: Mapping[str, Said], reading: Reading, framework: Framework) -> Mapping[str, Said]:
    """The texts of a record that its reading alone would not give back, by field and column.

    These are texts about which something was found, and texts that were not taken for an answer. A workbook built from
    the reading with these texts in their cells is read as the record is, with the same findings.
    """
    understood = fields_of(reading, framework)
    found = {(field_of(one), column_of(one)) for one in reading.findings}
    found |= {(one.code, UNREAD[one.kind][0]) for one in reading.findings if one.kind in UNREAD}
    kept: dict[str, Said] = {}
    for field, said in fields_.items():
        texts = {
            column: text
            for column, text in said.items()
            if tidy(text) and ((field, column) in found or not understood.get(field, {}).get(column))
        }
        if texts:
            kept[field] = texts
    return kept


@lru_cache(maxsize=32)
def listed(framework: Framework, column: str, language: str) -> Mapping[str, str]:
    """The entries of a framework's list by id, as they are called in a language."""
    return {id: label.text for id, label in terms(framework, column, language).items()}


def shown(framework: Framework, field: str, column: str, text: str, language: str) -> str:
    """A record's text as its reader's own workbook shows it: an entry of a list by its name in her language.

    What is on no list stays as it was written.
    """
    if column in LISTS:
        id = term_names(framework, column).get(fold(text), "")
        return listed(framework, column, language).get(id, text)
    if field.startswith(PROFILE):
        asked = profile_fields().get(field.removeprefix(PROFILE))
        if asked is not None and asked.choices:
            entry = choices(asked.choices, language).get(text)
            return entry.text if entry else text
    return text


def title_of(framework: Framework, titles: Mapping[str, str], field: str, language: str) -> str:
    """What a field is called: an entry of the profile, a theme of `titles`, or a measurement with its code."""
    if field.startswith(PROFILE):
        label = fields(language if language in LANGUAGES else LANGUAGES[0]).get(field.removeprefix(PROFILE))
        return label.text if label else field
    return titles.get(field) or f"{field} {framework.words[language][field].title}"
