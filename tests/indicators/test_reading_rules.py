"""Every way in which people write a number: the value, the rules, how sure, and what was not taken."""

from __future__ import annotations

import csv
import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import key_features
from indicators.labels import LANGUAGES
from indicators.number_words import rule_words, rules, unit_words
from indicators.numbers import Asked, Parsed, parse
from locales import speaker

FOLDER = Path(__file__).parents[2] / "indicators"


def _read(text: object, unit: str, number_format: str = "General", **settled: str) -> Parsed:
    units = key_features().units
    names = tuple(units[language][unit] for language in LANGUAGES if unit in units[language])
    return parse(text, number_format, asked=Asked(unit, names, settled))


TAKEN = [
    # text, unit, value, rules, confidence
    ("45.5", "percent", 45.5, "as_number", "certain"),
    ("45,5", "percent", 45.5, "decimal_comma", "certain"),
    ("45,5 %", "percent", 45.5, "percent_sign decimal_comma", "certain"),
    ("45％", "percent", 45.0, "full_width percent_sign", "certain"),
    ("４５．５％", "percent", 45.5, "full_width percent_sign", "certain"),
    ("－４．５", "percent", -4.5, "full_width", "certain"),
    ("٤٥٫٥٪", "percent", 45.5, "other_digits percent_sign", "certain"),
    ("۴۵", "percent", 45.0, "other_digits", "certain"),
    ("४५.५", "percent", 45.5, "other_digits", "certain"),
    ("45‰", "percent", 4.5, "per_mille_sign", "read"),
    ("45 percent", "percent", 45.0, "percent_word", "certain"),
    ("45 per cent", "percent", 45.0, "percent_word", "certain"),
    ("45,5 Prozent", "percent", 45.5, "percent_word decimal_comma", "certain"),
    ("45 por ciento", "percent", 45.0, "percent_word", "certain"),
    ("百分之45", "percent", 45.0, "percent_word", "certain"),
    ("0,45 %", "percent", 0.45, "percent_sign decimal_comma", "certain"),
    ("1,234.5", "usd_ppp", 1234.5, "thousands_comma", "certain"),
    ("1.234,5", "usd_ppp", 1234.5, "thousands_point decimal_comma", "certain"),
    ("1,234,567", "persons", 1234567.0, "thousands_comma", "certain"),
    ("1.234.567", "persons", 1234567.0, "thousands_point", "certain"),
    ("1 234 567", "persons", 1234567.0, "thousands_space", "certain"),
    ("1\u00a0234,5", "usd_ppp", 1234.5, "thousands_space decimal_comma", "certain"),
    ("1\u2009234", "usd_ppp", 1234.0, "thousands_space", "certain"),
    ("1\u202f234\u202f567", "persons", 1234567.0, "thousands_space", "certain"),
    ("1'234.5", "usd_ppp", 1234.5, "thousands_apostrophe", "certain"),
    ("1’234", "usd_ppp", 1234.0, "thousands_apostrophe", "certain"),
    ("12,34,567", "persons", 1234567.0, "thousands_indian", "certain"),
    ("1,23,456.75", "usd_ppp", 123456.75, "thousands_indian", "certain"),
    ("3.4万", "persons", 34000.0, "wan", "read"),
    ("３．４万", "persons", 34000.0, "full_width wan", "read"),
    ("3.4萬", "persons", 34000.0, "wan", "read"),
    ("1.2亿", "persons", 120000000.0, "yi", "read"),
    ("5千", "usd_ppp", 5000.0, "thousand", "read"),
    ("2百万", "persons", 2000000.0, "million", "read"),
    ("45.5 thousand", "usd_ppp", 45500.0, "thousand", "read"),
    ("1.5 million", "persons", 1500000.0, "million", "read"),
    ("1,5 Mio.", "persons", 1500000.0, "million decimal_comma", "read"),
    ("1,5 млн", "persons", 1500000.0, "million decimal_comma", "read"),
    ("0.02 billion", "persons", 20000000.0, "billion", "read"),
    ("3 lakh", "persons", 300000.0, "hundred_thousand", "read"),
    ("45k", "usd_ppp", 45000.0, "thousand", "read"),
    ("约45", "percent", 45.0, "about", "read"),
    ("约 45.5%", "percent", 45.5, "percent_sign about", "read"),
    ("approx. 45", "percent", 45.0, "about", "read"),
    ("about 45 %", "percent", 45.0, "percent_sign about", "read"),
    ("ca. 45", "percent", 45.0, "about", "read"),
    ("~45", "percent", 45.0, "about", "read"),
    ("≈ 45", "percent", 45.0, "about", "read"),
    ("45左右", "percent", 45.0, "about", "read"),
    ("около 45", "percent", 45.0, "about", "read"),
    ("约3.4万人", "persons", 34000.0, "unit_word wan about", "read"),
    ("7.3 years", "years", 7.3, "unit_word", "read"),
    ("7,3 años", "years", 7.3, "unit_word decimal_comma", "read"),
    ("7.3年", "years", 7.3, "unit_word", "read"),
    ("73岁", "years", 73.0, "unit_word", "read"),
    ("12 t", "t_capita", 12.0, "unit_word", "read"),
    ("12吨", "t_capita", 12.0, "unit_word", "read"),
    ("12 t CO₂", "t_capita", 12.0, "unit_word", "read"),
    ("12 吨/人·年", "t_capita", 12.0, "unit_word", "read"),
    ("450公斤", "kg_capita", 450.0, "unit_word", "read"),
    ("450 kg per inhabitant and year", "kg_capita", 450.0, "unit_word", "read"),
    ("5.2 per 100,000 inhabitants", "per_100k", 5.2, "unit_word", "read"),
    ("5.2 每十万人", "per_100k", 5.2, "unit_word", "read"),
    ("5.2/100,000", "per_100k", 5.2, "unit_word", "read"),
    ("15:1", "pupils_teacher", 15.0, "unit_word", "read"),
    ("3.5 hours", "hours_week", 3.5, "unit_word", "read"),
    ("Level 3", "level", 3.0, "unit_word", "read"),
    ("3级", "level", 3.0, "unit_word", "read"),
    ("371.5 km²", "km2", 371.5, "unit_word", "read"),
    ("371.5平方公里", "km2", 371.5, "unit_word", "read"),
    ("2019年", "year", 2019.0, "unit_word", "read"),
    ("PPP$ 45 500", "usd_ppp", 45500.0, "currency_sign thousands_space", "read"),
    ("45500 国际元", "usd_ppp", 45500.0, "currency_sign", "read"),
    ("$45500", "usd_ppp", 45500.0, "dollar_sign", "read"),
    ("4.55e4", "usd_ppp", 45500.0, "scientific", "read"),
    ("4,55 × 10^4", "usd_ppp", 45500.0, "scientific", "read"),
    ("4.55E+04", "usd_ppp", 45500.0, "scientific", "read"),
]


