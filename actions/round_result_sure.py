"""How sure is the jury's ranking? Rank bands, who is above whom, and the ranking without each juror and each rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from actions.above_matrix import above_matrix
from actions.figures import NOTHING
from actions.round_figures import Figures
from actions.round_read import Seen
from actions.round_result_table import MOST_IN_PICTURE, Shown
from actions.round_result_words import Names, Rows, names, points
from actions.round_width_words import bands_hold
from actions.sure_words import probability
from reports.intervals import rank_intervals
from reports.palette import palette
from scoring.marks.moment import JUROR, SEVERITY, Cause


@dataclass(frozen=True, slots=True)
class Sure:
    """How sure the ranking is, in words: a sentence, what the bands hold, each band, the picture, who is above whom."""

    summary: str
    holds: tuple[str, ...]
    bands: tuple[str, ...]
    ranks: Shown | None
    pairs: Shown | None


@dataclass(frozen=True, slots=True)
class Otherwise:
    """The ranking without each juror and rule: who comes in and out of the winners, one row for what was left out."""

    summary: str
    rows: Rows


@lru_cache(maxsize=24)
def how_sure(found: Seen, of: Figures, language: str, dark: bool) -> Sure:
    """Rank bands and chances of the cities that are ranked."""
    called = names(found, language)
    say, voice, cities = called.voice.say, called.voice, of.moment.marks.cities
    order = _order(of)
    if not order:
        return Sure(say("No city is ranked yet: there is no mark that counts."), (), (), None, None)
    most = int(of.bands.band.max())
    bands = []
    for band in range(1, most + 1):
        members = [called.cities[cities[i]] for i in order if of.bands.band[i] == band]
        bands.append(say("Band {band}: {cities}.", band=voice.number(band), cities=voice.series(members)))
    told = voice.plural(
        "{count} ranked city falls into {bands}: inside a band the order is not sure.",
        "{count} ranked cities fall into {bands}: inside a band the order is not sure.",
        len(order),
        bands=voice.plural("{count} rank band", "{count} rank bands", most),
    )
    pairs = _pairs(of, order, called, dark) if len(order) > 1 else None
    holds = bands_hold(found, of.widths, language)
    return Sure(told, holds, tuple(bands), _ranks(of, order, called, dark), pairs)


def _order(of: Figures) -> list[int]:
    """The ranked cities by band, then in their order."""
    place = {i: n for n, i in enumerate(of.order.cities)}
    ranked = np.flatnonzero(of.bands.band).tolist()
    return sorted(ranked, key=lambda i: (int(of.bands.band[i]), place[i]))


def _ranks(of: Figures, order: Sequence[int], called: Names, dark: bool) -> Shown:
    say, voice, language = called.voice.say, called.voice, called.language
    among = of.bands.sure.top(max(of.winners, 1))
    rows, table = [], []
    for i in order:
        low, middle, high = (float(one) for one in of.bands.sure.rank[i])
        name, band = called.cities[of.moment.marks.cities[i]], int(of.bands.band[i])
        interval = voice.number(low) if low == high else f"{voice.number(low)} – {voice.number(high)}"
        label = say("Band {band}", band=voice.number(band))
        rows.append(
            {
                "code": of.moment.marks.cities[i],
                "label": name,
                "low": low,
                "middle": middle,
                "high": high,
                "band": band,
                "band_text": label,
                "interval_text": interval,
            }
        )
        score_low, _, score_high = (float(one) for one in of.bands.sure.score[i])
        table.append(
            {
                say("Rank band"): voice.number(band),
                say("City"): name,
                say("Rank interval"): interval,
                say(
                    "Interval of the mean mark"
                ): f"{points(score_low, language)} – {points(score_high, language)}",
                voice.plural(
                    "Chance to be first", "Chance to be among the first {count}", max(of.winners, 1)
                ): probability(float(among[i]), language),
            }
        )
    settings = of.bands.sure.settings
    words = {
        "axis": say(
            "rank, in {share} of the draws", share=voice.percent(round(settings.high - settings.low, 4))
        ),
        "row": say("City"),
        "interval": say("Rank interval"),
        "band": say("Rank band"),
    }
    description = say(
        "Rank interval of every ranked city, best band first, from {first} to {last}; the table holds every number.",
        first=f"{rows[0]['label']} {rows[0]['interval_text']}",
        last=f"{rows[-1]['label']} {rows[-1]['interval_text']}",
    )
    return Shown(rank_intervals(rows, len(order), words, palette(dark)), description, tuple(table))


def _pairs(of: Figures, order: Sequence[int], called: Names, dark: bool) -> Shown | None:
    """Who is above whom; of many cities each against the next one only."""
    above = of.bands.sure.above
    if above is None:
        return None
    say = called.voice.say
    labels = [called.cities[of.moment.marks.cities[i]] for i in order]
    if len(order) > MOST_IN_PICTURE:
        description = say("How often each city is above the next one in the order; ties count for neither.")
        steps = zip(pairwise(labels), pairwise(order), strict=True)
        return Shown(
            None,
            description,
            tuple(
                {
                    say("City"): one,
                    say("is above"): other,
                    say("in so many of the draws"): probability(float(above[i, j]), called.language),
                }
                for (one, other), (i, j) in steps
            ),
        )
    return Shown(*above_matrix(labels, order, above, called.language, dark))


def otherwise(found: Seen, of: Figures, language: str) -> Otherwise:
    """Who would come into the winners or go out of them without each juror and each rule, by ranks alone."""
    called = names(found, language)
    say, voice, cities = called.voice.say, called.voice, of.moment.marks.cities
    now = of.first(of.standing.rank)
    rows, harmless = [], 0
    for one, rank in zip(of.without.left_out, of.without.rank, strict=True):
        # What one mark without a name does is not told: it would be told which mark it is.
        if one.kind == JUROR and one.name not in called.jurors:
            continue
        then = of.first(rank)
        into, out = then & ~now, now & ~then
        furthest = _furthest(of, rank, called)
        if not furthest and not into.any() and not out.any():
            harmless += 1
            continue
        rows.append(
            {
                say("Without"): _left_out(one, called),
                say("Come into the winners"): voice.series(
                    [called.cities[cities[i]] for i in np.flatnonzero(into)]
                )
                or NOTHING,
                say("Go out of them"): voice.series([called.cities[cities[i]] for i in np.flatnonzero(out)])
                or NOTHING,
                say("Furthest move"): furthest or NOTHING,
            }
        )
    changing = sum(
        row[say("Come into the winners")] != NOTHING or row[say("Go out of them")] != NOTHING for row in rows
    )
    if not changing:
        told = say(
            "Without any single juror or rule the first {count} stay the same.",
            count=voice.number(of.winners),
        )
    else:
        told = voice.plural(
            "{count} single juror or rule decides who is among the first {winners}.",
            "{count} single jurors or rules each decide who is among the first {winners}.",
            changing,
            winners=voice.number(of.winners),
        )
    if harmless:
        told += " " + voice.plural(
            "Without {count} other of them nobody's rank would change.",
            "Without {count} others of them nobody's rank would change.",
            harmless,
        )
    return Otherwise(told, tuple(rows))


def _left_out(one: Cause, called: Names) -> str:
    return called.juror(one.name) if one.kind == JUROR else called.rule(one.name or SEVERITY)


def _furthest(of: Figures, rank: np.ndarray[tuple[int, ...], np.dtype[np.int64]], called: Names) -> str:
    """The city whose rank would change most, with both ranks; "" where no rank changes."""
    last = len(rank) + 1
    before, after = np.where(of.standing.rank, of.standing.rank, last), np.where(rank, rank, last)
    step = np.abs(after - before)
    if not step.any():
        return ""
    i = int(np.argmax(step))
    ends = [
        called.voice.number(int(one[i])) if one[i] else called.voice.say("no rank")
        for one in (of.standing.rank, rank)
    ]
    return f"{called.cities[of.moment.marks.cities[i]]}: {ends[0]} → {ends[1]}"
