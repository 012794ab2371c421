"""A what-if of one city in words: what is changed, and what that does to score, level, bracket and intervals."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from actions import house
from actions.access import Actor, see
from actions.changes import changes_told
from actions.figures import NOTHING, band_name, bracket, points, share
from actions.outcome import Asked, Outcome, outcome
from reports.before_after import Spec, before_after
from reports.palette import palette
from scoring.model import Scores
from scoring.rounding import published
from scoring.scenario import UNCHANGED, Scenario


@dataclass(frozen=True, slots=True)
class Pair:
    """One figure as it is and as it would be."""

    label: str
    now: str
    then: str
    difference: str  # with its sign; "" where nothing can be taken off
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Everything the page shows of one what-if, in words."""

    changes: tuple[Mapping[str, str], ...]
    figures: tuple[Pair, ...]
    table: tuple[Mapping[str, str], ...]
    meanings: tuple[tuple[str, str], ...]  # figures whose name does not say enough, and what they mean
    rank_note: str
    areas: tuple[Mapping[str, str], ...]
    chart: Spec
    chart_description: str


def whatif(actor: Actor, asked: Asked, scenario: Scenario, language: str, dark: bool) -> WhatIf:
    """A what-if beside the city as it is; errors as `outcome`."""
    see(actor, *asked.upload_ids)
    return _whatif(asked, scenario, language, dark)


@lru_cache(maxsize=256)
def _whatif(asked: Asked, scenario: Scenario, language: str, dark: bool) -> WhatIf:
    now, then = outcome(asked, UNCHANGED), outcome(asked, scenario)
    figures = _figures(now, then, language)
    rows = _areas(now.scores, then.scores, language)
    say = house.voice(language).say
    titles = {
        "axis": say("points, 0 to 100"),
        "row": say("Focus area"),
        "now": say("As it is"),
        "then": say("What if"),
    }
    return WhatIf(
        changes=changes_told(asked, scenario, language),
        figures=figures,
        table=tuple(
            {
                say("Figure"): one.label,
                say("As it is"): one.now,
                say("What if"): one.then,
                say("Difference"): one.difference or NOTHING,
            }
            for one in figures
        ),
        meanings=tuple((one.label, one.meaning) for one in figures if one.meaning),
        rank_note=_rank_note(asked, now, then, language),
        areas=tuple(
            {
                say("Focus area"): str(row["label"]),
                say("As it is"): str(row["now_text"]),
                say("What if"): str(row["then_text"]),
                say("Difference"): str(row["difference"]),
            }
            for row in rows
        ),
        chart=before_after(rows, titles, palette(dark)),
        chart_description=say(
            "Assured points of every focus area as it is (ring) and in the what-if (dot); the table holds every number."
        ),
    )


def _figures(now: Outcome, then: Outcome, language: str) -> tuple[Pair, ...]:
    say = house.voice(language).say
    pairs = [
        Pair(
            say("Assured score"),
            points(_whole(now, "assured"), language),
            points(_whole(then, "assured"), language),
            signed(_whole(now, "assured"), _whole(then, "assured"), language),
        ),
        Pair(
            say("Level"),
            _level(now, language),
            _level(then, language),
            "",
        ),
        Pair(
            say("Bracket"),
            bracket(_whole(now, "assured"), _whole(now, "upper"), language),
            bracket(_whole(then, "assured"), _whole(then, "upper"), language),
            "",
        ),
        Pair(
            say("Answered"),
            share(_whole(now, "coverage"), language),
            share(_whole(then, "coverage"), language),
            "",
        ),
        Pair(
            say("Score interval"),
            interval_words(now, language),
            interval_words(then, language),
            "",
            say(
                "Where the score lies in 90 of 100 draws, if weights, goalposts, the rule of joining, open answers and "
                "the answers themselves are a little different."
            ),
        ),
        Pair(
            say("Rank interval"),
            rank_words(now, language),
            rank_words(then, language),
            "",
        ),
    ]
    return tuple(pairs)


def _whole(made: Outcome, figure: str) -> float:
    return float(getattr(made.scores, figure)[0, 0])


def signed(before: float, after: float, language: str) -> str:
    """A difference of published scores with its sign."""
    digits = house.framework().rules.published_decimals
    gap = float(published(after, digits) - published(before, digits))
    if math.isnan(gap):
        return ""
    text = house.voice(language).number(abs(gap), digits)
    sign = "±" if round(gap, digits) == 0 else "+" if gap > 0 else "−"
    return f"{sign}{text}"


def _level(made: Outcome, language: str) -> str:
    if not made.scores.ranked[0]:
        return house.voice(language).say("Profile only")
    return band_name(_whole(made, "assured"), language)


def interval_words(made: Outcome, language: str) -> str:
    """Where the score lies in 90 of 100 draws; a dash where there is none."""
    low, _, high = (float(one) for one in made.score_interval)
    return NOTHING if math.isnan(low) else bracket(low, high, language)


def rank_words(made: Outcome, language: str) -> str:
    """Where the rank lies in 90 of 100 draws; a dash where the city has none."""
    low, _, high = (float(one) for one in made.rank_interval)
    if math.isnan(low):
        return NOTHING
    voice = house.voice(language)
    best, worst = voice.number(low), voice.number(high)
    return best if best == worst else f"{best} – {worst}"


def _rank_note(asked: Asked, now: Outcome, then: Outcome, language: str) -> str:
    """Why there is no rank interval, and how to come by one; else among how many it is."""
    voice = house.voice(language)
    if len(asked.upload_ids) == 1:
        return voice.say(
            "For a rank interval, open the candidates and come back from there: the rank is one among them."
        )
    if math.isnan(now.rank_interval[0]) and math.isnan(then.rank_interval[0]):
        return voice.say(
            "No rank interval: the city or all other candidates have too little answered for a rank."
        )
    return voice.plural(
        "Ranks are among the city and {count} other candidate whose answers stay as they are.",
        "Ranks are among the city and {count} other candidates whose answers stay as they are.",
        then.others,
    )


def _areas(now: Scores, then: Scores, language: str) -> list[dict[str, object]]:
    words = house.framework().words[language]
    rows: list[dict[str, object]] = []
    for node in house.framework().at_level("focus_area"):
        if node.code not in now.nodes or node.code not in then.nodes:
            continue
        before = float(now.assured[0, now.column(node.code)])
        after = float(then.assured[0, then.column(node.code)])
        if math.isnan(before) or math.isnan(after):
            continue
        rows.append(
            {
                "code": node.code,
                "label": f"{node.code} {words[node.code].short}",
                "now": before,
                "then": after,
                "now_text": points(before, language),
                "then_text": points(after, language),
                "difference": signed(before, after, language),
            }
        )
    return rows
