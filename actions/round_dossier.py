"""A candidate's dossier as its jurors read it: what speaks to one criterion first, then the rest.

Scores come with their bracket, what the city says of itself stands beside what is verified, and answers bear their
evidence. Whoever asks shows the round as the viewer sees it: of a city that is closed to her there is nothing here.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from actions import house
from actions.access import Actor, NotKeptError, see
from actions.area_answers import Answer, answer
from actions.evidence import Piece
from actions.figures import NOTHING, band_name, bracket, points, share
from actions.round_evidence import at_page, pieces_of
from actions.round_facts import Candidate, dossier_of
from actions.round_read import Seen
from actions.standing import Standing, standing
from actions.themes import themes
from actions.years import PRESENT, city_years
from actions.years_seen import Seen as Years
from actions.years_words import signed_points
from indicators.ratings import rating_key
from scoring.award import Criterion
from scoring.model import Node


@dataclass(frozen=True, slots=True)
class Part:
    """A focus area, feature or theme of the dossier: its score with the bracket, and how much of it is verified.

    `progress` is what was won since joining on what can be compared, "" where there is but one year.
    """

    code: str
    title: str
    assured: str
    bracket: str
    level: str
    answered: str
    claimed: str
    verified: str
    progress: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer with its evidence: `link` opens at the page named; `claimed` says that nobody else has verified it."""

    field: str
    title: str
    value: str
    year: str
    points: str
    notes: tuple[str, ...]
    source: str
    link: str
    remark: str
    where: str
    claimed: bool
    pieces: tuple[Piece, ...]

    @property
    def shown_for(self) -> bool:
        """Whether anything stands behind the answer that can be looked at."""
        return bool(self.source or self.link or self.pieces)


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a juror reads of a candidate for one criterion; `since` says from when progress counts."""

    candidate: Candidate
    parts: tuple[Part, ...]
    answers: tuple[Shown, ...]
    open: tuple[str, ...]
    whole: tuple[Part, ...]
    unverified: str
    since: str


def dossier(
    actor: Actor, found: Seen, candidate: str, criterion: str, basket: str, language: str
) -> Dossier | None:
    """The dossier of a candidate for a criterion; None where there is none, or none that the viewer may open.

    NotKeptError for a candidate that is not there for her.
    """
    one = candidate_of(found, candidate)
    where = opened(actor, found, one, basket)
    if where is None:
        return None
    asked = next(each for each in found.award.criteria if each.id == criterion)
    progress, since = _progress(actor, one, basket, language)
    shown = _answers(where, asked, pieces_of(actor, one, language), language)
    given = tuple(each for each in shown if each.value != NOTHING)
    claimed = sum(each.claimed for each in given)
    bare = sum(not each.shown_for for each in given)
    say = house.voice(language).say
    return Dossier(
        candidate=one,
        parts=(
            *(_part(where, code, progress, language) for code in asked.nodes),
            *_themes(actor, one, asked.themes, basket, language),
        ),
        answers=given,
        open=tuple(each.title for each in shown if each.value == NOTHING),
        whole=tuple(
            _part(where, node.code, progress, language) for node in house.framework().at_level("focus_area")
        ),
        unverified=say(
            "Of {count} answers here, {claimed} are rated by the city itself and {bare} name no evidence.",
            count=len(given),
            claimed=claimed,
            bare=bare,
        ),
        since=since,
    )


def candidate_of(found: Seen, candidate: str) -> Candidate:
    """A candidate or reference dossier that the viewer sees; NotKeptError."""
    one = dossier_of(found.now, candidate)
    if one is None:
        raise NotKeptError(candidate)
    return one


def opened(actor: Actor, found: Seen, one: Candidate, basket: str) -> Standing | None:
    """The scored dossier of a candidate, None where there is none or it may not be opened by the viewer."""
    if not found.viewer.declared or not one.upload_id:
        return None
    try:
        see(actor, one.upload_id)
        return standing(one.upload_id, basket)
    except NotKeptError:
        return None


def all_answers(actor: Actor, found: Seen, one: Candidate, language: str) -> tuple[Shown, ...]:
    """Every answer of a dossier that says something, in the order of the framework and then of the declaration."""
    where = opened(actor, found, one, house.framework().baskets[-1].id)
    if where is None:
        return ()
    pieces = pieces_of(actor, one, language)
    every = (
        *(_shown(where, node, pieces, language) for node in house.framework().measurements),
        *_ratings(where, [theme.code for theme in house.declaration().themes], pieces, language),
    )
    return tuple(each for each in every if each.value != NOTHING)


def linked(criterion: Criterion) -> frozenset[str]:
    """The fields whose answers speak to a criterion: measurements below its nodes, and ratings of its themes."""
    ratings = {rating_key(house.declaration(), code) for code in criterion.themes}
    return frozenset({node.code for node in _leaves(criterion.nodes)} | ratings)


def _leaves(codes: Collection[str]) -> Iterator[Node]:
    framework = house.framework()
    for node in framework.measurements:
        above = node.code
        while above and above not in codes:
            above = framework.by_code[above].parent
        if above:
            yield node


def _part(where: Standing, code: str, progress: Mapping[str, str], language: str) -> Part:
    assured = where.number("assured", code)
    return Part(
        code=code,
        title=f"{code} {house.framework().words[language][code].title}",
        assured=points(assured, language),
        bracket=bracket(assured, where.number("upper", code), language),
        level=band_name(assured, language),
        answered=share(where.number("coverage", code), language),
        claimed=share(where.number("claimed", code), language),
        verified=points(where.number("without_claims", code), language),
        progress=progress.get(code, ""),
    )


def _themes(
    actor: Actor, one: Candidate, codes: Collection[str], basket: str, language: str
) -> tuple[Part, ...]:
    """Themes by their two sides: what features verify, and what the city rates itself."""
    say = house.voice(language).say
    return tuple(
        Part(
            code=f"§{card.code}",
            title=f"§{card.code} {card.title}",
            assured=card.assured,
            bracket=card.bracket,
            level=card.level,
            answered="",
            claimed=say("{share} own rating", share=card.rating_share),
            verified=card.features_part,
            progress="",
        )
        for card in themes(actor, one.upload_id, basket, language, False).themes
        if card.code in codes
    )


def _answers(
    where: Standing, asked: Criterion, pieces: Mapping[str, tuple[Piece, ...]], language: str
) -> tuple[Shown, ...]:
    nodes = tuple(_shown(where, node, pieces, language) for node in _leaves(asked.nodes))
    return (*nodes, *_ratings(where, asked.themes, pieces, language))


def _shown(where: Standing, node: Node, pieces: Mapping[str, tuple[Piece, ...]], language: str) -> Shown:
    made: Answer = answer(where, node, language)
    given = where.observation(node.code)
    assert node.measurement is not None
    return Shown(
        field=node.code,
        title=f"{node.code} {made.title}",
        value=made.value,
        year=made.year,
        points=made.points,
        notes=(*made.badges, made.status) if made.value == NOTHING else made.badges,
        source=made.source,
        link=at_page(made.link, f"{made.source} {made.remark}"),
        remark=made.remark,
        where=made.where,
        claimed=node.measurement.method == "expert" and given is not None and given.value is not None,
        pieces=pieces.get(node.code, ()),
    )


def _ratings(
    where: Standing, codes: Collection[str], pieces: Mapping[str, tuple[Piece, ...]], language: str
) -> Iterator[Shown]:
    declaration, steps = house.declaration(), house.framework().ladder[language]
    for code in codes:
        field = rating_key(declaration, code)
        given = where.reading().ratings.get(field)
        has = given is not None and given.value is not None and not math.isnan(given.value)
        level = int(given.value) if given is not None and given.value is not None and has else 0
        yield Shown(
            field=field,
            title=f"§{code} {declaration.words[language][code].title}",
            value=f"{level} · {steps[level].title}" if has else NOTHING,
            year=NOTHING,
            points=points(where.theme("rating", code), language),
            notes=(house.voice(language).say("rated by the city, not verified"),) if has else (),
            source=given.source if given else "",
            link=at_page(given.link, f"{given.source} {given.remark}") if given else "",
            remark=given.remark if given else "",
            where=f"{given.place.sheet}!{given.place.cell}" if given else "",
            claimed=has,
            pieces=pieces.get(field, ()),
        )


def _progress(actor: Actor, one: Candidate, basket: str, language: str) -> tuple[Mapping[str, str], str]:
    """What every node won since joining on what can be compared, and from which year; nothing for a single year."""
    say = house.voice(language).say
    years = city_years(actor, one.city_id) if one.city_id else ()
    if len(years) < 2:
        return {}, say("Only one year is known, so no progress since joining can be told.")
    seen = Years(years, PRESENT, house.framework(), basket, language)
    found = seen.since_joining(seen.latest)
    if found is None or seen.baseline.year == seen.latest.year:
        return {}, say("Only one year since joining is known, so no progress can be told.")
    return {
        code: signed_points(float(change), language)
        for code, change in zip(found.nodes, found.change, strict=True)
        if not math.isnan(change)
    }, say(
        "Progress counts from {first} to {latest}, on {share} of the weight that can be compared.",
        first=seen.baseline.year,
        latest=seen.latest.year,
        share=share(float(found.share[0]), language),
    )
