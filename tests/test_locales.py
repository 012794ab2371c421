"""Every sentence is there in every language with the same facts in it, and numbers and dates are written as read."""

from __future__ import annotations

import ast
import csv
import datetime as dt
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from locales import LANGUAGES, match_language, speaker
from locales.speak import HERE, catalogue
from tests.source_code import ROOT, called, files, tree

PO_FILES = sorted((HERE / "zh").glob("*.po"))
WORD_FOLDERS = sorted(
    path.parent
    for room in ("indicators", "sample_data", "reports")
    for path in (ROOT / room).rglob("en")
    if path.is_dir()
)
CJK = re.compile(r"[\u3400-\u9fff]")
# A Chinese sentence has Chinese punctuation.
HALF_WIDTH = re.compile(r"[\u3400-\u9fff][,;:?!]|[,;:?!][\u3400-\u9fff]")
KEYS = {"choices.csv": 2}


@cache
def sentences() -> dict[str, str]:
    """Every English sentence that the product says -> where it is said first."""
    found: dict[str, str] = {}
    for path in files():
        for call, texts in spoken(tree(path)):
            for text in texts:
                found.setdefault(text, f"{path}:{call.lineno}")
    return found


@cache
def plurals() -> dict[str, str]:
    """The English sentence for one thing -> that for many."""
    return {
        texts[0]: texts[1]
        for path in files()
        for call, texts in spoken(tree(path))
        if called(call) == "plural" and len(texts) == 2
    }


def spoken(source: ast.AST) -> Iterator[tuple[ast.Call, tuple[str, ...]]]:
    """Every call of say, plural or mark, with the literal sentences in it."""
    for node in ast.walk(source):
        if isinstance(node, ast.Call) and called(node) in {"say", "plural", "mark"} and node.args:
            yield node, tuple(literals(node.args[: 2 if called(node) == "plural" else 1]))


def literals(arguments: list[ast.expr]) -> Iterator[str]:
    """The literal texts among arguments, both ends of "a if b else c" too."""
    for argument in arguments:
        match argument:
            case ast.Constant(value=str(text)):
                yield text
            case ast.IfExp(body=body, orelse=orelse):
                yield from literals([body, orelse])


def names_in(text: str) -> set[str]:
    """The {names} of a sentence; ValueError where braces do not match."""
    return {
        re.split(r"[.\[]", name)[0] for _, name, _, _ in string.Formatter().parse(text) if name is not None
    }


def is_language(text: str) -> bool:
    """Whether anything is left to translate once names, signs and figures are taken out."""
    return re.search(r"[^\W\d_]", re.sub(r"\{\w*\}", "", text)) is not None


def faults_of(source: ast.AST) -> Iterator[str]:
    """Calls whose sentence cannot be translated, or whose facts are not those that it names."""
    for call, texts in spoken(source):
        first = call.args[0]
        if isinstance(first, ast.JoinedStr | ast.BinOp):
            yield f"{call.lineno}: put together before it is said"
        if called(call) == "mark" and not texts:
            yield f"{call.lineno}: no literal to mark"
        if called(call) == "mark" or any(keyword.arg is None for keyword in call.keywords):
            continue
        given = {str(keyword.arg) for keyword in call.keywords}
        for text in texts[-1:] if called(call) == "plural" else texts:
            named = names_in(text) - ({"count"} if called(call) == "plural" else set())
            if named != given:
                yield f"{call.lineno}: names {sorted(named)}, is given {sorted(given)}"


def test_the_product_says_a_lot() -> None:
    assert len(sentences()) > 150
    assert len(plurals()) >= 3


def test_every_sentence_is_there_in_chinese() -> None:
    missing = {text: where for text, where in sentences().items() if text not in catalogue("zh")}
    # The sentence for many things is the plural form of that for one.
    for many in plurals().values():
        missing.pop(many, None)
    assert missing == {}


def test_every_plural_is_kept_as_one() -> None:
    assert {one for one in plurals() if not isinstance(catalogue("zh").get(one), tuple)} == set()
    kept = {message.id for path in PO_FILES for message in po(path) if isinstance(message.id, tuple)}
    assert kept == set(plurals().items())


@cache
def po(path: Path) -> Catalog:
    """One file of translations."""
    with path.open("rb") as handle:
        return read_po(handle, locale="zh_Hans", abort_invalid=True)


def entries() -> list[tuple[str, str, str]]:
    """File, English sentence and Chinese sentence of every entry."""
    return [
        (path.name, str(message.id[-1] if isinstance(message.id, tuple) else message.id), form)
        for path in PO_FILES
        for message in po(path)
        if message.id
        for form in ([message.string] if isinstance(message.string, str) else list(message.string or ()))
    ]


