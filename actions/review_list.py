"""The assessments that lie with reviewers: which were handed in, where each stands, and what is still asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.access import Actor, Subject, may
from actions.record_words import moment
from actions.room_countries import country_name
from actions.room_page import seen_state
from actions.state_words import STATE_WORDS
from store.assessments import Assessment, assessment
from store.people import City, city
from store.queries import OPEN, queries_among
from store.states import State, all_handed_in, trails


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One assessment in a reviewer's list: `label` names it in one line, `row` is ready for a table."""

    id: str
    label: str
    row: Mapping[str, str]


def handed_in_rooms(actor: Actor, language: str) -> tuple[HandedIn, ...]:
    """The assessments that were handed in and that the actor may review, the latest year first.

    Those of her own city are not among them: there she takes part.
    """
    with house.store().reading() as reader:
        every = all_handed_in(reader)
        cities = {
            one: of for one in {of for _, of in every} if (of := city(reader, one)) and _reviews(actor, of)
        }
        found = [
            (kept, cities[of]) for one, of in every if of in cities and (kept := assessment(reader, one))
        ]
        ids = [one.id for one, _ in found]
        steps, asked = trails(reader, ids), queries_among(reader, ids)
    return tuple(
        _listed(one, of, steps[one.id], sum(query.state == OPEN for query in asked.get(one.id, ())), language)
        for one, of in found
    )


def _reviews(actor: Actor, of: City) -> bool:
    draft = Subject(of.id, of.country)
    takes_part = may(actor, "see_record", draft) and not actor.everything
    return not takes_part and may(actor, "review", Subject(of.id, of.country, submitted=True))


def _listed(one: Assessment, of: City, steps: tuple[State, ...], waiting: int, language: str) -> HandedIn:
    voice = house.voice(language)
    say = voice.say
    last = next(step for step in reversed(steps) if step.submission_id)
    state = say(STATE_WORDS[seen_state(steps[-1], last)])
    row = {
        say("City"): of.name,
        say("Country"): country_name(of.country, language),
        say("Year"): str(one.year),
        say("State"): state,
        say("Handed in on"): moment(last.at, language),
        say("Questions open"): voice.number(waiting),
    }
    return HandedIn(one.id, f"{of.name} · {one.year} · {state}", row)
