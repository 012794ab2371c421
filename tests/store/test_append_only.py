"""The tables themselves refuse to change or drop a row, and the program refuses to write without a line in the log."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError

from store.acts import OWN_COMPUTER, Act
from store.engine import Store
from store.scenarios import save_scenario
from store.schema import APPEND_ONLY
from store.sets import make_set
from store.submissions import Judged, submit
from store.tables import CONTENTS, LOG, SETS
from store.uploads import ErasedError, get, link_city, original
from store.verify import verify
from tests.store.conftest import past_the_store
from tests.store.readings import keep

ACT = Act(OWN_COMPUTER, "try", "store")
# Tables with a row in a store as `filled` makes it -> a column to change, and to what.
TABLES = {
    "contents": ("size", "7"),
    "uploads": ("name", "'x'"),
    "cities": ("name", "'x'"),
    "city_links": ("at", "'x'"),
    "upload_sets": ("at", "'x'"),
    "upload_set_members": ("position", "7"),
    "scenarios": ("name", "'x'"),
    "scenario_uploads": ("position", "7"),
    "answers": ("new", "'x'"),
    "submissions": ("scores", "'x'"),
    "log": ("actor", "'x'"),
}


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with a row in every table but those of people."""
    upload = keep(store).id
    link_city(store, upload, country="KOR", folded_name="demoville", name="Demoville")
    make_set(store, [upload])
    save_scenario(store, name="More guidance", basket="core", content="{}", upload_ids=[upload])
    submit(store, upload, Judged("key_features_2013", "1.0", "0" * 64, "1", "{}"))
    return store


def rows(store: Store, table: str) -> list[tuple[object, ...]]:
    with store.reading() as connection:
        found = [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table}")]  # noqa: S608
    return sorted(found, key=repr)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_never_changed_or_dropped(filled: Store, url: str, table: str) -> None:
    before = rows(filled, table)
    assert before
    column, value = TABLES[table]
    acts = [f"UPDATE {table} SET {column} = {value}", f"DELETE FROM {table}"]  # noqa: S608
    if filled.database.name == "SQLite":
        acts += [
            f"UPDATE OR REPLACE {table} SET {column} = {value}",  # noqa: S608
            f"UPDATE OR IGNORE {table} SET {column} = {value}",  # noqa: S608
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",  # noqa: S608
        ]
    else:
        acts += [f"TRUNCATE {table} CASCADE"]
    for act in acts:
        with past_the_store(url) as connection:
            if filled.database.name == "SQLite":
                connection.exec_driver_sql("PRAGMA recursive_triggers = ON")
            with pytest.raises(DBAPIError, match="are never changed"):
                connection.exec_driver_sql(act)
    assert rows(filled, table) == before


@pytest.mark.parametrize("table", [table.name for table in APPEND_ONLY])
def test_every_table_is_guarded(store: Store, url: str, table: str) -> None:
    asked = {
        "SQLite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{}'",
        "PostgreSQL": "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O' "
        "AND tgrelid = '{}'::regclass",
    }[store.database.name].format(table)
    with past_the_store(url) as connection:
        found = connection.exec_driver_sql(asked).scalar_one()
    assert found == {"SQLite": 2, "PostgreSQL": 3}[store.database.name]


@pytest.mark.parametrize(
    "act",
    [
        "INSERT INTO city_links (sequence, upload_id, city_id, at) VALUES (1, 'no', 'no', '')",
        "INSERT INTO upload_set_members (set_id, position, upload_id) VALUES ('no', 0, 'no')",
    ],
)
def test_a_row_never_points_at_nothing(store: Store, url: str, act: str) -> None:
    with past_the_store(url) as connection:
        if store.database.name == "SQLite":
            connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        with pytest.raises(DBAPIError, match=r"(?i)foreign key"):
            connection.exec_driver_sql(act)


@pytest.mark.parametrize(
    "statement",
    [
        insert(SETS).values(sequence=1, id="a", at=""),
        "INSERT INTO upload_sets (sequence, id, at) VALUES (1, 'a', '')",
        "DELETE FROM upload_sets",
        "  update upload_sets set at = 'x'",
        "CREATE TABLE more (x integer)",
        "WITH x AS (SELECT 1) INSERT INTO upload_sets (sequence, id, at) VALUES (1, 'a', '')",
        "DROP TABLE upload_sets",
    ],
    ids=str,
)
def test_the_program_cannot_write_without_a_line(store: Store, statement: object) -> None:
    with store.reading() as connection:
        run = connection.exec_driver_sql if isinstance(statement, str) else connection.execute
        with pytest.raises(RuntimeError, match="has its line in the log"):
            run(statement)  # type: ignore[arg-type]
    with pytest.raises(RuntimeError, match="has its line in the log"), store.writing(ACT) as writing:
        writing.execute(insert(SETS).values(sequence=1, id="a", at=""))  # type: ignore[arg-type]
    assert rows(store, "upload_sets") == []
    assert store.head().number == 0


def test_an_act_that_changes_nothing_leaves_no_line_unless_it_is_to_be_noted(store: Store) -> None:
    with store.writing(ACT) as writing:
        writing.execute(select(SETS.c.id))
    assert (store.head().number, writing.head.number) == (0, 0)
    with store.writing(ACT) as writing:
        writing.note()
    assert store.head() == writing.head
    assert store.head().number == 1
    assert verify(store).whole


def test_bytes_are_taken_out_and_their_hash_stays(store: Store, url: str) -> None:
    kept = keep(store)
    before = rows(store, "uploads")
    with store.writing(Act(OWN_COMPUTER, "erase", "upload", kept.id)) as writing:
        assert writing.erase(kept.sha256, "2026-11-22T00:00:00+00:00") == 1
        assert writing.erase(kept.reading_sha256, "2026-11-22T00:00:00+00:00") == 1
    assert original(store, kept.id) is None
    with pytest.raises(ErasedError):
        get(store, kept.id)
    assert rows(store, "uploads") == before
    report = verify(store)
    assert (report.damage, report.erased) == ((), 2)
    # What was taken out stays out: neither the bytes nor the moment can be put in past the log.
    with past_the_store(url) as connection, pytest.raises(DBAPIError, match="are never changed"):
        connection.execute(CONTENTS.update().values(erased_at=""))
    # The same file may come again.
    again = keep(store, name="again.xlsx")
    assert (again.id, original(store, again.id)) == (kept.id, original(store, kept.id))
    assert verify(store).whole


def test_bytes_cannot_go_without_their_moment(store: Store, url: str) -> None:
    keep(store)
    with past_the_store(url) as connection, pytest.raises(DBAPIError, match="are never changed"):
        connection.execute(CONTENTS.update().values(content=None))
    assert verify(store).whole


def test_the_log_itself_is_one_of_the_guarded_tables() -> None:
    assert LOG in APPEND_ONLY
