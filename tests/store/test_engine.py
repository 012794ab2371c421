"""Opening the store: where it is, how it is set, and what it says when it cannot be used."""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from store.acts import OWN_COMPUTER, Act
from store.engine import FILE_NAME, Store, default_url, open_store
from store.errors import KINDS, StoreError
from store.schema import METADATA
from store.tables import SCHEMA_VERSION, SETS
from store.uploads import get, new_id, original, recent
from tests.store.readings import keep

ACT = Act(OWN_COMPUTER, "try", "store")
# PRAGMA -> its value on every connection.
SETTINGS = {
    "journal_mode": "delete",
    "synchronous": 3,  # EXTRA
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "recursive_triggers": 1,
    "secure_delete": 1,
}


@contextmanager
def refusing(kind: str) -> Iterator[None]:
    """What follows raises a StoreError of this kind, with words for the log."""
    with pytest.raises(StoreError) as told:
        yield
    assert told.value.kind == kind
    assert kind in KINDS
    assert told.value.detail


def execute(path: Path, statement: str, *values: int) -> None:
    """Run one statement on the file, past the store."""
    with sqlite3.connect(path) as connection:
        connection.execute(statement, values)
    connection.close()


def test_a_new_store_makes_folder_file_and_tables(tmp_path: Path) -> None:
    place = tmp_path / "one" / "two words" / "延世 100% #1" / FILE_NAME
    opened = open_store(f"sqlite:///{place}")
    assert opened.place == str(place)
    assert place.is_file()
    with opened.reading() as connection:
        made = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        assert set(made) == set(METADATA.tables)
    with opened.reading() as connection:
        assert connection.exec_driver_sql("SELECT version FROM schema_version").all() == [(SCHEMA_VERSION,)]
    assert get(opened, keep(opened).id) is not None


def test_the_store_is_in_the_folder_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCORECARD_DATA", str(tmp_path / "data"))
    assert default_url() == f"sqlite:///{tmp_path.resolve()}/data/scorecard.sqlite3"
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SCORECARD_DATA", "~/kept")
    assert open_store(default_url()).place == str(tmp_path.resolve() / "kept" / FILE_NAME)


def test_without_a_folder_asked_for_the_store_is_beside_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCORECARD_DATA", raising=False)
    program = Path(__file__).resolve().parents[2]
    assert default_url() == f"sqlite:///{program}/.data/scorecard.sqlite3"


def test_nobody_else_on_the_machine_reads_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        opened = open_store(f"sqlite:///{tmp_path / FILE_NAME}")
        keep(opened)
        with opened.writing(ACT) as writing:
            writing.add(SETS, {"id": "a", "at": ""})
            files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    finally:
        os.umask(before)
    names = (FILE_NAME, f"{FILE_NAME}-journal", "audit.key", "audit.head")
    assert files == dict.fromkeys(names, 0o600)


@pytest.mark.parametrize(("pragma", "value"), SETTINGS.items())
def test_every_connection_is_set_the_same(file_store: Store, pragma: str, value: str | int) -> None:
    with file_store.reading() as first, file_store.reading() as second, file_store.snapshot() as third:
        for connection in (first, second, third):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value
    file_store.engine.dispose()
    with file_store.reading() as fresh:
        assert fresh.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value


def test_opening_again_changes_nothing(file_store: Store, sqlite_url: str) -> None:
    kept = keep(file_store)
    with file_store.reading() as connection:
        before = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master ORDER BY name").all()
    again = open_store(sqlite_url)
    with again.reading() as connection:
        assert (
            connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master ORDER BY name").all()
            == before
        )
        assert connection.exec_driver_sql("SELECT count(*) FROM schema_version").scalar_one() == 1
    assert list(recent(again, 5)) == [kept.id]
    assert again.head() == file_store.head()


def test_a_transaction_is_kept_whole_or_not_at_all(store: Store) -> None:
    kept = keep(store)

    def half() -> None:
        with store.writing(ACT) as writing:
            writing.add(SETS, {"id": "half", "at": ""})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM upload_sets").scalar_one() == 0
    assert keep(store).id == kept.id


