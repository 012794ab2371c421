"""Every page opened by every role: nothing of another city but by right, and nothing of one's own withheld."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Node

from actions import house
from actions.access import COMPUTER
from actions.people import members, withdraw
from actions.rooms import begin_assessment, room
from actions.round_setup import NewCandidate, enter_candidate, make_round
from tests.pages.reading import ROOT, whole_text
from tests.two_cities import (
    CITY_PEOPLE,
    DRAFT,
    EVERYBODY,
    HANDED_IN,
    JURY,
    OWN,
    TwoCities,
    two_cities,
    words_in,
)
from views import identity

CITY_PAGES = (
    "city_overview",
    "city_upload",
    "city_areas",
    "city_themes",
    "city_compare",
    "city_why",
    "city_next",
    "city_practice",
    "how_sure",
    "city_departments",
)
SET_PAGES = ("jury_candidates", "how_sure", "city_why", "city_next")
OTHER_PAGES = (
    "start",
    "about_method",
    "office_log",
    "own_account",
    "city_room",
    "city_record",
    "membership",
)
ROUND_PAGES = (
    "round_home",
    "round_candidates",
    "round_jury",
    "round_assign",
    "round_mark",
    "round_results",
    "round_slates",
    "round_meeting",
)
FOLDS = (
    "twin_areas",
    "ledger",
    "1.1",
    "2.1",
    "theme_7",
    "open",
    "whatif",
    "route_0",
    "why",
    "more_figures",
    "areas",
)
NOT_THERE = "No workbook is kept under this address."


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoCities]:
    with two_cities(tmp_path_factory.mktemp("two_cities")) as made:
        # A round in which the other city is a candidate, and nobody has a seat yet.
        new = NewCandidate(HANDED_IN, "KOR", "asia_pacific", made.handed_in, made.other_city)
        enter_candidate(COMPUTER, make_round(COMPUTER, "unesco_2024", "Round of all roles"), "", new)
        yield made


class Reader:
    """Somebody at a screen of her own, where the door has said who she is."""

    def __init__(self, role: str, world: TwoCities, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(identity, "actor", lambda: world.actor(role))
        self.app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
        for fold in FOLDS:
            self.app.session_state[f"fold_{fold}"] = True
        self.app.run()

    def open(self, page: str, **address: str) -> str:
        """Everything that is sent for a page: texts, options, charts, tables, and the address."""
        for name in ("city", "set", "parts", "scenario", "what", "with", "beside"):
            self.app.query_params.pop(name, None)
            if f"address.{name}" in self.app.session_state:
                del self.app.session_state[f"address.{name}"]
        self.app.query_params["lang"] = "en"
        for name, value in address.items():
            self.app.query_params[name] = value
        self.app.switch_page(f"views/{page}.py")
        for name, value in address.items():
            self.app.query_params[name] = value
        self.app.run()
        assert not self.app.exception, page
        assert not self.app.error, [page, [one.value for one in self.app.error]]
        return "\n".join([*_sent(self.app._tree), str(dict(self.app.query_params))])


def _sent(node: Node) -> Iterator[str]:
    if (proto := getattr(node, "proto", None)) is not None:
        yield str(proto)
    if isinstance(node, Block):
        for child in node.children.values():
            yield from _sent(child)


def test_the_words_of_a_city_are_there_for_its_owner(
    world: TwoCities, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = Reader("other owner", world, monkeypatch)
    for page in CITY_PAGES:
        assert DRAFT in words_in(theirs.open(page, city=world.draft, about="city")), page
    assert words_in(theirs.open("jury_candidates", set=world.set_id)) == {DRAFT, HANDED_IN}
    assert words_in(theirs.open("start")) == {DRAFT, HANDED_IN}


@pytest.mark.parametrize("role", EVERYBODY)
def test_a_draft_of_another_city_is_on_nobodys_page(
    role: str, world: TwoCities, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(role, world, monkeypatch)
    for page in CITY_PAGES:
        said = reader.open(page, city=world.draft, about="city", scenario=world.scenario)
        assert words_in(said) <= ({HANDED_IN} if role in JURY else set()), page
    for page in (*OTHER_PAGES, *ROUND_PAGES):
        assert words_in(reader.open(page)) <= ({HANDED_IN} if role in JURY else set()), page
    for page in SET_PAGES:
        said = reader.open(page, set=world.set_id, about="set")
        assert words_in(said) <= ({HANDED_IN} if role in JURY else set()), page


@pytest.mark.parametrize("role", [*CITY_PEOPLE, "guest", "foreign commission"])
def test_what_another_city_handed_in_is_on_no_other_citys_page(
    role: str, world: TwoCities, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(role, world, monkeypatch)
    for page in CITY_PAGES:
        assert words_in(reader.open(page, city=world.handed_in, about="city")) == set(), page
    for page in ROUND_PAGES:
        assert words_in(reader.open(page)) == set(), page


def test_a_candidate_stands_on_the_pages_of_whoever_enters_candidates(
    world: TwoCities, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader("secretariat", world, monkeypatch)
    for page in ("round_candidates", "round_home"):
        said = reader.open(page)
        assert "Round of all roles" in said, page
        assert words_in(said) == ({HANDED_IN} if page == "round_candidates" else set()), page


@pytest.mark.parametrize("role", JURY)
def test_whoever_judges_sees_what_was_handed_in(
    role: str, world: TwoCities, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(role, world, monkeypatch)
    for page in CITY_PAGES:
        said = reader.open(page, city=world.handed_in, about="city")
        assert words_in(said) == {HANDED_IN}, page
        assert NOT_THERE not in whole_text(reader.app), page


@pytest.mark.parametrize("role", CITY_PEOPLE)
def test_people_of_a_city_see_all_its_pages(
    role: str, world: TwoCities, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(role, world, monkeypatch)
    for page in CITY_PAGES:
        said = reader.open(page, city=world.own, about="city")
        assert OWN in said, page
        assert words_in(said) == set(), page
        assert NOT_THERE not in whole_text(reader.app), page


@pytest.mark.parametrize("page", ["city_overview", "city_upload", "city_departments"])
def test_an_address_that_may_not_be_seen_reads_like_one_that_is_mistyped(
    page: str, world: TwoCities, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader("owner", world, monkeypatch)
    reader.open(page, city=world.draft)
    of_draft = whole_text(reader.app)
    reader.open(page, city="A" * 22)
    assert of_draft == whole_text(reader.app)


@pytest.mark.parametrize("role", EVERYBODY)
def test_only_an_owner_hands_in_and_runs_her_city(
    role: str, world: TwoCities, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(role, world, monkeypatch)
    city = world.own if role in CITY_PEOPLE else world.handed_in
    said = reader.open("city_overview", city=city)
    assert ("Sign off and hand in: in the city" in said) == (role == "owner")
    if role in ("owner", "secretariat"):
        said = reader.open("city_people")
        assert OWN in said
        assert bool(words_in(said)) == (role == "secretariat")


def test_a_click_counts_for_nothing_once_the_role_was_withdrawn(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    with two_cities(tmp_path_factory.mktemp("withdrawn")) as own_world:
        owner = own_world.actor("owner")
        city = owner.grants[0].city
        assessment = begin_assessment(owner, city, house.today().year)
        reader = Reader("owner", own_world, monkeypatch)
        assert OWN in reader.open("city_room", room=assessment)
        role = next(one for one in members(COMPUTER, city) if one.person == owner.person)
        withdraw(COMPUTER, role.grant)
        next(one for one in reader.app.button if one.label == "Start the internal check").click().run()
        assert not reader.app.exception
        assert room(COMPUTER, assessment).state.version == 0
        assert NOT_THERE in whole_text(reader.app)
        assert OWN not in whole_text(reader.app)


def test_downloads_ask_for_rights_when_they_are_made() -> None:
    for path in sorted((ROOT / "views").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Lambda):
                assert "here.actor" not in ast.unparse(node), f"{path.name}:{node.lineno}"


def test_an_owner_invites_and_takes_an_invitation_back(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "SCORECARD_MODE": "shared",
        "SCORECARD_AUDIT_KEY": "NsXTzcxhQ0bOSkUOyZlBt7M8sT9mJ0rHV3m5G2fXkqY=",
        "STREAMLIT_SERVER_COOKIE_SECRET": "q2w9GzP0vJ7kYtC5rXo3LmB8dHs6NfAe1UiVx4KyTgE=",
        "SCORECARD_ADDRESS": "https://scorecard.example.org",
        "SCORECARD_FIRST_PERSON": "first@example.org",
    }.items():
        monkeypatch.setenv(name, value)
    with two_cities(tmp_path_factory.mktemp("inviting")) as own_world:
        reader = Reader("owner", own_world, monkeypatch)
        reader.open("city_people")
        reader.app.text_input("invite_email").set_value("new@example.org").run()
        reader.app.selectbox("invite_role").select("viewer").run()
        next(one for one in reader.app.button if one.label == "Make a link").click().run()
        assert [
            one
            for one in reader.app.code
            if one.value.startswith("https://scorecard.example.org/invitation?code=")
        ]
        assert "new@example.org" in whole_text(reader.app)
        leaving = next(one for one in reader.app.selectbox if one.label.startswith("Take away"))
        leaving.select(next(one for one in leaving.options if "new@example.org" in one)).run()
        next(one for one in reader.app.checkbox if one.label == "Yes, take it away").check().run()
        next(one for one in reader.app.button if one.label == "Take away").click().run()
        assert "new@example.org" not in whole_text(reader.app)
