"""Nearest better peers: who is like us and further on this one subject, and what did they show for it?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from actions import house
from actions.access import Actor, reach, subjects_of_uploads, visible
from actions.alike import Alike, alike, place_of, settings
from actions.card_words import CardShown, offered_cards, shown
from actions.figures import band_name, points, share, value
from actions.listing import recent_uploads
from actions.peer_subjects import about, rank_of, score_on, theme_of
from actions.practice_city import OwnCity, key_of
from actions.standing import Standing, standings, upload
from actions.uploads import city_name
from indicators.text import quoted
from scoring.model import Observation
from store.summaries import usable
from store.uploads import Upload

# Newest workbooks looked through for other cities on one's own computer.
_LOOKED_THROUGH = 200
# Answers of the features behind a theme that are shown with a peer.
_ANSWERS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class PeerAnswer:
    """One answer of a peer with what it gave as evidence; empty parts were not given."""

    title: str
    value: str
    about: str
    remark: str
    source: str
    link: str


@dataclass(frozen=True, slots=True)
class Peer:
    """A similar city that is further on the subject, in words."""

    name: str
    context: str
    invented: bool
    level: str
    points: str
    likeness: str
    own_word: str
    answers: tuple[PeerAnswer, ...]
    cards: tuple[CardShown, ...]
    upload_id: str


@dataclass(frozen=True, slots=True)
class Peers:
    """The nearest better peers, at most three, and a sentence where they are fewer or why there are none."""

    peers: tuple[Peer, ...]
    note: str
    others: int  # cities that the actor may see beside this one


def peers(actor: Actor, own: OwnCity, subject: str, language: str) -> Peers:
    """The most similar cities that are at least one level higher on a subject, among those the actor may see.

    KeyError for an unknown subject. On one's own computer every other city kept here, invented ones too; where cities
    share an installation what others have handed in and let the actor see.
    """
    theme_of(subject)
    say, where = house.voice(language).say, own.standing
    found = other_cities(actor, own)
    if where is None:
        return Peers(
            (), say("Give answers first: a peer is looked for by where the city stands."), len(found)
        )
    level = rank_of(score_on(where, subject))
    if level is None:
        return Peers(
            (), say("The city has no score on this subject, so nobody can be ahead of it."), len(found)
        )
    if level == len(house.framework().rules.bands) - 1:
        return Peers(
            (), say("The city has the highest level on this subject: others can learn from it."), len(found)
        )
    if not found:
        return Peers((), say("There is no other city here to look at."), 0)
    others = standings(tuple(one.id for one in found), where.basket)
    ahead = [unit for unit in range(len(found)) if (rank_of(score_on(others, subject, unit)) or 0) > level]
    likeness = {unit: alike(own.place, place_of(others.reading(unit)), language) for unit in ahead}
    nearest = sorted(ahead, key=lambda unit: (likeness[unit].order, _name(others.uploads[unit])))
    most = settings().nearest
    keys, cards = tuple(found.values()), _cards_on(actor, subject, language)
    made = tuple(
        _peer(others, unit, likeness[unit], cards.get(keys[unit], ()), subject, language)
        for unit in nearest[:most]
    )
    return Peers(made, "" if len(made) == most else _few(len(made), len(found), language), len(found))


def other_cities(actor: Actor, own: OwnCity) -> Mapping[Upload, str]:
    """The newest workbook of every other city that the actor may see, with the city's key.

    Where cities share an installation only what was handed in: a draft is nobody's example.
    """
    newest: dict[str, Upload] = {}
    for one, key in _own_computer(actor) if actor.everything else _shared(actor):
        if key != own.key:
            newest.setdefault(key, one)
    return {one: key for key, one in newest.items()}


def _cards_on(actor: Actor, subject: str, language: str) -> Mapping[str, tuple[CardShown, ...]]:
    found: dict[str, tuple[CardShown, ...]] = {}
    for card in offered_cards(actor, language):
        if about(card, subject):
            found[card.key] = (*found.get(card.key, ()), shown(card, None, language))
    return found


def _own_computer(actor: Actor) -> Iterator[tuple[Upload, str]]:
    for short in recent_uploads(actor, _LOOKED_THROUGH):
        one = upload(short.id)
        yield one, key_of(one, one.city_id)


def _shared(actor: Actor) -> Iterator[tuple[Upload, str]]:
    """The newest assessment that each city has handed in and that the actor may see."""
    done = set()
    for some in usable(house.store(), reach(actor)):
        seen = visible(actor, [one.id for one in some])
        subjects_of = subjects_of_uploads(seen)
        for one in seen:
            about = subjects_of[one]
            if about.city and about.submitted and about.city not in done:
                done.add(about.city)
                yield upload(one), key_of(upload(one), about.city)


def _few(count: int, others: int, language: str) -> str:
    """A sentence where fewer than three are ahead."""
    voice = house.voice(language)
    beside = voice.plural("of {count} other city to look at", "of {count} other cities to look at", others)
    if not count:
        return voice.say("Nobody here is further on this subject, {beside}.", beside=beside)
    return voice.plural(
        "Only {count} city is further on this subject, {beside}.",
        "Only {count} cities are further on this subject, {beside}.",
        count,
        beside=beside,
    )


def _name(one: Upload) -> str:
    return city_name(one.reading) or quoted(one.name)


def _peer(
    others: Standing, unit: int, like: Alike, cards: tuple[CardShown, ...], subject: str, language: str
) -> Peer:
    kept, say = others.uploads[unit], house.voice(language).say
    score = score_on(others, subject, unit)
    year = kept.reading.profile.get("assessment_year")
    claimed = others.number("claimed", subject, unit) if theme_of(subject) is None else math.nan
    return Peer(
        name=_name(kept),
        context=say("Self-assessment {year}", year=int(year))
        if isinstance(year, int | float)
        else say("Self-assessment"),
        invented=kept.reading.invented,
        level=band_name(score, language),
        points=points(score, language),
        likeness=like.sentence,
        own_word=say("{share} of this is the city's own rating.", share=share(claimed, language))
        if claimed > 0
        else "",
        answers=_answers(others, unit, subject, language),
        cards=cards,
        upload_id=kept.id,
    )


def _answers(others: Standing, unit: int, subject: str, language: str) -> tuple[PeerAnswer, ...]:
    """What a peer answered on a subject and showed for it; of a theme its rating and the features that count most."""
    framework = house.framework()
    features, made = [subject], []
    theme = theme_of(subject)
    if theme is not None:
        declaration = house.declaration()
        features = [link.feature for link in theme.links if link.kind == "primary"]
        rating = others.reading(unit).ratings.get(f"{declaration.id}:{theme.code}")
        if rating is not None and rating.value is not None:
            title = house.voice(language).say("The city's own rating of §{theme}", theme=theme.code)
            made.append(_answer(title, rating, "", language))
    for code in (child for feature in features for child in framework.children[feature]):
        given = others.observation(code, unit)
        asked = framework.by_code[code].measurement
        if given is not None and given.value is not None and asked is not None:
            title = f"{code} {framework.words[language][code].title}"
            made.append(_answer(title, given, value(given.value, asked.unit, language), language))
    return tuple(made if theme is None else made[:_ANSWERS_SHOWN])


def _answer(title: str, given: Observation, shown_value: str, language: str) -> PeerAnswer:
    grade = house.terms(language)[f"grade.{given.grade}"] if given.grade else ""
    return PeerAnswer(
        title=title,
        value=shown_value,
        about=" · ".join(one for one in (str(given.year or ""), grade) if one),
        remark=given.remark,
        source=given.source,
        link=given.link,
    )
