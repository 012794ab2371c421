"""A table of a template in which a city answers: locked labels on the left, cells to be filled in beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from indicators.as_typed import shown
from indicators.draft import Draft
from indicators.labels import terms
from indicators.lists import Rules, hint_rule
from indicators.numbers import PERCENT
from indicators.paper import at, set_height
from scoring.model import Observation

LEAST_HEIGHT = 36.0
# Code and title stay in sight.
FROZEN_COLUMNS = 2
BOLD_COLUMNS = ("code", "title")


def add_answer_lists(draft: Draft) -> None:
    """The drop-down lists of answers; measurements that every city must answer have a shorter list of states."""
    states = terms(draft.framework, "state", draft.language)
    grades = terms(draft.framework, "grade", draft.language)
    draft.lists.add("state", [label.text for label in states.values()])
    draft.lists.add("state_in_remit", [label.text for id, label in states.items() if id != "outside_remit"])
    draft.lists.add("grade", [label.text for label in grades.values()])
    draft.lists.add("level", [str(level) for level in range(draft.framework.rules.ladder_levels + 1)])


def asked_columns(draft: Draft, columns: Mapping[str, float]) -> Mapping[str, float]:
    """The columns that a framework needs: without evidence grades nothing is asked about them."""
    grades = draft.framework.rules.evidence_grades
    return {name: width for name, width in columns.items() if grades or name != "grade"}


def level_rule(draft: Draft, title: str) -> DataValidation:
    """The rule of a cell that takes a ladder level."""
    high = draft.framework.rules.ladder_levels
    prompt = draft.words["ladder_prompt"].format(high=high)
    return draft.lists.rule("level", title, prompt, draft.words["ladder_warning"].format(high=high))


def answer_rule(draft: Draft, name: str) -> DataValidation:
    """The rule of a cell that is the same in every table: the evidence grade, or a hint alone."""
    label = draft.headings[name]
    if name == "grade":
        return draft.lists.rule("grade", label.text, label.hint, draft.words["list_warning"])
    return hint_rule(label.text, label.hint)


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """A table under way: its sheet, its columns with their widths, and the rules of its cells."""

    draft: Draft
    sheet: Worksheet
    columns: Mapping[str, float]
    rules: Rules
    # What stands before a row's code in the name of its field: "declaration:" for ratings.
    prefix: str = ""

    def write_row(
        self,
        row: int,
        labels: Mapping[str, str],
        answer: Observation | None,
        rule: Callable[[str], DataValidation],
        *,
        asked: bool = True,
        bold: bool = True,
    ) -> None:
        """Writes a row: `labels` are locked, the other columns take an answer if one is `asked` for."""
        paper, given = self.draft.paper, {**self._given(answer), **self._typed(labels["code"])}
        for column, name in enumerate(self.columns, start=1):
            cell = at(self.sheet, row, column)
            if name in labels or not asked:
                font = paper.bold if bold and name in BOLD_COLUMNS else paper.plain
                paper.label(cell, labels.get(name, ""), font)
            else:
                paper.answer(cell, given.get(name))
                self.rules.apply(rule(name), cell.coordinate)
        set_height(self.sheet, row, tuple(self.columns.values()), LEAST_HEIGHT)

    def name_columns(self, row: int, own: Mapping[str, str]) -> None:
        """Writes the headings; `own` are those that this table words in its own way."""
        self.draft.header(self.sheet, row, tuple(self.columns))
        for column, name in enumerate(self.columns, start=1):
            if name in own:
                self.draft.paper.header(at(self.sheet, row, column), own[name])

    def band(self, row: int, texts: Sequence[str]) -> None:
        """Writes a heading across the table."""
        self.draft.paper.band(self.sheet, row, len(self.columns), texts)

    def _given(self, answer: Observation | None) -> Mapping[str, object]:
        """What is already filled in; a value that is no number keeps the text it was given as."""
        if answer is None:
            return {}
        state = terms(self.draft.framework, "state", self.draft.language).get(answer.state)
        grade = terms(self.draft.framework, "grade", self.draft.language).get(answer.grade)
        value = answer.raw if answer.value is None else self._written(answer.code, answer.value)
        return {
            "value": value,
            "rating": value,
            "year": answer.year,
            "state": state.text if state else answer.state,
            "grade": grade.text if grade else answer.grade,
            "source": answer.source,
            "link": answer.link,
            "remark": answer.remark,
            "series_break": answer.series_break,
        }

    def _typed(self, code: str) -> Mapping[str, object]:
        """What stands in the row as it was typed; an entry of a list by its name."""
        field = self.prefix + code.removeprefix("§")
        framework, language = self.draft.framework, self.draft.language
        return {
            column: shown(framework, field, column, text, language)
            for column, text in self.draft.typed.get(field, {}).items()
        }

    def _written(self, code: str, value: float) -> float | str:
        """A value as it is read back: a percentage of at most one would be taken for a fraction without its sign."""
        node = self.draft.framework.by_code.get(code)
        percent = node is not None and node.measurement is not None and node.measurement.unit == PERCENT
        return f"{value}%" if percent and 0 < value <= 1 else value
