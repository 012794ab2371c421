"""The rules of membership stand as their sources have them, and a wrong folder is refused by file, line and reason."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from indicators.membership import MEMBERSHIP, load_membership, membership
from indicators.membership_rules import Call, Deadline
from indicators.tables import CatalogueError
from tests.indicators.damage import Damage, add, cell, column, content, delete, drop, text, together

TOML, RULES, SETS, FACTS = "membership.toml", "rules.csv", "sets.csv", "facts.csv"
CALLS, DEADLINES, PAPERS, SOURCES = "calls.csv", "deadlines.csv", "papers.csv", "sources.csv"
STEPS, CAVEATS, THINGS, CHOICES = (
    f"words/zh/{name}.csv" for name in ("steps", "caveats", "things", "choices")
)


def day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MEMBERSHIP, tmp_path / "membership"))


def in_force(on: str) -> list[str]:
    return [one.id for one in membership().rules if one.holds(day(on))]


ALWAYS = [
    "unit",
    "inhabitants",
    "governing_body",
    "member_state",
    "documents",
    "signature_seal",
    "endorsement",
]


@pytest.mark.parametrize(
    ("on", "rules"),
    [
        ("2015-09-27", []),
        # The concept note, before the regulations of October 2018.
        ("2018-09-30", [*ALWAYS, "copy", "commission_decides", "open_any_time", "represented", "fee"]),
        (
            "2018-10-01",
            [*ALWAYS, "copy", "places", "window_yearly", "report", "network_reviews", "represented", "fee"],
        ),
        (
            "2021-09-01",
            [*ALWAYS, "copy", "places", "window_call", "report", "network_reviews", "represented", "fee"],
        ),
        (
            "2022-09-02",
            [*ALWAYS, "copy", "places", "window_call", "report", "expert_jury", "represented", "fee"],
        ),
        (
            "2026-11-22",
            [*ALWAYS, "copy", "places", "window_call", "report", "expert_jury", "represented", "fee"],
        ),
    ],
)
def test_the_rules_in_force_on_a_day(on: str, rules: list[str]) -> None:
    assert in_force(on) == rules


def test_open_to_all_by_the_commission_alone_is_never_shown_as_current() -> None:
    rules = membership()
    for id, followers in (
        ("commission_decides", ("network_reviews",)),
        ("open_any_time", ("places", "window_yearly")),
    ):
        assert rules.rule(id).until == day("2018-10-01")
        assert rules.rule(id).replaced_by == followers
        assert not any(rules.rule(id).holds(one.since) for one in rules.sets[1:])


def test_the_figures_of_the_sources() -> None:
    rules = membership()
    assert rules.rule("inhabitants").threshold == 10_000  # concept note; Korean commission 2015
    assert rules.rule("places").threshold == 3  # regulations of 2018: three new cities per country per year
    assert rules.rule("window_yearly").meets == ("3", "4")  # the same: between March and April every year
    assert rules.rule("report").threshold == 2  # the same: a biennial progress report
    assert rules.calls == (
        Call(day("2021-09-01"), day("2022-02-28"), "call_2022"),
        Call(day("2023-04-01"), day("2023-05-31"), "call_2023"),
        Call(day("2025-05-15"), day("2025-06-15"), "call_2025"),
    )
    assert rules.deadlines == (
        Deadline(2015, 2019, day("2021-09-30"), day("2021-12-31"), "report_2021"),
        Deadline(2020, 2020, None, day("2022-12-02"), "report_2022"),
    )
    assert rules.sets[1].since == day("2018-10-01")


def test_every_rule_has_a_source_with_an_address_and_says_what_is_not_confirmed() -> None:
    rules = membership()
    for one in rules.rules:
        assert one.sources
        for language in rules.languages:
            words = one.words[language]
            assert bool(words.caveat) == (one.confirmed != "yes"), one.id
    used = {source for one in rules.rules for source in one.sources}
    used |= {one.source for one in (*rules.sets, *rules.calls, *rules.deadlines, *rules.papers)}
    assert used == set(rules.sources)


def test_what_the_profile_asks_already_is_not_asked_again() -> None:
    facts = membership().facts
    assert {id for id, one in facts.items() if one.origin == "profile"} == {
        "country",
        "population",
        "population_year",
        "governing_body",
        "adopted_beijing_declaration",
        "adopted_key_features",
        "member_since",
    }
    assert facts["governing_body"].choice_names["zh"]["elected_council"] == "民选议会"
    assert facts["unit_kind"].choices == (
        "city",
        "town",
        "village",
        "district",
        "county",
        "community",
        "several",
        "part",
    )


BROKEN: dict[str, tuple[Damage, str, int, str]] = {
    "no settings": (delete(TOML), TOML, 0, "the file is missing"),
    "no rules": (delete(RULES), RULES, 0, "the file is missing"),
    "no words": (delete(STEPS), STEPS, 0, "the file is missing"),
    "not a month": (
        text(TOML, '"2026-11"', '"November"'),
        TOML,
        5,
        'looked is "November" and must be a month such as 2026-11',
    ),
    "unknown setting": (
        text(TOML, "looked =", 'other = "x"\nlooked ='),
        TOML,
        5,
        'the key "other" is unknown here; the keys are "languages", "looked"',
    ),
    "not UTF-8": (
        content(SETS, b"id,\xff\n"),
        SETS,
        1,
        "the file is not UTF-8 (byte 3); save it in UTF-8",
    ),
    "unknown column": (column(RULES, "until", "til"), RULES, 1, 'the column "until" is missing'),
    "no set": (
        content(SETS, b"id,since,source\n"),
        "words/en/sets.csv",
        2,
        'id "2015" is not in sets.csv',
    ),
    "sets out of order": (
        cell(SETS, "2018", since="2015-09-01"),
        SETS,
        3,
        "since is 2015-09-01, which is not after the set before it (2015-09-28)",
    ),
    "not a day": (
        cell(SETS, "2018", since="1.10.2018"),
        SETS,
        3,
        'since is "1.10.2018", which is no day; write it as in 2018-10-01',
    ),
    "a day that is none": (
        cell(SETS, "2018", since="2018-13-01"),
        SETS,
        3,
        'since is "2018-13-01", which is no day; write it as in 2018-10-01',
    ),
    "a week": (
        cell(SETS, "2018", since="2018-W40-1"),
        SETS,
        3,
        'since is "2018-W40-1", which is no day; write it as in 2018-10-01',
    ),
    "no set on that day": (
        cell(RULES, "places", since="2019-01-01"),
        RULES,
        10,
        "since is 2019-01-01, which is the first day of no set in sets.csv",
    ),
    "ends before it begins": (
        cell(RULES, "network_reviews", until="2015-09-28"),
        RULES,
        15,
        "until is 2015-09-28, which is not after since (2018-10-01)",
    ),
    "superseded by nothing": (
        cell(RULES, "open_any_time", replaced_by=""),
        RULES,
        17,
        "until and replaced_by go together: give both or neither",
    ),
    "replaced and still in force": (
        cell(RULES, "open_any_time", until=""),
        RULES,
        17,
        "until and replaced_by go together: give both or neither",
    ),
    "replaced by what is not there": (
        cell(RULES, "open_any_time", replaced_by="quota"),
        RULES,
        17,
        'replaced_by names "quota", which is no rule',
    ),
    "replaced by what begins on another day": (
        cell(RULES, "open_any_time", replaced_by="expert_jury"),
        RULES,
        17,
        'replaced_by names "expert_jury", which does not begin on 2018-10-01',
    ),
    "twice": (
        add(
            RULES, *("unit", "2015-09-28", "", "", "knowing", "everyone", "told", "", "", "", "", "x", "yes")
        ),
        RULES,
        20,
        'id "unit" stands twice; first on line 2',
    ),
    "unknown test": (
        cell(RULES, "fee", test="free"),
        RULES,
        19,
        'test is "free" and must be one of "at_least", "one_of", "all_yes", "places", "months", "calls", '
        '"reports", "told"',
    ),
    "unknown confirmation": (
        cell(RULES, "fee", confirmed="maybe"),
        RULES,
        19,
        'confirmed is "maybe" and must be one of "yes", "partly", "no"',
    ),
    "no source": (cell(RULES, "fee", sources=""), RULES, 19, "sources is empty"),
    "unknown source": (
        cell(RULES, "fee", sources="concept_note hearsay"),
        RULES,
        19,
        'sources names "hearsay", which is not in sources.csv',
    ),
    "unknown fact": (
        cell(RULES, "copy", facts="posted"),
        RULES,
        9,
        'facts names "posted", which is not in facts.csv',
    ),
    "too few facts": (
        cell(RULES, "inhabitants", facts="population"),
        RULES,
        3,
        'facts names 1, and the test "at_least" looks at 2',
    ),
    "too many facts": (
        cell(RULES, "unit", facts="unit_kind country population"),
        RULES,
        2,
        'facts names 3, and the test "one_of" looks at 1 to 2',
    ),
    "no fact": (
        cell(RULES, "copy", facts=""),
        RULES,
        9,
        'facts names 0, and the test "all_yes" looks at 1 to any number',
    ),
    "no threshold": (cell(RULES, "inhabitants", threshold=""), RULES, 3, "threshold is empty"),
    "no number": (
        cell(RULES, "inhabitants", threshold="10 000"),
        RULES,
        3,
        'threshold is "10 000", which is not a number; write it as in 4.5',
    ),
    "nothing to reach": (
        cell(RULES, "places", threshold="0"),
        RULES,
        10,
        'threshold is "0" and must be above 0',
    ),
    "a threshold of nothing": (
        cell(RULES, "copy", threshold="3"),
        RULES,
        9,
        'threshold must be empty for the test "all_yes"',
    ),
    "nothing meets it": (cell(RULES, "unit", meets=""), RULES, 2, "meets is empty"),
    "no such choice": (
        cell(RULES, "unit", meets="city hamlet"),
        RULES,
        2,
        'meets names "hamlet", which is no choice here',
    ),
    "no such month": (
        cell(RULES, "window_yearly", meets="3 13"),
        RULES,
        11,
        'meets names "13", which is no choice here',
    ),
    "met and to be asked": (
        cell(RULES, "unit", to_ask="town"),
        RULES,
        2,
        '"town" stands in meets and in to_ask',
    ),
    "a rule without words": (
        drop("words/zh/rules.csv", "fee"),
        "words/zh/rules.csv",
        0,
        'there is no line for id "fee"',
    ),
    "no caveat": (drop(CAVEATS, "fee"), CAVEATS, 0, 'there is no line for id "fee"'),
    "a caveat too many": (
        add(CAVEATS, "copy", "某事"),
        CAVEATS,
        12,
        'id "copy" is not in caveats.csv',
    ),
    "no advice": (
        drop(STEPS, "inhabitants.below"),
        STEPS,
        0,
        'there is no line for id "inhabitants.below"',
    ),
    "advice for nothing": (
        add(STEPS, "member_state.ask", "请询问。"),
        STEPS,
        30,
        'id "member_state.ask" is not in steps.csv',
    ),
    "advice that names what is not known": (
        cell(STEPS, "copy.missing", text="请于 {day} 前抄送。"),
        STEPS,
        18,
        "text names {day}, which is not known here",
    ),
    "braces that do not match": (
        cell(STEPS, "copy.missing", text="请抄送 {missing。"),
        STEPS,
        18,
        "text has braces that do not match (expected '}' before end of string)",
    ),
    "nothing is called missing": (
        drop(THINGS, "mayor_seal"),
        THINGS,
        0,
        'there is no line for id "mayor_seal"',
    ),
    "no entry of the profile": (
        cell(FACTS, "population", id="people"),
        FACTS,
        3,
        '"people" is no entry of the profile',
    ),
    "the profile says it": (
        cell(FACTS, "population", kind="whole"),
        FACTS,
        3,
        "kind must be empty: the profile says it",
    ),
    "no such list": (
        cell(FACTS, "copy_sent", choices="posts"),
        FACTS,
        14,
        'choices is "posts" and must be one of "adoption", "yes_no", "unit_kind"',
    ),
    "bounds of a choice": (
        cell(FACTS, "copy_sent", low="1"),
        FACTS,
        14,
        "low must be empty for a fact of kind choice",
    ),
    "bounds in disorder": (
        cell(FACTS, "new_cities", high="-1"),
        FACTS,
        15,
        "high is -1, which is below low (0)",
    ),
    "other choices in Chinese": (
        text(CHOICES, "unit_kind,part,没有独立行政机构的片区\n", ""),
        CHOICES,
        0,
        'list "unit_kind" has other choices than in "en"',
    ),
    "a list of the workbook's": (
        add(CHOICES, "yes_no", "perhaps", "也许"),
        CHOICES,
        10,
        'list "yes_no" is one of the workbook\'s',
    ),
    "closes before it opens": (
        cell(CALLS, "2023-04-01", closes="2023-03-31"),
        CALLS,
        3,
        "closes is 2023-03-31, which is before opens (2023-04-01)",
    ),
    "calls at once": (
        cell(CALLS, "2023-04-01", opens="2022-02-28"),
        CALLS,
        3,
        "opens is 2022-02-28, while the call before it is open until 2022-02-28",
    ),
    "years in disorder": (
        cell(DEADLINES, "2015", joined_to="2014"),
        DEADLINES,
        2,
        "joined_to is 2014, which is before joined_from (2015)",
    ),
    "covers what is to come": (
        cell(DEADLINES, "2015", covers_to="2022-01-01"),
        DEADLINES,
        2,
        "covers_to is 2022-01-01, which is after due (2021-12-31)",
    ),
    "deadlines out of order": (
        cell(DEADLINES, "2020", due="2021-12-31"),
        DEADLINES,
        3,
        "due is 2021-12-31, which is not after the line before it (2021-12-31)",
    ),
    "a paper of no rule": (
        cell(PAPERS, "copy", rule="post"),
        PAPERS,
        8,
        'rule is "post", which is not in rules.csv',
    ),
    "no address": (
        cell(SOURCES, "call_2023", url="ftp://example.org"),
        SOURCES,
        7,
        'url is "ftp://example.org" and must start with https:// or http://',
    ),
    "the first fault is told": (
        together(cell(RULES, "fee", sources=""), delete(CALLS)),
        RULES,
        19,
        "sources is empty",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_wrong_folder_is_refused_by_file_line_and_reason(case: str, folder: Path) -> None:
    damage, file, number, reason = BROKEN[case]
    damage(folder)
    with pytest.raises(CatalogueError) as caught:
        load_membership(folder)
    assert (caught.value.file, caught.value.line, caught.value.reason) == (
        f"membership/{file}",
        number,
        reason,
    )
