"""Award rounds: each a journal of entries, of which the last version of each thing counts. Nothing is overwritten.

Whoever writes says which version she saw: if another came meanwhile she is told, and nothing is kept. This module knows
nothing of who may see what; the one way to a round for people is actions/round_read.py.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select

from store.ids import fit, is_id, new_id, now
from store.round_tables import ROUND_ENTRIES, ROUNDS
from store.words import Reader, keep_words, words_of
from store.writing import Writing


@dataclass(frozen=True, slots=True)
class Round:
    """One round: of which award, by the rules of which hash, invented or not, made by whom and when."""

    id: str
    award: str
    rules_sha256: str
    invented: bool
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of one thing in a round: `kind` and `key` name it, `said` is what it is now.

    `number` counts all entries of the installation, `about` are the candidates that it says something of, `seat` is
    whose it is ("" for the round's own), `words` are words about a person, {} where none are kept any more.
    """

    number: int
    kind: str
    key: str
    version: int
    about: tuple[str, ...]
    seat: str
    said: Mapping[str, Any]
    words: Mapping[str, str | int]
    by: str
    at: str


class SaidMeanwhileError(Exception):
    """Another version came in since: `.version` is the number of what counts now."""

    def __init__(self, version: int) -> None:
        super().__init__(f"at version {version}")
        self.version = version


_ROUND = tuple(ROUNDS.c[name] for name in Round.__slots__)


def make_round(writing: Writing, award: str, rules_sha256: str, *, invented: bool = False) -> Round:
    """A new round of an award; its id stands in the log."""
    made = Round(new_id(), award, rules_sha256, invented, writing.actor, now())
    writing.add(ROUNDS, {name: getattr(made, name) for name in Round.__slots__} | {"invented": int(invented)})
    writing.about(made.id)
    return made


def round_of(reader: Reader, round_id: str) -> Round | None:
    """The round of that id, None if there is none."""
    if not is_id(round_id):
        return None
    row = reader.execute(select(*_ROUND).where(ROUNDS.c.id == round_id)).first()
    return None if row is None else _round(row)


def all_rounds(reader: Reader) -> tuple[Round, ...]:
    """Every round, the newest first."""
    return tuple(_round(row) for row in reader.execute(select(*_ROUND).order_by(ROUNDS.c.sequence.desc())))


def last_numbers(reader: Reader) -> Mapping[str, int]:
    """How far the journal of every round goes: the number of its last entry, for those that have any."""
    rows = reader.execute(
        select(ROUND_ENTRIES.c.round_id, func.max(ROUND_ENTRIES.c.sequence).label("last")).group_by(
            ROUND_ENTRIES.c.round_id
        )
    )
    return {row.round_id: row.last for row in rows}


def entries(reader: Reader, round_id: str, after: int = 0) -> tuple[Entry, ...]:
    """What was said in a round after an entry's number, in order."""
    if not is_id(round_id):
        return ()
    rows = reader.execute(
        select(ROUND_ENTRIES)
        .where(ROUND_ENTRIES.c.round_id == round_id, ROUND_ENTRIES.c.sequence > after)
        .order_by(ROUND_ENTRIES.c.sequence)
    ).all()
    return tuple(_entry(reader, row) for row in rows)


def say(
    writing: Writing,
    round_id: str,
    kind: str,
    key: str,
    base: int,
    said: Mapping[str, Any],
    *,
    about: Collection[str] = (),
    seat: str = "",
    words: Mapping[str, str | int] | None = None,
) -> int:
    """Say something on top of version `base` (0 for the first); returns its version. SaidMeanwhileError."""
    key = fit(key)
    last = (
        writing.execute(
            select(func.max(ROUND_ENTRIES.c.version)).where(
                ROUND_ENTRIES.c.round_id == round_id,
                ROUND_ENTRIES.c.kind == kind,
                ROUND_ENTRIES.c.key == key,
            )
        ).scalar()
        or 0
    )
    if last != base:
        raise SaidMeanwhileError(last)
    row = {
        "round_id": round_id,
        "kind": kind,
        "key": key,
        "version": base + 1,
        "about": " ".join(about),
        "seat": seat,
        "said": fit(json.dumps(dict(said), ensure_ascii=False, sort_keys=True)),
        "words_sha256": keep_words(writing, words) if words else "",
        "by": writing.actor,
        "at": now(),
    }
    writing.add(ROUND_ENTRIES, row)
    return base + 1


def words_in_rounds_by(reader: Reader, person_id: str) -> tuple[str, ...]:
    """The hashes of words in rounds that are about a person: of her seats, and what she said of herself."""
    rows = reader.execute(
        select(ROUND_ENTRIES.c.kind, ROUND_ENTRIES.c.seat, ROUND_ENTRIES.c.said, ROUND_ENTRIES.c.words_sha256)
    ).all()
    seats = {
        row.seat for row in rows if row.kind == "seat" and json.loads(row.said).get("person") == person_id
    }
    return tuple(dict.fromkeys(row.words_sha256 for row in rows if row.words_sha256 and row.seat in seats))


def _round(row: Row[Any]) -> Round:
    return Round(**{**row._mapping, "invented": bool(row.invented)})


def _entry(reader: Reader, row: Row[Any]) -> Entry:
    return Entry(
        number=row.sequence,
        kind=row.kind,
        key=row.key,
        version=row.version,
        about=tuple(row.about.split()),
        seat=row.seat,
        said=json.loads(row.said),
        words=(words_of(reader, row.words_sha256) or {}) if row.words_sha256 else {},
        by=row.by,
        at=row.at,
    )
