"""What must be asked once for a whole column? Doubts of the same kind in one column of one sheet are one question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from indicators.numbers import DOUBTS, FILE_MARK
from scoring.model import Finding, Place, Reading

# The doubt behind each kind of finding that is asked about; a foreign unit is a doubt of its own for each word.
DOUBT_OF: Mapping[str, str] = {
    "ambiguous_number": "decimal_mark",
    "fraction_percent": "fraction",
    "range_for_number": "range",
    "bound_for_number": "bound",
    "other_unit": "unit",
    "profile_other_unit": "unit",
}
# The same for an entry of the profile, by the rule of its reading.
_DOUBT_OF_RULE: Mapping[str, str] = {
    "either_mark": "decimal_mark",
    "range": "range",
    "below": "bound",
    "above": "bound",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One doubt of one column: its `id`, what may be answered, and every cell in which it stands.

    `doubt` is "decimal_mark", "fraction", "range", "bound" or "unit" with the unit's word behind a blank;
    `options` are the answers that `workbook.read(..., answers={id: option})` takes.
    """

    id: str
    sheet: str
    column: str
    doubt: str
    options: tuple[str, ...]
    places: tuple[Place, ...]


def questions(reading: Reading) -> tuple[Question, ...]:
    """The open questions of a reading, in the order of the workbook."""
    open_: dict[str, list[Finding]] = {}
    asked: dict[str, tuple[Place, str]] = {}
    for finding in reading.findings:
        doubt = _doubt(finding, reading)
        if doubt and finding.place:
            id = question_id(finding.place, doubt)
            open_.setdefault(id, []).append(finding)
            asked.setdefault(id, (finding.place, doubt))
    return tuple(
        Question(
            id,
            asked[id][0].sheet,
            column_of(asked[id][0]),
            asked[id][1],
            _options(asked[id][1], findings, reading),
            tuple(finding.place for finding in findings if finding.place),
        )
        for id, findings in open_.items()
    )


def question_id(place: Place, doubt: str) -> str:
    """The id under which a doubt of a cell's column is answered."""
    return f"{place.sheet}!{column_of(place)}!{doubt}"


def column_of(place: Place) -> str:
    """The letters of a cell's column."""
    return re.sub(r"\d", "", place.cell)


def settled(place: Place, answers: Mapping[str, str], file_mark: str = "") -> dict[str, str]:
    """What is settled for a cell: doubt -> answer of its column, and the decimal mark of its file, if it has one."""
    start = question_id(place, "")
    found = {id.removeprefix(start): answer for id, answer in answers.items() if id.startswith(start)}
    return {FILE_MARK: file_mark, **found} if file_mark else found


def _doubt(finding: Finding, reading: Reading) -> str:
    doubt = DOUBT_OF.get(finding.kind, "")
    if doubt == "unit":
        return f"unit {finding.facts['other']}"
    if finding.kind != "profile_doubtful" or finding.code not in reading.entries:
        return doubt
    rules = reading.entries[finding.code].rule.split()
    return next((_DOUBT_OF_RULE[rule] for rule in reversed(rules) if rule in _DOUBT_OF_RULE), "")


def _options(doubt: str, findings: list[Finding], reading: Reading) -> tuple[str, ...]:
    """What may be answered: as many choices as the cell with the most candidates offers."""
    most = max(len(_candidates(finding, reading)) for finding in findings)
    return DOUBTS[doubt.split(" ")[0]][:most]


def _candidates(finding: Finding, reading: Reading) -> tuple[float, ...]:
    for answers in (reading.observations, reading.ratings, reading.entries):
        if finding.code in answers:
            return answers[finding.code].candidates
    return ()
