"""The room's page, used for real: begun, checked, signed, handed in, asked about, returned and handed in again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from actions import house
from actions.access import COMPUTER
from actions.evidence import give_evidence_link, to_confirm
from actions.queries import all_questions, ask_at
from actions.record import record, say
from actions.rooms import begin_assessment, new_room_city, room
from actions.states import Spoken, act
from store.acts import Act
from store.errors import StoreError
from store.evidence import carry_over
from tests.pages.reading import after_restart, english_phrases, open_page, whole_text
from tests.two_cities import DRAFT, HANDED_IN, OtherRoom, TwoCities, other_room, two_cities, words_in
from views import identity

YEAR = dt.datetime.now(dt.UTC).year
DAY = dt.date(2024, 1, 15)


@pytest.fixture
def own_room(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A room of this year on one's own computer, with a name and a country."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    one = begin_assessment(COMPUTER, new_room_city(COMPUTER, "Aton", "KOR"), YEAR)
    say(COMPUTER, one, "profile:name", {"entry": "Aton"}, 0)
    say(COMPUTER, one, "profile:country", {"entry": "KOR"}, 0)
    return one


def click(app: AppTest, label: str) -> None:
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception


def in_address(app: AppTest, name: str) -> str:
    found = app.query_params[name]
    return found if isinstance(found, str) else found[0]


def button(app: AppTest, label: str) -> bool:
    return label in [one.label for one in app.button]


def present(app: AppTest) -> str:
    """The state that is marked on the line: by a sign, by weight and by a word."""
    line = next(one.value for one in app.markdown if " → " in one.value)
    (marked,) = [part for part in line.split(" → ") if part.startswith("**")]
    assert "●" in marked
    return marked.strip("*● ")


def test_a_city_and_its_room_are_made_on_the_page(data_folder: Path) -> None:
    app = open_page("city_room", ("new_room_city",), lang="en")
    click(app, "Make the room")
    assert [one.value for one in app.warning] == ["A city needs a name\\."]
    app.text_input[0].set_value("Aton <b>").run()
    # What was typed stays where something is missing.
    click(app, "Make the room")
    assert app.text_input[0].value == "Aton <b>"
    assert [one.value for one in app.warning] == [
        "Choose the city's country from the list\\.".replace("'", "\\'")
    ]
    next(one for one in app.selectbox if one.label == "Country").select("Republic of Korea").run()
    click(app, "Make the room")
    of = in_address(app, "of")
    app.session_state[f"fold_begin_{of}"] = True
    app.run()
    click(app, "Begin it")
    assert present(app) == "Draft (now)"
    assert room(COMPUTER, in_address(app, "room")).assessment.year == YEAR
    assert f"Aton <b> · {YEAR}" in whole_text(app)
    # A reload and another window show the same.
    again = open_page("city_room", lang="en", room=in_address(app, "room"))
    assert present(again) == "Draft (now)"


def test_one_person_goes_all_the_way_on_her_own_computer(own_room: str) -> None:
    app = open_page("city_room", lang="en", room=own_room)
    click(app, "Start the internal check")
    assert present(app) == "Internal check (now)"
    click(app, "Sign off")
    assert "Enter the mayor" in app.warning[0].value
    # What was left with the very click comes after it, and takes no word away.
    app.text_input[0].set_value("Kim Ara").run()
    assert "Enter the mayor" in app.warning[0].value
    app.text_input[1].set_value("Mayor").run()
    for place in (0, 1):
        app.date_input[place].set_value(DAY).run()
    click(app, "Sign off")
    assert not app.warning
    assert present(app) == "Signed off (now)"
    assert "Kim Ara, Mayor" in whole_text(app)
    assert "Beijing Declaration on Building Learning Cities: adopted Jan 15, 2024" in whole_text(app)
    # What cannot be taken back is asked twice.
    assert next(one for one in app.button if one.label == "Hand in").disabled
    app.checkbox[0].check().run()
    click(app, "Hand in")
    assert present(app) == "Handed in (now)"
    head = str(house.store().head())
    assert f"Your receipt: {head}." in whole_text(app)
    app.session_state[f"fold_ask_{own_room}_"] = True
    app.run()
    app.text_area[0].set_value("Which year\nis this?").run()
    click(app, "Ask")
    assert app.text_area[0].value == ""
    assert "Which year" in whole_text(app)
    click(app, "Return with the questions")
    assert present(app) == "Returned with questions (now)"
    app.text_area[0].set_value("2025").run()
    click(app, "Send the reply")
    assert [one.state for one in all_questions(COMPUTER, own_room, "en")] == ["answered"]
    click(app, "Back to the draft")
    click(app, "Start the internal check")
    assert present(app) == "Internal check (now)"
    line = next(one.value for one in app.markdown if " → " in one.value)
    assert line.startswith("✓ Returned with questions → ✓ Draft → ")
    assert line.endswith("○ Signed off → ○ Handed in again → ○ Accepted")


def test_what_is_missing_stands_before_the_click_with_the_way_there(own_room: str) -> None:
    say(COMPUTER, own_room, "profile:name", {}, 1)
    say(COMPUTER, own_room, "2.2.1", {"value": "about half"}, 0)
    act(COMPUTER, own_room, "check", 0, "en")
    app = open_page("city_room", lang="en", room=own_room)
    assert next(one for one in app.button if one.label == "Sign off").disabled
    links = {one.proto.label.replace("\\", ""): one.proto.query_string for one in app.get("page_link")}
    assert f"room={own_room}" in links["The profile does not name the city."]
    assert "area=2" in links["2 Economy and culture: 1 answer to repair"]


def test_who_clicks_on_an_old_page_is_told_and_nothing_happens(own_room: str) -> None:
    app = open_page("city_room", lang="en", room=own_room)
    act(COMPUTER, own_room, "check", 0, "en")
    click(app, "Start the internal check")
    assert "Somebody else has moved this assessment meanwhile" in whole_text(app)
    assert present(app) == "Internal check (now)"
    assert room(COMPUTER, own_room).state.version == 1


def test_what_was_typed_stays_while_the_store_cannot_be_reached(
    own_room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    act(COMPUTER, own_room, "check", 0, "en")
    seen = record(COMPUTER, own_room).sha256
    spoken = Spoken(
        "", "Kim Ara", "Mayor", dict.fromkeys(("beijing_declaration", "key_features"), "2024-01-15"), seen
    )
    act(COMPUTER, own_room, "sign_off", 1, "en", spoken)
    act(COMPUTER, own_room, "hand_in", 2, "en")
    ask_at(COMPUTER, own_room, "2.2.1", "Which survey?")
    app = open_page("city_room", lang="en", room=own_room)
    app.text_area[0].set_value("The labour force survey.").run()

    def broken(*_: object) -> None:
        raise StoreError("full")

    with monkeypatch.context() as patch:
        patch.setattr("actions.queries.say_to", broken)
        click(app, "Send the reply")
    assert "There is no room left where uploads are kept." in whole_text(app)
    assert app.text_area[0].value == "The labour force survey."
    click(app, "Send the reply")
    assert [one.state for one in all_questions(COMPUTER, own_room, "en")] == ["answered"]


def test_the_first_click_after_a_restart_is_told_and_what_was_typed_stays(own_room: str) -> None:
    act(COMPUTER, own_room, "check", 0, "en")
    signed = Spoken(
        "",
        "Kim Ara",
        "Mayor",
        dict.fromkeys(("beijing_declaration", "key_features"), "2024-01-15"),
        record(COMPUTER, own_room).sha256,
    )
    act(COMPUTER, own_room, "sign_off", 1, "en", signed)
    act(COMPUTER, own_room, "hand_in", 2, "en")
    ask_at(COMPUTER, own_room, "2.2.1", "Which survey?")
    address = {"lang": "en", "room": own_room}
    app = open_page("city_room", **address)
    app.text_area[0].set_value("The labour force survey.").run()
    click(app, "Send the reply")
    # Her second reply stands in the box that came after the first one.
    app.text_area[0].set_value("Of last spring.")
    next(one for one in app.button if one.label == "Send the reply").click()
    again = after_restart(app, "city_room", **address)
    assert ["not carried out" in one.value for one in again.toast] == [True]
    assert again.text_area[0].value == "Of last spring."
    click(again, "Send the reply")
    assert not again.toast
    (asked,) = all_questions(COMPUTER, own_room, "en")
    assert [one.text for one in asked.said] == ["The labour force survey.", "Of last spring."]


def test_evidence_taken_over_is_confirmed_on_the_page(own_room: str) -> None:
    here = room(COMPUTER, own_room)
    give_evidence_link(COMPUTER, own_room, "2.2.1", "https://example.org/a.pdf", "page 3")
    later = begin_assessment(COMPUTER, here.city.id, YEAR + 1, own_room)
    with house.store().writing(Act("ann", "begin", "assessment", later)) as writing:
        carry_over(writing, own_room, later)
    app = open_page("city_room", lang="en", room=later)
    assert "Evidence to confirm" in whole_text(app)
    assert "Where to look: page 3" in whole_text(app)
    click(app, "It still holds")
    assert to_confirm(COMPUTER, later, "en") == ()
    assert "Evidence to confirm" not in whole_text(app)


def test_no_english_sentence_is_left_on_the_chinese_page(own_room: str) -> None:
    act(COMPUTER, own_room, "check", 0, "zh")
    app = open_page(
        "city_room", ("new_room_city", f"begin_{room(COMPUTER, own_room).city.id}"), lang="zh", room=own_room
    )
    countries = tuple(next(one for one in app.selectbox if one.label == "国家").options)
    assert english_phrases(app, countries) == []
    assert present(app) == "内部核查 (当前)"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TwoCities, OtherRoom]]:
    with two_cities(tmp_path_factory.mktemp("room_pages")) as made:
        yield made, other_room(made)


def page_of(world: TwoCities, role: str, patch: pytest.MonkeyPatch, **address: str) -> AppTest:
    patch.setattr(identity, "actor", lambda: world.actor(role))
    return open_page("city_room", lang="en", **address)


@pytest.mark.parametrize("role", ["owner", "mayor", "contributor", "guest", "foreign commission"])
def test_another_citys_room_reads_like_one_that_is_not_there(
    role: str, world: tuple[TwoCities, OtherRoom], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, other = world
    for one in (other.draft, other.returned):
        text = whole_text(page_of(made, role, monkeypatch, room=one, of=made.other_city))
        assert words_in(text) == set()
        assert text == whole_text(page_of(made, role, monkeypatch, room="A" * 22, of="B" * 22))


@pytest.mark.parametrize("role", ["commission", "secretariat"])
def test_a_reviewer_reads_what_was_handed_in_from_her_list(
    role: str, world: tuple[TwoCities, OtherRoom], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = world
    app = page_of(made, role, monkeypatch)
    listed = next(one for one in app.selectbox if one.label == "Open an assessment")
    listed.select_index(0).run()
    assert not app.exception
    text = whole_text(app).replace(f"{DRAFT}{HANDED_IN}", "").replace(f"{DRAFT} {HANDED_IN}", "")
    assert words_in(text) == {HANDED_IN}
    assert present(app) == "Returned with questions (now)"
    assert f"{HANDED_IN} which survey?" in text
    assert not button(app, "Start the internal check")
    assert not button(app, "Back to the draft")
    assert "Who has done what" not in text
    assert button(app, "Settle it")


@pytest.mark.parametrize("role", ["commission", "secretariat", "juror"])
def test_a_reviewer_finds_practice_and_reads_answers_without_being_told_to_type(
    role: str, world: tuple[TwoCities, OtherRoom], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = world
    monkeypatch.setattr(identity, "actor", lambda: made.actor(role))
    app = open_page("city_practice", lang="en", of=made.other_city)
    assert [one.value for one in app.title] == ["Practice"]
    assert not app.warning
    assert "What award-winning cities do" in whole_text(app)
    if role != "juror":
        text = whole_text(open_page("city_record", lang="en", of=made.other_city))
        assert "You may read these answers." in text
        assert "What you type is kept" not in text
        assert "open to you for writing" not in text


def test_an_owner_leads_and_does_not_sign_where_people_sign_in(
    world: tuple[TwoCities, OtherRoom], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = world
    owner = made.actor("owner")
    one = begin_assessment(owner, owner.grants[0].city, YEAR)
    app = page_of(made, "owner", monkeypatch, room=one)
    assert button(app, "Start the internal check")
    click(app, "Start the internal check")
    assert button(app, "Back to the draft")
    assert not button(app, "Sign off")
    signing = page_of(made, "mayor", monkeypatch, room=one)
    assert button(signing, "Sign off")
    # Who signs is who signed in; nobody types a name for the mayor.
    assert "Name of the mayor" not in whole_text(signing)
    for role in ("contributor", "viewer"):
        reading = page_of(made, role, monkeypatch, room=one)
        assert present(reading) == "Internal check (now)"
        assert not [label for label in ("Sign off", "Back to the draft", "Hand in") if button(reading, label)]
