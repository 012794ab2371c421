"""Taking words about a person out for good: her words, bytes, texts of rows. Hashes stay, and the log is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, Text, func, select

from store.contents import keep_bytes
from store.ids import now
from store.people_tables import UPLOAD_OWNERS
from store.room_tables import EVIDENCE
from store.schema import LOGGED
from store.tables import CITIES, CONTENTS, LOG, SUBMISSIONS, UPLOADS
from store.words import Reader
from store.writing import Writing

# Names of cities are no person's, and scores hold numbers alone.
_LEFT = (CITIES, SUBMISSIONS)
# Text columns of our own making, in which nobody writes.
_OURS = {"areas", "code", "actor", "about"}
_ERASURES = select(func.max(LOG.c.number)).where(LOG.c.kind == "person", LOG.c.act == "erase")


@dataclass(frozen=True, slots=True)
class Bytes:
    """Kept bytes and what they are: a file, or the reading of one.

    `uploads` and `evidence` are the ids of what they belong to, `media` what files of evidence are ("" for workbooks).
    """

    sha256: str
    uploads: tuple[str, ...]
    is_file: bool
    evidence: tuple[str, ...] = ()
    media: str = ""


def kept_bytes(reader: Reader) -> tuple[Bytes, ...]:
    """All files and readings that were not taken out, and the uploads and evidence that they belong to."""
    held = set(reader.execute(select(CONTENTS.c.sha256).where(CONTENTS.c.content.is_not(None))).scalars())
    found: dict[tuple[str, bool], list[str]] = {}
    rows = reader.execute(select(UPLOADS.c.id, UPLOADS.c.sha256, UPLOADS.c.reading_sha256)).all()
    for row in rows:
        found.setdefault((row.sha256, True), []).append(row.id)
        found.setdefault((row.reading_sha256, False), []).append(row.id)
    pieces: dict[str, list[str]] = {}
    media = {}
    for row in reader.execute(select(EVIDENCE.c.id, EVIDENCE.c.sha256, EVIDENCE.c.media)):
        if row.sha256:
            found.setdefault((row.sha256, True), [])
            pieces.setdefault(row.sha256, []).append(row.id)
            media[row.sha256] = row.media
    return tuple(
        Bytes(digest, tuple(ids), is_file, tuple(pieces.get(digest, ())), media.get(digest, ""))
        for (digest, is_file), ids in found.items()
        if digest in held
    )


def texts(reader: Reader) -> Iterator[tuple[Table, Mapping[str, Any], tuple[str, ...]]]:
    """Every row in which somebody may have written something, with the columns of texts."""
    for table in LOGGED:
        columns = tuple(
            column.name for column in table.columns if type(column.type) is Text and column.name not in _OURS
        )
        if columns and table not in _LEFT:
            for row in reader.execute(select(table)).mappings().all():
                yield table, dict(row), columns


def take_out_words(writing: Writing, digests: Sequence[str]) -> int:
    """Words of a person go for good; returns how many there were."""
    at = now()
    return sum(writing.erase(digest, at) for digest in dict.fromkeys(digests))


def take_out_bytes(writing: Writing, digest: str) -> None:
    """A file goes for good; its hash stays where it is."""
    writing.erase(digest, now())


def replace_reading(writing: Writing, digest: str, taken_out: Callable[[str], str]) -> None:
    """A reading goes for good; its uploads go on with what is left of it."""
    text = writing.execute(
        select(CONTENTS.c.content).where(CONTENTS.c.sha256 == digest, CONTENTS.c.content.is_not(None))
    ).scalar_one()
    left = keep_bytes(writing, taken_out(bytes(text).decode()).encode())
    rows = writing.execute(select(UPLOADS).where(UPLOADS.c.reading_sha256 == digest)).mappings().all()
    writing.rewrite(UPLOADS, *((dict(row), {"reading_sha256": left}) for row in rows))
    writing.erase(digest, now())


def rewrite_texts(writing: Writing, taken_out: Callable[[str], str]) -> int:
    """Texts of rows go on with what is left of them; returns how many rows were changed."""
    changes: dict[str, list[tuple[Mapping[str, Any], Mapping[str, Any]]]] = {}
    tables = {table.name: table for table in LOGGED}
    for table, row, columns in texts(writing):
        words = {name: left for name in columns if row[name] and (left := taken_out(row[name])) != row[name]}
        if words:
            changes.setdefault(table.name, []).append((row, words))
    for name, some in changes.items():
        writing.rewrite(tables[name], *some)
    return sum(map(len, changes.values()))


def uploads_by_person(reader: Reader, person_id: str) -> frozenset[str]:
    """The uploads that a person made."""
    query = select(UPLOAD_OWNERS.c.upload_id).where(UPLOAD_OWNERS.c.person == person_id)
    return frozenset(reader.execute(query).scalars())


def evidence_by_person(reader: Reader, person_id: str) -> frozenset[str]:
    """The evidence that a person gave; what she took over from an earlier assessment somebody else may have given."""
    query = select(EVIDENCE.c.id).where(EVIDENCE.c.by == person_id, EVIDENCE.c.from_id == "")
    return frozenset(reader.execute(query).scalars())


def erasures(reader: Reader) -> int:
    """The number of the line of the log that tells of the newest erasure, 0 for none."""
    return int(reader.execute(_ERASURES).scalar() or 0)
