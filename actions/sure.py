"""How sure are scores and ranks? Intervals, bands, who is above whom and what drives it, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from actions import house
from actions.access import Actor, see
from actions.candidates import Rows, unit_labels
from actions.figures import NOTHING, band_name, band_rows, bracket, points
from actions.surety import DRIVER_RUNS, Surety, drivers, surety
from actions.uploads import fold
from locales import mark
from reports.charts import Spec, heat_map
from reports.intervals import rank_intervals, score_intervals, shares
from reports.palette import palette
from scoring.sensitivity import Sensitivity
from scoring.sobol import Sobol

# A matrix of more cities than this is a table only: its cells would be too small to read.
MOST_IN_MATRIX = 16
# From these shares on one city counts as above another: surely, or probably.
SURELY, PROBABLY = 0.95, 0.75

CHOICE_WORDS: Mapping[str, str] = {
    "weights": mark("Weights"),
    "goalposts": mark("Goalposts"),
    "other_rule": mark("Arithmetic or geometric mean"),
    "missing": mark("Open answers"),
    "evidence": mark("Errors of the answers"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A chart with its description and table twin."""

    chart: Spec
    description: str
    table: Rows


@dataclass(frozen=True, slots=True)
class SureAbout:
    """What is known of the order of some cities, in words; `ranks` and `pairs` are None where none is ranked."""

    summary: str
    bands: tuple[str, ...]  # one sentence a rank band
    ranks: Shown | None
    scores: Shown
    pairs: Shown | None
    pairs_only_table: bool
    unranked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SureOne:
    """What is known of the score of one city, in words."""

    summary: str
    figures: tuple[tuple[str, str, str], ...]
    scores: Shown
    levels: Rows


@dataclass(frozen=True, slots=True)
class Driven:
    """What drives an outcome: a sentence, a chart with its twin, and what was too unsure to be printed."""

    sentence: str
    shown: Shown | None
    unsure: tuple[str, ...]


def sure_about(
    actor: Actor, upload_ids: tuple[str, ...], basket: str, claims: str, top: int, language: str, dark: bool
) -> SureAbout:
    """The order of some uploads with intervals; NotKeptError if one is not kept."""
    see(actor, *upload_ids)
    return _sure_about(upload_ids, basket, claims, top, language, dark)


@lru_cache(maxsize=64)
def _sure_about(
    upload_ids: tuple[str, ...], basket: str, claims: str, top: int, language: str, dark: bool
) -> SureAbout:
    known = surety(upload_ids, basket, claims)
    called = unit_labels(upload_ids, language)
    order = in_bands(known, language)
    ranked = [i for i in order if known.bands[i]]
    return SureAbout(
        summary=sure_summary(known, ranked, language),
        bands=tuple(_band_sentence(known, ranked, called, band, language) for band in _numbers(known)),
        ranks=_ranks(known, ranked, called, top, language, dark) if ranked else None,
        scores=_scores(known, order, called, language, dark),
        pairs=_pairs(known, ranked, called, language, dark) if len(ranked) > 1 else None,
        pairs_only_table=len(ranked) > MOST_IN_MATRIX,
        unranked=tuple(called[upload_ids[i]] for i in order if not known.bands[i]),
    )


def in_bands(known: Surety, language: str) -> list[int]:
    """The positions of all cities: by band, mean rank and name; those without a rank last."""
    called = unit_labels(tuple(one.id for one in known.where.uploads), language)
    mean = known.sure.rank_shares @ np.arange(1, known.sure.rank_shares.shape[1] + 1)

    def key(i: int) -> tuple[bool, int, float, str]:
        band = int(known.bands[i])
        return band == 0, band, round(float(mean[i]), 6), fold(called[known.where.uploads[i].id])

    return sorted(range(len(known.where.uploads)), key=key)


def rank_interval(known: Surety, unit: int, language: str) -> str:
    """The ranks between which most draws put a city, as "a – b"; a dash without a rank."""
    low, _, high = known.sure.rank[unit]
    if np.isnan(low):
        return NOTHING
    voice = house.voice(language)
    first, last = voice.number(float(low)), voice.number(float(high))
    return first if first == last else f"{first} – {last}"


def score_interval(known: Surety, unit: int, language: str) -> str:
    """The scores between which most draws put a city, as "a – b"."""
    low, _, high = known.sure.score[unit]
    return bracket(float(low), float(high), language)


def probability(share: float, language: str) -> str:
    """A share of draws as a percentage; what is nearly nothing or nearly all is not rounded to it."""
    voice = house.voice(language)
    if 0 < share < 0.005:
        return f"< {voice.percent(0.01)}"
    if 0.995 <= share < 1:
        return f"> {voice.percent(0.99)}"
    return voice.percent(share)


def _numbers(known: Surety) -> range:
    return range(1, int(known.bands.max(initial=0)) + 1)


def sure_summary(known: Surety, ranked: Sequence[int], language: str) -> str:
    """Into how many rank bands the ranked cities fall, as a sentence."""
    voice = house.voice(language)
    if not ranked:
        return voice.say("No city has answered enough for a rank; the intervals of their scores stand below.")
    bands = int(known.bands.max())
    return voice.plural(
        "{count} ranked city falls into {bands}: inside a band the order is not sure.",
        "{count} ranked cities fall into {bands}: inside a band the order is not sure.",
        len(ranked),
        bands=voice.plural("{count} rank band", "{count} rank bands", bands),
    )


