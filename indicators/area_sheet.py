"""The sheet of a focus area: a band for each feature, a row for each of its measurements."""

from __future__ import annotations

from functools import partial

from openpyxl.worksheet.datavalidation import DataValidation

from indicators.answer_table import FROZEN_COLUMNS, AnswerTable, answer_rule, asked_columns, level_rule
from indicators.areas import Area
from indicators.draft import Draft
from indicators.lists import Rules, number_rule
from indicators.profile_sheet import LAST_YEAR
from scoring.model import Measurement, Node

COLUMNS = {
    "code": 9.0,
    "title": 23.0,
    "definition": 38.0,
    "how": 38.0,
    "unit": 13.0,
    "value": 11.0,
    "year": 11.0,
    "state": 15.0,
    "grade": 19.0,
    "source": 20.0,
    "link": 20.0,
    "remark": 24.0,
    "series_break": 24.0,
}
FIRST_YEAR = 1990


def write_area(draft: Draft, area: Area) -> None:
    """Adds the sheet."""
    words = draft.framework.words[draft.language]
    # Codes that are numbers help to find a sheet; words such as "health" would only stand there twice.
    number = f"{area.node.code} " if area.node.code[0].isdigit() else ""
    title = f"{number} {words[area.node.code].title}".strip()
    columns = asked_columns(draft, COLUMNS)
    sheet, header = draft.open_sheet(
        number + words[area.node.code].short, title, draft.words["area_note"], tuple(columns.values())
    )
    table = AnswerTable(draft, sheet, columns, Rules(sheet))
    table.name_columns(header, {})
    row = header
    for heading, measurements in area.headings:
        row += 1
        table.band(row, (heading.code, words[heading.code].title))
        for node in measurements:
            row += 1
            _write_measurement(table, row, node)
    draft.close_sheet(sheet, header, FROZEN_COLUMNS)


def _write_measurement(table: AnswerTable, row: int, node: Node) -> None:
    assert node.measurement is not None
    draft, asked = table.draft, node.measurement
    words = draft.framework.words[draft.language][node.code]
    mark = _mark(draft, asked)
    labels = {
        "code": node.code,
        "title": words.title,
        "definition": f"{words.definition}\n[{mark}]" if mark else words.definition,
        "how": words.how,
        "unit": draft.framework.units[draft.language][asked.unit],
    }
    answer = draft.prefill.observations.get(node.code) if draft.prefill else None
    table.write_row(row, labels, answer, partial(_rule, draft, asked), bold=asked.scored)


def _mark(draft: Draft, asked: Measurement) -> str:
    """What a reader must know before spending time on a row."""
    if not asked.scored:
        return draft.words[f"mark_{asked.role}"]
    return draft.words["mark_survey"] if asked.method == "survey" else ""


def _rule(draft: Draft, asked: Measurement, name: str) -> DataValidation:
    words, label = draft.words, draft.headings[name]
    if name == "value":
        return _value_rule(draft, asked)
    if name == "year":
        return number_rule("whole", FIRST_YEAR, LAST_YEAR, label.text, label.hint, words["year_warning"])
    if name == "state":
        states = "state" if asked.outside_remit else "state_in_remit"
        return draft.lists.rule(states, label.text, label.hint, words["list_warning"])
    return answer_rule(draft, name)


def _value_rule(draft: Draft, asked: Measurement) -> DataValidation:
    words, title = draft.words, draft.headings["value"].text
    if asked.unit == "level":
        return level_rule(draft, title)
    low, high = asked.plausible_low, asked.plausible_high
    facts = {
        "unit": draft.framework.units[draft.language][asked.unit],
        "low": f"{low:,.10g}",
        "high": f"{high:,.10g}",
    }
    prompt = words["percent_prompt" if asked.unit == "percent" else "number_prompt"].format(**facts)
    return number_rule("decimal", low, high, title, prompt, words["number_warning"].format(**facts))