@pytest.mark.parametrize(("text", "unit", "value", "rule", "confidence"), TAKEN)
def test_a_number_is_taken_by_named_rules(
    text: str, unit: str, value: float, rule: str, confidence: str
) -> None:
    parsed = _read(text, unit)
    assert (parsed.value, parsed.rule, parsed.confidence) == (value, rule, confidence)
    assert (parsed.problem, parsed.candidates, parsed.raw) == (None, (), text)


NOT_TAKEN = [
    # text, unit, problem, candidates, last rule
    ("1.234", "percent", "ambiguous_number", (1.234, 1234.0), "either_mark"),
    ("1,234", "persons", "ambiguous_number", (1.234, 1234.0), "either_mark"),
    ("约3,000", "persons", "ambiguous_number", (3.0, 3000.0), "either_mark"),
    ("1.234 million", "persons", "ambiguous_number", (1234000.0, 1234000000.0), "either_mark"),
    ("<1.234", "usd_ppp", "ambiguous_number", (1.234, 1234.0), "either_mark"),
    ("12-15", "percent", "range_for_number", (12.0, 13.5, 15.0), "range"),
    ("12~15", "percent", "range_for_number", (12.0, 13.5, 15.0), "range"),
    ("12–15 %", "percent", "range_for_number", (12.0, 13.5, 15.0), "range"),
    ("12 % – 15 %", "percent", "range_for_number", (12.0, 13.5, 15.0), "range"),
    ("12 to 15", "percent", "range_for_number", (12.0, 13.5, 15.0), "range"),
    ("12至15", "percent", "range_for_number", (12.0, 13.5, 15.0), "range"),
    ("3-4万", "persons", "range_for_number", (30000.0, 35000.0, 40000.0), "range"),
    ("3万-4万", "persons", "range_for_number", (30000.0, 35000.0, 40000.0), "range"),
    ("<5", "percent", "bound_for_number", (5.0,), "below"),
    ("> 90 %", "percent", "bound_for_number", (90.0,), "percent_sign"),
    ("≥90", "percent", "bound_for_number", (90.0,), "above"),
    ("90%以上", "percent", "bound_for_number", (90.0,), "percent_sign"),
    ("less than 5", "percent", "bound_for_number", (5.0,), "below"),
    ("45+", "percent", "bound_for_number", (45.0,), "above"),
    ("450 kg", "t_capita", "other_unit", (450.0, 0.45), "other_unit"),
    ("0.45 t", "kg_capita", "other_unit", (0.45, 450.0), "other_unit"),
    ("12 per 1,000", "per_100k", "other_unit", (12.0, 1200.0), "other_unit"),
    ("12所", "per_100k", "other_unit", (12.0,), "other_unit"),
    ("US$ 45500", "usd_ppp", "other_unit", (45500.0,), "other_unit"),
    ("€ 45 500", "usd_ppp", "other_unit", (45500.0,), "other_unit"),
    ("4.55万元", "usd_ppp", "other_unit", (45500.0,), "other_unit"),
    ("¥45500", "usd_ppp", "other_unit", (45500.0,), "other_unit"),
    ("7 years", "percent", "other_unit", (7.0,), "other_unit"),
    ("37150 ha", "km2", "other_unit", (37150.0, 371.5), "other_unit"),
]


