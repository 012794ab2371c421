"""Next year's assessment goes on from this one: what is carried over, and who has looked at it since.

Nothing may look newly measured (docs/decisions/0019-next-year.md): a figure is carried with its old year of
reference or not at all, and whatever is carried counts as not yet confirmed until somebody changes or confirms it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from actions import house
from actions.access import Actor, NotKeptError
from actions.record import Record, may_fill, record, require_field
from actions.record_words import said_in_words, title
from actions.rooms import AHEAD, RoomError, require_open, room, rooms_of
from actions.set_aside import area_of
from indicators.merge import PROFILE
from indicators.typed import Said
from store.acts import Act
from store.assessments import BegunAlreadyError, begin
from store.evidence import carry_over
from store.record import CONFIRMED, LAST_YEAR, current, put
from store.states import OPEN

# What a break says is of the year in which it was said, and a promise of that year is none for the next.
_LEFT_BEHIND = ("series_break",)
_PROMISE = "coming_later"
_YEAR_FIELD = PROFILE + "assessment_year"
# The part of the page on which profile and ratings stand.
WHOLE = ""


@dataclass(frozen=True, slots=True)
class CarriedRow:
    """One field that was carried over and not looked at since: its version, and whether the actor may confirm it."""

    field: str
    title: str
    said: str
    version: int
    may_confirm: bool


@dataclass(frozen=True, slots=True)
class CarriedPart:
    """The carried fields of one focus area (its code), or of profile and ratings (WHOLE)."""

    area: str
    title: str
    rows: tuple[CarriedRow, ...]

    @property
    def count(self) -> int:
        """How many fields there are."""
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Carried:
    """All that was carried over and not looked at since, part by part, and how much it is."""

    parts: tuple[CarriedPart, ...]
    count: int


def next_years(actor: Actor, assessment_id: str) -> tuple[int, ...]:
    """The years for which an assessment may go on from this one, the next year first; NotKeptError, NotAllowedError."""
    here = room(actor, assessment_id, "lead")
    known = {one.year for one in rooms_of(actor, here.city.id)}
    return tuple(
        year for year in range(here.assessment.year + 1, house.today().year + AHEAD + 1) if year not in known
    )


def begin_next(actor: Actor, assessment_id: str, year: int) -> str:
    """Begin a later year's assessment with what can be carried over from this one; returns its id.

    Where that year is begun already it is left as it is. NotKeptError, NotAllowedError, RoomError, StoreError.
    """
    here = room(actor, assessment_id, "lead")
    if not here.assessment.year < year <= house.today().year + AHEAD:
        raise RoomError("year_beyond")
    fields = dict(_carried(record(actor, assessment_id), year))
    act = Act(actor.person, "begin", "assessment", "", {"from": assessment_id})
    try:
        with house.store().writing(act) as writing:
            made = begin(writing, here.city.id, year, assessment_id)
            for field, said in fields.items():
                put(writing, made.id, field, said, base=0, way=LAST_YEAR)
            carry_over(writing, assessment_id, made.id)
    except BegunAlreadyError as known:
        return str(known.args[0])
    return made.id


def _carried(before: Record, year: int) -> Iterator[tuple[str, Said]]:
    """What is carried over, field by field."""
    observations = before.reading.observations
    for field, entry in before.entries.items():
        if field == _YEAR_FIELD:
            continue
        if field.startswith(PROFILE):
            yield field, entry.said
            continue
        said = {name: text for name, text in entry.said.items() if name not in _LEFT_BEHIND}
        found = observations.get(field)
        if ":" in field:
            # A rating has no year of reference, so that an old one could not be told from a new one.
            said.pop("rating", None)
        elif found is None or found.value is None or found.year is None:
            # Without its year of reference, or not understood, a figure would look like one of this year.
            said.pop("value", None)
            said.pop("year", None)
        if found is not None and found.state == _PROMISE:
            said.pop("state", None)
        if said:
            yield field, said
    yield _YEAR_FIELD, {"entry": str(year)}


def carried(actor: Actor, assessment_id: str, language: str) -> Carried:
    """What was carried over and neither changed nor confirmed since, by focus area; NotKeptError."""
    found = record(actor, assessment_id)
    is_open = found.room.state.state in OPEN
    words = house.framework().words[language]
    parts: dict[str, list[CarriedRow]] = {}
    for field, entry in found.entries.items():
        if entry.way != LAST_YEAR or not entry.said or field == _YEAR_FIELD:
            continue
        area = WHOLE if ":" in field else area_of(field)
        parts.setdefault(area, []).append(
            CarriedRow(
                field,
                title(field, language),
                said_in_words(field, entry.said, language),
                entry.version,
                is_open and may_fill(found.room, field),
            )
        )
    whole = house.voice(language).say("Profile and ratings")
    order = [WHOLE, *house.framework().by_code]
    told = tuple(
        CarriedPart(area, whole if area == WHOLE else f"{area} {words[area].title}", tuple(rows))
        for area, rows in sorted(parts.items(), key=lambda one: order.index(one[0]))
    )
    return Carried(told, sum(one.count for one in told))


def confirm(actor: Actor, assessment_id: str, seen: Mapping[str, int]) -> int:
    """Stand by what was carried over: field -> the version that was seen; returns how many were confirmed.

    A field that somebody changed since is left as it is. NotKeptError; NotAllowedError for a field outside one's
    focus areas; RoomError where the record stands still; StoreError.
    """
    here = room(actor, assessment_id, "fill")
    for field in seen:
        require_field(here, field)
    made = 0
    act = Act(actor.person, "confirm", "record", assessment_id, {"fields": len(seen)})
    with house.store().writing(act) as writing:
        require_open(writing, assessment_id)
        entries = current(writing, assessment_id)
        for field, version in seen.items():
            entry = entries.get(field)
            if entry is None or entry.way != LAST_YEAR or entry.version != version:
                continue
            put(writing, assessment_id, field, entry.said, base=version, way=CONFIRMED)
            made += 1
    return made


def went_on_from(actor: Actor, assessment_id: str) -> Sequence[str]:
    """The assessment that this one goes on from, and its year as text; () for none, or one that may not be seen."""
    from_id = room(actor, assessment_id).assessment.from_id
    if not from_id:
        return ()
    try:
        before = room(actor, from_id)
    except NotKeptError:
        return ()
    return (before.id, str(before.assessment.year))
