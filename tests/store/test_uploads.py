"""Uploads are added once, found again, and never changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import re

import pytest
from sqlalchemy import text

from store.engine import Store, open_store
from store.uploads import add, get, is_id, link_city, new_id, original, recent, same_city
from tests.store.readings import BOOK, EDITION, FRAMEWORK, keep, reading


def rows_of(store: Store, table: str) -> int:
    with store.reading() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608


def test_all_that_is_known_of_an_upload(store: Store) -> None:
    before = dt.datetime.now(dt.UTC)
    kept = keep(store, name="Demoville 2025 final (2).xlsx")
    after = dt.datetime.now(dt.UTC)
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", kept.id)
    assert before <= kept.at <= after
    assert kept.at.tzinfo is not None
    assert (kept.name, kept.size) == ("Demoville 2025 final (2).xlsx", len(BOOK))
    assert kept.sha256 == hashlib.sha256(BOOK).hexdigest()
    assert (kept.framework, kept.edition, kept.city_id) == (FRAMEWORK, EDITION, "")
    assert kept.reading.observations == reading().observations


def test_a_restart_loses_nothing(store: Store, url: str) -> None:
    kept = [keep(store, bytes([i]), city=f"City {i}") for i in range(3)]
    link_city(store, kept[0].id, country="KOR", folded_name="city0", name="City 0")
    store.engine.dispose()
    again = open_store(url)
    assert list(recent(again, 10)) == [one.id for one in reversed(kept)]
    assert [original(again, one.id) for one in kept] == [b"\0", b"\1", b"\2"]
    assert [one.id for one in same_city(again, "KOR", "city0")] == [kept[0].id]
    read_again = get(again, kept[2].id)
    assert read_again is not None
    assert (read_again.at, read_again.reading.profile) == (kept[2].at, kept[2].reading.profile)


@pytest.mark.parametrize("data", [b"", b"\0", bytes(range(256)), b"\xff\xfe\0", b"x" * 1_048_576], ids=len)
def test_the_original_comes_back_byte_for_byte(store: Store, data: bytes) -> None:
    assert original(store, keep(store, data).id) == data


def test_the_same_workbook_twice_is_kept_once(store: Store) -> None:
    first = keep(store, name="first.xlsx")
    second = keep(store, name="second.xlsx")
    assert second.id == first.id
    assert second.name == "first.xlsx"
    assert rows_of(store, "uploads") == 1


def test_the_same_bytes_read_in_another_way_are_kept_beside(store: Store) -> None:
    first = keep(store)
    second = keep(store, city="Demoville, read by a newer version")
    assert second.id != first.id
    assert second.sha256 == first.sha256
    assert rows_of(store, "uploads") == 2


def test_recent_is_newest_first_and_limited(store: Store) -> None:
    ids = [keep(store, bytes([i])).id for i in range(5)]
    assert list(recent(store, 3)) == ids[:1:-1]
    assert list(recent(store, 9)) == ids[::-1]
    assert recent(store, 0) == ()
    keep(store, bytes([0]))
    assert list(recent(store, 1)) == ids[-1:]


def test_an_empty_store_has_nothing(store: Store) -> None:
    assert recent(store, 5) == ()
    assert get(store, new_id()) is None
    assert original(store, new_id()) is None
    assert same_city(store, "KOR", "demoville") == ()


def test_a_city_is_proposed_by_country_and_folded_name_alone(store: Store) -> None:
    first, second, abroad, open_one = (keep(store, bytes([i])).id for i in range(4))
    city = link_city(store, first, country="KOR", folded_name="demoville", name="Demoville")
    assert (
        link_city(store, second, country="KOR", folded_name="demoville", name="DEMOVILLE", same_as=first)
        == city
    )
    elsewhere = link_city(store, abroad, country="FRA", folded_name="demoville", name="Démoville")
    assert elsewhere != city
    assert [one.id for one in same_city(store, "KOR", "demoville")] == [second, first]
    assert [one.id for one in same_city(store, "FRA", "demoville")] == [abroad]
    assert {one: found.city_id for one in recent(store, 9) if (found := get(store, one))} == {
        first: city,
        second: city,
        abroad: elsewhere,
        open_one: "",
    }


def test_two_cities_of_one_name_stay_two(store: Store) -> None:
    first, second = keep(store, b"1").id, keep(store, b"2").id
    one = link_city(store, first, country="KOR", folded_name="demoville", name="Demoville")
    other = link_city(store, second, country="KOR", folded_name="demoville", name="Demoville")
    assert one != other
    assert [kept.city_id for kept in same_city(store, "KOR", "demoville")] == [other, one]


def test_the_newest_link_counts_and_the_older_stays_kept(store: Store) -> None:
    first, second = keep(store, b"1").id, keep(store, b"2").id
    wrong = link_city(store, first, country="KOR", folded_name="wrongtown", name="Wrongtown")
    right = link_city(store, second, country="KOR", folded_name="demoville", name="Demoville")
    link_city(store, first, country="", folded_name="", name="", same_as=second)
    kept = get(store, first)
    assert kept is not None
    assert kept.city_id == right != wrong
    assert same_city(store, "KOR", "wrongtown") == ()
    assert [one.id for one in same_city(store, "KOR", "demoville")] == [second, first]
    assert rows_of(store, "city_links") == 3


@pytest.mark.parametrize(
    ("upload", "same_as"), [("unknown", ""), ("known", "unknown"), ("known", "unlinked")]
)
def test_a_link_needs_kept_uploads(store: Store, upload: str, same_as: str) -> None:
    ids = {"": "", "known": keep(store, b"1").id, "unlinked": keep(store, b"2").id, "unknown": new_id()}
    with pytest.raises(LookupError):
        link_city(store, ids[upload], country="KOR", folded_name="x", name="X", same_as=ids[same_as])
    assert rows_of(store, "city_links") == 0
    assert rows_of(store, "cities") == 0


BAD_IDS = (
    "",
    " ",
    "a",
    "a" * 21,
    "a" * 23,
    "a" * 21 + "\n",
    "a" * 22 + "\n",
    "a" * 21 + "é",
    "a" * 21 + "\0",
    "a" * 21 + "%",
    "a" * 21 + "\ud800",
    "../../../../etc/passwd",
    "' OR 1=1 --' OR 1=1 --",
    "1; DROP TABLE uploads;",
    "１" * 22,
    "x" * 1_000_000,
)


@pytest.mark.parametrize("untrusted", BAD_IDS, ids=lambda text: ascii(text[:24]))
def test_ids_in_addresses_are_not_trusted(store: Store, untrusted: str) -> None:
    kept = keep(store)
    assert not is_id(untrusted)
    assert get(store, untrusted) is None
    assert original(store, untrusted) is None
    with pytest.raises(LookupError):
        link_city(store, untrusted, country="KOR", folded_name="x", name="X")
    assert rows_of(store, "uploads") == 1
    assert get(store, kept.id) is not None


def test_ids_tell_upper_from_lower_case(store: Store) -> None:
    kept = keep(store)
    assert get(store, kept.id.swapcase()) is None


def test_new_ids_are_fit_for_an_address_and_all_different() -> None:
    ids = [new_id() for _ in range(2000)]
    assert all(is_id(one) for one in ids)
    assert len(set(ids)) == 2000


# What a sender calls a file or a city -> what is kept of it.
NAMES = (
    ("'; DROP TABLE uploads; --.xlsx", "'; DROP TABLE uploads; --.xlsx"),
    ('a" OR "1"="1', 'a" OR "1"="1'),
    ("100%_done:name?[x]*", "100%_done:name?[x]*"),
    ("../../etc/passwd", "../../etc/passwd"),
    ("<script>alert(1)</script>.xlsx", "<script>alert(1)</script>.xlsx"),
    ("城市指标 2025.xlsx", "城市指标 2025.xlsx"),
    ("n\0ul.xlsx", "nul.xlsx"),
    ("lone\ud800.xlsx", "lone?.xlsx"),
    ("n" * 5000, "n" * 5000),
)


@pytest.mark.parametrize(("given", "kept_as"), NAMES, ids=lambda text: ascii(text[:24]))
def test_names_are_text_and_nothing_else(store: Store, given: str, kept_as: str) -> None:
    kept = add(store, name=given, data=BOOK, reading=reading(given), framework=FRAMEWORK, edition=EDITION)
    assert kept.name == kept_as
    assert kept.reading.profile["name"] == given
    link_city(store, kept.id, country=given, folded_name=given, name=given)
    assert [one.id for one in same_city(store, given, given)] == [kept.id]
    with store.reading() as connection:
        assert connection.execute(text("SELECT country, folded_name, name FROM cities")).all() == [
            (kept_as,) * 3
        ]
    assert same_city(store, "%", "%") == ()
