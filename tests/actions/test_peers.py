"""Nearest better peers on a set of towns: exactly these three, in these words, and never one that may not be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from actions import house
from actions.access import COMPUTER, Actor
from actions.alike import alike, place
from actions.cards import new_card, own_cards, publish, write_card
from actions.examples import examples
from actions.peer_subjects import THEME, first_subject, subjects
from actions.peers import other_cities, peers
from actions.practice_city import OwnCity, of_room, of_upload
from actions.record import say
from actions.rooms import begin_assessment
from actions.samples import open_sample
from actions.submissions import submit
from scoring.model import Reading
from store.engine import Store
from store.owners import Owner
from store.uploads import add, link_city
from tests.actions.people_at_hand import make_city, somebody
from tests.two_cities import CITY_PEOPLE, EVERYBODY, JURY, TwoCities, hand_in, two_cities, words_in
from tests.workbooks import filled_reading

EN = "en"
# Feature 2.2 is unemployment alone, goalposts 25 % and 3 %: 14 % are 50 points (C), 11 % 63.6 (B), 4.9 % 91.4 (A).
JOBS, UNEMPLOYED = "2.2", "2.2.1"
# Name, country, inhabitants, unemployment in per cent.
TOWNS = (
    ("Alpha", "MYS", 900_000, 11.0),
    ("Bravo", "CHN", 120_000, 4.9),
    ("Charlie", "NOR", 1_200_000, 4.9),
    # Most alike of all, and not ahead: 45.5 points are level C as well.
    ("Delta", "CHN", 1_200_000, 15.0),
    # Ahead, and least alike.
    ("Echo", "NOR", 30_000, 4.9),
)


def reading(name: str, country: str, people: int, unemployed: float | None) -> Reading:
    """A whole workbook's answers with those that matter here; nobody has given the product per inhabitant."""
    whole = filled_reading()
    answers = {code: row for code, row in whole.observations.items() if code not in ("2.1.1", UNEMPLOYED)}
    if unemployed is not None:
        answers[UNEMPLOYED] = replace(
            whole.observations[UNEMPLOYED],
            value=unemployed,
            year=2025,
            source=f"{name} office of work",
            link=f"https://{name.lower()}.example.org/jobs",
            remark="Half of it within a year",
            raw="",
        )
    region = {"NOR": "europe_north_america"}.get(country, "asia_pacific")
    profile = {**whole.profile, "name": name, "country": country, "population": people, "region": region}
    return replace(whole, profile=profile, observations=answers)


def keep(store: Store, one: Reading, owner: Owner | None = None) -> str:
    name = str(one.profile["name"])
    kept = add(
        store,
        name=f"{name}.xlsx",
        data=f"{name} {one.observations.get(UNEMPLOYED)}".encode(),
        reading=one,
        framework="key_features_2013",
        edition="1.0",
        owner=owner,
    )
    if owner is None:
        link_city(store, kept.id, country=str(one.profile["country"]), folded_name=name.lower(), name=name)
    return kept.id


def home(store: Store, unemployed: float | None = 14.0) -> OwnCity:
    kept = keep(store, reading("Home", "CHN", 1_200_000, unemployed))
    return of_upload(COMPUTER, kept, "core", EN)


