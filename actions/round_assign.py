"""Who judges whom as a page: city by city, with changes that are not kept yet, and what they would come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from actions import house
from actions.room_countries import country_name
from actions.round_assign_quality import Quality, in_short, quality
from actions.round_facts import MARKING, NO_CONFLICT, REFERENCE_KIND, Seat, candidates, conflict, marks, seats
from actions.round_pairs import Change, Plan, pair_version, plan, proposed
from actions.round_read import Seen
from actions.round_rights import ASSIGN, may_do
from actions.round_words import phase_title

# Pair -> whether it is wanted, and the version of the pair on top of which that was said.
Wishes = Mapping[tuple[str, str], tuple[bool, int]]


@dataclass(frozen=True, slots=True)
class CityRow:
    """A city with the jurors who may judge it, by id: name, load, and whether she reads it; `closed` says who may not.

    `chosen` are those who judge it as wished, `state` how many of how many, `short` whether there are too few.
    """

    id: str
    name: str
    place: str
    options: Mapping[str, str]
    chosen: tuple[str, ...]
    state: str
    short: bool
    closed: tuple[str, ...]
    changed: bool


@dataclass(frozen=True, slots=True)
class Stale:
    """A wish that somebody else overtook: what counts now, and the version that it is at."""

    seat: str
    candidate: str
    told: str
    version: int


@dataclass(frozen=True, eq=False)
class Assigning:
    """The page: rows, what wishes would change, how good the plan is kept and as wished, whose wishes were overtaken.

    `matrix` is the plan as wished, city by city; `loads` juror by juror.
    """

    answer: str
    rows: tuple[CityRow, ...]
    changes: tuple[str, ...]
    quality: Quality
    stale: tuple[Stale, ...]
    matrix: tuple[Mapping[str, str], ...]
    loads: tuple[Mapping[str, str], ...]
    references: tuple[str, ...]


def sees_plan(found: Seen) -> bool:
    """Whether the viewer sees who judges whom: those who run the round, once they declared themselves."""
    return found.viewer.office and found.viewer.declared


def may_assign(found: Seen) -> bool:
    """Whether the viewer may say who judges whom now."""
    return found.viewer.declared and may_do(found, ASSIGN)


def why_not(found: Seen, language: str) -> str:
    """Why the viewer may only read the plan, and what comes first; "" where she may change it."""
    say = house.voice(language).say
    if may_assign(found):
        return ""
    if "assign" in found.phase.acts:
        return say("You may read the plan. The secretariat and the chair change it.")
    later = [one for one in found.phase.next if "assign" in found.award.phase(one).acts]
    if later:
        return say(
            "Jurors are assigned from the phase “{phase}” on. Once everybody has declared, bring the round there.",
            phase=phase_title(found, later[0], language),
        )
    if found.phase.id == found.award.phases[0].id:
        return say("First candidates come in and everybody declares conflicts; then jurors are assigned.")
    return say("Marking has ended: the plan stays as it is.")


def own_cities(found: Seen, language: str) -> tuple[str, ...]:
    """What the viewer judges herself, with the country."""
    present = plan(found)
    return tuple(
        f"{city.name} ({country_name(city.country, language)})"
        for i, city in enumerate(present.cities)
        for j, juror in enumerate(present.jurors)
        if juror.id == found.viewer.seat and present.assigned[j, i]
    )


def held(found: Seen, wishes: Wishes) -> dict[tuple[str, str], tuple[bool, int]]:
    """Wishes about pairs that the viewer sees and may have, that are not so already."""
    present = plan(found)
    now = {
        (juror.id, city.id): (bool(present.assigned[j, i]), bool(present.closed[j, i]))
        for j, juror in enumerate(present.jurors)
        for i, city in enumerate(present.cities)
    }
    return {
        pair: (want, base)
        for pair, (want, base) in wishes.items()
        if pair in now and want != now[pair][0] and not (want and now[pair][1])
    }


def wish(found: Seen, wishes: Wishes, candidate: str, chosen: tuple[str, ...]) -> Wishes:
    """The wishes once somebody has ticked who should judge a city; what was seen is taken as what is changed."""
    present = plan(found)
    made = dict(wishes)
    for juror in present.jurors:
        pair = (juror.id, candidate)
        base = made[pair][1] if pair in made else pair_version(found, *pair)
        made[pair] = (juror.id in chosen, base)
    return held(found, made)


def wish_proposal(found: Seen, *, keep_present: bool) -> Wishes:
    """What the engine proposes, as wishes. RoundError `nobody_to_assign`."""
    wanted, _ = proposed(found, keep_present=keep_present)
    return held(
        found,
        {
            (juror.id, city.id): (bool(wanted.assigned[j, i]), pair_version(found, juror.id, city.id))
            for j, juror in enumerate(wanted.jurors)
            for i, city in enumerate(wanted.cities)
        },
    )


def as_changes(wishes: Wishes) -> tuple[Change, ...]:
    """Wishes as they are kept."""
    return tuple(Change(seat, candidate, want, base) for (seat, candidate), (want, base) in wishes.items())


def assigning(found: Seen, wishes: Wishes, language: str) -> Assigning:
    """The page of one who runs the round."""
    present = plan(found)
    wanted = _wanted(found, present, wishes)
    return Assigning(
        answer=in_short(wanted, found.settings.least, language),
        rows=_rows(found, present, wanted, language),
        changes=_told(found, present, wishes, language),
        quality=quality(found, present, wanted, language),
        stale=_stale(found, present, wishes, language),
        matrix=_matrix(wanted, language),
        loads=_loads(wanted, language),
        references=tuple(one.name for one in candidates(found.now, REFERENCE_KIND)),
    )


def _wanted(found: Seen, present: Plan, wishes: Wishes) -> Plan:
    assigned = present.assigned.copy()
    for j, juror in enumerate(present.jurors):
        for i, city in enumerate(present.cities):
            want, _ = wishes.get((juror.id, city.id), (bool(assigned[j, i]), 0))
            assigned[j, i] = want
    return plan(found, assigned)


def _rows(found: Seen, present: Plan, wanted: Plan, language: str) -> tuple[CityRow, ...]:
    voice, least = house.voice(language), found.settings.least
    rows = []
    for i, city in enumerate(wanted.cities):
        count = int(wanted.assigned[:, i].sum())
        languages = voice.listing([voice.language_name(it) for it in dict.fromkeys(city.languages)])
        rows.append(
            CityRow(
                id=city.id,
                name=city.name,
                place=" · ".join(it for it in (country_name(city.country, language), languages) if it),
                options={
                    juror.id: _option(wanted, j, i, language)
                    for j, juror in enumerate(wanted.jurors)
                    if not wanted.closed[j, i]
                },
                chosen=tuple(it.id for j, it in enumerate(wanted.jurors) if wanted.assigned[j, i]),
                state=voice.say("{count} of {least}", count=voice.number(count), least=voice.number(least)),
                short=count < least,
                closed=_closed(found, wanted.jurors, city.id, language),
                changed=bool((wanted.assigned[:, i] != present.assigned[:, i]).any()),
            )
        )
    return tuple(rows)


def _option(wanted: Plan, j: int, i: int, language: str) -> str:
    voice, juror = house.voice(language), wanted.jurors[j]
    load = f"{voice.number(int(wanted.design.load[j]))}/{voice.number(juror.most)}"
    told = f"{juror.name} {load}"
    return told if wanted.reads[j, i] else voice.say("{juror}, not this language", juror=told)


def _closed(found: Seen, jurors: tuple[Seat, ...], city: str, language: str) -> tuple[str, ...]:
    """Who cannot be ticked for a city, and why."""
    say, told = house.voice(language).say, []
    for one in jurors:
        kind = conflict(found.now, one.id, city)
        if kind is None:
            told.append(say("{name}: not declared yet", name=one.name))
        elif kind != NO_CONFLICT:
            told.append(say("{name}: conflict", name=one.name))
    return tuple(told)


def _told(found: Seen, present: Plan, wishes: Wishes, language: str) -> tuple[str, ...]:
    """Every wish in words; of somebody who has marked already, what becomes of the marks."""
    say, told = house.voice(language).say, []
    jurors = {one.id: one.name for one in present.jurors}
    cities = {one.id: one.name for one in present.cities}
    marked = {(one.seat, one.candidate) for one in marks(found.now)}
    for (seat, city), (want, _) in wishes.items():
        facts = {"name": jurors[seat], "city": cities[city]}
        if want:
            told.append(say("{name} judges {city}", **facts))
        elif (seat, city) in marked:
            told.append(say("{name} no longer judges {city}; marks given so far stay and count", **facts))
        else:
            told.append(say("{name} no longer judges {city}", **facts))
    return tuple(told)


def _stale(found: Seen, present: Plan, wishes: Wishes, language: str) -> tuple[Stale, ...]:
    say, rows = house.voice(language).say, []
    jurors = {one.id: one.name for one in present.jurors}
    cities = {one.id: one.name for one in present.cities}
    for (seat, city), (want, base) in wishes.items():
        version = pair_version(found, seat, city)
        if version == base:
            continue
        facts = {"name": jurors[seat], "city": cities[city]}
        told = (
            say("{name} does not judge {city}: somebody else changed this since. You want it.", **facts)
            if want
            else say("{name} judges {city}: somebody else changed this since. You do not want it.", **facts)
        )
        rows.append(Stale(seat, city, told, version))
    return tuple(rows)


def _matrix(wanted: Plan, language: str) -> tuple[Mapping[str, str], ...]:
    """Cities by jurors: ● judges, ✕ may not; names of one sound bear their number."""
    say = house.voice(language).say
    names = [one.name for one in wanted.jurors]
    heads = [name if names.count(name) == 1 else f"{name} {j + 1}" for j, name in enumerate(names)]
    return tuple(
        {say("City"): city.name}
        | {
            head: "✕" if wanted.closed[j, i] else "●" if wanted.assigned[j, i] else "·"
            for j, head in enumerate(heads)
        }
        for i, city in enumerate(wanted.cities)
    )


def _loads(wanted: Plan, language: str) -> tuple[Mapping[str, str], ...]:
    """Juror by juror: how many cities of how many, how many in a language she lacks, with whom she shares cities."""
    voice, rows = house.voice(language), []
    say, design = voice.say, wanted.design
    for j, one in enumerate(wanted.jurors):
        unread = int((wanted.assigned[j] & ~wanted.reads[j]).sum())
        partners = int((np.delete(design.shared[j], j) > 0).sum())
        load = int(design.load[j])
        rows.append(
            {
                say("Name"): one.name,
                say("Cities"): voice.number(load),
                say("At most"): voice.number(one.most),
                say("Room left"): voice.number(one.most - load),
                say("Not in a language read"): voice.number(unread),
                say("Shares cities with"): say(
                    "{count} of {total}",
                    count=voice.number(partners),
                    total=voice.number(len(wanted.jurors) - 1),
                ),
            }
        )
    return tuple(rows)


def unseated(found: Seen) -> bool:
    """Whether nobody who marks sits in the round yet."""
    return not any(one.active and one.role in MARKING for one in seats(found.now))
