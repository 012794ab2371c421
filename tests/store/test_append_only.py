"""The tables themselves refuse to change or drop a row."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from store.engine import Store
from store.scenarios import save_scenario
from store.sets import make_set
from store.tables import APPEND_ONLY, METADATA
from store.uploads import link_city
from tests.store.readings import keep

# Table -> a column to change.
TABLES = {
    "uploads": "name",
    "cities": "name",
    "city_links": "at",
    "upload_sets": "at",
    "upload_set_members": "position",
    "scenarios": "name",
    "scenario_uploads": "position",
}


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with a row in every table."""
    upload = keep(store).id
    link_city(store, upload, country="KOR", folded_name="demoville", name="Demoville")
    make_set(store, [upload])
    save_scenario(store, name="More guidance", basket="core", content="{}", upload_ids=[upload])
    return store


def rows(store: Store, table: str) -> list[tuple[object, ...]]:
    with store.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table}")]  # noqa: S608


def test_every_table_but_the_version_is_append_only() -> None:
    assert {table.name for table in APPEND_ONLY} == set(TABLES) == set(METADATA.tables) - {"schema_version"}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "act",
    [
        "UPDATE {table} SET {column} = 'x'",
        "UPDATE OR REPLACE {table} SET {column} = 'x'",
        "UPDATE OR IGNORE {table} SET {column} = 'x'",
        "DELETE FROM {table}",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    ],
)
def test_a_row_is_never_changed_or_dropped(filled: Store, table: str, act: str) -> None:
    before = rows(filled, table)
    assert len(before) == 1
    with (
        pytest.raises(IntegrityError, match=f"rows of {table} are never changed"),
        filled.writing() as connection,
    ):
        connection.exec_driver_sql(act.format(table=table, column=TABLES[table]))
    assert rows(filled, table) == before


@pytest.mark.parametrize(
    "act",
    [
        "INSERT INTO city_links (upload_id, city_id, at) VALUES ('no', 'no', '')",
        "INSERT INTO upload_set_members (set_id, position, upload_id) VALUES ('no', 0, 'no')",
    ],
)
def test_a_row_never_points_at_nothing(filled: Store, act: str) -> None:
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), filled.writing() as connection:
        connection.exec_driver_sql(act)
