"""A record as a workbook: to fill in elsewhere, and as a kept copy on which every page of an upload works."""

from __future__ import annotations

from collections.abc import Mapping

from actions import house
from actions.access import Actor
from actions.reader import READERS
from actions.record import Record, record
from actions.record_words import moment, names_of, title, way
from actions.rooms import Room, room
from indicators.as_typed import as_typed
from indicators.draft import WorkList
from indicators.merge import PROFILE
from indicators.origins import Origin, with_origins
from indicators.template import build
from scoring.model import Reading
from store.acts import Act
from store.owners import Owner
from store.record import RecordEntry
from store.record_copies import copy_of, link_upload, position, remember_copy
from store.uploads import Upload, add, get


def copy(actor: Actor, assessment_id: str, language: str) -> str:
    """The id of the upload that shows the record as it is now; made where there is none yet.

    The same record has the same copy, whoever asks and in whichever language. A sheet of the copy names who wrote every
    answer and when, or from which file and cell it came. NotKeptError, StoreError.
    """
    far, found = _with_position(actor, assessment_id)
    with house.store().reading() as reader:
        known = copy_of(reader, assessment_id, found.sha256)
    if known is not None:
        return known
    data = with_origins(workbook_of(found, far, language), _origins(found, language), language)
    kept = keep(actor, found.room, copy_name(found.room, language), data)
    with house.store().writing(Act(actor.person, "copy", "record", assessment_id)) as writing:
        return remember_copy(writing, assessment_id, found.sha256, kept.id)


def keep(
    actor: Actor,
    here: Room,
    name: str,
    data: bytes,
    areas: tuple[str, ...] | None = None,
    reading: Reading | None = None,
) -> Upload:
    """Keep a workbook as an upload of the room's city, read like any other; asked before this is called.

    With `areas` it counts for these focus areas alone.
    """
    framework = house.framework()
    kept = add(
        house.store(),
        name=name,
        data=data,
        reading=READERS.read(name, data) if reading is None else reading,
        framework=framework.id,
        edition=framework.edition,
        actor=actor.person,
        owner=None if actor.everything else Owner(here.city.id, actor.person),
        areas=areas,
    )
    if actor.everything and kept.reading.refused is None:
        # On one's own computer nobody is asked of which city a file is that was made in its room.
        with house.store().writing(Act(actor.person, "link", "upload", kept.id)) as writing:
            link_upload(writing, kept.id, here.city.id, kept.reading)
    return get(house.store(), kept.id) or kept


def filled_in(actor: Actor, assessment_id: str, language: str) -> bytes:
    """The record as a workbook to fill in elsewhere; for a contributor her focus areas alone. NotKeptError."""
    far, found = _with_position(actor, assessment_id)
    areas = found.room.areas
    part = None if areas is None or not areas else WorkList(areas, False, "", "")
    return workbook_of(found, far, language, part)


def _with_position(actor: Actor, assessment_id: str) -> tuple[int, Record]:
    """A record, and up to where it went before it was read: what came in between stands in the record then."""
    room(actor, assessment_id)
    with house.store().reading() as reader:
        far = position(reader, assessment_id)
    return far, record(actor, assessment_id)


def workbook_of(found: Record, far: int, language: str, part: WorkList | None = None) -> bytes:
    """The workbook of a record: what was understood as numbers, the rest as it was typed.

    Its stamp says which record it shows and up to which entry (`far`), so that what is changed in it can be told from
    what is changed in the record meanwhile.
    """
    reading = found.reading
    texts = {field: one.said for field, one in found.entries.items()}
    return build(
        house.framework(),
        (house.declaration(),),
        language,
        prefill=reading,
        invented=reading.invented,
        work_list=part,
        typed=as_typed(texts, reading, house.framework()),
        made_from=f"{found.room.id} {far}",
    )


def file_name(actor: Actor, assessment_id: str, language: str) -> str:
    """What the record's workbook is called as a file; NotKeptError."""
    return copy_name(room(actor, assessment_id), language)


def copy_name(here: Room, language: str) -> str:
    """What a record's workbook is called as a file: letters and digits, the city's name and the year."""
    plain = "".join(letter if letter.isalnum() else "-" for letter in here.city.name).strip("-")
    return f"{plain or 'record'}-{here.assessment.year}-{language}.xlsx"


def _origins(found: Record, language: str) -> list[Origin]:
    """Where every answer came from: a file with sheet and cell, or who wrote it, how and when."""
    with house.store().reading() as reader:
        people = names_of(reader, (one.by for one in found.entries.values()), language)
    files = _file_names(found.entries)
    return [
        Origin(
            field if not field.startswith(PROFILE) else title(field, language),
            files.get(one.upload_id)
            or ", ".join((people[one.by], way(one.way, language), moment(one.at, language))),
            one.sheet,
            one.cell,
        )
        for field, one in found.entries.items()
        if one.said
    ]


def _file_names(entries: Mapping[str, RecordEntry]) -> Mapping[str, str]:
    ids = {one.upload_id for one in entries.values() if one.upload_id}
    return {id: kept.name for id in ids if (kept := get(house.store(), id))}
