"""Everything in one file, and back: the same file for both kinds of database.

A backup is a zip file: `tables/<name>.jsonl` holds one row a line as JSON, `contents/<sequence>` the bytes, and
`manifest.json` the hash of every part, the step of the tables and the head of the log. The key is in it only if it
is asked for; without the key the log cannot be verified, so keep it elsewhere and keep it well.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, inspect, select

from store.database import DATABASES
from store.engine import Store, told_plainly, transaction
from store.errors import StoreError
from store.head_file import write_head
from store.ids import now
from store.log import Head, head_from, head_of
from store.migrate import come_up, go_back
from store.rows import canonical, columns_of
from store.schema import LOGGED
from store.tables import CONTENTS, LOG, REVISION
from store.verify import Report, verify_in
from store.words import rebuild_finders
from store.work_folder import work_folder
from store.writing import allowed

FORMAT = 1
_TABLES = (*LOGGED, LOG)
_CHUNK = 500
_KEY_PART = "audit.key"


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds."""

    head: Head
    rows: int
    size: int


def backup(store: Store, path: Path, *, with_key: bool = False) -> Backup:
    """Write everything, as it was at one moment, to a new file; it appears under its name only when it is whole.

    Others may go on writing. Raises OSError where the file cannot be written (FileExistsError where it is there
    already), StoreError where the store cannot be read.
    """
    if path.exists():
        raise FileExistsError(str(path))
    with work_folder(path.parent) as folder:
        part = folder / "part.zip"
        file = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "w+b") as raw:
            with (
                zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as book,
                _one_state(store, folder) as connection,
            ):
                made = _write(connection, book, store.key if with_key else None)
            raw.flush()
            os.fsync(raw.fileno())
            size = raw.tell()
        part.rename(path)
    return Backup(made.head, made.rows, size)


@contextmanager
def _one_state(store: Store, folder: Path) -> Iterator[Connection]:
    """A connection that sees one state while others go on writing."""
    if store.database is not DATABASES["sqlite"]:
        with store.snapshot() as connection:
            yield connection
        return
    # A long reader would hold up every writer, so the file is copied in one go and read at leisure.
    copy = folder / "copy.sqlite3"
    with store.reading() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        target = sqlite3.connect(copy)
        try:
            driver.backup(target, pages=-1)
        finally:
            target.close()
    engine = store.database.engine(store.engine.url.set(database=str(copy)))
    with told_plainly(store.database), engine.connect() as connection:
        yield connection
    engine.dispose()


def _write(connection: Connection, book: zipfile.ZipFile, key: bytes | None) -> Backup:
    parts: dict[str, str] = {}
    rows = 0
    for table in _TABLES:
        lines = hashlib.sha256()
        with book.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as part:
            query = select(*(table.c[name] for name in columns_of(table))).order_by(*table.primary_key)
            for row in connection.execute(query).mappings():
                line = f"{canonical(dict(row))}\n".encode()
                part.write(line)
                lines.update(line)
                rows += 1
        parts[f"tables/{table.name}.jsonl"] = lines.hexdigest()
    for sequence in (
        connection.execute(select(CONTENTS.c.sequence).order_by(CONTENTS.c.sequence)).scalars().all()
    ):
        data = connection.execute(select(CONTENTS.c.content).where(CONTENTS.c.sequence == sequence)).scalar()
        if data is not None:
            book.writestr(f"contents/{sequence}", bytes(data))
            parts[f"contents/{sequence}"] = hashlib.sha256(bytes(data)).hexdigest()
    if key is not None:
        book.writestr(_KEY_PART, key)
    head = head_of(connection)
    manifest = {
        "format": FORMAT,
        "step": REVISION,
        "made": now(),
        "head": f"{head.number}-{head.mac}",
        "rows": rows,
        "parts": parts,
    }
    book.writestr("manifest.json", json.dumps(manifest, indent=1, sort_keys=True))
    return Backup(head, rows, 0)


def key_in(path: Path) -> str:
    """The key that a backup brings along, "" where it holds none; StoreError no_backup, OSError."""
    with _opened(path) as book:
        return book.read(_KEY_PART).decode() if _KEY_PART in book.namelist() else ""


def restore(store: Store, path: Path) -> Report:
    """Fill an empty store with a backup, all of it or nothing, and verify it before it is kept.

    A backup of an earlier version of this program comes up to the tables of now.

    Raises StoreError: not_empty, no_backup for a file that is none or is damaged, newer_schema, key_wrong where the
    log was made with another key; OSError where the file cannot be read.
    """
    with _opened(path) as book:
        manifest = _manifest(book)
        head = head_from(manifest["head"])
        with (
            told_plainly(store.database),
            store.engine.connect() as connection,
            transaction(connection, store.database, store.database.begin),
            allowed(connection),
        ):
            if any(
                connection.execute(select(func.count()).select_from(table)).scalar_one() for table in _TABLES
            ):
                raise StoreError("not_empty", store.place)
            step = str(manifest["step"])
            if step != REVISION:
                go_back(connection, store.database, step)
            _fill(connection, book, manifest["parts"])
            if step != REVISION:
                come_up(connection, store.database, store.key, step)
            report = verify_in(connection, store.key, (head,))
            if not report.whole:
                changed = sum(fault.kind == "line_changed" for fault in report.damage)
                kind = "key_wrong" if report.lines and changed >= report.lines else "no_backup"
                raise StoreError(kind, "; ".join(f"{one.kind} {one.where}" for one in report.damage[:20]))
            rebuild_finders(connection, store.key)
        if store.folder is not None:
            write_head(store.folder, report.head)
    return report


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as book:
            yield book
    except (zipfile.BadZipFile, EOFError, KeyError, ValueError, NotImplementedError) as trouble:
        # The last for ways of packing that zipfile does not know.
        raise StoreError("no_backup", str(trouble)) from trouble


def _manifest(book: zipfile.ZipFile) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(book.read("manifest.json"))
    if manifest["format"] != FORMAT or str(manifest["step"]) > REVISION:
        raise StoreError("newer_schema", f"format {manifest['format']}, step {manifest['step']}")
    return manifest


def _fill(connection: Connection, book: zipfile.ZipFile, parts: dict[str, str]) -> None:
    there = set(inspect(connection).get_table_names())
    for table in (one for one in _TABLES if one.name in there):
        name = f"tables/{table.name}.jsonl"
        told = hashlib.sha256()
        rows = []
        with book.open(name) as part:
            for line in part:
                told.update(line)
                row = json.loads(line)
                if table is CONTENTS:
                    held = f"contents/{row['sequence']}"
                    row["content"] = _part(book, held, parts[held]) if held in parts else None
                rows.append(row)
                if len(rows) >= (1 if table is CONTENTS else _CHUNK):
                    connection.execute(insert(table), rows)
                    rows = []
        if rows:
            connection.execute(insert(table), rows)
        if told.hexdigest() != parts[name]:
            raise StoreError("no_backup", f"{name} is not as it was written")


def _part(book: zipfile.ZipFile, name: str, sha256: str) -> bytes:
    data = book.read(name)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise StoreError("no_backup", f"{name} is not as it was written")
    return data
