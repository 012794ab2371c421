"""The page of practice: peers with their evidence, cards found by what stands in the address, and cards written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from actions import house
from actions.access import COMPUTER
from actions.cards import new_card, own_cards, publish, write_card
from actions.rooms import begin_assessment
from actions.samples import open_sample
from tests.actions.people_at_hand import make_city
from tests.pages.reading import english_phrases, open_page, whole_text

Kept = dict[tuple[str, str], str]
FOLDS = ("more_cards",)


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installation in which nothing is kept yet."""
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path))
    yield
    house.store().engine.dispose()


def practice(**address: str) -> AppTest:
    return open_page("city_practice", FOLDS, lang="en", **address)


def test_peers_are_named_with_likeness_level_and_evidence(kept: Kept) -> None:
    text = whole_text(practice(city=kept["riverbend", "en"], on="1.2"))
    assert (
        "Riverbend stands at level D · beginning on 1.2 Taking part in public life. "
        "The most similar cities that are further: " in text
    )
    assert (
        "Similar: 412,000 and 286,000 inhabitants, both in Europe and North America, "
        "product per inhabitant of 55,000 and 62,000 dollars." in text
    )
    assert "Level A · well advanced, 87.3 points" in text
    assert "1.2.1 Turnout in elections: 72.4%" in text
    assert "Invented city (sample)" in text


def test_the_lowest_feature_is_looked_at_first(kept: Kept) -> None:
    app = practice(city=kept["riverbend", "en"])
    assert "1.2" in app.query_params["on"]
    assert app.selectbox("select_on").options[1] == "1.2 Taking part in public life · D · beginning"


def test_award_cities_stand_beside_with_their_sources(kept: Kept) -> None:
    text = whole_text(practice(city=kept["riverbend", "en"], on="1.2"))
    assert "Clermont-Ferrand · Learning City Award 2021" in text
    assert "Source: [UIL: award page, Clermont-Ferrand](https://" in text


@pytest.mark.parametrize(
    ("address", "cards"),
    [
        ({}, {"A library van", "One evening a month", "Health talks"}),
        ({"card_about": "6"}, {"One evening a month"}),
        ({"card_theme": "15"}, {"A library van", "Health talks"}),
        ({"card_forum": "3"}, {"Health talks"}),
        ({"card_words": "KIOSKS water"}, {"Health talks"}),
        ({"card_like": "alike"}, {"A library van"}),
        ({"card_about": "3.1"}, set()),
    ],
)
def test_cards_are_found_by_what_stands_in_the_address(
    kept: Kept, address: dict[str, str], cards: set[str]
) -> None:
    text = whole_text(practice(city=kept["san_telmo_del_lago", "en"], **address))
    if address.get("card_like"):
        # A lakeside city in Latin America is like none of the three.
        assert "No card fits these filters." in text
        return
    assert {one for one in ("A library van", "One evening a month", "Health talks") if one in text} == cards
    assert ("No card fits these filters." in text) == (not cards)


def test_in_chinese_no_english_is_left(kept: Kept) -> None:
    app = open_page("city_practice", FOLDS, lang="zh", city=kept["riverbend", "zh"], on="1.2")
    text = whole_text(app)
    assert "相似：人口分别为 41 万和 29 万" in text
    names = ("Clermont-Ferrand", "San Telmo del Lago", "Kijani Mpya", "Riverbend", "Learning City Scorecard")
    sources = (
        "UIL: award page",
        "UNDP, Human Development Report",
        "composite indices",
        "CC BY",
        "Nový Most",
        "Port Amal",
    )
    samples = [line for line in english_phrases(app, (*names, *sources)) if "invented" not in line.casefold()]
    assert [one for one in samples if one not in ("Invented for demonstration",)] == []


@pytest.mark.usefixtures("alone")
def test_a_fresh_installation_shows_cards_and_says_what_to_do() -> None:
    text = whole_text(practice())
    assert "upload your workbook or look at an invented city first" in text
    assert "A library van where the buses do not go" in text
    assert "A card belongs to a city" in text
    assert text.count("Invented city (sample)") == 3
    sample = open_sample(COMPUTER, "riverbend", "en").upload_id
    app = practice(city=sample)
    assert "There is no other city here to look at." in whole_text(app)
    next(one for one in app.button if one.label == "Open all invented cities").click().run()
    assert "The most similar cities that are further: " in whole_text(app)


