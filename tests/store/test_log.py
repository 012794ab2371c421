"""Whatever is done to the log, to a row or to bytes past the program is found; a cut-off tail by the head."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest
from sqlalchemy import Connection, Table, delete, func, insert, select, update

from store.engine import Store, open_store
from store.head_file import FILE_NAME as HEAD_FILE
from store.key import FILE_NAME as KEY_FILE
from store.key import VARIABLE
from store.log import Head, head_from, mac_of
from store.scenarios import save_scenario
from store.schema import APPEND_ONLY, LOGGED
from store.sets import make_set
from store.submissions import Judged, submit
from store.tables import CONTENTS, LOG, SUMMARIES
from store.uploads import link_city
from store.verify import verify, verify_in
from tests.conftest import SOAK
from tests.store.conftest import past_the_store
from tests.store.readings import keep

TAMPERINGS = 1000 if SOAK else 150


def fill(store: Store) -> None:
    """Some of everything, in a dozen lines."""
    ids = [keep(store, bytes([i]), city=f"City {i}").id for i in range(4)]
    for one in ids[:3]:
        link_city(store, one, country="KOR", folded_name="demoville", name="Demoville")
    make_set(store, ids)
    save_scenario(store, name="More guidance", basket="core", content="{}", upload_ids=ids[:2])
    for one in ids[:2]:
        submit(store, one, Judged("key_features_2013", "1.0", "0" * 64, "1", "{}"))


def disarm(store: Store, connection: Connection) -> None:
    """Take the guards away, as whoever owns the database can."""
    for table in APPEND_ONLY:
        for statement in store.database.unguarded(table):
            connection.exec_driver_sql(statement)
    if store.database.name == "SQLite":
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    else:
        connection.exec_driver_sql("SET session_replication_role = replica")


def _another(chance: random.Random, value: object) -> object:
    """A value of the same kind that differs, often by little."""
    if isinstance(value, int):
        return value + chance.choice((-1, 1, 1000))
    if isinstance(value, bytes):
        return value + b"x" if not value or chance.random() < 0.5 else bytes([value[0] ^ 1]) + value[1:]
    text = str(value)
    if not text:
        return "x"
    # As long as it was: some columns take no more.
    place = chance.randrange(len(text))
    return text[:place] + chance.choice([sign for sign in "0aZ -" if sign != text[place]]) + text[place + 1 :]


def _pick(chance: random.Random, connection: Connection, table: Table) -> dict[str, object]:
    rows = connection.execute(select(table).order_by(*table.primary_key)).mappings().all()
    return dict(rows[chance.randrange(len(rows))])


def _is(table: Table, row: dict[str, object]) -> list[object]:
    return [column == row[column.name] for column in table.primary_key]


def change(chance: random.Random, connection: Connection, table: Table) -> None:
    row = _pick(chance, connection, table)
    keys = {column.name for column in table.primary_key}
    column = chance.choice([name for name in row if name not in keys])
    if table is CONTENTS and column == "content":
        value: object = chance.choice((None, _another(chance, row[column])))
    else:
        value = _another(chance, row[column])
    connection.execute(update(table).where(*_is(table, row)).values({column: value}))  # type: ignore[arg-type]


def drop(chance: random.Random, connection: Connection, table: Table) -> None:
    row = _pick(chance, connection, table)
    connection.execute(delete(table).where(*_is(table, row)))  # type: ignore[arg-type]


def swap(chance: random.Random, connection: Connection, table: Table) -> None:
    """Two rows change places: all but the key of each goes to the other."""
    rows = [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
    if len(rows) < 2:
        return drop(chance, connection, table)
    one, other = chance.sample(rows, 2)
    keys = {column.name for column in table.primary_key}
    for row in (one, other):
        connection.execute(delete(table).where(*_is(table, row)))  # type: ignore[arg-type]
    for row, source in ((one, other), (other, one)):
        connection.execute(
            insert(table).values({name: row[name] if name in keys else source[name] for name in row})
        )
    return None


def put_in(chance: random.Random, connection: Connection, table: Table) -> None:
    """A row more, behind the last or, in the log, also in a gap that a dropped line leaves."""
    row = _pick(chance, connection, table)
    key = next(column for column in table.primary_key if column.name in ("sequence", "position", "number"))
    if table is LOG and chance.random() < 0.5:
        connection.execute(delete(table).where(*_is(table, row)))  # type: ignore[arg-type]
        row["actor"] = "somebody"
        row["mac"] = mac_of(b"a key that is not the key of the store", row)
    else:
        row[key.name] = connection.execute(select(func.max(key))).scalar_one() + 1
        # What stands in one row alone.
        single = ("id", "version", "upload_id") if table is SUMMARIES else ("id", "version")
        row |= {name: _another(chance, row[name]) for name in single if name in row}
    connection.execute(insert(table).values(row))


WAYS: tuple[Callable[[random.Random, Connection, Table], None], ...] = (change, drop, swap, put_in)


def test_every_one_of_many_tamperings_is_found(store: Store, url: str) -> None:
    fill(store)
    head = store.head()
    chance = random.Random(2021)
    missed = []
    with past_the_store(url) as connection:
        disarm(store, connection)
        tables = [
            table
            for table in APPEND_ONLY
            if connection.execute(select(func.count()).select_from(table)).scalar_one()
        ]
        assert len(tables) == 12
        for number in range(TAMPERINGS):
            way, table = WAYS[number % len(WAYS)], chance.choice((LOG, *tables))
            connection.exec_driver_sql("BEGIN")
            way(chance, connection, table)
            if verify_in(connection, store.key, (head,)).whole:
                missed.append((number, way.__name__, table.name))
            connection.exec_driver_sql("ROLLBACK")
        assert missed == []
        connection.exec_driver_sql("BEGIN")
        assert verify_in(connection, store.key, (head,)).whole


def test_a_cut_off_tail_is_found_by_the_head_of_a_receipt(store: Store, url: str) -> None:
    fill(store)
    receipt = submit(store, keep(store, b"last").id, Judged("f", "1", "0" * 64, "1", "{}"))
    shown = head_from(receipt.head)
    assert str(store.head()) == receipt.head
    with past_the_store(url) as connection:
        disarm(store, connection)
        connection.exec_driver_sql("BEGIN")
        # The last line goes, and with it the row that it tells of: what is left is whole in itself.
        connection.exec_driver_sql(f"DELETE FROM log WHERE number = {shown.number}")  # noqa: S608
        connection.exec_driver_sql("DELETE FROM submissions WHERE sequence = 3")
        assert verify_in(connection, store.key).whole
        found = verify_in(connection, store.key, (shown,))
        assert [(one.kind, one.where) for one in found.damage] == [("tail_cut", str(shown.number))]
        # Another line in its place is found as well, even one made with the key.
        line = dict(connection.execute(select(LOG).order_by(LOG.c.number.desc()).limit(1)).mappings().one())
        other = {
            **line,
            "number": shown.number,
            "rows": "[]",
            "before": "",
            "after": "",
            "previous": line["mac"],
        }
        other["mac"] = mac_of(store.key, other)
        connection.execute(insert(LOG).values(other))
        assert verify_in(connection, store.key).whole
        found = verify_in(connection, store.key, (shown,))
        assert [(one.kind, one.where) for one in found.damage] == [("line_changed", str(shown.number))]


def test_an_old_copy_put_back_is_found_by_the_file_beside_the_key(file_store: Store, sqlite_url: str) -> None:
    assert file_store.folder is not None
    keep(file_store)
    file_store.engine.dispose()
    path = file_store.folder / "scorecard.sqlite3"
    old = path.read_bytes()
    keep(file_store, b"later")
    assert verify(file_store).whole
    file_store.engine.dispose()
    path.write_bytes(old)
    assert [one.kind for one in verify(open_store(sqlite_url)).damage] == ["tail_cut"]
    (file_store.folder / HEAD_FILE).unlink()
    report = verify(open_store(sqlite_url))
    assert report.whole
    assert [one.kind for one in report.notes] == ["no_head_file"]


def test_a_clock_set_back_is_noted_and_is_no_damage(store: Store, url: str) -> None:
    keep(store, b"1")
    with past_the_store(url) as connection:
        disarm(store, connection)
        line = dict(connection.execute(select(LOG)).mappings().one())
        # As a clock that ran an hour ahead would have written it, with the key.
        line["at"] = re.sub(r"^\d{4}", lambda year: str(int(year[0]) + 1), str(line["at"]))
        connection.execute(update(LOG).values(at=line["at"], mac=mac_of(store.key, line)))
    keep(store, b"2")
    keep(store, b"3")
    report = verify_in_store(store)
    assert report.damage == ()
    assert [(one.kind, one.where) for one in report.notes] == [("clock_back", "2")]


def verify_in_store(store: Store) -> object:
    """Verify without the head file, whose head the test has replaced."""
    with store.snapshot() as connection:
        return verify_in(connection, store.key)


def test_lines_hold_no_names_and_no_answers(store: Store) -> None:
    kept = keep(store, name="Jo Person.xlsx", city="Demoville")
    link_city(store, kept.id, country="KOR", folded_name="demoville", name="Demoville")
    save_scenario(store, name="Jo's plan", basket="core", content="{}", upload_ids=[kept.id])
    with store.reading() as connection:
        lines = connection.execute(select(LOG).order_by(LOG.c.number)).mappings().all()
    text = repr([dict(line) for line in lines])
    assert [line["act"] for line in lines] == ["add", "link", "save"]
    # Words that no random id can happen to hold.
    for word in ("Jo Person", "Jo's", "Demoville", "demoville", "'KOR'", '"KOR"', "4.9"):
        assert word not in text


def test_every_row_that_is_written_stands_in_exactly_one_line(store: Store) -> None:
    fill(store)
    with store.reading() as connection:
        count = sum(
            connection.execute(select(func.count()).select_from(table)).scalar_one() for table in LOGGED
        )
        lines = connection.execute(select(LOG.c.rows)).scalars().all()
    report = verify(store)
    assert report.rows == count == sum(len(re.findall(r'\["', line)) for line in lines)
    assert report.lines == len(lines) == store.head().number


@pytest.mark.parametrize(
    "text", ["", "42", "42-", "42-xyz", "-0123456789abcdef", "42-0123456789abcde", "４２-" + "0" * 16]
)
def test_a_text_that_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no head"):
        head_from(text)


def test_a_head_is_read_as_it_is_shown() -> None:
    assert head_from(" 42-0123456789ABCDEF ") == Head(42, "0123456789abcdef")
    assert str(Head(42, "0123456789abcdef" * 4)) == "42-0123456789abcdef"


def test_the_key_is_made_once_and_read_by_nobody_else(file_store: Store, sqlite_url: str) -> None:
    assert file_store.folder is not None
    path = file_store.folder / KEY_FILE
    assert path.stat().st_mode & 0o777 == 0o600
    assert re.fullmatch(r"[0-9a-f]{64}\n", path.read_text())
    assert path.read_text().strip().encode() == file_store.key
    assert open_store(sqlite_url).key == file_store.key
    assert VARIABLE not in repr(file_store)
    assert path.read_text().strip() not in repr(file_store)