def test_the_three_most_similar_ahead_with_what_they_showed(installation: Store) -> None:
    for town in TOWNS:
        keep(installation, reading(*town))
    own = home(installation)
    assert subjects(own, EN)[JOBS].level == "C · developing"
    found = peers(COMPUTER, own, JOBS, EN)
    assert [(one.name, one.level, one.points, one.likeness) for one in found.peers] == [
        # ln(1.2/0.9)/ln 10 = 0.125; ln(27,295/18,025)/ln 4 = 0.299; a third of both is 0.14.
        (
            "Alpha",
            "B · established",
            "63.6",
            "Similar: 1.2 and 0.9 million inhabitants, both in Asia and the Pacific, "
            "national income per head of 18,000 and 27,000 dollars.",
        ),
        # Ten times as small is 1, a third of it 0.33.
        (
            "Bravo",
            "A · well advanced",
            "91.4",
            "Partly similar: 1.2 and 0.1 million inhabitants, both in China, the same national income.",
        ),
        # Another region is 1, ln(69,190/18,025)/ln 4 = 0.97; a third of both is 0.66.
        (
            "Charlie",
            "A · well advanced",
            "91.4",
            "Not very similar: 1.2 and 1.2 million inhabitants, in different regions (Asia and the Pacific; Europe "
            "and North America), national income per head of 18,000 and 69,000 dollars.",
        ),
    ]
    assert (found.note, found.others) == ("", 5)
    (answer,) = found.peers[0].answers
    assert (answer.title, answer.value, answer.source, answer.link, answer.remark) == (
        "2.2.1 Unemployment rate",
        "11%",
        "Alpha office of work",
        "https://alpha.example.org/jobs",
        "Half of it within a year",
    )
    assert answer.about.startswith("2025")


def test_the_same_in_chinese(installation: Store) -> None:
    keep(installation, reading(*TOWNS[0]))
    (found,) = peers(COMPUTER, home(installation), JOBS, "zh").peers
    assert (
        found.likeness
        == "相似：人口分别为 120 万和 90 万，同在亚洲和太平洋，人均国民收入分别为 18,000 和 27,000 国际元。"
    )


@pytest.mark.parametrize(
    ("towns", "unemployed", "names", "note"),
    [
        (TOWNS[1:2], 14.0, ["Bravo"], "Only 1 city is further on this subject, of 1 other city to look at."),
        (
            TOWNS[1:4],
            14.0,
            ["Bravo", "Charlie"],
            "Only 2 cities are further on this subject, of 3 other cities to look at.",
        ),
        (TOWNS[3:4], 14.0, [], "Nobody here is further on this subject, of 1 other city to look at."),
        ((), 14.0, [], "There is no other city here to look at."),
        (TOWNS, 4.0, [], "The city has the highest level on this subject: others can learn from it."),
        # 11 % is one level up from 14 %, and none from 10 %.
        (TOWNS[:2], 10.0, ["Bravo"], "Only 1 city is further on this subject, of 2 other cities to look at."),
        # An open answer counts 0: level D, so that whoever has C is ahead.
        (TOWNS[3:4], None, ["Delta"], "Only 1 city is further on this subject, of 1 other city to look at."),
    ],
)
def test_fewer_than_three_are_said_so(
    installation: Store,
    towns: tuple[tuple[str, str, int, float], ...],
    unemployed: float | None,
    names: list[str],
    note: str,
) -> None:
    for town in towns:
        keep(installation, reading(*town))
    found = peers(COMPUTER, home(installation, unemployed), JOBS, EN)
    assert ([one.name for one in found.peers], found.note) == (names, note)


def test_a_city_is_no_peer_of_itself_and_counts_by_its_newest_workbook(installation: Store) -> None:
    first = keep(installation, reading("Alpha", "MYS", 900_000, 4.9))
    own = home(installation)
    better = keep_again(installation, own, reading("Home", "CHN", 1_200_000, 4.0))
    worse = keep_again_of(installation, first, reading("Alpha", "MYS", 900_000, 20.0))
    assert {one.id for one in other_cities(COMPUTER, own)} == {worse}
    assert better not in {one.id for one in other_cities(COMPUTER, own)}
    assert peers(COMPUTER, own, JOBS, EN).peers == ()


def keep_again(store: Store, own: OwnCity, one: Reading) -> str:
    assert own.standing is not None
    return keep_again_of(store, own.standing.uploads[0].id, one)


def keep_again_of(store: Store, earlier: str, one: Reading) -> str:
    name = str(one.profile["name"])
    kept = add(
        store,
        name="again.xlsx",
        data=f"again {name}".encode(),
        reading=one,
        framework="key_features_2013",
        edition="1.0",
    )
    link_city(store, kept.id, country="", folded_name="", name="", same_as=earlier)
    return kept.id


