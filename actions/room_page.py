"""A city's room in words: where an assessment stands, what comes next, who did what when, what is open, the receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.access import Actor, may
from actions.needs import Lack, lacks
from actions.record_words import moment, names_of
from actions.rooms import AHEAD, FIRST_YEAR, Room, room, rooms_of
from actions.signatures import adopted, signer
from actions.state_words import ACT_WORDS, NEXT, STATE_WORDS, WAY_AGAIN, WAY_FIRST, WAY_REVIEW
from actions.states import facts_in, open_ways
from actions.transitions import FINAL
from indicators.guiding import guiding_documents
from locales import mark
from store.states import ACCEPTED, RETURNED, SIGNED, State, trail
from store.submissions import Receipt, receipt_of

# The signs of a state: passed, the present one, still to come. Word and sign tell them apart, never colour alone.
DONE, PRESENT, TO_COME = "✓", "●", "○"
_SIGN_WORDS: Mapping[str, str] = {DONE: mark("done"), PRESENT: mark("now"), TO_COME: mark("to come")}


@dataclass(frozen=True, slots=True)
class Stage:
    """One state on the line: its sign, its name, and what the sign means."""

    sign: str
    name: str
    meaning: str

    @property
    def present(self) -> bool:
        """Whether the assessment stands here now."""
        return self.sign == PRESENT


@dataclass(frozen=True, slots=True)
class Offer:
    """One act that the actor may do now: what is said with it, what is missing, and words for both."""

    act: str
    label: str
    about: str
    says: str
    lacks: tuple[Lack, ...]
    final: bool


@dataclass(frozen=True, slots=True)
class RoomPage:
    """Everything that is said of an assessment's way; `version` is what an act names as seen.

    `record_sha256` is what a signature names as seen, `fingerprint` its first digits for people.
    """

    city: str
    city_id: str
    year: int
    version: int
    state: str
    stages: tuple[Stage, ...]
    next: str
    offers: tuple[Offer, ...]
    rows: tuple[Mapping[str, str], ...]
    record_sha256: str
    fingerprint: str
    leads: bool
    fills: bool
    reviews: bool
    sees_draft: bool
    receipt: Receipt | None
    upload_id: str
    adopted_from: dt.date


def room_page(actor: Actor, assessment_id: str, language: str) -> RoomPage:
    """An assessment's way in words, as far as the actor may see it; NotKeptError."""
    here = room(actor, assessment_id)
    say = house.voice(language).say
    with house.store().reading() as reader:
        facts = facts_in(reader, here)
        steps = _seen(here, trail(reader, assessment_id))
        people = names_of(reader, (one.by for one in steps), language)
        papers = may(actor, "see_papers", here.subject)
        receipt = receipt_of(reader, here.handed_in.submission_id) if here.handed_in and papers else None
    offers = tuple(
        Offer(
            way.act,
            say(ACT_WORDS[way.act][0]),
            say(ACT_WORDS[way.act][1]),
            way.says,
            lacks(way.needs, facts, language),
            way.act in FINAL,
        )
        for way in open_ways(actor, here)
    )
    state = _shown(here)
    return RoomPage(
        here.city.name,
        here.city.id,
        here.assessment.year,
        here.state.version if here.sees_draft or not steps else steps[-1].version,
        say(STATE_WORDS[state]),
        _stages(here, state, language),
        _next(actor, here, state, language),
        offers,
        tuple(_row(actor, one, here, people, language) for one in reversed(steps)),
        facts.record.sha256,
        facts.record.sha256[:12],
        may(actor, "lead", here.subject),
        may(actor, "fill", here.subject),
        may(actor, "review", here.subject),
        here.sees_draft,
        receipt,
        here.handed_in.upload_id if here.handed_in else "",
        min(one.since for one in guiding_documents().values()),
    )


def guiding_names(language: str) -> Mapping[str, str]:
    """The guiding documents by id."""
    return {one.id: one.names[language] for one in guiding_documents().values()}


def begin_years(actor: Actor, city_id: str) -> tuple[int, ...]:
    """The years for which a city's assessment may be begun, the present one first; NotAllowedError."""
    known = {one.year for one in rooms_of(actor, city_id)}
    this = house.today().year
    years = (this, this + AHEAD, *range(this - 1, FIRST_YEAR - 1, -1))
    return tuple(one for one in years if one not in known)


def seen_state(now: State, handed_in: State) -> str:
    """The state as reviewers see it: what a city does after a return is its own affair."""
    return now.state if now.state in (handed_in.state, RETURNED, ACCEPTED) else RETURNED


def _shown(here: Room) -> str:
    if here.sees_draft or here.handed_in is None:
        return here.state.state
    return seen_state(here.state, here.handed_in)


def _seen(here: Room, steps: tuple[State, ...]) -> tuple[State, ...]:
    """The steps that the reader may see: a reviewer those that were signed and handed in, and the reviewers' own."""
    if here.sees_draft or here.handed_in is None:
        return steps
    found = []
    for one, after in zip(steps, (*steps[1:], None), strict=True):
        signed_for = one.state == SIGNED and after is not None and bool(after.submission_id)
        if signed_for or one.submission_id or one.state in (RETURNED, ACCEPTED):
            found.append(one)
    return tuple(found)


def _stages(here: Room, state: str, language: str) -> tuple[Stage, ...]:
    say = house.voice(language).say
    # The first way ends with handing in for the first time; whoever was returned goes the second one.
    again = here.handed_in is not None and here.state.version > here.handed_in.version and state != ACCEPTED
    again = again or (here.handed_in is not None and here.handed_in.state not in WAY_FIRST)
    way = (WAY_AGAIN if again else WAY_FIRST) if here.sees_draft else WAY_REVIEW[again]
    at = way.index(state)

    def stage(place: int, name: str) -> Stage:
        done = place < at or state == ACCEPTED
        sign = DONE if done else PRESENT if place == at else TO_COME
        return Stage(sign, say(STATE_WORDS[name]), say(_SIGN_WORDS[sign]))

    return tuple(stage(place, name) for place, name in enumerate(way))


def _next(actor: Actor, here: Room, state: str, language: str) -> str:
    say = house.voice(language).say
    return next(
        say(sentence) for right, sentence in NEXT[state] if not right or may(actor, right, here.subject)
    )


def _row(actor: Actor, one: State, here: Room, people: Mapping[str, str], language: str) -> Mapping[str, str]:
    say = house.voice(language).say
    return {
        say("State"): say(STATE_WORDS[one.state]),
        say("When"): moment(one.at, language),
        say("Who"): _who(actor, one, here, people, language),
        say("What was said"): _said(one, language) or "–",
    }


def _who(actor: Actor, one: State, here: Room, people: Mapping[str, str], language: str) -> str:
    """Who took a step: people of one's own side by name, the mayor always, the others by their side."""
    say = house.voice(language).say
    if one.state == SIGNED:
        return signer(one, people)
    of_reviewers = one.state in (RETURNED, ACCEPTED)
    if may(actor, "review", here.subject) if of_reviewers else here.sees_draft:
        return people[one.by]
    return say("The reviewer") if of_reviewers else say("The city")


def _said(one: State, language: str) -> str:
    say = house.voice(language).say
    if one.state != SIGNED:
        return str(one.detail.get("reason", ""))
    return " · ".join(
        say("{document}: adopted {day}", document=document, day=day)
        for document, day in adopted(one, language)
    )
