"""Setting up a round: making it, entering candidates and reference dossiers, seating the jury, moving it on."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from actions import house
from actions.access import Actor, NotKeptError, may, require, see
from actions.judging_limits import number
from actions.round_decisions import require_decided
from actions.round_eligibility import blocked_winner
from actions.round_facts import (
    CANDIDATE,
    CANDIDATE_KIND,
    EXPERT,
    ONE,
    PHASE,
    REFERENCE_KIND,
    SEAT,
    SEAT_ROLES,
    SECRETARIAT,
    SETTINGS,
    candidates,
    seat_of,
    seats,
    version_of,
)
from actions.round_read import Seen, seen
from actions.round_rights import END, ENTER, MOVE, ending, require_act
from actions.round_rules import OFFERED, keep_award
from actions.round_write import RoundError, Saying, keep, keep_in, writing_in
from actions.uploads import fold
from indicators.countries import countries
from indicators.text import tidy
from store.acts import Act
from store.ids import is_id, new_id
from store.rounds import make_round as keep_round
from store.rounds import say

_LINE = 200
MOST_CITIES = 100


@dataclass(frozen=True, slots=True)
class NewCandidate:
    """What is said of a candidate when it comes in; `upload_id` is its dossier, `city_id` its city here."""

    name: str
    country: str
    region: str
    upload_id: str = ""
    city_id: str = ""
    languages: tuple[str, ...] = ("en",)
    facts: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    kind: str = CANDIDATE_KIND
    expert: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewSeat:
    """What is said of a member of the jury; `person` is an id where people sign in, "" on one's own computer."""

    role: str
    name: str
    person: str = ""
    employer: str = ""
    country: str = ""
    languages: tuple[str, ...] = ("en",)
    most: int = 20


def may_make_round(actor: Actor) -> bool:
    """Whether the actor may begin a round."""
    return may(actor, "make_round")


def make_round(actor: Actor, award: str, name: str, *, invented: bool = False) -> str:
    """A new round of an award; returns its id. Where people sign in, its maker has the secretariat's first seat.

    NotAllowedError, RoundError, StoreError.
    """
    require(actor, "make_round")
    if award not in OFFERED:
        raise NotKeptError(award)
    if not tidy(name):
        raise RoundError("name_missing")
    with house.store().writing(Act(actor.person, "make", "round")) as writing:
        made = keep_round(writing, award, keep_award(writing, award), invented=invented)
        said = {
            "name": tidy(name)[:_LINE],
            "least": int(number("round", "least_jurors")),
            "seed": int(number("round", "seed")),
            "second_share": number("round", "second_share"),
        }
        say(writing, made.id, SETTINGS, ONE, 0, said)
        if not actor.everything:
            seat = new_id()
            place = {
                "person": actor.person,
                "role": SECRETARIAT,
                "languages": ["en"],
                "most": 0,
                "active": True,
            }
            say(writing, made.id, SEAT, seat, 0, place, seat=seat, words={"name": actor.name, "employer": ""})
    return made.id


def change_settings(actor: Actor, round_id: str, seat: str, base: int, changes: Mapping[str, object]) -> None:
    """Set something of the round, on top of the version seen. NotAllowedError, RoundError, MeanwhileError."""
    found = seen(actor, round_id, seat)
    before = found.now[SETTINGS, ONE].said
    said = {**before, **changes}
    _checked_settings(found, said)
    keep(actor, round_id, seat, ENTER, Saying(SETTINGS, ONE, base, said))


def _weigh(weights: Collection[float]) -> bool:
    """Whether numbers can be weights: none below 0, not all 0, and all of them numbers."""
    return all(0 <= one < math.inf for one in weights) and sum(weights) > 0


def _checked_settings(found: Seen, said: Mapping[str, object]) -> None:
    weights = said.get("weights") or {}
    assert isinstance(weights, Mapping)
    names = {one.id for one in found.award.criteria}
    if set(weights) - names or (weights and not _weigh(weights.values())):
        raise RoundError("weights_wrong")
    if not str(said.get("name", "")).strip():
        raise RoundError("name_missing")
    for name, least, most in (("winners", 0, 100), ("least", 1, 20)):
        value = said.get(name, least)
        if not isinstance(value, int) or not least <= value <= most:
            raise RoundError(f"{name}_wrong", least=least, most=most)
    minimum, marks = said.get("minimum"), found.award.marks
    if minimum is not None and not (
        isinstance(minimum, int | float) and marks.lowest <= minimum <= marks.highest
    ):
        raise RoundError("minimum_wrong", least=marks.lowest, most=marks.highest)


