"""A record that people typed is read as their workbook would be."""

from __future__ import annotations

import datetime

import pytest

from indicators import key_features
from indicators.declarations import yeonsu
from indicators.typed import column_of, field_of, fields_of, read_record
from indicators.workbook import read
from sample_data.make import build, city_ids

TODAY = datetime.date(2026, 11, 22)
KNOWN = {
    "profile:name": {"entry": "Riverton"},
    "profile:country": {"entry": "Republic of Korea"},
    "profile:assessment_year": {"entry": "2025"},
}


@pytest.mark.parametrize(
    ("field", "said", "value", "state", "found"),
    [
        ("2.2.1", {"value": "4,9", "year": "2025", "source": "labour office"}, 4.9, "answered", []),
        ("2.2.1", {"value": "４．９", "year": "2025年", "source": "s"}, 4.9, "answered", []),
        ("2.2.1", {"value": "abc"}, None, "", [("text_for_number", "value")]),
        ("2.2.1", {"value": "4.9", "year": "2031", "source": "s"}, None, "", [("year_future", "year")]),
        ("2.2.1", {"value": "4.9", "source": "s"}, 4.9, "answered", [("year_missing", "year")]),
        ("2.2.1", {"value": "4.9", "year": "2025"}, 4.9, "answered", [("source_missing", "source")]),
        ("2.2.1", {"state": "not_collected", "remark": "from 2027"}, None, "not_collected", []),
    ],
)
def test_a_typed_answer_is_read_as_a_row_of_the_workbook(
    field: str, said: dict[str, str], value: float | None, state: str, found: list[tuple[str, str]]
) -> None:
    reading = read_record({**KNOWN, field: said}, key_features(), (yeonsu(),), TODAY)
    row = reading.observations[field]
    assert (row.value, row.state) == (value, state)
    here = [(one.kind, column_of(one)) for one in reading.findings if field_of(one) == field]
    assert here == found


def test_the_profile_and_what_is_wrong_in_it_are_read_too() -> None:
    fields = {**KNOWN, "profile:population": {"entry": "12.3万"}, "profile:country": {"entry": "Korea"}}
    reading = read_record(fields, key_features(), (), TODAY)
    assert dict(reading.profile) == {"name": "Riverton", "assessment_year": 2025, "population": 123_000}
    assert [(one.kind, field_of(one), column_of(one)) for one in reading.findings] == [
        ("country_near", "profile:country", "entry"),
        ("profile_understood", "profile:population", "entry"),
    ]


@pytest.mark.parametrize("city_id", city_ids())
def test_a_workbook_taken_over_into_a_record_says_the_same(city_id: str) -> None:
    framework, declarations = key_features(), (yeonsu(),)
    sent = read("city.xlsx", build(city_id, "zh"), framework, declarations, TODAY)
    again = read_record(fields_of(sent, framework), framework, declarations, TODAY)
    assert dict(again.profile) == dict(sent.profile)
    said = [{code: _said(row) for code, row in one.observations.items()} for one in (sent, again)]
    assert said[0] == said[1]
    assert [{key: _said(row) for key, row in one.ratings.items()} for one in (sent,)] == [
        {key: _said(row) for key, row in again.ratings.items()}
    ]
    # And once more, from the record's own reading.
    assert fields_of(again, framework) == fields_of(sent, framework)


def _said(row: object) -> tuple[object, ...]:
    return tuple(
        getattr(row, name)
        for name in ("value", "state", "year", "grade", "source", "link", "remark", "series_break")
    )
