"""The sheet on which a city rates the commitments of a declaration."""

from __future__ import annotations

from functools import partial

from openpyxl.worksheet.datavalidation import DataValidation

from indicators.answer_table import FROZEN_COLUMNS, AnswerTable, answer_rule, asked_columns, level_rule
from indicators.draft import Draft
from indicators.lists import Rules
from indicators.ratings import RATED_ROLES, rating_key
from scoring.model import Declaration

COLUMNS = {
    "code": 8.0,
    "title": 24.0,
    "definition": 40.0,
    "how": 42.0,
    "role": 19.0,
    "rating": 11.0,
    "grade": 19.0,
    "source": 22.0,
    "link": 22.0,
    "remark": 26.0,
}
# The headings that this table words in its own way.
OWN_HEADINGS = ("title", "definition", "how")


def write_ratings(draft: Draft, declaration: Declaration, name: str) -> None:
    """Adds the sheet, called `name`; commitments addressed to others are shown and take no rating."""
    columns = asked_columns(draft, COLUMNS)
    sheet, header = draft.open_sheet(
        name, declaration.names[draft.language], draft.words["ratings_note"], tuple(columns.values())
    )
    table = AnswerTable(draft, sheet, columns, Rules(sheet), rating_key(declaration, ""))
    table.name_columns(header, {heading: draft.words[f"ratings_{heading}"] for heading in OWN_HEADINGS})
    for row, theme in enumerate(declaration.themes, start=header + 1):
        words = declaration.words[draft.language][theme.code]
        labels = {
            "code": f"§{theme.code}",
            "title": words.title,
            "definition": words.definition,
            "how": words.how,
            "role": draft.words[f"role_{theme.role}"],
        }
        rating = draft.prefill.ratings.get(rating_key(declaration, theme.code)) if draft.prefill else None
        rated = theme.role in RATED_ROLES
        table.write_row(row, labels, rating, partial(_rule, draft), asked=rated, bold=rated)
    draft.close_sheet(sheet, header, FROZEN_COLUMNS)


def _rule(draft: Draft, name: str) -> DataValidation:
    if name == "rating":
        return level_rule(draft, draft.headings[name].text)
    return answer_rule(draft, name)