def _field(app: AppTest, field: str, kind: str = "text_input") -> object:
    return next(one for one in app.get(kind) if f".{field}." in str(one.key))


@pytest.mark.usefixtures("alone")
def test_a_card_is_written_field_by_field_and_published() -> None:
    city = make_city(house.store(), "Roomtown")
    room = begin_assessment(COMPUTER, city, 2026)
    app = practice(room=room)
    assert "No card yet." in whole_text(app)
    next(one for one in app.button if one.label == "Write a new card").click().run()
    (card,) = own_cards(COMPUTER, city)
    assert (dict(card.said), card.version) == ({"codes": "1.1", "language": "en"}, 1)
    _field(app, "title").set_value("Vans").run()  # type: ignore[attr-defined]
    _field(app, "done", "text_area").set_value("Vans with books").run()  # type: ignore[attr-defined]
    (card,) = own_cards(COMPUTER, city)
    assert (card.said["title"], card.said["done"], card.version) == ("Vans", "Vans with books", 3)
    _field(app, "evidence").set_value("no address").run()  # type: ignore[attr-defined]
    assert "A link begins with https:// or http://." in whole_text(app)
    assert _field(app, "evidence").value == "no address"  # type: ignore[attr-defined]
    _field(app, "evidence").set_value("https://example.org/a").run()  # type: ignore[attr-defined]
    assert not app.error
    publishing = next(one for one in app.button if one.label == "Publish")
    assert publishing.disabled
    next(one for one in app.checkbox if "The city agrees" in one.label).check().run()
    next(one for one in app.button if one.label == "Publish").click().run()
    (card,) = own_cards(COMPUTER, city)
    assert card.published == card.version == 4
    assert "Others can read this card since" in whole_text(app)
    next(one for one in app.button if one.label == "Take back").click().run()
    assert own_cards(COMPUTER, city)[0].published == 0


@pytest.mark.usefixtures("alone")
def test_what_somebody_else_wrote_meanwhile_is_shown_and_one_chooses() -> None:
    city = make_city(house.store(), "Roomtown")
    room = begin_assessment(COMPUTER, city, 2026)
    made = new_card(COMPUTER, city, ["1.1"], "en")
    app = practice(room=room, card=made)
    write_card(COMPUTER, made, "title", "Faster", 1)
    _field(app, "title").set_value("Slower").run()  # type: ignore[attr-defined]
    text = whole_text(app)
    assert "Somebody else changed this while it was written here." in text
    assert "“Slower”" in text
    assert _field(app, "title").value == "Faster"  # type: ignore[attr-defined]
    next(one for one in app.button if one.label == "Take this one").click().run()
    assert own_cards(COMPUTER, city)[0].said["title"] == "Slower"


@pytest.mark.usefixtures("alone")
def test_words_on_a_card_are_no_markup_and_links_are_links_only_to_sites() -> None:
    city, home = make_city(house.store(), "Evil"), make_city(house.store(), "Home")
    made = new_card(COMPUTER, city, ["1.1"], "en")
    for version, (field, text) in enumerate(
        (
            ("title", "**bold** <script>alert(1)</script>"),
            ("done", "[click](javascript:alert(1)) ![x](https://example.org/x.png)"),
            ("pointer", "`code`"),
            ("evidence", "https://example.org/a)[b](javascript:alert(1))"),
        ),
        start=1,
    ):
        write_card(COMPUTER, made, field, text, version)
    publish(COMPUTER, made, 5)
    app = practice(room=begin_assessment(COMPUTER, home, 2026))
    raw = "\n".join(one.value for one in app.markdown)
    assert r"\*\*bold\*\*" in raw
    for markup in ("<script>", "[click](", "![x](", "](javascript:", "`code`"):
        assert markup not in raw


@pytest.mark.usefixtures("alone")
def test_an_address_that_is_not_there_is_said_so_and_the_page_goes_on() -> None:
    text = whole_text(practice(room="A" * 22))
    assert "No workbook is kept under this address." in text
    assert "What other cities did" in text