def enter_candidate(actor: Actor, round_id: str, seat: str, new: NewCandidate) -> str:
    """A candidate or a reference dossier comes in; returns its id. NotAllowedError, RoundError, StoreError."""
    found = seen(actor, round_id, seat)
    _checked_candidate(actor, found, new)
    made = new_id()
    said = {
        "kind": new.kind,
        "name": tidy(new.name)[:_LINE],
        "entered_as": tidy(new.name)[:_LINE],
        "country": new.country,
        "region": new.region,
        "city_id": new.city_id,
        "upload_id": new.upload_id,
        "languages": list(new.languages),
        "facts": {name: tidy(text)[:_LINE] for name, text in new.facts.items() if tidy(text)},
        "sources": dict(new.sources),
        "awarded_as": None,
        "withdrawn": False,
    }
    sayings = [Saying(CANDIDATE, made, 0, said, about=(made,))]
    with writing_in(actor, round_id, seat) as (writing, now):
        # Asked again: somebody else may have entered the same city since.
        require_candidate(now, new.name, new.country, new.kind)
        keep_in(writing, now, ENTER, *sayings)
        if new.kind == REFERENCE_KIND:
            marks = {name: f"{value:g}" for name, value in new.expert.items()}
            say(writing, round_id, EXPERT, made, 0, {"marks": marks}, about=(made,))
    return made


def _checked_candidate(actor: Actor, found: Seen, new: NewCandidate) -> None:
    if not tidy(new.name):
        raise RoundError("name_missing")
    if new.country not in countries():
        raise RoundError("country_unknown")
    if new.region not in found.award.regions:
        raise RoundError("region_unknown")
    if new.upload_id:
        see(actor, new.upload_id)
    require_candidate(found, new.name, new.country, new.kind)


def require_candidate(found: Seen, name: str, country: str, kind: str) -> None:
    """RoundError where a city is in the round already, and for a candidate that is a past winner in its block."""
    if any(
        fold(one.name) == fold(name) and one.country == country and one.kind == kind
        for one in candidates(found.now, kind)
    ):
        raise RoundError("candidate_twice")
    past = blocked_winner(found, name, country) if kind == CANDIDATE_KIND else None
    if past is not None:
        raise RoundError("past_winner", day=past.ends.isoformat())


def change_candidate(
    actor: Actor, round_id: str, seat: str, candidate: str, base: int, changes: Mapping[str, object]
) -> None:
    """Say something else of a candidate, on top of the version seen: facts, dossier, or that it withdrew.

    NotAllowedError, RoundError, MeanwhileError, StoreError.
    """
    found = seen(actor, round_id, seat)
    entry = found.now.get((CANDIDATE, candidate))
    if entry is None:
        raise NotKeptError(candidate)
    if wanted := str(changes.get("upload_id", "")):
        see(actor, wanted)
    said = {**entry.said, **changes}
    keep(actor, round_id, seat, ENTER, Saying(CANDIDATE, candidate, base, said, about=(candidate,)))


def take_seat(actor: Actor, round_id: str, seat: str, new: NewSeat) -> str:
    """Give somebody a seat; returns its id. NotAllowedError, RoundError, StoreError."""
    made = new_id()
    with writing_in(actor, round_id, seat) as (writing, found):
        if not tidy(new.name):
            raise RoundError("name_missing")
        _checked_seat(found, made, new, active=True)
        keep_in(writing, found, ENTER, _seat(made, 0, new, active=True))
    return made


def _checked_seat(found: Seen, seat: str, new: NewSeat, *, active: bool) -> None:
    """RoundError for what is no role of a round, and for a second seat of the same person."""
    if new.role not in SEAT_ROLES:
        raise RoundError("role_unknown")
    others = [one for one in seats(found.now) if one.id != seat and one.active]
    if active and new.person and any(one.person == new.person for one in others):
        raise RoundError("seated_already")


def change_seat(
    actor: Actor, round_id: str, seat: str, changed: str, base: int, new: NewSeat, *, active: bool = True
) -> None:
    """Say something else of a seat, or that it is given up, on top of the version seen."""
    with writing_in(actor, round_id, seat) as (writing, found):
        known = seat_of(found.now, changed)
        if known is None:
            raise NotKeptError(changed)
        _checked_seat(found, changed, new, active=active)
        if active and not tidy(new.name):
            raise RoundError("name_missing")
        keep_in(writing, found, ENTER, _seat(changed, base, new, active=active))


def _seat(seat: str, base: int, new: NewSeat, *, active: bool) -> Saying:
    said = {
        "person": new.person if is_id(new.person) else "",
        "role": new.role,
        "country": new.country if new.country in countries() else "",
        "languages": list(new.languages),
        "most": max(0, min(new.most, MOST_CITIES)),
        "active": active,
    }
    words = {"name": tidy(new.name)[:_LINE], "employer": tidy(new.employer)[:_LINE]}
    return Saying(SEAT, seat, base, said, seat=seat, words=words)


def move_on(actor: Actor, round_id: str, seat: str, base: int, phase: str) -> None:
    """Bring the round to another phase, on top of the version seen.

    Who ends the deciding or makes results public must see the whole round: one without any conflict. The deciding ends
    once every city is decided and no ballot is open (actions/round_decisions.py).
    NotAllowedError, RoundError (`not_from_here`, or why it cannot end), MeanwhileError, StoreError.
    """
    with writing_in(actor, round_id, seat) as (writing, found):
        if version_of(found.now, PHASE, ONE) == base and phase not in found.phase.next:
            raise RoundError("not_from_here")
        act = END if phase in found.phase.next and ending(found, phase) else MOVE
        require_act(found, act)
        if act == END and "decide" in found.phase.acts:
            require_decided(found)
        keep_in(writing, found, act, Saying(PHASE, ONE, base, {"phase": phase}))
        writing.detail(phase=phase)