def test_no_translation_is_left_over() -> None:
    said = set(sentences())
    assert [(name, english) for name, english, _ in entries() if english not in said] == []


def test_no_sentence_is_translated_twice_or_in_doubt() -> None:
    seen: dict[str, str] = {}
    for name, english, _ in entries():
        assert english not in seen, f"{english!r} in {seen[english]} and {name}"
        seen[english] = name
    for path in PO_FILES:
        assert [message.id for message in po(path) if message.fuzzy] == []
        assert list(po(path).obsolete) == []
        assert po(path).num_plurals == 1


def test_facts_are_the_same_in_both_languages() -> None:
    assert [
        (name, english, chinese)
        for name, english, chinese in entries()
        if names_in(english) != names_in(chinese)
    ] == []


def test_chinese_is_chinese() -> None:
    wrong = [
        (name, chinese)
        for name, english, chinese in entries()
        if (is_language(english) and not CJK.search(chinese)) or HALF_WIDTH.search(chinese)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", files(), ids=str)
def test_what_is_said_can_be_translated_and_has_its_facts(path: Path) -> None:
    assert list(faults_of(tree(path))) == []


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("say(f'Level {level}')", ["1: put together before it is said"]),
        ("say('Level ' + level)", ["1: put together before it is said"]),
        ("say('Level {level}')", ["1: names ['level'], is given []"]),
        ("say('Level', level=1)", ["1: names [], is given ['level']"]),
        ("here.speaker.say('a {b}' if c else 'd', b=1)", ["1: names [], is given ['b']"]),
        ("mark(text)", ["1: no literal to mark"]),
        ("plural('{count} of {all}', '{count} of {all}s', 3)", ["1: names ['all'], is given []"]),
        ("say('Level {level}', level=1)\nsay(text)\nmark('{a}')\nsay('{b}', **facts)", []),
        ("plural('{count} city', '{count} cities', 3)", []),
    ],
)
def test_planted_faults_of_saying_are_found(source: str, faults: list[str]) -> None:
    assert list(faults_of(ast.parse(source))) == faults


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def word_files() -> list[tuple[Path, Path]]:
    """Every file of data words in English with the one in Chinese."""
    return [
        (path, path.parents[1] / "zh" / path.name)
        for folder in WORD_FOLDERS
        for path in sorted((folder / "en").glob("*.csv"))
    ]


def test_there_are_words_beside_the_data() -> None:
    assert len(word_files()) >= 12


@pytest.mark.parametrize(
    ("english", "chinese"), word_files(), ids=[str(path.relative_to(ROOT)) for path, _ in word_files()]
)
def test_data_words_have_the_same_lines_and_facts(english: Path, chinese: Path) -> None:
    first, second = table(english), table(chinese)
    assert list(first[0]) == list(second[0])
    keys = list(first[0])[: KEYS.get(english.name, 1)]
    told = set(first[0]) - {*keys, "aliases"}
    ours, theirs = (
        # A line of other spellings alone belongs to its language.
        {tuple(row[key] for key in keys): row for row in rows if any(row[column] for column in told)}
        for rows in (first, second)
    )
    assert sorted(ours) == sorted(theirs)
    for key, row in ours.items():
        for column in told:
            place = f"{chinese.relative_to(ROOT)} {key} {column}"
            assert names_in(row[column]) == names_in(theirs[key][column]), place
            assert bool(row[column].strip()) == bool(theirs[key][column].strip()), place


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_name_only_facts_that_they_have(language: str) -> None:
    facts = {row["kind"]: set(row["facts"].split()) for row in table(ROOT / "indicators" / "findings.csv")}
    everywhere = {"code", "title", "sheet", "cell"}
    for row in table(ROOT / "indicators" / "words" / language / "findings.csv"):
        named = set().union(*(names_in(row[column]) for column in ("title", "sentence", "rule", "advice")))
        assert named <= facts[row["kind"]] | everywhere, row["kind"]
        # Every fact collected is told.
        assert facts[row["kind"]] <= named, row["kind"]


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("en", "en"),
        ("en-GB", "en"),
        ("zh", "zh"),
        ("zh-CN", "zh"),
        ("zh_Hant_TW", "zh"),
        ("ZH-hk", "zh"),
        ("fr-FR", "en"),
        ("zhx", "en"),
        ("-zh", "en"),
        ("*", "en"),
        ("../zh", "en"),
    ],
)
def test_the_language_nearest_to_the_browser(wanted: str | None, language: str) -> None:
    assert match_language(wanted) == language


