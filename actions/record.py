"""The record of an assessment: what is said in each field, who said it, what is read from it, and saying more.

Form and workbook are two views of it. A field is a measurement's code, "declaration:theme" or "profile:entry".
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from actions import house
from actions.access import Actor, NotAllowedError
from actions.rooms import Room, require_open, room
from actions.set_aside import area_of
from indicators.merge import PROFILE
from indicators.profile import profile_fields
from indicators.ratings import rated_themes, rating_key
from indicators.typed import Said, read_record
from scoring.model import Reading
from store.acts import Act
from store.record import FORM, ChangedMeanwhileError, Clash, RecordEntry, current, put, set_clash
from store.rows import sha256
from store.states import ENTRIES
from store.words import Reader


@dataclass(frozen=True, slots=True)
class Record:
    """What counts now in every field, and one hash of all that is said: the same texts have the same hash."""

    room: Room
    entries: Mapping[str, RecordEntry]
    sha256: str

    def said(self, field: str) -> Said:
        """The texts of a field by column, {} where nothing is said."""
        found = self.entries.get(field)
        return found.said if found else {}

    def version(self, field: str) -> int:
        """The version of a field that a writer has seen, 0 where nothing was ever said."""
        found = self.entries.get(field)
        return found.version if found else 0

    @property
    def reading(self) -> Reading:
        """What is understood from the record, by the workbook's own reader."""
        return _reading(_as_json(self.entries), house.today())


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an entry: `entry` is what counts now; with a `clash` it is another's, and one must choose."""

    entry: RecordEntry
    clash: Clash | None = None


def record(actor: Actor, assessment_id: str) -> Record:
    """The record of an assessment as it is now; NotKeptError."""
    here = room(actor, assessment_id)
    with house.store().reading() as reader:
        return record_in(reader, here)


def record_in(reader: Reader, here: Room) -> Record:
    """The same of a room that was asked for, within a transaction that is open."""
    entries = current(reader, here.id, here.until(ENTRIES))
    return Record(here, entries, sha256(_as_json(entries)))


def say(
    actor: Actor, assessment_id: str, field: str, said: Said, base: int, why: str = "", replaces: str = ""
) -> Saved:
    """Say something in a field on top of the version that was seen; kept when this returns.

    If somebody else was faster, hers counts on, what was written here is kept beside it, and one must choose;
    `replaces` is the clash in which the same person wrote before. A reason for what is said already is kept with it.
    NotKeptError, NotAllowedError for a field outside one's focus areas, RoomError where the record stands still,
    StoreError.
    """
    here = room(actor, assessment_id, "fill")
    require_field(here, field)
    act = Act(actor.person, "say", "record", assessment_id, {"field": field})
    with house.store().writing(act) as writing:
        require_open(writing, assessment_id)
        try:
            return Saved(put(writing, assessment_id, field, said, base=base, way=FORM, why=why))
        except ChangedMeanwhileError as meanwhile:
            return Saved(
                meanwhile.entry, set_clash(writing, assessment_id, field, said, base=base, replaces=replaces)
            )


def may_fill(here: Room, field: str) -> bool:
    """Whether the actor's focus areas hold a field; profile and ratings are for whoever answers for all."""
    return here.areas is None or (":" not in field and area_of(field) in here.areas)


def require_field(here: Room, field: str) -> None:
    """NotAllowedError for a field that is not there, or outside the actor's focus areas."""
    if field not in known_fields() or not may_fill(here, field):
        raise NotAllowedError


@lru_cache(maxsize=1)
def known_fields() -> frozenset[str]:
    """Every field that a record may have."""
    framework, declaration = house.framework(), house.declaration()
    return frozenset(
        (
            *(node.code for node in framework.measurements),
            *(rating_key(declaration, one.code) for one in rated_themes(declaration)),
            *(PROFILE + one for one in profile_fields()),
        )
    )


def _as_json(entries: Mapping[str, RecordEntry]) -> str:
    return json.dumps(
        {field: dict(one.said) for field, one in sorted(entries.items()) if one.said}, sort_keys=True
    )


@lru_cache(maxsize=256)
def _reading(fields: str, today: dt.date) -> Reading:
    return read_record(json.loads(fields), house.framework(), (house.declaration(),), today)
