"""The declarations as shipped, and folders that must be refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from indicators import key_features
from indicators.declarations import beijing, load_commitments, load_declaration, yeonsu
from indicators.tables import CatalogueError
from scoring.model import Theme

FOLDERS = Path(__file__).parents[2] / "indicators" / "declarations"

# Theme -> (primary, secondary) features, as worked out paragraph by paragraph against the 42 features.
CROSSWALK = {
    "7": ("10.1 10.2", "10.3 11.1"),
    "8": ("1.2 5.3", "5.2 11.1"),
    "9": ("1.4 3.2", "11.1 12.3"),
    "10": ("5.2 9.2", "1.1 5.1 7.2"),
    "11": ("8.1", "2.5 8.4"),
    "12": ("1.1 7.2", "9.2 8.2"),
    "13": ("1.2 8.2", "3.3 12.4"),
    "14": ("4.4 11.1", "7.1 7.2 10.2 3.3"),
    "15": ("4.5 5.2", "1.3 6.1 12.3"),
    "16": ("4.2 4.3", "4.4 7.1 8.3"),
    "17": ("4.1 4.3 5.1", "7.1 8.3"),
    "18": ("5.1 6.1", "2.4 2.5 3.2 7.2"),
    "19": ("11.1 11.2", "12.2"),
    "20": ("3.3 10.2", "1.3 2.1 2.2 3.1 3.2 4.2"),
}
DUTIES = ("21", "22", "23", "24", "25", "28")
SHOWN = ("26", "27")


def theme(code: str) -> Theme:
    return next(theme for theme in yeonsu().themes if theme.code == code)


def codes(role: str) -> tuple[str, ...]:
    return tuple(theme.code for theme in yeonsu().themes if theme.role == role)


def test_yeonsu_has_fourteen_scored_themes_six_duties_and_two_calls() -> None:
    assert codes("scored") == tuple(CROSSWALK)
    assert codes("duty") == DUTIES
    assert codes("shown") == SHOWN
    assert [one.code for one in yeonsu().themes] == [str(paragraph) for paragraph in range(7, 29)]


@pytest.mark.parametrize("code", CROSSWALK)
def test_links_are_those_of_the_crosswalk(code: str) -> None:
    primary, secondary = CROSSWALK[code]
    links = theme(code).links
    assert [link.feature for link in links if link.kind == "primary"] == primary.split()
    assert [link.feature for link in links if link.kind == "secondary"] == secondary.split()
    assert {link.weight for link in links if link.kind == "primary"} == {1.0}
    assert {link.weight for link in links if link.kind == "secondary"} <= {0.5}


def test_every_link_names_a_feature_and_a_reason_in_each_language() -> None:
    features = {node.code for node in key_features().at_level("feature")}
    links = [link for one in yeonsu().themes for link in one.links]
    assert len(links) == 66
    assert {link.feature for link in links} <= features
    assert all(set(link.reason) == {"en", "zh"} and all(link.reason.values()) for link in links)


def test_reasons_are_not_repeated() -> None:
    for language in ("en", "zh"):
        reasons = [link.reason[language] for one in yeonsu().themes for link in one.links]
        assert len(set(reasons)) == len(reasons)


def test_thin_themes_are_health_in_crises_the_new_paradigm_and_health_literacy() -> None:
    assert {one.code for one in yeonsu().themes if one.thin} == {"9", "11", "12"}


@pytest.mark.parametrize("code", [*CROSSWALK, *DUTIES, *SHOWN])
def test_feature_share_by_kind_of_theme(code: str) -> None:
    expected = 0.0 if code not in CROSSWALK else 0.3 if code in ("9", "11", "12") else 0.7
    assert theme(code).feature_share == expected
    assert bool(theme(code).links) == (code in CROSSWALK)


@pytest.mark.parametrize("spelling", ["延寿宣言", "延苏宣言", "Yeonsu Declaration"])
def test_every_spelling_finds_the_declaration(spelling: str) -> None:
    assert spelling in yeonsu().other_names


def test_pages_print_the_right_spelling() -> None:
    assert yeonsu().names["zh"] == "《延寿宣言》"
    assert yeonsu().text_status == "numbering_from_chinese_report"


@pytest.mark.parametrize(
    ("code", "language", "words"),
    [
        ("13", "en", "Citizenship for health"),
        ("13", "zh", "健康公民意识"),
        ("14", "en", "resilience"),
        ("14", "zh", "韧性"),
    ],
)
def test_terms_of_the_field(code: str, language: str, words: str) -> None:
    assert words.lower() in yeonsu().words[language][code].title.lower()


@pytest.mark.parametrize("slip", ["公民健康", "修复力", "延苏", "citizens' health"])
def test_slips_of_the_chinese_report_are_not_carried_over(slip: str) -> None:
    texts = [
        text
        for words in yeonsu().words.values()
        for one in words.values()
        for text in (one.title, one.short, one.definition, one.how, one.example)
    ]
    assert not [text for text in texts if slip in text]


def test_theme_20_names_six_goals() -> None:
    assert theme("20").sdg == ("3", "4", "5", "8", "11", "13")


def test_beijing_has_one_commitment_beside_each_focus_area() -> None:
    areas = [node.code for node in key_features().at_level("focus_area")]
    assert [one.code for one in beijing().commitments] == areas
    assert [beijing().for_area(area).focus_area for area in areas] == areas


@pytest.mark.parametrize(
    ("area", "sub_actions"),
    [
        ("2", ["poverty"]),
        ("4", ["diversity"]),
        ("5", ["consultation"]),
        ("7", ["e_learning"]),
        ("8", ["special_needs"]),
        ("9", ["places_of_learning"]),
        ("11", ["partnerships"]),
        ("12", ["exchange"]),
    ],
)
def test_sub_actions_that_the_features_lack(area: str, sub_actions: list[str]) -> None:
    found = beijing().for_area(area).sub_actions
    assert [one.id for one in found] == sub_actions
    assert {one.confidence for one in found} == {"unconfirmed"}


def test_exchange_between_cities_is_no_feature() -> None:
    exchange = beijing().for_area("12").sub_actions[0]
    assert (exchange.number, exchange.theme) == ("12.5", "yeonsu_2021:25")
    assert "12.5" not in key_features().by_code
    assert "not a confirmed feature" in exchange.words["en"].definition
    assert "并非已确认的特征" in exchange.words["zh"].definition


def test_sub_actions_point_to_themes_that_exist() -> None:
    themes = {f"{yeonsu().id}:{one.code}" for one in yeonsu().themes}
    named = {one.theme for commitment in beijing().commitments for one in commitment.sub_actions if one.theme}
    assert named == {"yeonsu_2021:8", "yeonsu_2021:15", "yeonsu_2021:25"}
    assert named <= themes


# (file, what to replace, by what, file in the message, its line, what the reason says)
BROKEN_DECLARATIONS = [
    ("links.csv", "7,10.1,", "7,10.9,", "links.csv", 2, 'no feature "10.9"'),
    ("links.csv", "7,10.1,", "7,10,", "links.csv", 2, 'no feature "10"'),
    ("links.csv", "7,10.1,", "7,10.1.1,", "links.csv", 2, 'no feature "10.1.1"'),
    ("links.csv", "7,10.1,", "77,10.1,", "links.csv", 2, 'no theme "77"'),
    ("links.csv", "7,10.2,", "7,10.1,", "links.csv", 3, 'links to feature "10.1" twice'),
    ("links.csv", "7,10.1,", "21,10.1,", "links.csv", 2, "is not scored"),
    ("links.csv", "7,10.1,primary", "7,10.1,strong", "links.csv", 2, 'kind is "strong"'),
    (
        "links.csv",
        "政治领导力直接体现把学习与健康放在议程核心的意愿。",
        "",
        "links.csv",
        2,
        "reason_zh is empty",
    ),
    ("links.csv", "reason_zh", "reason_fr", "links.csv", 1, 'column "reason_zh" is missing'),
    ("themes.csv", "7,scored,no", "7,voted,no", "themes.csv", 2, 'role is "voted"'),
    ("themes.csv", "7,scored,no", "7,scored,maybe", "themes.csv", 2, 'thin is "maybe"'),
    ("themes.csv", "21,duty,no", "21,duty,yes", "themes.csv", 16, "only a scored theme can be thin"),
    ("themes.csv", "8,scored,no", "7,scored,no", "themes.csv", 3, 'code "7" stands twice'),
    ("themes.csv", "7,scored,no,3 4", "7,scored,no,18 4", "themes.csv", 2, 'holds "18"'),
    ("themes.csv", "26,shown,no", "26,scored,no", "themes.csv", 21, "has no line in links.csv"),
    ("words/zh/themes.csv", "7,学习", "70,学习", "words/zh/themes.csv", 2, 'code "70" is not in themes.csv'),
    (
        "words/zh/themes.csv",
        "\n28,与网络战略一致,网络战略",
        "\n28,,网络战略",
        "words/zh/themes.csv",
        23,
        "title is empty",
    ),
    (
        "declaration.toml",
        "thin_feature_share = 0.3",
        "thin_feature_share = 3",
        "declaration.toml",
        25,
        "0 to 1",
    ),
    ("declaration.toml", "primary = 1", "primary = 0", "declaration.toml", 20, "primary is 0"),
    ("declaration.toml", '"key_features_2013"', '"hdi"', "declaration.toml", 5, 'not "key_features_2013"'),
    (
        "declaration.toml",
        '["en", "zh"]',
        '["en"]',
        "declaration.toml",
        6,
        '"zh" of key_features_2013 is missing',
    ),
    ("declaration.toml", "[shares]", "[parts]", "declaration.toml", 18, '"parts" is unknown'),
    ("declaration.toml", 'zh = "《延寿宣言》"', "", "declaration.toml", 13, '"zh" is missing in [names]'),
]
BROKEN_COMMITMENTS = [
    ("commitments.csv", "3,3", "3,33", "commitments.csv", 4, 'no focus area "33"'),
    ("commitments.csv", "3,3", "3,2", "commitments.csv", 4, 'focus_area "2" stands twice'),
    ("commitments.csv", "12,12\n", "", "commitments.csv", 0, 'focus area "12"'),
    ("sub_actions.csv", "poverty,2,", "poverty,20,", "sub_actions.csv", 2, 'no commitment "20"'),
    ("sub_actions.csv", ",2.1,", ",2.9,", "sub_actions.csv", 2, 'no feature "2.9"'),
    ("sub_actions.csv", "2.1,,unconfirmed", "2.1,,likely", "sub_actions.csv", 2, 'confidence is "likely"'),
    ("words/en/sub_actions.csv", "poverty,", "riches,", "words/en/sub_actions.csv", 2, '"riches" is not in'),
    (
        "words/zh/commitments.csv",
        "\n12,资源调动与利用,",
        "\n12,,",
        "words/zh/commitments.csv",
        13,
        "title is empty",
    ),
    ("declaration.toml", "[names]", "[shares]\n[names]", "declaration.toml", 12, '"shares" is unknown'),
]


def broken(folder: Path, into: Path, file: str, old: str, new: str) -> Path:
    """A copy of a shipped folder with one text in one file replaced once."""
    copy = into / folder.name
    shutil.copytree(folder, copy)
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


@pytest.mark.parametrize(("file", "old", "new", "where", "line", "reason"), BROKEN_DECLARATIONS)
def test_a_wrong_declaration_is_refused(
    tmp_path: Path, file: str, old: str, new: str, where: str, line: int, reason: str
) -> None:
    folder = broken(FOLDERS / "yeonsu_2021", tmp_path, file, old, new)
    with pytest.raises(CatalogueError) as caught:
        load_declaration(folder, key_features())
    assert (caught.value.file, caught.value.line) == (f"yeonsu_2021/{where}", line)
    assert reason in caught.value.reason


@pytest.mark.parametrize(("file", "old", "new", "where", "line", "reason"), BROKEN_COMMITMENTS)
def test_wrong_commitments_are_refused(
    tmp_path: Path, file: str, old: str, new: str, where: str, line: int, reason: str
) -> None:
    folder = broken(FOLDERS / "beijing_2013", tmp_path, file, old, new)
    with pytest.raises(CatalogueError) as caught:
        load_commitments(folder, key_features())
    assert (caught.value.file, caught.value.line) == (f"beijing_2013/{where}", line)
    assert reason in caught.value.reason


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    copy = tmp_path / "yeonsu_2021"
    shutil.copytree(FOLDERS / "yeonsu_2021", copy)
    (copy / "words" / "zh" / "themes.csv").unlink()
    with pytest.raises(CatalogueError) as caught:
        load_declaration(copy, key_features())
    assert str(caught.value) == "yeonsu_2021/words/zh/themes.csv: the file is missing"