def test_two_writers_wait_for_each_other_and_the_one_that_waits_in_vain_is_told(
    file_store: Store, sqlite_url: str
) -> None:
    other = open_store(sqlite_url)
    other.engine.dispose()
    event.listen(other.engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout = 50"))
    with file_store.writing(ACT):
        with refusing("unreachable"):
            keep(other)
        assert recent(other, 5) == ()
    assert get(other, keep(other).id) is not None


def test_a_newer_schema_is_left_alone(file_store: Store, sqlite_url: str, tmp_path: Path) -> None:
    keep(file_store)
    file_store.engine.dispose()
    path = tmp_path / FILE_NAME
    execute(path, "INSERT INTO schema_version VALUES (?)", SCHEMA_VERSION + 1)
    execute(path, "DROP TABLE upload_set_members")
    before = path.read_bytes()
    with refusing("newer_schema"):
        open_store(sqlite_url)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database at all", b"PK\x03\x04" * 500, b"\0" * 4096], ids=ascii)
def test_a_file_that_is_no_store_is_left_alone(tmp_path: Path, sqlite_url: str, content: bytes) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(content)
    with refusing("damaged"):
        open_store(sqlite_url)
    assert path.read_bytes() == content


def test_damage_inside_the_file_is_told(file_store: Store, tmp_path: Path) -> None:
    kept = keep(file_store, b"x" * 100_000)
    file_store.engine.dispose()
    path = tmp_path / FILE_NAME
    content = path.read_bytes()
    # The first page says where the tables are; all that follows is lost.
    path.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))
    for act in (
        lambda: get(file_store, kept.id),
        lambda: original(file_store, kept.id),
        lambda: keep(file_store, b"more"),
    ):
        with refusing("damaged"):
            act()


def test_a_file_cut_short_is_told(file_store: Store, sqlite_url: str, tmp_path: Path) -> None:
    keep(file_store, b"x" * 100_000)
    file_store.engine.dispose()
    path = tmp_path / FILE_NAME
    path.write_bytes(path.read_bytes()[:8192])
    with refusing("damaged"):
        recent(open_store(sqlite_url), 5)


@pytest.mark.parametrize(
    "part", ["file/scorecard.sqlite3", "file/deep/scorecard.sqlite3", "folder", "n" * 300]
)
def test_a_place_that_cannot_be_is_unreachable(tmp_path: Path, part: str) -> None:
    (tmp_path / "file").write_text("a file where a folder is needed")
    (tmp_path / "folder").mkdir()
    with refusing("unreachable"):
        open_store(f"sqlite:///{tmp_path / part}")


def test_a_store_that_vanished_is_unreachable(file_store: Store, tmp_path: Path) -> None:
    kept = keep(file_store)
    file_store.engine.dispose()
    (tmp_path / FILE_NAME).unlink()
    (tmp_path / FILE_NAME).mkdir()
    with refusing("unreachable"):
        get(file_store, kept.id)


@contextmanager
def ordinary_person() -> Iterator[None]:
    """Run as one whom file permissions bind: root becomes "nobody" for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def guarded() -> Iterator[Path]:
    """A folder that others may enter and nobody may change."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def test_a_folder_that_may_not_be_written_is_told(guarded: Path) -> None:
    guarded.chmod(0o555)
    for place in (FILE_NAME, f"deeper/{FILE_NAME}"):
        with ordinary_person(), refusing("read_only"):
            open_store(f"sqlite:///{guarded / place}")


def test_a_file_that_may_only_be_read_is_still_read(guarded: Path) -> None:
    path = guarded / FILE_NAME
    opened = open_store(f"sqlite:///{path}")
    kept = keep(opened)
    opened.engine.dispose()
    path.chmod(0o444)
    guarded.chmod(0o555)
    with ordinary_person():
        assert get(opened, kept.id) is not None
        with refusing("read_only"):
            keep(opened, b"more")
        with refusing("read_only"):
            open_store(f"sqlite:///{path}")
        assert list(recent(opened, 5)) == [kept.id]


def test_a_folder_without_room_for_the_journal_is_told(guarded: Path) -> None:
    path = guarded / FILE_NAME
    opened = open_store(f"sqlite:///{path}")
    opened.engine.dispose()
    path.chmod(0o666)
    guarded.chmod(0o555)
    with ordinary_person(), refusing("read_only"):
        keep(opened)
    assert get(opened, new_id()) is None


def test_a_full_disk_keeps_the_old_state(file_store: Store, sqlite_url: str) -> None:
    kept = keep(file_store, b"x" * 20_000)
    with file_store.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    full = open_store(sqlite_url)
    full.engine.dispose()
    event.listen(full.engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count = {pages + 3}"))
    for _ in range(2):
        with refusing("full"):
            keep(full, b"y" * 500_000)
        assert list(recent(full, 5)) == [kept.id]
    assert original(full, kept.id) == b"x" * 20_000
    small = keep(full, b"small enough")
    with file_store.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    assert list(recent(file_store, 5)) == [small.id, kept.id]
