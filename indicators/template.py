"""The workbook that a city fills in, made from the catalogue in one language."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from openpyxl import Workbook

from indicators.answer_table import add_answer_lists
from indicators.area_sheet import write_area
from indicators.areas import areas
from indicators.draft import Draft, WorkList
from indicators.lists import Lists
from indicators.paper import Paper, at, write_text
from indicators.profile_sheet import add_profile_lists, write_profile
from indicators.ratings import rated_themes
from indicators.ratings_sheet import write_ratings
from indicators.stamp import FORMAT, SHEET, TEMPLATE, Stamp, write_stamp
from indicators.start_sheet import write_start
from scoring.model import Declaration, Framework, Reading


def build(
    framework: Framework,
    declarations: Sequence[Declaration],
    language: str,
    *,
    prefill: Reading | None = None,
    invented: bool = False,
    work_list: WorkList | None = None,
    typed: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    made_from: str = "",
) -> bytes:
    """The .xlsx workbook of a framework and the declarations whose commitments are to be rated.

    `language` is "en" or "zh"; `prefill` fills in what is already known (values, or the raw text where there
    is no value); `invented` marks every sheet as a sample; `work_list` leaves only one department's sheets.
    `typed` are texts that stand in their cells as they were typed, by field of a record and column; `made_from`
    says in the stamp which state of which record the workbook shows (`indicators.stamp`).
    KeyError for a language that the catalogue lacks.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    lists = Lists(workbook)
    draft = Draft(workbook, framework, language, lists, Paper(language), prefill, invented, work_list, typed)
    add_profile_lists(draft)
    add_answer_lists(draft)
    write_start(draft)
    write_profile(draft)
    for area in areas(framework):
        if work_list is None or area.node.code in work_list.areas:
            write_area(draft, area)
    rated = [declaration for declaration in declarations if rated_themes(declaration)]
    if work_list is not None and not work_list.ratings:
        rated = []
    for number, declaration in enumerate(rated, start=1):
        name = draft.words["ratings_sheet"]
        write_ratings(draft, declaration, name if number == 1 else f"{name} {number}")
    _write_stamp(draft, made_from)
    # The hidden sheets come last, so that the first one a person sees is the first one there is.
    workbook.move_sheet(lists.sheet, offset=len(workbook.worksheets))
    workbook.active = 0
    workbook.properties.title = draft.words["title"]
    workbook.properties.creator = draft.words["product"]
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def _part(draft: Draft) -> tuple[str, ...]:
    """What a part of the workbook holds: its focus areas, and "ratings"; nothing for a whole one."""
    if draft.work_list is None:
        return ()
    return (*draft.work_list.areas, *(("ratings",) if draft.work_list.ratings else ()))


def _write_stamp(draft: Draft, made_from: str) -> None:
    sheet = draft.workbook.create_sheet(SHEET)
    sheet.sheet_state = "hidden"
    framework = draft.framework
    stamp = Stamp(
        TEMPLATE,
        framework.id,
        framework.edition,
        draft.language,
        FORMAT,
        draft.invented,
        _part(draft),
        made_from,
    )
    for row, (key, value) in enumerate(write_stamp(stamp).items(), start=1):
        write_text(at(sheet, row, 1), key)
        write_text(at(sheet, row, 2), value)
