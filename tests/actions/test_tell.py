"""A finding in words: what was found, the rule, the next step; facts in the reader's manner."""

from __future__ import annotations

import pytest

from actions.tell import tell, tell_all
from indicators.findings import kinds, make
from locales import LANGUAGES
from scoring.model import Finding, Place

AT = Place("1 Empowerment, cohesion", "F5")

TOLD = [
    (
        make("out_of_range", AT, "1.1.1", found="104", low=0.0, high=100.0),
        "en",
        "104 was found as the value of 1.1.1 “Adult literacy rate”.",
        "A value from 0 to 100 is possible here.",
    ),
    # Quantities are grouped, years are not.
    (
        make("ambiguous_number", AT, "2.1.1", found="45.500", low=45.5, high=45500.0),
        "en",
        "“45.500” as the value of 2.1.1 “GDP per inhabitant” may be 45.5 or 45,500. It was not taken.",
        "A text with three digits behind a single mark is not guessed.",
    ),
    (
        make("year_future", AT, "1.1.1", year=2062, current_year=2026),
        "en",
        "1.1.1 “Adult literacy rate” is given for 2062. It counts as blank.",
        "Only years up to 2026 can be known. Targets and forecasts are no answers.",
    ),
    (
        make("country_near", AT, "country", found="Norwy", nearest="Norway"),
        "en",
        "“Norwy” is not on the list of countries. Nearest on the list: Norway.",
        "Countries are named as in the list of the member states of the United Nations, in English or Chinese; "
        "nothing is guessed.",
    ),
    (
        make("assessment_year_missing", None, "assessment_year", current_year=2026),
        "en",
        "The profile does not say for which year this assessment is made, so the age of each figure is counted "
        "from 2026.",
        "Ages are counted from the year of the assessment; where it is missing, from the present year (UTC).",
    ),
]


@pytest.mark.parametrize(("finding", "language", "sentence", "rule"), TOLD)
def test_sentence_and_rule(finding: Finding, language: str, sentence: str, rule: str) -> None:
    told = tell(finding, language)
    assert (told.sentence, told.rule) == (sentence, rule)


@pytest.mark.parametrize(
    ("code", "start"),
    [
        ("yeonsu_2021:7", "2.5 was found as the level of §7 “"),
        ("3.3.1", "2.5 was found as the level of 3.3.1 “"),
    ],
)
def test_a_commitment_is_named_by_its_paragraph(code: str, start: str) -> None:
    told = tell(make("ladder_not_whole", AT, code, found="2.5", high=5), "en")
    assert told.code == code
    assert told.sentence.startswith(start)


@pytest.mark.parametrize("hostile", ["{code}", "{0}", "%s", "{", "}", "{title.__class__}", "<b>", "**x**"])
def test_what_a_file_says_is_never_taken_for_a_pattern(hostile: str) -> None:
    told = tell(make("unknown_code", AT, "", found=hostile), "en")
    assert hostile in told.sentence


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_every_kind_can_be_told(language: str) -> None:
    for kind in kinds().values():
        told = tell(make(kind.id, AT, "1.1.1", **dict.fromkeys(kind.facts, "FACT")), language)
        whole = told.title + told.sentence + told.rule + told.advice
        assert "{" not in whole
        assert whole.count("FACT") >= len(kind.facts)
        assert told.where == "1 Empowerment, cohesion!F5"


def test_what_matters_most_comes_first_and_the_order_of_the_file_stays() -> None:
    found = [
        make("year_old", AT, "1.1.1", year=2020, age=6),
        make("source_missing", AT, "1.1.1"),
        make("uncalculated", AT, "1.2.1"),
        make("uncalculated", AT, "1.1.1"),
    ]
    assert [(told.kind, told.code) for told in tell_all(found, "en")] == [
        ("uncalculated", "1.2.1"),
        ("uncalculated", "1.1.1"),
        ("source_missing", "1.1.1"),
        ("year_old", "1.1.1"),
    ]
