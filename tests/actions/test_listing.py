"""Lists show what may be seen, all of it and nothing else, and open no reading for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from actions import house, listing
from actions.access import (
    COMPUTER,
    Actor,
    Grant,
    NotKeptError,
    ask_anew,
    one_visit,
    subjects_of_uploads,
    visible,
)
from actions.candidates import unit_labels
from actions.standing import upload
from actions.submissions import submit
from store.uploads import recent
from tests.two_cities import DRAFT, EVERYBODY, HANDED_IN, JURY, OWN, UNKNOWN, TwoCities, two_cities


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoCities]:
    with two_cities(tmp_path_factory.mktemp("listing")) as made:
        yield made


@pytest.mark.parametrize("role", [*EVERYBODY, "other owner"])
def test_a_list_holds_exactly_what_may_be_seen(role: str, world: TwoCities) -> None:
    who = world.actor(role)
    expected = visible(who, recent(house.store(), 1000))
    assert tuple(one.id for one in listing.recent_uploads(who, 50)) == expected
    assert tuple(one.id for one in listing.recent_uploads(who, 1)) == expected[:1]
    names = {world.own: OWN, world.draft: DRAFT, world.handed_in: HANDED_IN}
    assert [(one.id, one.name) for one in listing.listed(who, 50, "en")] == [
        (one, names[one]) for one in expected
    ]


@pytest.mark.parametrize("role", JURY)
def test_the_handed_in_one_stands_in_the_lists_of_the_jury(role: str, world: TwoCities) -> None:
    assert [one.id for one in listing.recent_uploads(world.actor(role), 9)] == [world.handed_in]


def test_who_has_several_roles_sees_what_each_of_them_shows(world: TwoCities) -> None:
    owner, juror = world.actor("owner"), world.actor("juror")
    both = Actor(owner.person, "", (*owner.grants, *juror.grants))
    assert [one.id for one in listing.recent_uploads(both, 9)] == [world.own, world.handed_in]
    nobody = Actor("", "", (Grant("owner", ""), Grant("commission", country="")))
    assert listing.recent_uploads(nobody, 9) == ()
    assert len(listing.recent_uploads(COMPUTER, 9)) == 3


def test_no_reading_is_opened_for_a_list(world: TwoCities) -> None:
    upload.cache_clear()
    unit_labels.cache_clear()
    found = listing.recent_uploads(COMPUTER, 9)
    called = unit_labels(tuple(one.id for one in found), "en")
    assert called == {world.own: OWN, world.draft: DRAFT, world.handed_in: HANDED_IN}
    assert upload.cache_info().misses == 0
    with pytest.raises(NotKeptError, match=UNKNOWN):
        listing.in_short((world.own, UNKNOWN))


def test_what_an_upload_is_of_is_read_once_while_a_page_is_made_and_anew_for_what_is_done(
    world: TwoCities,
) -> None:
    with one_visit():
        before = subjects_of_uploads((world.own,))[world.own]
        assert not before.submitted
        submit(world.actor("owner"), world.own)
        assert subjects_of_uploads((world.own, UNKNOWN)) == {world.own: before}
        ask_anew()
        assert subjects_of_uploads((world.own,))[world.own].submitted
    assert subjects_of_uploads((world.own,))[world.own].submitted
