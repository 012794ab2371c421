"""A reading comes back from the store exactly as it was put in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings

from scoring.model import Finding, Observation, Place, Reading
from store.engine import Store, open_store
from store.reading_json import dump, load
from store.uploads import add, get
from tests.store.readings import EDITION, FRAMEWORK, reading, readings


def plain(part: object) -> object:
    """Lists, numbers and texts whose repr tells 1 from 1.0, 0.0 from -0.0, and one NaN not from another."""
    if is_dataclass(part):
        return [type(part).__name__, *(plain(getattr(part, field.name)) for field in fields(part))]
    if isinstance(part, Mapping):
        return [(plain(key), plain(value)) for key, value in part.items()]
    if isinstance(part, tuple):
        return [plain(one) for one in part]
    return repr(part)


@given(readings)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_reading_is_kept_exactly(store: Store, given_reading: Reading) -> None:
    data = repr(plain(given_reading)).encode("utf-8", "surrogatepass")
    kept = add(store, name="a.xlsx", data=data, reading=given_reading, framework="f", edition="e")
    again = get(open_store(str(store.engine.url)), kept.id)
    assert again is not None
    assert plain(again.reading) == plain(given_reading)


@given(readings)
def test_what_is_written_is_plain_ascii_and_stable(given_reading: Reading) -> None:
    text = dump(given_reading)
    assert text.isascii()
    assert text.isprintable()
    assert dump(load(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "延世區 연수구 São Paulo İzmir",
        "👩‍👩‍👧 learns",
        "a\0b",
        "lone \ud800 and \udc00",
        "\udc00\ud800",
        "quote ' \" ; DROP TABLE uploads; --",
        "=HYPERLINK(1)",
        "\r\n\t\x0b\x1b\x7f\u2028\ufeff",
        "x" * 32_767,
    ],
)
def test_texts_of_every_kind(store: Store, text: str) -> None:
    written = Reading(
        framework=FRAMEWORK,
        edition=EDITION,
        language="en",
        invented=False,
        profile={"name": text},
        observations={
            text: Observation(text, None, "", None, text, text, text, text, Place(text, text), text)
        },
        ratings={text: Observation("1", 1.0, "", 0, "", "", "", "", Place("", ""), "")},
        findings=(Finding(text, "note", None, text, {text: text}),),
    )
    kept = add(store, name="a.xlsx", data=b"1", reading=written, framework=FRAMEWORK, edition=EDITION)
    assert plain(kept.reading) == plain(written)


@pytest.mark.parametrize(
    "number",
    [0, -0.0, 0.1 + 0.2, 1e308, 5e-324, float("inf"), float("nan"), 2**53 + 1, 10**300, -(2**63) - 1],
)
def test_numbers_of_every_size(store: Store, number: int | float) -> None:
    written = Reading(FRAMEWORK, EDITION, "en", False, {"population": number}, {}, {}, ())
    kept = add(store, name="a.xlsx", data=b"1", reading=written, framework=FRAMEWORK, edition=EDITION)
    assert repr(kept.reading.profile["population"]) == repr(number)


def test_an_empty_reading(store: Store) -> None:
    empty = Reading("", "", "", False, {}, {}, {}, ())
    kept = add(store, name="", data=b"", reading=empty, framework="", edition="")
    assert plain(kept.reading) == plain(empty)
    assert (kept.name, kept.size) == ("", 0)
    assert kept.sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_order_of_rows_is_kept() -> None:
    rows = {code: replace(reading().observations["2.2.1"], code=code) for code in "ba"}
    again = load(dump(Reading("", "", "", False, {"b": 1, "a": 2}, rows, {}, ())))
    assert list(again.observations) == ["b", "a"]
    assert list(again.profile) == ["b", "a"]


def test_an_answer_kept_before_there_were_breaks_has_none() -> None:
    kept = json.loads(dump(reading()))
    del kept["observations"][0]["series_break"]
    assert load(json.dumps(kept)).observations == reading().observations


def test_a_break_in_series_comes_back() -> None:
    given = reading()
    broken = replace(given.observations["2.2.1"], series_break="New survey since 2024")
    again = load(dump(replace(given, observations={"2.2.1": broken})))
    assert again.observations == {"2.2.1": broken}
