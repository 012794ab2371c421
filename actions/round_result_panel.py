"""The jury as it is read: how well it agrees and how sure that is, where it quarrels, and who marks how severely."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from actions.figures import NOTHING
from actions.round_figures import Figures
from actions.round_moment import nameless
from actions.round_read import Seen
from actions.round_result_words import Names, Rows, change, names, points
from locales import mark
from scoring.marks.severity import NO_SPARE, TOO_FEW_CITIES, TOO_FEW_JURORS, UNCONNECTED, moved

# Measure -> what it is called and what it answers. The others are close kin of these.
MEASURES = {
    "alpha": mark("Krippendorff's alpha"),
    "icc 2,1": mark("Correlation within cities, one juror (ICC 2,1)"),
    "icc 2,k": mark("Correlation within cities, the whole jury (ICC 2,k)"),
    "w": mark("Kendall's W"),
}
# Where names are not shown nobody can be followed from city to city.
NAMELESS_MEASURES = ("alpha",)
READINGS = {
    "poor": mark("poor"),
    "weak": mark("weak"),
    "tentative": mark("good enough for tentative conclusions"),
    "moderate": mark("moderate"),
    "good": mark("good"),
    "excellent": mark("excellent"),
    "untold": mark("cannot be told"),
}
# Why marks stay as they were given.
REASONS = {
    UNCONNECTED: mark("the jurors do not hang together by cities that several of them marked"),
    TOO_FEW_JURORS: mark("fewer than two jurors have marked"),
    TOO_FEW_CITIES: mark("too few jurors have marked three cities or more"),
    NO_SPARE: mark("too few marks are left over to measure the noise"),
}


@dataclass(frozen=True, slots=True)
class Panel:
    """How well the jury agrees: a sentence, a table of the whole, and one of every criterion."""

    summary: str
    rows: Rows
    criteria: Rows


@dataclass(frozen=True, slots=True)
class Quarrels:
    """Cities over which the jury is divided, and marks that stand out; `summary` says how many."""

    summary: str
    cities: Rows
    marks: Rows


@dataclass(frozen=True, slots=True)
class Severe:
    """Who marks how severely, raw beside corrected, and who would move in or out of the winners."""

    summary: str
    jurors: Rows
    cities: Rows
    criteria: Rows


def agreed(found: Seen, of: Figures, language: str) -> Panel:
    """Agreement by criterion and overall, each figure with its limits and a plain reading."""
    called = names(found, language)
    say = called.voice.say
    shown = NAMELESS_MEASURES if nameless(found, of.moment.marks.jurors).any() else tuple(MEASURES)
    agreement = of.agreement
    titles = [*(called.criteria[one] for one in agreement.criteria), say("Overall")]
    last = len(titles) - 1
    tables: list[list[dict[str, object]]] = [[], []]
    for k in range(len(titles)):
        for m, measure in enumerate(agreement.measures):
            if measure not in shown:
                continue
            low, value, high = (float(one) for one in agreement.figures[k, m])
            word = agreement.words[k][m][1]
            tables[k < last].append(
                {
                    **({say("Criterion"): titles[k]} if k < last else {}),
                    say("Measure"): say(MEASURES[measure]),
                    say("Value"): _figure(value, called),
                    say("Limits"): NOTHING
                    if np.isnan(low)
                    else f"{_figure(low, called)} – {_figure(high, called)}",
                    say("Reading"): say(READINGS[word]),
                }
            )
    whole = agreement.words[-1][agreement.measures.index("alpha")]
    if whole[1] == "untold":
        return Panel(say("How well the jury agrees cannot be told from these marks yet."), (), ())
    told = say(
        "Overall the jury's agreement is {reading} (Krippendorff's alpha {value}).",
        reading=say(READINGS[whole[1]]),
        value=_figure(float(agreement.figures[-1, 0, 1]), called),
    )
    if whole[0] == "untold":
        told += " " + say("From so few cities no limits can be told.")
    elif whole[0] != whole[2]:
        told += " " + say(
            "With other cities of the same kind it could be anything from {low} to {high}.",
            low=say(READINGS[whole[0]]),
            high=say(READINGS[whole[2]]),
        )
    return Panel(told, *(tuple(rows) for rows in tables))


def _figure(value: float, called: Names) -> str:
    """A figure of agreement, with as many digits as the steps of its reading have."""
    return NOTHING if np.isnan(value) else called.voice.number(value, 3)


def quarrels(found: Seen, of: Figures, language: str) -> Quarrels:
    """Where the jury disagrees more than its own noise lets expect."""
    called = names(found, language)
    say, voice, marks = called.voice.say, called.voice, of.moment.marks
    titles = [*(called.criteria[one] for one in marks.criteria), say("Overall")]
    apart = of.disagreement
    cities: list[dict[str, object]] = [
        {
            say("City"): called.cities[marks.cities[i]],
            say("Criterion"): titles[k],
            say("Lowest and highest mark"): f"{points(of.summary.low[i, k], language)} – "
            f"{points(of.summary.high[i, k], language)}",
            say("By chance alone"): _chance(float(apart.chance[i, k]), called),
        }
        for i, k in np.argwhere(apart.flagged).tolist()
    ]
    single: list[dict[str, object]] = [
        {
            say("City"): called.cities[marks.cities[i]],
            say("Criterion"): titles[k],
            say("Juror"): called.juror(marks.jurors[j]),
            say("Mark"): points(of.marks.values[j, i, k], language),
            say("Mean mark"): points(of.summary.mean[i, k], language),
        }
        for j, i, k in np.argwhere(apart.outlying).tolist()
        if k < len(marks.criteria)
    ]
    if not cities and not single:
        return Quarrels(say("Nowhere does the jury disagree more than its own noise lets expect."), (), ())
    told = voice.plural(
        "On {count} criterion of a city the jury is divided beyond its own noise.",
        "On {count} criteria of cities the jury is divided beyond its own noise.",
        len(cities),
    )
    return Quarrels(told, tuple(cities), tuple(single))


def _chance(share: float, called: Names) -> str:
    return (
        f"< {called.voice.percent(0.001, 1)}" if share < 0.001 else called.voice.percent(round(share, 4), 1)
    )


def severe(found: Seen, of: Figures, language: str) -> Severe:
    """The severity of every juror, and what its correction would do."""
    called = names(found, language)
    say, marks = called.voice.say, of.moment.marks
    last = len(marks.criteria)
    titles = [*(called.criteria[one] for one in marks.criteria), say("Overall")]
    stays: tuple[dict[str, object], ...] = tuple(
        {say("Criterion"): titles[k], say("Stays as marked, because"): say(REASONS[why])}
        for k, why in enumerate(of.severity.reasons)
        if why
    )
    if nameless(found, marks.jurors).any():
        told = say(
            "Severity can be told once jurors are shown by name: until then nobody can be followed from city to city."
        )
        return Severe(told, (), (), ())
    if not of.severity.corrected[last]:
        told = say(
            "Too thin to correct: {reason}. Marks count as they were given.",
            reason=say(REASONS[of.severity.reasons[last]]),
        )
        return Severe(told, (), (), stays)
    return Severe(_who_moves(of, called), _jurors(of, called), _cities(of, called), stays)


def _who_moves(of: Figures, called: Names) -> str:
    say, voice, cities = called.voice.say, called.voice, of.moment.marks.cities
    ranked = of.raw.rank > 0
    k = of.winners
    into, out = moved(
        np.where(ranked, of.raw.points, np.nan), np.where(ranked, of.adjusted.points, np.nan), k
    )
    number = voice.number(k)
    if not into.any() and not out.any():
        return say("Correcting for severity would leave the first {count} as they are.", count=number)
    return say(
        "Correcting for severity: into the first {count} would come {into}; out of them would go {out}.",
        count=number,
        into=voice.series([called.cities[cities[i]] for i in np.flatnonzero(into)]) or say("nobody"),
        out=voice.series([called.cities[cities[i]] for i in np.flatnonzero(out)]) or say("nobody"),
    )


def _jurors(of: Figures, called: Names) -> Rows:
    say, marks, last = called.voice.say, of.moment.marks, len(of.moment.marks.criteria)
    load = of.marks.reached.sum(axis=1)
    rows = []
    for j in np.argsort(-np.nan_to_num(of.severity.severity[:, last], nan=-9.0), kind="stable").tolist():
        value = float(of.severity.severity[j, last])
        if np.isnan(value):
            continue
        what = say("marks lower than the jury") if value > 0 else say("marks higher than the jury")
        if of.severity.left[j, last]:
            what = say("too few cities: left as marked")
        rows.append(
            {
                say("Juror"): called.juror(marks.jurors[j]),
                say("Cities"): called.voice.number(int(load[j])),
                say("Severity in points"): change(value, called.language),
                say("What it means"): what,
            }
        )
    return tuple(rows)


def _cities(of: Figures, called: Names) -> Rows:
    say, language, marks = called.voice.say, called.language, of.moment.marks
    rows = []
    for i in of.ranked:
        before, after = int(of.raw.rank[i]), int(of.adjusted.rank[i])
        rows.append(
            {
                say("City"): called.cities[marks.cities[i]],
                say("Mean mark"): points(of.raw.points[i], language),
                say("Corrected for severity"): points(of.adjusted.points[i], language),
                say("Difference"): change(float(of.adjusted.points[i] - of.raw.points[i]), language),
                say("Rank as marked"): called.voice.number(before) if before else NOTHING,
                say("Rank corrected"): called.voice.number(after) if after else NOTHING,
            }
        )
    return tuple(rows)
