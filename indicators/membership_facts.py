"""The facts that the rules of membership ask for: from the city's profile, or asked for the check alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from indicators import labels
from indicators.cells import whole
from indicators.membership_rules import CHOICE, FACT_KINDS, FROM, HERE, PROFILE, WHOLE, Fact, texts_of
from indicators.profile import profile_fields
from indicators.tables import CatalogueError, Row, label, read_table, unique
from indicators.wording import word_rows

# Lists of the workbook that may be used here as well.
SHARED = ("adoption", "yes_no")
_NONE: Mapping[str, Mapping[str, str]] = MappingProxyType({})

Lists = Mapping[str, Mapping[str, Mapping[str, str]]]


def read_facts(folder: Path, languages: Sequence[str]) -> Mapping[str, Fact]:
    """The facts of facts.csv by id, in the order of the file; CatalogueError for a wrong line."""
    columns = ("id", "asked", "kind", "choices", "low", "high")
    rows = unique(read_table(folder, "facts.csv", columns), "id")
    asked = [id for id, row in rows.items() if row.choice("asked", FROM) == HERE]
    words = {one: word_rows(folder, one, "facts.csv", ("id", "name", "hint"), asked) for one in languages}
    lists = _lists(folder, languages)
    return MappingProxyType(
        {
            id: _asked(row, words, lists) if id in asked else _of_profile(row, languages)
            for id, row in rows.items()
        }
    )


def _lists(folder: Path, languages: Sequence[str]) -> Lists:
    """List -> language -> choice -> its name, of the folder's own lists and the shared ones."""
    made: dict[str, dict[str, dict[str, str]]] = {
        name: {language: dict(texts_of(labels.choices(name, language))) for language in languages}
        for name in SHARED
    }
    for language in languages:
        for row in read_table(folder, f"words/{language}/choices.csv", ("list", "id", "text")):
            name, id = row.text("list"), row.text("id")
            if name in SHARED:
                raise row.fault(f'list "{name}" is one of the workbook\'s')
            found = made.setdefault(name, {}).setdefault(language, {})
            if id in found:
                raise row.fault(f'id "{id}" stands twice in list "{name}"')
            found[id] = row.text("text")
    for name, by_language in made.items():
        first = list(by_language.get(languages[0], {}))
        for language in languages:
            if list(by_language.get(language, {})) != first:
                where = label(folder, f"words/{language}/choices.csv")
                reason = f'list "{name}" has other choices than in "{languages[0]}"'
                raise CatalogueError(where, 0, reason)
    return made


def _of_profile(row: Row, languages: Sequence[str]) -> Fact:
    id = row.text("id")
    field = profile_fields().get(id)
    if field is None:
        raise row.fault(f'"{id}" is no entry of the profile')
    for column in ("kind", "choices", "low", "high"):
        if row.optional(column):
            raise row.fault(f"{column} must be empty: the profile says it")
    names = {language: labels.fields(language)[id].text for language in languages}
    hints = {language: labels.fields(language)[id].hint for language in languages}
    choices = (
        {language: texts_of(labels.choices(field.choices, language)) for language in languages}
        if field.choices
        else _NONE
    )
    return Fact(id, PROFILE, "", tuple(choices[languages[0]]) if choices else (), 0, 0, names, hints, choices)


def _asked(row: Row, words: Mapping[str, Mapping[str, Row]], lists: Lists) -> Fact:
    id, kind = row.text("id"), row.choice("kind", FACT_KINDS)
    choices: Mapping[str, Mapping[str, str]] = _NONE
    low = high = 0
    if kind == CHOICE:
        choices = lists[row.choice("choices", lists)]
    if kind == WHOLE:
        low, high = whole(row, "low"), whole(row, "high")
        if high < low:
            raise row.fault(f"high is {high}, which is below low ({low})")
    for column, of in (("choices", CHOICE), ("low", WHOLE), ("high", WHOLE)):
        if row.optional(column) and kind != of:
            raise row.fault(f"{column} must be empty for a fact of kind {kind}")
    names = {language: rows[id].text("name") for language, rows in words.items()}
    hints = {language: rows[id].text("hint") for language, rows in words.items()}
    ids = tuple(next(iter(choices.values()))) if choices else ()
    return Fact(id, HERE, kind, ids, low, high, names, hints, choices)
