"""The record of an assessment: every version of every field, the last one counting, and clashes of two writers.

A field is a measurement's code, "declaration:theme" or "profile:entry"; what is said in it are texts by column. Whoever
writes says which version she saw: if another one came meanwhile nothing is overwritten.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, RowMapping, func, select

from store.ids import fit, is_id, new_id, now
from store.room_tables import RECORD_CLASH_ENDS, RECORD_CLASHES, RECORD_ENTRIES
from store.words import Reader
from store.writing import Writing

# How an entry came in.
FORM, WORKBOOK, LAST_YEAR, CHOSEN = "form", "workbook", "last_year", "chosen"
# What was taken over from last year and looked at: it says the same, and somebody stands by it.
CONFIRMED = "confirmed"
# Whose entry counts after a clash; `later` is for what its writer has said anew, in a clash that stands in its place.
MINE, THEIRS, LATER = "mine", "theirs", "later"

Said = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RecordEntry:
    """One version of a field: its texts by column ({} for emptied), how it came in, who, when and why.

    `upload_id`, `sheet` and `cell` are where it stands in a file, "" for what was typed on a page.
    """

    assessment_id: str
    field: str
    version: int
    said: Said
    way: str
    why: str
    upload_id: str
    sheet: str
    cell: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Clash:
    """What somebody wrote on top of version `base` while another version came in; nobody has chosen yet."""

    id: str
    assessment_id: str
    field: str
    base: int
    said: Said
    by: str
    at: str


class ChangedMeanwhileError(Exception):
    """Another version came in since: `.entry` is what counts now."""

    def __init__(self, entry: RecordEntry) -> None:
        super().__init__(f"{entry.field} is at version {entry.version}")
        self.entry = entry


_COLUMNS = tuple(RECORD_ENTRIES.c[name] for name in RecordEntry.__slots__)
_OTHERS = RECORD_ENTRIES.alias()
_CLASH = tuple(RECORD_CLASHES.c[name] for name in Clash.__slots__)


def current(reader: Reader, assessment_id: str, until: int | None = None) -> Mapping[str, RecordEntry]:
    """What counts now: field -> its last version; a field that was emptied is there with nothing said.

    `until` is the number of the last entry that counts: as it stood when it was handed in.
    """
    if not is_id(assessment_id):
        return {}
    counted = () if until is None else (_OTHERS.c.sequence <= until,)
    last = (
        select(_OTHERS.c.field, func.max(_OTHERS.c.version).label("version"))
        .where(_OTHERS.c.assessment_id == assessment_id, *counted)
        .group_by(_OTHERS.c.field)
        .subquery()
    )
    query = (
        select(*_COLUMNS)
        .join(last, (last.c.field == RECORD_ENTRIES.c.field) & (last.c.version == RECORD_ENTRIES.c.version))
        .where(RECORD_ENTRIES.c.assessment_id == assessment_id)
        .order_by(RECORD_ENTRIES.c.sequence)
    )
    return {row.field: entry_from(row) for row in reader.execute(query)}


def entry(reader: Reader, assessment_id: str, field: str) -> RecordEntry | None:
    """What counts now in one field, None where nothing was ever said."""
    found = history(reader, assessment_id, field)
    return found[-1] if found else None


def history(reader: Reader, assessment_id: str, field: str) -> tuple[RecordEntry, ...]:
    """All versions of one field, the first one first."""
    if not is_id(assessment_id):
        return ()
    rows = reader.execute(
        select(*_COLUMNS)
        .where(RECORD_ENTRIES.c.assessment_id == assessment_id, RECORD_ENTRIES.c.field == fit(field))
        .order_by(RECORD_ENTRIES.c.version)
    )
    return tuple(map(entry_from, rows))


def put(
    writing: Writing,
    assessment_id: str,
    field: str,
    said: Said,
    *,
    base: int,
    way: str = FORM,
    why: str = "",
    upload_id: str = "",
    sheet: str = "",
    cell: str = "",
) -> RecordEntry:
    """The next version of a field on top of version `base` (0: there was none); returns what counts then.

    Empty texts are left out; what is said already makes no version, unless a reason is given for it afterwards, or
    it was taken over from last year and is confirmed.
    ChangedMeanwhileError if `base` is not the last version any more and the last one says something else.
    """
    texts = as_kept(said)
    versions = history(writing, assessment_id, field)
    last = versions[-1] if versions else None
    stands_by = last is not None and (last.way, way) == (LAST_YEAR, CONFIRMED)
    same = last is not None and last.said == texts and not stands_by
    if last is not None and same and (not why.strip() or last.why == fit(why)):
        return last
    if not 0 <= base <= len(versions):
        raise ValueError(f"{field} has no version {base}")
    seen = versions[base - 1].said if base else {}
    if last is not None and last.version != base and last.said not in (seen, texts):
        raise ChangedMeanwhileError(last)
    if last is None and not texts:
        return RecordEntry(assessment_id, field, 0, {}, way, "", "", "", "", writing.actor, now())
    made = RecordEntry(
        assessment_id,
        fit(field),
        len(versions) + 1,
        texts,
        way,
        fit(why),
        upload_id,
        fit(sheet),
        cell,
        writing.actor,
        now(),
    )
    row = {name: getattr(made, name) for name in RecordEntry.__slots__}
    writing.add(RECORD_ENTRIES, {**row, "said": _as_text(texts)})
    return made


def as_kept(said: Said) -> Said:
    """Texts as they are kept: without those that say nothing."""
    return {name: fit(text) for name, text in said.items() if text.strip()}


def set_clash(
    writing: Writing, assessment_id: str, field: str, said: Said, *, base: int, replaces: str = ""
) -> Clash:
    """Keep what the slower one wrote beside the record, until somebody chooses.

    `replaces` is the clash in which she wrote before, which nobody need settle then; its texts stay kept. The same
    clash twice is one.
    """
    texts = as_kept(said)
    for one in clashes(writing, assessment_id):
        if one.field != field or one.by != writing.actor:
            continue
        if one.said == texts and one.base == base:
            return one
        if one.id == replaces:
            _end(writing, one, LATER)
    made = Clash(new_id(), assessment_id, fit(field), base, texts, writing.actor, now())
    row = {name: getattr(made, name) for name in Clash.__slots__}
    writing.add(RECORD_CLASHES, {**row, "said": _as_text(texts)})
    return made


def clashes(reader: Reader, assessment_id: str) -> tuple[Clash, ...]:
    """The clashes of a record that nobody has settled, the oldest first."""
    if not is_id(assessment_id):
        return ()
    rows = reader.execute(
        select(*_CLASH)
        .outerjoin(RECORD_CLASH_ENDS, RECORD_CLASH_ENDS.c.clash_id == RECORD_CLASHES.c.id)
        .where(RECORD_CLASHES.c.assessment_id == assessment_id, RECORD_CLASH_ENDS.c.clash_id.is_(None))
        .order_by(RECORD_CLASHES.c.sequence)
    )
    return tuple(map(_clash, rows.mappings()))


def ended_clashes(reader: Reader, assessment_id: str, field: str) -> tuple[tuple[Clash, str], ...]:
    """The clashes of one field that are settled, the oldest first, each with whose entry counts."""
    if not is_id(assessment_id):
        return ()
    rows = reader.execute(
        select(*_CLASH, RECORD_CLASH_ENDS.c.choice)
        .join(RECORD_CLASH_ENDS, RECORD_CLASH_ENDS.c.clash_id == RECORD_CLASHES.c.id)
        .where(RECORD_CLASHES.c.assessment_id == assessment_id, RECORD_CLASHES.c.field == fit(field))
        .order_by(RECORD_CLASHES.c.sequence)
    )
    return tuple((_clash(row), row["choice"]) for row in rows.mappings())


def settle(writing: Writing, clash: Clash, choice: str, *, base: int) -> RecordEntry | None:
    """Let `mine` (what the slower one wrote) or `theirs` count, on top of version `base`; returns the entry.

    ChangedMeanwhileError if yet another version came in, ValueError for a clash that is settled or another choice.
    """
    if choice not in (MINE, THEIRS):
        raise ValueError(f"{choice!r} is neither {MINE} nor {THEIRS}")
    ended = select(RECORD_CLASH_ENDS.c.clash_id).where(RECORD_CLASH_ENDS.c.clash_id == clash.id)
    if writing.execute(ended).first() is not None:
        raise ValueError("this clash is settled")
    made = None
    if choice == MINE:
        made = put(writing, clash.assessment_id, clash.field, clash.said, base=base, way=CHOSEN)
    _end(writing, clash, choice)
    return made or entry(writing, clash.assessment_id, clash.field)


def _end(writing: Writing, clash: Clash, choice: str) -> None:
    row = {"clash_id": clash.id, "choice": choice, "by": writing.actor, "at": now()}
    writing.add(RECORD_CLASH_ENDS, row)


def _clash(row: RowMapping) -> Clash:
    kept = {name: row[name] for name in Clash.__slots__}
    return Clash(**{**kept, "said": _texts(row["said"])})


def _as_text(said: Said) -> str:
    """Texts as JSON, plain ASCII, so that every database holds them; "" for none."""
    return json.dumps(dict(said), sort_keys=True) if said else ""


def _texts(said: str) -> Said:
    found: dict[str, str] = json.loads(said) if said else {}
    return found


def entry_from(row: Row[Any]) -> RecordEntry:
    """A version from its row of the table."""
    kept = {name: getattr(row, name) for name in RecordEntry.__slots__}
    return RecordEntry(**{**kept, "said": _texts(row.said)})
