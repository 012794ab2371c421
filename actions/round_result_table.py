"""The ranking of a round as it is read: places, points raw and corrected, spread, and remarks on each city."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from actions.figures import NOTHING
from actions.round_figures import Figures
from actions.round_moment import FEWEST, least_marks, nameless
from actions.round_read import OFFICE, Seen
from actions.round_result_words import Names, Rows, names, points
from actions.round_width_words import bands_hold
from locales import mark
from reports.charts import heat_map
from reports.palette import palette
from scoring.model import FloatArray
from scoring.rounding import published

# What a table by criteria can show.
MEASURES = {
    "mean": mark("Mean"),
    "median": mark("Median"),
    "spread": mark("Spread"),
    "count": mark("Number of marks"),
}
# Of more cities than this the picture is left out: its table says the same in less room.
MOST_IN_PICTURE = 16


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture with its description and the same as a table; `chart` None where there are too many cities."""

    chart: dict[str, object] | None
    description: str
    table: Rows


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ranking in words: what it comes to, its table, what is to be known of cities, and what limits it."""

    summary: str
    rows: Rows
    remarks: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


@lru_cache(maxsize=24)
def ranking(found: Seen, of: Figures, language: str) -> Ranking:
    """The ranking as the viewer may read it."""
    called = names(found, language)
    remarks = _remarks(found, of, called)
    told = tuple(
        (called.cities[of.moment.marks.cities[i]], called.voice.series(remarks[i]))
        for i in of.order.cities
        if remarks[i]
    )
    return Ranking(_summary(of, called), _rows(of, called), told, _notes(found, of, called))


def _summary(of: Figures, called: Names) -> str:
    voice, cities = called.voice, of.moment.marks.cities
    if not of.ranked:
        return voice.say("No city is ranked yet: there is no mark that counts.")
    named = [
        f"{called.cities[cities[i]]} ({points(of.standing.points[i], called.language)})"
        for i in of.ranked[:3]
    ]
    first = of.bands.band == 1
    leaders = [called.cities[cities[i]] for i in of.ranked if first[i]]
    told = voice.say("By the marks so far the order begins with {cities}.", cities=voice.series(named))
    if len(leaders) < 2:
        return told
    return f"{told} " + voice.say(
        "How sure that is: {cities} share the first rank band, inside which the order is not sure.",
        cities=voice.series(leaders),
    )


def _rows(of: Figures, called: Names) -> Rows:
    say, language, cities = called.voice.say, called.language, of.moment.marks.cities
    last = len(of.moment.marks.criteria)
    corrected = bool(of.severity.corrected[last])
    rows = []
    for i in of.order.cities:
        row: dict[str, object] = {
            say("Rank"): called.voice.number(int(of.standing.rank[i])) if of.standing.rank[i] else NOTHING,
            say("City"): called.cities[cities[i]],
            say("Mean mark"): points(of.raw.points[i], language),
        }
        if corrected:
            row[say("Corrected for severity")] = points(of.adjusted.points[i], language)
        row |= {
            say("Rank interval"): _interval(of, i, called),
            say("Median"): points(of.summary.median[i, last], language),
            say("Spread"): points(of.summary.spread[i, last], language),
            say("Marked by"): called.voice.number(int(of.summary.count[i, last])),
        }
        rows.append(row)
    return tuple(rows)


def _interval(of: Figures, i: int, called: Names) -> str:
    low, _, high = of.bands.sure.rank[i]
    if np.isnan(low):
        return NOTHING
    first, last = called.voice.number(float(low)), called.voice.number(float(high))
    return first if first == last else f"{first}\u00a0–\u00a0{last}"


def _remarks(found: Seen, of: Figures, called: Names) -> list[list[str]]:
    """What is to be known of each city, in the order of the moment."""
    say, moment = called.voice.say, of.moment
    last = len(moment.marks.criteria)
    ties = {one.id for one in found.award.tie_breaks}
    told = []
    for i, city in enumerate(moment.marks.cities):
        its = [called.rule(name) for name, out in moment.bars.items() if out[i]]
        its = [say("kept out: {rule}", rule=one) for one in its]
        if city in of.unsettled:
            its.append(say("eligibility still open"))
        low = under_minimum(found, of, i)
        if low:
            its.append(
                say(
                    "under the least mark: {criteria}",
                    criteria=called.voice.series([called.criteria[one] for one in low]),
                )
            )
        if of.disagreement.flagged[i, last]:
            its.append(say("the jury is divided"))
        if of.order.by.get(i, "") in ties:
            its.append(say("placed by tie-break: {rule}", rule=called.rule(of.order.by[i])))
        if any(i in group for group in of.order.undecided):
            its.append(say("equal after every tie-break"))
        told.append(its)
    return told


def under_minimum(found: Seen, of: Figures, i: int) -> tuple[str, ...]:
    """The criteria on which a city's mean, as printed, lies under the least mark of a winner."""
    wanted = least_marks(found, binding=True) | least_marks(found, binding=False)
    means = published(of.summary.mean[i], of.moment.decimals)
    return tuple(
        name for c, name in enumerate(of.moment.marks.criteria) if name in wanted and means[c] < wanted[name]
    )


