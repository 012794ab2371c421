"""The Key Features as data: what stands in their folder holds together and says what it is."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from indicators import key_features
from scoring.model import Node

FRAMEWORK = key_features()
MEASURED = {node.code: node.measurement for node in FRAMEWORK.measurements if node.measurement}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Latin letters that Chinese sentences need: units, names and abbreviations.
ALLOWED_LATIN = re.compile(r"PPP")
AREA_FEATURES = {
    "1": 4, "2": 5, "3": 3, "4": 5, "5": 3, "6": 4, "7": 2, "8": 4, "9": 3, "10": 3, "11": 2, "12": 4,
}  # fmt: skip


def nominal(node: Node) -> float:
    """The share of the whole that a node weighs before anything leaves the basket."""
    if not node.parent:
        return 1.0
    siblings = sum(FRAMEWORK.by_code[code].weight for code in FRAMEWORK.children[node.parent])
    return nominal(FRAMEWORK.by_code[node.parent]) * node.weight / siblings


def test_shape_is_3_groups_12_areas_42_features() -> None:
    assert Counter(node.level for node in FRAMEWORK.nodes) == {
        "city": 1,
        "group": 3,
        "focus_area": 12,
        "feature": 42,
        "measurement": 60,
    }
    assert [(node.code, node.weight) for node in FRAMEWORK.at_level("group")] == [
        ("G1", 3),
        ("G2", 6),
        ("G3", 3),
    ]
    assert [node.code for node in FRAMEWORK.at_level("focus_area")] == [str(n) for n in range(1, 13)]
    assert {area: len(FRAMEWORK.children[area]) for area in AREA_FEATURES} == AREA_FEATURES


def test_every_focus_area_weighs_a_twelfth() -> None:
    assert [nominal(node) for node in FRAMEWORK.at_level("focus_area")] == pytest.approx([1 / 12] * 12)


def test_codes_say_where_a_node_belongs() -> None:
    below = [node for node in FRAMEWORK.nodes if node.level in ("feature", "measurement")]
    assert [node.parent for node in below] == [node.code.rpartition(".")[0] for node in below]


def test_exchange_between_cities_is_no_feature() -> None:
    assert [code for code in FRAMEWORK.by_code if code.startswith("12.5")] == []


@pytest.mark.parametrize(
    ("role", "codes"),
    [("doubtful", ["7.2.3", "9.2.2", "11.2.2"]), ("shown", ["1.4.1", "12.1.2"])],
)
def test_what_is_never_scored(role: str, codes: list[str]) -> None:
    assert [code for code, asked in MEASURED.items() if asked.role == role] == codes


def test_baskets_follow_the_way_of_measuring() -> None:
    assert {(asked.method, asked.basket) for asked in MEASURED.values()} == {
        ("official", "core"),
        ("expert", "core"),
        ("survey", "full"),
    }
    assert Counter(asked.basket for asked in MEASURED.values()) == {"core": 39, "full": 21}


def test_expert_review_is_the_ladder() -> None:
    experts = {code: asked for code, asked in MEASURED.items() if asked.method == "expert"}
    assert {asked.unit for asked in experts.values()} == {"level"}
    assert {code for code, asked in experts.items() if asked.scale != "ladder"} == {"11.2.2"}
    assert len(experts) == 17


@pytest.mark.parametrize(
    ("code", "unit", "scale", "direction", "lower", "upper"),
    [
        ("1.1.1", "percent", "linear", 1, 45, 100),
        ("1.3.1", "percent", "linear", 1, 0, 50),
        ("2.1.1", "usd_ppp", "log", 1, 100, 75000),
        ("2.1.2", "percent", "linear", -1, 0, 70),
        ("2.2.1", "percent", "linear", -1, 3, 25),
        ("2.3.1", "percent", "linear", 1, 0, 20),
        ("3.1.1", "t_capita", "linear", -1, 2.9, 20),
        ("3.1.2", "kg_capita", "linear", -1, 220, 1350),
        ("4.1.1", "percent", "linear", 1, 35, 96),
        ("4.2.1", "years", "linear", 1, 0, 15),
        ("4.2.2", "percent", "linear", 1, 0, 45),
        ("6.1.2", "percent", "linear", 1, 0, 60),
        ("6.2.1", "percent", "linear", 1, 0, 50),
        ("6.4.1", "percent", "linear", -1, 9, 35),
        ("8.3.1", "pupils_teacher", "linear", -1, 15, 40),
        ("9.1.1", "level", "ladder", 1, 0, 5),
        ("12.1.1", "percent", "linear", 1, 0, 20),
        ("12.3.1", "level", "ladder", 1, 0, 5),
        ("12.4.1", "percent", "linear", 1, 0, 15),
    ],
)
def test_goalposts(code: str, unit: str, scale: str, direction: int, lower: float, upper: float) -> None:
    asked = MEASURED[code]
    assert (asked.unit, asked.scale, asked.direction, asked.lower, asked.upper) == (
        unit,
        scale,
        direction,
        lower,
        upper,
    )


def test_every_goalpost_has_kind_and_source() -> None:
    scored = [asked for asked in MEASURED.values() if asked.scored]
    assert len(scored) == 55
    assert [asked for asked in scored if not (asked.goalpost_kind and asked.floor_kind)] == []
    assert [asked for asked in scored if not asked.goalpost_source] == []


def test_goalposts_lie_among_plausible_values() -> None:
    outside = [
        code
        for code, asked in MEASURED.items()
        if asked.lower is not None
        and asked.upper is not None
        and not asked.plausible_low <= asked.lower < asked.upper <= asked.plausible_high
    ]
    assert outside == []


def test_a_goalpost_of_the_tool_alone_claims_no_authority() -> None:
    own = {code: asked for code, asked in MEASURED.items() if asked.goalpost_source == ("tool",)}
    assert {asked.goalpost_scope for asked in own.values()} == {"none"}
    assert {asked.goalpost_kind for asked in own.values()} <= {"convention", "statistical"}
    assert not any(asked.goalpost_verified for asked in own.values())


def test_an_unconfirmed_bound_is_never_called_verified() -> None:
    alone = [
        code
        for code, asked in MEASURED.items()
        if asked.goalpost_verified
        and all("nconfirmed" in FRAMEWORK.sources[source].note for source in asked.goalpost_source)
    ]
    assert alone == []


def test_wording_is_unverified_and_says_so() -> None:
    assert FRAMEWORK.text_status == "reconstructed"
    assert [node.code for node in FRAMEWORK.nodes if node.wording_verified] == []


def test_every_source_but_the_evidence_grades_is_used() -> None:
    used = {source for asked in MEASURED.values() for source in asked.goalpost_source}
    assert set(FRAMEWORK.sources) - used == {"u4ssc"}


@pytest.mark.parametrize("language", FRAMEWORK.languages)
def test_words_exist_for_every_node(language: str) -> None:
    words = FRAMEWORK.words[language]
    assert list(words) == [node.code for node in FRAMEWORK.nodes]
    assert [code for code, said in words.items() if not (said.title and said.short and said.definition)] == []
    assert [code for code in MEASURED if not (words[code].how and words[code].example)] == []


@pytest.mark.parametrize(("language", "longest"), [("en", 22), ("zh", 9)])
def test_labels_fit_on_charts(language: str, longest: int) -> None:
    labels = {code: said.short for code, said in FRAMEWORK.words[language].items()}
    assert {code: label for code, label in labels.items() if len(label) > longest} == {}


@pytest.mark.parametrize("language", FRAMEWORK.languages)
def test_no_two_measurements_are_told_alike(language: str) -> None:
    words = FRAMEWORK.words[language]
    for part in ("title", "short", "definition", "example"):
        told = Counter(getattr(words[code], part) for code in MEASURED)
        assert [text for text, times in told.items() if times > 1] == []


@pytest.mark.parametrize("language", FRAMEWORK.languages)
def test_no_two_nodes_of_a_level_share_a_label(language: str) -> None:
    words = FRAMEWORK.words[language]
    told = Counter((node.level, words[node.code].short) for node in FRAMEWORK.nodes)
    assert [label for label, times in told.items() if times > 1] == []


def sentences(language: str) -> dict[str, str]:
    """Everything a reader is told in one language, by a name for the place."""
    words = FRAMEWORK.words[language]
    told = {
        f"{code} {part}": getattr(said, part)
        for code, said in words.items()
        for part in ("title", "short", "definition", "how", "example")
    }
    told |= {f"level {step.level} title": step.title for step in FRAMEWORK.ladder[language]}
    told |= {f"level {step.level}": step.description for step in FRAMEWORK.ladder[language]}
    told |= FRAMEWORK.terms[language]
    told |= {f"source {key}": source.note for key, source in FRAMEWORK.sources_in[language].items()}
    return {place: text for place, text in told.items() if text}


def test_chinese_is_chinese() -> None:
    assert {place: text for place, text in sentences("zh").items() if not CHINESE.search(text)} == {}


def test_chinese_needs_no_english_words() -> None:
    told = {place: ALLOWED_LATIN.sub("", text) for place, text in sentences("zh").items()}
    told = {place: text for place, text in told.items() if not place.startswith("source ")}
    assert {place: text for place, text in told.items() if re.search(r"[A-Za-z]{2,}", text)} == {}


def test_chinese_uses_full_width_punctuation() -> None:
    narrow = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]")
    assert {place: text for place, text in sentences("zh").items() if narrow.search(text)} == {}


def test_english_is_english() -> None:
    assert {place: text for place, text in sentences("en").items() if CHINESE.search(text)} == {}


@pytest.mark.parametrize("language", FRAMEWORK.languages)
def test_ladder_describes_six_levels(language: str) -> None:
    assert [step.level for step in FRAMEWORK.ladder[language]] == [0, 1, 2, 3, 4, 5]
    assert len({step.description for step in FRAMEWORK.ladder[language]}) == 6


def test_languages_name_the_same_things() -> None:
    assert set(FRAMEWORK.terms["en"]) == set(FRAMEWORK.terms["zh"])
    assert set(FRAMEWORK.units["en"]) == set(FRAMEWORK.units["zh"])
    assert set(FRAMEWORK.sources_in["en"]) == set(FRAMEWORK.sources_in["zh"])


@pytest.mark.parametrize(
    ("code", "english", "chinese"),
    [
        ("2.1.1", "purchasing power parity", "购买力平价"),
        ("2.1.2", "record which one", "注明是哪一条"),
        ("2.3.1", "share of all jobs", "占本市全部就业岗位的比例"),
        ("3.1.2", "kilograms", "千克"),
        ("4.1.1", "from age 3 to the start of primary school", "从 3 岁到小学入学年龄"),
        ("4.2.2", "aged 25 to 34", "25–34 岁"),
        ("6.1.2", "plain share", "直接填写该比例"),
        ("6.2.1", "as a share of all", "占受访单位总数的比例"),
        ("9.1.1", "number of events is not asked", "不问活动数量"),
        ("12.4.1", "as a share of all", "占受访者总数的比例"),
    ],
)
def test_open_definitions_are_decided(code: str, english: str, chinese: str) -> None:
    assert english in FRAMEWORK.words["en"][code].definition
    assert chinese in FRAMEWORK.words["zh"][code].definition


@pytest.mark.parametrize(
    ("language", "shown", "doubtful"),
    [("en", "without a score", "not scored"), ("zh", "不计分", "因此不计分")],
)
def test_unscored_measurements_say_so(language: str, shown: str, doubtful: str) -> None:
    phrases = {"shown": shown, "doubtful": doubtful}
    words = FRAMEWORK.words[language]
    assert [
        code
        for code, asked in MEASURED.items()
        if asked.role in phrases and phrases[asked.role] not in words[code].definition
    ] == []