@pytest.mark.parametrize(("text", "unit", "problem", "candidates", "last"), NOT_TAKEN)
def test_a_doubtful_text_is_not_taken_and_its_readings_are_kept(
    text: str, unit: str, problem: str, candidates: tuple[float, ...], last: str
) -> None:
    parsed = _read(text, unit)
    assert (parsed.value, parsed.problem, parsed.candidates) == (None, problem, candidates)
    assert parsed.confidence == "doubtful"
    assert last in parsed.rules


NOTHING = [
    *(
        "n/a",
        "N.A.",
        "-",
        "–",
        "—",
        "...",
        "(n/a)",
        "无",
        "暂无数据",
        "未统计",
        "sin datos",
        "k.A.",
        "keine Angabe",
    ),
    *(
        "нет данных",
        "н/д",
        "غير متوفر",
        "pas de données",
        "sem dados",
        "データなし",
        "자료 없음",
        "not available",
    ),
]


@pytest.mark.parametrize("text", NOTHING)
def test_a_word_for_nothing_is_no_number_and_no_riddle(text: str) -> None:
    parsed = _read(text, "percent")
    assert (parsed.value, parsed.problem, parsed.detail) == (None, "missing_word", "not_collected")


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("不适用", "not_applicable"),
        ("保密", "confidential"),
        ("TBD", "coming_later"),
        ("待补充", "coming_later"),
    ],
)
def test_some_words_suggest_another_state(text: str, state: str) -> None:
    assert _read(text, "percent").detail == state


UNREAD = [
    *(
        "about half",
        "3 of 5",
        "45 %%",
        "12.5²",
        "45 (2024)",
        "45 % million",
        "1,23,45",
        "12 kg - 15 t",
        "15-12",
    ),
    *("±5", "45.", "2024: 45", "tens", "45 elephants", "1e999"),
]


@pytest.mark.parametrize("text", UNREAD)
def test_what_has_no_single_meaning_stays_text(text: str) -> None:
    parsed = _read(text, "percent")
    assert (parsed.value, parsed.problem, parsed.confidence) == (None, "text_for_number", "")


CELLS = [
    # value, format, unit, value read, problem, candidates, rule
    (0.45, "0%", "percent", 45.0, None, (), "percent_format"),
    (45.5, "General", "percent", 45.5, None, (), "as_number"),
    (45, '0" %"', "percent", 45.0, None, (), "as_number"),
    (12, '0.0" t"', "t_capita", 12.0, None, (), "unit_format"),
    (12, '0.0" kg"', "t_capita", None, "other_unit", (12.0, 0.012), "other_unit"),
    (45500, "[$€-407] #,##0", "usd_ppp", None, "other_unit", (45500.0,), "other_unit"),
    (45500, '"$"#,##0', "usd_ppp", 45500.0, None, (), "unit_format"),
    (datetime.datetime(2026, 9, 4), "dd. mmm", "percent", None, "date_for_number", (4.9,), "date"),
    (datetime.datetime(2026, 4, 9), "m/d/yyyy", "percent", None, "date_for_number", (4.9,), "date"),
    (datetime.datetime(1995, 4, 1), "mmm-yy", "percent", None, "date_for_number", (4.95,), "date"),
]


