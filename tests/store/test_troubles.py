"""A server that restarts, refuses or is full; many at once; and a start that would not be safe."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import make_url

from store import postgresql, sqlite
from store.engine import Store, open_store
from store.errors import KINDS, StoreError
from store.head_file import FILE_NAME as HEAD_FILE
from store.key import FILE_NAME as KEY_FILE
from store.key import VARIABLE
from store.uploads import get, recent
from store.verify import verify
from tests.conftest import SOAK
from tests.postgres import KEY, PostgresServer
from tests.store.conftest import past_the_store
from tests.store.readings import keep

WRITERS, READERS, SECONDS = (20, 200, 600) if SOAK else (20, 40, 2)


@contextmanager
def refusing(kind: str) -> Iterator[None]:
    """What follows raises a StoreError of this kind."""
    with pytest.raises(StoreError) as told:
        yield
    assert told.value.kind == kind
    assert kind in KINDS


@pytest.fixture
def own_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[PostgresServer]:
    """A server that a test may stop, whoever uses the other one."""
    monkeypatch.setenv(VARIABLE, KEY)
    server = PostgresServer()
    yield server
    server.remove()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["cut off", "as in a crash"])
def test_a_server_restarted_under_load_loses_nothing_and_is_found_again(
    own_server: PostgresServer, how: signal.Signals
) -> None:
    store = open_store(own_server.url("postgres"))
    kept: list[str] = []
    told: list[str] = []
    others: list[BaseException] = []
    stop = threading.Event()

    def write(writer: int) -> None:
        number = 0
        while not stop.is_set():
            try:
                kept.append(keep(store, f"{writer} {number}".encode(), city=f"City {writer}-{number}").id)
                number += 1
            except StoreError as trouble:
                told.append(trouble.kind)
                time.sleep(0.05)
            except BaseException as trouble:
                others.append(trouble)
                return

    writers = [threading.Thread(target=write, args=(i,)) for i in range(4)]
    for one in writers:
        one.start()
    for _ in range(2):
        _wait_for_more(kept, 20)
        own_server.stop(how)
        _wait_for_more(told, 1)
        own_server.start()
    _wait_for_more(kept, 20)
    stop.set()
    for one in writers:
        one.join()
    assert others == []
    assert set(told) == {"unreachable"}
    found = set(recent(store, 100_000))
    assert set(kept) <= found
    # A write whose word was cut off may be kept, one for each writer and restart.
    assert len(found) <= len(kept) + 2 * len(writers)
    report = verify(store)
    assert (report.damage, report.lines) == ((), len(found))
    store.engine.dispose()


def _wait_for_more(what: list[str], more: int) -> None:
    enough, ends = len(what) + more, time.monotonic() + 60
    while len(what) < enough:
        assert time.monotonic() < ends
        time.sleep(0.02)


def test_a_server_that_is_not_there_is_told(own_server: PostgresServer) -> None:
    store = open_store(own_server.url("postgres"))
    kept = keep(store)
    own_server.stop()
    for act in (
        lambda: get(store, kept.id),
        lambda: keep(store, b"1"),
        lambda: open_store(own_server.url("postgres")),
    ):
        with refusing("unreachable"):
            act()
    own_server.start()
    assert get(store, kept.id) is not None
    with refusing("unreachable"):
        open_store(own_server.url("no_such_database"))
    store.engine.dispose()


@pytest.mark.parametrize(
    ("code", "kind"), [("53100", "full"), ("25006", "read_only"), ("55P03", "unreachable")]
)
def test_what_the_server_tells_is_told_and_the_old_state_stays(
    postgres_url: str, code: str, kind: str
) -> None:
    store = open_store(postgres_url)
    kept = keep(store)
    head = store.head()
    with past_the_store(postgres_url) as connection:
        connection.exec_driver_sql(
            "CREATE FUNCTION trouble() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$BEGIN RAISE EXCEPTION 'as the server says it' USING ERRCODE = '{code}'; END$$"
        )
        # In the last statement of the transaction, so that everything before it must go back.
        connection.exec_driver_sql(
            "CREATE TRIGGER trouble BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION trouble()"
        )
    for _ in range(2):
        with refusing(kind):
            keep(store, b"more")
    assert (list(recent(store, 9)), store.head()) == ([kept.id], head)
    with past_the_store(postgres_url) as connection:
        connection.exec_driver_sql("DROP TRIGGER trouble ON log")
    keep(store, b"more")
    assert verify(store).whole
    store.engine.dispose()


def test_a_server_made_read_only_is_told(postgres_server: PostgresServer, postgres_url: str) -> None:
    store = open_store(postgres_url)
    kept = keep(store)
    name = make_url(postgres_url).database
    postgres_server.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    store.engine.dispose()
    with refusing("read_only"):
        keep(store, b"more")
    with refusing("read_only"):
        open_store(postgres_url)
    assert list(recent(store, 9)) == [kept.id]
    store.engine.dispose()


def test_many_writers_and_readers_at_once_have_no_error_and_lose_nothing(url: str) -> None:
    store = open_store(url)
    first = keep(store)
    troubles: list[BaseException] = []
    kept: list[list[str]] = [[] for _ in range(WRITERS)]
    ends = time.monotonic() + SECONDS

    def write(writer: int) -> None:
        while time.monotonic() < ends:
            data = f"{writer} {len(kept[writer])}".encode()
            kept[writer].append(keep(store, data, city=f"City {writer}-{len(kept[writer])}").id)

    def read(_reader: int) -> None:
        while time.monotonic() < ends:
            assert get(store, first.id) is not None
            assert len(recent(store, 5)) >= 1
            time.sleep(0.2)

    def guarded(act: Callable[[int], None], number: int) -> None:
        try:
            act(number)
        except BaseException as trouble:
            troubles.append(trouble)

    people = [threading.Thread(target=guarded, args=(write, i)) for i in range(WRITERS)]
    people += [threading.Thread(target=guarded, args=(read, i)) for i in range(READERS)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert troubles == []
    everything = {one for row in kept for one in row} | {first.id}
    assert all(kept), "every writer had its turn"
    assert set(recent(store, 1_000_000)) == everything
    report = verify(store)
    assert (report.damage, report.lines) == ((), len(everything))
    store.engine.dispose()


def test_the_same_upload_from_many_at_once_is_kept_once(store: Store) -> None:
    ids: list[str] = []
    people = [threading.Thread(target=lambda: ids.append(keep(store).id)) for _ in range(10)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert len(ids) == 10
    assert len(set(ids)) == len(recent(store, 99)) == store.head().number == 1


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("mysql://a@b/c", "wrong_address"),
        ("no address at all", "wrong_address"),
        ("", "wrong_address"),
        ("postgresql+nothing://a@b/c", "wrong_address"),
        ("postgresql://a:sesame@b/c?sslmode=perhaps", "wrong_address"),
        ("postgresql://a:sesame@b/c?channel_binding=require", "wrong_address"),
    ],
)
def test_an_address_that_names_no_database_is_told_without_its_words(url: str, kind: str) -> None:
    with refusing(kind):
        open_store(url)


@pytest.mark.parametrize("protection", ["require", "verify-full"])
def test_what_must_be_encrypted_is_not_sent_to_a_server_that_does_not_encrypt(
    postgres_server: PostgresServer, protection: str
) -> None:
    address = postgres_server.url(postgres_server.new_database()).replace("disable", protection)
    with refusing("unreachable"):
        open_store(address)


@pytest.mark.parametrize("protection", ["", "?sslmode=prefer", "?sslmode=disable"])
def test_a_server_that_does_not_encrypt_is_reached_where_that_may_be(
    postgres_server: PostgresServer, protection: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, KEY)
    address = postgres_server.url(postgres_server.new_store()).replace("?sslmode=disable", protection)
    store = open_store(address)
    assert store.head().number == 0
    store.engine.dispose()


def test_a_password_is_never_told(own_server: PostgresServer) -> None:
    url = own_server.url("postgres").replace("scorecard@", "scorecard:sesame@")
    store = open_store(url)
    assert "sesame" not in store.place
    assert "sesame" not in repr(store)
    own_server.stop()
    with pytest.raises(StoreError) as told:
        keep(store)
    assert "sesame" not in str(told.value)


def test_a_server_asks_for_a_key(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    with refusing("key_missing"):
        open_store(postgres_url)
    monkeypatch.setenv(VARIABLE, "é" * 15 + "x")
    with refusing("key_short"):
        open_store(postgres_url)
    monkeypatch.setenv(VARIABLE, "é" * 16)
    store = open_store(postgres_url)
    keep(store)
    store.engine.dispose()
    monkeypatch.setenv(VARIABLE, "é" * 17)
    with refusing("key_wrong"):
        open_store(postgres_url)


def test_a_lost_or_short_key_file_is_told_and_no_new_one_is_made(file_store: Store, sqlite_url: str) -> None:
    assert file_store.folder is not None
    keep(file_store)
    file_store.engine.dispose()
    path = file_store.folder / KEY_FILE
    text = path.read_text()
    path.unlink()
    with refusing("key_missing"):
        open_store(sqlite_url)
    assert not path.exists()
    path.write_text("short")
    with refusing("key_short"):
        open_store(sqlite_url)
    path.write_text("another key, which is quite long enough")
    with refusing("key_wrong"):
        open_store(sqlite_url)
    path.write_text(text)
    assert verify(open_store(sqlite_url)).whole


def test_old_database_programs_are_refused(
    sqlite_url: str, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "LOWEST", (99, 0, 0))
    monkeypatch.setattr(postgresql, "LOWEST", 99)
    for url in (sqlite_url, postgres_url):
        with refusing("old_database"):
            open_store(url)


def test_a_setting_that_is_not_in_force_is_refused(own_server: PostgresServer) -> None:
    own_server.run("ALTER SYSTEM SET fsync = off")
    own_server.stop()
    own_server.start()
    with refusing("wrong_settings"):
        open_store(own_server.url("postgres"))


def test_a_head_file_that_cannot_be_written_costs_nothing(file_store: Store) -> None:
    assert file_store.folder is not None
    (file_store.folder / HEAD_FILE).mkdir()
    kept = keep(file_store)
    assert get(file_store, kept.id) is not None
    assert [one.kind for one in verify(file_store).notes] == ["no_head_file"]
