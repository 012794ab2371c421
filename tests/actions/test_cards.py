"""Practice cards: written by two people at once, published by the owner alone, taken back at once, and never leaked."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from actions import house
from actions.access import Actor, NotKeptError
from actions.card_search import NEWEST, Found, Wanted, found_cards
from actions.cards import (
    CardError,
    OwnCard,
    choose,
    may_begin_card,
    new_card,
    own_cards,
    publish,
    remove_card,
    withdraw_card,
    write_card,
)
from actions.erasure import erase_person
from actions.keeping import export, verify
from actions.practice_city import of_city
from actions.sign_in import actor as actor_of
from store.cities import find_cities
from store.engine import Store
from store.tables import LOG
from tests.actions.people_at_hand import come_in, make_city, somebody
from tests.two_cities import DRAFT, EVERYBODY, HANDED_IN, UNKNOWN, TwoCities, two_cities, words_in

EN = "en"


def card_of(actor: Actor, city: str, number: int = 0) -> OwnCard:
    return own_cards(actor, city)[number]


def written(actor: Actor, city: str, **texts: str) -> str:
    """A card of a city, each field written by itself as on the page; returns its id."""
    made = new_card(actor, city, texts.pop("codes", "1.1").split(), EN, texts.pop("inhabitants", ""))
    for field, text in texts.items():
        base = next(one for one in own_cards(actor, city) if one.id == made).version
        write_card(actor, made, field, text, base)
    return made


def released(actor: Actor, city: str, **texts: str) -> str:
    made = written(actor, city, **{"title": "A title", "done": "What we did", **texts})
    publish(actor, made, next(one for one in own_cards(actor, city) if one.id == made).version)
    return made


def seen(actor: Actor, **wanted: str | bool) -> Found:
    return found_cards(actor, None, Wanted(**wanted), "", EN)  # type: ignore[arg-type]


@pytest.fixture
def town(installation: Store) -> str:
    return make_city(installation, "Eastby")


def test_a_card_is_written_published_changed_and_taken_back(town: str, installation: Store) -> None:
    owner = somebody("owner", "o@example.org", city=town)
    reader = somebody("viewer", "v@example.org", city=make_city(installation, "Westby"))
    made = written(owner, town, title="Reading vans", done="Vans with books", codes="1.1 5.1")
    assert seen(reader).total == 0
    card = card_of(owner, town)
    assert (card.version, card.published, card.ready) == (3, 0, True)
    assert dict(card.said) == {
        "title": "Reading vans",
        "done": "Vans with books",
        "codes": "1.1 5.1",
        "language": "en",
    }
    publish(owner, made, 3)
    (found,) = seen(reader).cards
    assert (found.city, found.title, found.subjects) == (
        "Eastby",
        "Reading vans",
        "1.1 Literacy, basic skills; 5.1 Community spaces",
    )
    # Others go on reading what the city agreed to.
    write_card(owner, made, "title", "Reading vans, again", 3)
    assert [one.title for one in seen(reader).cards] == ["Reading vans"]
    assert (card_of(owner, town).version, card_of(owner, town).published) == (4, 3)
    publish(owner, made, 4)
    assert [one.title for one in seen(reader).cards] == ["Reading vans, again"]
    withdraw_card(owner, made)
    assert seen(reader) == Found((), 0)
    publish(owner, made, 4)
    remove_card(owner, made)
    assert seen(reader) == Found((), 0)
    assert own_cards(owner, town) == ()
    assert verify().whole


def test_what_another_wrote_in_another_field_stays(town: str) -> None:
    owner = somebody("owner", "o@example.org", city=town)
    helper = somebody("contributor", "c@example.org", city=town)
    made = new_card(owner, town, ["1.1"], EN)
    assert not write_card(owner, made, "title", "From the owner", 1).clash
    # She still has the first version before her.
    assert not write_card(helper, made, "done", "From the helper", 1).clash
    said = card_of(owner, town).said
    assert (said["title"], said["done"]) == ("From the owner", "From the helper")


@pytest.mark.parametrize(("mine", "counts"), [(True, "slower"), (False, "faster")])
def test_the_slower_of_two_is_told_and_chooses(town: str, mine: bool, counts: str) -> None:
    owner = somebody("owner", "o@example.org", city=town)
    helper = somebody("contributor", "c@example.org", city=town)
    made = new_card(owner, town, ["1.1"], EN)
    write_card(owner, made, "done", "faster", 1)
    assert write_card(helper, made, "done", "slower", 1).clash
    card = card_of(helper, town)
    assert (card.said["done"], dict(card.beside)) == ("faster", {"done": "slower"})
    choose(helper, made, "done", mine)
    card = card_of(owner, town)
    assert (card.said["done"], dict(card.beside)) == (counts, {})


def test_the_same_text_twice_is_no_clash_and_no_version(town: str) -> None:
    owner = somebody("owner", "o@example.org", city=town)
    made = new_card(owner, town, ["1.1"], EN)
    write_card(owner, made, "title", "The same", 1)
    assert write_card(owner, made, "title", " The same ", 1).version == 2


def test_a_field_names_the_version_that_it_was_changed_in(town: str) -> None:
    owner = somebody("owner", "o@example.org", city=town)
    made = written(owner, town, title="One", done="Two", result="Three")
    write_card(owner, made, "title", "Four", 4)
    changed = card_of(owner, town).changed
    assert {name: changed[name] for name in ("codes", "title", "done", "result", "whom")} == {
        "codes": 1,
        "title": 5,
        "done": 3,
        "result": 4,
        "whom": 1,
    }


def test_only_the_owner_publishes_and_contributors_keep_to_their_areas(town: str) -> None:
    owner = somebody("owner", "o@example.org", city=town)
    helper = actor_of(come_in("contributor", "c@example.org", city=town, areas=("1",)).person)
    viewer = somebody("viewer", "w@example.org", city=town)
    hers = written(helper, town, title="Hers", done="Done", codes="1.2")
    theirs = written(owner, town, title="Theirs", done="Done", codes="6.1")
    for act in (
        publish,
        lambda who, one, _: withdraw_card(who, one),
        lambda who, one, _: remove_card(who, one),
    ):
        for who in (helper, viewer):
            with pytest.raises(NotKeptError):
                act(who, hers, 3)  # type: ignore[operator]
    with pytest.raises(CardError, match="outside_areas"):
        write_card(helper, theirs, "title", "Mine now", 3)
    with pytest.raises(CardError, match="outside_areas"):
        write_card(helper, hers, "codes", "6.1", 3)
    with pytest.raises(CardError, match="outside_areas"):
        new_card(helper, town, [], EN)
    assert {one.said["title"]: one.may_write for one in own_cards(helper, town)} == {
        "Theirs": False,
        "Hers": True,
    }
    assert not any(one.may_write or one.may_publish for one in own_cards(viewer, town))
    assert (may_begin_card(helper, town), may_begin_card(viewer, town)) == (True, False)
    with pytest.raises(NotKeptError):
        write_card(viewer, hers, "title", "Viewed", 3)


@pytest.mark.parametrize(
    ("field", "text", "kind"),
    [
        ("title", "x" * 121, "too_long"),
        ("codes", "1.1 99.9", "unknown"),
        ("themes", "26", "unknown"),
        ("forum", "10", "unknown"),
        ("language", "xx", "unknown"),
        ("colour", "red", "unknown"),
        ("title.beside", "x", "unknown"),
        ("evidence", "javascript:alert(1)", "not_a_link"),
        ("link", "www.example.org", "not_a_link"),
        ("inhabitants", "many", "not_a_number"),
    ],
)
def test_what_a_card_cannot_hold_is_refused(town: str, field: str, text: str, kind: str) -> None:
    owner = somebody("owner", "o@example.org", city=town)
    made = new_card(owner, town, ["1.1"], EN)
    with pytest.raises(CardError, match=kind):
        write_card(owner, made, field, text, 1)
    assert card_of(owner, town).version == 1


def test_a_card_that_is_not_ready_or_was_changed_is_not_published(town: str, installation: Store) -> None:
    owner = somebody("owner", "o@example.org", city=town)
    made = written(owner, town, title="A title")
    with pytest.raises(CardError, match="not_ready"):
        publish(owner, made, 2)
    write_card(owner, made, "done", "Done", 2)
    with pytest.raises(CardError, match="changed_meanwhile"):
        publish(owner, made, 2)


def test_cards_are_found_by_what_they_are_about(town: str, installation: Store) -> None:
    owner = somebody("owner", "o@example.org", city=town)
    reader = somebody("viewer", "v@example.org", city=make_city(installation, "Westby", "NOR"))
    released(owner, town, title="Vans", codes="1.1", themes="12 15", forum="3", inhabitants="100000")
    released(owner, town, title="École du soir", codes="6", themes="17", result="看病和学习")

    def titles(**wanted: str | bool) -> list[str]:
        return [one.title for one in seen(reader, **wanted).cards]

    assert titles() == ["École du soir", "Vans"]
    assert titles(subject="1.1") == ["Vans"]
    assert titles(subject="1") == ["Vans"]
    assert titles(subject="6.2") == ["École du soir"]
    assert titles(subject="2.2") == []
    assert titles(theme="15") == ["Vans"]
    assert titles(forum="3") == ["Vans"]
    assert titles(words="ecole SOIR") == ["École du soir"]
    assert titles(words="学习") == ["École du soir"]
    assert titles(words="eastby") == ["École du soir", "Vans"]
    assert titles(words="vans soir") == []
    assert seen(reader, words="vans soir").total == 2


def test_cards_stand_in_the_order_of_likeness(town: str, installation: Store) -> None:
    far, near = make_city(installation, "Far", "BRA"), make_city(installation, "Near", "SWE")
    owners = {
        city: somebody("owner", f"{name}@example.org", city=city) for city, name in ((near, "n"), (far, "f"))
    }
    released(owners[near], near, title="near", inhabitants="50 000")
    distant = released(owners[far], far, title="far", inhabitants="50 000")
    home = make_city(installation, "Home", "NOR")
    reader = somebody("owner", "h@example.org", city=home)
    released(reader, home, title="one's own")
    own = of_city(reader, home)

    def titles(wanted: Wanted, first: str = "") -> list[str]:
        return [one.title for one in found_cards(reader, own, wanted, first, EN).cards]

    assert titles(Wanted()) == ["near", "far"]
    assert titles(Wanted(order=NEWEST)) == ["far", "near"]
    assert titles(Wanted(alike=True)) == ["near"]
    sentence = found_cards(reader, own, Wanted(), "", EN).cards[0].likeness
    # Gross national income per head 2022, UNDP: Norway 69,190 and Sweden 56,996 international dollars of 2017.
    assert sentence == (
        "Similar: both in Europe and North America, national income per head of 69,000 and 57,000 dollars. "
        "Not compared: size."
    )
    version = write_card(owners[far], distant, "codes", "2.2", 4).version
    publish(owners[far], distant, version)
    assert titles(Wanted(), "2.2") == ["far", "near"]


def test_a_name_on_a_card_goes_with_the_person_and_the_card_stays(town: str, installation: Store) -> None:
    owner = somebody("owner", "o@example.org", city=town)
    person = come_in("contributor", "ada@example.org", "Ada Lovely", city=town).person
    released(owner, town, title="Vans", done="Run by Ada Lovely since spring")
    erase_person(somebody("secretariat", "s@example.org"), person)
    assert card_of(owner, town).said["done"] == "Run by ▮▮▮ since spring"
    assert "Lovely" not in repr(seen(owner))
    assert verify().whole


def test_a_city_carries_its_cards_away(town: str, installation: Store) -> None:
    owner = somebody("owner", "o@example.org", city=town)
    released(owner, town, title="Vans")
    (city,) = find_cities(installation, town)
    with zipfile.ZipFile(io.BytesIO(export(city))) as book:
        (card,) = json.loads(book.read("cards.json"))
        log = book.read("log.csv").decode("utf-8-sig")
    assert [one["said"].get("title") for one in card["versions"]] == [None, "Vans", "Vans"]
    assert [one["card_version"] for one in card["consents"]] == [3]
    assert '"publish","card"' in log
    assert "Vans" not in log


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoCities]:
    with two_cities(tmp_path_factory.mktemp("cards")) as made:
        yield made


@pytest.fixture(scope="module")
def secret(world: TwoCities) -> str:
    """A card of the other city that nobody else may see, and one that was taken back."""
    theirs = world.actor("other owner")
    back = released(theirs, world.other_city, title=f"{DRAFT} back", done=DRAFT)
    withdraw_card(theirs, back)
    return written(theirs, world.other_city, title=f"{DRAFT} card", done=DRAFT)


@pytest.mark.parametrize("role", EVERYBODY)
def test_nobody_finds_or_counts_a_card_without_consent(role: str, world: TwoCities, secret: str) -> None:
    who = world.actor(role)
    found = seen(who)
    assert found == Found((), 0)
    assert seen(who, words=DRAFT) == Found((), 0)


ACTS: dict[str, Callable[[Actor, str], object]] = {
    "write": lambda who, one: write_card(who, one, "title", "x", 1),
    "choose": lambda who, one: choose(who, one, "title", True),
    "publish": lambda who, one: publish(who, one, 3),
    "withdraw": withdraw_card,
    "remove": remove_card,
}


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("name", ACTS)
def test_a_card_of_another_city_is_told_as_one_that_is_not_there(
    name: str, role: str, world: TwoCities, secret: str
) -> None:
    told = []
    for one in (secret, UNKNOWN):
        with pytest.raises(NotKeptError) as raised:
            ACTS[name](world.actor(role), one)
        told.append((raised.type, str(raised.value)))
    assert told[0] == told[1]
    kept = own_cards(world.actor("other owner"), world.other_city)
    assert [one.version for one in kept if one.id == secret] == [3]


@pytest.mark.parametrize("role", EVERYBODY)
def test_the_cards_of_another_city_are_not_listed(role: str, world: TwoCities, secret: str) -> None:
    who = world.actor(role)
    with pytest.raises(NotKeptError):
        own_cards(who, world.other_city)
    with pytest.raises(NotKeptError):
        of_city(who, world.other_city)
    with pytest.raises(NotKeptError):
        new_card(who, world.other_city, ["1.1"], EN)
    assert not may_begin_card(who, world.other_city)


def test_what_is_published_is_found_by_everybody_from_the_next_action_on(tmp_path: Path) -> None:
    with two_cities(tmp_path) as own_world:
        theirs = own_world.actor("other owner")
        made = released(theirs, own_world.other_city, title=HANDED_IN, done="Done")
        for role in EVERYBODY:
            assert words_in(repr(seen(own_world.actor(role)).cards)) == {DRAFT, HANDED_IN}
        withdraw_card(theirs, made)
        for role in EVERYBODY:
            assert seen(own_world.actor(role)) == Found((), 0)


def test_the_log_tells_of_cards_by_their_ids_alone(world: TwoCities, secret: str) -> None:
    with house.store().reading() as reader:
        lines = reader.execute(select(LOG.c.act, LOG.c.detail).where(LOG.c.kind == "card")).all()
    assert {line.act for line in lines} == {"write", "publish", "unpublish"}
    assert words_in(repr(lines)) == set()
