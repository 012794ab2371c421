"""How sure are the score and the level of one city? In words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from actions import house
from actions.access import Actor, see
from actions.candidates import Rows, unit_labels
from actions.figures import band_name, points
from actions.sure_words import (
    Shown,
    held,
    probability,
    score_chart,
    score_interval,
)
from actions.surety import surety


@dataclass(frozen=True, slots=True)
class SureOne:
    """What is known of the score of one city, in words."""

    summary: str
    figures: tuple[tuple[str, str, str], ...]
    scores: Shown
    levels: Rows


def sure_one(actor: Actor, upload_id: str, basket: str, claims: str, language: str, dark: bool) -> SureOne:
    """How sure the score and the level of one upload are; NotKeptError if it is not kept."""
    see(actor, upload_id)
    return _sure_one(upload_id, basket, claims, language, dark)


@lru_cache(maxsize=128)
def _sure_one(upload_id: str, basket: str, claims: str, language: str, dark: bool) -> SureOne:
    known = surety((upload_id,), basket, claims)
    say = house.voice(language).say
    called = unit_labels((upload_id,), language)
    low, middle, high = (float(value) for value in known.sure.score[0])
    bands = house.framework().rules.bands
    reached = [float(share) for share in known.sure.at_least[0]] + [0.0]
    chances = {band.id: reached[k] - reached[k + 1] for k, band in enumerate(bands)}
    likely = max(chances, key=lambda band: chances[band])
    start = next(band.start for band in bands if band.id == likely)
    levels = tuple(
        {
            say("Level"): band_name(band.start, language),
            say("From"): points(band.start, language),
            say("Share of the draws"): probability(chances[band.id], language),
        }
        for band in reversed(bands)
    )
    return SureOne(
        summary=say(
            "In {held} of the draws the score lies from {low} to {high}. "
            "The level is {level} in {share} of them.",
            held=held(known, language),
            low=points(low, language),
            high=points(high, language),
            level=band_name(start, language),
            share=probability(chances[likely], language),
        ),
        figures=(
            (
                say("Score interval"),
                score_interval(known, 0, language),
                say(
                    "All draws ordered by score, without the lowest {low} and the highest {high}.",
                    low=house.voice(language).percent(known.sure.settings.low),
                    high=house.voice(language).percent(1 - known.sure.settings.high),
                ),
            ),
            (say("Middle of the draws"), points(middle, language), say("Half of the draws lie below it.")),
            (
                say("Most likely level"),
                likely,
                say("Levels D to A are this tool's, not UNESCO's."),
            ),
        ),
        scores=score_chart(known, [0], called, language, dark),
        levels=levels,
    )
