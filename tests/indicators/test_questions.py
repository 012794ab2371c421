"""A doubt is asked once for a column, and its answer is applied to every cell of it and named there."""

from __future__ import annotations

import datetime

import pytest
from openpyxl import Workbook

from indicators import key_features
from indicators.declarations import yeonsu
from indicators.questions import questions
from indicators.workbook import read
from scoring.model import Place, Reading
from store.reading_json import dump, load
from tests.indicators.faults import A1, A2, PROFILE
from tests.workbooks import TODAY, changed, filled


def _doubtful() -> bytes:
    def plant(book: Workbook) -> None:
        book[A1]["F5"], book[A1]["F7"], book[A1]["F8"] = 0.5, "0.45", "12-15 %"
        book[A2]["F5"] = "45.500"
        book[PROFILE]["B7"], book[PROFILE]["B9"] = "68.000", "371,500"

    return changed(filled(), plant)


def _read(data: bytes, **answers: str) -> Reading:
    return read("city.xlsx", data, key_features(), (yeonsu(),), TODAY, answers)


def test_doubts_of_one_column_are_one_question() -> None:
    found = {one.id: one for one in questions(_read(_doubtful()))}
    assert {id: (one.options, len(one.places)) for id, one in found.items()} == {
        f"{PROFILE}!B!decimal_mark": ((".", ","), 2),
        f"{A1}!F!fraction": (("percent", "fraction"), 2),
        f"{A1}!F!range": (("low", "middle", "high"), 1),
        f"{A2}!F!decimal_mark": ((".", ","), 1),
    }
    asked = found[f"{A1}!F!fraction"]
    assert (asked.sheet, asked.column, asked.doubt) == (A1, "F", "fraction")
    assert asked.places == (Place(A1, "F5"), Place(A1, "F7"))


def test_nothing_is_asked_of_a_plain_workbook() -> None:
    assert questions(_read(filled())) == ()


def test_a_doubt_is_not_taken_until_it_is_answered() -> None:
    reading = _read(_doubtful())
    answers = reading.observations
    assert {
        code: (answers[code].value, answers[code].candidates) for code in ("1.1.1", "1.2.1", "2.1.1")
    } == {
        "1.1.1": (None, (0.5, 50.0)),
        "1.2.1": (None, (0.45, 45.0)),
        "2.1.1": (None, (45.5, 45500.0)),
    }
    assert "population" not in reading.profile
    assert reading.entries["population"].candidates == (68.0, 68000.0)


ANSWERED = [
    # question, answer, code, value, rule
    (f"{A1}!F!fraction", "fraction", "1.1.1", 50.0, "as_number answered_fraction"),
    (f"{A1}!F!fraction", "fraction", "1.2.1", 45.0, "as_number answered_fraction"),
    (f"{A1}!F!fraction", "percent", "1.1.1", 0.5, "as_number answered_fraction"),
    (f"{A1}!F!range", "low", "1.2.2", 12.0, "percent_sign answered_range"),
    (f"{A2}!F!decimal_mark", ",", "2.1.1", 45500.0, "answered_decimal_mark"),
]


@pytest.mark.parametrize(("id", "answer", "code", "value", "rule"), ANSWERED)
def test_an_answer_is_applied_to_its_column_alone(
    id: str, answer: str, code: str, value: float, rule: str
) -> None:
    reading = _read(_doubtful(), **{id: answer})
    taken = reading.observations[code]
    assert (taken.value, taken.rule, taken.confidence, taken.state) == (value, rule, "read", "answered")
    assert id not in {one.id for one in questions(reading)}
    assert len(questions(reading)) == 3
    assert dict(reading.answers) == {id: answer}


def test_entries_of_the_profile_are_settled_with_their_column() -> None:
    reading = _read(_doubtful(), **{f"{PROFILE}!B!decimal_mark": ","})
    assert (reading.profile["population"], reading.profile["area_km2"]) == (68_000, 371.5)
    assert reading.entries["population"].rule == "answered_decimal_mark"


def test_all_answers_together_leave_nothing_open() -> None:
    reading = _read(
        _doubtful(),
        **{
            f"{A1}!F!fraction": "fraction",
            f"{A1}!F!range": "middle",
            f"{A2}!F!decimal_mark": ",",
        },
    )
    assert [one.doubt for one in questions(reading)] == ["decimal_mark"]
    assert load(dump(reading)).answers == reading.answers


PROPOSED = [
    # sheet, cell, typed, kind, proposal
    (A1, "F5", 0.45, "fraction_percent", "45"),
    (A2, "F5", "45.500", "ambiguous_number", "45500"),
    (A1, "F5", "1.234", "ambiguous_number", "1.234"),
    (A1, "F5", "约45", "number_understood", "45"),
    (A1, "F5", "12-15", "range_for_number", ""),
    (A2, "F5", "€ 45500", "other_unit", ""),
    (PROFILE, "B9", "37150 ha", "profile_other_unit", "371.5"),
    (PROFILE, "B7", "68.000", "profile_doubtful", "68000"),
    (PROFILE, "B5", "Norwy", "country_near", "Norway"),
    (A1, "F5", "many", "text_for_number", ""),
    (A2, "F8", datetime.datetime(2026, 9, 4), "date_for_number", "4.9"),
    (A1, "G5", "2024/25", "year_unclear", "2025"),
    (A1, "G5", datetime.datetime(1905, 7, 16), "year_unclear", "2024"),
    (A1, "G5", "FY 24", "year_unclear", ""),
]


@pytest.mark.parametrize(("sheet", "cell", "typed", "kind", "proposal"), PROPOSED)
def test_a_proposal_is_made_where_one_thing_alone_is_sensible(
    sheet: str, cell: str, typed: object, kind: str, proposal: str
) -> None:
    reading = _read(changed(filled(), lambda book: book[sheet].__setitem__(cell, typed)))
    (finding,) = reading.findings
    assert (finding.kind, finding.proposal) == (kind, proposal)


@pytest.mark.parametrize("typed", ["45", "371.5", 0.5])
def test_a_reading_is_kept_with_its_rules(typed: object) -> None:
    reading = _read(changed(filled(), lambda book: book[A1].__setitem__("F5", typed)))
    again = load(dump(reading))
    assert again.observations == dict(reading.observations)
    assert again.entries == dict(reading.entries)
    assert again.findings == reading.findings
