"""How far a record is: what is answered and what is open in every focus area, by whom, and what the open ones weigh."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from actions import house
from actions.access import Actor
from actions.figures import bracket, points
from actions.record import Record, record
from actions.record_words import moment, names_of
from actions.rooms import Room
from actions.set_aside import area_of
from actions.standing import Standing, stand
from indicators.typed import field_of
from scoring.explain import gain
from scoring.model import Reading
from store.record import RecordEntry, clashes
from store.uploads import Upload

Rows = tuple[Mapping[str, str], ...]
CORE = "core"


@dataclass(frozen=True, slots=True)
class AreaProgress:
    """One focus area: how much of it is answered, open and to be looked at, who wrote last, what is to be won.

    `mine` says whether the actor may answer it, `could_add` how many points its open answers could add at most.
    """

    code: str
    title: str
    answered: int
    open: int
    findings: int
    clashes: int
    by: str
    at: str
    could_add: float
    mine: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a record is: a sentence, the focus areas, and tables of them and of who wrote what.

    `rows` and `people` are ready to show; `by_person` counts fields by a person's id.
    """

    sentence: str
    areas: tuple[AreaProgress, ...]
    rows: Rows
    people: Rows
    by_person: Mapping[str, int]
    answered: int
    open: int
    clashes: int


def progress(actor: Actor, assessment_id: str, language: str, basket: str = CORE) -> Progress:
    """How far an assessment's record is, for the measurements of a basket; NotKeptError.

    An answer is open while it has no usable value and no accepted state: the same that leaves the bracket open.
    """
    found = record(actor, assessment_id)
    with house.store().reading() as reader:
        people = names_of(reader, (one.by for one in found.entries.values()), language)
        unsettled = Counter(area_of(one.field) for one in clashes(reader, assessment_id))
    where = standing_of(found.room, found.reading, basket)
    areas = _areas(found, where, unsettled, people, language)
    return Progress(
        _sentence(where, areas, language),
        areas,
        tuple(_row(one, language) for one in areas),
        _people(found, people, language),
        Counter(one.by for one in found.entries.values() if one.said),
        sum(one.answered for one in areas),
        sum(one.open for one in areas),
        sum(unsettled.values()),
    )


def standing_of(here: Room, reading: Reading, basket: str) -> Standing:
    """Where a record stands, scored like an upload without being one."""
    framework = house.framework()
    record_as_upload = Upload(
        here.id,
        dt.datetime.now(dt.UTC),
        here.city.name,
        "",
        0,
        framework.id,
        framework.edition,
        reading,
        here.city.id,
    )
    return stand((record_as_upload,), basket)


def _areas(
    found: Record,
    where: Standing,
    unsettled: Mapping[str, int],
    people: Mapping[str, str],
    language: str,
) -> tuple[AreaProgress, ...]:
    framework = house.framework()
    words = framework.words[language]
    to_win: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for one in gain(framework, where.scores, found.room.id):
        to_win[area_of(one.code)][one.code] = one.points
    in_basket = Counter(
        area_of(node.code) for node in framework.measurements if node.code in where.scores.nodes
    )
    told = Counter(area_of(field_of(one)) for one in found.reading.findings if ":" not in field_of(one))
    return tuple(
        AreaProgress(
            node.code,
            f"{node.code} {words[node.code].title}",
            in_basket[node.code] - len(to_win[node.code]),
            len(to_win[node.code]),
            told[node.code],
            unsettled.get(node.code, 0),
            people[last.by] if (last := _last(found, node.code)) else "",
            moment(last.at, language) if last else "",
            sum(to_win[node.code].values()),
            found.room.areas is None or node.code in found.room.areas,
        )
        for node in framework.at_level("focus_area")
    )


def _last(found: Record, area: str) -> RecordEntry | None:
    """The newest entry in a focus area."""
    inside = [one for field, one in found.entries.items() if ":" not in field and area_of(field) == area]
    return max(inside, key=lambda one: one.at, default=None)


def _row(one: AreaProgress, language: str) -> Mapping[str, str]:
    voice = house.voice(language)
    say = voice.say
    return {
        say("Focus area"): one.title,
        say("Filled in"): voice.number(one.answered),
        say("Open"): voice.number(one.open),
        say("To look at"): voice.number(one.findings + one.clashes),
        say("Could add at most"): points(one.could_add, language),
        say("Last written by"): one.by or "–",
        say("When"): one.at or "–",
    }


def _people(found: Record, people: Mapping[str, str], language: str) -> Rows:
    voice = house.voice(language)
    say = voice.say
    rows = []
    for person in {one.by for one in found.entries.values()}:
        theirs = [one for one in found.entries.values() if one.by == person]
        areas = sorted({area_of(one.field) for one in theirs if ":" not in one.field}, key=int)
        rows.append(
            (
                max(one.at for one in theirs),
                {
                    say("Who"): people[person],
                    say("Entries"): voice.number(sum(bool(one.said) for one in theirs)),
                    say("Focus areas"): voice.listing(areas) or "–",
                    say("Last written"): moment(max(one.at for one in theirs), language),
                },
            )
        )
    return tuple(row for _, row in sorted(rows, key=lambda one: one[0], reverse=True))


def _sentence(where: Standing, areas: tuple[AreaProgress, ...], language: str) -> str:
    say, voice = house.voice(language).say, house.voice(language)
    whole = where.scores.nodes[0]
    low, high = where.number("assured", whole), where.number("upper", whole)
    out = sum(one.open for one in areas)
    if not out:
        return say(
            "Every measurement of this basket is answered; the score is {score}.", score=points(low, language)
        )
    return voice.plural(
        "{count} measurement is still out: the bracket is {bracket} and closes as it comes in.",
        "{count} measurements are still out: the bracket is {bracket} and closes as they come in.",
        out,
        bracket=bracket(low, high, language),
    )
