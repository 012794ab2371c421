"""The sheets on which a city answers: one a focus area, and one a declaration for its ratings."""

from __future__ import annotations

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from indicators.areas import Area
from indicators.draft import Draft
from indicators.labels import terms
from indicators.lists import Rules, hint_rule, number_rule
from indicators.paper import at, set_height
from indicators.profile_sheet import LAST_YEAR
from indicators.ratings import RATED_ROLES, rating_key
from scoring.model import CLAIMED_OUT_STATES, Declaration, Measurement, Node, Observation, Theme

AREA_COLUMNS = {
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
}
RATING_COLUMNS = {
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
# The headings that a table of ratings words in its own way.
RATING_HEADINGS = ("title", "definition", "how")
LEAST_HEIGHT = 36.0
FIRST_YEAR = 1990
FROZEN_COLUMNS = 2


def add_answer_lists(draft: Draft) -> None:
    """The drop-down lists of answers; measurements that every city must answer have a shorter list of states."""
    states = terms(draft.framework, "state", draft.language)
    draft.lists.add("state", [label.text for label in states.values()])
    draft.lists.add(
        "state_in_remit", [label.text for id, label in states.items() if id != CLAIMED_OUT_STATES[1]]
    )
    draft.lists.add(
        "grade", [label.text for label in terms(draft.framework, "grade", draft.language).values()]
    )
    draft.lists.add("level", [str(level) for level in range(draft.framework.rules.ladder_levels + 1)])


def write_area(draft: Draft, area: Area) -> None:
    """Adds the sheet of a focus area: a band for each feature, a row for each of its measurements."""
    words = draft.framework.words[draft.language]
    code = area.node.code
    numbered = f"{code} {words[code].short}" if code[0].isdigit() else words[code].short
    title = f"{code}  {words[code].title}" if code[0].isdigit() else words[code].title
    widths = tuple(AREA_COLUMNS.values())
    sheet, header = draft.open_sheet(numbered, title, draft.words["area_note"], widths)
    draft.header(sheet, header, tuple(AREA_COLUMNS))
    rules, row = Rules(sheet), header
    for heading, measurements in area.headings:
        row += 1
        draft.paper.band(sheet, row, len(widths), (heading.code, words[heading.code].title))
        for node in measurements:
            row += 1
            _write_measurement(draft, sheet, row, node, rules)
            set_height(sheet, row, widths, LEAST_HEIGHT)
    draft.close_sheet(sheet, header, FROZEN_COLUMNS)


def _write_measurement(draft: Draft, sheet: Worksheet, row: int, node: Node, rules: Rules) -> None:
    assert node.measurement is not None
    measurement = node.measurement
    words = draft.framework.words[draft.language][node.code]
    mark = _mark(draft, measurement)
    labels = {
        "code": node.code,
        "title": words.title,
        "definition": f"{words.definition}\n[{mark}]" if mark else words.definition,
        "how": words.how,
        "unit": draft.framework.units[draft.language][measurement.unit],
    }
    answer = draft.prefill.observations.get(node.code) if draft.prefill else None
    given = _given(draft, answer)
    for column, name in enumerate(AREA_COLUMNS, start=1):
        cell = at(sheet, row, column)
        if name in labels:
            bold = name in ("code", "title") and measurement.scored
            draft.paper.label(cell, labels[name], draft.paper.bold if bold else draft.paper.plain)
        else:
            draft.paper.answer(cell, given.get(name))
            rules.apply(_rule(draft, name, measurement), cell.coordinate)


def _mark(draft: Draft, measurement: Measurement) -> str:
    """What a reader must know before spending time on a row."""
    if not measurement.scored:
        return draft.words[f"mark_{measurement.role}"]
    return draft.words["mark_survey"] if measurement.method == "survey" else ""


def _given(draft: Draft, answer: Observation | None) -> dict[str, object]:
    """The cells that are already filled in; a value that is no number keeps the text it was given as."""
    if answer is None:
        return {}
    state = terms(draft.framework, "state", draft.language).get(answer.state)
    grade = terms(draft.framework, "grade", draft.language).get(answer.grade)
    value = answer.raw if answer.value is None else answer.value
    return {
        "value": value,
        "rating": value,
        "year": answer.year,
        "state": state.text if state else answer.state,
        "grade": grade.text if grade else answer.grade,
        "source": answer.source,
        "link": answer.link,
        "remark": answer.remark,
    }


def _rule(draft: Draft, name: str, measurement: Measurement) -> DataValidation:
    words, label = draft.words, draft.headings[name]
    if name == "value":
        return _value_rule(draft, measurement)
    if name == "year":
        return number_rule("whole", FIRST_YEAR, LAST_YEAR, label.text, label.hint, words["year_warning"])
    if name == "state":
        states = "state" if measurement.outside_remit else "state_in_remit"
        return draft.lists.rule(states, label.text, label.hint, words["list_warning"])
    if name == "grade":
        return draft.lists.rule("grade", label.text, label.hint, words["list_warning"])
    return hint_rule(label.text, label.hint)


def _value_rule(draft: Draft, measurement: Measurement) -> DataValidation:
    words, title = draft.words, draft.headings["value"].text
    if measurement.unit == "level":
        return _level_rule(draft, title)
    low, high = measurement.plausible_low, measurement.plausible_high
    facts = {
        "unit": draft.framework.units[draft.language][measurement.unit],
        "low": f"{low:,.10g}",
        "high": f"{high:,.10g}",
    }
    prompt = words["percent_prompt" if measurement.unit == "percent" else "number_prompt"]
    return number_rule(
        "decimal", low, high, title, prompt.format(**facts), words["number_warning"].format(**facts)
    )


def _level_rule(draft: Draft, title: str) -> DataValidation:
    high = draft.framework.rules.ladder_levels
    return draft.lists.rule(
        "level",
        title,
        draft.words["ladder_prompt"].format(high=high),
        draft.words["ladder_warning"].format(high=high),
    )


def write_ratings(draft: Draft, declaration: Declaration, name: str) -> None:
    """Adds the sheet on which the commitments of a declaration are rated; those of others are only shown."""
    widths = tuple(RATING_COLUMNS.values())
    sheet, header = draft.open_sheet(
        name, declaration.names[draft.language], draft.words["ratings_note"], widths
    )
    draft.header(sheet, header, tuple(RATING_COLUMNS))
    for column, heading in enumerate(RATING_COLUMNS, start=1):
        if heading in RATING_HEADINGS:
            draft.paper.header(at(sheet, header, column), draft.words[f"ratings_{heading}"])
    rules = Rules(sheet)
    for row, theme in enumerate(declaration.themes, start=header + 1):
        _write_theme(draft, sheet, row, declaration, theme, rules)
        set_height(sheet, row, widths, LEAST_HEIGHT)
    draft.close_sheet(sheet, header, FROZEN_COLUMNS)


def _write_theme(
    draft: Draft, sheet: Worksheet, row: int, declaration: Declaration, theme: Theme, rules: Rules
) -> None:
    words = declaration.words[draft.language][theme.code]
    labels = {
        "code": f"§{theme.code}",
        "title": words.title,
        "definition": words.definition,
        "how": words.how,
        "role": draft.words[f"role_{theme.role}"],
    }
    rated = theme.role in RATED_ROLES
    rating = draft.prefill.ratings.get(rating_key(declaration, theme.code)) if draft.prefill else None
    given = _given(draft, rating)
    for column, name in enumerate(RATING_COLUMNS, start=1):
        cell = at(sheet, row, column)
        if name in labels or not rated:
            bold = name in ("code", "title") and rated
            draft.paper.label(cell, labels.get(name, ""), draft.paper.bold if bold else draft.paper.plain)
        else:
            draft.paper.answer(cell, given.get(name))
            rules.apply(_rating_rule(draft, name), cell.coordinate)


def _rating_rule(draft: Draft, name: str) -> DataValidation:
    label = draft.headings[name]
    if name == "rating":
        return _level_rule(draft, label.text)
    if name == "grade":
        return draft.lists.rule("grade", label.text, label.hint, draft.words["list_warning"])
    return hint_rule(label.text, label.hint)
