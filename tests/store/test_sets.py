"""Sets of uploads keep their order and hold kept uploads only."""

from __future__ import annotations

import pytest

from store.engine import Store, open_store
from store.sets import get_set, make_set
from store.uploads import is_id, new_id
from tests.store.readings import keep


def test_a_set_keeps_its_order_over_a_restart(store: Store, url: str) -> None:
    ids = [keep(store, bytes([i])).id for i in range(12)]
    order = [ids[i] for i in (7, 2, 11, 0, 5, 10, 1)]
    kept = make_set(store, order)
    assert is_id(kept)
    store.engine.dispose()
    assert get_set(open_store(url), kept) == tuple(order)


def test_an_upload_stands_in_a_set_once_at_its_first_place(store: Store) -> None:
    a, b, c = (keep(store, bytes([i])).id for i in range(3))
    assert get_set(store, make_set(store, [c, a, c, b, a])) == (c, a, b)


def test_a_changed_set_is_a_new_set(store: Store) -> None:
    a, b = keep(store, b"1").id, keep(store, b"2").id
    first = make_set(store, [a])
    second = make_set(store, [a, b])
    assert first != second
    assert (get_set(store, first), get_set(store, second)) == ((a,), (a, b))


def test_an_empty_set(store: Store) -> None:
    assert get_set(store, make_set(store, [])) == ()


@pytest.mark.parametrize(
    "unknown", ["", "x", "a" * 22 + "\n", "\ud800" * 22, "' OR 1=1 --' OR 1=1 --", new_id()], ids=ascii
)
def test_an_id_that_is_not_kept_is_refused_and_nothing_is_kept(store: Store, unknown: str) -> None:
    a = keep(store).id
    with pytest.raises(LookupError):
        make_set(store, [a, unknown])
    with store.reading() as connection:
        for table in ("upload_sets", "upload_set_members"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() == 0  # noqa: S608


@pytest.mark.parametrize("unknown", ["", "x", "a" * 22 + "\n", "\ud800" * 22, "x" * 1_000_000, new_id()])
def test_an_unknown_set_is_empty(store: Store, unknown: str) -> None:
    make_set(store, [keep(store).id])
    assert get_set(store, unknown) == ()
