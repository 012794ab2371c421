"""A city's room: which cities an actor has one in, its assessments year by year, and asking who may do what there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from actions import house
from actions.access import Actor, NotAllowedError, NotKeptError, Subject, areas_open_to, may, require
from actions.uploads import fold
from indicators.countries import countries
from store.acts import Act
from store.assessments import Assessment, BegunAlreadyError, assessment, assessments_of, begin
from store.cities import all_cities
from store.people import City, add_city, city
from store.states import OPEN, State, all_handed_in, handed_in_among, state_of, trail
from store.visibilities import visibilities, visibility
from store.words import Reader

# The years for which an assessment may be begun: the network's first one, and one ahead of now.
FIRST_YEAR = 2013
AHEAD = 1


class RoomError(ValueError):
    """What was asked cannot be done as it is; `kind` says why (ROOM_TROUBLES has its sentence)."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Room:
    """One assessment with its city, and what the actor may do there.

    `areas` are the focus areas that she may answer, None for all, () for none. `state` is where it stands,
    `handed_in` the step with which it was handed in last. Who does not see the draft sees it as it was then.
    """

    assessment: Assessment
    city: City
    subject: Subject
    areas: tuple[str, ...] | None
    state: State
    handed_in: State | None
    sees_draft: bool

    def until(self, table: str) -> int | None:
        """The number of the last row of a table that the actor may see, None for all: drafts go on after a return."""
        if self.sees_draft or self.handed_in is None:
            return None
        return self.handed_in.until(table)

    @property
    def id(self) -> str:
        """The assessment's id."""
        return self.assessment.id


def room_cities(actor: Actor) -> Mapping[str, str]:
    """The cities in whose room the actor takes part, then those of which she reads what was handed in: id -> name."""
    store = house.store()
    with store.reading() as reader:
        submitted = all_handed_in(reader)
        chosen = visibilities(reader, [one for one, _ in submitted])
    choices: dict[str, set[str]] = {}
    for assessment_id, city_id in submitted:
        found = chosen.get(assessment_id)
        choices.setdefault(city_id, set()).add(found.choice if found else "")
    every = all_cities(store)
    own = {one.id: one.name for one in every if may(actor, "see_record", Subject(one.id, one.country))}
    others = {
        one.id: one.name
        for one in every
        if any(
            may(actor, "see_record", Subject(one.id, one.country, submitted=True, visibility=choice))
            for choice in choices.get(one.id, ())
        )
    }
    return {**own, **others}


def may_lead(actor: Actor, city_id: str) -> bool:
    """Whether the actor leads a city's room."""
    return may(actor, "lead", Subject(city=city_id))


def new_room_city(actor: Actor, name: str, country: str) -> str:
    """Make a city on one's own computer; returns its id. NotAllowedError where people sign in, RoomError."""
    if not actor.everything:
        raise NotAllowedError
    if not fold(name):
        raise RoomError("name_missing")
    if country not in countries():
        raise RoomError("country_unknown")
    with house.store().writing(Act(actor.person, "make", "city")) as writing:
        made = add_city(writing, name=name.strip(), folded_name=fold(name), country=country)
        writing.about(made)
    return made


def begin_assessment(actor: Actor, city_id: str, year: int, from_id: str = "") -> str:
    """Begin a city's assessment for a year, or go to the one there is; returns its id.

    `from_id` is the earlier one that it goes on from. NotAllowedError, RoomError, StoreError.
    """
    require(actor, "lead", Subject(city=city_id))
    if not FIRST_YEAR <= year <= house.today().year + AHEAD:
        raise RoomError("year_beyond")
    store = house.store()
    with store.reading() as reader:
        known = {one.id for one in assessments_of(reader, city_id)}
        if city(reader, city_id) is None:
            raise NotKeptError(city_id)
    if from_id and from_id not in known:
        raise NotKeptError(from_id)
    try:
        with store.writing(Act(actor.person, "begin", "assessment")) as writing:
            return begin(writing, city_id, year, from_id).id
    except BegunAlreadyError as known_already:
        return str(known_already.args[0])


def room(actor: Actor, assessment_id: str, right: str = "see_record") -> Room:
    """An assessment over which the actor has a right; NotKeptError where she has not, and where there is none.

    Asked anew for every act and every visit: nothing is remembered.
    """
    with house.store().reading() as reader:
        found = assessment(reader, assessment_id)
        of = city(reader, found.city_id) if found else None
        if found is None or of is None:
            raise NotKeptError(assessment_id)
        steps = trail(reader, assessment_id)
        state = steps[-1] if steps else state_of(reader, assessment_id)
        chosen = visibility(reader, assessment_id).choice
    handed_in = next((one for one in reversed(steps) if one.submission_id), None)
    subject = Subject(of.id, of.country, submitted=handed_in is not None, visibility=chosen)
    if not may(actor, right, subject):
        raise NotAllowedError
    sees_draft = may(actor, "see_record", replace(subject, submitted=False))
    return Room(found, of, subject, areas_open_to(actor, of.id), state, handed_in, sees_draft)


def city_of(actor: Actor, assessment_id: str) -> str:
    """The city of an assessment, "" for one that the actor may not see and for none."""
    try:
        return room(actor, assessment_id).city.id
    except NotKeptError:
        return ""


def rooms_of(actor: Actor, city_id: str) -> tuple[Assessment, ...]:
    """The assessments of a city that the actor may see, the latest year first."""
    with house.store().reading() as reader:
        of = city(reader, city_id)
        found = assessments_of(reader, city_id) if of else ()
        submitted = handed_in_among(reader, [one.id for one in found])
        chosen = visibilities(reader, submitted)
    if of is None:
        return ()
    subject = Subject(of.id, of.country)
    subjects = {
        one: replace(subject, submitted=True, visibility=chosen[one].choice if one in chosen else "")
        for one in submitted
    }
    return tuple(one for one in found if may(actor, "see_record", subjects.get(one.id, subject)))


def require_open(reader: Reader, assessment_id: str) -> None:
    """RoomError where an assessment is signed off or handed in, so that nothing in it may be changed.

    Asked within the transaction that writes.
    """
    state = state_of(reader, assessment_id).state
    if state not in OPEN:
        raise RoomError(f"closed_{state}")
