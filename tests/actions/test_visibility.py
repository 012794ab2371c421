"""Who may see what a city handed in is the city's choice, in every list and comparison, from the next act on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from actions import candidates, export, house, listing, ranking, rooms, standing, uploads
from actions.access import COMPUTER, NotAllowedError, NotKeptError
from actions.record import record
from actions.rooms import RoomError, room_cities, rooms_of
from actions.visibility import choose_visibility, visibility_of
from store.acts import Act
from store.record_copies import remember_copy
from store.visibilities import CHOICES, visibilities_of_uploads
from tests.actions.test_no_leaks import BESIDE, READING
from tests.two_cities import EVERYBODY, HandedIn, TwoCities, hand_in, two_cities

EN = "en"
# Who sees an assessment of the other city, by what that city chose. The commission is its country's.
PROCESSING = ("commission", "secretariat")
SEEN_BY = {
    "private": PROCESSING,
    "jury": (*PROCESSING, "juror", "chair", "auditor"),
    "network": tuple(one for one in EVERYBODY if one != "foreign commission"),
    "public": EVERYBODY,
}
PLACES = {choice: (f"Qz{choice}word", 2020 + number) for number, choice in enumerate(CHOICES)}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoCities]:
    with two_cities(tmp_path_factory.mktemp("rooms_of_two_cities")) as made:
        yield made


@pytest.fixture(scope="module")
def handed_in(world: TwoCities) -> dict[str, HandedIn]:
    """One assessment of the other city for each choice; its owner has looked at all of them."""
    made = {choice: hand_in(world, word, year, choice) for choice, (word, year) in PLACES.items()}
    for one in made.values():
        for read in READING.values():
            read(world.actor("other owner"), one.upload)
    return made


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("choice", CHOICES)
def test_an_assessment_is_seen_by_those_for_whom_it_was_chosen(
    choice: str, role: str, world: TwoCities, handed_in: dict[str, HandedIn]
) -> None:
    who, one = world.actor(role), handed_in[choice]
    sees = role in SEEN_BY[choice]
    assert standing.is_kept(who, one.upload) is sees
    assert (one.upload in {kept.id for kept in listing.recent_uploads(who, 50)}) is sees
    assert (one.upload in repr(candidates.addable(who, (), EN))) is sees
    assert (one.assessment in {found.id for found in rooms_of(who, world.other_city)}) is sees
    if sees:
        assert record(who, one.assessment).room.sees_draft is False
        assert PLACES[choice][0] in repr(READING["areas.area"](who, one.upload))
    else:
        for refused in (record, lambda who, id: visibility_of(who, id, EN)):
            with pytest.raises(NotKeptError):
                refused(who, one.assessment)
        for read in READING.values():
            with pytest.raises(NotKeptError):
                read(who, one.upload)


def test_other_cities_compare_with_what_the_network_sees_and_with_nothing_else(
    world: TwoCities, handed_in: dict[str, HandedIn]
) -> None:
    who = world.actor("owner")
    for choice, one in handed_in.items():
        if choice in ("network", "public"):
            assert PLACES[choice][0] in repr(ranking.ranking(who, (world.own, one.upload), "core", EN))
            assert export.export(who, (world.own, one.upload), "core", EN)
            continue
        for beside in BESIDE.values():
            with pytest.raises(NotKeptError):
                beside(who, world.own, one.upload)


def test_a_city_has_a_room_in_the_list_of_those_who_may_see_any_of_it(
    world: TwoCities, handed_in: dict[str, HandedIn]
) -> None:
    assert handed_in
    for role in EVERYBODY:
        assert world.other_city in room_cities(world.actor(role)), role


def test_a_choice_counts_from_the_next_act_on(world: TwoCities) -> None:
    owner, guest = world.actor("other owner"), world.actor("guest")
    one = hand_in(world, "Qzchanged", 2019, "network")
    assert standing.is_kept(guest, one.upload)
    READING["overview.overview"](guest, one.upload)
    choose_visibility(owner, one.assessment, "private", 1)
    assert not standing.is_kept(guest, one.upload)
    with pytest.raises(NotKeptError):
        READING["overview.overview"](guest, one.upload)
    assert not standing.is_kept(world.actor("juror"), one.upload)
    choose_visibility(owner, one.assessment, "jury", 2)
    assert standing.is_kept(world.actor("juror"), one.upload)


def test_nobody_but_the_owner_chooses(world: TwoCities, handed_in: dict[str, HandedIn]) -> None:
    for role in EVERYBODY:
        with pytest.raises(NotAllowedError):
            choose_visibility(world.actor(role), handed_in["public"].assessment, "private", 1)


def test_the_slower_of_two_who_choose_is_told(world: TwoCities) -> None:
    owner = world.actor("other owner")
    made = rooms.begin_assessment(owner, world.other_city, 2018)
    choose_visibility(owner, made, "network", 0)
    with pytest.raises(RoomError) as caught:
        choose_visibility(owner, made, "public", 0)
    assert caught.value.kind == "chosen_meanwhile"
    # What holds already is chosen by both alike.
    choose_visibility(owner, made, "network", 0)
    shown = visibility_of(owner, made, EN)
    assert (shown.choice, shown.version, shown.may_choose) == ("network", 1, True)
    with pytest.raises(RoomError) as caught:
        choose_visibility(owner, made, "friends", 1)
    assert caught.value.kind == "visibility_unknown"


def test_a_draft_is_seen_by_nobody_whatever_was_chosen(world: TwoCities) -> None:
    made = rooms.begin_assessment(world.actor("other owner"), world.other_city, 2017)
    choose_visibility(world.actor("other owner"), made, "public", 0)
    for role in EVERYBODY:
        with pytest.raises(NotKeptError):
            record(world.actor(role), made)


def test_of_several_assessments_of_one_workbook_the_strictest_holds(world: TwoCities) -> None:
    one = hand_in(world, "Qztwice", 2016, "public")
    owner = world.actor("other owner")
    second = rooms.begin_assessment(owner, world.other_city, 2015)
    choose_visibility(owner, second, "private", 0)
    with house.store().writing(Act(owner.person, "copy", "record", second)) as writing:
        remember_copy(writing, second, "a" * 64, one.upload)
    with house.store().reading() as reader:
        assert visibilities_of_uploads(reader, (one.upload, world.own)) == {one.upload: "private"}
    assert not standing.is_kept(world.actor("guest"), one.upload)


def test_on_an_own_computer_the_choice_is_a_label(world: TwoCities, handed_in: dict[str, HandedIn]) -> None:
    shown = visibility_of(COMPUTER, handed_in["private"].assessment, EN)
    assert shown.choice == "private"
    assert shown.until.startswith("Nobody signs in on this computer")
    assert standing.is_kept(COMPUTER, handed_in["private"].upload)


def test_ones_own_city_stands_before_those_that_opened_a_year(
    world: TwoCities, handed_in: dict[str, HandedIn]
) -> None:
    assert handed_in
    (own,) = uploads.destinations(world.actor("owner"))
    assert list(room_cities(world.actor("owner"))) == [own, world.other_city]
