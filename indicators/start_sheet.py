"""The first sheet of a template: what it is, how to fill it in, and what the answers mean."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.worksheet.worksheet import Worksheet

from indicators.draft import Draft
from indicators.labels import terms
from indicators.paper import at, set_height, write_text

WIDTHS = (34.0, 108.0)
STEPS = ("step_1", "step_2", "step_3", "step_4", "step_5", "step_6")
HEADING_HEIGHT = 26.0


def write_start(draft: Draft) -> None:
    """Adds the instructions."""
    words, framework = draft.words, draft.framework
    name = framework.terms[draft.language].get("framework.name", framework.id)
    subtitle = words["subtitle"].format(framework=name, edition=framework.edition)
    sheet, row = draft.open_sheet(words["instructions_sheet"], words["title"], subtitle, WIDTHS)
    row = _work_list(draft, sheet, row)
    row = _heading(draft, sheet, row, words["what_heading"])
    texts = [words["what"]]
    if framework.text_status == "reconstructed":
        texts.append(words["unverified"].format(framework=name))
    for text in (*texts, words["not_unesco"]):
        row = _paragraph(draft, sheet, row, text)
    row = _heading(draft, sheet, row, words["steps_heading"])
    steps = (words[step].format(ratings=words["ratings_sheet"]) for step in STEPS)
    row = _pairs(draft, sheet, row, ((str(number), step) for number, step in enumerate(steps, start=1)))
    row = _paragraph(draft, sheet, row, words["moving"])
    for list_name in ("state", "grade"):
        row = _heading(draft, sheet, row, words[f"{list_name}s_heading"])
        if list_name == "grade":
            row = _paragraph(draft, sheet, row, words["grades_note"])
        labels = terms(framework, list_name, draft.language).values()
        row = _pairs(draft, sheet, row, ((label.text, label.hint) for label in labels))
    _ladder(draft, sheet, row)
    draft.close_sheet(sheet, 0, 0)


def _work_list(draft: Draft, sheet: Worksheet, row: int) -> int:
    """For which department this part is, and by when, where it is a part at all."""
    part, words = draft.work_list, draft.words
    if part is None:
        return row
    lines = [(words["work_list_for"], part.department), (words["work_list_due"], part.due)]
    row = _heading(draft, sheet, row, words["work_list_heading"])
    row = _paragraph(draft, sheet, row, words["work_list"])
    return _pairs(draft, sheet, row, ((name, entry) for name, entry in lines if entry))


def _ladder(draft: Draft, sheet: Worksheet, row: int) -> None:
    levels = draft.framework.ladder[draft.language]
    if levels:
        highest = draft.framework.rules.ladder_levels
        row = _heading(draft, sheet, row, draft.words["ladder_heading"].format(highest=highest))
        row = _paragraph(draft, sheet, row, draft.words["ladder_note"])
        _pairs(draft, sheet, row, ((f"{step.level}  {step.title}", step.description) for step in levels))


def _heading(draft: Draft, sheet: Worksheet, row: int, text: str) -> int:
    write_text(at(sheet, row + 1, 1), text)
    at(sheet, row + 1, 1).font = draft.paper.heading
    sheet.row_dimensions[row + 1].height = HEADING_HEIGHT
    return row + 2


def _paragraph(draft: Draft, sheet: Worksheet, row: int, text: str) -> int:
    cell = at(sheet, row, 1)
    write_text(cell, text)
    cell.font, cell.alignment = draft.paper.plain, draft.paper.flush
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(WIDTHS))
    set_height(sheet, row, (sum(WIDTHS),))
    return row + 1


def _pairs(draft: Draft, sheet: Worksheet, row: int, pairs: Iterable[tuple[str, str]]) -> int:
    for name, text in pairs:
        draft.paper.label(at(sheet, row, 1), name, draft.paper.bold, draft.paper.flush)
        draft.paper.label(at(sheet, row, 2), text)
        set_height(sheet, row, WIDTHS)
        row += 1
    return row
