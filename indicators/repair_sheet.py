"""The sheet of findings of a repair workbook as XML: a row a finding, a link to its cell, room for an answer."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from indicators.letters import name_of
from indicators.marks import COLOURS, MAIN, Look, Styles
from indicators.package_xml import attribute, text
from indicators.paper import DEEP, EDGE, FONTS, INK, INPUT, LONGEST_TEXT, QUIET, display_width
from indicators.repair_answers import STAMP, Answer
from indicators.repair_words import CHOICES, COLUMNS, repair_words

FORMAT = "1"
TITLE_ROW, HOW_ROW, HEADER_ROW = 2, 3, 4
WIDTHS: Mapping[str, float] = {
    "id": 14,
    "where": 26,
    "severity": 18,
    "found": 70,
    "proposal": 28,
    "choice": 30,
    "reason": 34,
    "before": 10,
}
LINE_HEIGHT, PADDING, TALLEST = 14.5, 5.0, 400.0
# A link may be no longer, and a hint or its title in Excel no longer than these.
LONGEST_PROMPT, LONGEST_PROMPT_TITLE = 255, 32
_WRAP = 'horizontal="left" vertical="top" wrapText="1"'
_SIZE = 10
_LINE = (
    "<{p}border><{p}left/><{p}right/><{p}top/>"
    f'<{{p}}bottom style="thin"><{{p}}color rgb="FF{EDGE}"/></{{p}}bottom><{{p}}diagonal/></{{p}}border>'
)
_LINK_COLOUR = "0B5394"


@dataclass(frozen=True, slots=True)
class Line:
    """One finding on the sheet: `link` is a location such as 'Sheet'!F8, "" where there is no cell to go to."""

    id: str
    where: str
    link: str
    severity: str
    found: str
    proposal: str
    before: str
    answer: Answer | None


def sheet_xml(lines: Sequence[Line], styles: Styles, language: str) -> bytes:
    """The part of the sheet; its styles are added to `styles`. All text is inert, inline and no formula."""
    words, look = repair_words(language), _Looks(styles, language)
    rows = [
        _row(1, {"id": STAMP, "where": language, "severity": FORMAT}, {}, 0, "hidden"),
        _row(TITLE_ROW, {"id": words["title"]}, {"id": look.title}, 26),
        _row(HOW_ROW, {"id": words["how"]}, {"id": look.quiet}, 34),
        _row(
            HEADER_ROW,
            {name: words[f"column_{name}"] for name in COLUMNS},
            dict.fromkeys(COLUMNS, look.header),
            22,
        ),
    ]
    first = HEADER_ROW + 1
    rows += [
        _row(number, _cells(line, language), look.of(line), _height(line))
        for number, line in enumerate(lines, first)
    ]
    if not lines:
        rows.append(_row(first, {"found": words["none"]}, {"found": look.body}, 20))
    merges = "".join(f'<mergeCell ref="A{row}:G{row}"/>' for row in (TITLE_ROW, HOW_ROW))
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
        f'<sheetPr><tabColor rgb="FF{COLOURS["blocks"]}"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        f'<pane ySplit="{HEADER_ROW}" topLeftCell="A{first}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="F{first}" sqref="F{first}"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{_columns()}</cols>'
        f'<sheetData>{"".join(rows)}</sheetData><mergeCells count="2">{merges}</mergeCells>'
        f"{_lists(lines, words)}{_links(lines)}"
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.2" footer="0.2"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode()


class _Looks:
    """The styles of the sheet."""

    def __init__(self, styles: Styles, language: str) -> None:
        name = FONTS[language]

        def add(
            colour: str = INK, extra: str = "", size: int = _SIZE, fill: str = "", *, text: bool = False
        ) -> int:
            # The parts of a font and of a background stand in the order in which Excel writes them.
            font = (
                f'<{{p}}font>{extra}<{{p}}sz val="{size}"/><{{p}}color rgb="FF{colour}"/>'
                f'<{{p}}name val="{name}"/></{{p}}font>'
            )
            solid = (
                f'<{{p}}fill><{{p}}patternFill patternType="solid"><{{p}}fgColor rgb="FF{fill}"/>'
                '<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
            )
            line = _LINE if size == _SIZE else ""
            return styles.add(Look(font, _WRAP, solid if fill else "", line, text))

        self.body = add(text=True)
        self.quiet = add(QUIET)
        self.title = add(DEEP, "<{p}b/>", 16)
        self.header = add("FFFFFF", "<{p}b/>", fill=DEEP)
        self.link = add(_LINK_COLOUR, "<{p}u/>")
        self.answer = add(fill=INPUT)
        self.severity = {severity: add(fill=colour) for severity, colour in COLOURS.items()}

    def of(self, line: Line) -> Mapping[str, int]:
        """The style of each cell of a row."""
        return {
            **{"id": self.quiet, "where": self.link if line.link else self.body, "found": self.body},
            **{"severity": self.severity[line.severity], "proposal": self.body, "before": self.body},
            **{"choice": self.answer, "reason": self.answer},
        }


def _cells(line: Line, language: str) -> Mapping[str, str]:
    words, given = repair_words(language), line.answer
    known = given.choice if given else ""
    return {
        "id": line.id,
        "where": line.where,
        "severity": words[f"severity_{line.severity}"],
        "found": line.found,
        "proposal": line.proposal,
        "choice": words[f"choice_{known}"] if known else given.written if given else "",
        "reason": given.text if given else "",
        "before": line.before,
    }


def _row(
    number: int, cells: Mapping[str, str], looks: Mapping[str, int], height: float, hidden: str = ""
) -> str:
    written = []
    for column, name in enumerate(COLUMNS, start=1):
        value, style = text(_cut(cells.get(name, ""))), looks.get(name)
        start = f'<c r="{name_of(number, column)}"' + (f' s="{style}"' if style else "")
        if value:
            written.append(f'{start} t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>')
        elif style:
            written.append(f"{start}/>")
    size = ' hidden="1"' if hidden else f' ht="{height:g}" customHeight="1"'
    return f'<row r="{number}"{size}>{"".join(written)}</row>'


def _cut(value: str) -> str:
    return value if len(value) <= LONGEST_TEXT // 2 else value[: LONGEST_TEXT // 2 - 1] + "…"


def _height(line: Line) -> float:
    """As tall as the longest text needs; spreadsheets do not see to it on opening."""
    texts = {"where": line.where, "found": line.found, "proposal": line.proposal}
    lines = max(
        sum(max(1, math.ceil(display_width(one) / (WIDTHS[name] * 0.93))) for one in words.split("\n"))
        for name, words in texts.items()
    )
    return min(TALLEST, lines * LINE_HEIGHT + PADDING)


def _columns() -> str:
    return "".join(
        f'<col min="{number}" max="{number}" width="{WIDTHS[name]:g}" customWidth="1"'
        + (' hidden="1"/>' if name == "before" else "/>")
        for number, name in enumerate(COLUMNS, start=1)
    )


def _lists(lines: Sequence[Line], words: Mapping[str, str]) -> str:
    """The drop-down lists; what has no proposal offers none to accept."""
    column = get_column_letter(COLUMNS.index("choice") + 1)
    rules = []
    for offers in (True, False):
        rows = [number for number, line in enumerate(lines, HEADER_ROW + 1) if bool(line.proposal) == offers]
        choices = ",".join(words[f"choice_{choice}"] for choice in CHOICES[0 if offers else 1 :])
        if rows:
            places = " ".join(f"{column}{start}:{column}{end}" for start, end in _runs(rows))
            rules.append(
                '<dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1" '
                f'errorTitle="{attribute(words["column_choice"][:LONGEST_PROMPT_TITLE])}" '
                f'error="{attribute(words["choice_error"][:LONGEST_PROMPT])}" '
                f'promptTitle="{attribute(words["column_choice"][:LONGEST_PROMPT_TITLE])}" '
                f'prompt="{attribute(words["choice_prompt"][:LONGEST_PROMPT])}" sqref="{places}">'
                f'<formula1>"{text(choices)}"</formula1></dataValidation>'
            )
    return f'<dataValidations count="{len(rules)}">{"".join(rules)}</dataValidations>' if rules else ""


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Rows without gaps between them, as first and last."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs


def _links(lines: Sequence[Line]) -> str:
    column = get_column_letter(COLUMNS.index("where") + 1)
    links = "".join(
        f'<hyperlink ref="{column}{number}" location="{attribute(line.link)}" display="{attribute(line.where)}"/>'
        for number, line in enumerate(lines, HEADER_ROW + 1)
        if line.link
    )
    return f"<hyperlinks>{links}</hyperlinks>" if links else ""
