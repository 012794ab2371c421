"""A workbook beside the record: what differs field by field, who changed it, and taking it over.

A workbook that was made from the record says from which state of it, so that three sides stand beside each other: what
stood there then, what the file says, what the record says now. Of any other workbook only two are known, and where both
say something a person chooses. Nothing is taken over, and nothing dropped, without her.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.access import Actor, NotKeptError, require, see, seen_of, subject_of_upload
from actions.reader import READERS
from actions.record import Record, may_fill, record, require_field
from actions.record_copy import keep
from actions.record_form import part_of
from actions.record_words import apart, column_title, moment, text_of, title
from actions.rooms import Room, require_open, room
from actions.set_aside import areas_counted, within
from actions.standing import upload
from actions.tell import Told, tell
from actions.uploads import receive
from indicators.as_typed import LISTS
from indicators.guard import LIMIT_PACKED
from indicators.labels import term_names
from indicators.merge import PROFILE
from indicators.text import fold, tidy
from indicators.typed import Said, field_of, fields_of, read_record
from scoring.model import Place, Reading
from store.acts import Act
from store.record import WORKBOOK, ChangedMeanwhileError, put
from store.record_copies import as_it_was, uploads_of_city
from store.uploads import get

# Who changed a field since the workbook was made: the file alone, the record alone, both.
IN_FILE, IN_RECORD, IN_BOTH = "file", "record", "both"
_NOTHING = "–"
_NO_SAMPLE = (PROFILE + "invented", {"entry": "no"})
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs: who changed it, what stands where by column, and the cell that it would come from.

    `version` is what the record says now, to be given back with the choice.
    """

    field: str
    title: str
    changed: str
    rows: tuple[Mapping[str, str], ...]
    where: str
    version: int


@dataclass(frozen=True, slots=True)
class Differences:
    """All differences of one workbook, and whether it says from which state of the record it was made.

    `open` are those that may be taken over, `kept` those that the record alone has changed, and that stay.
    """

    file: str
    made_from_record: bool
    open: tuple[Difference, ...]
    kept: tuple[Difference, ...]
    counted: tuple[str, ...] | None

    def of(self, changed: str) -> tuple[Difference, ...]:
        """The open ones that were changed in the file alone, or in both."""
        return tuple(one for one in self.open if one.changed == changed)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of taking fields over: how many there are now, and those that somebody changed meanwhile."""

    count: int
    meanwhile: tuple[str, ...]


def bring(actor: Actor, assessment_id: str, name: str, data: bytes, language: str) -> tuple[str, Told | None]:
    """Keep a workbook as one of the room's city; returns its id ("" where it was not kept), and why it was refused.

    NotKeptError, StoreError.
    """
    here = room(actor, assessment_id, "fill")
    if not actor.everything:
        receipt = receive(actor, name, data, language, here.city.id)
        return receipt.upload_id if receipt.accepted else "", None if receipt.accepted else receipt.told[0]
    reading = READERS.read(name, data)
    if reading.refused is not None or len(data) > LIMIT_PACKED:
        return "", tell(reading.refused or reading.findings[0], language)
    return keep(actor, here, name, data, reading=reading).id, None


def kept_workbooks(actor: Actor, assessment_id: str, language: str) -> Mapping[str, str]:
    """The workbooks of the room's city that the actor may see, newest first: id -> name and when it came."""
    here = room(actor, assessment_id, "fill")
    with house.store().reading() as reader:
        ids = uploads_of_city(reader, here.city.id)[:_SHOWN]
    found = (get(house.store(), one) for one in seen_of(actor, ids))
    return {
        one.id: f"{one.name} ({moment(one.at.isoformat(), language)})"
        for one in found
        if one and one.reading.refused is None
    }


def differences(actor: Actor, assessment_id: str, upload_id: str, language: str) -> Differences:
    """What differs between a kept workbook of the room's city and the record; NotKeptError.

    Of fields that the workbook does not ask for, or that the actor may not answer, it says nothing.
    """
    here, reading = _both(actor, assessment_id, upload_id)
    found = record(actor, assessment_id)
    sides = _Sides(reading, found, _base(here, reading))
    made = [
        Difference(
            field,
            title(field, language),
            changed,
            _rows(field, sides, language),
            _where(_place(reading, field)),
            found.version(field),
        )
        for field, changed in sides.changed.items()
        if may_fill(here, field)
    ]
    return Differences(
        upload(upload_id).name,
        sides.base is not None,
        tuple(one for one in made if one.changed != IN_RECORD),
        tuple(one for one in made if one.changed == IN_RECORD),
        areas_counted(reading),
    )


def take(actor: Actor, assessment_id: str, upload_id: str, fields: Mapping[str, int]) -> Taken:
    """Take fields over from a workbook: field -> the version of the record that was seen beside it.

    What somebody changed meanwhile is left as it is, and told. NotKeptError, NotAllowedError, RoomError, StoreError.
    """
    here, reading = _both(actor, assessment_id, upload_id)
    said = _canonical(reading)
    for field in fields:
        require_field(here, field)
    count, meanwhile = 0, []
    act = Act(actor.person, "take", "record", assessment_id, {"upload": upload_id, "fields": len(fields)})
    with house.store().writing(act) as writing:
        require_open(writing, assessment_id)
        for field, version in fields.items():
            place = _place(reading, field)
            try:
                put(
                    writing,
                    assessment_id,
                    field,
                    said.get(field, {}),
                    base=version,
                    way=WORKBOOK,
                    upload_id=upload_id,
                    sheet=place.sheet if place else "",
                    cell=place.cell if place else "",
                )
                count += 1
            except ChangedMeanwhileError:
                meanwhile.append(field)
    return Taken(count, tuple(meanwhile))


