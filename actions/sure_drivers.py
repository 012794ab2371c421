"""What moves the order of some cities, or the score of one? In words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from actions import house
from actions.access import Actor, see
from actions.sure_words import (
    Shown,
)
from actions.surety import DRIVER_RUNS, drivers
from locales import mark
from reports.intervals import shares
from reports.palette import palette
from scoring.sensitivity import Sensitivity
from scoring.sobol import Sobol

CHOICE_WORDS: Mapping[str, str] = {
    "weights": mark("Weights"),
    "goalposts": mark("Goalposts"),
    "other_rule": mark("Arithmetic or geometric mean"),
    "missing": mark("Open answers"),
    "evidence": mark("Errors of the answers"),
}


@dataclass(frozen=True, slots=True)
class Driven:
    """What drives an outcome: a sentence, a chart with its twin, and what was too unsure to be printed."""

    sentence: str
    shown: Shown | None
    unsure: tuple[str, ...]


def driven(
    actor: Actor, upload_ids: tuple[str, ...], basket: str, claims: str, language: str, dark: bool
) -> Driven:
    """What moves the order of some uploads, or the score of a single one; NotKeptError if one is not kept."""
    see(actor, *upload_ids)
    return _driven(upload_ids, basket, claims, language, dark)


@lru_cache(maxsize=64)
def _driven(upload_ids: tuple[str, ...], basket: str, claims: str, language: str, dark: bool) -> Driven:
    found = drivers(upload_ids, basket, claims)
    outcome = found.ranking if found.ranking is not None else next(iter(found.scores.values()), None)
    return _told(found, outcome, found.ranking is not None, language, dark)


def _told(found: Sensitivity, outcome: Sobol | None, of_ranking: bool, language: str, dark: bool) -> Driven:
    voice = house.voice(language)
    say = voice.say
    if outcome is None or not outcome.variance:
        return Driven(say("Nothing moves it: the outcome is the same in every draw."), None, ())
    rows, table, unsure = [], [], []
    for k in np.argsort(-outcome.total, kind="stable"):
        name = say(CHOICE_WORDS[found.choices[k]])
        first, total = float(outcome.first[k]), float(outcome.total[k])
        low, high = (float(value) for value in outcome.first_limits[k])
        if not outcome.told[k]:
            unsure.append(name)
            continue
        first_text, total_text = _index(first, language), _index(total, language)
        rows.append(
            {
                "code": found.choices[k],
                "label": name,
                "first": first,
                "low": low,
                "high": high,
                "total": total,
                "first_text": first_text,
                "total_text": total_text,
            }
        )
        table.append(
            {
                say("Choice"): name,
                say("On its own"): first_text,
                say("Limits"): f"{_index(low, language)} – {_index(high, language)}",
                say("With others"): total_text,
            }
        )
    if not rows:
        return Driven(say("Too unsure to be printed: the limits are too wide."), None, tuple(unsure))
    lead = rows[0]
    subject = say("the order of the cities") if of_ranking else say("the score")
    sentence = say(
        "What moves {subject} most: {choice}, with {share} of the spread.",
        subject=subject,
        choice=lead["label"],
        share=lead["total_text"],
    )
    words = {
        "axis": say("share of the spread, {runs} runs", runs=voice.number(found.runs)),
        "row": say("Choice"),
        "first": say("On its own"),
        "total": say("With others"),
    }
    description = say(
        "Share of the spread that each choice causes on its own (bar, with limits) and together with others (tick); "
        "the table holds every number."
    )
    return Driven(
        sentence, Shown(shares(rows, words, palette(dark)), description, tuple(table)), tuple(unsure)
    )


def _index(value: float, language: str) -> str:
    """A Sobol index as a percentage; estimates may fall a little outside 0 to 1."""
    return house.voice(language).percent(min(max(value, 0.0), 1.0))


def runs_in_words(language: str) -> str:
    """How many runs stand behind what drives an outcome."""
    return house.voice(language).number(DRIVER_RUNS)
