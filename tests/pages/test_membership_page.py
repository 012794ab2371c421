"""The page of membership: both stories told, what is kept, a quick check without a city, and nobody else's check."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from actions import house
from actions.access import COMPUTER
from actions.membership import say_fact
from actions.record import say
from actions.rooms import begin_assessment, new_room_city
from store.membership import said_by, versions_said
from tests.pages.reading import ROOT, english_phrases, open_page, whole_text
from tests.two_cities import CITY_PEOPLE, EVERYBODY, TwoCities, two_cities
from views import identity

SMALLHAM = {
    "town": "Smallham",
    "population": "9000",
    "population_year": "2024",
    "governing_body": "elected_council",
    "unit_kind": "town",
    "member_state": "yes",
}
BANK = {
    **SMALLHAM,
    "town": "North Bank",
    "population": "62000",
    "unit_kind": "district",
    "governing_body": "none",
}
# They stand in nothing but the other city's check.
ENDORSED = "In preparation"


def test_a_town_of_9000_reads_what_can_be_done(data_folder: Path) -> None:
    text = whole_text(open_page("membership", lang="en", **SMALLHAM))
    assert (
        "In short. Smallham meets 3 of the 4 requirements about the city itself in the rules since 2022. "
        "In the way as it stands: 10,000 inhabitants or more."
    ).replace("In short.", "**In short.**") in text
    assert "found are 9,000, which is 1,000 fewer" in text
    assert "Population: 9,000 (2024)" in text
    assert "nothing that is entered here is kept" in text
    assert "Whether the regulations of today still ask for it was not seen." in text


def test_a_district_without_a_council_reads_whom_to_ask(data_folder: Path) -> None:
    text = whole_text(open_page("membership", lang="en", **BANK))
    assert "In the way as it stands: An elected council or a similar body." in text
    assert (
        "What counts as a similar body in your country is for the National Commission for UNESCO to say."
        in text
    )
    appointed = whole_text(open_page("membership", lang="en", **{**BANK, "governing_body": "appointed"}))
    assert "To be asked of the National Commission first: An elected council or a similar body." in appointed
    assert "In the way as it stands" not in appointed


@pytest.mark.parametrize(
    ("town", "advice"), [(SMALLHAM, "现有 9,000 人，少 1,000 人"), (BANK, "这里填写的是没有")]
)
def test_both_stories_in_chinese(data_folder: Path, town: dict[str, str], advice: str) -> None:
    app = open_page(
        "membership",
        folds=("superseded", "caveats", "sources", "twin_membership"),
        lang="zh",
        **{**town, "town": "南溪"},
    )
    assert advice in whole_text(app)
    # Names of publishers and addresses stay as they are.
    assert english_phrases(app, allowed=("Newgbnews",)) == []


def test_superseded_rules_are_folded_with_their_days_and_never_current(data_folder: Path) -> None:
    app = open_page("membership", folds=("superseded", "twin_membership"), lang="en", **SMALLHAM)
    tables = [element.value for element in app.get("table")]
    current, gone = (
        next(one for one in tables if "State" in one.columns),
        next(one for one in tables if "Replaced by" in one.columns),
    )
    assert not [row for row in current["Requirement"] if "any time" in row or "alone decides" in row]
    assert list(gone["Until"]) == ["Aug 31, 2021", "Sep 1, 2022", "Sep 30, 2018", "Sep 30, 2018"]


def test_the_rules_of_another_day(data_folder: Path) -> None:
    text = whole_text(open_page("membership", lang="en", rules="2015", **SMALLHAM))
    assert "in the rules of 2015 (concept note)" in text
    assert "Open to every city, at any time" in text
    assert "At most three new cities" not in text
    text = whole_text(open_page("membership", lang="en", rules="day", as_of="2025-06-01", **SMALLHAM))
    assert "Open until Jun 15, 2025." in text


def test_a_quick_check_is_typed_and_keeps_nothing(data_folder: Path) -> None:
    app = open_page("membership", lang="en")
    assert "Enter what you know of the town" in whole_text(app)
    app.text_input(key="quick_name").set_value("Smallham").run()
    app.number_input(key="quick_population").set_value(9000).run()
    app.selectbox(key="quick_governing_body").select("elected_council").run()
    text = whole_text(app)
    assert "Smallham meets 1 of the 4 requirements" in text
    assert app.query_params["population"] in ("9000", ["9000"])
    app.number_input(key="quick_population").set_value(None).run()
    assert "Not yet known about the city itself: An administrative unit; 10,000 inhabitants" in whole_text(
        app
    )


def test_what_is_answered_in_a_room_is_kept_at_once(data_folder: Path) -> None:
    of = new_room_city(COMPUTER, "Riverton", "NOR")
    room = begin_assessment(COMPUTER, of, 2026)
    for name, entry in (
        ("population", "48 200"),
        ("governing_body", "Elected council"),
        ("member_since", "2019"),
    ):
        say(COMPUTER, room, f"profile:{name}", {"entry": entry}, 0)
    app = open_page("membership", lang="en", of=of)
    text = whole_text(app)
    assert "A member of the network since 2019." in text
    assert "Its last progress report is not entered; one was due by Dec 31, 2021." in text
    assert [one.key for one in app.selectbox if one.key.startswith("membership_")] == [
        f"membership_{of}_{fact}_0" for fact in ("unit_kind", "member_state", "last_report")
    ]
    app.selectbox(key=f"membership_{of}_unit_kind_0").select("town").run()
    with house.store().reading() as reader:
        kept = said_by(reader, of)
    assert kept is not None
    assert (kept.version, dict(kept.facts)) == (1, {"unit_kind": "town"})
    assert app.selectbox(key=f"membership_{of}_unit_kind_1").value == "town"
    app.selectbox(key=f"membership_{of}_last_report_0").select("none").run()
    assert "A progress report would have been due by Dec 31, 2021." in whole_text(app)


def test_two_answers_at_once_are_both_shown_and_one_is_chosen(data_folder: Path) -> None:
    of = new_room_city(COMPUTER, "Riverton", "NOR")
    app = open_page("membership", lang="en", of=of)
    say_fact(COMPUTER, of, "copy_sent", "yes", 0)
    # This page was drawn before the other answer came in.
    app.selectbox(key=f"membership_{of}_copy_sent_0").select("no").run()
    text = whole_text(app)
    assert "Two people answered “Copy sent to the network's team” at the same time. It counts: Yes." in text
    next(one for one in app.button if one.label == "Let “No” count").click().run()
    assert "Two people answered" not in whole_text(app)
    with house.store().reading() as reader:
        assert [dict(one.facts) for one in versions_said(reader, of)] == [
            {"copy_sent": "yes"},
            {"copy_sent": "yes"},
            {"copy_sent": "no"},
        ]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoCities]:
    with two_cities(tmp_path_factory.mktemp("two_cities")) as made:
        say_fact(made.actor("other owner"), made.other_city, "commission_endorsement", "in_preparation", 0)
        yield made


def shown_to(role: str, world: TwoCities, patch: pytest.MonkeyPatch, **address: str) -> AppTest:
    """The page as somebody sees it where people sign in."""
    patch.setattr(identity, "actor", lambda: world.actor(role))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.run()
    app.switch_page("views/membership.py")
    for name, value in {"lang": "en", **address}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    assert not app.error
    return app


@pytest.mark.parametrize("role", EVERYBODY)
def test_another_citys_check_is_on_nobodys_page(
    role: str, world: TwoCities, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = shown_to(role, world, monkeypatch, of=world.other_city)
    text = whole_text(app)
    chosen = [one.value for one in app.selectbox]
    assert ENDORSED not in chosen
    assert "in_preparation" not in chosen
    assert "Qzdraft" not in text
    # A quick check is for everybody, and the only one for those who have no city.
    if role in (*CITY_PEOPLE, "guest"):
        assert "Another town: quick check" in text
    else:
        assert "Quick check of a town" in text


def test_its_own_people_read_it(world: TwoCities, monkeypatch: pytest.MonkeyPatch) -> None:
    app = shown_to("other owner", world, monkeypatch, of=world.other_city)
    assert "in_preparation" in [one.value for one in app.selectbox]


@pytest.mark.parametrize(("role", "fills"), [("owner", True), ("contributor", False), ("viewer", False)])
def test_whoever_may_only_read_finds_nothing_to_fill_in(
    role: str, fills: bool, world: TwoCities, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = shown_to(role, world, monkeypatch)
    assert bool([one for one in app.selectbox if one.key.startswith("membership_")]) == fills
    assert ("You may read this check" in whole_text(app)) != fills
