"""A juror's own declarations: what is still to be said, what was, and what it will mean before it is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.room_countries import country_name
from actions.round_conflict_words import HINTS, KINDS
from actions.round_conflicts import Declaration, homes, suggested
from actions.round_facts import (
    DECLARED,
    FOUND_BY_REVIEW,
    NO_CONFLICT,
    REFERENCE_KIND,
    Candidate,
    Seat,
    conflict,
    dossiers,
    joined,
    seat_of,
)
from actions.round_read import Seen
from actions.round_rights import DECLARE, may_do


@dataclass(frozen=True, slots=True)
class Asked:
    """A candidate of which a juror says whether there is a conflict; `hints` say why there might be one."""

    id: str
    name: str
    place: str
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """A candidate that is closed to her: by which kind of conflict, in which words of hers, since when."""

    name: str
    kind: str
    note: str
    since: str


@dataclass(frozen=True, slots=True)
class Own:
    """What a juror declared: `open` is still to be said, `free` is without conflict, `closed` is with one."""

    open: tuple[Asked, ...]
    free: tuple[Asked, ...]
    closed: tuple[Closed, ...]
    may_declare: bool


def own_declarations(found: Seen, language: str) -> Own | None:
    """What the viewer declared and still has to; None for whoever has no seat."""
    own = seat_of(found.now, found.viewer.seat)
    if own is None:
        return None
    at_home = homes(found)[own.id]
    every = [one for one in dossiers(found.now) if not one.withdrawn and one.id not in found.viewer.recused]
    said = {one.id: conflict(found.now, own.id, one.id) for one in every}
    rows = {one.id: _asked(one, suggested(own, one, at_home), language) for one in every}
    return Own(
        open=tuple(rows[id] for id in said if said[id] is None),
        free=tuple(rows[id] for id in said if said[id] == NO_CONFLICT),
        closed=_closed(found, own, language),
        may_declare=may_do(found, DECLARE),
    )


def _asked(one: Candidate, why: tuple[str, ...], language: str) -> Asked:
    say = house.voice(language).say
    place = country_name(one.country, language)
    if one.kind == REFERENCE_KIND:
        place = say("{country}, to practise on", country=place)
    return Asked(one.id, one.name, place, tuple(say(HINTS[reason]) for reason in why))


def _closed(found: Seen, own: Seat, language: str) -> tuple[Closed, ...]:
    voice = house.voice(language)
    rows = []
    for id, name in found.viewer.recused.items():
        entry = found.now.get((DECLARED, joined(own.id, id)))
        if entry is None or entry.said["conflict"] == NO_CONFLICT:
            rows.append(Closed(name, voice.say(KINDS[FOUND_BY_REVIEW]), "", ""))
            continue
        kind = voice.say(KINDS[str(entry.said["conflict"])])
        since = voice.moment(dt.datetime.fromisoformat(entry.at))
        rows.append(Closed(name, kind, str(entry.words.get("note", "")), since))
    return tuple(rows)


def announced(rows: tuple[Asked, ...], chosen: Mapping[str, Declaration], language: str) -> str:
    """What will be kept by a click, in one or two sentences; "" where nothing is chosen."""
    voice = house.voice(language)
    closing = [
        voice.say("{city}: {kind}", city=one.name, kind=voice.say(KINDS[chosen[one.id].conflict]))
        for one in rows
        if one.id in chosen and chosen[one.id].conflict != NO_CONFLICT
    ]
    free = [one for one in rows if one.id in chosen and chosen[one.id].conflict == NO_CONFLICT]
    told = []
    if closing:
        told.append(voice.say("A conflict with {cities}.", cities=voice.series(closing)))
    if free:
        told.append(
            voice.plural(
                "No conflict with {count} candidate.", "No conflict with {count} candidates.", len(free)
            )
        )
    if told and len(rows) > len(chosen):
        told.append(
            voice.plural(
                "{count} candidate stays open.", "{count} candidates stay open.", len(rows) - len(chosen)
            )
        )
    return " ".join(told)


def undecided(rows: tuple[Asked, ...], chosen: Mapping[str, Declaration]) -> tuple[str, ...]:
    """The candidates for which "no conflict" may be said in one go: not chosen yet, and none suggested."""
    return tuple(one.id for one in rows if one.id not in chosen and not one.hints)
