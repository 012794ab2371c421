"""The record as a form: its parts, and for every field what is asked, what is said, understood and found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from actions import house
from actions.access import Actor, may
from actions.area_titles import area_titles
from actions.figures import value as value_words
from actions.overview import Figure, figures
from actions.record import Record, may_fill, record
from actions.record_choose import ClashShown, show_clashes
from actions.record_progress import standing_of
from actions.record_words import column_title, columns_of, names_of, said_in_words, title
from actions.room_words import ROOM_TROUBLES
from actions.rooms import room
from actions.set_aside import area_of
from actions.tell import Told, tell
from indicators.as_typed import listed
from indicators.labels import choices, columns, fields, template_words
from indicators.merge import PROFILE
from indicators.profile import profile_fields
from indicators.ratings import rated_themes, rating_key
from indicators.typed import Said, column_of, field_of, fields_of, read_record
from scoring.model import Finding, Measurement, Reading
from store.record import Clash, clashes, current
from store.record_copies import position
from store.states import ENTRIES, OPEN

PROFILE_PART, RATINGS_PART = "profile", "ratings"
# Columns whose entries are long.
WIDE = ("source", "link", "remark", "series_break")


@dataclass(frozen=True, slots=True)
class Input:
    """One text that may be typed or chosen: its column, what it is called, a hint, and the entries of its list.

    `options` are ids with their names, None for free text; a text that is on no list is among them as it stands.
    """

    column: str
    label: str
    hint: str
    options: Mapping[str, str] | None
    wide: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A finding at a field in words, the column it stands at, and what would be right there ("" for nothing)."""

    told: Told
    column: str
    proposal: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form, in words.

    `version`, `said`, `by` and `at` are what counts now; `understood` is how its value was read, `last_year` what was
    said in the assessment that this one goes on from; `open` says whether the actor may change it.
    """

    field: str
    title: str
    definition: str
    how: str
    unit: str
    mark: str
    last_year: str
    inputs: tuple[Input, ...]
    version: int
    said: Said
    by: str
    at: str
    why: str
    mine: bool
    understood: str
    notes: tuple[Note, ...]
    clashes: tuple[ClashShown, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Form:
    """One part of a record: where it is, its fields, the record's score, and the parts there are by their names.

    `waiting` are the parts in which somebody must choose between two entries; `open` says whether the actor may write
    in any part, `closed` why not, `limited` that only some focus areas are hers.
    """

    city: str
    year: int
    part: str
    parts: Mapping[str, str]
    waiting: tuple[str, ...]
    fields: tuple[Field, ...]
    score: tuple[Figure, ...]
    open: bool
    closed: str
    limited: bool


def form(actor: Actor, assessment_id: str, part: str, basket: str, language: str) -> Form:
    """One part of a record as a form, with everything as it is now; NotKeptError.

    An unknown part is the first one that the actor may answer.
    """
    found = record(actor, assessment_id)
    names, mine = _parts(found, language), found.room.areas
    if part not in names:
        part = next((one for one in names if mine is None or one in mine), next(iter(names)))
    with house.store().reading() as reader:
        unsettled = clashes(reader, assessment_id) if found.room.sees_draft else ()
        written = [*(found.entries[one].by for one in fields_in(part) if one in found.entries)]
        people = names_of(reader, [*written, *(one.by for one in unsettled)], language)
    last = _last_year(actor, found)
    return Form(
        found.room.city.name,
        found.room.assessment.year,
        part,
        names,
        tuple(dict.fromkeys(part_of(one.field) for one in unsettled)),
        tuple(_field(actor, found, one, unsettled, last, people, language) for one in fields_in(part)),
        figures(standing_of(found.room, found.reading, basket), language),
        _is_open(actor, found),
        _closed(actor, found, language),
        mine is not None,
    )


def part_of(field: str) -> str:
    """The part of the form in which a field stands."""
    if field.startswith(PROFILE):
        return PROFILE_PART
    return RATINGS_PART if ":" in field else area_of(field)


@lru_cache(maxsize=32)
def fields_in(part: str) -> tuple[str, ...]:
    """The fields of one part, in the order of the workbook."""
    if part == PROFILE_PART:
        return tuple(PROFILE + one for one in profile_fields())
    if part == RATINGS_PART:
        declaration = house.declaration()
        return tuple(rating_key(declaration, one.code) for one in rated_themes(declaration))
    return tuple(node.code for node in house.framework().measurements if area_of(node.code) == part)


def _parts(found: Record, language: str) -> Mapping[str, str]:
    """The parts by their names, each with how much of it is filled in."""
    voice = house.voice(language)
    names = {
        PROFILE_PART: voice.say("City profile"),
        **area_titles(language),
        RATINGS_PART: voice.say("Ratings on the Yeonsu Declaration"),
    }
    return {
        part: voice.say(
            "{part} · {filled} of {all}",
            part=name,
            filled=voice.number(sum(bool(found.said(one)) for one in fields_in(part))),
            all=voice.number(len(fields_in(part))),
        )
        for part, name in names.items()
    }


def _is_open(actor: Actor, found: Record) -> bool:
    return may(actor, "fill", found.room.subject) and found.room.state.state in OPEN


def _closed(actor: Actor, found: Record, language: str) -> str:
    """Why the actor may write nothing in a record, "" where she may."""
    say = house.voice(language).say
    if _is_open(actor, found):
        return ""
    if may(actor, "fill", found.room.subject):
        return say(ROOM_TROUBLES[f"closed_{found.room.state.state}"])
    return say("You may read these answers. The city's owner and contributors fill them in.")


def _last_year(actor: Actor, found: Record) -> Mapping[str, Said]:
    """What was said in the assessment that this one goes on from, by field; nothing where there is none."""
    before = found.room.assessment.from_id
    if not before:
        return {}
    here = room(actor, before)
    with house.store().reading() as reader:
        far = position(reader, before)
    return _said_before(here.id, here.until(ENTRIES), far)


@lru_cache(maxsize=64)
def _said_before(assessment_id: str, until: int | None, _far: int) -> Mapping[str, Said]:
    """What a record says that has gone so far, of whoever was asked for it."""
    with house.store().reading() as reader:
        entries = current(reader, assessment_id, until)
    texts = {field: one.said for field, one in entries.items() if one.said}
    reading = read_record(texts, house.framework(), (house.declaration(),), house.today())
    return fields_of(reading, house.framework())


def _field(
    actor: Actor,
    found: Record,
    field: str,
    unsettled: Sequence[Clash],
    last: Mapping[str, Said],
    people: Mapping[str, str],
    language: str,
) -> Field:
    entry = found.entries.get(field)
    here = [one for one in unsettled if one.field == field]
    definition, how, unit, mark = _card(field, language)
    findings = _findings(found.reading).get(field, ())
    return Field(
        field=field,
        title=title(field, language),
        definition=definition,
        how=how,
        unit=unit,
        mark=mark,
        last_year=said_in_words(field, last.get(field, {}), language),
        inputs=_inputs(field, found.said(field), language),
        version=found.version(field),
        said=found.said(field),
        by=people[entry.by] if entry else "",
        at=entry.at if entry else "",
        why=entry.why if entry else "",
        mine=entry is not None and entry.by == actor.person,
        understood=_understood(field, found.reading, language),
        notes=tuple(
            Note(tell(one, language), column_of(one), one.proposal if column_of(one) else "")
            for one in findings
        ),
        clashes=show_clashes(here, entry, people, actor.person, language),
        open=_is_open(actor, found) and may_fill(found.room, field),
    )


@lru_cache(maxsize=8)
def _findings(reading: Reading) -> Mapping[str, tuple[Finding, ...]]:
    by_field: defaultdict[str, list[Finding]] = defaultdict(list)
    for one in reading.findings:
        by_field[field_of(one)].append(one)
    return {field: tuple(some) for field, some in by_field.items()}


def _card(field: str, language: str) -> tuple[str, str, str, str]:
    """What the workbook says of a field: definition, what a good answer is, unit, and what it counts for."""
    words = template_words(language)
    if field.startswith(PROFILE):
        return fields(language)[field.removeprefix(PROFILE)].hint, "", "", ""
    if ":" in field:
        declaration = house.declaration()
        theme = declaration.words[language][field.partition(":")[2]]
        role = next(one.role for one in declaration.themes if one.code == field.partition(":")[2])
        return theme.definition, theme.how, "", words[f"role_{role}"]
    framework = house.framework()
    node = framework.by_code[field]
    assert node.measurement is not None
    card = framework.words[language][field]
    return (
        card.definition,
        card.how,
        framework.units[language][node.measurement.unit],
        _mark(node.measurement, words),
    )


def _mark(asked: Measurement, words: Mapping[str, str]) -> str:
    if not asked.scored:
        return words[f"mark_{asked.role}"]
    return words["mark_survey"] if asked.method == "survey" else ""


def _inputs(field: str, said: Said, language: str) -> tuple[Input, ...]:
    hints = columns(language)
    found = []
    for name in columns_of(field):
        options = _options(field, name, language)
        written = said.get(name, "")
        if options is not None and written and written not in options:
            options = {**options, written: written}
        hint = "" if field.startswith(PROFILE) else hints[name].hint
        found.append(Input(name, column_title(field, name, language), hint, options, name in WIDE))
    return tuple(found)


def _options(field: str, column: str, language: str) -> Mapping[str, str] | None:
    """The entries of a column's list by id, None for a column that takes any text."""
    framework = house.framework()
    if field.startswith(PROFILE):
        known = profile_fields()[field.removeprefix(PROFILE)].choices
        return {id: label.text for id, label in choices(known, language).items()} if known else None
    if column in ("state", "grade"):
        found = dict(listed(framework, column, language))
        node = framework.by_code.get(field)
        if column == "state" and node and node.measurement and not node.measurement.outside_remit:
            found.pop("outside_remit", None)
        return found
    return None


def _understood(field: str, reading: Reading, language: str) -> str:
    """How the value of a field was read, "" where nothing was."""
    say = house.voice(language).say
    if field.startswith(PROFILE):
        entry = reading.entries.get(field.removeprefix(PROFILE))
        if entry is None or not isinstance(entry.value, int | float):
            return ""
        asked = profile_fields()[entry.field]
        if asked.kind == "year":
            return say("read as {value}", value=str(entry.value))
        return say("read as {value}", value=value_words(float(entry.value), asked.unit, language))
    row = reading.observations.get(field) or reading.ratings.get(field)
    if row is None or (not row.raw and not row.state):
        return ""
    if row.value is not None:
        node = house.framework().by_code.get(field)
        unit = node.measurement.unit if node and node.measurement else "level"
        return say("read as {value}", value=value_words(row.value, unit, language))
    if row.state:
        return say("counts as: {state}", state=listed(house.framework(), "state", language)[row.state])
    return say("not understood yet")
