"""Towns and days against the rules of membership: what is met, what is missing, by when, in the right words; and who
may see and say what is kept of it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from actions import house
from actions.access import COMPUTER, NotAllowedError, NotKeptError
from actions.membership import (
    Question,
    asked_quick,
    check_membership,
    choose_fact,
    membership_cities,
    say_fact,
)
from actions.membership_check import Value, evaluate, next_report
from actions.membership_days import day_of, rule_days
from actions.membership_facts import quick_start
from actions.membership_file import membership_file
from actions.membership_summary import summary
from actions.membership_words import papers, shown_rows, superseded
from actions.record import say
from actions.rooms import begin_assessment, new_room_city
from actions.samples import open_sample
from actions.sign_in import actor
from indicators.membership import membership
from store.engine import Store
from store.membership import said_by, versions_said
from store.people import city
from tests.actions.people_at_hand import come_in, make_city, somebody
from tests.two_cities import UNKNOWN

EN, ZH = "en", "zh"


def day(written: str) -> dt.date:
    return dt.date.fromisoformat(written)


NOW = day("2026-11-22")
RIVERTON: Mapping[str, Value] = {
    "population": 48_200,
    "population_year": 2025,
    "unit_kind": "town",
    "governing_body": "elected_council",
    "member_state": "yes",
    "adopted_beijing_declaration": "yes",
    "adopted_key_features": "yes",
    "mayor_signature": "yes",
    "mayor_seal": "yes",
    "commission_endorsement": "yes",
    "copy_sent": "yes",
    "new_cities": 2,
}
MEMBER: Mapping[str, Value] = {**RIVERTON, "member_since": 2019}


def without(*names: str) -> dict[str, Value]:
    return {name: value for name, value in RIVERTON.items() if name not in names}


def told(facts: Mapping[str, Value], on: dt.date) -> dict[str, str]:
    """Rule -> its state and case, as "not_met below"; what is good to know or not in force is left out."""
    check = evaluate(membership(), on, facts)
    return {
        one.rule.id: f"{one.state} {one.case}".strip()
        for one in check.outcomes
        if one.rule.holds(on) and one.rule.about != "knowing"
    }


ALL_MET = {
    "unit": "met",
    "inhabitants": "met",
    "governing_body": "met",
    "member_state": "met",
    "documents": "met",
    "signature_seal": "met",
    "endorsement": "met",
    "copy": "met",
}
SINCE_2021 = {**ALL_MET, "places": "met", "window_call": "unknown unknown", "report": "not_asked for_members"}
OF_A_MEMBER = {
    **SINCE_2021,
    "signature_seal": "not_asked for_applicants",
    "endorsement": "not_asked for_applicants",
    "copy": "not_asked for_applicants",
    "places": "not_asked for_applicants",
    "window_call": "not_asked for_applicants",
}

# Town, day -> exactly what is found.
TOWNS: dict[str, tuple[Mapping[str, Value], str, dict[str, str]]] = {
    "under the concept note": (RIVERTON, "2018-09-30", ALL_MET),
    "before the network opened": (RIVERTON, "2015-09-27", {}),
    "in March": (
        RIVERTON,
        "2019-03-31",
        {**ALL_MET, "places": "met", "window_yearly": "met open", "report": "not_asked for_members"},
    ),
    "in May": (
        RIVERTON,
        "2019-05-01",
        {**ALL_MET, "places": "met", "window_yearly": "not_met closed", "report": "not_asked for_members"},
    ),
    "on the first day of a call": (RIVERTON, "2025-05-15", {**SINCE_2021, "window_call": "met open"}),
    "on the last day of a call": (RIVERTON, "2025-06-15", {**SINCE_2021, "window_call": "met open"}),
    "between two calls": (RIVERTON, "2024-01-01", {**SINCE_2021, "window_call": "not_met closed"}),
    "after the last call": (RIVERTON, "2025-06-16", SINCE_2021),
    "nothing known": (
        {},
        "2026-11-22",
        {
            **dict.fromkeys([*ALL_MET, "places", "window_call"], "unknown unknown"),
            "report": "not_asked for_members",
        },
    ),
    "9,999 inhabitants": (
        {**RIVERTON, "population": 9_999},
        "2026-11-22",
        {**SINCE_2021, "inhabitants": "not_met below"},
    ),
    "10,000 inhabitants": ({**RIVERTON, "population": 10_000}, "2026-11-22", SINCE_2021),
    "9,000 inhabitants in 2016": (
        {**RIVERTON, "population": 9_000},
        "2016-06-01",
        {**ALL_MET, "inhabitants": "not_met below"},
    ),
    "a district without an elected council": (
        {**RIVERTON, "unit_kind": "district", "governing_body": "none"},
        "2026-11-22",
        {**SINCE_2021, "governing_body": "not_met no"},
    ),
    "an appointed body": (
        {**RIVERTON, "governing_body": "appointed"},
        "2026-11-22",
        {**SINCE_2021, "governing_body": "unknown ask"},
    ),
    "another elected body": ({**RIVERTON, "governing_body": "other_elected"}, "2026-11-22", SINCE_2021),
    "a part of a city": (
        {**RIVERTON, "unit_kind": "part"},
        "2026-11-22",
        {**SINCE_2021, "unit": "not_met no"},
    ),
    "several together": (
        {**RIVERTON, "unit_kind": "several"},
        "2026-11-22",
        {**SINCE_2021, "unit": "unknown ask"},
    ),
    "one document only": (
        {**RIVERTON, "adopted_key_features": "in_preparation"},
        "2026-11-22",
        {**SINCE_2021, "documents": "not_met missing"},
    ),
    "signed and not sealed": (
        {**RIVERTON, "mayor_seal": "no"},
        "2026-11-22",
        {**SINCE_2021, "signature_seal": "not_met missing"},
    ),
    "signed, and nothing said of the seal": (
        without("mayor_seal"),
        "2026-11-22",
        {**SINCE_2021, "signature_seal": "unknown unknown"},
    ),
    "a fourth city": ({**RIVERTON, "new_cities": 3}, "2026-11-22", {**SINCE_2021, "places": "not_met full"}),
    "a fourth city before there was a limit": ({**RIVERTON, "new_cities": 3}, "2018-09-30", ALL_MET),
    "a member that reported": (
        {**MEMBER, "last_report": day("2025-11-30")},
        "2026-11-22",
        {**OF_A_MEMBER, "report": "met due"},
    ),
    "a member on the last day": (
        {**MEMBER, "last_report": day("2024-11-22")},
        "2026-11-22",
        {**OF_A_MEMBER, "report": "met due"},
    ),
    "a member a day late": (
        {**MEMBER, "last_report": day("2024-11-21")},
        "2026-11-22",
        {**OF_A_MEMBER, "report": "not_met overdue"},
    ),
    "a member that never reported": (
        {**MEMBER, "last_report": "none"},
        "2026-11-22",
        {**OF_A_MEMBER, "report": "not_met overdue"},
    ),
    "a member of whom nothing is said": (MEMBER, "2026-11-22", {**OF_A_MEMBER, "report": "unknown unknown"}),
    "before it joined": (
        MEMBER,
        "2018-12-31",
        {
            **ALL_MET,
            "places": "met",
            "window_yearly": "not_met closed",
            "report": "not_asked for_members",
        },
    ),
    "a member by the concept note": (
        {**MEMBER, "member_since": 2016},
        "2018-09-30",
        {
            **ALL_MET,
            **dict.fromkeys(["signature_seal", "endorsement", "copy"], "not_asked for_applicants"),
        },
    ),
}


@pytest.mark.parametrize("case", TOWNS)
def test_a_town_on_a_day(case: str) -> None:
    facts, on, expected = TOWNS[case]
    assert told(facts, day(on)) == expected


# Joined, last report -> the next one, and whether that day was announced: the report on April 2019 to September 2021
# was due on 31 December 2021, that of those who joined in 2020 on 2 December 2022; all others are reckoned.
@pytest.mark.parametrize(
    ("joined", "last", "due", "announced"),
    [
        (2016, None, "2021-12-31", True),
        (2019, None, "2021-12-31", True),
        (2019, "2021-09-30", "2021-12-31", True),
        (2019, "2021-10-01", "2023-10-01", False),
        (2020, None, "2022-12-02", True),
        (2020, "2022-11-30", "2024-11-30", False),
        (2022, None, "2024-12-31", False),
        (2024, None, "2026-12-31", False),
        (2022, "2024-02-29", "2026-02-28", False),
    ],
)
def test_the_next_report(joined: int, last: str | None, due: str, announced: bool) -> None:
    found = next_report(membership().deadlines, joined, day(last) if last else None, 2)
    assert found == (day(due), announced)


@pytest.mark.parametrize(
    ("facts", "on", "rule", "ends"),
    [
        (RIVERTON, "2019-03-01", "window_yearly", "2019-04-30"),
        (RIVERTON, "2018-12-31", "window_yearly", "2019-03-01"),
        (RIVERTON, "2019-05-01", "window_yearly", "2020-03-01"),
        (RIVERTON, "2021-11-02", "window_call", "2022-02-28"),
        (RIVERTON, "2022-03-01", "window_call", "2023-04-01"),
        (RIVERTON, "2026-11-22", "window_call", "2025-06-15"),
        ({"new_cities": 3}, "2026-11-22", "places", "2027-01-01"),
        (MEMBER, "2021-01-01", "report", "2021-12-31"),
        (RIVERTON, "2016-01-01", "report", "2018-10-01"),
        (RIVERTON, "2026-11-22", "open_any_time", "2018-10-01"),
    ],
)
def test_the_day_on_which_something_ends_or_begins(
    facts: Mapping[str, Value], on: str, rule: str, ends: str
) -> None:
    check = evaluate(membership(), day(on), facts)
    (found,) = (one for one in check.outcomes if one.rule.id == rule)
    assert found.day == day(ends)


# --- the words


def quick(
    language: str, on: dt.date = NOW, name: str = "Smallham", **facts: str
) -> tuple[str, Mapping[str, str]]:
    """The answer of a quick check, and what to do next by rule."""
    shown = check_membership(COMPUTER, Question("", on, name, tuple(facts.items())), language)
    return shown.answer, {one.id: one.advice for one in shown.rows}


SMALLHAM = {
    "population": "9000",
    "population_year": "2024",
    "governing_body": "elected_council",
    "unit_kind": "town",
    "member_state": "yes",
}


def test_a_town_of_9000_in_english() -> None:
    answer, advice = quick(EN, **SMALLHAM)
    assert answer == (
        "Smallham meets 3 of the 4 requirements about the city itself in the rules since 2022. "
        "In the way as it stands: 10,000 inhabitants or more."
    )
    assert advice["inhabitants"] == (
        "The concept note asks for 10,000 inhabitants in an administrative unit; found are 9,000, which is 1,000 "
        "fewer. See first which unit is meant: the figure is that of the whole administrative unit that the mayor "
        "governs, with all its settlements, not of the main town alone. If the whole unit stays below, the note "
        "names no exception and says nothing of applying together with a neighbour: ask the National Commission for "
        "UNESCO before you prepare an application."
    )


def test_a_town_of_9000_in_chinese() -> None:
    answer, advice = quick(ZH, name="南溪镇", **SMALLHAM)
    assert answer == (
        "南溪镇：按 2022 年以来的规则，有关城市本身的 4 项要求中满足 3 项。目前尚不满足：居民 1 万人或以上。"
    )
    assert advice["inhabitants"].startswith(
        "概念文件要求行政单元有 10,000 名居民；现有 9,000 人，少 1,000 人。"
    )
    assert "没有提到可与相邻单元联合申请" in advice["inhabitants"]


def test_a_district_without_an_elected_council() -> None:
    district = {**SMALLHAM, "population": "62000", "unit_kind": "district", "governing_body": "none"}
    answer, advice = quick(EN, name="North Bank", **district)
    assert answer == (
        "North Bank meets 3 of the 4 requirements about the city itself in the rules since 2022. "
        "In the way as it stands: An elected council or a similar body."
    )
    assert advice["governing_body"].endswith(
        "What counts as a similar body in your country is for the National Commission for UNESCO to say."
    )
    answer, advice = quick(ZH, name="北岸区", **district)
    assert "目前尚不满足：设有民选议会或类似机构。" in answer
    assert advice["governing_body"].endswith("在贵国何种机构可算类似机构，由联合国教科文组织全国委员会说明。")


def test_an_appointed_body_is_neither_refused_nor_waved_through() -> None:
    answer, advice = quick(EN, **{**SMALLHAM, "population": "62000", "governing_body": "appointed"})
    assert answer == (
        "Smallham meets 3 of the 4 requirements about the city itself in the rules since 2022. "
        "To be asked of the National Commission first: An elected council or a similar body."
    )
    assert "An appointed body need not be the end of it" in advice["governing_body"]


def test_nothing_entered_is_no_verdict() -> None:
    assert quick(EN)[0] == "Enter what you know of the town: it is then held against every requirement."


def test_before_the_network_took_in_members() -> None:
    assert quick(EN, day("2014-01-01"), **SMALLHAM)[0] == (
        "The network took in no members yet on that day; it opened on Sep 28, 2015."
    )


@pytest.mark.parametrize("language", [EN, ZH])
@pytest.mark.parametrize("case", TOWNS)
def test_every_case_can_be_told_without_a_gap(case: str, language: str) -> None:
    facts, on, _ = TOWNS[case]
    rules, check = membership(), evaluate(membership(), day(on), facts)
    rows = shown_rows(rules, check, facts, language)
    for one in rows:
        assert one.title
        assert one.word
        assert one.sources[0][1].startswith("http")
        assert "{" not in one.advice
        if one.state in ("not_met", "unknown"):
            assert one.advice
    assert all(summary(rules, check, "Riverton", language, quick=False))
    assert len(superseded(rules, day(on), language)) == sum(
        one.until is not None and one.until <= day(on) for one in rules.rules
    )
    titles = [one.title for one in papers(rules, check, language)]
    assert len(titles) == (2 if "member" in case or case.startswith("a member") else 7)


# --- the days


def test_the_days_to_choose_from() -> None:
    assert rule_days(EN) == {
        "today": "Today: rules since 2022",
        "2021": "rules of 2021, Sep 1, 2021 to Sep 1, 2022",
        "2018": "rules of 2018, Oct 1, 2018 to Aug 31, 2021",
        "2015": "rules of 2015 (concept note), Sep 28, 2015 to Sep 30, 2018",
        "day": "Another day",
    }


@pytest.mark.parametrize(
    ("choice", "written", "found"),
    [
        ("2015", "", "2018-09-30"),
        ("2018", "2020-01-01", "2021-08-31"),
        ("2021", "", "2022-09-01"),
        ("day", "2020-02-29", "2020-02-29"),
    ],
)
def test_the_day_of_a_choice(choice: str, written: str, found: str) -> None:
    assert day_of(choice, written) == day(found)


@pytest.mark.parametrize(("choice", "written"), [("today", "2020-01-01"), ("day", "soon"), ("?", "")])
def test_any_other_choice_is_today(choice: str, written: str) -> None:
    assert day_of(choice, written) == house.today()


# --- what is kept


def fill_profile(city_id: str, year: int, **entries: str) -> str:
    room = begin_assessment(COMPUTER, city_id, year)
    for name, entry in entries.items():
        say(COMPUTER, room, f"profile:{name}", {"entry": entry}, 0)
    return room


def test_what_the_room_knows_is_not_asked_again(installation: Store) -> None:
    of = new_room_city(COMPUTER, "Riverton", "NOR")
    fill_profile(
        of,
        2024,
        population="47 000",
        population_year="2023",
        governing_body="Elected council",
        adopted_beijing_declaration="Yes",
    )
    latest = fill_profile(of, 2026, population="48 200", adopted_key_features="No")
    shown = check_membership(COMPUTER, Question(of, NOW), EN)
    found = {one.id: one.found for one in shown.rows}
    # The latest figure counts, and is not dated by an older one's year.
    assert found["inhabitants"] == "Population: 48,200"
    assert found["governing_body"] == "Who governs the city: Elected council"
    assert found["documents"] == "Adopted the Beijing Declaration: Yes; Adopted the Key Features: No"
    assert found["member_state"] == "Country is a Member State of UNESCO: not yet known; Country: Norway"
    assert (shown.room, shown.from_room) == (latest, "From the answers for 2026")
    assert set(shown.asked) == {
        "unit_kind",
        "member_state",
        "mayor_signature",
        "mayor_seal",
        "commission_endorsement",
        "copy_sent",
        "new_cities",
    }


def test_what_is_said_here_is_kept_version_by_version(installation: Store) -> None:
    of = new_room_city(COMPUTER, "Riverton", "NOR")
    for fact, text in (("unit_kind", "town"), ("new_cities", "3"), ("last_report", "2025-11-30")):
        say_fact(COMPUTER, of, fact, text, 0)
    say_fact(COMPUTER, of, "new_cities", "2", 2)
    say_fact(COMPUTER, of, "unit_kind", "", 1)
    with house.store().reading() as reader:
        kept = versions_said(reader, of)
    assert [dict(one.facts) for one in kept] == [
        {"unit_kind": "town"},
        {"unit_kind": "town", "new_cities": "3"},
        {"unit_kind": "town", "new_cities": "3", "last_report": "2025-11-30"},
        {"unit_kind": "town", "new_cities": "2", "last_report": "2025-11-30"},
        {"new_cities": "2", "last_report": "2025-11-30"},
    ]
    shown = check_membership(COMPUTER, Question(of, NOW), EN)
    assert shown.version == 5
    assert (shown.asked["new_cities"].said, shown.asked["new_cities"].version) == ("2", 4)


def test_the_same_said_twice_is_one_version(installation: Store) -> None:
    of = new_room_city(COMPUTER, "Riverton", "NOR")
    say_fact(COMPUTER, of, "copy_sent", "yes", 0)
    assert say_fact(COMPUTER, of, "copy_sent", "yes", 0).version == 1
    assert say_fact(COMPUTER, of, "mayor_seal", "", 0).version == 1


def test_two_who_say_different_things_are_both_kept(installation: Store) -> None:
    of = new_room_city(COMPUTER, "Riverton", "NOR")
    say_fact(COMPUTER, of, "mayor_signature", "yes", 0)
    # Said by somebody whose page still shows the room as it was before.
    made = say_fact(COMPUTER, of, "copy_sent", "yes", 0)
    assert (dict(made.facts), made.beside) == ({"mayor_signature": "yes", "copy_sent": "yes"}, ())


def test_what_an_earlier_page_brings_back_is_no_answer(data_folder: Path) -> None:
    of = new_room_city(COMPUTER, "Riverton", "NOR")
    say_fact(COMPUTER, of, "mayor_signature", "no", 0)
    say_fact(COMPUTER, of, "mayor_signature", "yes", 1)
    # Nobody touched the box of a page that still shows the first answer, or the empty one before it.
    assert say_fact(COMPUTER, of, "mayor_signature", "no", 1).version == 2
    assert say_fact(COMPUTER, of, "mayor_signature", "", 0).version == 2
    # Sent twice, it waits once.
    assert say_fact(COMPUTER, of, "mayor_signature", "in_preparation", 1).version == 3
    again = say_fact(COMPUTER, of, "mayor_signature", "in_preparation", 1)
    assert (again.version, len(again.beside)) == (3, 1)


@pytest.mark.parametrize(("mine", "counts"), [(True, "no"), (False, "yes")])
def test_of_two_who_say_another_thing_the_slower_one_is_told_and_chooses(
    installation: Store, mine: bool, counts: str
) -> None:
    of = make_city(installation, "Riverton", "NOR")
    fast, slow = (
        somebody("owner", "fast@example.org", city=of),
        somebody("owner", "slow@example.org", city=of),
    )
    say_fact(fast, of, "mayor_signature", "yes", 0)
    say_fact(slow, of, "mayor_signature", "no", 0)
    shown = check_membership(fast, Question(of, NOW), EN)
    (two,) = shown.beside
    assert (two.name, two.counts, two.beside, two.who) == (
        "Mayor's signature on the form",
        "Yes",
        "No",
        "Slow",
    )
    with pytest.raises(ValueError, match="nothing stands beside mayor_signature at version 1"):
        choose_fact(slow, of, "mayor_signature", mine=mine, base=1)
    made = choose_fact(slow, of, "mayor_signature", mine=mine, base=2)
    assert (made.facts["mayor_signature"], made.beside) == (counts, ())
    # The page of whoever chose last is the one to write on.
    assert (
        say_fact(fast, of, "mayor_signature", "in_preparation", made.changed["mayor_signature"]).beside == ()
    )


NEVER_SAID = (
    ("population", "9000"),
    ("governing_body", "none"),
    ("nonsense", "yes"),
    ("unit_kind", "hamlet"),
    ("new_cities", "21"),
    ("new_cities", "-1"),
    ("new_cities", "many"),
    ("last_report", "soon"),
    ("last_report", "2025-02-30"),
)


def test_what_cannot_be_said_here_is_refused(data_folder: Path) -> None:
    of = new_room_city(COMPUTER, "Riverton", "NOR")
    for fact, text in NEVER_SAID:
        with pytest.raises(ValueError):  # noqa: PT011 - each has words of its own
            say_fact(COMPUTER, of, fact, text, 0)
    with house.store().reading() as reader:
        assert said_by(reader, of) is None


def test_a_version_that_never_was_is_refused(data_folder: Path) -> None:
    of = new_room_city(COMPUTER, "Riverton", "NOR")
    with pytest.raises(ValueError, match="copy_sent has no version 1"):
        say_fact(COMPUTER, of, "copy_sent", "yes", 1)


# --- who


def test_a_citys_own_people_see_its_check_and_nobody_else(installation: Store) -> None:
    of = make_city(installation, "Riverton", "NOR")
    other = make_city(installation, "Elsewhere", "NOR")
    owner = somebody("owner", "owner@example.org", city=of)
    say_fact(owner, of, "commission_endorsement", "in_preparation", 0)
    for role in ("contributor", "viewer", "mayor"):
        who = somebody(role, f"{role}@example.org", city=of)
        shown = check_membership(who, Question(of, NOW), EN)
        assert shown.asked["commission_endorsement"].said == "in_preparation"
        assert membership_cities(who) == {of: "Riverton"}
    strangers = [somebody("owner", "other@example.org", city=other)]
    strangers += [
        somebody(role, f"{role}@example.org") for role in ("juror", "chair", "secretariat", "auditor")
    ]
    strangers.append(somebody("commission", "commission@example.org", country="NOR"))
    for who in strangers:
        assert of not in membership_cities(who)
        for id in (of, UNKNOWN):
            for act in (
                lambda who=who, id=id: check_membership(who, Question(id, NOW), EN),
                lambda who=who, id=id: membership_file(who, Question(id, NOW), EN),
                lambda who=who, id=id: say_fact(who, id, "copy_sent", "yes", 0),
                lambda who=who, id=id: choose_fact(who, id, "copy_sent", mine=True, base=1),
            ):
                with pytest.raises(NotKeptError) as raised:
                    act()
                assert (raised.type, str(raised.value)) == (NotKeptError, id)
        # A quick check is open to whoever is signed in, and keeps nothing.
        shown = check_membership(who, Question("", NOW, "Smallham", tuple(SMALLHAM.items())), EN)
        assert not shown.may_say
        assert "Riverton" not in repr(shown)
    with house.store().reading() as reader:
        assert [one.version for one in versions_said(reader, of)] == [1]
        assert city(reader, of) is not None


def test_whoever_answers_for_the_whole_city_says_it(installation: Store) -> None:
    of = make_city(installation, "Riverton", "NOR")
    for i, (role, areas, may) in enumerate(
        (
            ("owner", (), True),
            ("contributor", (), True),
            ("contributor", ("1",), False),
            ("viewer", (), False),
            ("mayor", (), False),
        )
    ):
        who = actor(come_in(role, f"{i}@example.org", city=of, areas=areas).person)
        assert check_membership(who, Question(of, NOW), EN).may_say == may
        if may:
            assert say_fact(who, of, "new_cities", str(i), i).version == i + 1
        else:
            with pytest.raises(NotAllowedError):
                say_fact(who, of, "new_cities", "9", i)


# --- on paper and before a room


def test_the_list_on_paper() -> None:
    question = Question("", day("2020-01-01"), "Smallham", tuple(SMALLHAM.items()))
    book = load_workbook(io.BytesIO(membership_file(COMPUTER, question, EN)))
    assert book.sheetnames == [
        "In short",
        "Requirements",
        "To sign and attach",
        "Superseded rules",
        "What is not confirmed",
    ]
    assert book["In short"]["B5"].value == "Rules as of Jan 1, 2020: rules of 2018"
    rows = list(book["Requirements"].values)
    assert rows[2][:2] == ("▲ Not met yet", "10,000 inhabitants or more")
    assert [row[1] for row in book["To sign and attach"].values][4:] == [
        "Adoption of both guiding documents",
        "Signature and seal of the mayor",
        "Signature of the National Commission",
        "Copy to the network's team",
    ]
    gone = list(book["Superseded rules"].values)[1:]
    assert [(row[1], row[2], row[3]) for row in gone] == [
        ("Sep 28, 2015", "Sep 30, 2018", "Endorsed by the commission, reviewed by the network"),
        (
            "Sep 28, 2015",
            "Sep 30, 2018",
            "At most three new cities per country a year; Applications in March and April",
        ),
    ]
    chinese = load_workbook(io.BytesIO(membership_file(COMPUTER, question, ZH)))
    assert list(chinese["各项要求"].values)[2][:2] == ("▲ 尚未满足", "居民 1 万人或以上")


def test_an_open_workbook_starts_a_quick_check(data_folder: Path) -> None:
    opened = open_sample(COMPUTER, "riverbend", EN).upload_id
    name, facts = quick_start(COMPUTER, opened)
    assert name == "Riverbend"
    assert set(facts) <= set(membership().facts)
    assert int(facts["population"]) > 0
    shown = check_membership(COMPUTER, Question("", NOW, name, tuple(facts.items())), EN)
    assert shown.name == "Riverbend"
    with pytest.raises(NotKeptError):
        quick_start(COMPUTER, UNKNOWN)


def test_a_quick_check_asks_little() -> None:
    assert {id: one.name for id, one in asked_quick(EN).items()} == {
        "population": "Population",
        "population_year": "Year of the population figure",
        "governing_body": "Who governs the city",
        "unit_kind": "Kind of unit",
        "member_state": "Country is a Member State of UNESCO",
    }