def test_a_theme_is_a_subject_like_a_feature(installation: Store) -> None:
    for town in TOWNS:
        keep(installation, reading(*town))
    own = home(installation)
    assert peers(COMPUTER, own, f"{THEME}12", EN).note.startswith("Nobody here is further")
    with pytest.raises(KeyError):
        peers(COMPUTER, own, f"{THEME}26", EN)
    with pytest.raises(KeyError):
        peers(COMPUTER, own, "2", EN)


def test_the_record_of_a_room_is_compared_as_it_is_now(installation: Store) -> None:
    keep(installation, reading(*TOWNS[0]))
    city = make_city(installation, "Roomtown", "CHN")
    room = begin_assessment(COMPUTER, city, 2026)
    assert peers(COMPUTER, of_room(COMPUTER, room, "core", EN), JOBS, EN).peers[0].name == "Alpha"
    say(COMPUTER, room, UNEMPLOYED, {"value": "4.9", "year": "2025", "source": "office"}, 0)
    found = of_room(COMPUTER, room, "core", EN)
    assert (found.name, found.context, found.key) == ("Roomtown", "Assessment 2026", f"city:{city}")
    assert peers(COMPUTER, found, JOBS, EN).note == (
        "The city has the highest level on this subject: others can learn from it."
    )


def test_a_peer_brings_its_published_card_on_the_subject(installation: Store) -> None:
    keep(installation, reading(*TOWNS[0]))
    own = home(installation)
    (other,) = other_cities(COMPUTER, own)
    city = of_upload(COMPUTER, other.id, "core", EN).city_id
    for code, title in (("2.2", "Jobs"), ("2", "Economy"), ("1.1", "Letters")):
        made = new_card(COMPUTER, city, [code], EN)
        write_card(COMPUTER, made, "title", title, 1)
        write_card(COMPUTER, made, "done", "Done", 2)
        publish(COMPUTER, made, 3)
    unpublished = new_card(COMPUTER, city, ["2.2"], EN)
    assert unpublished in {one.id for one in own_cards(COMPUTER, city)}
    (peer,) = peers(COMPUTER, own, JOBS, EN).peers
    assert [one.title for one in peer.cards] == ["Economy", "Jobs"]


def test_an_invented_city_is_one_city_in_whatever_language_it_was_opened(installation: Store) -> None:
    for language in ("en", "zh"):
        open_sample(COMPUTER, "lindenhavn", language)
    own = of_upload(COMPUTER, open_sample(COMPUTER, "riverbend", "en").upload_id, "core", EN)
    assert [one.reading.profile["name"] for one in other_cities(COMPUTER, own)] == ["林登港"]
    found = peers(COMPUTER, own, "1.2", EN).peers
    assert [(one.name, one.invented) for one in found] == [("林登港", True)]


def test_the_first_subject_is_the_lowest_with_an_answer_that_can_move(installation: Store) -> None:
    # 24 % are 4.5 points. Nothing is lower among what was answered once 3.1 and 8.3, at 0 points, are taken out:
    # open features are not begun with.
    whole = reading("Home", "CHN", 1_200_000, 24.0)
    left = {code: row for code, row in whole.observations.items() if code[:3] not in ("3.1", "8.3")}
    kept = keep(installation, replace(whole, observations=left))
    assert first_subject(of_upload(COMPUTER, kept, "core", EN)) == JOBS
    assert first_subject(None) == "1.1"