@pytest.mark.parametrize("unknown", ["", "fr", "ZH", "zh-CN", "../zh"])
def test_there_is_no_speaker_of_another_language(unknown: str) -> None:
    with pytest.raises(KeyError):
        speaker(unknown)


# Both languages group by thousands and write a decimal point.
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (1000, 0, "1,000"),
        (391_000, 0, "391,000"),
        (1_234_567.891, 2, "1,234,567.89"),
        (91.36, 1, "91.4"),
        (3, 2, "3.00"),
        (-1234.56, 1, "-1,234.6"),
        (1e15, 0, "1,000,000,000,000,000"),
    ],
)
def test_numbers(language: str, value: float, digits: int, text: str) -> None:
    assert speaker(language).number(value, digits) == text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("value", "text"), [(4.9, "4.9"), (3, "3"), (1234.56789, "1,234.568"), (0.5, "0.5"), (0.0004, "0")]
)
def test_numbers_with_as_many_decimals_as_they_need(language: str, value: float, text: str) -> None:
    assert speaker(language).number(value, 3, fixed=False) == text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("share", "digits", "text"),
    [
        (0, 0, "0%"),
        (0.29, 0, "29%"),
        (0.4567, 1, "45.7%"),
        (1, 0, "100%"),
        (1 / 12, 1, "8.3%"),
        (12.5, 0, "1,250%"),
    ],
)
def test_percentages(language: str, share: float, digits: int, text: str) -> None:
    assert speaker(language).percent(share, digits) == text


@pytest.mark.parametrize(("language", "text"), [("en", "Jan 5, 2025"), ("zh", "2025年1月5日")])
def test_dates(language: str, text: str) -> None:
    assert speaker(language).date(dt.date(2025, 1, 5)) == text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("at", "text"),
    [
        (dt.datetime(2025, 1, 5, 8, 30, 59, tzinfo=dt.UTC), "2025-01-05 08:30 UTC"),
        (
            dt.datetime(2025, 12, 31, 23, 5, tzinfo=dt.timezone(dt.timedelta(hours=9), "KST")),
            "2025-12-31 23:05 KST",
        ),
        (dt.datetime(2025, 1, 5, 0, 0), "2025-01-05 00:00"),
    ],
)
def test_moments_name_their_zone(language: str, at: dt.datetime, text: str) -> None:
    assert speaker(language).moment(at) == text


@pytest.mark.parametrize(
    ("language", "listing", "series"), [("en", "a, b, c", "a; b; c"), ("zh", "a、b、c", "a；b；c")]
)
def test_lists_have_the_comma_of_the_language(language: str, listing: str, series: str) -> None:
    assert speaker(language).listing(["a", "b", "c"]) == listing
    assert speaker(language).series(("a", "b", "c")) == series
    assert (speaker(language).listing([]), speaker(language).series(["a"])) == ("", "a")


ONE = "{count} answer rests on a personal estimate or an untraceable source."
MANY = "{count} answers rest on a personal estimate or an untraceable source."


@pytest.mark.parametrize(
    ("language", "count", "text"),
    [
        ("en", 1, "1 answer rests on a personal estimate or an untraceable source."),
        ("en", 0, "0 answers rest on a personal estimate or an untraceable source."),
        ("en", 1234, "1,234 answers rest on a personal estimate or an untraceable source."),
        ("zh", 1, "有 1 项填报依据个人估计，或来源不明、无法追溯。"),
        ("zh", 1234, "有 1,234 项填报依据个人估计，或来源不明、无法追溯。"),
    ],
)
def test_plurals(language: str, count: int, text: str) -> None:
    assert speaker(language).plural(ONE, MANY, count) == text


@pytest.mark.parametrize(
    ("language", "text", "facts", "said"),
    [
        ("en", "Level {level}", {"level": "A"}, "Level A"),
        ("zh", "Level {level}", {"level": "A"}, "水平等级 A"),
        ("zh", "Level {level}", {"level": "{secret} %s <b>"}, "水平等级 {secret} %s <b>"),
        ("zh", "Candidates", {}, "候选城市"),
        ("zh", "no such sentence", {}, "no such sentence"),
        ("zh", "no such {thing}", {"thing": 1}, "no such 1"),
    ],
)
def test_saying(language: str, text: str, facts: dict[str, object], said: str) -> None:
    assert speaker(language).say(text, **facts) == said
