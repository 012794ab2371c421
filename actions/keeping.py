"""Backup, restore, verify and export: what whoever runs an installation does with what is kept."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from actions import house
from actions.output import inert
from actions.submissions import Checked, check_all
from locales import mark
from store.answers import Version, versions_of
from store.backup import Backup, key_in
from store.backup import backup as write_backup
from store.backup import restore as read_backup
from store.cards import card_rows
from store.cities import City, find_cities, uploads_of_city
from store.contents import bytes_of
from store.engine import Store, default_url, key_folder, open_store
from store.key import bring_key
from store.log import Head
from store.reading_json import dump
from store.room_rows import Rows, room_rows
from store.submissions import submissions_of
from store.uploads import ErasedError, get, original
from store.verify import Report, log_of
from store.verify import verify as verify_store
from store.words import Reader

# What is damaged, by the kinds of store.verify and actions.submissions; {where} is a number or a table and row.
SENTENCES: Mapping[str, str] = {
    "line_changed": mark("Line {where} of the log is not as it was written."),
    "line_missing": mark("Line {where} of the log is missing."),
    "tail_cut": mark("The log ends before line {where}, which was written: its tail was cut off."),
    "row_changed": mark("This row is not as it was written: {where}."),
    "row_missing": mark("This row was written and is gone: {where}."),
    "row_without_line": mark("No line of the log tells of this row: {where}."),
    "bytes_changed": mark("These bytes do not fit their hash: {where}."),
    "bytes_missing": mark("These bytes are gone, and nobody erased them: {where}."),
    "score_changed": mark("Submission {where}: the frozen scores are not those that its answers lead to."),
    "input_changed": mark("Submission {where}: the answers are not those that were handed in."),
    "framework_changed": mark(
        "Submission {where}: the framework's files were changed and its edition was not."
    ),
    "input_erased": mark("Submission {where}: its answers were erased; the frozen scores stand."),
    "newer_framework": mark(
        "Submission {where}: made with another edition of the framework; not made again."
    ),
    "newer_engine": mark("Submission {where}: made with another version of the engine; not made again."),
    "clock_back": mark("Line {where} of the log is older than the line before it: the clock was set back."),
    "no_head_file": mark(
        "There is no file with the log's head beside the key, so a cut-off tail can be found only with --head."
    ),
}


@dataclass(frozen=True, slots=True)
class Verified:
    """What `verify` found: the report on the log and what hangs on it, and one line for each submission."""

    report: Report
    submissions: tuple[Checked, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is damaged."""
        return self.report.whole and not any(one.damaged for one in self.submissions)

    def told(self, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Damage and notes, a sentence each."""
        say = house.voice(language).say
        damage = [say(SENTENCES[one.kind], where=one.where) for one in self.report.damage]
        notes = [say(SENTENCES[one.kind], where=one.where) for one in self.report.notes]
        for one in self.submissions:
            if one.found:
                (damage if one.damaged else notes).append(say(SENTENCES[one.found], where=one.submission_id))
        return tuple(damage), tuple(notes)


def backup(path: Path, *, with_key: bool = False) -> Backup:
    """Write everything to a new file while others go on; OSError, StoreError."""
    return write_backup(house.store(), path, with_key=with_key)


def restore(path: Path) -> Report:
    """Fill the empty store of this installation; OSError, StoreError.

    A key that the backup brings along is taken over where there is none yet.
    """
    key = key_in(path)
    folder = key_folder(default_url())
    if key and folder is not None:
        bring_key(folder, key)
    # Opened anew: what is remembered of the empty store is of no more use.
    store = open_store(default_url())
    try:
        return read_backup(store, path)
    finally:
        store.engine.dispose()


def verify(heads: Sequence[Head] = ()) -> Verified:
    """Look at everything that is kept; StoreError where it cannot be read."""
    store = house.store()
    return Verified(verify_store(store, heads), check_all(store))


def place() -> tuple[str, str, str]:
    """Kind of database, where it is, and the log's head; StoreError says what is wrong."""
    store = house.store()
    return store.database.name, store.place, str(store.head())


def cities(text: str) -> tuple[City, ...]:
    """The cities of an id or a name as it was written; StoreError."""
    return find_cities(house.store(), text)


def export(city: City) -> bytes:
    """Everything about a city in open formats, as a zip file; StoreError.

    `workbooks/` holds the files as they came, `readings/` what was read (JSON), `answers.csv` every version of every
    answer, `submissions/` what was handed in (JSON), `cards.json` every version of its practice cards and who may see
    them, `room/` every table of its room (CSV), `evidence/` the files behind its answers as they came, `log.csv` the
    lines about all of it, `uploads.csv` what is what.
    """
    store = house.store()
    ids = uploads_of_city(store, city.id)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("city.json", json.dumps(asdict(city), ensure_ascii=False, indent=1))
        book.writestr("uploads.csv", _uploads(store, ids, book))
        answers = versions_of(store, city.id)
        book.writestr("answers.csv", _csv(Version.__slots__, map(asdict, answers)))
        for upload_id in ids:
            for one in submissions_of(store, upload_id):
                text = {**asdict(one), "scores": json.loads(one.scores)}
                book.writestr(f"submissions/{one.id}.json", json.dumps(text, ensure_ascii=False, indent=1))
        with store.reading() as connection:
            cards = card_rows(connection, city.id)
            room = room_rows(connection, city.id)
            _evidence(connection, room["evidence"], book)
            things = [str(row["id"]) for rows in (cards, *room.values()) for row in rows if "id" in row]
            lines = log_of(connection, (city.id, *ids, *things))
        for name, rows in room.items():
            book.writestr(f"room/{name}.csv", _csv(tuple(rows[0]) if rows else ("sequence",), rows))
        book.writestr("cards.json", json.dumps(cards, ensure_ascii=False, indent=1))
        book.writestr("log.csv", _csv(tuple(lines[0]) if lines else ("number",), lines))
    return held.getvalue()


def _evidence(connection: Reader, rows: Rows, book: zipfile.ZipFile) -> None:
    """Put the files of evidence into the book; what was taken out for good is none any more."""
    for row in rows:
        data = bytes_of(connection, str(row["sha256"]))
        if data is not None:
            book.writestr(f"evidence/{row['id']}-{row['name']}", data)


def _uploads(store: Store, ids: Iterable[str], book: zipfile.ZipFile) -> bytes:
    """Put workbooks and readings into the book; returns the table that says which is which."""
    rows = []
    for upload_id in ids:
        row = {"id": upload_id, "at": "", "name": "", "sha256": "", "decided_from": "", "erased": "yes"}
        try:
            found = get(store, upload_id)
        except ErasedError:
            found = None
        if found is not None:
            data = original(store, upload_id)
            row |= {
                "at": found.at.isoformat(),
                "name": found.name,
                "sha256": found.sha256,
                "decided_from": found.decided_from,
                "erased": "yes" if data is None else "no",
            }
            book.writestr(f"readings/{upload_id}.json", dump(found.reading))
            # The bytes of a decision are those of the file that came.
            if data is not None and not found.decided_from:
                book.writestr(f"workbooks/{upload_id}.xlsx", data)
        rows.append(row)
    return _csv(("id", "at", "name", "sha256", "decided_from", "erased"), rows)


def _csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[inert(str(row[name])) for name in columns] for row in rows])
    return text.getvalue().encode("utf-8-sig", "replace")