def _both(actor: Actor, assessment_id: str, upload_id: str) -> tuple[Room, Reading]:
    """The room, and what was read from a workbook of its own city; NotKeptError for another's."""
    here = room(actor, assessment_id, "fill")
    see(actor, upload_id)
    kept = get(house.store(), upload_id)
    of = kept.city_id if kept and actor.everything else subject_of_upload(upload_id).city
    if kept is None or of != here.city.id or kept.reading.refused is not None:
        raise NotKeptError(upload_id)
    # Rights are asked for the city anew: whoever uploaded it may have left meanwhile.
    require(actor, "fill", here.subject)
    return here, within(kept.reading, here.areas) if areas_counted(kept.reading) is None else kept.reading


def _base(here: Room, reading: Reading) -> Mapping[str, Said] | None:
    """What the record said when the workbook was made from it; None for a workbook that was not."""
    made_from = reading.made_from.split()
    if len(made_from) < 2 or made_from[0] != here.id or not made_from[1].isdecimal():
        return None
    with house.store().reading() as reader:
        entries = as_it_was(reader, here.id, int(made_from[1]))
    texts = {field: one.said for field, one in entries.items() if one.said}
    return _canonical(read_record(texts, house.framework(), (house.declaration(),), house.today()))


class _Sides:
    """The three sides of every field, as they are compared: what was understood, else what was written."""

    def __init__(self, reading: Reading, found: Record, base: Mapping[str, Said] | None) -> None:
        self.reading, self.base = reading, base
        self.file, self.record = _canonical(reading), _canonical(found.reading)
        self._gone = _not_asked(reading)
        self._doubtful = {field_of(one) for one in reading.findings} | {one.code for one in reading.findings}
        fields = {**self.record, **self.file, **(base or {})}
        self.changed = {field: kind for field in fields if (kind := self._changed(field))}

    def _changed(self, field: str) -> str:
        file, now = self.file.get(field, {}), self.record.get(field, {})
        if file == now or part_of(field) in self._gone or field in self._gone:
            return ""
        if self.base is None:
            if not file:
                return IN_RECORD
            return IN_BOTH if now else IN_FILE
        before = self.base.get(field, {})
        if file == before:
            return IN_RECORD
        if not file and (field in self._doubtful or ":" in field):
            # Something stands there that was not understood, or a row is gone of which nothing is told: a person looks
            # at it before anything goes.
            return IN_BOTH
        return IN_FILE if now == before else IN_BOTH


def _canonical(reading: Reading) -> Mapping[str, Said]:
    """What a reading says by field, entries of lists by their ids."""
    framework = house.framework()
    lists = {name: term_names(framework, name) for name in LISTS}
    found = fields_of(reading, framework)
    # Every workbook says of itself that it is no sample; a record need not.
    real = {field: texts for field, texts in found.items() if (field, texts) != _NO_SAMPLE}
    return {
        field: {
            column: lists[column].get(fold(text), tidy(text)) if column in lists else tidy(text)
            for column, text in said.items()
            if tidy(text)
        }
        for field, said in real.items()
    }


def _not_asked(reading: Reading) -> set[str]:
    """Parts and fields of which a workbook has no row: it says nothing of them, not even that they are empty."""
    gone: set[str] = set()
    for one in reading.findings:
        if one.kind == "missing_area":
            gone.add(one.code)
        elif one.kind == "missing_rows":
            gone.update(str(one.facts["codes"]).split(", "))
        elif one.kind == "missing_profile":
            gone.add("profile")
        elif one.kind == "missing_ratings":
            gone.add("ratings")
    part = reading.made_from.split()[2:]
    if part:
        areas = {node.code for node in house.framework().at_level("focus_area")}
        gone |= (areas | {"ratings"}) - set(part)
    counted = areas_counted(reading)
    if counted is not None:
        areas = {node.code for node in house.framework().at_level("focus_area")}
        gone |= (areas | {"ratings", "profile"}) - set(counted)
    return gone


def _place(reading: Reading, field: str) -> Place | None:
    if field.startswith(PROFILE):
        entry = reading.entries.get(field.removeprefix(PROFILE))
        return entry.place if entry else None
    row = reading.observations.get(field) or reading.ratings.get(field)
    return row.place if row else None


def _where(place: Place | None) -> str:
    return f"{place.sheet}!{place.cell}" if place else ""


def _rows(field: str, sides: _Sides, language: str) -> tuple[Mapping[str, str], ...]:
    """What stands where, by column."""
    say = house.voice(language).say
    before = (sides.base or {}).get(field, {})
    file, now = sides.file.get(field, {}), sides.record.get(field, {})

    def shown(said: Said, name: str) -> str:
        return text_of(field, name, said.get(name, ""), language) or _NOTHING

    return tuple(
        {
            say("Column"): column_title(field, name, language),
            **({say("When the workbook was made"): shown(before, name)} if sides.base is not None else {}),
            say("In the record"): shown(now, name),
            say("In the workbook"): shown(file, name),
        }
        for name in apart(field, now, file)
    )