def test_award_cities_stand_beside_in_the_order_of_likeness(installation: Store) -> None:
    own = home(installation)
    found = examples(own, "5.2", EN)
    assert not found.wider
    assert [one.city for one in found.examples[:2]] == ["Shanghai", "Wyndham"]
    assert found.examples[0].likeness == (
        "Partly similar: 1.2 and 24.8 million inhabitants, both in China, the same national income."
    )
    assert all(one.source and one.link.startswith("http") for one in found.examples)
    assert {one.awards for one in found.examples} == {"Learning City Award 2021"}
    about = {one.city for one in found.examples}
    shelf = house.references()
    assert about == {shelf.city(one.city).words[EN].name for one in shelf.practices if "5.2" in one.features}
    covered = {code for one in shelf.practices for code in one.features}
    alone = next(node.code for node in house.framework().at_level("feature") if node.code not in covered)
    assert examples(own, alone, EN).wider


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        (
            ("CHN", 12_000.0),
            ("CHN", 9_500.0),
            "Similar: 12,000 and 9,500 inhabitants, both in China, the same national income.",
        ),
        # Monaco has no figure of national income, and one of both gave no inhabitants.
        (
            ("MCO", None),
            ("FRA", 9_500.0),
            "Similar: both in Europe and North America. Not compared: size, income.",
        ),
        (
            ("", None),
            ("FRA", 9_500.0),
            "How similar it is cannot be said: size, region and income are not known.",
        ),
    ],
)
def test_what_is_not_known_is_left_out_and_said_so(
    first: tuple[str, float | None], second: tuple[str, float | None], sentence: str
) -> None:
    assert alike(place(*first), place(*second), EN).sentence == sentence


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoCities]:
    with two_cities(tmp_path_factory.mktemp("peers")) as made:
        yield made


@pytest.mark.parametrize("role", EVERYBODY)
def test_no_draft_and_nothing_private_is_anybodys_peer(role: str, world: TwoCities) -> None:
    """What the other city handed in is better on nothing that may be told; its draft is not even counted."""
    who = world.actor(role)
    look: Callable[[Actor], OwnCity] = lambda actor: of_upload(actor, world.own, "core", EN)  # noqa: E731
    own = look(world.actor("owner"))
    ids = {one.id for one in other_cities(who, own)}
    sees = role not in (*CITY_PEOPLE, "guest", "foreign commission")
    assert ids == ({world.handed_in} if sees else set())
    for subject in subjects(own, EN):
        found = peers(who, own, subject, EN)
        assert found.others == len(ids)
        assert not words_in(repr(found.peers)) or sees
        assert "Qzdraft" not in repr(found)


@pytest.mark.parametrize(
    ("choice", "readers"),
    [
        ("private", {"secretariat", "commission"}),
        ("jury", set(JURY)),
        ("network", {one for one in EVERYBODY if one != "foreign commission"}),
        ("public", set(EVERYBODY)),
    ],
)
def test_a_peer_is_seen_by_those_for_whom_its_city_chose(
    tmp_path: Path, choice: str, readers: set[str]
) -> None:
    with two_cities(tmp_path) as own_world:
        shown = hand_in(own_world, "Qzchosen", 2024, choice)
        own = of_upload(own_world.actor("owner"), own_world.own, "core", EN)
        for role in EVERYBODY:
            who = own_world.actor(role)
            sees = role in readers
            others = {one.id for one in other_cities(who, own)}
            assert (shown.upload in others) is sees, role
            assert ("Qzchosen" in repr([peers(who, own, one, EN) for one in (JOBS, "6.1")])) <= sees, role


def test_a_city_becomes_a_peer_by_handing_in_and_being_seen(tmp_path: Path) -> None:
    with two_cities(tmp_path):
        store = house.store()
        city = make_city(store, "Fourth", "MYS")
        owner = somebody("owner", "fourth@example.org", city=city)
        kept = keep(store, reading(*TOWNS[0]), Owner(city, owner.person))
        chair = somebody("chair", "chair2@example.org")
        home_city = make_city(store, "Home", "CHN")
        home_owner = somebody("owner", "home@example.org", city=home_city)
        own_id = keep(store, reading("Home", "CHN", 1_200_000, 14.0), Owner(home_city, home_owner.person))
        own = of_upload(home_owner, own_id, "core", EN)
        assert "Alpha" not in repr(peers(chair, own, JOBS, EN))
        submit(owner, kept)
        assert [one.name for one in peers(chair, own, JOBS, EN).peers][:1] == ["Alpha"]
        assert peers(home_owner, own, JOBS, EN).others == 0
