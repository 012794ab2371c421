"""Drop-down lists of a template: entries on a hidden sheet, and rules that point to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from indicators.paper import at, write_text

SHEET = "_lists"
# What Excel shows of a hint and its title; longer texts make it refuse the file.
LONGEST_PROMPT = 255
LONGEST_PROMPT_TITLE = 32


class Lists:
    """The hidden sheet, one column a list."""

    def __init__(self, workbook: Workbook) -> None:
        self.sheet: Worksheet = workbook.create_sheet(SHEET)
        self.sheet.sheet_state = "hidden"
        self._ranges: dict[str, str] = {}

    def add(self, name: str, entries: Sequence[str]) -> None:
        """Writes a list under its name."""
        column = len(self._ranges) + 1
        write_text(at(self.sheet, 1, column), name)
        for row, entry in enumerate(entries, start=2):
            write_text(at(self.sheet, row, column), entry)
        letter = get_column_letter(column)
        self._ranges[name] = f"'{SHEET}'!${letter}$2:${letter}${len(entries) + 1}"

    def rule(self, name: str, title: str, prompt: str, error: str) -> DataValidation:
        """A rule that admits the entries of a list, with a hint."""
        return hinted(
            DataValidation(type="list", formula1=self._ranges[name], allow_blank=True), title, prompt, error
        )


def number_rule(
    kind: Literal["decimal", "whole"],
    low: float,
    high: float,
    title: str,
    prompt: str,
    error: str,
) -> DataValidation:
    """A rule for numbers, kind "decimal" or "whole"; outside `low` to `high` it warns."""
    rule = DataValidation(
        type=kind, operator="between", formula1=f"{low:.15g}", formula2=f"{high:.15g}", allow_blank=True
    )
    rule.errorStyle = "warning"
    return hinted(rule, title, prompt, error)


def hint_rule(title: str, prompt: str) -> DataValidation:
    """No rule at all, only a hint."""
    return hinted(DataValidation(allow_blank=True), title, prompt, "")


def hinted(rule: DataValidation, title: str, prompt: str, error: str) -> DataValidation:
    """The rule with its hint and what is said when it is broken."""
    rule.promptTitle, rule.prompt = title[:LONGEST_PROMPT_TITLE], prompt[:LONGEST_PROMPT]
    rule.showInputMessage = bool(prompt)
    rule.errorTitle, rule.error = title[:LONGEST_PROMPT_TITLE], error[:LONGEST_PROMPT]
    rule.showErrorMessage = bool(error)
    return rule


class Rules:
    """The rules of one sheet; the same rule on many cells is written once."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._rules: dict[tuple[str, ...], DataValidation] = {}

    def apply(self, rule: DataValidation, cell: str) -> None:
        """Puts the rule on a cell."""
        key = tuple(
            str(part)
            for part in (rule.type, rule.formula1, rule.formula2, rule.errorStyle, rule.prompt, rule.error)
        )
        if key not in self._rules:
            self._rules[key] = rule
            self._sheet.add_data_validation(rule)
        self._rules[key].add(cell)
