"""Data of every earlier schema come up to the tables of now, whole, on both databases."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, inspect, make_url, select

from store.acts import Act
from store.engine import FILE_NAME, Store, open_store, transaction
from store.errors import StoreError
from store.log import append
from store.migrate import migrate
from store.reading_json import dump
from store.room_tables import ROOM
from store.round_tables import ROUND
from store.rows import hash_of, key_of
from store.scenarios import scenarios_of
from store.schema import APPEND_ONLY, LOG, LOGGED, METADATA
from store.sets import get_set
from store.summaries import summaries
from store.tables import REVISION, SCHEMA_VERSION, SUMMARIES
from store.uploads import get, original, recent, same_city
from store.verify import verify
from store.writing import allowed
from tests.conftest import ROOT
from tests.store.conftest import past_the_store
from tests.store.readings import keep, reading

EARLIER = ROOT / "tests" / "store" / "earlier"
STEPS = ("0001", "0002", "0003", "0004", "0005", "0006")
AT = "2026-03-04T05:06:07.000008+00:00"
IDS = {letter: letter * 22 for letter in "abcdefg"}
# Two uploads of the same bytes, read twice, and one of others.
BYTES = {"a": b"PK one \x00\xff", "b": b"PK one \x00\xff", "c": b"PK other"}


def _insert(connection: Connection, table: str, **values: object) -> None:
    columns = METADATA.tables[table].c if table in METADATA.tables else {}
    names = ", ".join(values)
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    statement = f"INSERT INTO {table} ({names}) VALUES ({', '.join([mark] * len(values))})"  # noqa: S608
    assert columns
    connection.exec_driver_sql(statement, tuple(values.values()))


def fill(connection: Connection, step: str) -> None:
    """Rows as the program of that step wrote them."""
    for number, (letter, data) in enumerate(BYTES.items(), start=1):
        text = dump(reading(f"City {letter}"))
        upload = {
            "sequence": number,
            "id": IDS[letter],
            "at": AT,
            "name": f"{letter}.xlsx",
            "sha256": hashlib.sha256(data).hexdigest(),
            "size": len(data),
            "framework": "key_features_2013",
            "edition": "1.0",
        }
        if step < "0003":
            _insert(connection, "uploads", **upload, content=data, reading=text)
        else:
            digest = hashlib.sha256(text.encode()).hexdigest()
            for place, one in ((2 * number, data), (2 * number + 1, text.encode())):
                name = hashlib.sha256(one).hexdigest()
                _insert(
                    connection,
                    "contents",
                    sequence=place,
                    sha256=name,
                    size=len(one),
                    content=one,
                    erased_at="",
                )
            _insert(connection, "uploads", **upload, reading_sha256=digest)
        if step >= "0005":
            short = {"sequence": number, "upload_id": IDS[letter], "name": f"City {letter}", "year": 0}
            _insert(connection, "summaries", **short, invented=1, refused=0)
    _insert(connection, "cities", sequence=1, id=IDS["d"], at=AT, country="KOR", folded_name="x", name="X")
    _insert(connection, "city_links", sequence=1, upload_id=IDS["a"], city_id=IDS["d"], at=AT)
    _insert(connection, "upload_sets", sequence=1, id=IDS["e"], at=AT)
    for position, letter in enumerate("cab"):
        _insert(connection, "upload_set_members", set_id=IDS["e"], position=position, upload_id=IDS[letter])
    if step >= "0002":
        _insert(
            connection, "scenarios", sequence=1, id=IDS["f"], at=AT, name="Plan", basket="core", content="{}"
        )
        _insert(connection, "scenario_uploads", scenario_id=IDS["f"], position=0, upload_id=IDS["a"])


def check(store: Store, step: str) -> None:
    """Everything that `fill` wrote is there, and vouched for."""
    assert list(recent(store, 9)) == [IDS["c"], IDS["b"], IDS["a"]]
    for letter, data in BYTES.items():
        kept = get(store, IDS[letter])
        assert kept is not None
        assert original(store, IDS[letter]) == data
        assert (kept.name, kept.at.isoformat(), kept.size) == (f"{letter}.xlsx", AT, len(data))
        assert dump(kept.reading) == dump(reading(f"City {letter}"))
    told = summaries(store, tuple(IDS[letter] for letter in BYTES))
    assert {one: (told[one].name, told[one].year, told[one].invented, told[one].refused) for one in told} == {
        IDS[letter]: (f"City {letter}", None, True, False) for letter in BYTES
    }
    assert [one.id for one in same_city(store, "KOR", "x")] == [IDS["a"]]
    assert get_set(store, IDS["e"]) == (IDS["c"], IDS["a"], IDS["b"])
    assert [one.id for one in scenarios_of(store, IDS["a"])] == ([IDS["f"]] if step >= "0002" else [])
    report = verify(store)
    assert report.damage == ()
    assert report.lines == 1
    # Going on works, and opening again changes nothing.
    keep(store, b"new")
    assert verify(store).whole
    head = store.head()
    again = open_store(store.engine.url.render_as_string(hide_password=False))
    assert again.head() == head
    again.engine.dispose()


def shape(url: str) -> dict[str, object]:
    """Tables with their columns and indexes, and what guards them."""
    engine = create_engine(_with_driver(url).partition("?")[0])
    seen = inspect(engine)
    found: dict[str, object] = {}
    for table in seen.get_table_names():
        columns = {
            (one["name"], str(one["type"]).upper(), one["nullable"], str(one["default"] or "").split("::")[0])
            for one in seen.get_columns(table)
        }
        found[table] = (
            columns,
            tuple(seen.get_pk_constraint(table)["constrained_columns"]),
            {
                (one["name"], tuple(one["column_names"]), bool(one["unique"]))
                for one in seen.get_indexes(table)
            },
            {
                (tuple(one["constrained_columns"]), one["referred_table"])
                for one in seen.get_foreign_keys(table)
            },
            {tuple(one["column_names"]) for one in seen.get_unique_constraints(table)},
        )
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if engine.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with engine.connect() as connection:
        found["triggers"] = set(connection.exec_driver_sql(asked).scalars())
    engine.dispose()
    return found


def _with_driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+pg8000://")


def build(url: str, step: str) -> None:
    """An older database, as the steps make it, with rows of its time."""
    from store.database import DATABASES

    database = DATABASES[make_url(url).get_backend_name()]
    engine = database.engine(make_url(_with_driver(url)))
    with (
        engine.connect() as connection,
        transaction(connection, database, database.begin),
        allowed(connection),
    ):
        migrate(connection, database, "", step)
        fill(connection, step)
    engine.dispose()


@pytest.mark.parametrize("step", STEPS)
def test_every_earlier_step_comes_up_with_its_data(url: str, step: str) -> None:
    build(url, step)
    store = open_store(url)
    check(store, step)
    store.engine.dispose()


def test_a_log_that_was_begun_vouches_for_new_rows_and_for_nothing_else(url: str) -> None:
    build(url, "0004")
    open_store(url).engine.dispose()
    # As the program of step 0004 left it: a log with one line, and no table of the steps after.
    fresh = open_store(url)
    with past_the_store(url) as connection:
        for table in APPEND_ONLY:
            for statement in fresh.database.unguarded(table):
                connection.exec_driver_sql(statement)
        rows = [
            (table.name, key_of(table, row), "", hash_of(table, row))
            for table in LOGGED
            if table is not SUMMARIES
            for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()
        ]
        connection.exec_driver_sql("DELETE FROM log")
        for later in (*reversed((*ROOM, *ROUND)), SUMMARIES):
            connection.exec_driver_sql(f"DROP TABLE {later.name}")
        connection.exec_driver_sql("DELETE FROM schema_version WHERE version > 4")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0004'")
        append(connection, fresh.key, Act("somebody", "add", "upload"), rows)
        # Somebody put this in past the log; coming up must not hide it.
        _insert(connection, "upload_sets", sequence=2, id="x" * 22, at=AT)
    fresh.engine.dispose()
    store = open_store(url)
    report = verify(store)
    assert [(one.kind, one.where) for one in report.damage] == [("row_without_line", "upload_sets 2")]
    assert report.lines == 2
    with store.reading() as reader:
        line = reader.execute(select(LOG).where(LOG.c.number == 2)).mappings().one()
    assert (line["actor"], line["act"], line["kind"]) == ("program", "adopt", "store")
    assert [row[:2] for row in json.loads(line["rows"])] == [["summaries", str(one)] for one in (1, 2, 3)]
    store.engine.dispose()


@pytest.mark.parametrize("name", ["first_release", "with_scenarios"])
def test_files_of_earlier_programs_are_recognised_and_come_up(
    tmp_path: Path, sqlite_url: str, name: str
) -> None:
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.executescript((EARLIER / f"{name}.sql").read_text(encoding="utf-8"))
        connection.execute("INSERT INTO schema_version VALUES (1)")
    connection.close()
    step = {"first_release": "0001", "with_scenarios": "0002"}[name]
    with past_the_store(sqlite_url) as past:
        fill(past, step)
    store = open_store(sqlite_url)
    check(store, step)
    with store.reading() as reader:
        assert (
            reader.exec_driver_sql("SELECT max(version) FROM schema_version").scalar_one() == SCHEMA_VERSION
        )
        assert reader.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == REVISION
        assert reader.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_going_through_all_steps_makes_the_same_tables_as_beginning_anew(url: str, tmp_path: Path) -> None:
    build(url, "0001")
    stepped = open_store(url)
    stepped.engine.dispose()
    shape_of_steps = shape(url)
    if stepped.database.name == "SQLite":
        fresh_url = f"sqlite:///{tmp_path / 'fresh' / FILE_NAME}"
        open_store(fresh_url).engine.dispose()
        assert shape_of_steps == shape(fresh_url)
        return
    with past_the_store(url) as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    open_store(url).engine.dispose()
    assert shape_of_steps == shape(url)


def test_a_migration_that_fails_leaves_everything_as_it_was(url: str) -> None:
    build(url, "0001")
    with past_the_store(url) as connection:
        # A table of the same name stands in the way of the last steps.
        connection.exec_driver_sql("CREATE TABLE log (x integer)")
    before = shape(url)
    with pytest.raises(Exception, match=r"(?i)log"):
        open_store(url)
    assert shape(url) == before
    with past_the_store(url) as connection:
        connection.exec_driver_sql("DROP TABLE log")
    store = open_store(url)
    check(store, "0001")
    store.engine.dispose()


def test_a_database_of_another_program_is_left_alone(url: str) -> None:
    with past_the_store(url) as connection:
        connection.exec_driver_sql("CREATE TABLE theirs (x integer)")
    with pytest.raises(StoreError) as told:
        open_store(url)
    assert told.value.kind == "damaged"
    assert set(shape(url)) == {"theirs", "triggers"}


def test_a_newer_step_is_refused(url: str) -> None:
    open_store(url).engine.dispose()
    with past_the_store(url) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError) as told:
        open_store(url)
    assert told.value.kind == "newer_schema"


def test_an_up_to_date_store_opens_without_the_migration_library(sqlite_url: str) -> None:
    open_store(sqlite_url).engine.dispose()
    code = (
        "import sys; from store.engine import open_store; open_store(sys.argv[1]); "
        "assert not [name for name in sys.modules if name.startswith('alembic')]"
    )
    subprocess.run([sys.executable, "-c", code, sqlite_url], check=True, cwd=ROOT)


def test_every_table_is_guarded_after_the_steps(url: str) -> None:
    build(url, "0002")
    open_store(url).engine.dispose()
    triggers = shape(url)["triggers"]
    assert isinstance(triggers, set)
    for table in APPEND_ONLY:
        assert {f"{table.name}_no_update", f"{table.name}_no_delete"} <= triggers
