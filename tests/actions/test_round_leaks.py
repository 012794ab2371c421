"""Whatever happens to a city that somebody has a conflict with, she learns nothing: every role, byte for byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping

import pytest

from actions import candidates, card_words, export, listing, office_log, rooms
from actions.access import COMPUTER, Actor, NotKeptError, visible
from actions.city_people import cities_led
from actions.review_list import handed_in_rooms
from actions.round_assign_file import assignment_file
from actions.round_candidates_file import candidates_file
from actions.round_conflict_file import conflicts_file
from actions.round_facts import candidates as in_round
from actions.round_facts import marks, pairs
from actions.round_marks import sheet
from actions.round_minutes import minutes_pdf, minutes_word
from actions.round_offline import offline_workbook
from actions.round_package import package
from actions.round_read import rounds, seen
from actions.round_widths import widths
from tests.conftest import SOAK
from tests.round_at_hand import VIEWERS, Changes, RoundWorld, round_world
from tests.two_cities import DRAFT, HANDED_IN

CHANGES = 1000
# How many changes are made between two looks; after each of them in the long form.
BETWEEN = 1 if SOAK else 50


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoundWorld]:
    with round_world(tmp_path_factory.mktemp("round")) as made:
        yield made


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a file but the one that says when it was made."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"}


# Everything below the pages that could tell of a city, by name.
OUTSIDE: Mapping[str, Callable[[Actor], object]] = {
    "closed": lambda who: who.closed,
    "listed": lambda who: listing.listed(who, 50, "en"),
    "addable": lambda who: candidates.addable(who, (), "en"),
    "rooms": lambda who: rooms.room_cities(who),
    "cities led": lambda who: cities_led(who),
    "cards": lambda who: card_words.offered_cards(who, "en"),
    "log": lambda who: office_log.office_log(who, "en"),
    "log as a file": lambda who: parts_of(office_log.office_log_file(who, "en")),
    "to review": lambda who: handed_in_rooms(who, "en"),
    "rounds": lambda who: rounds(who),
}


# Every file that can be carried away from a round, by name.
FILES: Mapping[str, Callable[[Actor, str], bytes]] = {
    "minutes in Word": lambda who, of: minutes_word(who, of, "", "en"),
    "minutes in PDF": lambda who, of: minutes_pdf(who, of, "", "zh"),
    "package": lambda who, of: package(who, of, ""),
    "marks to take along": lambda who, of: offline_workbook(who, of, "", "en"),
    "conflicts": lambda who, of: conflicts_file(who, of, "", "en"),
    "assignment": lambda who, of: assignment_file(who, of, "", "zh"),
    "candidates": lambda who, of: candidates_file(who, of, "", "en"),
}


def files_of(world: RoundWorld, role: str) -> dict[str, object]:
    """What somebody can carry away; a word where it is not hers."""
    found: dict[str, object] = {}
    for name, make in FILES.items():
        try:
            data = make(world.actor(role), world.round)
        except NotKeptError:
            found[name] = "not hers"
        else:
            found[name] = parts_of(data) if data[:2] == b"PK" else data
    return found


def told(world: RoundWorld, role: str) -> dict[str, str]:
    """All that somebody of a role gets to know, each thing as text."""
    who, view = world.actor(role), world.seen(role)
    everything = {name: repr(read(who)) for name, read in OUTSIDE.items()}
    table = sheet(view)
    return {
        **everything,
        "viewer": repr(view.viewer),
        "half-widths": repr(widths(who, view)),
        "entries": repr(view.entries),
        "marks": "" if table is None else repr((table.jurors, table.cities, table.values.tobytes())),
    }


def test_before_anything_changes_the_closed_city_is_nowhere_and_the_others_are_there(
    world: RoundWorld,
) -> None:
    for role in VIEWERS:
        seen_by = world.seen(role)
        assert seen_by.viewer.recused == {world.closed: f"{DRAFT}{HANDED_IN}"}
        assert tuple(one.id for one in in_round(seen_by.now)) == world.others
        about = {candidate for one in seen_by.entries for candidate in one.about if one.kind != "declared"}
        assert about == set(world.others)
        assert [one.number for one in seen_by.entries] == list(range(1, len(seen_by.entries) + 1))
        who = world.actor(role)
        assert who.closed == {world.cities.other_city}
        assert visible(who, (world.cities.handed_in,)) == ()
    free = world.seen("free 1")
    assert free.viewer.recused == {}
    assert {one.id for one in in_round(free.now)} == {world.closed, *world.others}
    # Three without a conflict mark four cities on eight criteria; the juror and the chair the other three.
    assert len(marks(free.now)) == 3 * 4 * 8 + 2 * 3 * 8
    assert {role: len(marks(world.seen(role).now)) for role in VIEWERS} == dict.fromkeys(VIEWERS, 5 * 3 * 8)
    assert len(pairs(world.seen("chair").now)) == 15
    # One of the others has a dossier, too, which all may open; the closed one's is read for nobody in conflict.
    own = world.others[0]
    for role in VIEWERS:
        assert [city for city, _ in widths(world.actor(role), world.seen(role)).rows] == [own]
    assert {city for city, _ in widths(world.actor("free 1"), free).rows} == {world.closed, own}


def test_a_thousand_changes_of_the_closed_city_change_nothing_for_any_role(world: RoundWorld) -> None:
    before = {role: told(world, role) for role in VIEWERS}
    files = {role: files_of(world, role) for role in VIEWERS}
    whole = seen(COMPUTER, world.round).entries
    changes, done = Changes(world, seed=20261122), []
    for number in range(1, CHANGES + 1):
        done.append(changes.one())
        if number % 250 == 0:
            changes.outside()
        if number % BETWEEN == 0:
            for role in VIEWERS:
                after = told(world, role)
                assert {name for name in after if after[name] != before[role][name]} == set(), (
                    role,
                    done[-BETWEEN:],
                )
    for role in VIEWERS:
        now = files_of(world, role)
        assert [name for name in now if now[name] != files[role][name]] == [], role
    # Each file is somebody's, so that all of them were looked at.
    assert {name for one in files.values() for name, data in one.items() if data != "not hers"} == set(FILES)
    # The changes were real: whoever has no conflict sees them.
    assert len(seen(COMPUTER, world.round).entries) >= len(whole) + CHANGES
    assert len(set(done)) == 14


def test_nobody_in_conflict_reaches_the_city_by_its_id(world: RoundWorld) -> None:
    for role in VIEWERS:
        who = world.actor(role)
        for upload in (world.cities.handed_in, world.cities.draft):
            with pytest.raises(NotKeptError):
                export.export(who, (upload,), "core", "en")
        for assessment in rooms.rooms_of(who, world.cities.other_city):
            pytest.fail(f"{role} sees {assessment}")
