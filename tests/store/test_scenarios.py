"""Saved what-ifs stay as they were saved, under their own id, with the uploads they belong to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store.engine import Store, open_store
from store.scenarios import get_scenario, save_scenario, scenarios_of
from store.uploads import is_id, new_id
from tests.store.readings import keep


def test_what_was_saved_comes_back_after_a_restart(store: Store, url: str) -> None:
    city, one, other = (keep(store, bytes([i])).id for i in range(3))
    saved = save_scenario(
        store, name="更多指导 · A", basket="core", content='{"a": 1}', upload_ids=[city, other, city, one]
    )
    assert is_id(saved.id)
    assert (saved.name, saved.basket, saved.content) == ("更多指导 · A", "core", '{"a": 1}')
    assert saved.upload_ids == (city, other, one)
    store.engine.dispose()
    assert get_scenario(open_store(url), saved.id) == saved


def test_a_name_taken_twice_keeps_both(store: Store) -> None:
    city = keep(store).id
    first = save_scenario(store, name="Plan", basket="core", content="1", upload_ids=[city])
    second = save_scenario(store, name="Plan", basket="core", content="2", upload_ids=[city])
    assert first.id != second.id
    assert first.at <= second.at
    assert scenarios_of(store, city) == (second, first)
    assert get_scenario(store, first.id) == first


def test_each_city_has_its_own(store: Store) -> None:
    a, b = keep(store, b"1").id, keep(store, b"2").id
    of_a = save_scenario(store, name="x", basket="core", content="", upload_ids=[a, b])
    of_b = save_scenario(store, name="y", basket="full", content="", upload_ids=[b])
    assert scenarios_of(store, a) == (of_a,)
    assert scenarios_of(store, b) == (of_b,)
    assert scenarios_of(store, b, limit=0) == ()


UNKNOWN = ["", "x", "\ud800" * 22, "' OR 1=1 --' OR 1=1 --", new_id()]


@pytest.mark.parametrize("unknown", UNKNOWN, ids=ascii)
def test_nothing_is_kept_for_an_unknown_upload(unknown: str, store: Store) -> None:
    city = keep(store).id
    for members in ([unknown], [city, unknown]):
        with pytest.raises(LookupError):
            save_scenario(store, name="x", basket="core", content="", upload_ids=members)
    assert scenarios_of(store, city) == ()
    assert scenarios_of(store, unknown) == ()
    assert get_scenario(store, unknown) is None


def test_a_scenario_of_no_city_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="none is named"):
        save_scenario(store, name="x", basket="core", content="", upload_ids=[])


def test_a_name_that_no_database_holds_is_made_to_fit(store: Store) -> None:
    saved = save_scenario(store, name="a\0b\ud800", basket="core", content="", upload_ids=[keep(store).id])
    assert saved.name == "ab?"
    assert replace(saved) == get_scenario(store, saved.id)