@pytest.mark.parametrize(("cell", "number_format", "unit", "value", "problem", "candidates", "rule"), CELLS)
def test_a_cells_format_is_read_along(
    cell: object,
    number_format: str,
    unit: str,
    value: float | None,
    problem: str | None,
    candidates: tuple[float, ...],
    rule: str,
) -> None:
    parsed = _read(cell, unit, number_format)
    assert (parsed.value, parsed.problem, parsed.candidates, parsed.rule) == (
        value,
        problem,
        candidates,
        rule,
    )


SETTLED = [
    # text, unit, doubt, answer, value, rules
    ("1.234", "usd_ppp", "decimal_mark", ",", 1234.0, "answered_decimal_mark"),
    ("1.234", "usd_ppp", "decimal_mark", ".", 1.234, "answered_decimal_mark"),
    ("1,234", "usd_ppp", "decimal_mark", ",", 1.234, "answered_decimal_mark"),
    ("1,234", "usd_ppp", "file_decimal_mark", ".", 1234.0, "file_decimal_mark"),
    ("12-15 %", "percent", "range", "middle", 13.5, "percent_sign answered_range"),
    ("12-15 %", "percent", "range", "high", 15.0, "percent_sign answered_range"),
    ("<5", "percent", "bound", "bound", 5.0, "answered_bound"),
    ("450 kg", "t_capita", "unit kg", "converted", 0.45, "answered_unit"),
    ("450 kg", "t_capita", "unit kg", "as_it_stands", 450.0, "answered_unit"),
]


@pytest.mark.parametrize(("text", "unit", "doubt", "answer", "value", "rule"), SETTLED)
def test_what_was_answered_for_the_column_is_applied_and_named(
    text: str, unit: str, doubt: str, answer: str, value: float, rule: str
) -> None:
    parsed = parse(text, asked=Asked(unit, (), {doubt: answer}))
    assert (parsed.value, parsed.rule, parsed.confidence, parsed.candidates) == (value, rule, "read", ())


@pytest.mark.parametrize("answer", ["", "both", "middle"])
def test_an_answer_to_another_question_settles_nothing(answer: str) -> None:
    parsed = parse("<5", asked=Asked("percent", (), {"bound": answer, "decimal_mark": ","}))
    assert (parsed.value, parsed.candidates) == (None, (5.0,))


def test_every_rule_has_words_in_every_language() -> None:
    wanted = [f"rule.{id}" for id in rules()] + [
        f"confidence.{one}" for one in ("certain", "read", "doubtful")
    ]
    assert all(list(rule_words(language)) == wanted for language in LANGUAGES)


def test_no_word_means_two_things() -> None:
    for name, keys in (("missing_words", ("word",)), ("unit_words", ("unit", "word"))):
        with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
            rows = [tuple(row[key] for key in keys) for row in csv.DictReader(handle)]
        assert len(rows) == len(set(rows)), name
    assert all(word.rule or word.factor != 1 for word in unit_words().values())


# Whatever a number is, and however it is written, it is never read as another one.

STYLES = [
    ("{}", ","),
    ("{}", " "),
    ("{}", "\u00a0"),
    ("{}", "\u202f"),
    ("{}", "'"),
    ("{} %", ","),
    ("约{}", ","),
    ("{}％", ","),
    ("approx. {}", " "),
    ("{} percent", "'"),
]
FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
ARABIC = str.maketrans("0123456789.,", "٠١٢٣٤٥٦٧٨٩٫٬")


@settings(max_examples=300, deadline=None)
@given(
    st.decimals(-(10**9), 10**9, places=3, allow_nan=False),
    st.integers(0, 3),
    st.sampled_from(STYLES),
    st.sampled_from([None, FULL_WIDTH, ARABIC]),
    st.booleans(),
)
def test_a_number_in_any_common_style_is_itself_or_doubtful(
    number: Decimal, digits: int, style: tuple[str, str], script: dict[int, int] | None, comma: bool
) -> None:
    written = speaker("en").number(float(number), digits)
    value = float(written.replace(",", ""))
    if comma:
        # The decimal comma goes with points, blanks or apostrophes between thousands.
        group = "." if style[1] == "," else style[1]
        written = written.translate({ord(","): group, ord("."): ","})
    else:
        written = written.replace(",", style[1])
    text = style[0].format(
        written.translate(script) if script and not (script is ARABIC and comma) else written
    )
    parsed = _read(text, "percent")
    assert parsed.value == value or (parsed.value is None and value in parsed.candidates), (text, parsed)
