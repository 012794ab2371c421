"""The profile sheet of a template: who the city is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from openpyxl.worksheet.datavalidation import DataValidation

from indicators.draft import Draft
from indicators.labels import Label, choices, fields
from indicators.lists import Rules, hint_rule, number_rule
from indicators.merge import PROFILE
from indicators.paper import at, set_height
from indicators.profile import Field, profile_fields

COLUMNS = ("field", "entry", "hint")
WIDTHS = (36.0, 44.0, 72.0)
LEAST_HEIGHT = 24.0
# A year rule needs an end; typed years of this century are enough, the reader knows the present year.
LAST_YEAR = 2100
# openpyxl and Excel call the same rules "whole" and "decimal".
NUMBER_RULES: Mapping[str, Literal["whole", "decimal"]] = {
    "year": "whole",
    "whole": "whole",
    "number": "decimal",
}


def add_profile_lists(draft: Draft) -> None:
    """The drop-down lists of the profile's entries."""
    for field in profile_fields().values():
        if field.choices:
            entries = [label.text for label in choices(field.choices, draft.language).values()]
            draft.lists.add(field.id, sorted(entries) if field.choices == "country" else entries)


def write_profile(draft: Draft) -> None:
    """Adds the city profile."""
    words = draft.words
    sheet, header = draft.open_sheet(
        words["profile_sheet"], words["profile_sheet"], words["profile_note"], WIDTHS
    )
    draft.header(sheet, header, COLUMNS)
    rules = Rules(sheet)
    labels = fields(draft.language)
    for row, field in enumerate(profile_fields().values(), start=header + 1):
        label = labels[field.id]
        draft.paper.label(at(sheet, row, 1), label.text, draft.paper.bold, draft.paper.centre)
        draft.paper.answer(at(sheet, row, 2), _entry(draft, field), draft.paper.centre)
        draft.paper.label(at(sheet, row, 3), label.hint, draft.paper.quiet, draft.paper.centre)
        set_height(sheet, row, WIDTHS, LEAST_HEIGHT)
        rules.apply(_rule(draft, field, label), f"B{row}")
    draft.close_sheet(sheet, header, 1)


def _entry(draft: Draft, field: Field) -> object:
    """What is already known: choices by their name in the template's language."""
    value = draft.prefill.profile.get(field.id) if draft.prefill else None
    typed = draft.typed.get(PROFILE + field.id, {}).get("entry")
    if typed is not None:
        return typed
    if field.id == "invented" and value is None:
        value = "yes" if draft.invented else "no"
    if field.choices and isinstance(value, str):
        label = choices(field.choices, draft.language).get(value)
        return label.text if label else value
    return value


def _rule(draft: Draft, field: Field, label: Label) -> DataValidation:
    if field.choices:
        return draft.lists.rule(field.id, label.text, label.hint, draft.words["list_warning"])
    if field.kind in NUMBER_RULES:
        low, high = field.low or 0.0, field.high or float(LAST_YEAR)
        error = draft.words["year_warning" if field.kind == "year" else "number_warning"]
        return number_rule(
            NUMBER_RULES[field.kind], low, high, label.text, label.hint, _between(error, low, high)
        )
    return hint_rule(label.text, label.hint)


def _between(text: str, low: float, high: float) -> str:
    return text.format(low=f"{low:,.10g}", high=f"{high:,.10g}")
