"""Readings to keep: one written by hand, and a strategy for any that a workbook could lead to."""

from __future__ import annotations

from hypothesis import strategies as st

from scoring.model import SEVERITIES, STATES, Finding, Observation, Place, Reading
from store.engine import Store
from store.uploads import Upload, add

BOOK = b"PK\x03\x04 the bytes of a workbook \x00\xff"
FRAMEWORK, EDITION = "key_features_2013", "1.0"


def reading(city: str = "Demoville") -> Reading:
    """One answered measurement, one rating, one question."""
    answer = Observation(
        code="2.2.1",
        value=4.9,
        state="answered",
        year=2025,
        grade="official",
        source="Labour force survey",
        link="https://statistics.example/labour",
        remark="",
        place=Place("2 Economy", "G12"),
        raw="4,9",
    )
    rating = Observation(
        code="yeonsu_2021:9",
        value=3,
        state="",
        year=None,
        grade="",
        source="",
        link="",
        remark="see annex",
        place=Place("Declaration", "D9"),
        raw="3",
    )
    return Reading(
        framework=FRAMEWORK,
        edition=EDITION,
        language="en",
        invented=True,
        profile={"name": city, "country": "KOR", "population": 391_000},
        observations={"2.2.1": answer},
        ratings={"yeonsu_2021:9": rating},
        findings=(Finding("year_missing", "question", Place("2 Economy", "H12"), "2.2.1", {"found": "?"}),),
    )


def keep(
    store: Store, data: bytes = BOOK, *, name: str = "demoville.xlsx", city: str = "Demoville"
) -> Upload:
    """Add a workbook with the reading above."""
    return add(store, name=name, data=data, reading=reading(city), framework=FRAMEWORK, edition=EDITION)


def whole(text: str) -> str:
    """The text with every surrogate pair as the one character that it stands for; lone surrogates stay."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


# Every character there is: NUL, control characters and lone surrogates as well.
texts = st.text(st.characters(exclude_categories=()), max_size=12).map(whole)
numbers = st.floats() | st.integers() | st.sampled_from([2**53 + 1, -(2**70), 5e-324, -0.0, 1e308])
places = st.builds(Place, texts, texts)
observations = st.builds(
    Observation,
    code=texts,
    value=st.none() | st.floats(),
    state=st.sampled_from(("", *STATES)),
    year=st.none() | st.integers(),
    grade=texts,
    source=texts,
    link=texts,
    remark=texts,
    place=places,
    raw=texts,
)
findings = st.builds(
    Finding,
    kind=texts,
    severity=st.sampled_from(SEVERITIES),
    place=st.none() | places,
    code=texts,
    facts=st.dictionaries(texts, texts | numbers, max_size=3),
)


def by_code(rows: list[Observation]) -> dict[str, Observation]:
    """As a reading holds them: at most one row a code."""
    return {one.code: one for one in rows}


readings = st.builds(
    Reading,
    framework=texts,
    edition=texts,
    language=st.sampled_from(("en", "zh", "")),
    invented=st.booleans(),
    profile=st.dictionaries(texts, texts | numbers, max_size=3),
    observations=st.lists(observations, max_size=3).map(by_code),
    ratings=st.dictionaries(texts, observations, max_size=2),
    findings=st.lists(findings, max_size=3).map(tuple),
)