def _notes(found: Seen, of: Figures, called: Names) -> tuple[str, ...]:
    say, moment = called.voice.say, of.moment
    told = [
        say("The order counts the marks as corrected for severity.")
        if moment.adjust and of.severity.corrected[-1]
        else say("The order counts the marks as they were given."),
        bands_hold(found, of.widths, called.language)[0],
    ]
    without = [
        called.cities[city] for city, p in zip(moment.marks.cities, of.raw.points, strict=True) if np.isnan(p)
    ]
    if without:
        told.append(
            say(
                "Without a mark that you can see, and so without a place: {cities}.",
                cities=called.voice.series(without),
            )
        )
    if found.viewer.role not in OFFICE and not found.phase.names:
        told.append(
            say(
                "You see others' marks of the cities that you have marked yourself; the jury's order may differ."
            )
        )
    if nameless(found, moment.marks.jurors).any():
        told.append(
            called.voice.say(
                "Where names are not shown, fewer than {count} marks on a criterion are not told and not counted here.",
                count=called.voice.number(FEWEST),
            )
        )
    gap = float(np.nanmin(of.summary.covered)) if len(moment.marks.cities) else 1.0
    if gap < 1:
        told.append(say("Where a criterion has no mark, the others stand for it by their weights."))
    if of.bands.borrowed.any():
        told.append(say("A single mark on a criterion is given the doubt that the panel shows elsewhere."))
    return tuple(told)


@lru_cache(maxsize=24)
def by_criterion(found: Seen, of: Figures, measure: str, language: str, dark: bool) -> Shown:
    """One measure of every city on every criterion and on the whole, best city first."""
    called = names(found, language)
    say, voice, marks = called.voice.say, called.voice, of.moment.marks
    table = _measure(of, measure)
    titles = [*(called.criteria[one] for one in marks.criteria), say("Overall")]
    flagged = say("the jury is divided")
    lines, cells = [], []
    for row, i in enumerate(of.order.cities):
        name = called.cities[marks.cities[i]]
        line: dict[str, object] = {say("City"): name}
        for k, title in enumerate(titles):
            value = float(table[i, k])
            text = voice.number(value) if measure == "count" else points(value, language)
            line[title] = f"{text} ⚑" if of.disagreement.flagged[i, k] else text
            cells.append(
                {
                    "row": row,
                    "row_label": name,
                    "column_label": title,
                    "level": None if np.isnan(value) else _shade(found, value),
                    "text": text,
                    "short_text": text if np.isnan(value) else voice.number(value, 1),
                }
            )
        lines.append(line)
    words = {"row": say("City"), "column": say("Criterion"), "points": say(MEASURES[measure])}
    description = say(
        "{measure} of the marks of every city on every criterion; ⚑ in the table: {flag}.",
        measure=say(MEASURES[measure]),
        flag=flagged,
    )
    labels = [str(line[say("City")]) for line in lines]
    fits = len(lines) <= MOST_IN_PICTURE and measure in ("mean", "median")
    return Shown(
        heat_map(cells, titles, labels, words, palette(dark)) if fits else None, description, tuple(lines)
    )


def _measure(of: Figures, measure: str) -> FloatArray:
    return {
        "mean": of.summary.mean,
        "median": of.summary.median,
        "spread": of.summary.spread,
        "count": of.summary.count.astype(float),
    }[measure]


def _shade(found: Seen, value: float) -> int:
    """The shade of a mark: its stretch of the rubric's levels, lowest 0."""
    marks = found.award.marks
    return min(3, int((value - marks.lowest) * 4 / (marks.highest - marks.lowest)))
