"""Decisions about doubtful readings: made with one click, kept with the reading, taken back without a trace."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from actions.access import COMPUTER
from actions.decide import column_questions, decide, decisions, proposals
from actions.repair import repair
from actions.standing import upload
from actions.uploads import receive
from sample_data.make import build

DATA_SHEET = "2 Economy and culture"


@pytest.fixture
def doubtful(data_folder: Path) -> str:
    """A workbook whose income is typed as 45.678 (only thousands make sense), and turnout as a range."""
    book = load_workbook(io.BytesIO(build("riverbend", "en")))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            if row[0].value == "2.1.1":
                row[5].value = "45.678"
            if row[0].value == "1.2.1":
                row[5].value = "55-61"
    out = io.BytesIO()
    book.save(out)
    return receive(COMPUTER, "doubtful.xlsx", out.getvalue(), "en").upload_id


def _values(upload_id: str) -> tuple[float | None, float | None]:
    rows = upload(upload_id).reading.observations
    return tuple(rows[code].value if code in rows else None for code in ("2.1.1", "1.2.1"))  # type: ignore[return-value]


def test_a_proposal_is_accepted_and_taken_back(doubtful: str) -> None:
    assert _values(doubtful) == (None, None)
    offered = [one for one in proposals(COMPUTER, doubtful, "en") if one.where == f"{DATA_SHEET}!F6"]
    assert [(one.found, one.proposal) for one in offered] == [("45.678", "45678")]
    accepted = decide(COMPUTER, doubtful, {offered[0].key: "yes"})
    assert _values(accepted) == (45678.0, None)
    assert [one.kind for one in upload(accepted).reading.findings if one.code == "2.1.1"][
        -1
    ] == "proposal_accepted"
    assert [one.text for one in decisions(COMPUTER, accepted, "en")] == [f"Accepted at {DATA_SHEET}!F6"]
    back = decide(COMPUTER, accepted, {decisions(COMPUTER, accepted, "en")[0].key: None})
    # Taking back leads to the very reading that there was.
    assert back == doubtful


@pytest.mark.parametrize(("option", "value"), [("low", 55.0), ("middle", 58.0), ("high", 61.0)])
def test_a_question_about_a_column_is_answered_once(option: str, value: float, doubtful: str) -> None:
    asked = [one for one in column_questions(COMPUTER, doubtful, "en") if one.id.endswith("!range")]
    assert len(asked) == 1
    assert list(asked[0].options) == ["low", "middle", "high"]
    answered = decide(COMPUTER, doubtful, {asked[0].id: option})
    assert _values(answered) == (None, value)
    assert [one.id for one in column_questions(COMPUTER, answered, "en") if one.id.endswith("!range")] == []
    assert decide(COMPUTER, answered, {asked[0].id: None}) == doubtful


def test_the_decision_of_the_repair_workbook_is_acted_on(doubtful: str) -> None:
    book = load_workbook(io.BytesIO(repair(COMPUTER, doubtful, "en")))
    rows = [row for row in book["Findings"].iter_rows() if row[4].value == "45678"]
    assert len(rows) == 1
    rows[0][5].value = "Accept the proposal"
    out = io.BytesIO()
    book.save(out)
    again = receive(COMPUTER, "answered.xlsx", out.getvalue(), "en").upload_id
    assert _values(again) == (45678.0, None)
    assert [one.text for one in decisions(COMPUTER, again, "en")] == [f"Accepted at {DATA_SHEET}!F6"]


def test_the_city_stays_the_same_city(doubtful: str) -> None:
    asked = next(one for one in column_questions(COMPUTER, doubtful, "en") if one.id.endswith("!range"))
    assert upload(decide(COMPUTER, doubtful, {asked.id: "low"})).city_id == upload(doubtful).city_id != ""