def _band_sentence(
    known: Surety, ranked: Sequence[int], called: Mapping[str, str], band: int, language: str
) -> str:
    voice = house.voice(language)
    members = [called[known.where.uploads[i].id] for i in ranked if known.bands[i] == band]
    return voice.say("Band {band}: {cities}.", band=voice.number(band), cities=voice.series(members))


def _ranks(
    known: Surety,
    ranked: Sequence[int],
    called: Mapping[str, str],
    top: int,
    language: str,
    dark: bool,
) -> Shown:
    voice = house.voice(language)
    say = voice.say
    in_top = known.sure.top(top)
    rows, table = [], []
    for i in ranked:
        low, middle, high = known.sure.rank[i]
        name = called[known.where.uploads[i].id]
        band = say("Band {band}", band=voice.number(int(known.bands[i])))
        rows.append(
            {
                "code": known.where.uploads[i].id,
                "label": name,
                "low": low,
                "middle": middle,
                "high": high,
                "band": int(known.bands[i]),
                "band_text": band,
                "interval_text": rank_interval(known, i, language),
            }
        )
        table.append(
            {
                say("Rank band"): voice.number(int(known.bands[i])),
                say("City"): name,
                say("Rank interval"): rank_interval(known, i, language),
                say("Score interval"): score_interval(known, i, language),
                _top_title(top, language): probability(float(in_top[i]), language),
            }
        )
    words = {
        "axis": say("rank, in {share} of the draws", share=held(known, language)),
        "row": say("City"),
        "interval": say("Rank interval"),
        "band": say("Rank band"),
    }
    description = say(
        "Rank interval of every ranked city, best band first, from {first} to {last}; the table holds every number.",
        first=f"{rows[0]['label']} {rows[0]['interval_text']}",
        last=f"{rows[-1]['label']} {rows[-1]['interval_text']}",
    )
    return Shown(rank_intervals(rows, len(ranked), words, palette(dark)), description, tuple(table))


def _top_title(top: int, language: str) -> str:
    voice = house.voice(language)
    return voice.plural("Chance to be first", "Chance to be among the first {count}", top)


def held(known: Surety, language: str) -> str:
    """How much of the draws an interval holds, as a percentage."""
    return house.voice(language).percent(known.sure.settings.high - known.sure.settings.low)


def _scores(
    known: Surety, order: Sequence[int], called: Mapping[str, str], language: str, dark: bool
) -> Shown:
    say = house.voice(language).say
    root = known.where.scores.nodes[0]
    rows, table = [], []
    for i in order:
        low, middle, high = (float(value) for value in known.sure.score[i])
        assured, upper = (known.where.number(what, root, i) for what in ("assured", "upper"))
        name = called[known.where.uploads[i].id]
        rows.append(
            {
                "code": known.where.uploads[i].id,
                "label": name,
                "low": low,
                "middle": middle,
                "high": high,
                "assured": assured,
                "upper": upper,
                "interval_text": score_interval(known, i, language),
                "bracket_text": bracket(assured, upper, language),
            }
        )
        table.append(
            {
                say("City"): name,
                say("Score interval"): score_interval(known, i, language),
                say("Middle of the draws"): points(middle, language),
                say("Assured"): points(assured, language),
                say("Bracket"): bracket(assured, upper, language),
            }
        )
    words = {
        "axis": say("points, 0 to 100"),
        "row": say("City"),
        "interval": say("Score interval"),
        "bracket": say("Bracket"),
    }
    description = say(
        "Score interval (thick) of every city within its bracket (thin line); the table holds every number."
    )
    return Shown(score_intervals(rows, band_rows(), words, palette(dark)), description, tuple(table))


def _pairs(
    known: Surety, ranked: Sequence[int], called: Mapping[str, str], language: str, dark: bool
) -> Shown | None:
    above = known.sure.above
    if above is None:
        return None
    say = house.voice(language).say
    names = [called[known.where.uploads[i].id] for i in ranked]
    cells, table = [], []
    for at, i in enumerate(ranked):
        line = {say("City"): names[at]}
        for to, j in enumerate(ranked):
            text = NOTHING if i == j else probability(float(above[i, j]), language)
            line[names[to]] = text
            cells.append(
                {
                    "row": at,
                    "row_label": names[at],
                    "column_label": names[to],
                    "level": None if i == j else _sureness(float(above[i, j])),
                    "text": text,
                    "short_text": text,
                }
            )
        table.append(line)
    words = {"row": say("City"), "column": say("is above"), "points": say("in so many of the draws")}
    description = say(
        "How often the city of the row is above the city of the column; ties count for neither. "
        "The table holds every number."
    )
    return Shown(heat_map(cells, names, names, words, palette(dark)), description, tuple(table))


def _sureness(share: float) -> int:
    """The shade of a share of draws: hardly ever, less often than not, more often than not, surely."""
    return sum(share >= line for line in (1 - PROBABLY, PROBABLY, SURELY))


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
        scores=_scores(known, [0], called, language, dark),
        levels=levels,
    )


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
