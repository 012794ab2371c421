"""Who sits in a round: listed, seated from those who may, changed, and what the jury still lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from actions import house, people
from actions.access import Actor, NotAllowedError
from actions.office_people import may_lead_office
from actions.room_countries import country_name
from actions.round_conflicts import misses
from actions.round_facts import (
    CHAIR,
    MARKING,
    NO_CONFLICT,
    SUBSTITUTE,
    Seat,
    candidates,
    conflict,
    conflicted,
    dossiers,
    seats,
    undeclared,
)
from actions.round_pairs import judges
from actions.round_read import Seen, seen
from actions.round_rights import ENTER, may_do
from actions.round_setup import NewSeat, take_seat
from actions.round_words import ROLES

# Languages in which dossiers come, those of the United Nations first; others that somebody reads are added.
LANGUAGES_READ = ("en", "zh", "ar", "es", "fr", "ru", "de", "id", "it", "ja", "ko", "pt", "th", "tr", "vi")


@dataclass(frozen=True, slots=True)
class Offered:
    """Somebody who may be seated: her name, the same with her address, and the role that she has here."""

    name: str
    label: str
    role: str


@dataclass(frozen=True, slots=True)
class Member:
    """A seat as a row: who, as what, from where, reading what, with how many cities at most, how far she declared.

    `cells` are for everybody of the round; `known` is what a form that changes the seat begins with.
    """

    id: str
    name: str
    role: str
    cells: Mapping[str, str]
    known: Seat


def members(found: Seen, language: str) -> tuple[Member, ...]:
    """Who sits in the round, in the order in which they came; those who gave their seats up are left out."""
    voice = house.voice(language)
    say, rows = voice.say, []
    total = sum(not one.withdrawn for one in dossiers(found.now))
    for one in seats(found.now):
        if not one.active:
            continue
        role = say(ROLES[one.role])
        cells = {say("Name"): one.name or "–", say("Role"): role}
        if found.viewer.office:
            left = len(undeclared(found.now, one.id))
            cells |= {
                say("Employer"): one.employer or "–",
                say("Country"): country_name(one.country, language) if one.country else "–",
                say("Reads"): voice.listing([voice.language_name(it) for it in one.languages]) or "–",
                say("Cities at most"): voice.number(one.most) if one.role in MARKING else "–",
                say("Declared"): say("all")
                if not left
                else say("{done} of {total}", done=voice.number(total - left), total=voice.number(total)),
            }
        if found.viewer.office and found.viewer.declared:
            cells[say("Conflicts")] = voice.number(len(_closed_to(found, one.id)))
        rows.append(Member(one.id, one.name, role, cells, one))
    return tuple(rows)


def may_seat(found: Seen) -> bool:
    """Whether the viewer may give seats now."""
    return may_do(found, ENTER)


def people_to_seat(actor: Actor, found: Seen) -> Mapping[str, Offered]:
    """Who may be seated where people sign in, by id: those with a jury role who have no seat yet."""
    if not may_lead_office(actor):
        return {}
    taken = {one.person for one in seats(found.now) if one.active}
    offered: dict[str, Offered] = {}
    for one in people.office_members(actor):
        if one.grant and one.active and one.person not in taken and one.role in ROLES:
            label = f"{one.name} · {one.email}" if one.name else one.email
            offered.setdefault(one.person, Offered(one.name or one.email, label, one.role))
    return offered


def seat_somebody(actor: Actor, round_id: str, seat: str, new: NewSeat) -> str:
    """Give somebody a seat; where people sign in it is somebody with a jury role, by the name that she has here.

    NotAllowedError, RoundError, StoreError.
    """
    if actor.everything:
        return take_seat(actor, round_id, seat, new)
    offered = people_to_seat(actor, seen(actor, round_id, seat)).get(new.person)
    if offered is None:
        raise NotAllowedError
    return take_seat(actor, round_id, seat, replace(new, name=offered.name))


def languages_offered(found: Seen, language: str) -> Mapping[str, str]:
    """Languages that somebody may read, by code, those that dossiers of this round are in first."""
    voice = house.voice(language)
    used = [it for one in dossiers(found.now) for it in one.languages]
    read = [it for one in seats(found.now) for it in one.languages]
    return {code: voice.language_name(code) for code in dict.fromkeys((*used, *LANGUAGES_READ, *read))}


def lacking(found: Seen, language: str) -> tuple[str, ...]:
    """What the jury still lacks, for those who run the round: the first is what to do next."""
    if not (found.viewer.office and found.viewer.declared):
        return ()
    voice = house.voice(language)
    say, active = voice.say, [one for one in seats(found.now) if one.active]
    if not any(one.role in MARKING for one in active):
        return (say("Nobody who marks has a seat yet. Seat the chair and the jurors first."),)
    told = []
    if not any(one.role == CHAIR for one in active):
        told.append(say("There is no chair yet."))
    waiting = list(still_to_declare(found).values())
    if waiting:
        told.append(say("Still to declare: {names}.", names=voice.listing(waiting)))
    told += _chair_closed(found, active, language)
    open_misses = sum(not one.reviewed and one.declared is not None for one in misses(found))
    if open_misses:
        told.append(
            voice.plural(
                "{count} possible conflict has not been looked at by a second person.",
                "{count} possible conflicts have not been looked at by a second person.",
                open_misses,
            )
        )
    told += _few_judges(found, language)
    return tuple(told)


def _chair_closed(found: Seen, active: list[Seat], language: str) -> list[str]:
    voice = house.voice(language)
    chairs = [one for one in active if one.role == CHAIR]
    others = [one for one in active if one.role == SUBSTITUTE]
    alone = [
        one.name
        for one in candidates(found.now)
        if chairs
        and all(conflicted(found.now, chair.id, one.id) for chair in chairs)
        and all(conflicted(found.now, other.id, one.id) for other in others)
    ]
    if not alone:
        return []
    return [
        voice.say(
            "Chair and substitutes are all closed out of {cities}. Seat a substitute who is free to decide there.",
            cities=voice.listing(alone),
        )
    ]


def _few_judges(found: Seen, language: str) -> list[str]:
    """Cities that cannot have enough jurors whatever is assigned."""
    voice, least = house.voice(language), found.settings.least
    judging = judges(found)
    if any(undeclared(found.now, one.id) for one in judging):
        return []
    short = [
        one.name
        for one in candidates(found.now)
        if sum(conflict(found.now, juror.id, one.id) == NO_CONFLICT for juror in judging) < least
    ]
    if not short:
        return []
    return [
        voice.plural(
            "Fewer than {count} juror is free to judge {cities}. Seat more jurors.",
            "Fewer than {count} jurors are free to judge {cities}. Seat more jurors.",
            least,
            cities=voice.listing(short),
        )
    ]


def still_to_declare(found: Seen) -> Mapping[str, str]:
    """Who has not declared for every candidate yet, of those whom the viewer sees: seat -> name."""
    active = [one for one in seats(found.now) if one.active]
    return {one.id: one.name for one in active if undeclared(found.now, one.id)}


def jury_answer(found: Seen, language: str) -> str:
    """How far the jury is, in a sentence: for oneself first, then for those who run the round."""
    voice, viewer = house.voice(language), found.viewer
    if viewer.seat and viewer.undeclared:
        return voice.plural(
            "You still have to declare for {count} candidate.",
            "You still have to declare for {count} candidates.",
            len(viewer.undeclared),
        )
    if not viewer.declared:
        return voice.say("You have no seat in this round yet; whoever has none sees no dossier and no mark.")
    if not viewer.office:
        return voice.say("You have declared for every candidate.")
    active = [one for one in seats(found.now) if one.active]
    closed = sum(len(_closed_to(found, one.id)) for one in active)
    told = voice.plural("{count} person sits here.", "{count} people sit here.", len(active))
    if closed:
        told += " " + voice.plural("{count} conflict is known.", "{count} conflicts are known.", closed)
    if active and not still_to_declare(found):
        told += " " + voice.say("Everybody has declared.")
    return told


def _closed_to(found: Seen, seat: str) -> tuple[str, ...]:
    """The candidates, of those that the viewer sees, that a seat has a conflict with."""
    return tuple(
        one.id for one in dossiers(found.now) if not one.withdrawn and conflicted(found.now, seat, one.id)
    )
